"""What following needs to follow again only what a change can touch, kept in the record's file.

unfiled   statements that changed since they were filed (triggers write it: a new text, a new reading, a judgement on an item)
filed     of each statement its rows: place, weight and keys of every assertion and loose sentence
keyed     of each promise its keys with their weights, in the order of the record
refiled   what a statement was before it was filed again, for followings of other dates to catch up on
reached   how far a following came, and the least share at which each of its promises takes a candidate
compared  of each thread the rows its promise was compared with, and the row of each link
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Column, Connection, ForeignKey, Index, Integer, LargeBinary, String, Table, delete, func, insert, select
from sqlalchemy.types import BigInteger

from communique.store import sqlite
from communique.store.tables import ITEMS, documents, followings, links, metadata, statements, threads

Rows = npt.NDArray[np.void]
ROW = np.dtype([("start", "<u4"), ("end", "<u4"), ("mass", "<f4"), ("assertion", "<u4"), ("keys", "<u2"), ("promise", "<u2")])
PAIR = np.dtype([("statement", "<u4"), ("place", "<u4"), ("share", "<f4")])
BAR = np.dtype([("assertion", "<u4"), ("least", "<f4")])
NO_KEYS = np.zeros(0, np.uint32)
SOME = 400
FAR = 2000  # changes; a following further behind is followed anew when it is asked for

filed = Table(
    "filed",
    metadata,
    Column("statement", Integer, ForeignKey("statements.pk"), primary_key=True),
    Column("day", Integer, nullable=False, index=True),
    Column("rows", LargeBinary, nullable=False),
    Column("hashes", LargeBinary, nullable=False),
)
unfiled = Table(
    "unfiled",
    metadata,
    Column("statement", Integer, ForeignKey("statements.pk"), primary_key=True),
    Column("turn", Integer, nullable=False),
)
refiled = Table(
    "refiled",
    metadata,
    Column("pk", Integer, primary_key=True),
    Column("statement", Integer, ForeignKey("statements.pk"), nullable=False),
    Column("rows", LargeBinary, nullable=False),
    Column("hashes", LargeBinary, nullable=False),
    Column("moved", LargeBinary, nullable=False),  # assertions of other promises of which a key went out of use or came back
)
keyed = Table(
    "keyed",
    metadata,
    Column("key", BigInteger, primary_key=True),
    Column("ordinal", BigInteger, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("assertion", Integer, primary_key=True),
    Column("worth", Integer, nullable=False),
    sqlite_with_rowid=False,
)
reached = Table(
    "reached",
    metadata,
    Column("as_of", String, ForeignKey("followings.as_of", ondelete="CASCADE"), primary_key=True),
    Column("upto", Integer, nullable=False),
    Column("bars", LargeBinary, nullable=False),
)
compared = Table(
    "compared",
    metadata,
    Column("thread", Integer, ForeignKey("threads.pk", ondelete="CASCADE"), primary_key=True),
    Column("rows", LargeBinary, nullable=False),
    Column("linked", LargeBinary, nullable=False),
)
Index(None, links.c.item)


@dataclass(frozen=True)
class Filed:
    """The rows of a statement with the keys of all of them end to end, in order."""

    rows: Rows
    keys: npt.NDArray[np.uint32]

    def of(self, place: int) -> npt.NDArray[np.uint32]:
        """The keys of one row."""
        ends = np.cumsum(self.rows["keys"], dtype=np.int64)
        return self.keys[ends[place] - int(self.rows["keys"][place]) : ends[place]]


NOTHING = Filed(np.zeros(0, ROW), NO_KEYS)


def waiting(connection: Connection) -> dict[int, int]:
    """The statements to file, and how often each was changed."""
    query = select(unfiled.c.statement, unfiled.c.turn).order_by(unfiled.c.statement)
    return {int(pk): int(turn) for pk, turn in connection.execute(query)}


def how_many(connection: Connection) -> int:
    """How many statements are filed."""
    return int(connection.execute(select(func.count()).select_from(filed)).scalar_one())


def settled(connection: Connection, done: dict[int, int]) -> None:
    """Takes statements off the list that were not changed again meanwhile."""
    if done:
        connection.exec_driver_sql("DELETE FROM unfiled WHERE statement = ? AND turn = ?", list(done.items()))


def filing_of(connection: Connection, pks: Iterable[int]) -> dict[int, Filed]:
    """What is filed of statements."""
    found = {}
    wanted = list(pks)
    for start in range(0, len(wanted), SOME):
        query = select(filed.c.statement, filed.c.rows, filed.c.hashes).where(filed.c.statement.in_(wanted[start : start + SOME]))
        for pk, rows, keys in connection.execute(query):
            found[int(pk)] = _filed(rows, keys)
    return found


def _filed(rows: bytes, keys: bytes) -> Filed:
    return Filed(np.frombuffer(rows, ROW), np.frombuffer(keys, np.uint32))


def file(connection: Connection, made: Iterable[tuple[int, int, Filed]]) -> None:
    """Files statements: key, day and rows of each."""
    rows = [(pk, day, each.rows.tobytes(), each.keys.tobytes()) for pk, day, each in made]
    if rows:
        connection.exec_driver_sql("INSERT OR REPLACE INTO filed(statement, day, rows, hashes) VALUES (?, ?, ?, ?)", rows)


def unfile(connection: Connection, pk: int) -> None:
    """Takes a statement out."""
    connection.execute(delete(filed).where(filed.c.statement == pk))


def key_all(connection: Connection, made: Sequence[tuple[int, int, int, int, int]]) -> None:
    """Files promises: key, ordinal, place, assertion and worth of each."""
    if made:
        connection.exec_driver_sql("INSERT INTO keyed(key, ordinal, place, assertion, worth) VALUES (?, ?, ?, ?, ?)", list(made))


def unkey(connection: Connection, gone: Sequence[tuple[int, int, int, int]]) -> None:
    """Takes promises out."""
    if gone:
        sql = "DELETE FROM keyed WHERE key = ? AND ordinal = ? AND place = ? AND assertion = ?"
        connection.exec_driver_sql(sql, list(gone))


def last_in_use(connection: Connection, keys: Iterable[int], familiar: int) -> dict[int, tuple[int, int, int]]:
    """For each key that so many promises said the place in the record of the last of them."""
    raw = _raw(connection)
    sql = "SELECT ordinal, place, assertion FROM keyed WHERE key = ? ORDER BY ordinal, place, assertion LIMIT 1 OFFSET ?"
    found = {}
    for key in keys:
        row = raw.execute(sql, (key, familiar - 1)).fetchone()
        if row is not None:
            found[key] = (int(row[0]), int(row[1]), int(row[2]))
    return found


def between(connection: Connection, key: int, low: tuple[int, int, int] | None, high: tuple[int, int, int] | None) -> set[int]:
    """The promises under a key after one place and up to another."""
    sql = "SELECT assertion FROM keyed WHERE key = ?"
    given: list[int] = [key]
    if low is not None:
        sql, given = sql + " AND (ordinal, place, assertion) > (?, ?, ?)", [*given, *low]
    if high is not None:
        sql, given = sql + " AND (ordinal, place, assertion) <= (?, ?, ?)", [*given, *high]
    return {int(row[0]) for row in _raw(connection).execute(sql, given)}


def promises_under(connection: Connection, keys: Iterable[int], familiar: int) -> npt.NDArray[np.int64]:
    """The first so many promises under each key: columns key, ordinal, place, assertion, worth."""
    raw = _raw(connection)
    sql = "SELECT key, ordinal, place, assertion, worth FROM keyed WHERE key = ? ORDER BY ordinal, place, assertion LIMIT ?"
    found: list[tuple[int, ...]] = []
    for key in keys:
        found += raw.execute(sql, (key, familiar)).fetchall()
    return np.array(found, np.int64).reshape(len(found), 5)


def keys_in_use(connection: Connection, at: tuple[int, int, int], keys: Iterable[int], familiar: int) -> dict[int, int]:
    """Of a promise's keys those that it is found by, with their weights."""
    raw = _raw(connection)
    mine = "SELECT worth FROM keyed WHERE key = ? AND ordinal = ? AND place = ? AND assertion = ?"
    before = "SELECT count(*) FROM (SELECT 1 FROM keyed WHERE key = ? AND (ordinal, place, assertion) < (?, ?, ?) LIMIT ?)"
    found = {}
    for key in keys:
        row = raw.execute(mine, (key, *at)).fetchone()
        if row is not None and raw.execute(before, (key, *at, familiar)).fetchone()[0] < familiar:
            found[key] = int(row[0])
    return found


def from_day(connection: Connection, first: int, last: int) -> Iterator[tuple[int, bytes, bytes]]:
    """Every filed statement from a day on, in the order that following takes them."""
    sql = (
        "SELECT filed.statement, filed.rows, filed.hashes FROM filed JOIN statements ON statements.pk = filed.statement "
        "WHERE filed.day >= ? AND filed.day <= ? ORDER BY filed.day, statements.id"
    )
    yield from _raw(connection).execute(sql, (first, last))


def log(connection: Connection, statement: int, was: Filed, moved: set[int]) -> None:
    """Notes what a statement was, where there are followings to catch up."""
    if connection.execute(select(reached.c.as_of).limit(1)).first() is None:
        return
    values = {"pk": top(connection) + 1, "statement": statement, "rows": was.rows.tobytes(), "hashes": was.keys.tobytes()}
    connection.execute(insert(refiled).values(**values, moved=np.array(sorted(moved), "<u4").tobytes()))


def since(connection: Connection, upto: int) -> tuple[dict[int, Filed], set[int]]:
    """What changed after a point of the log: each statement as it was then, and promises of which a key changed its use."""
    was: dict[int, Filed] = {}
    moved: set[int] = set()
    for row in connection.execute(select(refiled).where(refiled.c.pk > upto).order_by(refiled.c.pk)):
        was.setdefault(int(row.statement), _filed(row.rows, row.hashes))
        moved.update(np.frombuffer(row.moved, "<u4").tolist())
    return was, moved


def top(connection: Connection) -> int:
    """The end of the log."""
    ends = connection.execute(select(func.max(refiled.c.pk))).scalar(), connection.execute(select(func.max(reached.c.upto))).scalar()
    return max(int(end or 0) for end in ends)


def prune(connection: Connection) -> None:
    """Drops what every following has caught up on, and followings that fell far behind."""
    old = select(reached.c.as_of).where(reached.c.upto < top(connection) - FAR)
    for as_of in connection.execute(old).scalars().all():
        drop(connection, as_of)
    least = connection.execute(select(func.min(reached.c.upto))).scalar()
    connection.execute(delete(refiled) if least is None else delete(refiled).where(refiled.c.pk <= least))


def drop(connection: Connection, as_of: str) -> None:
    """Forgets a following."""
    connection.execute(delete(links).where(links.c.thread.in_(select(threads.c.pk).where(threads.c.as_of == as_of))))
    connection.execute(delete(threads).where(threads.c.as_of == as_of))
    connection.execute(delete(followings).where(followings.c.as_of == as_of))


def reset(connection: Connection) -> None:
    """Forgets everything followed and filed."""
    for table in (compared, links, threads, reached, followings, refiled, keyed, filed):
        connection.execute(delete(table))


def bars(connection: Connection, as_of: str) -> tuple[int, Rows] | None:
    """How far a following came, and its bars by assertion."""
    row = connection.execute(select(reached.c.upto, reached.c.bars).where(reached.c.as_of == as_of)).first()
    return None if row is None else (int(row.upto), np.frombuffer(row.bars, BAR))


def upto(connection: Connection, as_of: str) -> int | None:
    """How far a following came; nothing where there is none."""
    found = connection.execute(select(reached.c.upto).where(reached.c.as_of == as_of)).scalar()
    return None if found is None else int(found)


def keep_bars(connection: Connection, as_of: str, upto: int, found: Rows) -> None:
    """Notes how far a following came."""
    sqlite.replace(connection, reached, {"as_of": as_of, "upto": upto, "bars": found.tobytes()})


def current(connection: Connection, pks: Iterable[int]) -> dict[int, tuple[str, int, int]]:
    """Of statements that are the current version of a document and dated: id, ordinal and day."""
    query = select(statements.c.pk, statements.c.id, statements.c.ordinal).join(documents, documents.c.current == statements.c.pk)
    wanted, found = list(pks), {}
    for start in range(0, len(wanted), SOME):
        some = query.where(statements.c.pk.in_(wanted[start : start + SOME]), statements.c.date.is_not(None))
        for pk, id, ordinal in connection.execute(some):
            found[int(pk)] = (str(id), int(ordinal), int(ordinal) >> 32)
    return {pk: each for pk, each in found.items() if each[2] > 0}


def orders_of(connection: Connection, pks: Iterable[int]) -> dict[int, tuple[int, str]]:
    """Day and id of statements: the order in which following takes them."""
    return {pk: (ordinal >> 32, id) for pk, id, ordinal in _of(connection, pks)}


def days_of(connection: Connection, pks: Iterable[int]) -> dict[int, int]:
    """The day of statements."""
    return {pk: ordinal >> 32 for pk, _, ordinal in _of(connection, pks)}


def ordinal_of(connection: Connection, pk: int) -> int:
    """Where a statement stands in the record."""
    return int(_raw(connection).execute("SELECT ordinal FROM statements WHERE pk = ?", (pk,)).fetchone()[0])


def _of(connection: Connection, pks: Iterable[int]) -> Iterator[tuple[int, str, int]]:
    wanted = sorted(pks)
    for start in range(0, len(wanted), SOME):
        query = select(statements.c.pk, statements.c.id, statements.c.ordinal)
        for pk, id, ordinal in connection.execute(query.where(statements.c.pk.in_(wanted[start : start + SOME]))):
            yield int(pk), str(id), int(ordinal)


def spots_of(connection: Connection, assertions: Iterable[int]) -> dict[int, tuple[int, int]]:
    """The statement of assertions, and the place of their row in what is filed of it."""
    wanted, owners = sorted(assertions), {}
    table = ITEMS["assertion"]
    for start in range(0, len(wanted), SOME):
        query = select(table.c.pk, table.c.statement).where(table.c.pk.in_(wanted[start : start + SOME]))
        owners.update({int(pk): int(statement) for pk, statement in connection.execute(query)})
    held = filing_of(connection, set(owners.values()))
    places = {pk: dict(zip(each.rows["assertion"].tolist(), range(len(each.rows)), strict=True)) for pk, each in held.items()}
    return {assertion: (owner, places[owner][assertion]) for assertion, owner in owners.items() if assertion in places.get(owner, {})}


def _raw(connection: Connection) -> Any:
    return connection.connection.driver_connection
