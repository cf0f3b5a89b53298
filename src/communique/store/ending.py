"""How promises ended, kept counted in the transaction that puts, drops or changes a thread.

(now, KEN, health, 2023, fulfilled, no part) -> 3
(now, "",  health, 2023, fulfilled, a part)  -> 1     of anybody; parts of another promise are counted apart
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, func, literal, select, union_all

from communique.records import Filters
from communique.store import rows, sqlite
from communique.store.tables import ITEMS, PARTIES, parts, statements, threads, verdicts

KEYS = tuple(verdicts.primary_key)
Ends = dict[str, tuple[int, int]]  # by verdict, how many threads, and how many of them are parts of another promise


def count(connection: Connection, *which: ColumnElement[bool], by: int) -> None:
    """Counts threads that are kept in, or with ``by=-1`` out before they go or change."""
    for found in _counted(*which, by=by):
        sqlite.add_up_found(connection, verdicts, found)


def forget(connection: Connection, key: str) -> None:
    """Drops the counts of a following."""
    connection.execute(delete(verdicts).where(verdicts.c.as_of == key))


def _counted(*which: ColumnElement[bool], by: int = 1) -> Iterator[Select[Any]]:
    """How many threads there are under each key: of anybody, then of each actor."""
    table, side = ITEMS["assertion"], PARTIES["assertion"]
    told = threads.join(table, table.c.pk == threads.c.assertion).join(statements, statements.c.pk == table.c.statement)
    told = told.outerjoin(parts, parts.c.thread == threads.c.pk)
    about = (table.c.topic, func.substr(statements.c.date, 1, 4), threads.c.verdict, parts.c.thread.is_not(None))
    named = told.join(side, side.c.item == table.c.pk)
    for source, actor, more in ((told, literal(""), ()), (named, side.c.code, (side.c.role.in_(rows.ACTOR_ROLES),))):
        keys = (threads.c.as_of, actor, *about)
        yield select(*keys, func.count() * by).select_from(source).where(*which, *more).group_by(*keys)


def known(connection: Connection, key: str, filters: Filters) -> Ends | None:
    """What the counts say of these filters; nothing where they ask for more than an actor, topics and whole years."""
    years = [each for each in (filters.since, filters.until) if each]
    beyond = filters.partner or filters.event or filters.act or filters.publisher
    if beyond or len(filters.actor) > 1 or any(len(each) != 4 for each in years):
        return None
    tests = [verdicts.c.as_of == key, verdicts.c.actor == "".join(filters.actor)]
    if filters.topic:
        tests.append(verdicts.c.topic.in_(filters.topic))
    if years:
        tests.append(verdicts.c.year.between(filters.since or "0001", filters.until or "9999"))
    return ends(connection, select(verdicts.c.verdict, func.sum(verdicts.c.n), func.sum(verdicts.c.n * verdicts.c.part)).where(*tests))


def ends(connection: Connection, query: Select[str, int, int]) -> Ends:
    """What a question finds of verdicts, threads and parts."""
    found = connection.execute(query.group_by(query.selected_columns[0]))
    return {str(name): (int(n), int(inside)) for name, n, inside in found if n}


def wrong(connection: Connection) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """The counts that are not what is there: which, the count kept, and the count there."""
    there = [each.add_columns(literal(0)) for each in _counted()]
    both = union_all(*there, select(*KEYS, literal(0), verdicts.c.n)).subquery()
    *keys, n, kept = both.c
    query = select(*keys, func.sum(kept), func.sum(n)).group_by(*keys).having(func.sum(kept) != func.sum(n)).order_by(*keys)
    for *key, counted, found in connection.execute(query):
        yield tuple(str(part) for part in key), int(counted), int(found)
