"""Assertions laid out as numbers, some at a time: what a process can do on its own and hand over as arrays."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from communique.records import Act, Assertion, Event, Kept, Topic
from communique.stages.follow.candidates import keys
from communique.stages.follow.cues import cues, deed_of
from communique.stages.follow.promised import promises
from communique.stages.follow.words import HEADS, PLAIN, Words, months, number_values, ordinals, words

__all__ = ["ACTS", "EVENTS", "LENGTHS", "RAGGED", "WORDED", "Part", "assertion", "day_of", "part_of"]

ACTS = {act: place for place, act in enumerate(Act)}
EVENTS = {event: place for place, event in enumerate(Event)}
TOPICS = {topic: place for place, topic in enumerate(Topic)}
LENGTHS = " lengths"  # beside the values of a column of rows of different lengths, how long each is
_WORDS = (
    "stems", "names", "initials", "heads", "modifies", "objects", "subjects", "actors", "parties", "targets", "openings", "amounts",
)  # fmt: skip
RAGGED = (*_WORDS, "pairs", "modified", "ordinals", "months", "numbers", "keys", "worths")
WORDED = (*_WORDS, "verb")  # columns whose values are the places of words in ``Part.words``
_ONES = ("verb", "deed", "cues", "act", "event", "topic", "start", "end", "doc", "day", "opens", "due")
_KINDS = {"numbers": "d", "keys": "I"}


@dataclass(frozen=True)
class Part:
    """Some assertions in columns, with the words and documents that their numbers stand for."""

    words: list[str]
    docs: list[str]
    columns: dict[str, npt.NDArray[Any]]


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


def assertion(kept: Kept) -> Assertion:
    """The assertion of a kept item."""
    assert isinstance(kept.item, Assertion)
    return kept.item


def part_of(kept: Iterable[Kept]) -> Part:
    """Some assertions laid out."""
    laying = _Laying()
    for each in kept:
        laying.add(each)
    return Part(list(laying.ids), list(laying.docs), laying.columns())


class _Laying:
    """Columns that grow a row at a time."""

    def __init__(self) -> None:
        self.ids: dict[str, int] = {}
        self.docs: dict[str, int] = {}
        self.ragged = {name: (array(_KINDS.get(name, "i")), array("I")) for name in RAGGED}
        self.ones = {name: array("i") for name in _ONES}
        self.promise = array("b")

    def add(self, kept: Kept) -> None:
        """One more row."""
        item = assertion(kept)
        self._words(words(item.quote))
        self._marks(item)
        self._ones(kept, item)
        filed, starts = keys(kept), promises(kept)
        self._row("keys", filed)
        self._row("worths", filed.values() if starts else ())
        self.promise.append(starts)

    def columns(self) -> dict[str, npt.NDArray[Any]]:
        """All of them as arrays."""
        found: dict[str, npt.NDArray[Any]] = {"promise": np.array(self.promise, np.int8)}
        for name, (flat, lengths) in self.ragged.items():
            found[name] = np.array(flat, _KINDS.get(name, "i"))
            found[name + LENGTHS] = np.array(lengths, np.uint32)
        return found | {name: np.array(column, np.int32) for name, column in self.ones.items()}

    def _row(self, name: str, row: Iterable[float]) -> None:
        flat, lengths = self.ragged[name]
        before = len(flat)
        flat.extend(row)  # type: ignore[arg-type]
        lengths.append(len(flat) - before)

    def _words(self, read: Words) -> None:
        row = self._many(read.stems)
        once = list(dict.fromkeys(row))
        self._row("stems", once)
        self._row("openings", once[:2])
        self._row("names", self._many(sorted(read.names)))
        self._row("initials", self._many(sorted(read.acronyms)))
        self._row("pairs", dict.fromkeys(_hash_pair(a, b) for a, b in pairwise(read.stems)))
        heads = [place for place, stem in enumerate(read.stems) if stem in HEADS]
        self._row("heads", dict.fromkeys(row[place] for place in heads))
        near = {
            (row[at], row[by]): _hash_pair(read.stems[at], read.stems[by])
            for at in heads
            for by in range(max(0, at - 3), at)
            if read.stems[by] not in PLAIN
        }
        self._row("modified", near.values())
        self._row("modifies", [head for head, _ in near])
        verb = self._many([read.verb])[0]
        spot = row.index(verb) if verb in row else 0
        self._row("objects", dict.fromkeys(row[spot + 1 : spot + 6]))
        self._row("subjects", dict.fromkeys(row[:spot]))
        self.ones["verb"].append(verb)
        self.ones["deed"].append(deed_of(read.verb))

    def _marks(self, item: Assertion) -> None:
        amounts = number_values(item.quote)
        self._row("numbers", amounts)
        self._row("amounts", self._many(f"#{amount:g}" for amount in amounts))
        self._row("ordinals", ordinals(item.quote))
        self._row("months", months(item.quote))
        self._row("actors", self._many("@" + code for code in item.actors))
        self._row("parties", self._many("@" + code for code in (*item.actors, *item.targets)))
        self._row("targets", self._many("@" + code for code in item.targets if code[:4] != "grp:"))

    def _ones(self, kept: Kept, item: Assertion) -> None:
        values = {
            "cues": cues(item.quote), "act": ACTS[item.act], "event": EVENTS[item.event], "topic": TOPICS[item.topic],
            "start": item.start, "end": item.end, "doc": self.docs.setdefault(kept.doc, len(self.docs)), "day": day_of(kept.date),
            "opens": day_of(item.when), "due": day_of(item.when, last=True),
        }  # fmt: skip
        for name, value in values.items():
            self.ones[name].append(value)

    def _many(self, words: Iterable[str]) -> list[int]:
        return [self.ids.setdefault(word, len(self.ids)) for word in words]


@lru_cache(maxsize=200_000)
def _hash_pair(first: str, second: str) -> int:
    """One 31-bit number for two stems in order, the same in every record."""
    return crc32(f"{first} {second}".encode("utf-8", "surrogatepass")) & 0x7FFFFFFF
