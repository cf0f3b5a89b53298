"""Words found in passages: the best first, each with its statement and the items that stand in it."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, Float, Integer, column, exists, func, select

from communique.records import Filters, Hit, Kept
from communique.store import listing, rows, sqlite
from communique.store.columns import span
from communique.store.tables import ITEMS, PARTIES, documents, passages, statements, texts


def search(connection: Connection, words: str, filters: Filters, *, size: int = 50, skip: int = 0) -> list[Hit]:
    """Passages that hold the words, the best match first."""
    asked = sqlite.query(words)
    if not asked:
        return []
    matches = sqlite.MATCHES.bindparams(words=asked).columns(column("pk", Integer), column("score", Float)).subquery("matches")
    query = (
        select(passages, matches.c.score, statements.c.id.label("doc"), statements.c.date, statements.c.publisher, statements.c.title)
        .select_from(matches)
        .join(passages, passages.c.pk == matches.c.pk)
        .join(statements, statements.c.pk == passages.c.statement)
        .join(documents, documents.c.current == statements.c.pk)
        .where(*_tests(filters))
        .order_by(matches.c.score, statements.c.ordinal, passages.c.start)
        .limit(size)
        .offset(skip)
    )
    found = connection.execute(query).mappings().all()
    return [_hit(connection, row) for row in found]


def count(connection: Connection, words: str, filters: Filters) -> int:
    """How many passages hold the words."""
    asked = sqlite.query(words)
    if not asked:
        return 0
    matches = sqlite.ALL_MATCHES.bindparams(words=asked).columns(column("pk", Integer)).subquery("matches")
    query = (
        select(func.count())
        .select_from(matches)
        .join(passages, passages.c.pk == matches.c.pk)
        .join(statements, statements.c.pk == passages.c.statement)
        .join(documents, documents.c.current == statements.c.pk)
        .where(*_tests(filters))
    )
    return int(connection.execute(query).scalar_one())


def _tests(filters: Filters) -> list[ColumnElement[bool]]:
    """Dates and publishers of the statement; the rest of an item that stands in the passage."""
    tests: list[ColumnElement[bool]] = []
    low, high = span(filters.since, filters.until)
    if low is not None:
        tests.append(statements.c.ordinal >= low)
    if high is not None:
        tests.append(statements.c.ordinal < high)
    if filters.publisher:
        tests.append(statements.c.publisher.in_(filters.publisher))
    if filters.actor or filters.partner or filters.topic or filters.act or filters.event:
        tests.append(_inside(filters))
    return tests


def _inside(filters: Filters) -> ColumnElement[bool]:
    table, side = ITEMS["assertion"], PARTIES["assertion"]
    inside = [table.c.statement == passages.c.statement, table.c.start >= passages.c.start, table.c.end <= passages.c.end]
    tests: list[ColumnElement[bool]] = [*inside, table.c.standing == "asserted"]
    for name in ("topic", "act", "event"):
        values = getattr(filters, name)
        if values:
            tests.append(table.c[name].in_(values))
    for name in ("actor", "partner"):
        codes = getattr(filters, name)
        if codes:
            named = side.alias()
            roles = [named.c.role.in_(listing.ACTOR_ROLES)] if name == "actor" else []
            tests.append(exists().where(named.c.item == table.c.pk, named.c.code.in_(codes), *roles))
    return exists().where(*tests)


def _hit(connection: Connection, row: rows.Columns) -> Hit:
    cut = func.substr(texts.c.text, row["start"] + 1, row["end"] - row["start"])
    words = row["words"]
    if words is None:
        query = select(cut).join(statements, statements.c.sha256 == texts.c.sha256).where(statements.c.pk == row["statement"])
        words = connection.execute(query).scalar_one()
    kept: list[Kept] = []
    for kind, table in ITEMS.items():
        inside = (table.c.statement == row["statement"], table.c.start >= row["start"], table.c.end <= row["end"])
        pks = connection.execute(select(table.c.pk).where(*inside, table.c.standing == "asserted").order_by(table.c.pk)).scalars().all()
        kept += listing.fetch(connection, kind, pks) if pks else ()
    passage = rows.passage_of(row)
    return Hit(row["doc"], row["date"], row["publisher"], row["title"], passage, words, -float(row["score"]), tuple(kept))


