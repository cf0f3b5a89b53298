"""Opening a record: made when it is not there, brought to this schema when it is older, refused when it is something else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, Engine, event

from communique.errors import InputError, NoFolder, NotARecord, RecordReadOnly, RecordTooNew
from communique.store import sqlite

HEAD = "0008"
KNOWN = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008")


@dataclass
class Store:
    """An open record; ``reading`` and ``writing`` lend a connection, each one transaction."""

    target: str
    seconds: float
    made: Engine
    frozen: bool = False
    closed: bool = field(default=False)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A view of the record that stands still."""
        with sqlite.faults(self.target, self.seconds), self.made.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: everything in it is kept, or nothing."""
        if self.frozen:
            raise RecordReadOnly(self.target)
        with (
            sqlite.faults(self.target, self.seconds),
            self.made.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def checking(self) -> Iterator[tuple[Connection, bool]]:
        """A connection for checks, and whether it may write, as the full check of the search index does."""
        try:
            self.must_write()
        except RecordReadOnly:
            with self.reading() as connection:
                yield connection, False
            return
        with self.writing() as connection:
            yield connection, True

    def must_write(self) -> None:
        """Says at once that a record cannot be added to, before anything is read for it."""
        with self.writing():
            pass

    def close(self) -> None:
        """Lets go of the file."""
        self.closed = True
        self.made.dispose()


def open_store(target: str, *, seconds: float = 10.0) -> Store:
    """The record at ``target`` (a path, or ``:memory:``), ready to use."""
    if "://" in target:
        raise InputError(f"{target}: a record is an SQLite file for now; name a file, new or there already.")
    if target != ":memory:":
        _check_place(target)
        if os.path.exists(target) and not os.access(target, os.W_OK):
            return _frozen(target, seconds)
    store = Store(target, seconds, sqlite.engine(target, seconds=seconds))
    try:
        with sqlite.faults(target, seconds):
            _settle(store)
    except RecordReadOnly:
        store.close()
        return _frozen(target, seconds)
    except BaseException:
        store.close()
        raise
    return store


def reader(target: str, *, seconds: float = 10.0) -> Store:
    """A record that is open elsewhere, only to be read from here, once through: pages are not mapped into memory."""
    store = Store(target, seconds, sqlite.engine(target, seconds=seconds, mode="?mode=ro"), frozen=True)
    event.listen(store.made, "connect", lambda connection, _: connection.execute("PRAGMA mmap_size=0"))
    return store


def _check_place(target: str) -> None:
    path = Path(target)
    if path.is_dir() or (path.exists() and not path.is_file()):
        raise NotARecord(target)
    if not path.exists():
        if not path.absolute().parent.is_dir():
            raise NoFolder(target, path.absolute().parent)
        return
    try:
        with path.open("rb") as stream:
            head = stream.read(len(sqlite.HEADER))
    except OSError as fault:
        raise RecordReadOnly(target) from fault
    if head and head != sqlite.HEADER:
        raise NotARecord(target)


def _settle(store: Store) -> None:
    """Makes or migrates the schema, where that is needed."""
    with store.reading() as connection:
        state = _state(connection, store.target)
    if state == HEAD:
        return
    if state is None:
        sqlite.write_ahead(store.made)
    with store.writing() as connection:
        if _state(connection, store.target) != HEAD:  # another process may have been first
            from communique.store.migrations import upgrade  # alembic is slow to import, and rarely needed

            upgrade(connection)
            sqlite.claim(connection)


def _state(connection: Connection, target: str) -> str | None:
    """The schema of the record; ``None`` for an empty file."""
    if sqlite.is_empty(connection):
        return None
    if not sqlite.is_record(connection):
        raise NotARecord(target)
    found = str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar())
    if found not in KNOWN:
        raise RecordTooNew(target, found, HEAD)
    return found


def _frozen(target: str, seconds: float) -> Store:
    """A record that cannot be written can still be read, and reading leaves no side files behind."""
    if not os.path.exists(target):
        raise RecordReadOnly(target)
    store = Store(target, seconds, sqlite.engine(target, seconds=seconds, mode=sqlite.reading_mode(target)), frozen=True)
    with store.reading() as connection:
        if _state(connection, target) != HEAD:
            store.close()
            raise RecordReadOnly(target)
    return store
