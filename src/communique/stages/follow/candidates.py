"""Which later assertions a commitment is worth comparing with: those that share a rare word, a pair of words or initials with it.

An inverted index of hashed keys.  ``keys`` is a pure function of the item, so a store can keep the same index.  A key that ``FAMILIAR``
promises said before says nothing new and is passed over for those that come after, so work grows with the number of commitments, not
with its square; and what is added later changes nothing for the promises before it but the pairs it makes itself.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import islice, pairwise
from typing import Protocol
from zlib import crc32

import numpy as np
import numpy.typing as npt

from communique.records import Assertion, Event, Kept
from communique.stages.follow.arrays import Floats, Places
from communique.stages.follow.words import number_values, words
from communique.vocabulary.frequency import rarity

__all__ = ["FAMILIAR", "LEAST", "MOST", "Postings", "best", "keys", "share"]

RARE = 3.0  # nats; a stem in fewer than one sentence of twenty is a key by itself
COUNTED = 13  # numbers from here on are a key by themselves
NUMBER = 6
FAMILIAR = 250  # promises; a key that as many said before is passed over for the next
MOST = 96  # later assertions a commitment is compared with
LEAST = 0.4  # shared weight over the root of the later item's; below this hardly a link is lost
LENGTH = 20.0  # nats added to an item's weight, so that a very short one is not taken for a likeness
UNIT = 1024  # weights are counted in whole parts of a nat, so that their sum is the same in any order
KEYS = 255  # of one assertion, the first
LOW = np.uint64(0xFFFFFFFF)
Hashes = npt.NDArray[np.uint32]
Counts = npt.NDArray[np.int64]


@lru_cache(maxsize=200_000)
def _hash(key: str) -> int:
    return crc32(key.encode("utf-8", "surrogatepass"))


def keys(kept: Kept) -> dict[int, int]:
    """What an assertion is filed under, each key with its weight: rare stems, initials of long names, neighbouring stems, who is helped.

    Keys are 32-bit hashes, weights parts of a nat, ``UNIT`` to one.
    """
    item = kept.item
    read = words(item.quote)
    found: dict[int, int] = {}
    worth = {stem: rarity(stem) for stem in read.stems}
    for stem, nats in worth.items():
        if nats >= RARE:
            found[_hash(stem)] = round(nats * UNIT)
    for initials in sorted(read.acronyms):
        found[_hash(initials)] = 8 * UNIT
    for first, second in pairwise(read.stems):
        found.setdefault(_hash(f"{first} {second}"), round((worth[first] + worth[second]) * UNIT / 2))
    for amount in number_values(item.quote):
        if amount >= COUNTED:
            found.setdefault(_hash(f"#{amount:g}"), NUMBER * UNIT)
    if isinstance(item, Assertion) and item.event in (Event.AID, Event.SUPPORT, Event.COOPERATE):
        for code in item.targets:
            if not code.startswith("grp:"):
                found[_hash("for " + code)] = 8 * UNIT
    return dict(islice(found.items(), KEYS))


def share(worth: Counts, mass: Floats) -> Floats:
    """How much of a later assertion the shared keys make up: their weight over the root of its own."""
    return np.asarray((worth / UNIT).astype(np.float32) / np.sqrt(np.float32(LENGTH) + mass), np.float32)


class Postings:
    """The inverted index over rows in the order of the record: which rows, and which promises among them, are filed under a key.

    ``rows``, ``promises``: sorted whole numbers, the hash of the key above the number of the row, or of its turn.
    """

    def __init__(self, hashes: Hashes, rows: npt.NDArray[np.int32], promise: npt.NDArray[np.int8], turn: Places) -> None:
        """``hashes`` and the row each was found in; for each row whether it is a promise, and when its turn is among those of a key."""
        self.rows = hashes.astype(np.uint64)
        self.rows <<= np.uint64(32)
        self.rows |= rows.astype(np.uint64)
        kept = promise[rows] > 0
        self.promises = (self.rows[kept] & ~LOW) | turn[rows[kept]].astype(np.uint64)
        self.turn = turn
        self.rows.sort()
        self.promises.sort()
        self._shared = np.zeros(len(promise), np.int64)

    def living(self, place: int, keys: Hashes, worth: Counts) -> tuple[Hashes, Counts]:
        """Of a row's keys those that fewer than ``FAMILIAR`` promises said before it, with their weights."""
        asked = keys.astype(np.uint64) << np.uint64(32)
        low = np.searchsorted(self.promises, asked)
        before = np.searchsorted(self.promises, asked | np.uint64(self.turn[place])) - low
        alive = before < FAMILIAR
        return keys[alive], worth[alive]

    def later(self, laid: Laid, place: int, asked: Hashes, worth: Counts, most: int = MOST) -> tuple[Places, Floats]:
        """The rows after a commitment that share the most with it under its keys, in order, and how much each shares."""
        keys = asked.astype(np.uint64) << np.uint64(32)
        low = np.searchsorted(self.rows, keys | np.uint64(place), "right")
        high = np.searchsorted(self.rows, keys | LOW, "right")
        spans = [(self.rows[start:end] & LOW).astype(np.int64) for start, end in zip(low.tolist(), high.tolist(), strict=True)]
        for rows, weight in zip(spans, worth.tolist(), strict=True):
            self._shared[rows] += weight
        sums = []
        for rows in spans:
            sums.append(self._shared[rows])
            self._shared[rows] = 0  # a row met again under another key has nothing left
        found, shared = np.concatenate([_NONE, *spans]), np.concatenate([_NONE, *sums])
        enough = share(shared, laid.mass[found]) >= LEAST
        return best(laid, place, found[enough], shared[enough], most)


class Laid(Protocol):
    """Rows in the order of the record: the document and the place of each, and the weight of its words."""

    mass: Floats
    doc: npt.NDArray[np.int32]
    start: npt.NDArray[np.int32]
    end: npt.NDArray[np.int32]


def best(laid: Laid, place: int, rows: Places, shared: Counts, most: int = MOST) -> tuple[Places, Floats]:
    """Of rows after a commitment those that share the most, the earlier first where they share the same; in the order of the record."""
    apart = (laid.doc[rows] != laid.doc[place]) | (laid.start[rows] >= laid.end[place])
    rows, shared = rows[apart], shared[apart]
    order = np.argsort(rows)
    rows, shared = rows[order], shared[order]
    score = share(shared, laid.mass[rows])
    if len(rows) > most:
        first = np.sort(np.argsort(-score, kind="stable")[:most])
        rows, score = rows[first], score[first]
    return rows, score


_NONE = np.zeros(0, np.int64)
