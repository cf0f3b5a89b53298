"""Adapt the encoder to diplomatic English: masked words over public statements.

    python -m training.adapt CORPUS OUT [--steps 600]

``CORPUS`` holds ``bulk/*.jsonl.xz`` and ``statements.jsonl.xz``.  Resumable: the state is kept in ``OUT`` every few hundred steps.
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
import random
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor, nn

from training.encoder import Encoder, published, weights_folder
from training.half import Masters

LENGTH, BATCH, RATE, MASKED = 144, 64, 4e-4, 0.2
CLS, SEP, MASK = 101, 102, 103


def texts(corpus: Path, seed: int) -> Iterator[str]:
    """Statements in a fixed shuffled order, a third from each source as long as it lasts."""
    piles = []
    for name in ("statements", "bulk/ungdc", "bulk/whitehouse"):
        with lzma.open(corpus / f"{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
            piles.append([json.loads(line)["text"] for line in lines])
    for pile in piles:
        random.Random(seed).shuffle(pile)
    for at in range(max(map(len, piles))):
        for pile in piles:
            if at < len(pile):
                yield " ".join(pile[at].split())


def token_rows(corpus: Path, tokens: int, cache: Path) -> np.ndarray:
    """About ``tokens`` tokens of text as rows of ``LENGTH`` ids, each with its frame."""
    if cache.exists():
        return np.load(cache)
    tokenizer = Tokenizer.from_file(str(weights_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    ids: list[int] = []
    for text in texts(corpus, 1):
        found = tokenizer.encode(text[:40_000], add_special_tokens=False).ids
        ids.extend(found)
        if len(ids) >= tokens:
            break
    body = LENGTH - 2
    rows = np.array(ids[: len(ids) // body * body], np.int32).reshape(-1, body)
    framed = np.pad(rows, ((0, 0), (1, 1)))
    framed[:, 0], framed[:, -1] = CLS, SEP
    np.random.default_rng(1).shuffle(framed)
    np.save(cache, framed)
    return framed


def whole_words(tokenizer: Tokenizer) -> np.ndarray:
    """True for ids that continue a word."""
    vocabulary = tokenizer.get_vocab()
    table = np.zeros(len(vocabulary), bool)
    for word, at in vocabulary.items():
        table[at] = word.startswith("##")
    return table


def masked(rows: np.ndarray, continues: np.ndarray, rng: np.random.Generator) -> tuple[Tensor, Tensor]:
    """Ids with whole words hidden, and where."""
    starts = ~continues[rows]
    word = np.cumsum(starts, 1)
    chance = rng.random((rows.shape[0], word.max() + 1))
    hidden = np.take_along_axis(chance, word, 1) < MASKED
    hidden[:, 0] = hidden[:, -1] = False
    how = rng.random(rows.shape)
    ids = np.where(hidden & (how < 0.85), MASK, rows)
    ids = np.where(hidden & (how > 0.95), rng.integers(1000, 30522, rows.shape), ids)
    return torch.from_numpy(ids.astype(np.int64)), torch.from_numpy(hidden)


class Guess(nn.Module):
    """Guesses a hidden word from its state, with the word embeddings as the output layer."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        width = encoder.shape.width
        self.turn, self.norm, self.bias = nn.Linear(width, width), nn.LayerNorm(width), nn.Parameter(torch.zeros(encoder.shape.words))
        nn.init.eye_(self.turn.weight)

    def forward(self, states: Tensor, words: Tensor) -> Tensor:
        return self.norm(F.gelu(self.turn(states))) @ words.T + self.bias


def adapt(corpus: Path, out: Path, steps_wanted: int, tokens: int) -> None:
    """Train for so many steps, or until the tokens are used up; goes on from ``part-way.pt`` if it is there."""
    torch.manual_seed(1)
    rows = token_rows(corpus, tokens, out / "tokens.npy")
    continues = whole_words(Tokenizer.from_file(str(weights_folder() / "tokenizer.json")))
    rng = np.random.default_rng(2)
    encoder = published(dropout=0.0)
    part_way, done = out / "part-way.pt", 0
    if part_way.exists():
        kept = torch.load(part_way)
        encoder.load_state_dict({key: value.float() for key, value in kept["encoder"].items()})
        done = kept["step"]
    guess = Guess(encoder)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    encoder.to(device).bfloat16()
    guess.to(device).bfloat16()
    parameters = [*encoder.parameters(), *guess.parameters()]
    optimiser = Masters([{"params": parameters, "lr": RATE, "weight_decay": 0.01}])
    steps, began, average = min(len(rows) // BATCH, steps_wanted), time.monotonic(), 0.0
    for step in range(done, steps):
        part = min(1, (step + 1 - done) / 20) * (0.02 + 0.98 * (0.5 + 0.5 * math.cos(math.pi * step / steps)))
        batch = rows[step * BATCH : (step + 1) * BATCH]
        ids, hidden = masked(batch, continues, rng)
        scores = guess(encoder(ids.to(device))[hidden.to(device)], encoder.words.weight)
        loss = F.cross_entropy(scores, torch.from_numpy(batch.astype(np.int64))[hidden].to(device))
        loss.backward()
        optimiser.step(part)
        average = loss.item() if step == done else 0.95 * average + 0.05 * loss.item()
        if step % 20 == 0:
            print(f"step {step} loss {average:.3f} {time.monotonic() - began:.0f}s", flush=True)
        if step % 100 == 99:
            torch.save({"encoder": encoder.state_dict(), "step": step + 1}, part_way)
    optimiser.restore()
    torch.save(encoder.float().cpu().state_dict(), out / "adapted.pt")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("corpus", type=Path)
    asked.add_argument("out", type=Path)
    asked.add_argument("--steps", type=int, default=600)
    asked.add_argument("--tokens", type=int, default=16_000_000)
    given = asked.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    adapt(given.corpus, given.out, given.steps, given.tokens)


if __name__ == "__main__":
    main()
