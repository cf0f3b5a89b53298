"""What SQLite does its own way: opening, transactions, full text, triggers, upserts, and the names of its faults.

A second database gets a file like this one; nothing else in the store speaks a dialect.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote as percent

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Connection,
    Engine,
    Float,
    Integer,
    Select,
    Table,
    column,
    create_engine,
    event,
    func,
    select,
    text,
)
from sqlalchemy.dialects.sqlite import Insert, insert
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import QueuePool, StaticPool

from communique.errors import CommuniqueError, NotARecord, RecordDamaged, RecordFull, RecordLocked, RecordReadOnly

T = TypeVar("T")
_HELD, MOST_HELD = "communique held", 500  # answers kept with a connection
APPLICATION = 0x434D5145  # "CMQE" in the header of the file: this is a record
NO_ROOM = ("SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_TRUNCATE", "SQLITE_IOERR_FSYNC")
HEADER = b"SQLite format 3\0"
FROZEN = {"texts": "what was said", "statements": "what was said", "judgements": "what a person decided"}

FULL_TEXT = (
    """CREATE VIEW passage_words AS
    SELECT passages.pk AS pk, statements.id AS statement, statements.date AS date, passages.role AS role, passages.start AS start,
           passages."end" AS "end",
           coalesce(passages.words, substr(texts.text, passages.start + 1, passages."end" - passages.start)) AS words
    FROM passages JOIN statements ON statements.pk = passages.statement JOIN texts ON texts.sha256 = statements.sha256
    WHERE passages.role <> 'furniture'""",
    """CREATE VIRTUAL TABLE passages_fts USING fts5(
    words, content='passage_words', content_rowid='pk', tokenize='unicode61 remove_diacritics 2')""",
)


def engine(target: str, *, seconds: float, mode: str = "") -> Engine:
    """Connections to the record; ``mode`` is SQLite's, for records that are only read."""
    if target == ":memory:":
        made = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    else:
        address = f"file:{percent(str(Path(target).absolute()))}{mode}"
        made = create_engine(
            "sqlite://",
            creator=lambda: sqlite3.connect(address, uri=True, timeout=seconds, check_same_thread=False),
            poolclass=QueuePool,  # for any number of threads; what SQLAlchemy takes for an address without a name is not
            pool_size=16,
            pool_use_lifo=True,  # the connection used last has the pages that the next question needs
            max_overflow=48,
        )
    event.listen(made, "connect", _prepare)
    event.listen(made, "begin", _begin)
    return made


def reading_mode(target: str) -> str:
    """How to read a file that may not be written: with what its last writer left beside it, or else as one that nobody changes."""
    left = Path(f"{target}-wal")
    return "?mode=ro" if left.exists() and left.stat().st_size else "?mode=ro&immutable=1"


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # transactions are begun by us, below
    for pragma in ("foreign_keys=ON", "synchronous=NORMAL", "cache_size=-16384", "temp_store=MEMORY", "mmap_size=2147418112"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def is_record(connection: Connection) -> bool:
    """Whether the open file says it is a record."""
    return bool(connection.exec_driver_sql("PRAGMA application_id").scalar() == APPLICATION)


def state(connection: Connection) -> tuple[int, int]:
    """What is other as soon as anything is written, by this connection or another: for what is kept with a connection."""
    driver = connection.connection.driver_connection
    assert driver is not None
    return int(driver.execute("PRAGMA data_version").fetchone()[0]), int(driver.total_changes)


def held(connection: Connection, question: Hashable, ask: Callable[[], T], *, last_of: str = "") -> T:
    """An answer, kept with the connection until anything is written: what a page asks many times, and page after page.

    Of long answers only the last of a name is kept.
    """
    if connection.get_execution_options().get("writes"):
        return ask()  # what is written may be taken back
    now, kept = state(connection), connection.info.setdefault(_HELD, {})
    if kept.get(_HELD) != now or len(kept) > MOST_HELD:
        kept.clear()
        kept[_HELD] = now
    place = last_of or question
    if place not in kept or kept[place][0] != question:
        kept[place] = question, ask()
    answer: T = kept[place][1]
    return answer


def is_empty(connection: Connection) -> bool:
    """Whether the open file holds nothing at all."""
    return connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar() == 0


def claim(connection: Connection) -> None:
    """Marks the file as a record."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")


def write_ahead(made: Engine) -> None:
    """Readers and one writer side by side, and nothing half written after a crash."""
    with made.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA journal_mode=WAL")  # type: ignore[union-attr]


def guards() -> Iterator[str]:
    """Triggers: texts, statements and judgements are only ever added."""
    for table, what in FROZEN.items():
        for deed in ("UPDATE", "DELETE"):
            said = f"{table} are never changed: a record of {what} is only added to"
            yield f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table}\n    BEGIN SELECT RAISE(ABORT, '{said}'); END"


# ------------------------------------------------------------------------------------------------ writing


def insert_new(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> int:
    """Adds the rows whose key is not there yet."""
    return connection.execute(insert(table).on_conflict_do_nothing(), rows).rowcount if rows else 0


def replace(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Adds the row, or takes its values over where the key is there."""
    replace_all(connection, table, [row])


def replace_all(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Adds the rows, or takes their values over where the keys are there."""
    if not rows:
        return
    keys = [column.name for column in table.primary_key]
    adding = insert(table)
    values = {name: adding.excluded[name] for name in rows[0] if name not in keys}
    connection.execute(adding.on_conflict_do_update(index_elements=keys, set_=values), rows)


def add_up(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Adds each row's numbers to the counts under its key."""
    if not rows:
        return
    keys = [column.name for column in table.primary_key]
    adding = insert(table)
    sums = {column.name: column + adding.excluded[column.name] for column in table.c if column.name not in keys}
    connection.execute(adding.on_conflict_do_update(index_elements=keys, set_=sums), rows)


def adding_up(table: Table, found: Select[Any] | CompoundSelect[Any]) -> Insert:
    """Adds up as ``add_up`` does what a question finds, each key once; it ends in a grouping, or SQLite takes ON CONFLICT for a join's."""
    names = [column.name for column in table.c]
    adding = insert(table).from_select(names, found)
    keys = [column.name for column in table.primary_key]
    sums = {column.name: column + adding.excluded[column.name] for column in table.c if column.name not in keys}
    return adding.on_conflict_do_update(index_elements=keys, set_=sums)


def index_words(connection: Connection, words: Iterable[tuple[int, str]]) -> None:
    """Makes passages findable."""
    rows = [(pk, _searchable(said)) for pk, said in words]
    if rows:
        connection.exec_driver_sql("INSERT INTO passages_fts(rowid, words) VALUES (?, ?)", rows)


def forget_words(connection: Connection, words: Iterable[tuple[int, str]]) -> None:
    """Takes passages out of the search, given the very words they were entered with."""
    rows = [(pk, _searchable(said)) for pk, said in words]
    if rows:
        connection.exec_driver_sql("INSERT INTO passages_fts(passages_fts, rowid, words) VALUES ('delete', ?, ?)", rows)


def needs_words(whole: str) -> bool:
    """Whether SQL cannot cut passages out of a text: a NUL ends it, broken Unicode is bytes, and far into long ones is slow."""
    return len(whole) > 200_000 or "\0" in whole or not _valid(whole)


def _valid(said: str) -> bool:
    try:
        said.encode()
    except UnicodeEncodeError:
        return False
    return True


def searchable(said: str) -> str:
    """Words as the index takes them."""
    said = said.replace("\0", " ")
    return said if _valid(said) else said.encode("utf-8", "replace").decode()


_searchable = searchable


def words_are_sound(connection: Connection, writes: bool) -> str | None:
    """What is wrong with the search index against the passages, or nothing; without the right to write only the counts are compared."""
    if not writes:
        names = ("passages_fts_docsize", "passage_words")
        held, wanted = (connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar() for name in names)
        return None if held == wanted else f"{held} passages of {wanted}"
    try:
        connection.exec_driver_sql("INSERT INTO passages_fts(passages_fts, rank) VALUES ('integrity-check', 1)")
    except DatabaseError as fault:
        return str(fault.orig)
    return None


def file_is_sound(connection: Connection) -> list[str]:
    """What SQLite itself finds wrong with the file."""
    found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA quick_check(20)") if row[0] != "ok"]
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(20)
    return found + [f"row {row[1]} of {row[0]} points to nothing in {row[2]}" for row in broken]


# ------------------------------------------------------------------------------------------------ searching

RANKED = 2_000  # of words found in more passages than this, the passages entered last are ranked: scoring all would take seconds
_COLUMNS = (column("pk", Integer), column("score", Float))
_LATEST = "FROM passages_fts WHERE passages_fts MATCH :words ORDER BY rowid DESC LIMIT :most OFFSET :past"
SCORED = text(f"SELECT rowid AS pk, rank AS score {_LATEST}").columns(*_COLUMNS)
FOUND = text(f"SELECT rowid AS pk, 0.0 AS score {_LATEST}").columns(*_COLUMNS)
EVERY = text("SELECT rowid AS pk, 0.0 AS score FROM passages_fts WHERE passages_fts MATCH :words").columns(*_COLUMNS)
AMONG = text("SELECT rowid FROM passages_fts WHERE passages_fts MATCH :words AND rowid IN (SELECT value FROM json_each(:among))")
WITHIN = text(  # along the matches: the plus keeps SQLite from looking them up one by one
    "SELECT rowid AS pk, 0.0 AS score FROM passages_fts WHERE passages_fts MATCH :words AND +rowid IN (SELECT value FROM json_each(:among))"
).columns(*_COLUMNS)


def among(column_: ColumnElement[int], keys: str | BindParameter[str]) -> ColumnElement[bool]:
    """That a value is one of a JSON list."""
    return column_.in_(select(func.json_each(keys).table_valued("value").c.value))


LISTED = text("SELECT value AS pk, 0.0 AS score FROM json_each(:pks)").columns(*_COLUMNS)


def query(words: str) -> str:
    """What a person typed as a query: words all wanted, "phrases" kept, ``word*`` as a beginning, ``-word`` left out."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for place, part in enumerate(words.split('"')):
        for token in [part] if place % 2 else part.split():
            target = unwanted if not place % 2 and token.startswith("-") and len(token) > 1 else wanted
            bare = token.strip().lstrip("-") if target is unwanted else token.strip()
            star = "*" if not place % 2 and bare.endswith("*") else ""
            if any(letter.isalnum() for letter in bare):
                target.append('"' + bare.rstrip("*").replace('"', " ").replace("\0", " ") + '"' + star)
    if not wanted:
        return ""
    return "(" + " AND ".join(wanted) + ")" + "".join(f" NOT {each}" for each in unwanted)


# ------------------------------------------------------------------------------------------------ faults


@contextmanager
def faults(record: str, seconds: float) -> Iterator[None]:
    """SQLite's errors as ours, in one place."""
    try:
        yield
    except DatabaseError as fault:
        ours = named(fault.orig, record, seconds)
        if ours is None:
            raise
        raise ours from fault
    except sqlite3.Error as fault:
        ours = named(fault, record, seconds)
        if ours is None:
            raise
        raise ours from fault


def named(fault: BaseException | None, record: str, seconds: float) -> CommuniqueError | None:
    """The error of ours for one of SQLite's; ``None`` for those that are faults of the program."""
    name = getattr(fault, "sqlite_errorname", "") or ""
    said = str(fault)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return RecordLocked(record, seconds)
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return RecordReadOnly(record)
    if name.startswith("SQLITE_FULL") or name in NO_ROOM:
        return RecordFull(record)
    if name.startswith("SQLITE_NOTADB"):
        return NotARecord(record)
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_IOERR")):
        return RecordDamaged(record, said)
    return None
