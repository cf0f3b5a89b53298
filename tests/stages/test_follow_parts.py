"""The parts of following: words, keys, loose sentences, and what settles a verdict."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.records import Act, Assertion, Event, Kept, Label, Link, Passage, Role, Statement, Verdict
from communique.stages.follow import Follower, keys, loose
from communique.stages.follow.anchors import begun, doer_held
from communique.stages.follow.cues import CUES, cues, has
from communique.stages.follow.index import day_of
from communique.stages.follow.verdict import concluded
from communique.stages.follow.words import main_verb, number_values, ordinals, stem, words


@pytest.mark.parametrize(
    ("quote", "numbers"),
    [
        ("half a billion doses for 92 countries", (5e8, 92)),
        ("on May 24, 2022 in Geneva", ()),
        ("COVID-19 and 5G, the 75th session", ()),
        ("8,000 troops and $1.5 billion", (8000, 1.5e9)),
    ],
)
def test_counts_and_sums_without_dates_and_names(quote: str, numbers: tuple[float, ...]) -> None:
    assert number_values(quote) == numbers


def test_one_stem_for_the_forms_of_a_deed() -> None:
    assert len({stem(form) for form in ("launch", "launches", "launched", "launching")}) == 1
    assert len({stem(form) for form in ("deliver", "delivers", "delivered", "delivery", "deliveries")}) == 1
    assert stem("held") == stem("hold")


def test_a_long_name_meets_its_initials() -> None:
    assert "prta" in words("the Pacific Rim Trade Accord").acronyms
    assert {"prta"} <= words("signed the PRTA").names


@pytest.mark.parametrize(
    ("quote", "verb"),
    [
        ("Malta will soon open an embassy in Accra", "open"),
        ("plans to host the forum", "host"),
        ("has already delivered the buses", "deliver"),
        ("Peru and Chile established a commission", "establish"),
        ("- Launch a Harbour Task Force", "launch"),
        ("Support for small islands was extended", "extend"),
        ("agreed to stand up a joint centre", "establish"),
        ("we stand up for the small islands", "stand"),
    ],
)
def test_the_deed_is_told_from_the_main_verb(quote: str, verb: str) -> None:
    assert main_verb(quote) == stem(verb)


def test_an_ordinal_is_not_the_day_of_a_date() -> None:
    assert ordinals("the third summit on the 5th of May") == (3,)


# pieces of the patterns of cues, so that phrases come together often
PIECES = sorted({piece for pattern in CUES.values() for piece in re.findall(r"[\w’']+", pattern.pattern)})
GAPS = (" ", " ", " ", "\n", "\xa0", "  ", "-", ", ", ". ", "ed ", "ing ", "s ", "2024 ", "5 ", "")


@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(GAPS)), max_size=12))
def test_a_cue_looked_up_by_its_words_is_the_cue_found_by_its_pattern(said: list[tuple[str, str]]) -> None:
    quote = "".join(piece + gap for piece, gap in said)
    assert {name for name in CUES if has(cues(quote), name)} == {name for name, pattern in CUES.items() if pattern.search(quote)}


@pytest.mark.parametrize("quote", ["is going to open", "no longer", "has set up", "will be held by 2030", "over the last decade"])
def test_a_cue_of_several_words_is_found(quote: str) -> None:
    assert {name for name in CUES if has(cues(quote), name)} == {name for name, pattern in CUES.items() if pattern.search(quote)}


@pytest.mark.parametrize(
    ("stated", "first", "last"),
    [("2024", "2024-01-01", "2024-12-31"), ("2024-02", "2024-02-01", "2024-02-29"), ("2024-01/2024-03", "2024-01-01", "2024-03-31")],
)
def test_dates_of_any_precision_have_a_first_and_a_last_day(stated: str, first: str, last: str) -> None:
    assert (day_of(stated), day_of(stated, last=True)) == (day_of(first), day_of(last))


def item(number: int, quote: str, act: Act = Act.OUTCOME) -> Kept:
    assertion = Assertion(0, len(quote), quote, act, Event.AID, ("FJI",), ("TUV",), specific=True)
    return Kept(f"i{number}", assertion, f"d{number:03d}", f"2020-01-{1 + number % 28:02d}", "FJI-GOV", "", "test")


def test_keys_are_of_the_words_and_of_who_is_helped() -> None:
    assert keys(item(1, "has provided a desalination plant")) == keys(item(2, "has provided a desalination plant"))
    assert set(keys(item(1, "will provide a barge"))) & set(keys(item(2, "sent nurses")))  # both help Tuvalu


def test_a_sentence_without_an_assertion_is_weaker_evidence() -> None:
    text = "Thank you all for coming to our second summit. Fiji has opened the forum in Suva."
    statement = Statement("s", text, "s", date="2024-05-01", issuers=("FJI",))
    passages = (Passage(0, 46), Passage(47, len(text)), Passage(0, 46, Role.HEADING))
    opened = Assertion(47, len(text) - 1, text[47:-1], Act.OUTCOME, Event.CONSULT, ("FJI",))
    (found,) = loose(statement, passages, [opened])
    assert found.item.quote == text[:46]
    assert not Follower([found], "2100").starts(0)


def test_what_the_assertions_of_a_sentence_leave_over_is_weaker_evidence_too() -> None:
    text = "Fiji has ordered two ferries for Tuvalu, with deliveries beginning in May next year."
    statement = Statement("s", text, "s", date="2024-05-01", issuers=("FJI",))
    ordered = Assertion(0, 39, text[:39], Act.OUTCOME, Event.AID, ("FJI",))
    assert [each.item.quote for each in loose(statement, (Passage(0, len(text)),), [ordered])] == [text[41:-1]]
    told_whole = Assertion(0, len(text), text, Act.OUTCOME, Event.AID, ("FJI",))
    assert not list(loose(statement, (Passage(0, len(text)),), [told_whole]))


def tied(label: Label, confidence: float, rule: str = "step") -> Link:
    return Link("d", 0, 4, "sent", label, confidence, rule=rule)


@pytest.mark.parametrize(
    ("links", "verdict", "rule"),
    [
        ([], Verdict.NO_REPORT, "silence"),
        ([tied(Label.ADVANCES, 0.79)], Verdict.NO_REPORT, "nothing-sure"),
        ([tied(Label.ADVANCES, 0.81)], Verdict.IN_PROGRESS, "step"),
        ([tied(Label.REPEATS, 0.9), tied(Label.RETRACTS, 0.7, "called-off")], Verdict.RETRACTED, "called-off"),
        ([tied(Label.FULFILS, 0.15, "done")], Verdict.IN_PROGRESS, "step"),
        ([tied(Label.FULFILS, 0.3, "done")], Verdict.FULFILLED, "done"),
    ],
)
def test_only_sure_links_settle_a_verdict(links: list[Link], verdict: Verdict, rule: str) -> None:
    assert concluded(links) == (verdict, rule)


@pytest.mark.parametrize(
    ("promise", "report", "held"),
    [
        ("finance ministers will meet each spring", "our finance ministers met in Lima", True),
        ("finance ministers will meet each spring", "we held the summit", False),
        ("we will open an embassy", "Malta opened an embassy", True),
        ("the two sides agreed to set up a commission", "the commission was set up", True),
        ("Fiji will host the forum", "the forum was held", True),
    ],
)
def test_whom_a_promise_names_must_stand_in_the_report(promise: str, report: str, held: bool) -> None:
    assert doer_held(promise, report) is held


def test_a_beginning_is_told_apart_from_the_whole() -> None:
    assert begun("will donate ten buses", "the buses have begun to arrive")
    assert not begun("deliveries will start in May", "deliveries began in May")
