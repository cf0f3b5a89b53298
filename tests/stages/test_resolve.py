"""Every stretch that stands for an actor resolves to its codes; the cases are in ``tests/cases/mentions``."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.language.people import people_in
from communique.records import Mention, Passage, Role, Speaker, Statement
from communique.stages.resolve import resolve

CASES = Path(__file__).parents[1] / "cases" / "mentions"


Staged = tuple[Statement, tuple[Passage, ...]]


def statement(lines: list[str], kind: str = "statement", issuers: tuple[str, ...] = ("CHL",), date: str = "2022-06-01") -> Staged:
    """A statement with a line for each passage, all in its issuers' voice."""
    text, passages, at = "\n".join(lines), [], 0
    for line in lines:
        passages.append(Passage(at, at + len(line), voice=issuers))
        at += len(line) + 1
    return Statement("s", text, "s.txt", date=date, kind=kind, issuers=issuers), tuple(passages)


def told(text: str, mentions: tuple[Mention, ...]) -> list[str]:
    return [f"{text[m.start : m.end]} = {' '.join(m.codes)} ({m.rule})" for m in mentions]


def cases() -> list[tuple[str, list[str], list[list[str]]]]:
    found = []
    for path in sorted(CASES.glob("*.txt")):
        for block in path.read_text("utf-8").split("\n\n"):
            lines = [line for line in block.splitlines() if line and not line.startswith("#")]
            if lines:
                said = [line for line in lines[1:] if not line.startswith("  ")]
                wanted = [line.strip().split("; ") for line in lines[1:] if line.startswith("  ")]
                found.append((lines[0], said, wanted))
    return found


@pytest.mark.parametrize(("head", "said", "wanted"), cases())
def test_who_is_meant(head: str, said: list[str], wanted: list[list[str]]) -> None:
    kind, *issuers = head.split()
    given, passages = statement(said, kind, tuple(issuers))
    mentions = resolve(given, passages)
    for passage, expected in zip(passages, wanted, strict=True):
        here = told(given.text, tuple(m for m in mentions if passage.start <= m.start < passage.end))
        assert [one for one in expected if one not in here] == [], here


def test_we_is_the_voice_of_the_passage_and_nobodys_in_a_question() -> None:
    given, (first, second) = statement(["We will pay.", "Will we pay?"], issuers=("KEN",))
    passages = (replace(first, voice=("IND",)), replace(second, role=Role.QUESTION, voice=()))
    assert told(given.text, resolve(given, passages)) == ["We = IND (we)"]


def test_you_is_the_other_side_of_a_talk() -> None:
    given, (first, second) = statement(["We stand with you.", "Thank you."], "remarks", ("NOR",))
    given = replace(given, speakers=(Speaker("Anna Dahl", "Minister", "NOR"), Speaker("Juan Paz", "Minister", "PER")))
    passages = (replace(first, voice=("NOR",)), replace(second, voice=("PER",)))
    assert told(given.text, resolve(given, passages)) == ["We = NOR (we)", "you = PER (you)", "you = NOR (you)"]
    assert "you = PER (you)" not in told(given.text, resolve(replace(given, kind="speech"), passages))


def test_all_three_are_three_parties_or_nobody() -> None:
    said = ["Chad, Niger and Mali met.", "We applaud all three.", "All four were built last year."]
    given, passages = statement(said, "remarks", ("PER",))
    assert told(given.text, resolve(given, passages))[-1] == "all three = TCD NER MLI (sides)"


@pytest.mark.parametrize("said", ["It is time to act.", "It was decided to wait.", "It falls to us.", "It would be naive to hope."])
def test_it_may_stand_for_nobody(said: str) -> None:
    given, passages = statement(["Peru met Chad.", said])
    assert [one for one in told(given.text, resolve(given, passages)) if one.startswith("It ")] == []


def test_furniture_and_captions_mention_nobody() -> None:
    given, passages = statement(["Follow the Embassy of Peru on our channels", "Peru signed."], issuers=("PER",))
    assert told(given.text, resolve(given, (replace(passages[0], role=Role.FURNITURE), passages[1]))) == ["Peru = PER (name)"]


def test_the_title_tells_how_many_met() -> None:
    given, passages = statement(["The three leaders spoke of fisheries."], issuers=("NOR",))
    given = replace(given, title="Remarks on the Norway-Iceland-Canada summit")
    assert resolve(given, passages)[0].codes == ("NOR", "ISL", "CAN")


def test_the_president_in_the_general_assembly_is_its_own() -> None:
    given, passages = statement(["I thank the President; our President will write."], "speech", issuers=("ZMB",))
    given = replace(given, title="Statement by Zambia in the UN General Assembly")
    assert [m.codes for m in resolve(given, passages)] == [("ZMB",), ("UNGA",), ("ZMB",)]


def test_one_surname_of_two_persons_is_the_one_in_office_at_the_date() -> None:
    lines = ["President Castro will attend."]
    then, passages = statement(lines, date="2016-03-01", issuers=("BRA",))
    later, _ = statement(lines, date="2023-03-01", issuers=("BRA",))
    assert resolve(then, passages)[0].codes == ("CUB",)
    assert resolve(later, passages)[0].codes == ("HND",)


def test_speakers_of_the_statement_are_known_by_surname() -> None:
    given, passages = statement(["Okoye added that roads come first."], issuers=("NGA",))
    given = replace(given, speakers=(Speaker("Ada Okoye", "Foreign Minister", "NGA"),))
    assert told(given.text, resolve(given, passages)) == ["Okoye = NGA (official)"]


def test_a_place_a_ministry_or_a_verb_is_no_person() -> None:
    lines = ["Swiss Ambassador Meets Envoys", "South Africa, Chair of the Group of 77, thanked Brazil."]
    given, passages = statement(lines, issuers=("LKA",))
    found = told(given.text, resolve(given, passages))
    assert "South Africa = ZAF (name)" in found
    assert not [one for one in found if one.endswith("(official)")]


def test_the_people_of_a_meeting_are_named_in_full() -> None:
    lines = ["President Rosa Vidal met Prime Minister Tane Ruru of New Zealand.", "They toured a dam.", "Vidal thanked him.", "Rain fell."]
    given, passages = statement(lines)
    at = [(passage.start, passage.end) for passage in passages]
    given = replace(given, speakers=(Speaker("Rosa Vidal", "President", "CHL"),))
    assert people_in(given, passages, *at[0]) == ("Rosa Vidal", "Tane Ruru")
    assert people_in(given, passages, *at[1]) == ("Rosa Vidal", "Tane Ruru")
    assert people_in(given, passages, *at[2]) == ("Rosa Vidal",)
    assert people_in(given, passages, *at[3]) == ()


def test_a_person_is_named_as_the_statement_writes_the_name() -> None:
    given, passages = statement(
        ["President Sauli Niinistö met Foreign Minister Péter Szijjártó of Hungary.", "They discussed trade."], issuers=("FIN",)
    )
    for passage in passages:
        assert people_in(given, passages, passage.start, passage.end) == ("Sauli Niinistö", "Péter Szijjártó")


SAID = "We,the two sides,President Biden,Kenya,they,both countries,the Council,Xi Jinping,must,he,🕊,met,Ambassador Lee of Korea,."
PARTS = st.sampled_from(SAID.split(","))


@given(st.lists(st.lists(PARTS, max_size=8).map(" ".join), min_size=1, max_size=5))
def test_mentions_stand_in_order_inside_their_passages_and_never_overlap(lines: list[str]) -> None:
    given, passages = statement([line or "x" for line in lines], "readout", ("USA",))
    mentions = resolve(given, passages)
    assert mentions == resolve(given, passages)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    for mention in mentions:
        assert mention.codes
        assert any(passage.start <= mention.start and mention.end <= passage.end for passage in passages)


RULES = {"name", "adjective", "demonym", "capital", "official", "organisation", "group", "we", "you", "sides", "they", "he", "side"}


def test_every_rule_is_one_of_the_thirteen() -> None:
    words = re.sub(r"  .*\n", "", "".join(path.read_text("utf-8") for path in sorted(CASES.glob("*.txt")))).splitlines()
    given, passages = statement([line for line in words if line], "readout", ("USA",))
    assert {mention.rule for mention in resolve(given, passages)} <= RULES


def test_the_states_an_envoy_is_sent_to_take_no_part() -> None:
    given, passages = statement(["The Ambassador of Japan to Fiji and the Cook Islands met the Ambassador of Peru to Chile."])
    assert {code for mention in resolve(given, passages) for code in mention.codes} == {"JPN", "PER", "CHL"}
