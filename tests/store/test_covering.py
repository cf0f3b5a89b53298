"""Counts of what a record was drawn from, kept and counted anew, beside every statement gone through."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import communique
from communique.records import Entry, Filters, Given
from communique.reports.coverage import Drawn
from communique.service import Record
from communique.store import asking, covering, sources, writing
from tests.stubs import reading

PLACES = ("Nairobi", "Lima", "Suva", "")
DATES = ("2021-01-05", "2021-03-01", "2021-08-30", "2021-09-01", "2022-04-02", "2022-05", "2023", None)


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    """A few statements of each place, some with words of another version, some that cannot be read."""
    with communique.open(tmp_path / "record.db") as opened:
        for turn, place in enumerate(PLACES):
            for n, date in enumerate(DATES[turn:]):
                words = f"Peru will build {n + 2} schools in Fiji.\n\nFiji thanked Peru {turn} times."
                given = Given(id=f"{turn}-{n}", source=f"{turn}-{n}", date=date, publisher=place, text=words)
                opened.add(given, reader="cues", workers=1)
        again = Given(id="0-0", source="0-0", date="2021-01-06", publisher="Nairobi", text="Peru supports Fiji.")
        opened.add(again, reader="cues", workers=1)
        for name in ("empty", "blank"):
            (tmp_path / f"{name}.txt").write_text("")
            opened.add(tmp_path / f"{name}.txt", reader="cues", workers=1)
        yield opened


def drawn(record: Record, asked: dict[str, Any]) -> Drawn:
    with record._store.reading() as connection:
        return Drawn.of(*covering.drawn(connection, asking.filters(None, **asked)))


def silences(found: list[Entry]) -> list[tuple[str, str, str]]:
    told = []
    for place in sorted({each.publisher for each in found} - {""}):
        dates = sorted(each.date for each in found if each.publisher == place and each.date and len(each.date) >= 7)
        for before, after in pairwise(dates):
            months = 12 * (int(after[:4]) - int(before[:4])) + int(after[5:7]) - int(before[5:7])
            if len(dates) >= 3 and months >= 6:
                told.append((place, before, after))
    return sorted(told)


@pytest.mark.parametrize("asked", [{}, {"since": "2021-09"}, {"publisher": "Lima"}, {"actor": "PER"}, {"actor": "XXX"}, {"limit": 5}])
def test_groups_voices_and_silences_are_those_of_every_statement(record: Record, asked: dict[str, Any]) -> None:
    found, counted = list(record.statements(**asked)), drawn(record, asked)
    groups = Counter((each.publisher, (each.date or "")[:4], each.kind) for each in found)
    assert {(each.publisher, each.year, each.kind): each.statements for each in counted.groups} == groups
    assert sum(each.items for each in counted.groups) == sum(each.items for each in found)
    dated = {name: sorted(each.date for each in found if each.date and each.publisher == name) for name in PLACES}
    assert set(counted.spans) == {(name, dates[0], dates[-1]) for name, dates in dated.items() if dates}
    said = [(each.publisher, record.statement(each.id).statement) for each in found]
    voices = Counter((name, side) for name, one in said for side in sources.sides_of(one.issuers, [(*astuple(s),) for s in one.speakers]))
    assert {(each.publisher, each.side): each.statements for each in counted.voices} == voices
    assert sorted((each.publisher, each.before, each.after) for each in counted.silences) == silences(found)


def test_faults_are_counted_by_kind_with_the_first(record: Record) -> None:
    problems = record.problems()
    assert len(problems) >= 2
    counted = drawn(record, {}).faults
    assert {(each.stage, each.code): each.n for each in counted} == Counter((each.stage, each.code) for each in problems)
    for each in counted:
        assert each.message == next(one.message for one in problems if (one.stage, one.code) == (each.stage, each.code))


def test_counts_are_those_of_now(record: Record) -> None:
    before = record.coverage()
    assert record.coverage() == before
    some = next(iter(record.commitments(actor="PER")))
    telling = {each.doc for each in record.assertions(actor="PER")}
    assert record.coverage(actor="PER").sentences[0].startswith(f"{len(telling)} statements")
    for each in record.assertions(actor="PER"):
        if each.doc == some.doc:
            record.mark(each.id, "reject", by="Sefo")
    assert record.coverage(actor="PER").sentences[0].startswith(f"{len(telling) - 1} statements")
    record.add(Given(id="new", source="new", date="2030-01-01", publisher="Suva", text="Fiji supports peace."), reader="cues", workers=1)
    assert record.coverage() != before


CHANGES = st.tuples(
    st.integers(0, 9),  # which document
    st.integers(0, 2),  # which of its words
    st.sampled_from([*DATES, "2021-01-05", "2020-06-01", "2023-01-01", "2023-11"]),
    st.sampled_from(["Nairobi", "Lima", ""]),
    st.sampled_from(["one 1", "two 1"]),  # read by
    st.sampled_from([(), ("KEN",), ("KEN", "PER")]),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(CHANGES, min_size=8, max_size=16))
def test_what_is_kept_counted_is_what_is_there(changes: list[tuple[int, int, str | None, str, str, tuple[str, ...]]]) -> None:
    """New statements, other words under the same id, older words again, readings by another reader: in any order."""
    with communique.open(":memory:") as record:
        for document, words, date, publisher, reader, issuers in changes:
            text = f"Peru will build {words} schools in Fiji, says note {document}. Kenya has sent {words} trucks."
            read = reading(text, f"n{document}", date=date, publisher=publisher)
            read = replace(read, reader=reader, statement=replace(read.statement, issuers=issuers))
            with record._store.writing() as connection:
                writing.keep(connection, read, writing.Arrival(f"{document} {words}", "x", own_id=True), "2024-01-01")
        with record._store.reading() as connection:
            assert sources.kept(connection) == covering.counted(connection, Filters())
        assert [each.message for each in record.verify()] == []
