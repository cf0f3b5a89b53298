"""Marks that fitted networks put on unmarked statements, for the last network to learn from: soft for tags, hard for labels.

Parties are not learned from them: on statements they have not seen, networks leave out every third target.

The statements are those of ``corpus/statements.jsonl.xz`` (140 publishers), a window or more of each; those of ``gold/dev`` are left out.
"""

from __future__ import annotations

import json
import lzma
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from communique.readers.model.asking import Asked
from communique.readers.model.assemble import Dials
from communique.readers.model.decode import log_softmax
from communique.readers.model.engine import Floats
from communique.readers.model.labels import WIDTHS
from communique.readers.model.reader import ModelReader
from communique.readers.model.windows import cut, header, pieces
from communique.records import Role
from training.data import IGNORED, Document, Example, example, prepare
from training.encoder import weights_folder
from training.network import Network
from training.tune import Remembering


class Together:
    """Networks asked together: the mean of their tag probabilities and of their heads' scores."""

    def __init__(self, networks: Sequence[Network]) -> None:
        self.networks = [network.bfloat16().eval() for network in networks]
        self.width = networks[0].encoder.shape.width

    @torch.no_grad()
    def tag(self, ids: NDArray[np.int64]) -> tuple[Floats, Floats]:
        read = [network(torch.from_numpy(ids)[None]) for network in self.networks]
        scores = np.stack([one[0].float().numpy() for _, one in read])
        tags = np.log(np.exp(log_softmax(scores[..., : WIDTHS[0]])).mean(0))
        states = np.concatenate([one[0].float().numpy() for one, _ in read], 1)
        return states, np.concatenate([tags, scores[..., WIDTHS[0] :].mean(0)], 1)

    @torch.no_grad()
    def label(self, states: Floats, asked: Asked) -> tuple[Floats, Floats]:
        given = {key: torch.from_numpy(value) for key, value in asked.arrays().items()}
        given = {key: value.bfloat16() if value.is_floating_point() else value for key, value in given.items()}
        parts = np.split(states, len(self.networks), 1)
        read = [n.heads(torch.from_numpy(part.copy()).bfloat16(), **given) for n, part in zip(self.networks, parts, strict=True)]
        return np.mean([one.float().numpy() for one, _ in read], 0), np.mean([one.float().numpy() for _, one in read], 0)


def unmarked(corpus: Path, without: set[str]) -> Iterator[dict]:
    """Statements in the shape of marked ones, without marks."""
    with lzma.open(corpus / "statements.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            one = json.loads(line)
            if one["id"] not in without and len(one["text"]) > 400:
                text = one["text"][:60_000]
                yield {**one, "text": text, "annotated": [0, len(text)], "assertions": [], "figures": [], "agreements": [], "relations": []}


def mark(document: Document, reader: ModelReader, floor: float, rng: random.Random, count: int = 1) -> list[Example]:
    """Up to ``count`` windows of the document, from different places, with what the networks read in them."""
    bodies = [at for at, passage in enumerate(document.passages) if passage.role is Role.BODY]
    step = max(1, len(bodies) // count)
    starts = [rng.choice(bodies[at : at + step]) for at in range(0, len(bodies), step)]
    return [made for first in starts[:count] if (made := _window(document, reader, floor, first)) is not None]


def _window(document: Document, reader: ModelReader, floor: float, first: int) -> Example | None:
    """The window that begins with the passage ``first``, marked."""
    used = 0
    for last in range(first, len(document.passages)):
        used += document.passages[last].end - document.passages[last].start
        if used > 900:
            break
    passages = tuple(p if max(0, first - 1) <= at <= last else replace(p, role=Role.FURNITURE) for at, p in enumerate(document.passages))
    seen = cut(header(document.statement, reader.words), pieces(document.statement, passages, reader.words))
    if not seen:
        return None
    _, scores = reader.engine.tag(seen[0].ids)
    draft = reader.judge(document.statement, passages, document.mentions)
    marks = {**document.marks, "assertions": [asdict(a) for a in draft.assertions if a.confidence >= floor]}
    made = example(replace(document, marks=marks), seen[0])
    made.tags[:, 1:] = IGNORED
    made.labels["targeted"][:] = IGNORED
    made.held, made.parties = made.held[:0], made.parties[:0]
    made.soft = np.exp(scores[:, : WIDTHS[0]]).astype(np.float32)
    return made


def marked_by(
    networks: Sequence[Network], dials: Dials, corpus: Path, without: set[str], count: int, seed: int = 1, each: int = 1
) -> list[Example]:
    """``count`` windows, ``each`` of a statement, marked by the networks together."""
    reader = ModelReader(weights_folder(), Remembering(Together(networks)), dials)
    rng, words = random.Random(seed), reader.words
    rows = list(unmarked(corpus, without))
    rng.shuffle(rows)
    made: list[Example] = []
    for row in rows:
        if len(made) >= count:
            break
        made += mark(prepare(row, words), reader, 0.4, rng, each)
    return made[:count]
