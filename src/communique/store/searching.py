"""Words found in passages: the best first, each with its statement and the items that stand in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Subquery, TextualSelect, and_, exists, func, select

from communique.records import Filters, Hit, Kept
from communique.store import listing, rows, sqlite
from communique.store.columns import span
from communique.store.tables import ITEMS, PARTIES, documents, passages, statements, texts

SEEK = 3_000  # passages that filters leave which are sooner looked up one by one than a common word is gone through
WALK = 20_000  # items of an actor that are gone through to find those passages


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
    among = _among(connection, filters)
    if among is None:
        return _found(words, sqlite.EVERY)
    pks = connection.execute(sqlite.AMONG, {"words": words, "among": among}).scalars()
    return sqlite.LISTED.bindparams(pks=json.dumps(list(pks))).subquery("matches")


def _are_few(connection: Connection, words: str) -> bool:
    """Whether all passages that hold the words can be ranked."""
    some = select(_found(words, sqlite.FOUND, most=sqlite.RANKED + 1, past=0))
    return int(connection.execute(select(func.count()).select_from(some.subquery())).scalar_one()) <= sqlite.RANKED


def _among(connection: Connection, filters: Filters) -> str | None:
    """The passages that one of the filters leaves, as a JSON array; nothing where each leaves too many."""
    for query in _narrow(connection, filters):
        found = connection.execute(query.limit(SEEK + 1)).scalars().all()
        if len(found) <= SEEK:
            return json.dumps(sorted({pk for pk in found if pk is not None}))
    return None


def _narrow(connection: Connection, filters: Filters) -> Iterator[Select[Any]]:
    """Walks along an index to the passages of one filter each: of whom an item names, of what it is, of when and who published."""
    table, side, acts = ITEMS["assertion"], PARTIES["assertion"], filters.act or listing.ACTS
    bounds = span(filters.since, filters.until)
    more = bool(filters.since or filters.until or filters.topic or filters.event or (filters.actor and filters.partner))
    sizes = []
    for name, field in (("actor", "actor"), ("partner", "named"), ("event", "event"), ("topic", "topic")):
        if values := getattr(filters, name):
            sizes.append((sum(listing.tally(connection, act, field, value) for act in acts for value in values), name))
    for n, name in sorted(sizes)[:1]:
        if n > (WALK if more else SEEK):
            continue
        kept = [table.c.standing == "asserted", table.c.act.in_(acts), *listing.fits("assertion", filters, name)]
        if name in listing.ROLES:
            named = select(table.c.passage).select_from(side.join(table, table.c.pk == side.c.item))
            own = (side.c.code.in_(getattr(filters, name)), side.c.act.in_(acts), side.c.role.in_(listing.ROLES[name]))
            yield named.where(*own, *kept, *_between(side.c.ordinal, bounds))
        else:
            yield select(table.c.passage).where(table.c[name].in_(getattr(filters, name)), *kept, *_between(table.c.ordinal, bounds))
    told = select(passages.c.pk).select_from(statements.join(passages, passages.c.statement == statements.c.pk))
    if filters.publisher:
        yield told.where(statements.c.publisher.in_(filters.publisher), *_between(statements.c.ordinal, bounds))
    elif filters.since or filters.until:
        yield told.where(*_between(statements.c.ordinal, bounds))


def _between(ordinal: ColumnElement[int], bounds: tuple[int | None, int | None]) -> list[ColumnElement[bool]]:
    low, high = bounds
    return ([ordinal >= low] if low is not None else []) + ([ordinal < high] if high is not None else [])


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
    tests = _between(statements.c.ordinal + 0, span(filters.since, filters.until))
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
