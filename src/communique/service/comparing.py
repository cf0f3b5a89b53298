"""Which rows promises are compared with, after some statements changed: what the change adds, what it pushes out.

A promise is compared with the later rows that share the most with it.  What share a new row has is told by the promises filed under its
keys; whether it counts, by the least share that counts for the promise (its bar).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection

from communique.stages.follow.candidates import LEAST, MOST, Postings, share
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


def news_of(connection: Connection, order: Order, was: Mapping[int, Filed], new: Mapping[int, Filed], bars: Rows) -> dict[int, News]:
    """For each promise that a changed row could matter to, what later new rows share with it; nothing for rows that are gone."""
    table = keying.under(connection, {int(key) for side in (was, new) for each in side.values() for key in each.keys.tolist()})
    found: dict[int, News] = {}
    same: list[tuple[int, int, int, float]] = []  # of one day, so that ids say which is later
    for side in (was, new):
        for pk, each in side.items():
            for assertion, place, value, of_day in _reached(filing.ordinal_of(connection, pk) >> 32, each, table, bars):
                news = found.setdefault(assertion, [])
                if side is new and of_day:
                    same.append((assertion, pk, place, value))
                elif side is new:
                    news.append((pk, place, value))
    owner = {assertion: each.statement for assertion, each in filing.laid_of(connection, {assertion for assertion, *_ in same}).items()}
    order.learn([*owner.values(), *(pk for _, pk, _, _ in same)])
    for assertion, pk, place, value in same:
        if order.of(pk) > order.of(owner[assertion]):
            found[assertion].append((pk, place, value))
    return found


def _reached(day: int, filed: Filed, table: Mapping[int, keying.Entries], bars: Rows) -> Iterable[tuple[int, int, float, bool]]:
    """Assertion, place and share for each promise by that day whose bar a row of a statement reaches, and whether it is of that day."""
    keys = filed.keys.tolist()
    used = [place for place, key in enumerate(keys) if key in table]
    if not used or not len(bars):
        return ()
    lists = [table[keys[place]] for place in used]
    # joined as bytes: joining arrays of named fields asks about every field of every one
    entries = np.frombuffer(b"".join(each.tobytes() for each in lists), keying.ENTRY)
    row = np.repeat(np.arange(len(filed.rows)), filed.rows["keys"])[used]
    rows = np.repeat(row, [len(each) for each in lists])
    days = entries["ordinal"] >> 32
    early = days <= day
    both = rows[early] << 32 | entries["assertion"][early].astype(np.int64)
    pairs, first, where = np.unique(both, return_index=True, return_inverse=True)
    worth = np.bincount(where, entries["worth"][early], len(pairs)).astype(np.int64)
    place, assertion = pairs >> 32, pairs & 0xFFFFFFFF
    shares = share(worth, filed.rows["mass"][place])
    at = np.minimum(np.searchsorted(bars["assertion"], assertion), len(bars) - 1)
    enough = (bars["assertion"][at] == assertion) & (shares >= bars["least"][at])
    found = (assertion, place, shares, days[early][first] == day)
    return zip(*(each[enough].tolist() for each in found), strict=True)


# ------------------------------------------------------------------------------------------------ with what was compared before


def merged(order: Order, was: set[int], known: Mapping[int, Compared], news: Mapping[int, News]) -> dict[int, Candidates | None]:
    """The rows promises are now compared with; nothing for one where they cannot be told from those it was compared with."""
    found: dict[int, Candidates | None] = {}
    single: list[int] = []
    several: list[int] = []
    for (assertion, old), touched in zip(known.items(), touching([*known.values()], was).tolist(), strict=True):
        new = news.get(assertion, [])
        if not touched and not new:
            found[assertion] = Candidates(old.rows)
        elif not touched and len(old.rows) + len(new) <= MOST:
            found[assertion] = Candidates(_joined([old.rows, np.array(new, PAIR)]), [(pk, place) for pk, place, _ in new])
        else:
            (single if not touched and len(new) == 1 and len(old.rows) == MOST else several).append(assertion)
    for assertion, each in zip(single, _exchanged([known[one].rows for one in single], [news[one][0] for one in single]), strict=True):
        if each is None:
            several.append(assertion)
        else:
            found[assertion] = each
    order.learn(pk for one in several for pk in _least(known[one].rows))
    return found | {assertion: _merged(order, was, known[assertion], news.get(assertion, [])) for assertion in several}


def _least(rows: Rows) -> list[int]:
    """The statements of the rows that share the least: which of them comes last is going to be asked."""
    found: list[int] = rows["statement"][rows["share"] == rows["share"].min(initial=np.inf)].tolist()
    return found


def _exchanged(rows: Sequence[Rows], new: Sequence[tuple[int, int, float]]) -> Iterator[Candidates | None]:
    """For each full list of rows one in the place of the one that shares the least; nothing where several share as little."""
    made = _joined(rows).reshape(-1, MOST).copy()
    shares, line = made["share"], np.arange(len(made))
    out = shares.argmin(axis=1)
    least = shares[line, out]
    clear = (least < np.array([value for *_, value in new], np.float32)) & (np.count_nonzero(shares == least[:, None], axis=1) == 1)
    gone = made[line, out].tolist()
    made[line, out] = np.array(new, PAIR)
    for own, (pk, place, _), (old_pk, old_place, _), is_clear in zip(made, new, gone, clear.tolist(), strict=True):
        yield Candidates(own, [(pk, place)], {(old_pk, old_place)}) if is_clear else None


def _merged(order: Order, was: set[int], old: Compared, news: News) -> Candidates | None:
    before, new = pairs_of(old.rows), {(pk, place): value for pk, place, value in news}
    kept = {spot: value for spot, value in before.items() if spot[0] not in was}
    found = kept | new
    if len(before) < MOST:
        return compared_again(before, _most(order, found), was)
    cut = min(before.values())
    if any(value == cut for value in new.values()):
        edge = max(order.place(spot) for spot, value in before.items() if value == cut)
        found = kept | {spot: value for spot, value in new.items() if value != cut or order.place(spot) <= edge}
    found = {spot: value for spot, value in found.items() if value >= cut}
    return compared_again(before, _most(order, found), was) if len(found) >= MOST else None


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


def read_of(some: Sequence[Rows], own: Sequence[int]) -> list[int]:
    """For each of many how many statements the rows compared stand in, the promise's own left out."""
    mine = np.array(own, np.uint32)[:, None]
    there = np.repeat(mine, MOST, axis=1)
    there[np.arange(MOST) < np.array([len(each) for each in some])[:, None]] = _joined(some)["statement"]
    there.sort(axis=1)
    found: list[int] = (np.count_nonzero(there[:, 1:] != there[:, :-1], axis=1) + ~(there == mine).any(axis=1)).tolist()
    return found


def leasts_of(some: Sequence[Rows]) -> npt.NDArray[np.float32]:
    """For each of many the least share at which the promise takes one more candidate."""
    full = [len(each) == MOST for each in some]
    least = np.full(len(some), LEAST, np.float32)
    least[full] = _joined([each for each, is_full in zip(some, full, strict=True) if is_full])["share"].reshape(-1, MOST).min(axis=1)
    return least


def _joined(some: Sequence[Rows]) -> Rows:
    return np.frombuffer(b"".join(each.tobytes() for each in some), PAIR)


def touching(known: Sequence[Compared], was: set[int]) -> npt.NDArray[np.bool_]:
    """For each of many, whether a changed statement is among the rows compared."""
    sizes = [len(each.rows) for each in known]
    hit = np.isin(_joined([each.rows for each in known])["statement"], np.array(sorted(was), np.uint32))
    return np.bincount(np.repeat(np.arange(len(known)), sizes), hit, len(known)) > 0
