"""What a record was drawn from, counted in the database: groups of statements, silences between them, faults by kind.

However many statements there are, what comes out is as long as there are publishers, years, kinds and speakers.
"""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, Integer, Select, cast, func, select

from communique.records import Filters
from communique.store import reading
from communique.store.tables import documents, problems, readings, statements

Rows = tuple[tuple[Any, ...], ...]
MOST = 50  # answers kept for a record
_held: WeakKeyDictionary[Engine, dict[object, tuple[Rows, Rows, Rows]]] = WeakKeyDictionary()


def drawn(connection: Connection, filters: Filters, least: int, months: int) -> tuple[Rows, Rows, Rows, Rows]:
    """Groups, voices, silences and faults, as below; the first three are kept until a statement is added or read anew."""

    def counted() -> tuple[Rows, Rows, Rows]:
        return _groups(connection, filters), _voices(connection, filters), _silences(connection, filters, least, months)

    if filters.actor or filters.partner or filters.topic or filters.act or filters.event:
        return *counted(), _faults(connection)  # which statements these keep, a judgement changes too
    newest = [select(func.max(table.c.pk)).scalar_subquery() for table in (statements, readings)]
    asked = (tuple(connection.execute(select(*newest)).one()), filters, least, months)
    held = _held.setdefault(connection.engine, {})
    if asked not in held:
        while len(held) >= MOST:
            held.pop(next(iter(held)), None)
        held[asked] = counted()
    return *held[asked], _faults(connection)


def _groups(connection: Connection, filters: Filters) -> Rows:
    """Publisher, year (empty: undated), kind, first and last date, statements, items."""
    year = func.substr(func.coalesce(statements.c.date, ""), 1, 4)
    keys = (statements.c.publisher, year, statements.c.kind)
    told = func.coalesce(func.sum(readings.c["items"]), 0)
    query = select(*keys, func.min(statements.c.date), func.max(statements.c.date), func.count(), told)
    query = query.select_from(
        statements.outerjoin(readings, (readings.c.statement == statements.c.pk) & readings.c.replaced.is_(None))
    ).group_by(*keys)
    return _found(connection, _kept(connection, filters, query).order_by(*keys))


def _voices(connection: Connection, filters: Filters) -> Rows:
    """Publisher, for whom its statements speak (codes of issuers; name, role and side of speakers), statements."""
    keys = (statements.c.publisher, statements.c.issuers, statements.c.speakers)
    query = select(*keys, func.count()).select_from(statements).group_by(*keys).order_by(*keys)
    return _found(connection, _kept(connection, filters, query))


def _silences(connection: Connection, filters: Filters, least: int, months: int) -> Rows:
    """Publisher, date before, date after and months between, where these are many, of publishers with ``least`` dated statements."""
    date, own = statements.c.date, statements.c.publisher
    before = func.lag(date).over(partition_by=own, order_by=(date, statements.c.id))
    every = func.count().over(partition_by=own)
    named = select(own.label("own"), before.label("before"), date.label("date"), every.label("every"))
    named = named.select_from(statements).where(own != "", func.length(date) >= 7)
    inside = _kept(connection, filters, named).subquery()

    def month(of: Any) -> Any:
        return 12 * cast(func.substr(of, 1, 4), Integer) + cast(func.substr(of, 6, 2), Integer)

    between = month(inside.c.date) - month(inside.c.before)
    query = select(inside.c.own, inside.c.before, inside.c.date, between)
    query = query.where(inside.c.before.is_not(None), inside.c.every >= least, between >= months)
    return _found(connection, query.order_by(between.desc(), inside.c.own, inside.c.before))


def _faults(connection: Connection) -> Rows:
    """Stage and code of the problems that stand, how many, and the message of the first."""
    keys = (problems.c.stage, problems.c.code)
    turn = func.row_number().over(partition_by=keys, order_by=(problems.c.about, problems.c.start, problems.c.id))
    each = select(*keys, func.count().over(partition_by=keys).label("n"), problems.c.message, turn.label("turn"))
    each = each.outerjoin(documents, documents.c.current == problems.c.statement)
    each = each.where(problems.c.cleared.is_(None), problems.c.statement.is_(None) | documents.c.id.is_not(None))
    first = each.subquery()
    query = select(first.c.stage, first.c.code, first.c.n, first.c.message).where(first.c.turn == 1)
    return _found(connection, query.order_by(first.c.n.desc(), first.c.stage, first.c.code))


def _kept(connection: Connection, filters: Filters, query: Select[Any]) -> Select[Any]:
    """The question, asked of the statements that the filters keep."""
    if filters.limit is None:
        return reading.matching(connection, filters, query)
    first = reading.matching(connection, filters, select(statements.c.pk)).order_by(statements.c.ordinal, statements.c.pk)
    return query.where(statements.c.pk.in_(first.limit(filters.limit)))


def _found(connection: Connection, query: Select[Any]) -> Rows:
    return tuple(tuple(row) for row in connection.execute(query))
