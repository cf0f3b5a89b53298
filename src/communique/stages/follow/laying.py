"""Assertions laid out as numbers, some at a time: what a process can do on its own and hand over as arrays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from communique.records import Act, Assertion, Event, Kept, Topic
from communique.stages.follow.arrays import Floats
from communique.stages.follow.candidates import filed, pairs
from communique.stages.follow.cues import cues, deed_of
from communique.stages.follow.promised import promises
from communique.stages.follow.words import HEADS, PLAIN, months, number_values, ordinals, words
from communique.vocabulary.frequency import rarity

__all__ = ["ACTS", "EVENTS", "LENGTHS", "ONES", "RAGGED", "WORDED", "Part", "assertion", "day_of", "name_of", "part_of"]

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
_KINDS = {"numbers": np.float64, "keys": np.uint32}


@dataclass(frozen=True)
class Part:
    """Some assertions in columns, with the words and documents that their numbers stand for."""

    words: npt.NDArray[np.uint64]  # each as ``name_of`` it
    weights: Floats  # their rarity
    docs: list[str]
    columns: dict[str, npt.NDArray[Any]]


@lru_cache(maxsize=400_000)
def name_of(word: str) -> int:
    """The 64-bit number that stands for a word: among a million words two have the same with a chance of one in 30 million."""
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


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
    ids, docs = _Numbers(), _Numbers()
    rows = [_row(each, ids, docs) for each in kept]
    columns: dict[str, npt.NDArray[Any]] = {"promise": np.array([starts for _, _, starts in rows], np.int8)}
    for place, name in enumerate(RAGGED):
        values = [many[place] for many, _, _ in rows]
        lengths = np.fromiter(map(len, values), np.uint32, len(rows))
        columns[name] = np.fromiter(chain.from_iterable(values), _KINDS.get(name, np.int32), int(lengths.sum()))
        columns[name + LENGTHS] = lengths
    ones = np.array([single for _, single, _ in rows], np.int32).reshape(-1, len(ONES))
    columns |= {name: np.ascontiguousarray(ones[:, place]) for place, name in enumerate(ONES)}
    words = np.fromiter(map(name_of, ids), np.uint64, len(ids))
    return Part(words, np.fromiter(map(rarity, ids), np.float32, len(ids)), list(docs), columns)


class _Numbers(dict[str, int]):
    """Words by number, in the order they come."""

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number


def _row(kept: Kept, ids: _Numbers, docs: _Numbers) -> tuple[tuple[Sequence[float], ...], tuple[int, ...], bool]:
    """The values of ``RAGGED`` and of ``ONES`` for an assertion, and whether it is a promise."""
    item = assertion(kept)
    read, amounts = words(item.quote), number_values(item.quote)
    both = pairs(read.stems)
    keys, starts = filed(kept, read, both, amounts), promises(kept)
    row = [ids[stem] for stem in read.stems]
    verb, acts = ids[read.verb], ["@" + code for code in item.actors]
    once = list(dict.fromkeys(row))
    heads = [place for place, stem in enumerate(read.stems) if stem in HEADS]
    near = _modified(read.stems, row, heads)
    spot = row.index(verb) if verb in row else 0
    many = (
        once, [ids[name] for name in sorted(read.names)], [ids[name] for name in sorted(read.acronyms)],
        list(dict.fromkeys([row[place] for place in heads])), [head for head, _ in near],
        list(dict.fromkeys(row[spot + 1 : spot + 6])), list(dict.fromkeys(row[:spot])),
        [ids[code] for code in acts], [ids[code] for code in (*acts, *("@" + code for code in item.targets))],
        [ids["@" + code] for code in item.targets if code[:4] != "grp:"],
        once[:2], [ids[f"#{amount:g}"] for amount in amounts], list(dict.fromkeys([pair & 0x7FFFFFFF for pair in both])),
        list(near.values()), ordinals(item.quote), months(item.quote), amounts, list(keys), list(keys.values()) if starts else (),
    )  # fmt: skip
    single = (
        verb, deed_of(read.verb), cues(item.quote), ACTS[item.act], EVENTS[item.event], TOPICS[item.topic], item.start, item.end,
        docs[kept.doc], day_of(kept.date), day_of(item.when), day_of(item.when, last=True),
    )  # fmt: skip
    return many, single, starts


def _modified(stems: Sequence[str], row: Sequence[int], heads: Sequence[int]) -> dict[tuple[int, int], int]:
    """The modifiers of head nouns: head and modifier by number, with the hash of the two."""
    return {
        (row[at], row[by]): pairs((stems[at], stems[by]))[0] & 0x7FFFFFFF
        for at in heads
        for by in range(max(0, at - 3), at)
        if stems[by] not in PLAIN
    }
