"""What a record was drawn from: groups of statements, for whom they speak, silences between them, faults by kind.

Of the whole record this is kept counted (``store/sources.py``); where filters leave a part of it, the statements of that part are counted.
However many statements there are, what comes out is as long as there are publishers, years, kinds and speakers.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import Connection, Integer, Select, cast, func, select

from communique.records import Filters
from communique.store import reading, sources, sqlite
from communique.store.columns import DAY
from communique.store.sources import BACKWARD, DATED, FORWARD, LEAST, LONG, Rows, sides_of
from communique.store.tables import documents, problems, readings, statements


def drawn(connection: Connection, filters: Filters) -> tuple[Rows, Rows, Rows, Rows, Rows]:
    """Groups, voices, spans, silences and faults, as below."""
    found = sqlite.held(connection, "sources", lambda: sources.kept(connection)) if filters == Filters() else counted(connection, filters)
    return *found, _faults(connection)


def counted(connection: Connection, filters: Filters, least: int = LEAST) -> tuple[Rows, Rows, Rows, Rows]:
    """Groups, voices, spans and silences, from every statement that the filters keep."""
    groups, voices, spans = (each(connection, filters) for each in (_groups, _voices, _spans))
    return groups, voices, spans, _silences(connection, filters, least)


def _groups(connection: Connection, filters: Filters) -> Rows:
    """Publisher, year (empty: undated), kind, statements, items."""
    keys = (statements.c.publisher, func.substr(func.coalesce(statements.c.date, ""), 1, 4), statements.c.kind)
    query = select(*keys, func.count(), func.coalesce(func.sum(readings.c["items"]), 0))
    query = query.select_from(
        statements.outerjoin(readings, (readings.c.statement == statements.c.pk) & readings.c.replaced.is_(None))
    ).group_by(*keys)
    return _found(connection, _kept(connection, filters, query).order_by(*keys))


def _voices(connection: Connection, filters: Filters) -> Rows:
    """Publisher, code of one for whom its statements speak, how many of them do."""
    keys = (statements.c.publisher, statements.c.issuers, statements.c.speakers)
    found: Counter[tuple[str, str]] = Counter()
    for publisher, issuers, speakers, n in _found(connection, _kept(connection, filters, select(*keys, func.count()).group_by(*keys))):
        found.update({(publisher, side): n for side in sides_of(issuers, speakers)})
    return tuple((*key, n) for key, n in sorted(found.items()))


def _spans(connection: Connection, filters: Filters) -> Rows:
    """Publisher, its first and its last date."""
    own = statements.c.publisher
    first, last = (func.first_value(statements.c.date).over(partition_by=own, order_by=order) for order in (FORWARD, BACKWARD))
    dated = select(own, first, last).distinct().where(statements.c.ordinal >= DAY)
    return _found(connection, _kept(connection, filters, dated).order_by(own))


def _silences(connection: Connection, filters: Filters, least: int) -> Rows:
    """Publisher, date before, date after and months between, where these are ``LONG``, of publishers with ``least`` dated statements."""
    date, own = statements.c.date, statements.c.publisher
    before = func.lag(date).over(partition_by=own, order_by=FORWARD)
    every = func.count().over(partition_by=own)
    named = select(own.label("own"), before.label("before"), date.label("date"), every.label("every")).where(*DATED)
    inside = _kept(connection, filters, named).subquery()

    def month(of: Any) -> Any:
        return 12 * cast(func.substr(of, 1, 4), Integer) + cast(func.substr(of, 6, 2), Integer)

    between = month(inside.c.date) - month(inside.c.before)
    query = select(inside.c.own, inside.c.before, inside.c.date, between)
    query = query.where(inside.c.before.is_not(None), inside.c.every >= least, between >= LONG)
    return _found(connection, query.order_by(between.desc(), inside.c.own, inside.c.before, inside.c.date))


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
