"""Counts of what a record was drawn from, beside every statement gone through."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import communique
from communique.records import Entry, Given
from communique.reports.coverage import Drawn
from communique.service import Record
from communique.store import asking, covering

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
        return Drawn.of(*covering.drawn(connection, asking.filters(None, **asked), 3, 6))


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
    for each in counted.groups:
        those = [one for one in found if (one.publisher, (one.date or "")[:4], one.kind) == each[:3]]
        told = [one.date for one in those if one.date]
        assert (each.first, each.last) == (min(told, default=None), max(told, default=None))
    voices = Counter((each.publisher, each.issuers) for each in found)
    heard: Counter[tuple[str, tuple[str, ...]]] = Counter()
    for voice in counted.voices:
        heard[voice.publisher, tuple(voice.issuers)] += voice.statements
    assert heard == voices
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
