"""A person's word: appended, standing above the machine's, undone by one more row."""

from __future__ import annotations

import pytest

from communique.errors import BadFilter, NoSuchItem
from communique.records import Act, Assertion, Figure
from communique.service import Record
from tests.stubs import given as document

WORDS = "Kenya will send 10 doctors to Uganda. Peru will host a summit."


@pytest.fixture
def id(record: Record) -> str:
    record.add(document(WORDS), reader="stub", workers=1)
    return next(iter(record.commitments(actor="KEN"))).id


def test_a_rejected_item_is_listed_nowhere_but_where_asked(record: Record, id: str) -> None:
    record.mark(id, "reject", by="A. Analyst", why="a forecast")
    assert [each.item.actors for each in record.commitments()] == [("PER",)]
    assert [each.id for each in record.commitments(standing="rejected")] == [id]
    assert record.counts()["commitment"] == 1
    assert record.verify() == []


def test_undo_is_one_more_row(record: Record, id: str) -> None:
    record.mark(id, "reject", by="A. Analyst")
    record.mark(id, "undo", by="A. Analyst")
    assert len(record.commitments()) == 2
    assert [each.decision for each in record.judgements(id)] == ["reject", "undo"]
    record.mark(id, "undo", by="A. Analyst")  # nothing is left to undo: kept, and changes nothing
    assert len(record.commitments()) == 2


def test_an_edit_changes_what_is_listed_and_undo_brings_the_reading_back(record: Record, id: str) -> None:
    record.mark(id, "edit", by="A. Analyst", changes={"targets": ["RWA"], "topic": "development"})
    assert [each.id for each in record.commitments(with_="RWA")] == [id]
    assert not record.commitments(with_="UGA")
    assert [each.id for each in record.commitments(topic="development")] == [id]
    assert record.verify() == []
    record.mark(id, "undo", by="A. Analyst")
    item = next(iter(record.commitments(with_="UGA"))).item
    assert isinstance(item, Assertion)
    assert (item.targets, item.topic) == (("UGA",), "health")


def test_edits_add_up(record: Record, id: str) -> None:
    record.mark(id, "edit", by="A. Analyst", changes={"targets": ["RWA"]})
    record.mark(id, "edit", by="B. Analyst", changes={"act": "outcome", "strength": None})
    item = next(iter(record.outcomes())).item
    assert isinstance(item, Assertion)
    assert (item.act, item.targets) == (Act.OUTCOME, ("RWA",))
    assert record.counts()["outcome"] == 1
    assert record.verify() == []


def test_an_edit_survives_a_newer_reading(record: Record, id: str) -> None:
    record.mark(id, "edit", by="A. Analyst", changes={"targets": ["RWA"]})
    record.add(document(WORDS), reader="stub-next", workers=1)
    assert [each.id for each in record.commitments(with_="RWA")] == [id]
    assert record.verify() == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"quote": "x"}, "quote"),
        ({"start": 1}, "start"),
        ({"colour": "red"}, "colour"),
        ({"topic": "weather"}, "weather"),
        ({"targets": "UGA"}, "UGA"),
        ({"actors": None}, "None"),
        ({"actors": []}, "at least one"),
        ({"actors": ["Atlantis"]}, "codes or names of actors"),
        ({"targets": ["UGA", ""]}, "codes or names of actors"),
        ({"when": "soon"}, "a year, a month or a day"),
        ({"when": "2021-02-30"}, "a year, a month or a day"),
        ({"when": "2022/2021"}, "a year, a month or a day"),
        ({"when": True}, "a year, a month or a day"),
        ({"event": "PARTY"}, "AGREE, CONSULT"),
        ({"act": "deed"}, "outcome, commitment, position, appeal"),
        ({"strength": "strong"}, "firm, intended, aspirational"),
        ({"specific": "yes"}, "true or false"),
        ({"people": [3]}, "a list of names"),
        ({"speaker": 3}, "words"),
    ],
)
def test_what_may_not_be_changed(record: Record, id: str, changes: dict[str, object], said: str) -> None:
    with pytest.raises(BadFilter, match=said):
        record.mark(id, "edit", by="A. Analyst", changes=changes)
    assert record.judgements() == ()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"value": float("nan")}, "a number"),
        ({"value": True}, "a number"),
        ({"value_high": "many"}, "a number, or null"),
        ({"rel": "over"}, "one of = > >= < <= ~"),
        ({"unit": " "}, "words"),
        ({"giver": ["Nobody Inc"]}, "codes or names of actors"),
    ],
)
def test_what_a_figure_cannot_be(record: Record, id: str, changes: dict[str, object], said: str) -> None:
    figure = next(iter(record.figures()))
    with pytest.raises(BadFilter, match=said):
        record.mark(figure.id, "edit", by="A. Analyst", changes=changes)
    record.mark(figure.id, "edit", by="A. Analyst", changes={"value": 12, "rel": ">=", "when": 2022, "receiver": ["Uganda", "UGA"]})
    after = next(iter(record.figures())).item
    assert isinstance(after, Figure)
    assert (after.value, after.rel, after.when, after.receiver) == (12, ">=", "2022", ("UGA",))
    assert record.verify() == []


def test_a_link_has_no_fields_to_edit(record: Record, id: str) -> None:
    other = next(iter(record.commitments(actor="PER"))).id
    with pytest.raises(BadFilter, match="only an item has fields"):
        record.mark(f"{id}>{other}", "edit", by="A. Analyst", changes={"topic": "health"})


def test_decisions_are_known_words(record: Record, id: str) -> None:
    with pytest.raises(BadFilter, match="accept, reject, edit, undo"):
        record.mark(id, "maybe", by="A. Analyst")
    with pytest.raises(NoSuchItem):
        record.mark("0000", "accept", by="A. Analyst")
    record.mark(id, "fulfilled", by="A. Analyst")  # a verdict on its thread
    other = next(iter(record.commitments(actor="PER"))).id
    record.mark(f"{id}>{other}", "repeats", by="A. Analyst")
    assert [each.decision for each in record.judgements(f"{id}>{other}")] == ["repeats"]


def test_accepting_asserts_what_was_set_aside(record: Record) -> None:
    from dataclasses import replace

    from communique.store import writing
    from tests.stubs import reading

    read = reading("Kenya will send trucks to Peru.")
    low = replace(read, assertions=(), aside=(replace(read.assertions[0], confidence=0.3),))
    with record._store.writing() as connection:
        writing.keep(connection, low, writing.Arrival("g", "s1.txt"), "2026-01-01T00:00:00Z")
    assert not record.commitments()
    waiting = next(iter(record.commitments(standing="aside")))
    record.mark(waiting.id, "accept", by="A. Analyst")
    assert [each.id for each in record.commitments()] == [waiting.id]
    assert record.statement("s1").aside == ()
    assert record.verify() == []
