"""Assertions laid out in columns, so that one commitment is compared with hundreds of later ones at once.

An ``Index`` holds for every assertion its word stems, names, word pairs, numbers, actors, cues, day and act as flat integer
arrays.  Two million assertions take about half a gigabyte; quotes stay with whoever owns them.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from communique.records import Act, Assertion, Event, Kept, Topic
from communique.stages.follow.cues import cues, deed_of
from communique.stages.follow.promised import promises
from communique.stages.follow.words import HEADS, PLAIN, Words, months, number_values, ordinals, words
from communique.vocabulary.frequency import rarity

__all__ = ["ACTS", "EVENTS", "Floats", "Index", "Ints", "Places", "Ragged", "assertion", "day_of", "hash_pair"]

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]
ACTS = {act: place for place, act in enumerate(Act)}
EVENTS = {event: place for place, event in enumerate(Event)}
TOPICS = {topic: place for place, topic in enumerate(Topic)}


@lru_cache(maxsize=65536)
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
    """Rows of different lengths in one flat array, filled row by row and then closed."""

    def __init__(self, kind: str = "i") -> None:
        self._kind = kind  # a type code of ``array``: 32-bit whole numbers, or "d"
        self._flat, self._ends = array(kind), array("I")
        self.flat: npt.NDArray[Any] = np.zeros(0, kind)
        self.ends: npt.NDArray[np.uint32] = np.zeros(1, np.uint32)

    def add(self, row: Iterable[float]) -> None:
        """One more row."""
        self._flat.extend(row)  # type: ignore[arg-type]
        self._ends.append(len(self._flat))

    def close(self) -> None:
        """No more rows."""
        self.flat = np.frombuffer(self._flat, self._kind) if self._flat else np.zeros(0, self._kind)
        self.ends = np.concatenate([np.zeros(1, np.uint32), np.frombuffer(self._ends, np.uint32)]) if self._ends else self.ends

    def row(self, place: int) -> npt.NDArray[Any]:
        """One row."""
        return self.flat[self.ends[place] : self.ends[place + 1]]

    def take(self, places: Places) -> tuple[npt.NDArray[Any], Places]:
        """The values of many rows end to end, and for each value the position of its row in ``places``."""
        starts = self.ends[places].astype(np.int64)
        lengths = self.ends[places + 1] - starts
        owner = np.repeat(np.arange(len(places)), lengths)
        offset = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return self.flat[np.repeat(starts, lengths) + offset], owner


_WORDS = (
    "stems", "names", "initials", "pairs", "heads", "modified", "objects", "subjects", "ordinals", "months", "actors", "parties", "targets",
    "openings", "amounts",
)  # fmt: skip
_ONES = ("verb", "deed", "cues", "act", "event", "topic", "start", "end", "doc", "day", "opens", "due")


class Index:
    """The columns of kept assertions, in the order given (by date, document and place)."""

    stems: Ragged
    names: Ragged
    initials: Ragged
    pairs: Ragged  # neighbouring stems, hashed
    heads: Ragged  # "group", "forum", "fund"
    modified: Ragged  # head and modifier, hashed; the head of each beside it in ``modifies``
    objects: Ragged  # the stems right after the verb
    subjects: Ragged  # those before it
    ordinals: Ragged
    months: Ragged
    actors: Ragged
    parties: Ragged
    targets: Ragged
    openings: Ragged  # the first two stems
    amounts: Ragged  # the numbers of ``numbers``, each as one of a list
    verb: Ints
    deed: Ints
    cues: Ints
    act: Ints
    event: Ints
    topic: Ints
    start: Ints
    end: Ints
    doc: Ints
    day: Ints
    opens: Ints
    due: Ints

    def __init__(self, kept: Iterable[Kept], shelf: Sequence[Kept] | None = None) -> None:
        """``shelf`` gives a row's item back by its number, where ``kept`` is too long to hold."""
        self.ids: dict[str, int] = {}
        self.docs: dict[str, int] = {}
        self.vectors: Floats | None = None
        self.numbers, self.modifies = Ragged("d"), Ragged()
        for name in _WORDS:
            setattr(self, name, Ragged())
        ones = {name: array("i") for name in _ONES}
        promised = array("b")
        held: list[Kept] = []
        for each in kept:
            if shelf is None:
                held.append(each)
            item = assertion(each)
            read = words(item.quote)
            self._lay_words(read, ones)
            self._lay_marks(item)
            self._lay_ones(each, item, ones)
            promised.append(promises(each))
        self.kept: Sequence[Kept] = held if shelf is None else shelf
        for name in (*_WORDS, "numbers", "modifies"):
            getattr(self, name).close()
        for name, column in ones.items():
            setattr(self, name, np.frombuffer(column, np.int32) if column else np.zeros(0, np.int32))
        self.promise = np.frombuffer(promised, np.int8) if promised else np.zeros(0, np.int8)
        self.weight = np.array([rarity(stem) for stem in self.ids], np.float32)
        self.mass = self._masses()

    def __len__(self) -> int:
        return len(self.doc)

    def _masses(self) -> Floats:
        """The summed weight of each row's stems."""
        if not len(self.stems.flat):
            return np.zeros(len(self), np.float32)
        summed = np.concatenate([np.zeros(1), np.cumsum(self.weight[self.stems.flat], dtype=np.float64)])
        return np.asarray(summed[self.stems.ends[1:]] - summed[self.stems.ends[:-1]], np.float32)

    def _lay_words(self, read: Words, ones: dict[str, array[int]]) -> None:
        row = self._many(read.stems)
        self.stems.add(dict.fromkeys(row))
        self.openings.add(list(dict.fromkeys(row))[:2])
        self.names.add(self._many(sorted(read.names)))
        self.initials.add(self._many(sorted(read.acronyms)))
        self.pairs.add({hash_pair(a, b): None for a, b in pairwise(row)})
        heads = [place for place, stem in enumerate(read.stems) if stem in HEADS]
        self.heads.add(dict.fromkeys(row[place] for place in heads))
        near = {(row[at], row[by]): None for at in heads for by in range(max(0, at - 3), at) if read.stems[by] not in PLAIN}
        self.modified.add(hash_pair(head, modifier) for head, modifier in near)
        self.modifies.add(head for head, _ in near)
        verb = self._many([read.verb])[0]
        spot = row.index(verb) if verb in row else 0
        self.objects.add(dict.fromkeys(row[spot + 1 : spot + 6]))
        self.subjects.add(dict.fromkeys(row[:spot]))
        ones["verb"].append(verb)
        ones["deed"].append(deed_of(read.verb))

    def _lay_marks(self, item: Assertion) -> None:
        amounts = number_values(item.quote)
        self.numbers.add(amounts)
        self.amounts.add(self._many(f"#{amount:g}" for amount in amounts))
        self.ordinals.add(ordinals(item.quote))
        self.months.add(months(item.quote))
        self.actors.add(self._many("@" + code for code in item.actors))
        self.parties.add(self._many("@" + code for code in (*item.actors, *item.targets)))
        self.targets.add(self._many("@" + code for code in item.targets if code[:4] != "grp:"))

    def _lay_ones(self, kept: Kept, item: Assertion, ones: dict[str, array[int]]) -> None:
        values = {
            "cues": cues(item.quote), "act": ACTS[item.act], "event": EVENTS[item.event], "topic": TOPICS[item.topic],
            "start": item.start, "end": item.end, "doc": self.docs.setdefault(kept.doc, len(self.docs)), "day": day_of(kept.date),
            "opens": day_of(item.when), "due": day_of(item.when, last=True),
        }  # fmt: skip
        for name, value in values.items():
            ones[name].append(value)

    def _many(self, words: Iterable[str]) -> list[int]:
        return [self.ids.setdefault(word, len(self.ids)) for word in words]


def assertion(kept: Kept) -> Assertion:
    """The assertion of a kept item."""
    assert isinstance(kept.item, Assertion)
    return kept.item


def hash_pair(first: int, second: int) -> int:
    """One 31-bit number for two stems in order."""
    return (first * 1_000_003 + second * 7919) & 0x7FFFFFFF
