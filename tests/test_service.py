"""The service as a program uses it: ``open``, ``read``, and every method of ``Record``."""

from __future__ import annotations

import inspect
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import communique
from communique import shapes
from communique.errors import BadFilter, NoSuchItem, ReaderError
from communique.records import Act, Added, Figure, Kept, Label, Verdict
from communique.service import Listing, Record, Shown, Step
from communique.service.told import repeated
from tests.stubs import given, lines, many, reading

PROMISE = "Kenya will send 400 doctors of the Gulu Clinic Programme to Uganda."
REPORT = "Kenya has sent 400 doctors of the Gulu Clinic Programme to Uganda. Kenya met with Peru."


MOVED = (Verdict.FULFILLED, Verdict.IN_PROGRESS)  # which of them is for the follower to say


@pytest.fixture
def told(record: Record) -> Record:
    """A promise, and a year later its report."""
    promise = given(PROMISE, "promise", date="2021-03-04", publisher="Ministry of Foreign Affairs of Kenya")
    report = given(REPORT, "report", date="2022-03-04", publisher="Ministry of Foreign Affairs of Kenya")
    record.add(promise, report, reader="stub", workers=1)
    return record


def methods() -> list[str]:
    return [name for name, _ in inspect.getmembers(Record, inspect.isfunction) if not name.startswith("_")]


@pytest.mark.parametrize("name", methods())
def test_every_method_says_what_you_get(name: str) -> None:
    said = inspect.getdoc(getattr(Record, name)) or ""
    assert len(said.splitlines()[0].split()) >= 3 if said else False, f"Record.{name} needs a docstring"
    assert "return" in inspect.signature(getattr(Record, name)).__str__() or "->" in str(inspect.signature(getattr(Record, name)))


def test_the_public_names_are_these() -> None:
    assert sorted(communique.__all__) == ["Record", "open", "read"]
    assert all(getattr(communique, name) for name in communique.__all__)
    with pytest.raises(AttributeError, match="no attribute 'closed'"):
        communique.closed  # noqa: B018


def test_reading_keeps_nothing(record: Record) -> None:
    found = reading(PROMISE)
    assert [item.quote for item in found.items] == [PROMISE[:-1], "400 doctors"]
    assert record.counts()["statement"] == 0


def test_what_is_no_text_and_no_year_is_said(told: Record) -> None:
    with pytest.raises(BadFilter, match="text 5 is not usable; it takes a string"):
        communique.read(5)  # type: ignore[arg-type]
    with pytest.raises(BadFilter, match="year '20x1' is not usable; it takes a year"):
        told.review("KEN", "20x1")  # type: ignore[arg-type]
    assert told.review("KEN", "2021").title == told.review("KEN", 2021).title  # type: ignore[arg-type]


def test_what_adding_says(record: Record, tmp_path: Path) -> None:
    steps: list[Step] = []
    path = lines(tmp_path / "all.jsonl", many(3))
    added = record.add(path, reader="stub", workers=1, progress=steps.append)
    assert added == Added(new=("s0", "s1", "s2"), items=12)
    assert [(step.change, step.done, step.items) for step in steps] == [("new", 1, 4), ("new", 2, 4), ("new", 3, 4)]
    assert record.add(path, reader="stub", workers=1) == Added(unchanged=3)


def test_a_reader_that_is_not_there(record: Record) -> None:
    with pytest.raises(ReaderError, match="known readers"):
        record.add(given(PROMISE), reader="oracle")


def test_each_listing_lists_its_kind(told: Record) -> None:
    quotes = {name: [each.item.quote for each in getattr(told, name)()] for name in ("commitments", "outcomes", "engagements", "figures")}
    assert quotes == {
        "commitments": [PROMISE[:-1]],
        "outcomes": [REPORT.split(". ")[0], "Kenya met with Peru"],
        "engagements": ["Kenya met with Peru"],
        "figures": ["400 doctors", "400 doctors"],
    }
    assert [each.item.act for each in told.assertions(act="commitment")] == [Act.COMMITMENT]  # type: ignore[union-attr]


def test_showing_an_item_shows_its_passage(told: Record) -> None:
    kept = next(iter(told.figures()))
    shown = told.show(kept.id)
    assert isinstance(shown, Shown)
    assert shown.before + shown.kept.item.quote + shown.after == PROMISE
    assert told.show("promise") == told.statement("promise")
    assert [each.item.quote for each in told.items("promise")] == [PROMISE[:-1], "400 doctors"]
    for method in (told.show, told.statement, told.items, told.thread):
        with pytest.raises(NoSuchItem, match="nothing of that id"):
            method("nowhere")


def test_a_promise_is_followed_to_its_report_and_only_as_far_as_the_date(told: Record) -> None:
    (thread,) = told.threads()
    assert (thread.as_of, [link.doc for link in thread.links]) == ("2022-03-04", ["report"])
    assert thread.verdict in MOVED
    assert told.thread(thread.id) == thread
    before = told.thread(thread.id, as_of="2021-12-31")
    assert (before.verdict, before.links) == (Verdict.NO_REPORT, ())
    assert told.threads(verdict="no-report").to_dicts() == []
    assert len(told.threads(actor="KEN", with_="UGA")) == 1
    assert len(told.threads(actor="PER")) == 0
    assert told.verify() == []
    with pytest.raises(BadFilter):
        told.threads(as_of="soon")


def test_a_person_stands_above_the_follower(told: Record) -> None:
    (thread,) = told.threads()
    link = thread.links[0]
    told.mark(f"{thread.id}>{link.item}", "reject", by="A. Analyst", why="another programme")
    (again,) = told.threads()
    assert (again.links[0].label, again.verdict) == (Label.UNRELATED, Verdict.NO_REPORT)
    told.mark(thread.id, "in-progress", by="A. Analyst")
    assert told.thread(thread.id).verdict is Verdict.IN_PROGRESS
    told.mark(thread.id, "undo", by="A. Analyst")
    told.mark(f"{thread.id}>{link.item}", "undo", by="A. Analyst")
    assert told.thread(thread.id) == thread


def test_following_starts_anew_when_the_record_changes(told: Record) -> None:
    told.add(given("Kenya will send 30 trucks of the Apia Road Programme to Samoa.", "more", date="2022-05-01"), reader="stub", workers=1)
    assert {thread.as_of for thread in told.threads()} == {"2022-05-01"}
    assert len(told.threads()) == 2
    told.mark(next(iter(told.commitments(with_="WSM"))).id, "reject", by="A. Analyst")
    assert len(told.threads()) == 1
    told.add(given(REPORT, "report", date="2022-03-04", publisher="Ministry of Foreign Affairs of Kenya"), reader="stub-next", workers=1)
    assert told.threads().to_dicts()[0]["verdict"] in MOVED
    assert told.verify() == []


def test_a_review_cites_the_record(told: Record) -> None:
    review = told.review("Kenya", 2022)
    text = review.to_markdown()
    assert "Kenya" in text
    assert "2022-03-04" in text
    assert json.loads(review.to_json())["actor"] == "KEN"
    assert review.to_html().startswith("<!")
    assert told.review("KEN", 2022).to_markdown() == text


def test_nothing_is_asked_of_an_empty_record_in_vain(record: Record) -> None:
    assert (list(record.threads()), record.problems(), record.verify(), record.facets("commitment", "actor")) == ([], [], [], [])
    assert record.review("Kenya", 2022).coverage.statements == 0


def test_many_threads_may_ask_and_mark_at_once(tmp_path: Path) -> None:
    """As the pages do: each request in a thread of its own."""
    with communique.open(tmp_path / "record.db") as record:
        record.add(lines(tmp_path / "all.jsonl", many(40)), reader="stub", workers=1)
        ids = [each.id for each in record.commitments()]

        def visit(number: int) -> int:
            record.mark(ids[number], "accept", by=f"Analyst {number}")
            return len(list(record.search("trucks"))) + len(list(record.commitments())) + len(record.judgements(ids[number]))

        with ThreadPoolExecutor(24) as threads:
            assert list(threads.map(visit, range(40))) == [81] * 40
        assert len(record.judgements()) == 40
        assert record.verify() == []


def test_a_bare_word_is_no_quantity_told_twice_and_a_shared_matter_is() -> None:
    def said(id: str, of: str, unit: str, giver: tuple[str, ...] = (), publisher: str = "") -> Kept:
        return Kept(id, Figure(0, 2, "12", 12, unit, of=of, giver=giver), id, "2021-03-04", publisher, "", "hand 1")

    def listing(*rows: Kept) -> Listing[Kept]:
        return Listing(lambda size, after: (rows, None), lambda upto: len(rows), shapes.kept, None)

    def things(*rows: Kept) -> list[str]:
        return [each.thing for each in repeated(listing(*rows), listing(), 100)]

    assert things(said("a", "", "percent"), said("b", "", "percent"), said("c", "people", "person"), said("d", "people", "person")) == []
    assert things(said("a", "degrees Celsius", "degree Celsius"), said("b", "degrees Celsius", "degree Celsius")) == []
    assert len(things(said("a", "share of forest land", "percent"), said("b", "share of forest land", "percent"))) == 1
    lake, hill = (said(who, "share of forest land", "percent", publisher=who) for who in ("Lakeland", "Hilland"))
    assert things(lake, hill) == []
    assert len(things(said("a", "doctors", "doctor", ("KEN",)), said("b", "doctors", "doctor", ("KEN",)))) == 1
