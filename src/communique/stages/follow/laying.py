"""Assertions laid out as numbers, some at a time: what a process can do on its own and hand over as arrays."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from communique.records import Act, Assertion, Event, Kept, Topic
from communique.stages.follow.candidates import filed, pairs
from communique.stages.follow.cues import cues, deed_of
from communique.stages.follow.promised import promises
from communique.stages.follow.words import HEADS, PLAIN, months, number_values, ordinals, words

__all__ = ["ACTS", "EVENTS", "LENGTHS", "ONES", "RAGGED", "WORDED", "Part", "assertion", "day_of", "part_of"]

ACTS = {act: place for place, act in enumerate(Act)}
EVENTS = {event: place for place, event in enumerate(Event)}
TOPICS = {topic: place for place, topic in enumerate(Topic)}
LENGTHS = " lengths"  # beside the values of a column of rows of different lengths, how long each is
_WORDS = (
    "stems", "names", "initials", "heads", "modifies", "objects", "subjects", "actors", "parties", "targets", "openings", "amounts",
)  # fmt: skip
RAGGED = (*_WORDS, "pairs", "modified", "ordinals", "months", "numbers", "keys", "worths")  # "numbers" are real, all else whole
WORDED = (*_WORDS, "verb")  # columns whose values are the places of words in ``Part.words``
ONES = ("verb", "deed", "cues", "act", "event", "topic", "start", "end", "doc", "day", "opens", "due")
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


class _Numbers(dict[str, int]):
    """Words by number, in the order they come."""

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number


class _Laying:
    """Columns that grow a row at a time."""

    def __init__(self) -> None:
        self.ids, self.docs = _Numbers(), _Numbers()
        self.ragged = [(array(_KINDS.get(name, "i")), array("I")) for name in RAGGED]
        self.ones = [array("i") for _ in ONES]
        self.promise = array("b")

    def add(self, kept: Kept) -> None:
        """One more row."""
        item, ids = assertion(kept), self.ids
        read, amounts = words(item.quote), number_values(item.quote)
        both = pairs(read.stems)
        keys, starts = filed(kept, read, both, amounts), promises(kept)
        row = [ids[stem] for stem in read.stems]
        verb, acts = ids[read.verb], ["@" + code for code in item.actors]
        once = list(dict.fromkeys(row))
        heads = [place for place, stem in enumerate(read.stems) if stem in HEADS]
        near = _modified(read.stems, row, heads)
        spot = row.index(verb) if verb in row else 0
        made = (
            once, [ids[name] for name in sorted(read.names)], [ids[name] for name in sorted(read.acronyms)],
            list(dict.fromkeys([row[place] for place in heads])), [head for head, _ in near],
            list(dict.fromkeys(row[spot + 1 : spot + 6])), list(dict.fromkeys(row[:spot])),
            [ids[code] for code in acts], [ids[code] for code in (*acts, *("@" + code for code in item.targets))],
            [ids["@" + code] for code in item.targets if code[:4] != "grp:"],
            once[:2], [ids[f"#{amount:g}"] for amount in amounts], list(dict.fromkeys([pair & 0x7FFFFFFF for pair in both])),
            list(near.values()), ordinals(item.quote), months(item.quote), amounts, list(keys), list(keys.values()) if starts else (),
        )  # fmt: skip
        for (flat, lengths), values in zip(self.ragged, made, strict=True):
            if values:
                flat.extend(values)  # type: ignore[arg-type]
            lengths.append(len(values))
        singles = (
            verb, deed_of(read.verb), cues(item.quote), ACTS[item.act], EVENTS[item.event], TOPICS[item.topic], item.start, item.end,
            self.docs[kept.doc], day_of(kept.date), day_of(item.when), day_of(item.when, last=True),
        )  # fmt: skip
        for column, value in zip(self.ones, singles, strict=True):
            column.append(value)
        self.promise.append(starts)

    def columns(self) -> dict[str, npt.NDArray[Any]]:
        """All of them as arrays."""
        found: dict[str, npt.NDArray[Any]] = {"promise": np.array(self.promise, np.int8)}
        for name, (flat, lengths) in zip(RAGGED, self.ragged, strict=True):
            found[name] = np.array(flat, _KINDS.get(name, "i"))
            found[name + LENGTHS] = np.array(lengths, np.uint32)
        return found | {name: np.array(column, np.int32) for name, column in zip(ONES, self.ones, strict=True)}


def _modified(stems: Sequence[str], row: Sequence[int], heads: Sequence[int]) -> dict[tuple[int, int], int]:
    """The modifiers of head nouns: head and modifier by number, with the hash of the two."""
    return {
        (row[at], row[by]): pairs((stems[at], stems[by]))[0] & 0x7FFFFFFF
        for at in heads
        for by in range(max(0, at - 3), at)
        if stems[by] not in PLAIN
    }
