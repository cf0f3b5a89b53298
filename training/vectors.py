"""Sentence vectors of the published MiniLM, which the reader's own vectors are fitted to: the follow stage gets them from the same pass."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Sequence
from pathlib import Path

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from communique.readers.model.windows import tokenizer
from training.data import Document, example, windows
from training.encoder import published, weights_folder
from training.network import Network

ENOUGH = 12_000  # sentences, to fit 385 numbers for each of 384
RIDGE = 1.0


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


@torch.no_grad()
def refit(network: Network, documents: Sequence[Document], words: Tokenizer, cache: Path) -> None:
    """Set the network's map from a sentence's mean state to its vector anew, by least squares, where its states have moved."""
    network = network.float().eval()
    means: list[Tensor] = []
    named: list[str] = []
    for made in (example(document, window) for document in documents for window in windows(document, words, None)):
        states, _ = network(torch.from_numpy(made.window.ids)[None])
        means.append(torch.from_numpy(made.sentences) @ states[0])
        named += made.texts
        if len(named) >= ENOUGH:
            break
    known = vectors(named, cache)
    x = torch.cat(means).double()
    x = torch.cat([x, torch.ones(len(x), 1, dtype=x.dtype)], 1)
    y = torch.stack([known[text] for text in named]).double()
    found = torch.linalg.solve(x.T @ x + RIDGE * torch.eye(x.shape[1], dtype=x.dtype), x.T @ y).float()
    network.vector.weight.copy_(found[:-1].T)
    network.vector.bias.copy_(found[-1])
