"""The assertions known by a date, laid out so that each promise among them can be followed: candidates, features, weights, rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from zlib import crc32

import numpy as np

from communique.records import Assertion, Kept, Label, Link, Thread
from communique.stages.follow.candidates import MOST, Postings, keys
from communique.stages.follow.features import compare
from communique.stages.follow.index import Floats, Index, Places, assertion, day_of
from communique.stages.follow.laying import part_of
from communique.stages.follow.linking import Placed, linked
from communique.stages.follow.verdict import RESTATED, concluded
from communique.stages.follow.weights import Weights, weights

__all__ = ["TOGETHER", "Direct", "Follower", "Placed", "Vectors", "is_again", "threaded", "with_restated"]

Vectors = Callable[[Sequence[str]], Floats]
NEAREST = 40  # later assertions taken for their meaning, beside those that share keys
SHARING = 24
SAME = 0.9  # from here on a restatement is the same promise
TOGETHER = 32  # promises compared in one go


@dataclass(frozen=True, slots=True)
class Direct:
    """A promise by the row of the index: the rows it was compared with, how much each shares with it, and its own links."""

    row: int
    compared: Places
    shares: Floats
    links: tuple[Placed, ...]


class Follower:
    """The assertions known by a date, laid out so that each commitment among them can be followed."""

    def __init__(
        self, assertions: Iterable[Kept], as_of: str, vectors: Vectors | Floats | None = None, known: Weights | None = None
    ) -> None:
        self.known = known or weights()
        kept, rows = self._ordered(list(assertions), as_of, vectors)
        index = Index([part_of(kept)], kept)
        index.vectors = rows
        filed, row = index.keys.take(np.arange(len(index), dtype=np.int64))
        self._over(index, Postings.of(filed, row.astype(np.int32), index.promise, _turns(index)), as_of)

    @classmethod
    def over(cls, index: Index, postings: Postings, as_of: str) -> Follower:
        """A follower of assertions that are laid out already, in order."""
        made = cls.__new__(cls)
        made.known = weights()
        made._over(index, postings, as_of)
        return made

    def _over(self, index: Index, postings: Postings, as_of: str) -> None:
        self.index, self.postings, self.as_of = index, postings, as_of
        self._followed: dict[int, Direct] = {}  # by row
        self._after = np.arange(len(index), dtype=np.int64)

    def _ordered(self, given: list[Kept], as_of: str, vectors: Vectors | Floats | None) -> tuple[list[Kept], Floats | None]:
        """What was said by the date, in order, with its vectors."""
        last = day_of(as_of, last=True)
        chosen = [place for place, each in enumerate(given) if isinstance(each.item, Assertion) and 0 < day_of(each.date) <= last]
        chosen.sort(key=lambda place: _order(given[place]))
        kept = [given[place] for place in chosen]
        if vectors is None or not kept:
            return kept, None
        return kept, self.known.reduced(vectors([each.item.quote for each in kept]) if callable(vectors) else vectors[chosen])

    def threads(self, wanted: set[str] | None = None) -> Iterator[Thread]:
        """The threads of the promises of those ids, or of all, in the order of the index."""
        rows = np.flatnonzero(self.index.promise).tolist()
        if wanted is not None:
            rows = [row for row in rows if self.index.kept[row].id in wanted]
        for start in range(0, len(rows), TOGETHER):
            yield from self.some(rows[start : start + TOGETHER])

    def some(self, rows: Sequence[int]) -> Iterator[Thread]:
        """The threads of the promises in those rows of the index; many at once cost less than one by one."""
        self._follow(rows)
        again = {row: self._again(row) for row in rows}
        self._follow(sorted({other for _, others in again.items() for _, other in others}))
        for row in rows:
            own = self._followed[row]
            links = with_restated(own.links, [(sure, self._followed[other].links) for sure, other in again[row]])
            read = len({int(doc) for doc in self.index.doc[own.compared]} - {int(self.index.doc[row])})
            yield threaded(self.index.kept[row], self.as_of, read, [each.link for each in links])

    def direct(self, rows: Sequence[int]) -> list[Direct]:
        """What those promises are compared with and their own links, without those of their restatements."""
        found = [self._candidates(row) for row in rows]
        mine = np.repeat(np.array(rows, np.int64), [len(places) for places, _ in found])
        links = self.links(mine, np.concatenate([np.zeros(0, np.int64), *(places for places, _ in found)]))
        return [Direct(row, *each, tuple(links.get(row, ()))) for row, each in zip(rows, found, strict=True)]

    def _follow(self, rows: Sequence[int]) -> None:
        """Find the direct links of those promises that were not followed before."""
        self._followed.update((each.row, each) for each in self.direct([row for row in rows if row not in self._followed]))

    def _again(self, row: int) -> list[tuple[float, int]]:
        """The later promises that surely are this one again: how surely, and their rows."""
        return [(each.confidence, each.place) for each in self._followed[row].links if is_again(each.link) and self.starts(each.place)]

    def thread(self, row: int) -> Thread:
        """The thread of the promise in that row of the index."""
        return next(self.some([row]))

    def starts(self, row: int) -> bool:
        """Whether the item in that row of the index starts a thread."""
        return bool(self.index.promise[row])

    def candidates(self, place: int) -> Places:
        """The later rows a commitment is compared with."""
        return self._candidates(place)[0]

    def _candidates(self, place: int) -> tuple[Places, Floats]:
        index = self.index
        most = MOST if index.vectors is None else SHARING
        if index.promise[place]:
            filed, worths = index.keys.row(place), index.worths.row(place).astype(np.int64)
        else:
            found = keys(index.kept[place])
            filed, worths = np.array([*found], np.uint32), np.array([*found.values()], np.int64)
        asked, worth = self.postings.living(place, filed, worths)
        sharing, shares = self.postings.later(index, place, asked, worth, most)
        if index.vectors is None:
            return sharing, shares
        later = self._after[place + 1 :]
        later = later[(index.doc[later] != index.doc[place]) | (index.start[later] >= index.end[place])]
        close = index.vectors[later] @ index.vectors[place]
        nearest = later[np.argsort(-close, kind="stable")[:NEAREST]]
        either = np.union1d(sharing, nearest)
        return either, np.zeros(len(either), np.float32)

    def compare(self, place: int, places: Places) -> Floats:
        """The features of a promise and later assertions, ``features.NAMES`` by column."""
        return compare(self.index, np.full(len(places), place, np.int64), places)

    def links(self, mine: Places, theirs: Places) -> dict[int, list[Placed]]:
        """The links among pairs of a promise and a later row, by promise."""
        return linked(self.index, self.known, mine, theirs)


def _order(kept: Kept) -> tuple[int, str, int, int, str]:
    """By day, document and place."""
    item = kept.item
    return (day_of(kept.date), kept.doc, item.start, -item.end, kept.id)


def _turns(index: Index) -> Places:
    """For each row its turn among the promises of a key: as the record lists statements, by day and a number made of the id."""
    number = np.array([crc32(doc.encode("utf-8", "surrogatepass")) for doc in index.docs] or [0], np.int64)
    turn = np.empty(len(index), np.int64)
    turn[np.argsort((index.day.astype(np.int64) << 32) | number[index.doc], kind="stable")] = np.arange(len(index))
    return turn


def is_again(link: Link) -> bool:
    """Whether a link surely is the same promise, if it is a promise at all."""
    return link.label is Label.REPEATS and link.confidence >= SAME and not link.rule.endswith(RESTATED)


def with_restated(own: Iterable[Placed], answers: Iterable[tuple[float, Iterable[Placed]]]) -> list[Placed]:
    """A promise's links and those of its restatements, each with how surely it is one: what answers the one answers the other."""
    links = {link.place: link for link in own}
    for sure, theirs in answers:
        for each in theirs:
            link = replace(each.link, confidence=round(sure * each.link.confidence, 4), rule=each.link.rule + RESTATED)
            links.setdefault(each.place, Placed(each.place, link))
    return [links[place] for place in sorted(links)]


def threaded(promise: Kept, as_of: str, read: int, links: Sequence[Link], umbrella: str = "") -> Thread:
    """The thread that links make of a promise; ``umbrella``: the id of the promise it is a part of."""
    item = assertion(promise)
    verdict, rule = concluded(links)
    return Thread(
        id=promise.id, doc=promise.doc, start=item.start, end=item.end, quote=item.quote, actors=item.actors, when=item.when,
        specific=item.specific, verdict=verdict, as_of=as_of, rule=rule, links=tuple(links), read=read, umbrella=umbrella,
    )  # fmt: skip
