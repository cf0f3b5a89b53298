"""Statements out of the record: their list, their text with everything read from it, and what stands at an id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, literal, or_, select, tuple_

from communique.records import Entry, Filters, Item, Kept, Passage, Problem, Reading, Speaker, Statement
from communique.store import listing, rows
from communique.store.columns import span
from communique.store.listing import Cursor
from communique.store.tables import ITEMS, PARTIES, documents, passages, problems, readings, statements, texts


@dataclass(frozen=True, slots=True)
class Place:
    """A passage with the words around an item, as ``show`` prints them."""

    passage: Passage | None
    before: str
    after: str


def address(connection: Connection, id: str) -> int | None:
    """The key of the statement at an id: ``X`` is the current version, ``X@1`` the first."""
    current = connection.execute(select(documents.c.current).where(documents.c.id == id)).scalar()
    if current is not None:
        return int(current)
    base, _, version = id.rpartition("@")
    if not base or not version.isdecimal():
        return None
    query = select(statements.c.pk).where(statements.c.id == base, statements.c.version == int(version))
    return connection.execute(query).scalar()


def whole(connection: Connection, pk: int) -> Reading:
    """A statement with everything read from it."""
    row = _statement(connection, pk)
    statement = rows.statement_of(row, row["text"], _name(row))
    found = connection.execute(select(passages).where(passages.c.statement == pk).order_by(passages.c.pk)).mappings()
    reader = connection.execute(select(readings.c.reader).where(readings.c.statement == pk, readings.c.replaced.is_(None))).scalar()
    items: dict[str, list[Any]] = {}
    aside: list[Item] = []
    for kind, table in ITEMS.items():
        for each in connection.execute(select(table).where(table.c.statement == pk).order_by(table.c.pk)).mappings():
            item = rows.item_of(kind, each)
            if each["standing"] == "aside" or (each["standing"] == "superseded" and each["aside"]):
                aside.append(item)
            elif each["standing"] != "rejected":
                items.setdefault(kind + "s", []).append(item)
    faults = connection.execute(select(problems).where(problems.c.statement == pk).order_by(problems.c.start, problems.c.id)).mappings()
    return Reading(
        statement=statement,
        passages=tuple(rows.passage_of(each) for each in found),
        aside=tuple(aside),
        problems=tuple(rows.problem_of(each) for each in faults),
        reader=reader or "",
        **{kind: tuple(each) for kind, each in items.items()},
    )


def kept_in(connection: Connection, pk: int) -> tuple[Kept, ...]:
    """Every item of a statement, in the order of the text, aside and rejected ones too."""
    found: list[Kept] = []
    for kind, table in ITEMS.items():
        pks = connection.execute(select(table.c.pk).where(table.c.statement == pk)).scalars().all()
        found += listing.fetch(connection, kind, pks)
    return tuple(sorted(found, key=lambda each: (each.item.start, each.item.end, each.id)))


def told_in(connection: Connection, ids: Iterable[str]) -> dict[str, tuple[str, tuple[Kept, ...]]]:
    """By statement, its kind and what is asserted in it, in the order of the text; a statement the record lacks is left out."""
    keys = {id: pk for id in ids if (pk := address(connection, id)) is not None}
    pks = list(keys.values())
    rows_ = connection.execute(select(statements.c.pk, statements.c.kind).where(statements.c.pk.in_(pks)))
    kinds = {int(row.pk): str(row.kind) for row in rows_}
    found: dict[str, list[Kept]] = {id: [] for id in keys}
    for kind, table in ITEMS.items():
        left_out = or_(table.c.standing.in_(("aside", "rejected")), and_(table.c.standing == "superseded", table.c.aside))
        inside = connection.execute(select(table.c.pk).where(table.c.statement.in_(pks), ~left_out)).scalars().all()
        for each in listing.fetch(connection, kind, inside):
            found[each.doc].append(each)
    for told in found.values():
        told.sort(key=lambda each: (each.item.start, each.item.end, each.id))
    return {id: (kinds[pk], tuple(found[id])) for id, pk in keys.items()}


def item(connection: Connection, id: str) -> Kept | None:
    """The item of an id; where the same words stand in several statements, in the one that is current and came first."""
    for kind, table in ITEMS.items():
        ordering = (table.c.standing == "superseded", table.c.pk)
        pk = connection.execute(select(table.c.pk).where(table.c.id == id).order_by(*ordering)).scalars().first()
        if pk is not None:
            return listing.fetch(connection, kind, [pk])[0]
    return None


def place(connection: Connection, kept: Kept) -> Place:
    """The passage an item stands in, cut around its words."""
    pk = address(connection, kept.doc)
    inside = select(passages).where(passages.c.statement == pk, passages.c.start <= kept.item.start, passages.c.end >= kept.item.end)
    row = connection.execute(inside.order_by(passages.c.start.desc())).mappings().first()
    if row is None or pk is None:
        return Place(None, "", "")
    text = _statement(connection, pk)["text"]
    passage = rows.passage_of(row)
    return Place(passage, text[passage.start : kept.item.start], text[kept.item.end : passage.end])


def _statement(connection: Connection, pk: int) -> rows.Columns:
    query = (
        select(statements, texts.c.text, texts.c.length, documents.c.current)
        .join(texts, texts.c.sha256 == statements.c.sha256)
        .outerjoin(documents, documents.c.current == statements.c.pk)
        .where(statements.c.pk == pk)
    )
    return connection.execute(query).mappings().one()


def _name(row: rows.Columns) -> str:
    return str(row["id"]) if row["current"] is not None else f"{row['id']}@{row['version']}"


# ------------------------------------------------------------------------------------------------ lists of statements


def entries(
    connection: Connection, filters: Filters, *, size: int = 50, after: Cursor | None = None, newest: bool = False
) -> tuple[list[Entry], Cursor | None]:
    """Statements as a list shows them, without their text."""
    query = matching(connection, filters, select(statements.c.ordinal, statements.c.pk))
    order = (statements.c.ordinal, statements.c.pk)
    if after is not None:
        here, there = tuple_(*order), tuple_(*(literal(part) for part in after))
        query = query.where(here < there if newest else here > there)
    ordering = [column.desc() if newest else column for column in order]
    found = [(int(o), int(pk)) for o, pk in connection.execute(query.order_by(*ordering).limit(size + 1))]
    shown = found[:size]
    return _entries(connection, [pk for _, pk in shown]), shown[-1] if len(found) > size else None


def count_entries(connection: Connection, filters: Filters) -> int:
    """How many statements the filters keep."""
    if filters == Filters(limit=filters.limit):
        n = listing.tally(connection, "statement")
    else:
        n = int(connection.execute(matching(connection, filters, select(func.count()).select_from(statements))).scalar_one())
    return n if filters.limit is None else min(n, filters.limit)


def versions(connection: Connection, id: str) -> list[Entry]:
    """Every version of a document, the oldest first."""
    query = select(statements.c.pk).where(statements.c.id == id).order_by(statements.c.version)
    return _entries(connection, list(connection.execute(query).scalars()))


def _entries(connection: Connection, pks: list[int]) -> list[Entry]:
    query = (
        select(statements, texts.c.length, documents.c.current, readings.c.reader, readings.c["items"], readings.c.aside)
        .join(texts, texts.c.sha256 == statements.c.sha256)
        .outerjoin(documents, documents.c.current == statements.c.pk)
        .outerjoin(readings, (readings.c.statement == statements.c.pk) & readings.c.replaced.is_(None))
        .where(statements.c.pk.in_(pks))
    )
    found = {row["pk"]: row for row in connection.execute(query).mappings()}
    return [_entry(found[pk]) for pk in pks]


def _entry(row: rows.Columns) -> Entry:
    return Entry(
        id=_name(row),
        version=row["version"],
        current=row["current"] is not None,
        speakers=tuple(Speaker(*each) for each in row["speakers"]),
        reader=row["reader"] or "",
        items=row["items"] or 0,
        aside=row["aside"] or 0,
        **{name: row[name] for name in _SHOWN},
    )


_SHOWN = ("date", "publisher", "title", "kind", "lang", "url", "source", "sha256", "length", "added", "issuers")


def matching(connection: Connection, filters: Filters, query: Select[Any]) -> Select[Any]:
    """The question, asked of current statements that the filters keep: by date and publisher, and by the items they carry."""
    query = query.where(exists().where(documents.c.current == statements.c.pk))
    low, high = span(filters.since, filters.until)
    if low is not None:
        query = query.where(statements.c.ordinal >= low)
    if high is not None:
        query = query.where(statements.c.ordinal < high)
    if filters.publisher:
        query = query.where(statements.c.publisher.in_(filters.publisher))
    if filters.actor or filters.partner or filters.topic or filters.act or filters.event:
        query = query.where(_carries(connection, filters))
    return query


FEW = 20_000  # items of an actor that are sooner gone through than every statement is asked for them


def _carries(connection: Connection, filters: Filters) -> ColumnElement[bool]:
    """That a statement carries an assertion of this kind."""
    table = ITEMS["assertion"]
    tests: list[ColumnElement[bool]] = [table.c.standing.concat("") == "asserted"]
    for name in ("topic", "act", "event"):
        values = getattr(filters, name)
        if values:
            tests.append(table.c[name].concat("").in_(values))
    for name in ("actor", "partner"):
        codes = getattr(filters, name)
        if codes:
            tests.append(listing.names("assertion", codes, name))
    codes = filters.actor or filters.partner
    acts = filters.act or listing.ACTS
    if codes and listing.tally(connection, acts, "named", codes) <= FEW:
        side = PARTIES["assertion"]
        named = select(table.c.statement).join(side, side.c.item == table.c.pk).where(side.c.code.in_(codes), side.c.act.in_(acts))
        return statements.c.pk.in_(named.where(*tests))
    return exists().where(table.c.statement == statements.c.pk, *tests)


# ------------------------------------------------------------------------------------------------ problems


def open_problems(connection: Connection, *, limit: int | None = None) -> Iterator[Problem]:
    """Faults of inputs that still stand: of current statements, and of what gave no statement."""
    query = (
        select(problems)
        .outerjoin(documents, documents.c.current == problems.c.statement)
        .where(problems.c.cleared.is_(None), problems.c.statement.is_(None) | documents.c.id.is_not(None))
        .order_by(problems.c.about, problems.c.start, problems.c.id)
        .limit(limit)
    )
    for row in connection.execute(query).mappings():
        yield rows.problem_of(row)


def statement_only(connection: Connection, pk: int) -> Statement:
    """A statement with its text, without what was read from it."""
    row = _statement(connection, pk)
    return rows.statement_of(row, row["text"], _name(row))
