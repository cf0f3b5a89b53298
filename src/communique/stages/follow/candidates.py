"""Which later assertions a commitment is worth comparing with: those that share a rare word, a pair of words or initials with it.

An inverted index of hashed keys.  ``keys`` is a pure function of the item, so a store can keep the same index.  A key that ``FAMILIAR``
promises said before says nothing new and is passed over for those that come after, so work grows with the number of commitments, not
with its square; and what is added later changes nothing for the promises before it but the pairs it makes itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise
from typing import Protocol
from zlib import crc32

import numpy as np
import numpy.typing as npt

from communique.records import Assertion, Event, Kept
from communique.stages.follow.arrays import Floats, Places
from communique.stages.follow.words import Words, number_values, words
from communique.vocabulary.frequency import rarity

__all__ = ["FAMILIAR", "LEAST", "MOST", "Postings", "best", "filed", "keys", "pairs", "share"]

RARE = 3.0  # nats; a stem in fewer than one sentence of twenty is a key by itself
COUNTED = 13  # numbers from here on are a key by themselves
NUMBER = 6
FAMILIAR = 250  # promises; a key that as many said before is passed over for the next
MOST = 96  # later assertions a commitment is compared with
LEAST = 0.4  # shared weight over the root of the later item's; below this hardly a link is lost
LENGTH = 20.0  # nats added to an item's weight, so that a very short one is not taken for a likeness
UNIT = 1024  # weights are counted in whole parts of a nat, so that their sum is the same in any order
NEAR = 0.999 * UNIT * LENGTH**0.5  # what a share of 1 takes at the least, a little less for what is lost in rounding
KEYS = 255  # of one assertion, the first
LOW, UPPER = np.uint64(0xFFFFFFFF), np.uint64(32)
Hashes = npt.NDArray[np.uint32]
Counts = npt.NDArray[np.int64]


@lru_cache(maxsize=400_000)
def _stem(stem: str) -> tuple[int, float, int, bytes]:
    """Of a stem its hash, its rarity in nats, its weight, and its bytes after a space, as it ends a pair."""
    said = stem.encode("utf-8", "surrogatepass")
    nats = rarity(stem)
    return crc32(said), nats, round(nats * UNIT), b" " + said


@lru_cache(maxsize=200_000)
def _hash(key: str) -> int:
    return crc32(key.encode("utf-8", "surrogatepass"))


def pairs(stems: Sequence[str]) -> list[int]:
    """The hash of each two neighbouring stems, that of the words with a space between them."""
    known = [_stem(stem) for stem in stems]
    return [crc32(second[3], first[0]) for first, second in pairwise(known)]


def keys(kept: Kept) -> dict[int, int]:
    """What an assertion is filed under, each key with its weight: rare stems, initials of long names, neighbouring stems, who is helped.

    Keys are 32-bit hashes, weights parts of a nat, ``UNIT`` to one.
    """
    read = words(kept.item.quote)
    return filed(kept, read, pairs(read.stems), number_values(kept.item.quote))


def filed(kept: Kept, read: Words, pairs: Sequence[int], amounts: Sequence[float]) -> dict[int, int]:
    """The same where the words of the quote, its pairs and its numbers are known."""
    item = kept.item
    known = [_stem(stem) for stem in read.stems]
    found = {hashed: weight for hashed, nats, weight, _ in known if nats >= RARE}
    for initials in sorted(read.acronyms):
        found[_hash(initials)] = 8 * UNIT
    for pair, (_, one, _, _), (_, next_, _, _) in zip(pairs, known, known[1:], strict=False):
        if pair not in found:
            found[pair] = round((one + next_) * UNIT / 2)
    for amount in amounts:
        if amount >= COUNTED:
            found.setdefault(_hash(f"#{amount:g}"), NUMBER * UNIT)
    if isinstance(item, Assertion) and item.event in (Event.AID, Event.SUPPORT, Event.COOPERATE):
        for code in item.targets:
            if not code.startswith("grp:"):
                found[_hash("for " + code)] = 8 * UNIT
    return dict(islice(found.items(), KEYS)) if len(found) > KEYS else found


def share(worth: Counts, mass: Floats) -> Floats:
    """How much of a later assertion the shared keys make up: their weight over the root of its own."""
    return np.asarray((worth / UNIT).astype(np.float32) / np.sqrt(np.float32(LENGTH) + mass), np.float32)


class Postings:
    """The inverted index over rows in the order of the record: which rows, and which promises among them, are filed under a key.

    ``keys``: every key, sorted; ``starts``: where its rows begin in ``rows``, and their end at last.  ``promises``: sorted whole numbers,
    a key above the turn of a promise.
    """

    def __init__(self, keys: Hashes, starts: Places, rows: npt.NDArray[np.int32], promises: npt.NDArray[np.uint64], turn: Places) -> None:
        """``turn``: for each row its turn among the promises of a key."""
        self.keys, self.starts, self.rows, self.promises, self.turn = keys, starts, rows, promises, turn
        self._shared = np.zeros(len(turn), np.int32)

    @classmethod
    def of(cls, hashes: Hashes, rows: npt.NDArray[np.int32], promise: npt.NDArray[np.int8], turn: Places) -> Postings:
        """From keys and the row each was found in, in any order; ``promise``: for each row whether it is one."""
        kept = promise[rows] > 0
        promises = hashes[kept].astype(np.uint64) << UPPER | turn[rows[kept]].astype(np.uint64)
        promises.sort()
        both = hashes.astype(np.uint64)
        both <<= UPPER
        both |= rows.astype(np.uint64)
        both.sort()
        ordered = (both & LOW).astype(np.int32)
        both >>= UPPER
        first = np.flatnonzero(np.concatenate([np.ones(min(len(both), 1), np.bool_), both[1:] != both[:-1]]))
        return cls(both[first].astype(np.uint32), np.append(first, len(both)), ordered, promises, turn)

    def living(self, place: int, keys: Hashes, worth: Counts) -> tuple[Hashes, Counts]:
        """Of a row's keys those that fewer than ``FAMILIAR`` promises said before it, with their weights."""
        asked = keys.astype(np.uint64) << UPPER
        low = np.searchsorted(self.promises, asked)
        before = np.searchsorted(self.promises, asked | np.uint64(self.turn[place])) - low
        alive = before < FAMILIAR
        return keys[alive], worth[alive]

    def later(self, laid: Laid, place: int, asked: Hashes, worth: Counts, most: int = MOST) -> tuple[Places, Floats]:
        """The rows after a commitment that share the most with it under its keys, in order, and how much each shares."""
        spans = sorted(self._spans(place, asked, worth), key=lambda each: len(each[0]))
        for span, weight in spans:
            np.add.at(self._shared, span, weight)
        rows, score, least = _NONE, np.zeros(0, np.float32), LEAST
        for span, _ in spans:  # the rarest keys first, so that most rows of the others are seen at once to share too little
            sums = self._shared[span]
            self._shared[span] = 0  # a row met again under another key has nothing left
            likely = sums >= least * NEAR
            found = span[likely]
            shares = share(sums[likely], laid.mass[found])
            enough = shares >= least
            rows, score = np.concatenate([rows, found[enough]]), np.concatenate([score, shares[enough]])
            if len(rows) > 4 * most:
                least = _bar(laid, place, rows, score, most) or least
                rows, score = rows[score >= least], score[score >= least]
        return best(laid, place, rows, score, most)

    def _spans(self, place: int, asked: Hashes, worth: Counts) -> Iterator[tuple[Places, np.int32]]:
        """The rows after a commitment under each of its keys, with the weight of the key."""
        at = np.searchsorted(self.keys, asked)
        after = np.int32(place)
        for key, spot, weight in zip(asked.tolist(), at.tolist(), worth.astype(np.int32), strict=True):
            if spot < len(self.keys) and self.keys[spot] == key:
                span = self.rows[self.starts[spot] : self.starts[spot + 1]]
                yield span[span.searchsorted(after, "right") :].astype(np.int64), weight


class Laid(Protocol):
    """Rows in the order of the record: the document and the place of each, and the weight of its words."""

    mass: Floats
    doc: npt.NDArray[np.int32]
    start: npt.NDArray[np.int32]
    end: npt.NDArray[np.int32]


def best(laid: Laid, place: int, rows: Places, score: Floats, most: int = MOST) -> tuple[Places, Floats]:
    """Of rows after a commitment those that share the most, the earlier first where they share the same; in the order of the record."""
    enough = score >= _bar(laid, place, rows, score, most)
    rows, score = rows[enough], score[enough]
    apart = (laid.doc[rows] != laid.doc[place]) | (laid.start[rows] >= laid.end[place])
    rows, score = rows[apart], score[apart]
    order = np.argsort(rows)
    rows, score = rows[order], score[order]
    if len(rows) > most:
        first = np.sort(np.argsort(-score, kind="stable")[:most])
        rows, score = rows[first], score[first]
    return rows, score


def _bar(laid: Laid, place: int, rows: Places, score: Floats, most: int) -> float:
    """What a row must share to be among those that share the most; of the promise's own document few fall away, so many more stay."""
    kept = most + int(np.count_nonzero(laid.doc[rows] == laid.doc[place])) if len(rows) > most else most
    return float(np.partition(score, len(score) - kept)[len(score) - kept]) if len(rows) > kept else 0.0


_NONE = np.zeros(0, np.int64)
