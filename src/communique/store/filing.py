"""What following needs to follow again only what a change can touch: the rows of statements, what changed, how far followings came.

The tables are in ``tables.py`` under "following again"; here are the arrays in their blobs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, delete, func, insert, select

from communique.store import bars as least
from communique.store import sqlite
from communique.store.tables import (
    compared,
    documents,
    filed,
    followings,
    keyed,
    laid,
    links,
    reached,
    refiled,
    spare,
    statements,
    threads,
    unfiled,
)

Rows = npt.NDArray[np.void]
ROW = np.dtype([("start", "<u4"), ("end", "<u4"), ("mass", "<f4"), ("assertion", "<u4"), ("keys", "<u2"), ("promise", "<u2")])
PAIR = np.dtype([("statement", "<u4"), ("place", "<u4"), ("share", "<f4")])
NO_KEYS = np.zeros(0, np.uint32)
SOME = 400
FAR = 2000  # changes; a following further behind is followed anew when it is asked for


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


@contextmanager
def through(connection: Connection) -> Iterator[None]:
    """While much of a record is gone through once, its pages are not mapped into memory, where they would stay."""
    size = connection.exec_driver_sql("PRAGMA mmap_size").scalar()
    connection.exec_driver_sql("PRAGMA mmap_size=0")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA mmap_size={int(size or 0)}")


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
    sql = "SELECT max(coalesce((SELECT max(pk) FROM refiled), 0), coalesce((SELECT max(upto) FROM reached), 0))"
    return int(_raw(connection).execute(sql).fetchone()[0])


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
    for table in (compared, links, threads, reached, followings, refiled, laid, spare, keyed, filed):
        connection.execute(delete(table))


def upto(connection: Connection, as_of: str) -> int | None:
    """How far a following came."""
    found = connection.execute(select(reached.c.upto).where(reached.c.as_of == as_of)).scalar()
    return None if found is None else int(found)


def bars(connection: Connection, as_of: str) -> tuple[int, Rows] | None:
    """How far a following came, and its bars by assertion."""
    row = _raw(connection).execute("SELECT upto, bars FROM reached WHERE as_of = ?", (as_of,)).fetchone()
    return None if row is None else (int(row[0]), least.read(row[1]))


def keep_bars(connection: Connection, as_of: str, upto: int, found: Rows) -> None:
    """Notes how far a following came, with its bars by assertion."""
    sqlite.replace(connection, reached, {"as_of": as_of, "upto": upto, "bars": least.made(found)})


def change_bars(connection: Connection, as_of: str, upto: int, changed: Rows) -> None:
    """Notes how much further a following came, and the bars that are others now."""
    raw = _raw(connection)
    (kept,) = raw.execute("SELECT bars FROM reached WHERE as_of = ?", (as_of,)).fetchone()
    raw.execute("UPDATE reached SET upto = ?, bars = ? WHERE as_of = ?", (upto, least.added(kept, changed), as_of))


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
    sql = "SELECT pk, id, ordinal FROM statements WHERE pk IN (SELECT value FROM json_each(?))"
    yield from _raw(connection).execute(sql, (json.dumps(sorted(pks)),))


# ------------------------------------------------------------------------------------------------ promises laid out


@dataclass(frozen=True)
class Laid:
    """A promise as it is compared: the statement it stands in, the place of its row there, and what ``stages/follow/packing.py`` packs."""

    statement: int
    place: int
    row: bytes


def laid_of(connection: Connection, assertions: Iterable[int]) -> dict[int, Laid]:
    """Promises by assertion."""
    sql = "SELECT assertion, statement, place, row FROM laid WHERE assertion IN (SELECT value FROM json_each(?))"
    wanted = json.dumps(sorted(assertions))
    return {pk: Laid(statement, place, row) for pk, statement, place, row in _raw(connection).execute(sql, (wanted,))}


def lay(connection: Connection, made: Iterable[tuple[int, int, int, bytes]]) -> None:
    """Keeps promises laid out: assertion, statement, place and row of each."""
    _raw(connection).executemany("INSERT OR REPLACE INTO laid(assertion, statement, place, row) VALUES (?, ?, ?, ?)", made)


def unlay(connection: Connection, statement: int) -> None:
    """Drops the promises of a statement."""
    connection.execute(delete(laid).where(laid.c.statement == statement))


def _raw(connection: Connection) -> Any:
    return connection.connection.driver_connection
