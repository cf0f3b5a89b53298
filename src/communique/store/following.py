"""What was followed, kept by date: asked again for the same date of the same record, the answer is read, not worked out.

A following is kept under its date; that of everything said so far under ``NOW``, so that a new statement adds to it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import ColumnElement, Connection, Select, Table, and_, case, delete, func, insert, literal, or_, select, tuple_, update

from communique.records import Filters, Kept, Label, Link, Passage, Statement, Thread, Verdict
from communique.store import ending, filing, listing, promised, rows, sqlite
from communique.store.columns import DAY, span
from communique.store.filing import PAIR
from communique.store.listing import Cursor
from communique.store.tables import ITEMS, documents, filed, followings, links, parts, passages, statements, texts, threads
from communique.store.tables import compared as beside

SOME = 400
FOLLOWER = "f16"  # raised when the rules or weights of following change, so that what was kept is followed again
UNSURE = 0.3  # confidence from which an item set aside is followed: on marked chains 6 promises in 100 more, no link in 100 less sure
NONE = np.zeros(0, PAIR)
NOW = ""  # the key of the following of everything


@dataclass(frozen=True)
class Read:
    """A statement with what was read from it: key, day, passages, assertions and the key of each."""

    pk: int
    day: int
    ordinal: int
    statement: Statement
    passages: tuple[Passage, ...]
    kept: tuple[Kept, ...]
    keys: tuple[int, ...]


@dataclass(frozen=True)
class Tied:
    """A thread as it is kept: of which assertion, the rows compared, and by link the row it points to."""

    assertion: int
    ordinal: int
    thread: Thread
    compared: filing.Rows  # ``filing.PAIR``
    linked: filing.Rows


def latest(connection: Connection) -> str | None:
    """The date of the latest statement: "now", as far as the record knows."""
    return sqlite.held(connection, "latest", lambda: _latest(connection))[1]


def _latest(connection: Connection) -> tuple[int, str | None]:
    """The day of the latest statement, and its date."""
    current = select(statements.c.ordinal).join(documents, documents.c.current == statements.c.pk)
    last = int(connection.execute(current.order_by(statements.c.ordinal.desc()).limit(1)).scalar() or 0) // DAY
    query = current.with_only_columns(func.max(statements.c.date)).where(statements.c.ordinal >= last * DAY)
    found = connection.execute(query).scalar()
    return last, str(found).rpartition("/")[2] if found else None


def key_of(connection: Connection, as_of: str) -> str:
    """The key a date is followed under."""
    last, _ = sqlite.held(connection, "latest", lambda: _latest(connection))
    return NOW if last <= last_day(as_of) else as_of


def last_day(key: str) -> int:
    """The last day that a following looks at."""
    high = span(None, key)[1] if key else None
    return (1 << 30) if high is None else high // DAY - 1


def is_followed(connection: Connection, key: str) -> bool:
    """Whether the threads under a key are those of the record as it is."""
    return behind(connection, key) == 0


def is_of_old(connection: Connection) -> bool:
    """Whether what is filed was filed by other rules, or only in part."""
    if connection.execute(select(followings.c.as_of).where(followings.c.state == FOLLOWER).limit(1)).first() is not None:
        return False
    return connection.execute(select(filed.c.statement).limit(1)).first() is not None


def behind(connection: Connection, key: str) -> int | None:
    """How many statements changed since a following; nothing where there is none to go on from."""
    return sqlite.held(connection, ("behind", key), lambda: _behind(connection, key))


def _behind(connection: Connection, key: str) -> int | None:
    if connection.execute(select(followings.c.state).where(followings.c.as_of == key)).scalar() != FOLLOWER:
        return None
    upto = filing.upto(connection, key)
    return None if upto is None else len(filing.waiting(connection)) + filing.top(connection) - upto


def everything(connection: Connection, key: str) -> list[int]:
    """The keys of the current statements that a following looks at, by day and id."""
    query = select(statements.c.pk).join(documents, documents.c.current == statements.c.pk)
    query = query.where(statements.c.ordinal >= DAY, statements.c.ordinal < (last_day(key) + 1) * DAY, statements.c.date.is_not(None))
    return list(connection.execute(query.order_by(statements.c.ordinal // DAY, statements.c.id)).scalars())


def read(connection: Connection, pks: Sequence[int]) -> Iterator[Read]:
    """Some statements with what was read from them."""
    table = ITEMS["assertion"]
    held = select(statements, texts.c.text).join(texts, texts.c.sha256 == statements.c.sha256).where(statements.c.pk.in_(pks))
    said: dict[int, list[Passage]] = {pk: [] for pk in pks}
    for row in connection.execute(select(passages).where(passages.c.statement.in_(pks)).order_by(passages.c.pk)).mappings():
        said[row["statement"]].append(rows.passage_of(row))
    kept: dict[int, list[tuple[Kept, int]]] = {}
    keys = connection.execute(select(table.c.pk, table.c.statement).where(table.c.statement.in_(pks), _followed(table))).all()
    for start in range(0, len(keys), SOME):
        some = keys[start : start + SOME]
        for each, (key, owner) in zip(listing.fetch(connection, "assertion", [key for key, _ in some]), some, strict=True):
            kept.setdefault(owner, []).append((each, key))
    found = {row["pk"]: row for row in connection.execute(held).mappings()}
    for pk in pks:
        row, own = found[pk], kept.get(pk, [])
        statement = rows.statement_of(row, row["text"], row["id"])
        ordinal = int(row["ordinal"])
        yield Read(pk, ordinal // DAY, ordinal, statement, tuple(said[pk]), tuple(each for each, _ in own), tuple(key for _, key in own))


def _followed(table: Table) -> ColumnElement[bool]:
    """What following looks at: what is asserted, and what was set aside as unsure but is no mere guess."""
    standing = table.c.standing.concat("")  # no index on it: the walk is by statement
    return or_(standing == "asserted", and_(standing == "aside", table.c.confidence >= UNSURE))


# ------------------------------------------------------------------------------------------------ keeping


def begin(connection: Connection, key: str, at: str) -> None:
    """An empty following in the place of what was kept under a key before."""
    old = select(threads.c.pk).where(threads.c.as_of == key)
    connection.execute(delete(links).where(links.c.thread.in_(old)))
    connection.execute(delete(threads).where(threads.c.as_of == key))
    ending.forget(connection, key)
    sqlite.replace(connection, followings, {"as_of": key, "state": FOLLOWER, "at": at})


def touch(connection: Connection, key: str, at: str) -> None:
    """Notes when a following was last brought to the record as it is."""
    connection.execute(update(followings).where(followings.c.as_of == key).values(at=at))


def put(connection: Connection, key: str, found: Iterable[Tied]) -> None:
    """Adds threads to a following."""
    first = int(connection.execute(select(func.max(threads.c.pk))).scalar() or 0) + 1
    new, tied, held, held_by = [], [], [], []
    for pk, each in enumerate(found, first):
        thread = each.thread
        own = {"pk": pk, "as_of": key, "assertion": each.assertion, "id": thread.id, "ordinal": each.ordinal}
        new.append(own | {"verdict": thread.verdict.value, "rule": thread.rule, "read": thread.read})
        if thread.umbrella:
            held_by.append({"thread": pk, "umbrella": thread.umbrella})
        owners = each.linked["statement"].tolist()
        tied += [_link_row(link, pk, place, owner) for place, (link, owner) in enumerate(zip(thread.links, owners, strict=True), 1)]
        held.append({"thread": pk, "rows": each.compared.tobytes(), "linked": each.linked.tobytes()})
    for into, some in ((threads, new), (links, tied), (beside, held), (parts, held_by)):
        if some:
            connection.execute(insert(into), some)
    ending.count(connection, range(first, first + len(new)), by=1)


def _link_row(link: Link, thread: int, place: int, statement: int) -> dict[str, object]:
    names = ("start", "end", "quote", "confidence", "item", "grade", "rule")
    row = {name: getattr(link, name) for name in names}
    return row | {"thread": thread, "place": place, "statement": statement, "label": link.label.value}


def take_out(connection: Connection, key: str, assertions: Iterable[int]) -> None:
    """Drops the threads of assertions from a following."""
    wanted = sorted(assertions)
    for start in range(0, len(wanted), SOME):
        some = wanted[start : start + SOME]
        _drop(connection, select(threads.c.pk).where(threads.c.as_of == key, threads.c.assertion.in_(some)))


def forget(connection: Connection, statement: int) -> None:
    """Drops the threads of a statement whose reading is about to go; the rest is followed again when it is asked for."""
    table = ITEMS["assertion"]
    own = select(table.c.pk).where(table.c.statement == statement)
    _drop(connection, select(threads.c.pk).where(threads.c.assertion.in_(own)))


def _drop(connection: Connection, which: Select[int]) -> None:
    gone = connection.execute(which).scalars().all()
    for start in range(0, len(gone), SOME):
        some = gone[start : start + SOME]
        ending.count(connection, some, by=-1)
        connection.execute(delete(links).where(links.c.thread.in_(some)))
        connection.execute(delete(threads).where(threads.c.pk.in_(some)))


@dataclass(frozen=True)
class Held:
    """A thread as it is kept, its links with the row each points to."""

    pk: int
    assertion: int
    id: str
    compared: filing.Rows
    links: tuple[tuple[Link, int, int], ...]  # the link, the statement and the place in it


def held(connection: Connection, key: str, assertions: Iterable[int]) -> dict[int, Held]:
    """Threads of a following by assertion, as they are kept."""
    wanted, found = sorted(assertions), {}
    for start in range(0, len(wanted), SOME):
        query = select(threads.c.pk, threads.c.assertion, threads.c.id, beside.c.rows, beside.c.linked)
        query = query.join(beside, beside.c.thread == threads.c.pk)
        query = query.where(threads.c.as_of == key, threads.c.assertion.in_(wanted[start : start + SOME]))
        some = connection.execute(query).all()
        tied = _tied(connection, [row.pk for row in some])
        for row in some:
            at = np.frombuffer(row.linked, PAIR)
            ends = zip(tied[row.pk], at["statement"].tolist(), at["place"].tolist(), strict=True)
            found[row.assertion] = Held(row.pk, row.assertion, row.id, np.frombuffer(row.rows, PAIR), tuple(ends))
    return found


@dataclass(frozen=True)
class Compared:
    """Of a thread by its key how many statements were read, the rows its promise was compared with, and the row of each link."""

    thread: int
    read: int
    rows: filing.Rows  # ``filing.PAIR``
    linked: filing.Rows


def compared(connection: Connection, key: str, assertions: Iterable[int]) -> dict[int, Compared]:
    """What the promises of threads were compared with, by assertion."""
    sql = (
        "SELECT threads.assertion, threads.pk, threads.read, compared.rows, compared.linked FROM json_each(?) AS wanted "
        "CROSS JOIN threads ON threads.as_of = ? AND threads.assertion = wanted.value "
        "CROSS JOIN compared ON compared.thread = threads.pk"  # in this order
    )
    raw = connection.connection.driver_connection
    assert raw is not None
    found = raw.execute(sql, (json.dumps(sorted(assertions)), key))
    return {
        pk: Compared(thread, read, np.frombuffer(rows_, PAIR), np.frombuffer(linked, PAIR) if linked else NONE)
        for pk, thread, read, rows_, linked in found
    }


def keep_compared(connection: Connection, made: Sequence[tuple[Compared, filing.Rows, int]]) -> None:
    """Exchanges what threads were compared with: how it was, the rows now, and how many statements were read."""
    raw = connection.connection.driver_connection
    assert raw is not None
    raw.executemany("UPDATE compared SET rows = ? WHERE thread = ?", [(rows_.data, old.thread) for old, rows_, _ in made])
    least = ending.PASSED_OVER
    turned = [old.thread for old, _, read in made if (old.read >= least) != (read >= least)]  # passed over now, or no longer
    with ending.changing(connection, turned):
        raw.executemany("UPDATE threads SET read = ? WHERE pk = ?", [(read, old.thread) for old, _, read in made if read != old.read])


def assertions(connection: Connection, pks: Sequence[int]) -> list[Kept]:
    """The assertions of those keys, in this order."""
    found: list[Kept] = []
    for start in range(0, len(pks), SOME):
        found += listing.fetch(connection, "assertion", pks[start : start + SOME])
    return found


def of_items(connection: Connection, key: str, items: Iterable[str]) -> dict[str, int]:
    """The assertions of the threads that items start in a following."""
    wanted, found = sorted(set(items)), {}
    for start in range(0, len(wanted), SOME):
        query = select(threads.c.id, threads.c.assertion).where(threads.c.as_of == key, threads.c.id.in_(wanted[start : start + SOME]))
        found.update({str(id): int(pk) for id, pk in connection.execute(query)})
    return found


def repeated_in(connection: Connection, key: str, items: Iterable[str]) -> set[int]:
    """The assertions of the threads with a link to one of the items that calls it the promise made again."""
    sql = (
        "SELECT DISTINCT threads.assertion FROM json_each(?) AS wanted CROSS JOIN links ON links.item = wanted.value AND links.label = ? "
        "CROSS JOIN threads ON threads.pk = links.thread AND threads.as_of = ?"  # in this order: by the threads it goes through all
    )
    raw = connection.connection.driver_connection
    assert raw is not None
    return {pk for (pk,) in raw.execute(sql, (json.dumps(sorted(set(items))), Label.REPEATS.value, key))}


# ------------------------------------------------------------------------------------------------ reading


def page(
    connection: Connection,
    key: str,
    as_of: str,
    filters: Filters,
    verdicts: Sequence[str] = (),
    *,
    only: promised.Tests = (),
    size: int = 50,
    after: Cursor | None = None,
) -> tuple[list[Thread], Cursor | None]:
    """Threads of a date in the order of the record, by the filters of their promise, the machine's verdict and further tests."""
    query = promised.matching(connection, key, filters, verdicts, only)
    if after is not None:
        query = query.where(tuple_(threads.c.ordinal, threads.c.assertion) > tuple_(*(literal(part) for part in after)))
    found = connection.execute(query.order_by(threads.c.ordinal, threads.c.assertion).limit(size + 1)).all()
    shown = found[:size]
    following = (int(shown[-1].ordinal), int(shown[-1].assertion)) if len(found) > size else None
    return _threads(connection, [row.pk for row in shown], as_of), following


def umbrellas(connection: Connection, key: str, assertions: Iterable[int]) -> dict[str, str]:
    """For each of those promises that is a part the id of the promise it is a part of, by its own id."""
    wanted, found = sorted(assertions), {}
    for start in range(0, len(wanted), SOME):
        query = select(threads.c.id, parts.c.umbrella).join(parts, parts.c.thread == threads.c.pk)
        query = query.where(threads.c.as_of == key, threads.c.assertion.in_(wanted[start : start + SOME]))
        found.update({str(id): str(umbrella) for id, umbrella in connection.execute(query)})
    return found


def one(connection: Connection, key: str, id: str, as_of: str) -> Thread | None:
    """The thread of a commitment at a date."""
    pk = connection.execute(select(threads.c.pk).where(threads.c.id == id, threads.c.as_of == key)).scalars().first()
    return None if pk is None else _threads(connection, [pk], as_of)[0]


def _threads(connection: Connection, pks: Sequence[int], as_of: str) -> list[Thread]:
    table = ITEMS["assertion"]
    own = [table.c[name] for name in ("start", "end", "quote", "actors", "when", "specific")]
    query = select(threads, *own, _DOC.label("doc"), parts.c.umbrella).join(table, table.c.pk == threads.c.assertion)
    query = query.join(statements, statements.c.pk == table.c.statement).outerjoin(documents, documents.c.current == statements.c.pk)
    query = query.outerjoin(parts, parts.c.thread == threads.c.pk).where(threads.c.pk.in_(pks))
    found = {row["pk"]: row for row in connection.execute(query).mappings()}
    below = _parts(connection, {row["as_of"] for row in found.values()}, [row["id"] for row in found.values()])
    tied = _tied(connection, pks)
    return [_thread(found[pk], tuple(tied[pk]), tuple(below.get(found[pk]["id"], ())), as_of) for pk in pks]


_DOC = case((documents.c.id.is_not(None), statements.c.id), else_=statements.c.id.concat("@").concat(statements.c.version))


def _parts(connection: Connection, keys: Iterable[str], ids: Sequence[str]) -> dict[str, list[str]]:
    """The ids of the parts of promises, in order; a sum and a joined string keep SQLite from walking along every thread."""
    query = select(parts.c.umbrella, threads.c.id).join(threads, threads.c.pk == parts.c.thread)
    query = query.where(parts.c.umbrella.in_(ids), threads.c.as_of.concat("").in_(keys)).order_by(threads.c.assertion + 0)
    found: dict[str, list[str]] = {}
    for umbrella, part in connection.execute(query):
        found.setdefault(umbrella, []).append(part)
    return found


def _tied(connection: Connection, pks: Sequence[int]) -> dict[int, list[Link]]:
    """The links of threads, in order."""
    tied: dict[int, list[Link]] = {pk: [] for pk in pks}
    query = (
        select(links, _DOC.label("doc"))
        .join(statements, statements.c.pk == links.c.statement)
        .outerjoin(documents, documents.c.current == statements.c.pk)
        .where(links.c.thread.in_(pks))
    )
    for row in connection.execute(query.order_by(links.c.thread, links.c.place)).mappings():
        names = ("doc", "start", "end", "quote", "confidence", "item", "grade", "rule")
        tied[row["thread"]].append(Link(label=Label(row["label"]), **{name: row[name] for name in names}))
    return tied


def _thread(row: rows.Columns, tied: tuple[Link, ...], below: tuple[str, ...], as_of: str) -> Thread:
    names = ("id", "doc", "start", "end", "quote", "actors", "when", "specific", "rule", "read")
    own = {name: row[name] for name in names} | {"umbrella": row["umbrella"] or "", "parts": below}
    return Thread(verdict=Verdict(row["verdict"]), as_of=as_of, links=tied, **own)
