"""Examples put together for one step: windows padded to one length, span and pair indices moved to match."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
import torch
from torch import Tensor

from communique.readers.model.labels import TAGS
from training.data import IGNORED, Example


@dataclass
class Batch:
    """Tensors of one step; ``heads`` are the inputs of ``Heads.forward`` over the flattened states."""

    ids: Tensor
    mask: Tensor
    tags: Tensor
    heads: dict[str, Tensor]
    labels: dict[str, Tensor]
    held: Tensor
    parties: Tensor
    named: Tensor
    sentences: Tensor
    texts: list[str]
    weights: Tensor  # (batch,)
    soft: Tensor  # (batch, length, tags)
    examples: list[Example]

    def to(self, device: str) -> Batch:
        """The same batch on another device."""
        moved: dict[str, object] = {}
        for part in fields(self):
            value = getattr(self, part.name)
            if isinstance(value, Tensor):
                moved[part.name] = value.to(device)
            elif isinstance(value, dict):
                moved[part.name] = {key: one.to(device) for key, one in value.items()}
        return replace(self, **moved)  # type: ignore[arg-type]


def batch(examples: Sequence[Example]) -> Batch:
    longest = max(len(e.window.ids) for e in examples)
    b = len(examples)
    ids = np.zeros((b, longest), np.int64)
    mask = np.zeros((b, longest), bool)
    tags = np.full((b, longest, examples[0].tags.shape[1]), IGNORED, np.int64)
    made: dict[str, list[np.ndarray]] = {}
    spans = names = pairs = parties = 0
    held = []
    named = np.zeros((b, longest), bool)
    soft = np.zeros((b, longest, len(TAGS)), np.float32)
    sentences = []
    for at, e in enumerate(examples):
        n, shift = len(e.window.ids), at * longest
        ids[at, :n], mask[at, :n], tags[at, :n] = e.window.ids, True, e.tags
        for key, value in e.asked.arrays().items():
            if key in ("first", "last"):
                value = value + shift
            elif key == "span":
                value = value + spans
            elif key == "name":
                value = value + names
            elif key in ("inside", "around", "whole", "names"):
                value = np.pad(value, ((0, 0), (shift, b * longest - shift - n)))
            made.setdefault(key, []).append(value)
        sentences.append(np.pad(e.sentences, ((0, 0), (shift, b * longest - shift - n))))
        held.append(e.held + np.array([pairs, parties]))
        named[at, :n] = e.named
        soft[at, :n] = np.eye(len(TAGS), dtype=np.float32)[np.maximum(e.tags[:, 0], 0)] if e.soft is None else e.soft
        spans, names = spans + len(e.asked.first), names + len(e.asked.names)
        pairs, parties = pairs + len(e.asked.span), parties + len(e.parties)
    return Batch(
        ids=torch.from_numpy(ids),
        mask=torch.from_numpy(mask),
        tags=torch.from_numpy(tags),
        heads={key: torch.from_numpy(np.concatenate(value)) for key, value in made.items()},
        labels={key: torch.from_numpy(np.concatenate([e.labels[key] for e in examples])) for key in examples[0].labels},
        held=torch.from_numpy(np.concatenate(held)),
        parties=torch.from_numpy(np.concatenate([e.parties for e in examples])),
        named=torch.from_numpy(named),
        sentences=torch.from_numpy(np.concatenate(sentences)),
        texts=[text for e in examples for text in e.texts],
        weights=torch.tensor([e.weight for e in examples]),
        soft=torch.from_numpy(soft),
        examples=list(examples),
    )


def groups(examples: Sequence[Example], tokens: int, rng: np.random.Generator) -> list[list[Example]]:
    """Groups of about ``tokens`` tokens, windows of like length together, in random order."""
    order = sorted(range(len(examples)), key=lambda at: len(examples[at].window.ids) + rng.random() * 24)
    made: list[list[Example]] = [[]]
    for at in order:
        group = made[-1]
        if group and (len(group) + 1) * max(len(examples[at].window.ids), len(group[-1].window.ids)) > tokens:
            made.append([])
        made[-1].append(examples[at])
    return [made[at] for at in rng.permutation(len(made))]
