"""What adding does: once, twice, with other words, with another reader, with words that do not hold."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

import communique
from communique import pipeline
from communique.records import Item, Passage, Reading, Statement
from communique.service import Record
from communique.store import writing
from communique.store.writing import Arrival, Ungrounded
from tests.stubs import given as document
from tests.stubs import install, reading

PROMISE = "Kenya will send 10 doctors to Uganda. Kenya and Uganda are strategic partners."


def contents(record: Record) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but for the clock."""
    with record._store.reading() as connection:
        names = (
            connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'passages_fts%'"))
            .scalars()
            .all()
        )
        rows = {name: connection.execute(text(f'SELECT * FROM "{name}"')).mappings().all() for name in names}
    return {
        name: sorted(tuple((k, v) for k, v in row.items() if k not in ("at", "added")) for row in found) for name, found in rows.items()
    }


def test_a_statement_added_twice_changes_nothing(record: Record) -> None:
    assert record.add(document(PROMISE), reader="stub", workers=1).new == ("s1",)
    before = contents(record)
    again = record.add(document(PROMISE), reader="stub", workers=1)
    assert (again.new, again.unchanged, again.items) == ((), 1, 0)
    assert contents(record) == before


def test_what_is_kept_is_what_was_read(record: Record) -> None:
    record.add(document(PROMISE, publisher="Ministry", date="2021-03-04"), reader="stub", workers=1)
    kept = record.statement("s1")
    assert kept == reading(PROMISE, publisher="Ministry", source="s1.txt")
    assert [item.quote for item in kept.items] == ["Kenya will send 10 doctors to Uganda", "10 doctors", "strategic partners"]


def test_other_words_under_the_same_id_supersede_and_both_are_kept(record: Record) -> None:
    record.add(document("Kenya will send 10 doctors to Uganda."), reader="stub", workers=1)
    added = record.add(document("Kenya will send 12 doctors to Uganda."), reader="stub", workers=1)
    assert added.superseding == ("s1",)
    assert [kept.item.quote for kept in record.figures()] == ["12 doctors"]
    assert record.statement("s1").figures[0].value == 12
    older = record.statement("s1@1")
    assert (older.statement.id, older.figures[0].value) == ("s1@1", 10)
    assert [(each.id, each.current) for each in record.versions("s1")] == [("s1@1", False), ("s1", True)]
    assert [each.id for each in record.statements()] == ["s1"]
    assert not record.search('"10 doctors"')
    assert record.verify() == []


def test_an_older_version_added_again_does_not_come_back(record: Record) -> None:
    for words in ("Kenya will send 10 doctors.", "Kenya will send 12 doctors.", "Kenya will send 10 doctors."):
        added = record.add(document(words), reader="stub", workers=1)
    assert added.unchanged == 1
    assert record.statement("s1").figures[0].value == 12


@pytest.mark.parametrize("place", [{"url": "https://mfa.example/1"}, {"source": "/statements/a.txt"}])
def test_the_same_address_with_other_words_is_a_new_version(record: Record, place: dict[str, str]) -> None:
    first = record.add(document("Peru will host a summit.", "", **place), reader="stub", workers=1).new
    second = record.add(document("Peru will host two summits.", "", **place), reader="stub", workers=1)
    assert second.superseding == first
    assert record.counts()["commitment"] == 1


def test_lines_of_one_file_are_not_versions_of_each_other(record: Record) -> None:
    for words in ("Peru will host a summit.", "Peru will host a forum."):
        record.add(document(words, "", source="/statements/a.jsonl:1"), reader="stub", workers=1)
    assert record.counts()["commitment"] == 2


def test_given_ids_stay_apart_at_one_address(record: Record) -> None:
    for id in ("a", "b"):
        record.add(document(f"Peru will host summit {id}.", id, url="https://mfa.example/"), reader="stub", workers=1)
    assert [each.id for each in record.statements()] != ["a"]
    assert record.counts()["statement"] == 2


def test_a_newer_reader_takes_the_place_of_an_older_in_one_step(record: Record) -> None:
    record.add(document(PROMISE), reader="stub", workers=1)
    promise = next(iter(record.commitments()))
    record.mark(promise.id, "accept", by="A. Analyst")
    added = record.add(document(PROMISE), reader="stub-next", workers=1)
    assert added.reread == ("s1",)
    assert record.counts() | {"figure": 0} == record.counts()
    again = next(iter(record.commitments()))
    assert (again.id, again.reader) == (promise.id, "stub 2")
    assert [each.decision for each in again.judgements] == ["accept"]
    assert len(record.search("doctors")) == 1
    assert record.verify() == []


def test_a_rejection_outlives_the_reader_that_proposed_the_item(record: Record) -> None:
    record.add(document(PROMISE), reader="stub", workers=1)
    record.mark(next(iter(record.commitments())).id, "reject", by="A. Analyst")
    record.add(document(PROMISE), reader="stub-next", workers=1)
    assert not record.commitments()
    assert record.counts()["commitment"] == 0


def test_metadata_alone_does_not_make_a_version(record: Record) -> None:
    record.add(document(PROMISE, source="/a/one.txt"), reader="stub", workers=1)
    again = record.add(document(PROMISE, source="/b/two.txt"), reader="stub", workers=1)
    assert again.unchanged == 1
    assert len(record.versions("s1")) == 1


# ------------------------------------------------------------------------------------------------ the only door

GOOD = reading(PROMISE)
KINDS = ("assertions", "figures", "relations")


def moved(item: Item) -> Item:
    return replace(item, start=item.start + 1, end=item.end + 1)


def shortened(item: Item) -> Item:
    return replace(item, quote=item.quote[:-1])


def retyped(item: Item) -> Item:
    return replace(item, quote=item.quote.replace(item.quote[0], "X", 1))


def beyond(item: Item) -> Item:
    return replace(item, end=len(PROMISE) + 5)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("wrong", [moved, shortened, retyped, beyond])
def test_nothing_of_a_reading_is_kept_when_one_quote_is_off(record: Record, kind: str, wrong: object) -> None:
    items = getattr(GOOD, kind)
    bad = replace(GOOD, **{kind: (wrong(items[0]), *items[1:])})  # type: ignore[operator]
    empty = contents(record)
    with pytest.raises(Ungrounded), record._store.writing() as connection:
        writing.keep(connection, bad, Arrival("g", "s1.txt"), "2026-01-01T00:00:00Z")
    assert contents(record) == empty


def test_a_set_aside_item_passes_the_same_door(record: Record) -> None:
    bad = replace(GOOD, aside=(retyped(replace(GOOD.figures[0])),), figures=())
    with pytest.raises(Ungrounded), record._store.writing() as connection:
        writing.keep(connection, bad, Arrival("g", "s1.txt"), "2026-01-01T00:00:00Z")


def test_a_reader_that_retypes_becomes_a_problem_and_the_rest_goes_on(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = pipeline.read

    def retyping(given: object, reader: object, **more: object) -> Reading:
        read = honest(given, reader, **more)  # type: ignore[arg-type]
        return replace(read, figures=tuple(retyped(each) for each in read.figures)) if read.figures else read  # type: ignore[misc]

    monkeypatch.setattr(pipeline, "read", retyping)
    added = record.add(document(PROMISE, "bad"), document("Peru will host a summit.", "good"), reader="stub", workers=1)
    assert added.new == ("good",)
    assert [(each.stage, each.code) for each in record.problems()] == [("store", "quote-mismatch")]


# ------------------------------------------------------------------------------------------------ for ever


@pytest.mark.parametrize(
    "deed", ["UPDATE texts SET text = 'x'", "UPDATE statements SET title = 'x'", "DELETE FROM statements", "DELETE FROM texts"]
)
def test_what_was_said_cannot_be_changed(record: Record, deed: str) -> None:
    record.add(document(PROMISE), reader="stub", workers=1)
    with pytest.raises(IntegrityError, match="never changed"), record._store.writing() as connection:
        connection.execute(text(deed))


@pytest.mark.parametrize("deed", ["UPDATE judgements SET by = 'x'", "DELETE FROM judgements"])
def test_what_a_person_decided_cannot_be_changed(record: Record, deed: str) -> None:
    record.add(document(PROMISE), reader="stub", workers=1)
    record.mark(next(iter(record.commitments())).id, "accept", by="A. Analyst")
    with pytest.raises(IntegrityError, match="never changed"), record._store.writing() as connection:
        connection.execute(text(deed))


WORDS = st.text(st.characters(codec=None, exclude_categories=()), min_size=1, max_size=60)  # type: ignore[arg-type]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=WORDS, title=WORDS)
def test_any_words_come_back_as_they_were(said: str, title: str) -> None:
    """Halves of surrogate pairs, NULs, emoji and combining marks included."""
    install()
    statement = Statement("s1", said, "x", title=title, publisher=title)
    passages = (Passage(0, len(said)),)
    with communique.open(":memory:") as record:
        with record._store.writing() as connection:
            writing.keep(connection, Reading(statement, passages, reader="none 0"), Arrival("g", "x"), "2026-01-01T00:00:00Z")
        assert record.statement("s1").statement == statement
        assert record.verify() == []
