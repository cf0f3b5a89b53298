"""Which later assertions a commitment is worth comparing with: those that share a rare word, a pair of words or initials with it.

An inverted index of hashed keys.  ``keys`` is a pure function of the item, so a store can keep the same index in a table
``(key, ordinal, assertion)`` and answer the two questions following needs: the later assertions under a commitment's keys,
and the earlier commitments under a new assertion's.  Keys under which too much is filed say nothing and are passed over,
so work grows with the number of commitments, not with its square.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from itertools import pairwise
from zlib import crc32

import numpy as np
import numpy.typing as npt

from communique.records import Assertion, Event, Kept
from communique.stages.follow.index import Floats, Index, Places
from communique.stages.follow.words import number_values, words
from communique.vocabulary.frequency import rarity

__all__ = ["CROWDED", "MOST", "Postings", "keys"]

RARE = 3.0  # nats; a stem in fewer than one sentence of twenty is a key by itself
COUNTED = 13  # numbers from here on are a key by themselves
NUMBER = 6.0
CROWDED = 3000  # assertions under one key; above this the key is passed over
MOST = 96  # later assertions a commitment is compared with
LEAST = 0.4  # shared weight over the root of the later item's; below this hardly a link is lost
LENGTH = 20.0  # nats added to an item's weight, so that a very short one is not taken for a likeness
ENOUGH = 20_000  # assertions looked at under the keys of one commitment, rarest keys first


def _hash(key: str) -> int:
    return crc32(key.encode("utf-8", "surrogatepass"))


def keys(kept: Kept) -> dict[int, float]:
    """What an assertion is filed under, each key with its weight: rare stems, initials of long names, neighbouring stems, who is helped."""
    item = kept.item
    read = words(item.quote)
    found: dict[int, float] = {}
    for stem in dict.fromkeys(read.stems):
        if (worth := rarity(stem)) >= RARE:
            found[_hash(stem)] = worth
    for initials in sorted(read.acronyms):
        found[_hash(initials)] = 8.0
    for first, second in pairwise(read.stems):
        found.setdefault(_hash(f"{first} {second}"), (rarity(first) + rarity(second)) / 2)
    for amount in number_values(item.quote):
        if amount >= COUNTED:
            found.setdefault(_hash(f"#{amount:g}"), NUMBER)
    if isinstance(item, Assertion) and item.event in (Event.AID, Event.SUPPORT, Event.COOPERATE):
        for code in item.targets:
            if not code.startswith("grp:"):
                found[_hash("for " + code)] = 8.0
    return found


class Postings:
    """The inverted index over the rows of an ``Index``: sorted hashes, and the row each was found in."""

    def __init__(self) -> None:
        self._lengths, self._hashes = array("B"), array("I")
        self.hashes: npt.NDArray[np.uint32] = np.zeros(0, np.uint32)
        self.rows: npt.NDArray[np.int32] = np.zeros(0, np.int32)

    def passing(self, kept: Iterable[Kept]) -> Iterator[Kept]:
        """The same items; each is filed as it passes."""
        for each in kept:
            found = list(keys(each))[:255]
            self._lengths.append(len(found))
            self._hashes.extend(found)
            yield each

    def close(self) -> None:
        """Sort what was filed."""
        if not self._hashes:
            return
        flat = np.frombuffer(self._hashes, np.uint32)
        rows = np.repeat(np.arange(len(self._lengths), dtype=np.int32), np.frombuffer(self._lengths, np.uint8))
        order = np.argsort(flat, kind="stable")
        self.hashes, self.rows = flat[order], rows[order]
        self._hashes = array("I")

    def later(self, index: Index, commitment: int, wanted: dict[int, float], most: int = MOST) -> tuple[Places, float]:
        """The rows after a commitment that share the most with it, in the order of the index; and the least share that counted."""
        rows, worth = self._gathered(wanted, commitment, after=True)
        apart = (index.doc[rows] != index.doc[commitment]) | (index.start[rows] >= index.end[commitment])
        rows, worth = rows[apart], worth[apart]
        score = worth / np.sqrt(LENGTH + index.mass[rows])
        best = np.argsort(-score, kind="stable")[:most]
        best = best[score[best] >= LEAST]
        return np.sort(rows[best]), float(score[best[-1]]) if len(best) == most else LEAST

    def earlier(self, index: Index, later: int, wanted: dict[int, float], least: Floats) -> Places:
        """The rows before an assertion, among whose candidates it is: where it shares at least ``least[row]``."""
        rows, worth = self._gathered(wanted, later, after=False)
        return np.asarray(rows[worth / np.sqrt(LENGTH + index.mass[later]) >= least[rows]], np.int64)

    def _gathered(self, wanted: dict[int, float], place: int, *, after: bool) -> tuple[Places, Floats]:
        """The rows after (or before) a place that are filed under the same keys, and the weight they share; rarest keys first."""
        asked = np.fromiter(wanted, np.uint32, len(wanted))
        worth = np.fromiter(wanted.values(), np.float32, len(wanted))
        low, high = np.searchsorted(self.hashes, asked, "left"), np.searchsorted(self.hashes, asked, "right")
        taken: list[npt.NDArray[np.int32]] = []
        gains: list[Floats] = []
        looked = 0
        for at in np.argsort(high - low, kind="stable"):
            if high[at] - low[at] > CROWDED or looked > ENOUGH:
                break
            rows = self.rows[low[at] : high[at]]
            cut = np.searchsorted(rows, place, "right" if after else "left")
            rows = rows[cut:] if after else rows[:cut]
            taken.append(rows)
            gains.append(np.full(len(rows), worth[at], np.float32))
            looked += len(rows)
        if not looked:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        found, owner = np.unique(np.concatenate(taken), return_inverse=True)
        return found.astype(np.int64), np.bincount(owner, np.concatenate(gains), len(found)).astype(np.float32)
