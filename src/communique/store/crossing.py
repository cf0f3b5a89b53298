"""Counts by actor, partner, event, mode and year: kept in the transaction that changes an item, so that a page never counts items.

(KEN, outcome, JPN, CONSULT, visit, 2023) -> 2     two visits of 2023 told of Kenya with Japan
(KEN, outcome, "",  CONSULT, visit, 2023) -> 5     all that Kenya has
("",  outcome, JPN, CONSULT, visit, 2023) -> 9     all that name Japan, whoever acts
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, Connection, func, select

from communique.records import Filters
from communique.store import rows, sqlite
from communique.store.tables import crossings

NAMES = tuple(column.name for column in crossings.primary_key)
Tests = list[ColumnElement[bool]]


def add(connection: Connection, counted: Counter[rows.Crossing], by: int) -> None:
    """Counts in, or with ``by=-1`` out."""
    sqlite.add_up(connection, crossings, [dict(zip(NAMES, key, strict=True)) | {"n": n * by} for key, n in sorted(counted.items())])


def holds(kinds: tuple[str, ...], given: Filters, stage: str = "") -> Tests | None:
    """Where the counts of these filters stand; nothing where they ask for more than the counts know.

    Known are one actor, one partner, events, a stage, and whole years.
    """
    years = [each for each in (given.since, given.until) if each]
    if given.topic or given.publisher or len(given.actor) > 1 or len(given.partner) > 1 or any(len(each) != 4 for each in years):
        return None
    if (given.event or given.act) and not set(kinds) <= {"outcome", "commitment", "position", "appeal"}:
        return None
    actor, partner = "".join(given.actor), "".join(given.partner)
    if actor and actor == partner:
        if "figure" in kinds:
            return None  # by whose statement a figure stands is no part in it
        partner = ""
    tests: Tests = [crossings.c.actor == actor, crossings.c.kind.in_(kinds), crossings.c.partner == partner]
    if given.event or stage:
        tests.append(crossings.c.what.in_([*given.event, *([stage] if stage else [])]))
    if years:
        tests.append(crossings.c.year.between(given.since or "0001", given.until or "9999"))
    return tests


def count(connection: Connection, tests: Tests) -> int:
    """How many items there are."""
    return int(connection.execute(select(func.coalesce(func.sum(crossings.c.n), 0)).where(*tests)).scalar_one())


def by(connection: Connection, tests: Tests, *names: str) -> list[tuple[str, ...]]:
    """Values of columns with their counts, the count last, in the order of the values."""
    columns = [crossings.c[name] for name in names]
    query = select(*columns, func.sum(crossings.c.n)).where(*tests).group_by(*columns).having(func.sum(crossings.c.n) > 0)
    return [tuple(row) for row in connection.execute(query.order_by(*columns))]


def partners(connection: Connection, kinds: tuple[str, ...], given: Filters, stage: str = "") -> list[tuple[str, int]] | None:
    """Who stands beside an actor, or is named at all, with counts, the most often first; nothing where the counts do not know."""
    tests = None if given.partner else holds(kinds, given, stage)
    if tests is None:
        return None
    tests[2] = crossings.c.partner != ""
    total = func.sum(crossings.c.n)
    query = select(crossings.c.partner, total).where(*tests).group_by(crossings.c.partner).having(total > 0)
    return [(code, int(n)) for code, n in connection.execute(query.order_by(total.desc(), crossings.c.partner))]


def wrong(connection: Connection, kinds: tuple[str, ...], there: Counter[rows.Crossing]) -> Iterator[tuple[rows.Crossing, int, int]]:
    """The counts kept of some kinds that are not what is there: which, the count kept, and the count there."""
    left = dict(there)
    kept = select(crossings).where(crossings.c.kind.in_(kinds), crossings.c.n != 0).execution_options(yield_per=10_000)
    for *key, n in connection.execute(kept):
        counted = left.pop(_key(key), 0)
        if counted != n:
            yield _key(key), n, counted
    for missing, counted in sorted(left.items()):
        yield missing, 0, counted


def _key(parts: Sequence[str]) -> rows.Crossing:
    actor, kind, partner, what, mode, year = parts
    return actor, kind, partner, what, mode, year
