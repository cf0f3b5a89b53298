"""What a record was drawn from, kept counted in the transaction that adds a statement or reads it anew.

(Nairobi, 2023, readout, "")    -> 12 statements, 80 items
(Nairobi, 2023, readout, "KEN") -> 11 statements, 74 items     those that speak for Kenya
statement 41 of Nairobi         -> 9 months of silence since statement 12

Counted are current statements, with the items of the reading in force.  ``store/covering.py`` counts the same from the statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, delete, exists, func, insert, select, tuple_

from communique.store import sqlite
from communique.store.columns import DAY
from communique.store.tables import documents, readings, silences, sources, statements

Rows = tuple[tuple[Any, ...], ...]
LONG = 6  # months without a statement of a publisher that are a silence
LEAST = 3  # dated statements of a publisher whose silences count
CURRENT = exists().where(documents.c.current == statements.c.pk)
DATED = (statements.c.ordinal >= DAY, func.length(statements.c.date) >= 7, statements.c.publisher != "")  # to the month
FORWARD = (statements.c.ordinal, statements.c.pk)
BACKWARD = tuple(each.desc() for each in FORWARD)


def sides_of(issuers: Iterable[str], speakers: Iterable[Sequence[str]]) -> list[str]:
    """For whom a statement speaks: its issuers and the sides of its speakers (name, role, side), as codes."""
    return sorted({*issuers, *(each[2] for each in speakers)} - {""})


def months_between(before: str, after: str) -> int:
    """From one date to another, each known to the month."""
    return 12 * (int(after[:4]) - int(before[:4])) + int(after[5:7]) - int(before[5:7])


def count(connection: Connection, doc: str, by: int) -> None:
    """Counts a document's current statement in, or with ``by=-1`` out; nothing where there is none."""
    own = [statements.c[name] for name in ("pk", "ordinal", "date", "publisher", "kind", "issuers", "speakers")]
    query = select(*own, func.coalesce(readings.c["items"], 0).label("told")).join(documents, documents.c.current == statements.c.pk)
    query = query.outerjoin(readings, (readings.c.statement == statements.c.pk) & readings.c.replaced.is_(None))
    row = connection.execute(query.where(documents.c.id == doc)).first()
    if row is None:
        return
    key = {"publisher": row.publisher, "year": (row.date or "")[:4], "kind": row.kind}
    n = {"statements": by, "items": by * row.told}
    sqlite.add_up(connection, sources, [key | {"side": side} | n for side in ("", *sides_of(row.issuers, row.speakers))])
    if row.publisher and row.ordinal >= DAY and len(row.date) >= 7:
        _part(connection, row, by)


def _part(connection: Connection, row: Any, by: int) -> None:
    """A dated statement parts the silence it falls into; taken out, it leaves one."""
    here = tuple_(row.ordinal, row.pk)
    others = select(statements.c.pk, statements.c.date).where(statements.c.publisher == row.publisher, *DATED, CURRENT)
    before = connection.execute(others.where(tuple_(*FORWARD) < here).order_by(*BACKWARD).limit(1)).first()
    after = connection.execute(others.where(tuple_(*FORWARD) > here).order_by(*FORWARD).limit(1)).first()
    connection.execute(delete(silences).where(silences.c.statement.in_([each.pk for each in (row, after) if each])))
    for one, other in pairwise(each for each in (before, row if by > 0 else None, after) if each):
        if (months := months_between(one.date, other.date)) >= LONG:
            connection.execute(insert(silences).values(statement=other.pk, since=one.pk, months=months))


# ------------------------------------------------------------------------------------------------ reading


def kept(connection: Connection, least: int = LEAST) -> tuple[Rows, Rows, Rows, Rows]:
    """Groups, voices, spans and silences of the whole record, as ``covering.counted`` has them."""
    return _groups(connection), _voices(connection), _spans(connection), _silences(connection, least)


def _groups(connection: Connection) -> Rows:
    keys = (sources.c.publisher, sources.c.year, sources.c.kind)
    query = select(*keys, sources.c.statements, sources.c["items"]).where(sources.c.side == "", sources.c.statements > 0)
    return _found(connection, query.order_by(*keys))


def _voices(connection: Connection) -> Rows:
    keys, n = (sources.c.publisher, sources.c.side), func.sum(sources.c.statements)
    query = select(*keys, n).where(sources.c.side != "").group_by(*keys).having(n > 0)
    return _found(connection, query.order_by(*keys))


def _spans(connection: Connection) -> Rows:
    """Each end is one look along the index of a publisher's statements."""
    named = select(sources.c.publisher).where(sources.c.statements > 0).distinct().subquery()
    own = select(statements.c.date).where(statements.c.publisher == named.c.publisher, statements.c.ordinal >= DAY, CURRENT)
    first, last = (own.order_by(*order).limit(1).scalar_subquery() for order in (FORWARD, BACKWARD))
    query = select(named.c.publisher, first.label("first"), last).where(first.is_not(None))
    return _found(connection, query.order_by(named.c.publisher))


def _silences(connection: Connection, least: int) -> Rows:
    """A publisher with few dated statements is silent between all of them, which says nothing."""
    since, ends = statements.alias("since"), statements.alias("ends")
    several = select(1).where(statements.c.publisher == since.c.publisher, *DATED, CURRENT).offset(least - 1).limit(1).exists()
    query = select(since.c.publisher, since.c.date, ends.c.date, silences.c.months).join(since, since.c.pk == silences.c.since)
    query = query.join(ends, ends.c.pk == silences.c.statement).where(several)
    return _found(connection, query.order_by(silences.c.months.desc(), since.c.publisher, since.c.date, ends.c.date))


def _found(connection: Connection, query: Any) -> Rows:
    return tuple(tuple(row) for row in connection.execute(query))
