"""Readouts joined over a record: listed by party, year and publisher, page by page, from one statement, and on the command line."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

import communique
from communique.cli import main
from communique.errors import BadFilter, NoSuchItem
from communique.records import Given
from communique.service import Record
from communique.stages.follow.readouts import accounts, pairs
from tests.sides import Sides, readouts


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("readouts") / "record.db"
    with communique.open(made) as record:
        record.add(*readouts(), reader=Sides(), workers=1)
    return made


@pytest.fixture
def record(target: Path) -> Iterator[Record]:
    with communique.open(target) as opened:
        yield opened


def test_both_sides_of_each_meeting_are_found_the_latest_first(record: Record) -> None:
    assert [(each.first.doc, each.second.doc) for each in record.readouts()] == [
        ("norway", "finland"), ("fiji", "tonga"), ("vietnam", "laos"), ("ghana", "togo"), ("peru", "bolivia"),
    ]  # fmt: skip


def test_a_pair_tells_what_both_say_and_what_only_one_mentions(record: Record) -> None:
    joined = record.readout("togo", "ghana")
    assert joined.kinds == ("readout", "readout")
    assert [[(each.first, each.second) for each in row.differences] for row in joined.both] == [[], [("21 engineers", "31 engineers")]]
    assert [each.item.quote for each in joined.only_first] == ["Ghana will open a trade office in Togo"]
    assert [each.item.quote for each in joined.only_second] == ["Togo asked Ghana to lift its levy on timber"]


@pytest.mark.parametrize(
    ("asked", "docs"),
    [
        ({"actor": "GHA"}, ["ghana"]),
        ({"actor": "Togo", "partner": "GHA"}, ["ghana"]),
        ({"actor": "TGO", "partner": "NOR"}, []),
        ({"since": "2023", "until": "2023", "actor": "LAO"}, ["vietnam"]),  # the guest's readout is of the next year
        ({"since": "2022", "until": "2022", "actor": "LAO"}, ["vietnam"]),
        ({"since": "2024", "actor": "LAO"}, []),
        ({"publisher": "TON-PM"}, ["fiji"]),
    ],
)
def test_filters_are_of_the_engagement_and_of_either_statement(record: Record, asked: dict[str, str], docs: list[str]) -> None:
    assert [each.first.doc for each in record.readouts(**asked)] == docs
    assert record.readouts(**asked).count() == len(docs)


def test_pages_one_after_the_other_are_the_whole_listing(record: Record) -> None:
    whole = [(each.first.doc, each.second.doc) for each in record.readouts()]
    for size in (1, 2, 3):
        found, after = [], ""
        while True:
            page = record.readouts().page(size, after)
            found += [(each.first.doc, each.second.doc) for each in page.rows]
            assert len(page.rows) == size or not page.next
            if not (after := page.next):
                break
        assert found == whole
    assert len(record.readouts()) == len(whole)


def test_a_page_ends_early_where_pairs_are_rare_and_the_next_goes_on(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [(each.first.doc, each.second.doc) for each in record.readouts()]
    monkeypatch.setattr("communique.service.readouts.LOOKED", 1)
    found, after, pages = [], "", 0
    while after or not pages:
        page = record.readouts().page(20, after)
        found += [(each.first.doc, each.second.doc) for each in page.rows]
        after, pages = page.next, pages + 1
    assert found == whole == [(each.first.doc, each.second.doc) for each in record.readouts()]
    assert pages > 4
    assert len(record.readouts()) == len(whole)


@pytest.mark.parametrize("lot", [1, 4, 300])
def test_in_lots_of_any_size_no_pair_is_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lot: int) -> None:
    monkeypatch.setattr("communique.service.readouts.LOT", lot)
    chance = random.Random(5)
    hosts = [("Peru", "PER-PM"), ("Ghana", "GHA-PM"), ("Togo", "TGO-PM"), ("Fiji", "FJI-PM")]
    given = []
    for number in range(60):
        (host, publisher), (guest, _) = chance.sample(hosts, 2)
        day = date(2022, 3, 1) + timedelta(days=chance.randrange(40))
        words = f"The President of {host} met the President of {guest}."
        given.append(Given(words, "made", f"s{number}", title=f"{host} and {guest}", date=str(day), publisher=publisher, kind="readout"))
    with communique.open(tmp_path / "many.db") as many:
        many.add(*given, reader=Sides(), workers=1)
        told = accounts(many.engagements())
        expected = {(first.kept.doc, second.kept.doc) for first, second in pairs(told, told)}
        assert len(expected) > 5
        assert {(each.first.doc, each.second.doc) for each in many.readouts()} == expected
        seen_from_each = {(each.first.doc, each.second.doc) for one in given for each in many.readouts_of(one.id or "")}
        assert seen_from_each == expected


def test_a_statement_leads_to_the_other_sides(record: Record) -> None:
    (joined,) = record.readouts_of("finland")
    assert joined.first.doc == "norway"
    assert joined == record.readout("finland", "norway")


def test_what_is_not_joined_is_said(record: Record) -> None:
    with pytest.raises(NoSuchItem):
        record.readout("finland", "fiji")
    with pytest.raises(NoSuchItem):
        record.readouts_of("nowhere")
    with pytest.raises(BadFilter):
        record.readouts(event="AID")


def test_what_a_person_rejected_is_in_no_readout(tmp_path: Path) -> None:
    with communique.open(tmp_path / "own.db") as record:
        record.add(*readouts(), reader=Sides(), workers=1)
        joined = record.readout("peru", "bolivia")
        record.mark(joined.first.id, "reject", by="Ines")
        with pytest.raises(NoSuchItem):
            record.readout("peru", "bolivia")


def test_the_command_writes_lines_and_the_api_objects(target: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["engagements", "--readouts", "--actor", "GHA", "--record", str(target)])
    assert left.value.code == 0
    text = capsys.readouterr().out
    assert "Both say (2)" in text
    assert "! 21 engineers / 31 engineers" in text
    assert "mentions (1)" in text
    with pytest.raises(SystemExit):
        main(["engagements", "--statement", "togo", "--jsonl", "--record", str(target)])
    (row,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (row["first"]["doc"], row["first"]["statement_kind"]) == ("ghana", "readout")
    assert [each["quote"] for each in row["only_second"]]
