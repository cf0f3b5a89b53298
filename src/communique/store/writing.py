"""The door into the record: one statement with everything read from it, in one transaction, or nothing of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, or_, select, update

from communique.records import Given, Item, Passage, Problem, Reading, Role, Statement, digest, item_id, kind_of
from communique.store import crossing, following, judging, rows, sources, sqlite
from communique.store.columns import ordinal
from communique.store.tables import (
    ITEMS,
    PARTIES,
    arrivals,
    documents,
    judgements,
    passages,
    problems,
    readings,
    statements,
    tallies,
    texts,
)


class Change(StrEnum):
    """What adding a statement did."""

    NEW = "new"
    UNCHANGED = "unchanged"
    SUPERSEDING = "superseding"
    REREAD = "reread"


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a statement came: the hash of all that was given, whether its id was given, and its own file if it has one."""

    given: str
    source: str
    own_id: bool = False
    own_file: bool = False


class Ungrounded(Exception):
    """A reading that does not hold against its own words; nothing of it is kept."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def arrival(given: Given) -> Arrival:
    """How a document came."""
    listed = given.source.rpartition(":")[2].isdigit()
    return Arrival(digest(*astuple(given), length=32), given.source, bool(given.id), given.source not in ("", "-") and not listed)


def seen(connection: Connection, given: Sequence[str], reader: str) -> set[str]:
    """Which of these came before, exactly so, and were read by this reader."""
    query = (
        select(arrivals.c.given)
        .join(readings, readings.c.statement == arrivals.c.statement)
        .where(arrivals.c.given.in_(given), readings.c.reader == reader, readings.c.replaced.is_(None))
    )
    return set(connection.execute(query).scalars())


def keep(connection: Connection, reading: Reading, came: Arrival, at: str, faults: Sequence[Problem] = ()) -> tuple[Change, str]:
    """Writes a reading, with the faults of the input it came from; what that changed, and the id it is kept under.

    Raises ``Ungrounded`` and keeps nothing when one quote is not what stands at its place.
    """
    guard(reading)
    id = _document(connection, reading.statement, came)
    held = _version(connection, id, reading.statement.sha256)
    change = Change.UNCHANGED
    if held is None or not _is_read_by(connection, held, reading.reader):
        sources.count(connection, id, -1)
        if held is None:
            change, held = _add_statement(connection, reading.statement, id, at)
        else:
            change = Change.REREAD
            _forget(connection, held, at)
        _read(connection, reading, held, id, at)
        sources.count(connection, id, 1)
    for fault in faults:
        sqlite.replace(connection, problems, rows.problem_row(fault, at, held))
    settled = update(problems).where(problems.c.statement.is_(None), problems.c.about == came.source, problems.c.cleared.is_(None))
    connection.execute(settled.values(cleared=at))
    sqlite.replace(connection, arrivals, {"given": came.given, "statement": held, "source": came.source, "at": at})
    return change, id


def keep_problems(connection: Connection, met: Iterable[Problem], at: str) -> None:
    """Keeps faults; the same fault met again stays one row, and is open again."""
    sqlite.replace_all(connection, problems, [rows.problem_row(problem, at) for problem in met])


# ------------------------------------------------------------------------------------------------ grounding


def guard(reading: Reading) -> None:
    """Refuses a reading of which one offset or one quote is off."""
    text = reading.statement.text
    about = reading.statement.id
    seen: set[str] = set()
    for item in (*reading.items, *reading.aside):
        name = f"{kind_of(item)} {item.start}-{item.end}"
        if not 0 <= item.start < item.end <= len(text) or text[item.start : item.end] != item.quote:
            said = f"{about}: the words of {name} are not the words of the statement there; the statement was not kept."
            raise Ungrounded(Problem("store", "quote-mismatch", said, about, item.start, item.end))
        id = item_id(reading.statement, item)
        if id in seen:
            said = f"{about}: {name} was proposed twice; the statement was not kept."
            raise Ungrounded(Problem("store", "twice", said, about, item.start, item.end))
        seen.add(id)
    for passage in reading.passages:
        if not 0 <= passage.start <= passage.end <= len(text):
            said = f"{about}: passage {passage.start}-{passage.end} lies outside the text; the statement was not kept."
            raise Ungrounded(Problem("store", "passage-outside", said, about, passage.start, passage.end))


# ------------------------------------------------------------------------------------------------ the statement


def _document(connection: Connection, statement: Statement, came: Arrival) -> str:
    """The id to keep a statement under: its own; or, when it was given none, that of what stood at its address or in its file."""
    if came.own_id:
        return statement.id
    current = select(documents.c.id).join(statements, statements.c.pk == documents.c.current)
    places = []
    if statement.url:
        places.append(statements.c.url == statement.url)
    if came.own_file:
        places.append(statements.c.source == came.source)
    for place in places:
        found = connection.execute(current.where(place).order_by(statements.c.pk)).scalars().first()
        if found is not None:
            return str(found)
    return statement.id


def _version(connection: Connection, id: str, sha256: str) -> int | None:
    """The version of a document that has this very text."""
    query = select(statements.c.pk).where(statements.c.id == id, statements.c.sha256 == sha256)
    found = connection.execute(query).scalar()
    return None if found is None else int(found)


def _add_statement(connection: Connection, statement: Statement, id: str, at: str) -> tuple[Change, int]:
    """A new document, or a new version that supersedes the current one; both stay."""
    pk = _free(connection)["statements"]
    before = connection.execute(select(documents.c.current).where(documents.c.id == id)).scalar()
    version = 1
    if before is not None:
        version += int(connection.execute(select(func.max(statements.c.version)).where(statements.c.id == id)).scalar_one())
    sha256 = statement.sha256
    sqlite.insert_new(connection, texts, [{"sha256": sha256, "length": len(statement.text), "text": statement.text}])
    row = rows.statement_row(statement) | {"pk": pk, "id": id, "version": version, "supersedes": before, "sha256": sha256}
    connection.execute(insert(statements).values(**row, ordinal=ordinal(statement.date, id), added=at))
    if before is None:
        connection.execute(insert(documents).values(id=id, current=pk))
    else:
        connection.execute(update(documents).where(documents.c.id == id).values(current=pk))
        _supersede(connection, int(before))
    _count(connection, Counter(statement_tally(statement)))
    return (Change.NEW if before is None else Change.SUPERSEDING), pk


def statement_tally(statement: Statement) -> Iterable[tuple[str, str, str]]:
    """The counts a current statement belongs to."""
    yield "statement", "", ""
    yield "statement", "publisher", statement.publisher
    yield "statement", "year", (statement.date or "")[:4]
    yield "statement", "kind", statement.kind


def _supersede(connection: Connection, pk: int) -> None:
    """Takes an older version out of the listings; what was read from it stays with it."""
    row = connection.execute(select(statements).where(statements.c.pk == pk)).mappings().one()
    _count(connection, Counter(dict.fromkeys(statement_tally(rows.statement_of(row, "", row["id"])), -1)))
    for kind, table in ITEMS.items():
        shown = connection.execute(select(table).where(table.c.statement == pk, table.c.standing == "asserted")).mappings().all()
        count_items(connection, (rows.item_of(kind, each) for each in shown), row, -1)
        connection.execute(update(table).where(table.c.statement == pk).values(standing="superseded"))


# ------------------------------------------------------------------------------------------------ the reading


def _is_read_by(connection: Connection, statement: int, reader: str) -> bool:
    query = select(readings.c.reader).where(readings.c.statement == statement, readings.c.replaced.is_(None))
    return connection.execute(query).scalar() == reader


def _read(connection: Connection, reading: Reading, statement: int, id: str, at: str) -> None:
    """Adds passages, items and problems of a reading."""
    keys = _free(connection)
    pk = keys["readings"]
    counts = {"items": len(reading.items), "aside": len(reading.aside)}
    connection.execute(insert(readings).values(pk=pk, statement=statement, reader=reading.reader, at=at, replaced=None, **counts))
    _add_passages(connection, reading.statement.text, reading.passages, statement, keys["passages"])
    held = connection.execute(select(statements).where(statements.c.pk == statement)).mappings().one()
    current = connection.execute(select(documents.c.current).where(documents.c.id == id)).scalar() == statement
    _add_items(connection, reading, dict(held), keys, current)
    for problem in reading.problems:
        sqlite.replace(connection, problems, rows.problem_row(problem, at, statement))


def _add_passages(connection: Connection, text: str, found: Sequence[Passage], statement: int, first: int) -> None:
    own_words = sqlite.needs_words(text)
    new = []
    for pk, passage in enumerate(found, first):
        row = rows.passage_row(passage) | {"pk": pk, "statement": statement, "words": None}
        if own_words and passage.role is not Role.FURNITURE:
            row["words"] = sqlite.searchable(text[passage.start : passage.end])
        new.append(row)
    _insert(connection, passages, new)
    sqlite.index_words(connection, _words(text, enumerate(found, first)))


def _words(text: str, found: Iterable[tuple[int, Passage]]) -> Iterable[tuple[int, str]]:
    return ((pk, text[each.start : each.end]) for pk, each in found if each.role is not Role.FURNITURE)


def _add_items(connection: Connection, reading: Reading, statement: dict[str, Any], keys: dict[str, int], current: bool) -> None:
    """The items, judged as people judged them before, each under those it names."""
    found = [(item, False) for item in reading.items] + [(item, True) for item in reading.aside]
    found.sort(key=lambda each: (each[0].start, each[0].end))
    ids = [item_id(reading.statement, item) for item, _ in found]
    said = judging.about(connection, ids) if keys["judgements"] > 1 else {}
    new: dict[str, list[dict[str, Any]]] = {kind: [] for kind in ITEMS}
    parties: dict[str, list[dict[str, Any]]] = {kind: [] for kind in ITEMS}
    shown = []
    for id, (read, below) in zip(ids, found, strict=True):
        kind = kind_of(read)
        item, as_read, decision = judging.judged(kind, read, said.get(id, ()))
        standing = judging.standing_after(decision, below) if current else "superseded"
        pk = keys[kind + "s"] + len(new[kind])
        own = {"pk": pk, "id": id, "statement": statement["pk"], "reading": keys["readings"], "ordinal": statement["ordinal"]}
        row = rows.item_row(item) | own | {"standing": standing, "aside": below, "as_read": as_read}
        if kind == "assertion":
            row["passage"] = _around(item, reading.passages, keys["passages"])
        new[kind].append(row)
        parties[kind] += party_rows(item, pk, statement)
        if standing == "asserted":
            shown.append(item)
    for kind, table in ITEMS.items():
        _insert(connection, table, new[kind])
        _insert(connection, PARTIES[kind], parties[kind])
    count_items(connection, shown, statement, 1)


def _around(item: Item, found: Sequence[Passage], first: int) -> int | None:
    """The key of the passage an item stands in, the passages keyed in their order; of several, that which begins last."""
    inside = [(each.start, pk) for pk, each in enumerate(found, first) if each.start <= item.start and item.end <= each.end]
    return max(inside)[1] if inside else None


def party_rows(item: Item, pk: int, statement: Any) -> list[dict[str, Any]]:
    """The rows by which an item is found under those it names."""
    act = rows.act_of(item)
    named = rows.parties_of(item, statement["issuers"])
    return [{"code": code, "act": act, "role": role, "ordinal": statement["ordinal"], "item": pk} for code, role in named]


def _forget(connection: Connection, statement: int, at: str) -> None:
    """Takes the reading of a statement out, before a newer one takes its place in the same transaction."""
    held = connection.execute(select(statements).where(statements.c.pk == statement)).mappings().one()
    text = connection.execute(select(texts.c.text).where(texts.c.sha256 == held["sha256"])).scalar_one()
    old = connection.execute(select(passages).where(passages.c.statement == statement)).mappings().all()
    sqlite.forget_words(connection, _words(text, ((row["pk"], rows.passage_of(row)) for row in old)))
    connection.execute(delete(passages).where(passages.c.statement == statement))
    following.forget(connection, statement)
    for kind, table in ITEMS.items():
        found = connection.execute(select(table).where(table.c.statement == statement)).mappings().all()
        count_items(connection, (rows.item_of(kind, each) for each in found if each["standing"] == "asserted"), held, -1)
        inside = select(table.c.pk).where(table.c.statement == statement)
        connection.execute(delete(PARTIES[kind]).where(PARTIES[kind].c.item.in_(inside)))
        connection.execute(delete(table).where(table.c.statement == statement))
    connection.execute(delete(problems).where(problems.c.statement == statement))
    connection.execute(update(readings).where(readings.c.statement == statement, readings.c.replaced.is_(None)).values(replaced=at))


def settle(connection: Connection, paths: Sequence[str], began: str, at: str) -> None:
    """Closes the faults of inputs below these paths that a whole run over them did not meet again."""
    stale = problems.c.statement.is_(None) & problems.c.cleared.is_(None) & (problems.c.at < began)
    for path in paths:
        below = [func.substr(problems.c.about, 1, len(path) + 1) == path + mark for mark in ("/", ":")]
        connection.execute(update(problems).where(stale, or_(problems.c.about == path, *below)).values(cleared=at))


# ------------------------------------------------------------------------------------------------ counts and keys


def count_items(connection: Connection, items: Iterable[Item], statement: Any, by: int) -> None:
    """Counts items in, or out."""
    year, issuers = (statement["date"] or "")[:4], statement["issuers"]
    some = list(items)
    counted = Counter(key for item in some for key in rows.tally_of(item, issuers, statement["publisher"], year))
    _count(connection, Counter({key: n * by for key, n in counted.items()}))
    crossing.add(connection, Counter(key for item in some for key in rows.crossings_of(item, issuers, year)), by)


def _count(connection: Connection, counted: Counter[tuple[str, str, str]]) -> None:
    sqlite.add_up(connection, tallies, [{"kind": k, "field": f, "value": v, "n": n} for (k, f, v), n in sorted(counted.items())])


def _free(connection: Connection) -> dict[str, int]:
    """The next free key of each table; the transaction holds the only write lock."""
    return {name: int(top or 0) + 1 for name, top in connection.execute(_TOPS).mappings().one().items()}


_KEYED = (statements, readings, passages, judgements, *ITEMS.values())
_TOPS = select(*(select(func.max(table.c.pk)).scalar_subquery().label(table.name) for table in _KEYED))


def _insert(connection: Connection, table: Table, new: list[dict[str, Any]]) -> None:
    if new:
        connection.execute(insert(table), new)
