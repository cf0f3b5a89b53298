"""The passages that filters leave, where reading them first is the cheaper way to search: estimated from the counts that are kept.

A search with filters goes through the passages that hold the words, the last entered first, and asks of each what stands in it,
until a page is full.  Where the filters leave little that is a long way; then the passages they leave are read along an index
first, and the words are looked for among those alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from communique.records import Filters
from communique.store import listing, sqlite
from communique.store.columns import DAY, span
from communique.store.tables import ITEMS, PARTIES, passages, statements

AIM = 100  # passages found after which a search with filters may stop
ASKED, READ, LOOKED_UP, PASSED = 2.2, 1.5, 1.0, 0.3  # microseconds a match asked, an item and a passage read, a match compared; measured
FIELDS = {"actor": "actor", "partner": "named", "event": "event", "topic": "topic"}


def among(connection: Connection, filters: Filters, matches: int) -> list[int] | None:
    """The passages that one of the filters leaves, in order; nothing where it is cheaper to go through the ``matches`` of the words."""

    def left() -> list[int] | None:
        query = _cheapest(connection, filters, matches)
        return None if query is None else sorted(set(connection.execute(query).scalars()) - {None})

    return sqlite.held(connection, (filters, matches), left, last_of="passages left")  # a page and its count ask the same


def _cheapest(connection: Connection, filters: Filters, matches: int) -> Select[Any] | None:
    """The walk that is expected to cost least; nothing where that is the walk along the matches."""
    acts = filters.act or listing.ACTS
    there = listing.tally(connection, acts)
    all_passages = int(connection.execute(select(func.max(passages.c.pk))).scalar() or 0)
    when, who = _dated(connection, filters), _published(connection, filters)
    shares = {
        name: listing.tally(connection, acts, field, values) / max(there, 1)
        for name, field in FIELDS.items()
        if (values := getattr(filters, name))
    }
    left = float(there if shares or filters.act else all_passages)
    for share in (when, who, *shares.values()):
        left *= min(1.0, share)
    far = min(matches, AIM * all_passages / max(left, 1.0))
    best, walk = far * ASKED, None
    if shares:
        name = min(shares, key=lambda each: shares[each])
        cost = there * shares[name] * when * READ + far * PASSED
        if cost < best:
            best, walk = cost, _of_items(filters, name)
    if when < 1 or who < 1:
        cost = all_passages * when * who * LOOKED_UP + far * (PASSED + when * who * ASKED)
        if cost < best:
            walk = _of_statements(filters)
    return walk


def _dated(connection: Connection, filters: Filters) -> float:
    """About which share of the statements is of the dates."""
    low, high = span(filters.since, filters.until)
    if low is None and high is None:
        return 1.0
    first, last = (low or DAY) // DAY, (high // DAY if high is not None else 1 << 22)
    n = 0.0
    years = listing.facets(connection, "statement", "year", limit=1000)
    for year, held in years:
        if year.isdecimal() and int(year):
            start, end = (span(f"{int(each):04}", f"{int(each):04}") for each in (year, year))
            days = (start[0] or 0) // DAY, (end[1] or 0) // DAY
            n += held * max(0, min(last, days[1]) - max(first, days[0])) / (days[1] - days[0])
    return n / max(1, sum(held for _, held in years))


def _published(connection: Connection, filters: Filters) -> float:
    """Which share of the statements is of the publishers."""
    if not filters.publisher:
        return 1.0
    own = listing.tally(connection, "statement", "publisher", filters.publisher)
    return own / max(1, listing.tally(connection, "statement"))


def _of_items(filters: Filters, name: str) -> Select[Any]:
    """The passages of the items that the filters keep, along the index of one of them."""
    table, side, acts = ITEMS["assertion"], PARTIES["assertion"], filters.act or listing.ACTS
    values, bounds = getattr(filters, name), span(filters.since, filters.until)
    kept = [table.c.standing == "asserted", table.c.act.in_(acts), *listing.fits("assertion", filters, name)]
    if name in listing.ROLES:
        own = (side.c.code.in_(values), side.c.act.in_(acts), side.c.role.in_(listing.ROLES[name]))
        named = select(table.c.passage).select_from(side.join(table, table.c.pk == side.c.item))
        return named.where(*own, *kept, *between(side.c.ordinal, bounds))
    return select(table.c.passage).where(table.c[name].in_(values), *kept, *between(table.c.ordinal, bounds))


def _of_statements(filters: Filters) -> Select[Any]:
    """The passages of the statements of a time and a publisher."""
    told = select(passages.c.pk).select_from(statements.join(passages, passages.c.statement == statements.c.pk))
    told = told.where(*between(statements.c.ordinal, span(filters.since, filters.until)))
    return told.where(statements.c.publisher.in_(filters.publisher)) if filters.publisher else told


def between(ordinal: ColumnElement[int], bounds: tuple[int | None, int | None]) -> Iterator[ColumnElement[bool]]:
    """That a place in the record is inside the bounds."""
    low, high = bounds
    if low is not None:
        yield ordinal >= low
    if high is not None:
        yield ordinal < high
