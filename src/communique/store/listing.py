"""Listings: filters in, items out in the order of the record, a page at a time along an index.

A page is found by walking one index in order and testing the rest row by row.  Which index: that of the filter which,
by the tallies, keeps the fewest items.  So a page costs the same in a record of a thousand statements or a hundred thousand.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, FromClause, Select, Table, bindparam, exists, func, literal, select, true, tuple_, union

from communique.records import Filters, Kept
from communique.store import crossing, judging, rows, sqlite
from communique.store.columns import span
from communique.store.tables import ITEMS, PARTIES, documents, readings, statements, tallies

NAMED_ROLES = ("actor", "target", "giver", "receiver", "party")  # by whose statement a figure stands is no part in it
ROLES = {"actor": rows.ACTOR_ROLES, "partner": NAMED_ROLES}
ACTS = ("outcome", "commitment", "position", "appeal")
Cursor = tuple[int, int]  # ordinal and key of the last row seen


@dataclass(frozen=True, slots=True)
class Query:
    """Which items: a kind, the filters, how they stand, and which end of the record comes first."""

    kind: str
    filters: Filters
    standing: str = "asserted"
    newest: bool = False
    more: tuple[tuple[str, Any], ...] = ()  # further columns and the value each must have

    @property
    def acts(self) -> tuple[str, ...]:
        """The acts looked for; a single empty one where the kind has none."""
        if self.kind != "assertion":
            return ("",)
        return self.filters.act or ACTS

    @property
    def stage(self) -> str:
        """The one stage that agreements must be at, if that is asked."""
        asked = dict(self.more).get("stage")
        return asked if isinstance(asked, str) else ""

    @property
    def counted(self) -> crossing.Tests | None:
        """Where the counts of it are kept; nothing where they are not."""
        beyond = [name for name, value in self.more if name != "stage" or not isinstance(value, str)]
        if self.standing != "asserted" or beyond:
            return None
        return crossing.holds(self.headings, self.filters, self.stage)

    @property
    def headings(self) -> tuple[str, ...]:
        """What its items are counted under."""
        return self.acts if self.kind == "assertion" else (self.kind,)


@dataclass(frozen=True, slots=True)
class Page:
    """Some of a listing, and where the next page starts."""

    items: tuple[Kept, ...]
    after: Cursor | None


class Sketch(NamedTuple):
    """Of an assertion what tells whether another can be of the same matter: where it stands, when it was said, by and of whom."""

    pk: int
    statement: int
    date: str | None
    publisher: str
    actors: tuple[str, ...]
    targets: tuple[str, ...]


def page(connection: Connection, query: Query, *, size: int = 50, after: Cursor | None = None) -> Page:
    """The next ``size`` items after a cursor."""
    found = _pks(connection, query, size + 1, after)
    shown = found[:size]
    items = fetch(connection, query.kind, [pk for _, pk in shown])
    return Page(items, shown[-1] if len(found) > size else None)


def stream(connection: Connection, query: Query, *, size: int = 500) -> Iterator[Kept]:
    """Every item of a listing, up to its limit, a page in memory at a time."""
    left = query.filters.limit
    after: Cursor | None = None
    while left is None or left > 0:
        got = page(connection, query, size=size if left is None else min(size, left), after=after)
        yield from got.items
        after = got.after
        left = None if left is None else left - len(got.items)
        if after is None:
            return


def sketches(connection: Connection, query: Query, *, size: int = 500) -> Iterator[Sketch]:
    """Every assertion of a listing in little, so that many can be gone through where few are wanted whole."""
    table, after = ITEMS[query.kind], None
    while True:
        found = _pks(connection, query, size + 1, after)
        pks = [pk for _, pk in found[:size]]
        asked = select(table.c.pk, table.c.statement, statements.c.date, statements.c.publisher, table.c.actors, table.c.targets)
        asked = asked.join(statements, statements.c.pk == table.c.statement).where(table.c.pk.in_(pks))
        rows_ = {row[0]: Sketch(*row) for row in connection.execute(asked)}
        yield from (rows_[pk] for pk in pks)
        if len(found) <= size:
            return
        after = found[size - 1]


def fetch(connection: Connection, kind: str, pks: Sequence[int]) -> tuple[Kept, ...]:
    """The items of these keys, in this order, with what people said of them."""
    if not pks:
        return ()
    found = {row["pk"]: row for row in connection.execute(_whole(kind), {"pks": json.dumps([*pks])}).mappings()}
    said = judging.about(connection, [row["id"] for row in found.values()])
    return tuple(_kept(kind, found[pk], said) for pk in pks)


@cache
def _whole(kind: str) -> Select[Any]:
    """What asks for items by their keys: made once, as making it takes longer than what it does."""
    table = ITEMS[kind]
    about = (statements.c.id.label("doc"), statements.c.version, statements.c.date, statements.c.publisher, statements.c.title)
    return (
        select(table, *about, readings.c.reader, documents.c.current)
        .join(statements, statements.c.pk == table.c.statement)
        .join(readings, readings.c.pk == table.c.reading)
        .outerjoin(documents, documents.c.current == statements.c.pk)
        .where(sqlite.among(table.c.pk, bindparam("pks")))
    )


def _kept(kind: str, row: rows.Columns, said: Mapping[str, tuple[Any, ...]]) -> Kept:
    doc = row["doc"] if row["current"] is not None else f"{row['doc']}@{row['version']}"
    item = rows.item_of(kind, row)
    return Kept(row["id"], item, doc, row["date"], row["publisher"], row["title"], row["reader"], said.get(row["id"], ()))


# ------------------------------------------------------------------------------------------------ counting


def count(connection: Connection, query: Query, *, upto: int | None = None) -> int:
    """How many items the listing has; with ``upto``, counting stops there."""
    known = _tallied(connection, query)
    if known is None:
        known = _crossed(connection, query)
    if known is None:
        known = _counted(connection, query, upto)
    limit = query.filters.limit
    return known if limit is None else min(known, limit)


def _crossed(connection: Connection, query: Query) -> int | None:
    """The count by actor, partner, event and years, where it is kept."""
    kept = query.counted
    return None if kept is None else sqlite.held(connection, ("crossed", query), lambda: crossing.count(connection, kept))


def _tallied(connection: Connection, query: Query) -> int | None:
    """The count, where it is one that is kept."""
    given = query.filters
    used = [name for name in ("actor", "partner", "topic", "event", "publisher") if getattr(given, name)]
    if query.standing != "asserted" or given.since or given.until or query.more or len(used) > 1:
        return None
    if not used:
        return tally(connection, query.headings)
    values = getattr(given, used[0])
    if len(values) > 1 and used[0] in ("actor", "partner"):
        return None  # one item may name both
    field = "named" if used[0] == "partner" else used[0]
    return tally(connection, query.headings, field, values)


def _counted(connection: Connection, query: Query, upto: int | None) -> int:
    branches = [each.with_only_columns(each.selected_columns[1]).order_by(None) for each in _branches(connection, query)]
    inner = branches[0] if len(branches) == 1 else union(*branches)
    if upto is not None:
        inner = select(inner.subquery()).limit(upto)
    return int(connection.execute(select(func.count()).select_from(inner.subquery())).scalar_one())


def tally(connection: Connection, kinds: str | Sequence[str], field: str = "", values: str | Sequence[str] = "") -> int:
    """A count that is kept up to date; of several kinds or values, their sum."""
    those, named = ((each,) if isinstance(each, str) else tuple(each) for each in (kinds, values))

    def counted() -> int:
        found = select(func.sum(tallies.c.n)).where(tallies.c.kind.in_(those), tallies.c.field == field, tallies.c.value.in_(named))
        return int(connection.execute(found).scalar() or 0)

    return sqlite.held(connection, ("tally", those, field, named), counted)


def facets(connection: Connection, kind: str, field: str, *, limit: int = 50) -> list[tuple[str, int]]:
    """The commonest values of a field among the items of a kind or act, with their counts."""
    query = (
        select(tallies.c.value, tallies.c.n)
        .where(tallies.c.kind == kind, tallies.c.field == field, tallies.c.n > 0)
        .order_by(tallies.c.n.desc(), tallies.c.value)
        .limit(limit)
    )
    asked = ("facets", kind, field, limit)
    return [*sqlite.held(connection, asked, lambda: [(value, int(n)) for value, n in connection.execute(query)])]


def partners(connection: Connection, query: Query, *, most: int = 20_000) -> list[tuple[str, int]]:
    """Who stands beside the actors of a listing, with how many of its items each; the actors themselves left out.

    Where the counts do not know (a topic, a publisher, several actors, months), the first ``most`` items are gone through.
    """
    kept = crossing.partners(connection, query.headings, query.filters, query.stage) if query.counted is not None else None
    if kept is not None:
        return kept
    walks = [select(branch.limit(most).subquery().c.pk) for branch in _branches(connection, query)]
    keys = select((walks[0] if len(walks) == 1 else union(*walks)).limit(most).subquery().c.pk)
    side = PARTIES[query.kind]
    counted = func.count(side.c.item.distinct())
    found = select(side.c.code, counted).where(side.c.item.in_(keys), side.c.role.in_(NAMED_ROLES))
    found = found.where(side.c.code.not_in(query.filters.actor)).group_by(side.c.code)
    return [(code, int(n)) for code, n in connection.execute(found.order_by(counted.desc(), side.c.code))]


def years(connection: Connection, query: Query, by: str) -> list[tuple[str, str, int]]:
    """How many items of a listing there are by year and by act ("kind"), "mode", or event or stage ("what"); undated under no year."""
    kept = query.counted
    if kept is not None:
        return [(year, value, int(n)) for year, value, n in crossing.by(connection, kept, "year", by)]
    table = ITEMS[query.kind]
    branches = [each.with_only_columns(each.selected_columns[1]).order_by(None) for each in _branches(connection, query)]
    keys = select((branches[0] if len(branches) == 1 else union(*branches)).subquery())
    own = {"kind": "act", "what": "stage" if query.kind == "agreement" else "event"}.get(by, by)
    value: ColumnElement[Any] = table.c[own] if own in table.c else literal(query.kind if by == "kind" else "")
    year = func.substr(func.coalesce(statements.c.date, ""), 1, 4)
    found = select(year, value, func.count()).select_from(table.join(statements, statements.c.pk == table.c.statement))
    found = found.where(table.c.pk.in_(keys)).group_by(year, value).order_by(year, value)
    return [(said, of, int(n)) for said, of, n in connection.execute(found)]


# ------------------------------------------------------------------------------------------------ walking


def _pks(connection: Connection, query: Query, size: int, after: Cursor | None) -> list[Cursor]:
    """The next keys: each branch walks its own index, and the branches are merged."""
    if after is None and size and (there := _crossed(connection, query)) is not None:
        size = min(size, there)  # the walk ends at the last one there is
        if not size:
            return []
    branches = []
    for branch in _branches(connection, query, after):
        branches.append(branch.limit(size))
    if len(branches) == 1:
        return [(int(row[0]), int(row[1])) for row in connection.execute(branches[0])]
    merged = union(*(select(each.subquery()) for each in branches)).subquery()
    ordering = [column.desc() if query.newest else column for column in merged.c]
    found = connection.execute(select(merged).order_by(*ordering).limit(size))
    return [(int(row[0]), int(row[1])) for row in found]


def _branches(connection: Connection, query: Query, after: Cursor | None = None) -> list[Select[int, int]]:
    """One walk for each act and each value of the filter that keeps fewest."""
    field = _narrowest(connection, query)
    values: tuple[str | None, ...] = (query.stage,) if field == "stage" else getattr(query.filters, field) if field else (None,)
    return [_walk(query, act, field, value, after) for act in query.acts for value in values]


def _narrowest(connection: Connection, query: Query) -> str:
    """The filter that keeps the fewest items, by the tallies."""
    if query.standing != "asserted":
        return ""
    sizes: list[tuple[int, str]] = []
    for name, field in (("actor", "actor"), ("partner", "named"), ("event", "event"), ("topic", "topic"), ("publisher", "publisher")):
        values = getattr(query.filters, name)
        if values and not (query.kind != "assertion" and name in ("event", "topic")):
            sizes.append((tally(connection, query.headings, field, values), name))
    if query.stage and query.kind == "agreement":
        sizes.append((tally(connection, query.kind, "stage", query.stage), "stage"))
    return min(sizes)[1] if sizes else ""


def _walk(query: Query, act: str, field: str, value: str | None, after: Cursor | None) -> Select[int, int]:
    table = ITEMS[query.kind]
    source: FromClause = table
    order: tuple[ColumnElement[Any], ColumnElement[Any]] = (table.c.ordinal, table.c.pk)
    standing = table.c.standing if field != "publisher" else table.c.standing.concat("")  # no index on it: the walk is by statement
    where: list[ColumnElement[bool]] = [standing == query.standing]
    if query.kind == "assertion":
        where.append(table.c.act == act)
    if field in ("actor", "partner"):
        side = PARTIES[query.kind]
        source = side.join(table, table.c.pk == side.c.item)
        order = (side.c.ordinal, side.c.item)
        where += [side.c.code == value, side.c.act == act]
        where.append(side.c.role.in_(ROLES[field]))
    elif field == "publisher":
        source = statements.join(table, table.c.statement == statements.c.pk)
        order = (statements.c.ordinal, table.c.pk)
        where.append(statements.c.publisher == value)
    elif field:
        where.append(table.c[field] == value)
    where += _rest(query, table, field)
    where += _bounds(query, order, after)
    ordering = [column.desc() if query.newest else column for column in order]
    return select(order[0].label("ordinal"), order[1].label("pk")).select_from(source).where(*where).order_by(*ordering)


def _rest(query: Query, table: Table, walked: str) -> Iterator[ColumnElement[bool]]:
    """What is tested row by row."""
    yield from fits(query.kind, query.filters, walked)
    for name, value in query.more:
        yield table.c[name].in_(value) if isinstance(value, tuple) else table.c[name] == value


def fits(kind: str, given: Filters, walked: str = "") -> Iterator[ColumnElement[bool]]:
    """The filters on an item, but for its dates and the one that is walked along."""
    table = ITEMS[kind]
    for name in ("event", "topic"):
        values = getattr(given, name)
        if values and name != walked:
            yield table.c[name].in_(values) if name in table.c else ~true()
    if given.act:
        yield table.c.act.in_(given.act) if kind == "assertion" else ~true()
    if given.publisher and walked != "publisher":
        yield exists().where(statements.c.pk == table.c.statement, statements.c.publisher.in_(given.publisher))
    for name in ("actor", "partner"):
        codes = getattr(given, name)
        if codes and name != walked:
            yield names(kind, codes, name)


def names(kind: str, codes: Sequence[str], role: str) -> ColumnElement[bool]:
    """That an item names one of these, as actor or in any part; each is one look along the key of the side table."""
    table, side = ITEMS[kind], PARTIES[kind].alias()
    key = [side.c.code.in_(codes), side.c.ordinal == table.c.ordinal, side.c.item == table.c.pk]
    key.append(side.c.act == (table.c.act if kind == "assertion" else ""))
    return exists().where(*key, side.c.role.in_(ROLES[role]))


def _bounds(query: Query, order: tuple[ColumnElement[Any], ColumnElement[Any]], after: Cursor | None) -> Iterator[ColumnElement[bool]]:
    """The dates, and the place where the last page ended."""
    low, high = span(query.filters.since, query.filters.until)
    if low is not None:
        yield order[0] >= low
    if high is not None:
        yield order[0] < high
    if after is not None:
        here, there = tuple_(*order), tuple_(*(literal(part) for part in after))
        yield here < there if query.newest else here > there
