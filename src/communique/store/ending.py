"""How promises ended, kept counted in the transaction that puts, drops or changes a thread.

(now, KEN, "",  health, 2023, fulfilled, no part, told of,     "")         -> 3
(now, "",  "",  health, 2023, no-report, a part,  passed over, 2024-12-31) -> 1     of anybody; parts of another promise are counted apart
(now, "",  JPN, health, 2023, repeated,  no part, told of,     2024-12-31) -> 2     whoever promises, Japan is named
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Insert,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    delete,
    func,
    literal,
    select,
    union_all,
)

from communique.records import Filters, Verdict
from communique.store import listing, sqlite
from communique.store.tables import ITEMS, PARTIES, parts, statements, threads, verdicts

KEYS = tuple(verdicts.primary_key)
OPEN = (Verdict.NO_REPORT, Verdict.REPEATED, Verdict.IN_PROGRESS)  # what may be overdue
PASSED_OVER = 3  # later statements
Tests = list[ColumnElement[bool]]
Split = tuple[int, int]  # how many threads, and how many of them are parts of another promise
Ends = dict[str, Split]  # by verdict


def count(connection: Connection, keys: Sequence[int], by: int) -> None:
    """Counts threads that are kept in, or with ``by=-1`` out before they go or change."""
    if keys:
        for each in _counting():
            connection.execute(each, {"keys": json.dumps([*keys]), "by": by})


@contextmanager
def changing(connection: Connection, keys: Sequence[int]) -> Iterator[None]:
    """While what threads are counted by is changed."""
    count(connection, keys, by=-1)
    yield
    count(connection, keys, by=1)


@cache
def _counting() -> tuple[Insert, ...]:
    """What adds up: made once, as making it takes longer than what it does."""
    some = _counted(sqlite.among(threads.c.pk, bindparam("keys")), by=bindparam("by"))
    return tuple(sqlite.adding_up(verdicts, each) for each in some)


def forget(connection: Connection, key: str) -> None:
    """Drops the counts of a following."""
    connection.execute(delete(verdicts).where(verdicts.c.as_of == key))


def _counted(*which: ColumnElement[bool], by: BindParameter[int] | int = 1) -> Iterator[Select[Any]]:
    """How many threads there are under each key: of anybody, then of each actor, then of whoever names a party."""
    table, side = ITEMS["assertion"], PARTIES["assertion"]
    told = threads.join(table, table.c.pk == threads.c.assertion).join(statements, statements.c.pk == table.c.statement)
    told = told.outerjoin(parts, parts.c.thread == threads.c.pk)
    named = told.join(side, side.c.item == table.c.pk)
    due = case((and_(threads.c.verdict.in_([each.value for each in OPEN]), table.c.when.is_not(None)), last_day(table.c.when)), else_="")
    passed = and_(threads.c.verdict == Verdict.NO_REPORT.value, unmentioned(), table.c.specific)
    how = (threads.c.verdict, parts.c.thread.is_not(None), passed, due)
    nobody = literal("")
    for source, actor, partner, role in (
        (told, nobody, nobody, ""),
        (named, side.c.code, nobody, "actor"),
        (named, nobody, side.c.code, "partner"),
    ):
        keys = (threads.c.as_of, actor, partner, table.c.topic, func.substr(statements.c.date, 1, 4), *how)
        more = [side.c.role.in_(listing.ROLES[role])] if role else []
        yield select(*keys, func.count() * by).select_from(source).where(*which, *more).group_by(*keys)


def unmentioned() -> ColumnElement[bool]:
    """That enough later statements could have spoken of a promise, and that none may be about it."""
    return and_(threads.c.read >= PASSED_OVER, threads.c.rule != "nothing-sure")


def last_day(when: ColumnElement[str]) -> ColumnElement[str]:
    """The last day of a time in words that sort as days do: 2023 is 2023-12-31, 2023-05 a day after its last."""
    end = func.substr(when, func.instr(when, "/") + 1)
    return case((func.length(end) == 4, end.concat("-12-31")), (func.length(end) == 7, end.concat("-31")), else_=cast(end, String))


def holds(key: str, filters: Filters) -> Tests | None:
    """Where the counts of these filters stand; nothing where they ask for more than an actor or a partner, topics and whole years."""
    years = [each for each in (filters.since, filters.until) if each]
    beyond = filters.event or filters.act or filters.publisher
    if beyond or len(filters.actor + filters.partner) > 1 or any(len(each) != 4 for each in years):
        return None
    tests = [verdicts.c.as_of == key, verdicts.c.actor == "".join(filters.actor), verdicts.c.partner == "".join(filters.partner)]
    if filters.topic:
        tests.append(verdicts.c.topic.in_(filters.topic))
    if years:
        tests.append(verdicts.c.year.between(filters.since or "0001", filters.until or "9999"))
    return tests


def by_verdict(connection: Connection, tests: Tests) -> Ends:
    """What the counts say, verdict by verdict."""
    return ends(connection, select(verdicts.c.verdict, *_SUMS).where(*tests))


def split(connection: Connection, tests: Tests) -> Split:
    """What the counts say of all together."""
    n, inside = connection.execute(select(*_SUMS).where(*tests)).one()
    return int(n or 0), int(inside or 0)


_SUMS = (func.sum(verdicts.c.n), func.sum(verdicts.c.n * verdicts.c.part))


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
