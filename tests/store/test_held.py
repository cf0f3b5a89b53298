"""Answers kept with a connection: a change of anybody shows in the next answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Connection

import communique
from communique.service import Record
from communique.store import listing, sqlite, writing
from tests.stubs import reading


def add(record: Record, id: str) -> None:
    with record._store.writing() as connection:
        keep(connection, id)


def keep(connection: Connection, id: str) -> None:
    read = reading(f"Kenya will send {id} doctors to Uganda.", id)
    writing.keep(connection, read, writing.Arrival(id, "x", own_id=True), "2024-01-01")


def test_a_question_is_asked_once_until_something_is_written(tmp_path: Path) -> None:
    asked: list[str] = []
    with communique.open(tmp_path / "record.db") as record:
        for turn in range(3):
            for _ in range(2):
                with record._store.reading() as connection:
                    sqlite.held(connection, "a", lambda: asked.append("a"))
            assert asked == ["a"] * (turn + 1)
            add(record, str(turn))


def test_of_long_answers_the_last_is_kept(tmp_path: Path) -> None:
    with communique.open(tmp_path / "record.db") as record, record._store.reading() as connection:
        told = [sqlite.held(connection, word, lambda word=word: [word], last_of="words") for word in ("a", "a", "b", "a")]
        assert told[0] is told[1]
        assert told[3] == ["a"]
        assert told[3] is not told[0]


def broken_off(record: Record) -> None:
    with record._store.writing() as connection:
        keep(connection, "2")
        assert listing.tally(connection, "commitment") == 2
        raise KeyboardInterrupt


@pytest.mark.parametrize("target", ["record.db", ":memory:"])
def test_what_was_written_and_taken_back_is_not_told(tmp_path: Path, target: str) -> None:
    with communique.open(target if target == ":memory:" else tmp_path / target) as record:
        add(record, "1")
        assert record.counts()["commitment"] == 1
        with pytest.raises(KeyboardInterrupt):
            broken_off(record)
        assert record.counts()["commitment"] == record.commitments().count() == 1


def test_what_another_desk_writes_shows_in_the_next_answer(tmp_path: Path) -> None:
    with communique.open(tmp_path / "record.db") as record, communique.open(tmp_path / "record.db") as other:
        for n in range(1, 4):
            add(other, str(n))
            assert record.counts()["commitment"] == record.commitments(actor="Kenya").count() == n
            assert record.facets("commitment", "actor") == [("KEN", n)]
            assert sum(record.verdicts(actor="KEN", upto=0).values()) == n
        id = next(iter(other.commitments())).id
        other.mark(id, "reject", by="Sefo")
        assert record.counts()["commitment"] == sum(record.verdicts(actor="KEN", upto=0).values()) == 2
