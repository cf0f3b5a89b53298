"""Assertions laid out in columns, so that one commitment is compared with hundreds of later ones at once.

An ``Index`` holds for every assertion its word stems, names, word pairs, numbers, actors, cues, day and act as flat integer
arrays.  Two million assertions take about half a gigabyte; quotes stay with whoever owns them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from communique.records import Act, Assertion, Event, Kept, Topic
from communique.stages.follow.cues import cues, deed_of
from communique.stages.follow.words import HEADS, PLAIN, Words, months, number_values, ordinals, words
from communique.vocabulary.frequency import rarity

__all__ = ["ACTS", "EVENTS", "Floats", "Index", "Ints", "Places", "Ragged", "assertion", "day_of", "hash_pair"]

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]
ACTS = {act: place for place, act in enumerate(Act)}
EVENTS = {event: place for place, event in enumerate(Event)}
TOPICS = {topic: place for place, topic in enumerate(Topic)}


def day_of(stated: str | None, *, last: bool = False) -> int:
    """A date of any precision as a day number; its first day, or its last.  0 when there is none."""
    if not stated:
        return 0
    part = stated.split("/")[-1 if last else 0]
    pieces = [int(piece) for piece in part.split("-") if piece.isdigit()]
    if not pieces or not 1 <= pieces[0] <= 9999:
        return 0
    year, month, day = (*pieces, 0, 0)[:3]
    if day:
        return date(year, month, day).toordinal()
    if not last:
        return date(year, month or 1, 1).toordinal()
    year, month = (year + 1, 1) if not month or month == 12 else (year, month + 1)
    return date(min(year, 9999), month, 1).toordinal() - 1


class Ragged:
    """Rows of different lengths in one flat array."""

    def __init__(self, rows: Iterable[Sequence[float]], kind: npt.DTypeLike = np.int32) -> None:
        lengths: list[int] = []
        flat: list[float] = []
        for row in rows:
            flat.extend(row)
            lengths.append(len(row))
        self.flat = np.array(flat, dtype=kind)
        self.ends = np.cumsum(lengths, dtype=np.int64) if lengths else np.zeros(0, np.int64)
        self.starts = self.ends - np.array(lengths, dtype=np.int64)

    def row(self, place: int) -> npt.NDArray[np.generic]:
        """One row."""
        return self.flat[self.starts[place] : self.ends[place]]

    def take(self, places: Places) -> tuple[npt.NDArray[np.generic], npt.NDArray[np.int64]]:
        """The values of many rows end to end, and for each value the position of its row in ``places``."""
        starts, lengths = self.starts[places], self.ends[places] - self.starts[places]
        owner = np.repeat(np.arange(len(places)), lengths)
        offset = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return self.flat[np.repeat(starts, lengths) + offset], owner


class Index:
    """The columns of a list of kept assertions, in the order given (by date, document and place)."""

    def __init__(self, kept: Sequence[Kept], vectors: Floats | None = None) -> None:
        self.kept = kept
        self.vectors = vectors
        self.ids: dict[str, int] = {}
        self.docs: dict[str, int] = {}
        items = [assertion(each) for each in kept]
        self._lay_words([words(item.quote) for item in items])
        self._lay_marks(items)
        self.actors = Ragged([self._many("@" + code for code in item.actors) for item in items])
        self.targets = Ragged([self._many("@" + code for code in item.targets if code[:4] != "grp:") for item in items])
        self.parties = Ragged([self._many("@" + code for code in (*item.actors, *item.targets)) for item in items])
        self.act = np.array([ACTS[item.act] for item in items], np.int8)
        self.event = np.array([EVENTS[item.event] for item in items], np.int8)
        self.topic = np.array([TOPICS[item.topic] for item in items], np.int8)
        self.start = np.array([item.start for item in items], np.int64)
        self.end = np.array([item.end for item in items], np.int64)
        self.doc = np.array([self.docs.setdefault(each.doc, len(self.docs)) for each in kept], np.int32)
        self.day = np.array([day_of(each.date) for each in kept], np.int32)
        self.opens = np.array([day_of(item.when) for item in items], np.int32)
        self.due = np.array([day_of(item.when, last=True) for item in items], np.int32)
        self.weight = np.array([rarity(stem) for stem in self.ids], np.float32)
        flat, owner = self.stems.take(np.arange(len(kept)))
        self.mass = np.bincount(owner, self.weight[flat], len(kept)).astype(np.float32)

    def _lay_words(self, read: Sequence[Words]) -> None:
        rows = [self._many(one.stems) for one in read]
        self.stems = Ragged([list(dict.fromkeys(row)) for row in rows])
        self.names = Ragged([self._many(sorted(one.names)) for one in read])
        self.initials = Ragged([self._many(sorted(one.acronyms)) for one in read])
        self.pairs = Ragged([sorted({hash_pair(a, b) for a, b in pairwise(row)}) for row in rows], np.int64)
        self.verb = np.array([self._many([one.verb])[0] for one in read], np.int32)
        spots = [row.index(verb) if verb in row else 0 for row, verb in zip(rows, self.verb.tolist(), strict=True)]
        self.objects = Ragged([list(dict.fromkeys(row[spot + 1 : spot + 6])) for row, spot in zip(rows, spots, strict=True)])
        self.subjects = Ragged([list(dict.fromkeys(row[:spot])) for row, spot in zip(rows, spots, strict=True)])
        self.deed = np.array([deed_of(one.verb) for one in read], np.int8)
        places = [[place for place, stem in enumerate(one.stems) if stem in HEADS] for one in read]
        self.heads = Ragged([sorted({row[place] for place in heads}) for row, heads in zip(rows, places, strict=True)])
        self.modified = Ragged(
            [
                sorted({hash_pair(row[at], row[by]) for at in heads for by in range(max(0, at - 3), at) if one.stems[by] not in PLAIN})
                for row, heads, one in zip(rows, places, read, strict=True)
            ],
            np.int64,
        )

    def _lay_marks(self, items: Sequence[Assertion]) -> None:
        self.numbers = Ragged([number_values(item.quote) for item in items], np.float64)
        self.ordinals = Ragged([ordinals(item.quote) for item in items])
        self.months = Ragged([months(item.quote) for item in items])
        self.cues = np.array([cues(item.quote) for item in items], np.int32)

    def _many(self, words: Iterable[str]) -> list[int]:
        return [self.ids.setdefault(word, len(self.ids)) for word in words]


def assertion(kept: Kept) -> Assertion:
    """The assertion of a kept item."""
    assert isinstance(kept.item, Assertion)
    return kept.item


def hash_pair(first: int, second: int) -> int:
    """One number for two stems in order; ``// 4_000_037`` gives the first back while there are fewer stems than that."""
    return first * 4_000_037 + second
