"""Two sides' readouts of one engagement, over a record: candidates by day and parties, a few days of the record in memory at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import groupby, takewhile

from sqlalchemy import Connection

from communique.errors import BadFilter
from communique.records import Filters, Kept
from communique.reports.readouts import shown
from communique.stages.follow.accounts import Account, account, whole
from communique.stages.follow.index import day_of
from communique.stages.follow.readouts import APART, Difference, Joined, Pair, Row, accounts, join, pairs
from communique.store import listing, reading
from communique.store.listing import Cursor, Query, Sketch
from communique.store.opening import Store
from communique.store.results import Listing
from communique.vocabulary.actors import current

__all__ = ["Difference", "Joined", "Row", "listed", "of_statement", "one"]

LOOKED = 600  # engagements gone through for one page
LOT = 300  # engagements of which those that may be told twice are read together
Told = tuple[str, tuple[Kept, ...]]  # a statement's kind, and its asserted items
NOTHING: Told = ("", ())


def listed(store: Store, filters: Filters) -> Listing[Joined]:
    """Joined engagements, the latest first; ``actor`` and ``partner`` are parties, a date or publisher is either statement's."""
    for name, only in (("act", "outcome"), ("event", "CONSULT")):
        if wrong := [each for each in getattr(filters, name) if each != only]:
            raise BadFilter(name, wrong[0], f"only {only} where readouts are joined")

    def turn(size: int, after: Cursor | None) -> tuple[tuple[Joined, ...], Cursor | None]:
        found: list[Pair] = []
        last: Cursor | None = None
        with store.reading() as connection:
            for place, pair in _walk(connection, filters, after):
                if len(found) == size:
                    break
                last = place
                if pair is None:
                    break
                found.append(pair)
            else:
                last = None  # that was the end
            return _joined(connection, found), last

    def count(upto: int | None) -> int:
        n = 0
        with store.reading() as connection:
            for _, pair in _walk(connection, filters, None):
                n += pair is not None
                if n == upto:
                    break
        return n

    return Listing(turn, count, shown, filters.limit)


def of_statement(store: Store, id: str) -> tuple[Joined, ...]:
    """The other accounts of the engagements that one statement tells, each joined with it, the older statement first."""
    with store.reading() as connection:
        own = accounts(reading.told_in(connection, [id]).get(id, NOTHING)[1])
        days = [day_of(each.kept.date) for each in own if day_of(each.kept.date)]
        if not days:
            return ()
        codes = tuple(sorted({code for each in own for code in (*each.item.actors, *each.item.targets)}))
        near = Filters(partner=_with_bodies(codes), since=_iso(days[0] - APART), until=_iso(days[0] + APART))
        others = [each for each in accounts(listing.stream(connection, _query(near))) if each.kept.doc != id]
        return _joined(connection, tuple(pairs(own, others)))


def one(store: Store, first: str, second: str) -> Joined | None:
    """Two statements joined, or nothing where they tell no engagement in common; an id the record lacks is in none."""
    with store.reading() as connection:
        told = reading.told_in(connection, [first, second])
        found = tuple(pairs(*(accounts(told.get(id, NOTHING)[1]) for id in (first, second))))
        return next(iter(_joined(connection, found[:1])), None)


# ------------------------------------------------------------------------------------------------ walking


def _walk(connection: Connection, filters: Filters, after: Cursor | None) -> Iterator[tuple[Cursor, Pair | None]]:
    """Pairs by the day of the older statement, the latest first; a cursor is that day and how many of its pairs are past.

    After ``LOOKED`` engagements each further day ends with no pair, where a page may end too: a page costs no more where pairs are rare.
    """
    start, skip = after or (0, 0)
    looked = 0
    known: dict[int, Account | None] = {}
    window: list[Sketch] = []
    for day, told in _days(connection, _query(_around(filters, start)), known):
        looked += len(told)
        window = [each for each in window if day_of(each.date) - day <= APART]
        if not start or day <= start:
            today, later = ([one for each in some if (one := known.get(each.pk))] for some in (told, window))
            kept = [pair for pair in pairs(today, [*later, *today]) if _keeps(filters, pair)][::-1]
            for n, pair in enumerate(kept, 1):
                if day != start or n > skip:
                    yield (day, n), pair
            if looked >= LOOKED and day != start:
                yield (day, len(kept)), None
        window = [*told, *window]


def _days(connection: Connection, query: Query, known: dict[int, Account | None]) -> Iterator[tuple[int, list[Sketch]]]:
    """Each day of a listing and its engagements in little; ``known`` comes to hold the accounts of those that may be told twice."""
    days = groupby(listing.sketches(connection, query), key=lambda each: day_of(each.date))
    dated = takewhile(lambda each: each[0], ((day, list(some)) for day, some in days))  # the undated come last, and are near no other
    before: list[Sketch] = []
    while lot := _lot(dated):
        before = [each for each in before if day_of(each.date) - lot[0][0] <= APART] + [each for _, some in lot for each in some]
        wanted = [pk for pk in _maybe_twice(before) if pk not in known]
        for kept, pk in zip(listing.fetch(connection, "assertion", wanted), wanted, strict=True):
            known[pk] = account(kept)
        yield from lot


def _lot(days: Iterator[tuple[int, list[Sketch]]]) -> list[tuple[int, list[Sketch]]]:
    """The next days, until they have ``LOT`` engagements."""
    lot: list[tuple[int, list[Sketch]]] = []
    many = 0
    while many < LOT and (found := next(days, None)):
        lot.append(found)
        many += len(found[1])
    return lot


def _maybe_twice(told: Iterable[Sketch]) -> list[int]:
    """The engagements of which another statement, of another publisher and a few days apart, names the same parties."""
    by_parties: dict[frozenset[str], list[Sketch]] = defaultdict(list)
    for each in told:
        if len(met := _met(each.actors, each.targets)) > 1:
            by_parties[met].append(each)
    found: set[int] = set()
    for some in by_parties.values():
        for place, one in enumerate(some):
            for other in takewhile(lambda each: day_of(one.date) - day_of(each.date) <= APART, some[place + 1 :]):  # noqa: B023
                if one.statement != other.statement and one.publisher != other.publisher:
                    found |= {one.pk, other.pk}
    return sorted(found)


@lru_cache(maxsize=16_384)
def _met(actors: tuple[str, ...], targets: tuple[str, ...]) -> frozenset[str]:
    return whole({*actors, *targets})


def _around(filters: Filters, start: int) -> Filters:
    """The filters of the engagements to look through: parties in any part, and a few days before and after for the other account."""
    since = day_of(filters.since) - APART if filters.since else 0
    until = day_of(filters.until, last=True) + APART if filters.until else 0
    until = min(until or start + APART, start + APART) if start else until
    codes = _with_bodies(filters.actor or filters.partner)
    return Filters(partner=codes, since=_iso(since) if since > 0 else None, until=_iso(until) if until else None)


def _query(filters: Filters) -> Query:
    return Query("assertion", replace(filters, act=("outcome",), event=("CONSULT",)), newest=True)


def _with_bodies(codes: tuple[str, ...]) -> tuple[str, ...]:
    """Codes, and those of the small bodies that these states are in: the Quad's meeting is India's."""
    return (*codes, *sorted({body for body, members in current().members.items() if set(codes) & set(members)} - set(codes)))


def _keeps(filters: Filters, pair: Pair) -> bool:
    parties = {code for each in pair for code in (*each.item.actors, *each.item.targets, *each.parties)}
    named = all(not codes or parties & ({*codes} | whole(codes)) for codes in (filters.actor, filters.partner))
    days = [day_of(each.kept.date) for each in pair]
    first, last = day_of(filters.since), day_of(filters.until, last=True)
    dated = any((not first or day >= first) and (not last or day <= last) for day in days)
    published = not filters.publisher or any(each.kept.publisher in filters.publisher for each in pair)
    return named and dated and published and (not filters.topic or any(each.item.topic.value in filters.topic for each in pair))


def _iso(day: int) -> str:
    return date.fromordinal(max(1, min(day, date.max.toordinal()))).isoformat()


# ------------------------------------------------------------------------------------------------ joining


def _joined(connection: Connection, found: Sequence[Pair]) -> tuple[Joined, ...]:
    """Pairs with all that their statements say."""
    told = reading.told_in(connection, dict.fromkeys(each.kept.doc for pair in found for each in pair))
    return tuple(_one(pair, *(told[each.kept.doc] for each in pair)) for pair in found)


def _one(pair: Pair, ours: Told, theirs: Told) -> Joined:
    return replace(join(pair[0].kept, pair[1].kept, ours[1], theirs[1]), kinds=(ours[0], theirs[0]))
