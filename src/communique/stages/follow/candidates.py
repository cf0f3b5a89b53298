"""Which later assertions a commitment is worth comparing with: those that share a rare word, a pair of words or initials with it.

An inverted index of hashed keys.  ``keys`` is a pure function of the item, so a store can keep the same index in a table
``(key, ordinal, assertion)`` and answer the two questions following needs: the later assertions under a commitment's keys,
and the earlier commitments under a new assertion's.  Keys under which too much is filed say nothing and are passed over,
so work grows with the number of commitments, not with its square.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from communique.records import Assertion, Event, Kept
from communique.stages.follow.index import Index, Places
from communique.stages.follow.words import words
from communique.vocabulary.frequency import rarity

__all__ = ["CROWDED", "MOST", "Postings", "keys"]

RARE = 4.6  # nats; a stem in fewer than one sentence of a hundred is a key by itself
CROWDED = 3000  # assertions under one key; above this the key is passed over
MOST = 64  # later assertions a commitment is compared with
ENOUGH = 20_000  # assertions looked at under the keys of one commitment, rarest keys first


@lru_cache(maxsize=1_000_000)
def _hash(key: str) -> int:
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


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
    if isinstance(item, Assertion) and item.event in (Event.AID, Event.SUPPORT, Event.COOPERATE):
        for code in item.targets:
            if not code.startswith("grp:"):
                found[_hash("for " + code)] = 8.0
    return found


class Postings:
    """The inverted index over the rows of an ``Index``: sorted hashes, and the row each was found in."""

    def __init__(self, found: Sequence[dict[int, float]]) -> None:
        lengths = np.fromiter((len(one) for one in found), np.int64, len(found))
        hashes = np.fromiter((key for one in found for key in one), np.int64, int(lengths.sum()))
        rows = np.repeat(np.arange(len(found), dtype=np.int32), lengths)
        order = np.argsort(hashes, kind="stable")
        self.hashes = hashes[order]
        self.rows = rows[order]

    def later(self, index: Index, commitment: int, wanted: dict[int, float], most: int = MOST) -> Places:
        """The rows after a commitment that share the most with it, in the order of the index."""
        asked = np.fromiter(wanted, np.int64, len(wanted))
        worth = np.fromiter(wanted.values(), np.float32, len(wanted))
        low = np.searchsorted(self.hashes, asked, "left")
        high = np.searchsorted(self.hashes, asked, "right")
        taken: list[npt.NDArray[np.int32]] = []
        gains: list[npt.NDArray[np.float32]] = []
        looked = 0
        for place in np.argsort(high - low, kind="stable"):
            size = int(high[place] - low[place])
            if size > CROWDED or looked > ENOUGH:
                break
            rows = self.rows[low[place] : high[place]]
            rows = rows[np.searchsorted(rows, commitment, "right") :]
            taken.append(rows)
            gains.append(np.full(len(rows), worth[place], np.float32))
            looked += len(rows)
        if not looked:
            return np.zeros(0, np.int64)
        rows, owner = np.unique(np.concatenate(taken), return_inverse=True)
        score = np.bincount(owner, np.concatenate(gains), len(rows))
        apart = (index.doc[rows] != index.doc[commitment]) | (index.start[rows] >= index.end[commitment])
        rows, score = rows[apart].astype(np.int64), score[apart] / np.sqrt(20.0 + index.mass[rows[apart]])
        best = np.argsort(-score, kind="stable")[:most]
        return np.sort(rows[best])
