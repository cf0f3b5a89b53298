"""A record laid out on disk in columns, and its promises followed from there."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from communique.service.lots import Lot, raised
from communique.service.spooled import Column, Columns, Shelf, Spool
from communique.stages.follow import TOGETHER, Follower
from communique.stages.follow.candidates import Postings
from communique.stages.follow.follower import Direct
from communique.stages.follow.index import ENDS, Index
from communique.stages.follow.laying import LENGTHS, ONES, RAGGED, WORDED

__all__ = ["Following", "LaidOut", "Laying", "direct_of"]

SOME = 100_000  # rows whose keys are looked at together
POSTINGS = ("posted keys", "posted starts", "posted rows", "posted promises", "turn")
COLUMNS = (*RAGGED, *(name + ENDS for name in RAGGED), *ONES, "promise", "mass", "weight", "shelf", *POSTINGS)


@dataclass(frozen=True)
class LaidOut:
    """Where another process finds the columns, the postings and the rows."""

    columns: Mapping[str, Column]
    rows: int  # the file of the rows


class Laying:
    """Columns that grow by a lot of statements at a time."""

    def __init__(self) -> None:
        self._columns = Columns(COLUMNS)
        self._rows = Spool()
        self._words: dict[int, int] = {}
        self._flat = dict.fromkeys(RAGGED, 0)
        self._docs = 0
        for name in RAGGED:
            self._columns.add(name + ENDS, np.zeros(1, np.uint32))

    def files(self) -> list[int]:
        """The open files that helping processes need."""
        return [*self._columns.files(), self._rows.file()]

    def add(self, lot: Lot) -> None:
        """The rows of more statements."""
        part = lot.part
        known = len(self._words)
        words = np.array([self._words.setdefault(each, len(self._words)) for each in part.words.tolist()], np.int32)
        self._columns.add("weight", part.weights[words >= known])
        for name in RAGGED:
            values = part.columns[name]
            self._columns.add(name, words[values] if name in WORDED else values)
            ends = self._flat[name] + np.cumsum(part.columns[name + LENGTHS], dtype=np.int64)
            self._flat[name] = int(ends[-1]) if len(ends) else self._flat[name]
            self._columns.add(name + ENDS, ends.astype(np.uint32))
        for name in ONES:
            self._columns.add(name, words[part.columns[name]] if name in WORDED else self._own(name, lot))
        self._columns.add("promise", part.columns["promise"])
        self._columns.add("mass", lot.mass)
        self._rows.add(lot.rows)
        self._docs += len(lot.sizes)

    def _own(self, name: str, lot: Lot) -> npt.NDArray[np.int32]:
        if name == "doc":
            return np.repeat(np.arange(self._docs, self._docs + len(lot.sizes), dtype=np.int32), lot.sizes)
        return np.asarray(lot.part.columns[name], np.int32)

    def done(self, ordinals: npt.NDArray[np.int64]) -> LaidOut:
        """The whole, with the order of the record for each row."""
        self._columns.add("shelf", self._rows.ends())
        shown = self._columns.shown()
        turn = np.empty(len(ordinals), np.int64)
        turn[np.argsort(ordinals, kind="stable")] = np.arange(len(ordinals))
        for name, values in _posted(shown, turn).items():
            self._columns.add(name, values)
        return LaidOut(self._columns.shown(), self._rows.file())


def _posted(shown: Mapping[str, Column], turn: npt.NDArray[np.int64]) -> dict[str, npt.NDArray[np.generic]]:
    """The postings of the keys that some promise has; no other is ever asked for."""
    keys, ends, promise = (shown[name].array() for name in ("keys", "keys" + ENDS, "promise"))
    lengths = ends[1:] - ends[:-1]
    owned = np.repeat(promise > 0, lengths)
    asked = np.unique(keys[owned])
    near = np.zeros(1 << 24, np.bool_)  # by the low bits of a key: most that nobody asks for fall here
    near[asked & 0xFFFFFF] = True
    hashes, rows = [], []
    for start in range(0, len(promise), SOME):
        end = min(start + SOME, len(promise))
        some = keys[ends[start] : ends[end]]
        row = np.repeat(np.arange(start, end, dtype=np.int32), lengths[start:end])
        kept = near[some & 0xFFFFFF]
        some, row = some[kept], row[kept]
        held = asked[np.minimum(np.searchsorted(asked, some), len(asked) - 1)] == some if len(asked) else np.zeros(0, np.bool_)
        hashes.append(some[held])
        rows.append(row[held])
    none = np.zeros(0, np.uint32)
    made = Postings.of(np.concatenate([none, *hashes]), np.concatenate([none.astype(np.int32), *rows]), promise, turn)
    return dict(zip(POSTINGS, (made.keys, made.starts, made.rows, made.promises, turn), strict=True))


class Following:
    """The promises of what is laid out, followed some at a time."""

    def __init__(self, shown: LaidOut) -> None:
        columns = {name: each.array() for name, each in shown.columns.items()}
        kept = Shelf(shown.rows, columns.pop("shelf"), raised)
        postings = Postings(*(columns.pop(name) for name in POSTINGS))
        self.index = Index.over(columns, kept)
        self.promises = np.flatnonzero(self.index.promise)
        self._follower = Follower.over(self.index, postings, "")

    def span(self, first: int, end: int) -> list[bytes]:
        """What some of the promises, in order, were compared with, and their own links."""
        rows = self.promises[first:end].tolist()
        found = (self._follower.direct(rows[start : start + TOGETHER]) for start in range(0, len(rows), TOGETHER))
        return [pickle.dumps(each, pickle.HIGHEST_PROTOCOL) for some in found for each in some]


def direct_of(piece: bytes) -> Direct:
    """What ``Following.span`` says of a promise."""
    found: Direct = pickle.loads(piece)
    return found
