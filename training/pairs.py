"""Promises with later words that were written for this project, hard to tell apart by their words: the link model learns from them too.

A file of ``pairs/`` holds promises, each with the passages that were said after it and are, or only look like, an answer:

    + 2019-03-04 | FRA | We will fund three hundred clinics in the Sahel by 2021.       a promise: date, publisher, words
    a 2019-11-20 | FRA | A first tranche of 40 million euros was paid to the clinics.   what its letter says
    u 2020-05-05 | FRA | We have sent three hundred nurses to hospitals in Dakar.       near it, no answer

Letters as in ``links``: ``f`` fulfils, ``a`` advances, ``r`` repeats, ``x`` retracts; ``u`` is unrelated.  A blank line changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from communique import pipeline
from communique.readers import Reader
from communique.records import Given
from training.chains import Json, Material, kept
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


def read(pairs: Sequence[Pair], reader: Reader) -> Iterator[Material]:
    """Each promise with its later words as a chain of statements of one passage, without sentence vectors."""
    for number, (promise, later) in enumerate(groupby(pairs, key=lambda pair: pair.promise)):
        told = [(promise, ""), *((pair.later, pair.label) for pair in later)]
        ids = [f"pairs-{number}-{place}" for place in range(len(told))]
        first, *links = (_place(id, said) | {"label": label} for id, (said, label) in zip(ids, told, strict=True))
        chain = {"chain": ids[0], "documents": ids, "threads": [first | {"verdict": "", "links": links}]}
        given = (
            Given(text=said.words, source=id, id=id, title="", publisher=said.publisher, date=said.date, kind="")
            for id, (said, _) in zip(ids, told, strict=True)
        )
        yield Material(chain, tuple(one for each in given for one in kept(pipeline.read(each, reader))), None)


def _place(id: str, said: Said) -> Json:
    return {"doc": id, "start": 0, "end": len(said.words), "quote": said.words}
