"""Promises with later words that were written for this project, hard to tell apart by their words: for networks that read them.

A file of ``pairs/`` holds promises, each with the passages that were said after it and are, or only look like, an answer:

    + 2019-03-04 | FRA | We will fund three hundred clinics in the Sahel by 2021.       a promise: date, publisher, words
    a 2019-11-20 | FRA | A first tranche of 40 million euros was paid to the clinics.   what its letter says
    u 2020-05-05 | FRA | We have sent three hundred nurses to hospitals in Dakar.       near it, no answer

Letters as in ``links``: ``f`` fulfils, ``a`` advances, ``r`` repeats, ``x`` retracts; ``u`` is unrelated.  A blank line changes nothing.
Nothing that ships is fitted on them: ``docs/follow.md`` says what a network and the trees gained.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from training.links import LABELS

FOLDER = Path(__file__).parent / "pairs"
MARKS = {**LABELS, "u": "unrelated"}


@dataclass(frozen=True)
class Said:
    """Words with the day and the publisher of what they stand in."""

    date: str
    publisher: str
    words: str


@dataclass(frozen=True)
class Pair:
    """A promise and words said after it, with what they are to it."""

    promise: Said
    later: Said
    label: str


def written(folder: Path = FOLDER) -> list[Pair]:
    """The pairs of every file, in order."""
    return [pair for path in sorted(folder.glob("*.txt")) for pair in pairs_in(path.read_text("utf-8"))]


def pairs_in(told: str) -> Iterator[Pair]:
    """The pairs of a file's text; ValueError with the line that is none."""
    promise = None
    for line in filter(str.strip, told.splitlines()):
        mark, _, rest = line.partition(" ")
        fields = rest.split(" | ", 2)
        if len(fields) < 3 or mark not in {*MARKS, "+"}:
            raise ValueError(f"neither a promise nor words said later: {line[:80]!r}")
        said = Said(*fields)
        if mark == "+":
            promise = said
        elif promise is None:
            raise ValueError(f"words before any promise: {line[:80]!r}")
        else:
            yield Pair(promise, said, MARKS[mark])
