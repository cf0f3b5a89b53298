"""Words found in passages: the best first, each with its statement and the items that stand in it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Subquery, TextualSelect, and_, exists, func, select

from communique.records import Filters, Hit, Kept
from communique.store import listing, narrowing, rows, sqlite
from communique.store.columns import span
from communique.store.tables import ITEMS, documents, passages, statements, texts

SEEK = 300  # passages that filters leave which are sooner looked up one by one than a common word is gone through: 0.03 ms each
FAR, MANY = 10_000, 1 << 40  # where counting the matches stops, and what they are then taken for


def search(connection: Connection, words: str, filters: Filters, *, size: int = 50, skip: int = 0) -> list[Hit]:
    """Passages that hold the words, the best match first.

    Of words found in more passages than ``sqlite.RANKED``, the passages entered last are ranked, and the others follow
    in the order they were entered, the last first; with filters, all are in that order.
    """
    asked = sqlite.query(words)
    if not asked:
        return []
    latest = _found(asked, sqlite.SCORED, most=sqlite.RANKED, past=0)
    if _are_few(connection, asked):
        return _hits(connection, latest, filters, size, skip)
    if filters != Filters(limit=filters.limit):
        return _hits(connection, _kept_by(connection, asked, filters), filters, size, skip, ranked=False)
    best = _hits(connection, latest, filters, size, skip)
    if len(best) == size:
        return best
    first = _count(connection, latest, filters)
    rest = _found(asked, sqlite.FOUND, most=-1, past=sqlite.RANKED)
    return best + _hits(connection, rest, filters, size - len(best), max(0, skip - first), ranked=False)


def count(connection: Connection, words: str, filters: Filters, *, upto: int | None = None) -> int:
    """How many passages hold the words; with ``upto``, counting stops there."""
    asked = sqlite.query(words)
    if not asked:
        return 0
    matches = _found(asked, sqlite.EVERY) if _are_few(connection, asked) else _kept_by(connection, asked, filters)
    return _count(connection, matches, filters, upto)


def _found(words: str, how: TextualSelect, **options: object) -> Subquery:
    return how.bindparams(words=words, **options).subquery("matches")


def _kept_by(connection: Connection, words: str, filters: Filters) -> Subquery:
    """The matches that filters may keep."""
    n = _how_many(connection, words, FAR)
    among = narrowing.among(connection, filters, n if n < FAR else MANY)
    if among is None:
        return _found(words, sqlite.EVERY)
    given = json.dumps(among)
    if len(among) > SEEK:
        return _found(words, sqlite.WITHIN, among=given)
    pks = connection.execute(sqlite.AMONG, {"words": words, "among": given}).scalars()
    return sqlite.LISTED.bindparams(pks=json.dumps(list(pks))).subquery("matches")


def _how_many(connection: Connection, words: str, upto: int) -> int:
    """How many passages hold the words; counting stops at ``upto``."""
    some = select(_found(words, sqlite.FOUND, most=upto, past=0))
    return int(connection.execute(select(func.count()).select_from(some.subquery())).scalar_one())


def _are_few(connection: Connection, words: str) -> bool:
    """Whether all passages that hold the words can be ranked."""
    return _how_many(connection, words, sqlite.RANKED + 1) <= sqlite.RANKED


def _hits(connection: Connection, matches: Subquery, filters: Filters, size: int, skip: int, ranked: bool = True) -> list[Hit]:
    about = (statements.c.id.label("doc"), statements.c.date, statements.c.publisher, statements.c.title)
    query = _joined(select(passages, matches.c.score, *about), matches, filters)
    query = query.order_by(matches.c.score, matches.c.pk.desc()) if ranked else query.order_by(matches.c.pk.desc())
    return _shown(connection, connection.execute(query.limit(size).offset(skip)).mappings().all())


def _count(connection: Connection, matches: Subquery, filters: Filters, upto: int | None = None) -> int:
    counted = _joined(select(matches.c.pk), matches, filters).limit(upto).subquery()
    return int(connection.execute(select(func.count()).select_from(counted)).scalar_one())


def _joined(query: Select[Any], matches: Subquery, filters: Filters) -> Select[Any]:
    """The matches in current statements that the filters keep."""
    return (
        query.select_from(matches)
        .join(passages, passages.c.pk == matches.c.pk)
        .join(statements, statements.c.pk == passages.c.statement)
        .join(documents, documents.c.current == statements.c.pk)
        .where(*_tests(filters))
    )


def _tests(filters: Filters) -> list[ColumnElement[bool]]:
    """Dates and publishers of the statement; the rest of an item that stands in the passage.

    Sums and joined strings keep SQLite from walking along an index of dates or publishers: the walk is along the matches.
    """
    tests = list(narrowing.between(statements.c.ordinal + 0, span(filters.since, filters.until)))
    if filters.publisher:
        tests.append(statements.c.publisher.concat("").in_(filters.publisher))
    if filters.actor or filters.partner or filters.topic or filters.act or filters.event:
        tests.append(_inside(filters))
    return tests


def _inside(filters: Filters) -> ColumnElement[bool]:
    """That an assertion stands in the passage, found along the index that begins with it."""
    table = ITEMS["assertion"]
    tests: list[ColumnElement[bool]] = [table.c.passage == passages.c.pk, table.c.standing.concat("") == "asserted"]
    for name in ("topic", "act", "event"):
        values = getattr(filters, name)
        if values:
            tests.append(table.c[name].concat("").in_(values))
    for name in ("actor", "partner"):
        codes = getattr(filters, name)
        if codes:
            tests.append(listing.names("assertion", codes, name))
    return exists().where(*tests)


def _shown(connection: Connection, found: Sequence[rows.Columns]) -> list[Hit]:
    """Hits with their words and the items that stand in them, asked for together."""
    words, kept = _words(connection, found), _kept(connection, found)

    def hit(row: rows.Columns) -> Hit:
        passage, pk = rows.passage_of(row), row["pk"]
        return Hit(row["doc"], row["date"], row["publisher"], row["title"], passage, words[pk], -float(row["score"]), kept[pk])

    return [hit(row) for row in found]


def _words(connection: Connection, found: Sequence[rows.Columns]) -> dict[int, str]:
    """The words of passages, cut out of their texts unless they are kept apart."""
    cut = func.substr(texts.c.text, passages.c.start + 1, passages.c.end - passages.c.start)
    query = (
        select(passages.c.pk, func.coalesce(passages.c.words, cut))
        .join(statements, statements.c.pk == passages.c.statement)
        .join(texts, texts.c.sha256 == statements.c.sha256)
        .where(passages.c.pk.in_([row["pk"] for row in found]))
    )
    return {int(pk): str(said) for pk, said in connection.execute(query)}


def _kept(connection: Connection, found: Sequence[rows.Columns]) -> dict[int, tuple[Kept, ...]]:
    """The items that stand in passages."""
    inside: dict[int, list[Kept]] = {row["pk"]: [] for row in found}
    for kind, table in ITEMS.items():
        holds = (table.c.statement == passages.c.statement, table.c.start >= passages.c.start, table.c.end <= passages.c.end)
        asserted = table.c.standing.concat("") == "asserted"
        query = select(passages.c.pk, table.c.pk).select_from(passages.join(table, and_(*holds))).where(passages.c.pk.in_(inside), asserted)
        pairs = connection.execute(query.order_by(table.c.pk)).all()
        for (passage, _), item in zip(pairs, listing.fetch(connection, kind, [pk for _, pk in pairs]), strict=True):
            inside[passage].append(item)
    return {passage: tuple(items) for passage, items in inside.items()}
