"""Which files are records, how old ones come up to date, and that other tools can read them."""

from __future__ import annotations

import sqlite3
from importlib import import_module
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations

import communique
from communique.errors import InputError, NoFolder, NotARecord, RecordTooNew
from communique.store import opening
from communique.store.tables import metadata
from tests.stubs import given as document
from tests.stubs import install


def test_a_new_record_has_the_schema_of_the_tables(tmp_path: Path) -> None:
    with communique.open(tmp_path / "record.db") as record, record._store.reading() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": lambda thing, name, kind, *_: "passages_fts" not in str(name)}
        )
        assert compare_metadata(context, metadata) == []


def test_the_head_is_the_last_migration() -> None:
    steps = sorted(path.name[:4] for path in (Path(opening.__file__).parent / "migrations" / "versions").glob("[0-9]*.py"))
    assert list(opening.KNOWN) == steps
    assert steps[-1] == opening.HEAD


@pytest.mark.parametrize("content", [b"Dear Sir,", b"\0" * 5000, b"SQLite format 2\0" + b"x" * 100])
def test_another_file_is_not_a_record_and_stays_as_it_was(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.db"
    path.write_bytes(content)
    with pytest.raises(NotARecord, match="not a Communique record"):
        communique.open(path)
    assert path.read_bytes() == content


def test_another_database_is_not_a_record_and_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE statements (id)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(NotARecord):
        communique.open(path)
    assert path.read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["other.db"]


def test_a_folder_is_not_a_record(tmp_path: Path) -> None:
    with pytest.raises(NotARecord):
        communique.open(tmp_path)


def test_a_record_in_no_folder(tmp_path: Path) -> None:
    with pytest.raises(NoFolder, match="make the folder, or name another with --record"):
        communique.open(tmp_path / "missing" / "record.db")


def test_another_kind_of_record_is_not_mistaken_for_a_path() -> None:
    with pytest.raises(InputError, match="SQLite file for now"):
        communique.open("postgresql://localhost/record")


def test_an_empty_file_becomes_a_record(tmp_path: Path) -> None:
    (tmp_path / "record.db").touch()
    with communique.open(tmp_path / "record.db") as record:
        assert record.counts()["statement"] == 0


def test_a_record_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    communique.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0999'")
    connection.close()
    with pytest.raises(RecordTooNew, match="0999"):
        communique.open(path)


def test_the_record_is_where_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMUNIQUE_RECORD", str(tmp_path / "mine.db"))
    with communique.open() as record:
        assert record.target == str(tmp_path / "mine.db")
    monkeypatch.delenv("COMMUNIQUE_RECORD")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with communique.open() as record:
        assert record.target == str(tmp_path / "data" / "communique" / "record.db")


def test_names_that_look_like_addresses_are_names(tmp_path: Path) -> None:
    for name in ("a?mode=ro#b.db", "100%25.db", "ä b.db"):
        communique.open(tmp_path / name).close()
        assert (tmp_path / name).exists()


def test_other_tools_read_it_unchanged(tmp_path: Path) -> None:
    """What Datasette does: list the tables and views, follow foreign keys, search the index."""
    install()
    with communique.open(tmp_path / "record.db") as record:
        record.add(document("Kenya will send 10 doctors to Uganda. Kenya has sent 4 trucks to Peru."), reader="stub", workers=1)
    with sqlite3.connect(f"file:{tmp_path / 'record.db'}?mode=ro", uri=True) as connection:
        assert connection.execute("SELECT actors, targets, quote, doc FROM commitments").fetchall() == [
            ('["KEN"]', '["UGA"]', "Kenya will send 10 doctors to Uganda", "s1")
        ]
        assert connection.execute("SELECT quote FROM outcomes").fetchall() == [("Kenya has sent 4 trucks to Peru",)]
        found = connection.execute(
            "SELECT statement, words FROM passage_words WHERE pk IN (SELECT rowid FROM passages_fts WHERE passages_fts MATCH 'doctors')"
        )
        assert found.fetchall() == [("s1", "Kenya will send 10 doctors to Uganda.")]
        assert connection.execute(
            "SELECT count(*) FROM assertions, json_each(assertions.actors) WHERE json_each.value = 'KEN'"
        ).fetchone() == (2,)
        assert connection.execute("PRAGMA foreign_key_list(assertions)").fetchall()
        for (view,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall():
            connection.execute(f"SELECT * FROM {view}").fetchall()
    connection.close()


def test_the_first_migration_stands_by_itself() -> None:
    """A migration that imports the tables of today would make another schema tomorrow."""
    source = (Path(opening.__file__).parent / "migrations" / "versions" / "0001_first.py").read_text()
    assert "communique" not in source


def test_an_older_record_gets_its_counts(tmp_path: Path) -> None:
    """What the second schema counts in a record of the first is what is counted as statements are added."""
    install()
    said = "Kenya will send 10 doctors to Uganda. Kenya has signed the Lima Accord with Peru. Norway met with Samoa. Norway visited Peru."
    names = ("SELECT * FROM crossings", "SELECT pk, mode, passage FROM assertions")
    with communique.open(tmp_path / "record.db") as record:
        record.add(document(said, date="2021-03-04"), document("Peru will host a summit.", "s2"), reader="stub", workers=1)
        with record._store.writing() as connection:
            before = [sorted(map(tuple, connection.exec_driver_sql(name))) for name in names]
            for deed in ("DROP TABLE crossings", "DROP INDEX ix_assertions_passage"):
                connection.exec_driver_sql(deed)
            for name in ("mode", "passage"):
                connection.exec_driver_sql(f"ALTER TABLE assertions DROP COLUMN {name}")
            with Operations.context(MigrationContext.configure(connection)):
                import_module("communique.store.migrations.versions.0002_counts").upgrade()
            assert [sorted(map(tuple, connection.exec_driver_sql(name))) for name in names] == before
        assert record.verify() == []


def test_an_older_record_gets_the_counts_of_its_sources(tmp_path: Path) -> None:
    install()
    dates = ("2021-03-04", "2022-01-01", "2022-11", "2023", "")
    with communique.open(tmp_path / "record.db") as record:
        for number, date in enumerate(dates):
            text = f"Kenya will send {number} doctors to Uganda."
            record.add(document(text, f"s{number}", date=date, publisher="Ministry of Kenya"), reader="stub", workers=1)
        names = ("SELECT * FROM sources", "SELECT * FROM silences")
        with record._store.writing() as connection:
            before = [sorted(map(tuple, connection.exec_driver_sql(name))) for name in names]
            assert all(before)
            for name in ("sources", "silences"):
                connection.exec_driver_sql(f"DROP TABLE {name}")
            with Operations.context(MigrationContext.configure(connection)):
                import_module("communique.store.migrations.versions.0006_sources").upgrade()
            assert [sorted(map(tuple, connection.exec_driver_sql(name))) for name in names] == before
