"""Sentence vectors of the published MiniLM, which the reader's own vectors are fitted to: the follow stage gets them from the same pass."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Sequence
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from communique.readers.model.windows import tokenizer
from training.data import Document
from training.encoder import published, weights_folder


def texts(documents: Iterable[Document]) -> list[str]:
    """The words of every piece of the documents."""
    return [d.statement.text[int(p.starts[0]) : int(p.ends[-1])] for d in documents for p in d.pieces]


@torch.no_grad()
def vectors(wanted: Sequence[str], cache: Path) -> dict[str, Tensor]:
    """A vector of length 1 for each text, kept in ``cache``."""
    known: dict[str, Tensor] = pickle.loads(cache.read_bytes()) if cache.exists() else {}
    new = sorted({text for text in wanted if text not in known}, key=lambda text: (len(text), text))
    if new:
        encoder, words = published(dropout=0).eval(), tokenizer(weights_folder())
        for at in range(0, len(new), 64):
            rows = [found.ids[:256] for found in words.encode_batch(new[at : at + 64])]
            longest = max(map(len, rows))
            ids = torch.tensor([row + [0] * (longest - len(row)) for row in rows])
            mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows]).bool()
            states = encoder(ids, mask)
            means = F.normalize((states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True), dim=-1)
            known.update(zip(new[at : at + 64], means.half(), strict=True))
        beside = cache.with_suffix(".new")
        beside.write_bytes(pickle.dumps(known))
        beside.replace(cache)
    return {text: known[text].float() for text in wanted}
