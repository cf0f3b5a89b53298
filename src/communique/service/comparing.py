"""Which rows promises are compared with, after some statements changed: what the change adds, what it pushes out.

A promise is compared with the later rows that share the most with it.  What share a new row has is told by the promises filed under its
keys; whether it counts, by the least share that counts for the promise (its bar).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection

from communique.stages.follow.candidates import MOST, Postings, share
from communique.store import filing, keying
from communique.store.filing import PAIR, ROW, Filed, Rows
from communique.store.following import Compared

__all__ = ["Candidates", "Order", "Spot", "pairs_of", "rows_of"]

Spot = tuple[int, int]  # a statement and the place of a row in it
News = list[tuple[int, int, float]]  # statement, place and share of rows that a promise may now be compared with


@dataclass(frozen=True)
class Candidates:
    """The rows a promise is compared with now, those new among them, and those no longer."""

    rows: Rows  # ``filing.PAIR``
    added: list[Spot] = field(default_factory=list)
    dropped: set[Spot] = field(default_factory=set)


class Order:
    """The order in which following takes statements."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[int, tuple[int, str]] = {}

    def learn(self, statements: Iterable[int]) -> None:
        """Some statements that will be asked for."""
        unknown = set(statements) - self._known.keys()
        if unknown:
            self._known.update(filing.orders_of(self._connection, unknown))

    def of(self, statement: int) -> tuple[int, str]:
        """Day and id."""
        if statement not in self._known:
            self.learn((statement,))
        return self._known[statement]

    def place(self, spot: Spot) -> tuple[int, str, int]:
        """Day, id and place of a row."""
        return (*self.of(spot[0]), spot[1])

    def sorted(self, spots: Iterable[Spot]) -> list[Spot]:
        """Rows in order."""
        some = list(spots)
        self.learn(pk for pk, _ in some)
        return sorted(some, key=self.place)


def news_of(connection: Connection, was: Mapping[int, Filed], new: Mapping[int, Filed], bars: Rows) -> dict[int, News]:
    """For each promise that a changed row could matter to, what the new rows share with it; nothing for rows that are gone."""
    table = keying.under(connection, {int(key) for side in (was, new) for each in side.values() for key in each.keys.tolist()})
    found: dict[int, News] = {}
    for side in (was, new):
        for pk, each in side.items():
            for assertion, place, value in _reached(filing.ordinal_of(connection, pk) >> 32, each, table, bars):
                news = found.setdefault(assertion, [])
                if side is new:
                    news.append((pk, place, value))
    return found


def _reached(day: int, filed: Filed, table: Mapping[int, keying.Entries], bars: Rows) -> Iterable[tuple[int, int, float]]:
    """Assertion, place and share for each promise by that day whose bar a row of a statement reaches."""
    keys = filed.keys.tolist()
    used = [place for place, key in enumerate(keys) if key in table]
    if not used or not len(bars):
        return ()
    lists = [table[keys[place]] for place in used]
    # joined as bytes: joining arrays of named fields asks about every field of every one
    entries = np.frombuffer(b"".join(each.tobytes() for each in lists), keying.ENTRY)
    row = np.repeat(np.arange(len(filed.rows)), filed.rows["keys"])[used]
    rows = np.repeat(row, [len(each) for each in lists])
    early = entries["ordinal"] >> 32 <= day
    both = rows[early] << 32 | entries["assertion"][early].astype(np.int64)
    pairs, where = np.unique(both, return_inverse=True)
    worth = np.bincount(where, entries["worth"][early], len(pairs)).astype(np.int64)
    place, assertion = pairs >> 32, pairs & 0xFFFFFFFF
    shares = share(worth, filed.rows["mass"][place])
    at = np.minimum(np.searchsorted(bars["assertion"], assertion), len(bars) - 1)
    enough = (bars["assertion"][at] == assertion) & (shares >= bars["least"][at])
    return zip(assertion[enough].tolist(), place[enough].tolist(), shares[enough].tolist(), strict=True)


# ------------------------------------------------------------------------------------------------ with what was compared before


def merged(order: Order, mine: Spot, was: set[int], old: Compared, touched: bool, news: News) -> Candidates | None:
    """The rows a promise is now compared with, or nothing where they cannot be told from those it was compared with.

    ``touched``: whether a changed statement is among those it was compared with.
    """
    before = order.of(mine[0])
    news = [each for each in news if order.of(each[0]) > before]
    if not touched:
        if not news:
            return Candidates(old.rows)
        if len(old.rows) + len(news) <= MOST:
            return Candidates(_joined([old.rows, np.array(news, PAIR)]), [(pk, place) for pk, place, _ in news])
        if len(news) == 1 and len(old.rows) == MOST:
            found = _exchanged(old.rows, news[0])
            if found is not None:
                return found
    pairs = pairs_of(old.rows)
    now = _merged(order, was, pairs, {(pk, place): value for pk, place, value in news})
    return None if now is None else compared_again(pairs, now, was)


def _exchanged(rows: Rows, new: tuple[int, int, float]) -> Candidates | None:
    """One row in the place of the one that shares the least; nothing where several share as little."""
    shares = rows["share"]
    out = int(shares.argmin())
    if not shares[out] < new[2] or np.count_nonzero(shares == shares[out]) > 1:
        return None
    made = rows.copy()
    made[out] = new
    return Candidates(made, [(new[0], new[1])], {(int(rows["statement"][out]), int(rows["place"][out]))})


def _merged(order: Order, was: set[int], old: dict[Spot, float], new: dict[Spot, float]) -> dict[Spot, float] | None:
    kept = {spot: value for spot, value in old.items() if spot[0] not in was}
    found = kept | new
    if len(old) < MOST:
        return _most(order, found)
    cut = min(old.values())
    if any(value == cut for value in new.values()):
        edge = max(order.place(spot) for spot, value in old.items() if value == cut)
        found = kept | {spot: value for spot, value in new.items() if value != cut or order.place(spot) <= edge}
    found = {spot: value for spot, value in found.items() if value >= cut}
    return _most(order, found) if len(found) >= MOST else None


def _most(order: Order, pairs: dict[Spot, float]) -> dict[Spot, float]:
    """Those that share the most, the earlier first where they share the same."""
    if len(pairs) <= MOST:
        return pairs
    cut = sorted(pairs.values(), reverse=True)[MOST - 1]
    over = {spot: value for spot, value in pairs.items() if value > cut}
    even = [spot for spot, value in pairs.items() if value == cut]
    if len(over) + len(even) > MOST:
        even = order.sorted(even)[: MOST - len(over)]
    return over | dict.fromkeys(even, cut)


def compared_again(old: Mapping[Spot, float], now: Mapping[Spot, float], was: set[int]) -> Candidates:
    """The rows compared now beside those before; what a changed statement holds is new."""
    return Candidates(rows_of(now, now), [spot for spot in now if spot not in old or spot[0] in was], old.keys() - now.keys())


# ------------------------------------------------------------------------------------------------ afresh


class Scan:
    """Everything filed from the first of some promises on, as postings: what each of them is compared with, found anew."""

    def __init__(self, connection: Connection, first: int, last: int) -> None:
        self._connection = connection
        found = list(filing.from_day(connection, first, last))
        self._pks = [pk for pk, _, _ in found]
        self._number = {pk: place for place, pk in enumerate(self._pks)}
        rows = np.frombuffer(b"".join(each for _, each, _ in found), ROW)
        keys = np.frombuffer(b"".join(each for _, _, each in found), np.uint32)
        sizes = np.array([len(each) // ROW.itemsize for _, each, _ in found], np.int64)
        self._first = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
        self._ends = np.concatenate([np.zeros(1, np.int64), np.cumsum(rows["keys"], dtype=np.int64)])
        self.doc = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
        self.start, self.end = rows["start"].astype(np.int32), rows["end"].astype(np.int32)
        self.mass = rows["mass"].astype(np.float32)
        self._keys = keys
        row = np.repeat(np.arange(len(rows), dtype=np.int32), rows["keys"])
        self._postings = Postings.of(keys, row, np.zeros(len(rows), np.int8), np.zeros(len(rows), np.int64))

    def later(self, assertion: int, spot: Spot) -> dict[Spot, float]:
        """The rows a promise is compared with."""
        place = int(self._first[self._number[spot[0]]]) + spot[1]
        keys = keying.worths(self._connection, assertion, self._keys[self._ends[place] : self._ends[place + 1]].tolist())
        asked, worth = np.array([*keys], np.uint32), np.array([*keys.values()], np.int64)
        rows, shares = self._postings.later(self, place, asked, worth, MOST)
        docs = self.doc[rows].tolist()
        spots = [(self._pks[doc], int(row) - int(self._first[doc])) for row, doc in zip(rows.tolist(), docs, strict=True)]
        return dict(zip(spots, shares.tolist(), strict=True))


def afresh(connection: Connection, wanted: Mapping[int, Spot], last: int) -> dict[int, dict[Spot, float]]:
    """The rows promises are compared with, found among all that is filed from the first of them to the last day."""
    if not wanted:
        return {}
    days = filing.days_of(connection, {pk for pk, _ in wanted.values()})
    scan = Scan(connection, min(days.values()), last)
    return {assertion: scan.later(assertion, spot) for assertion, spot in wanted.items()}


# ------------------------------------------------------------------------------------------------ rows and pairs


def pairs_of(rows: Rows) -> dict[Spot, float]:
    """Rows compared, each with its share."""
    spots = zip(rows["statement"].tolist(), rows["place"].tolist(), strict=True)
    return dict(zip(spots, rows["share"].tolist(), strict=True))


def rows_of(pairs: Mapping[Spot, float], order: Iterable[Spot]) -> Rows:
    """The same as an array, in some order."""
    return np.array([(pk, place, pairs[pk, place]) for pk, place in order], PAIR)


def _joined(some: Sequence[Rows]) -> Rows:
    return np.frombuffer(b"".join(each.tobytes() for each in some), PAIR)


def touching(known: Sequence[Compared], was: set[int]) -> npt.NDArray[np.bool_]:
    """For each of many, whether a changed statement is among the rows compared."""
    sizes = [len(each.rows) for each in known]
    hit = np.isin(_joined([each.rows for each in known])["statement"], np.array(sorted(was), np.uint32))
    return np.bincount(np.repeat(np.arange(len(known)), sizes), hit, len(known)) > 0
