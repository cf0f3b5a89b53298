"""Two statements of one engagement joined, and statements of two engagements kept apart: accounts written for this, of many governments."""

from __future__ import annotations

from typing import Any

import pytest

from communique.records import Kept
from communique.stages.follow.accounts import account
from communique.stages.follow.readouts import Joined, joined
from tests.marking import Marked, marked

MET = "outcome CONSULT bilateral-relations"
OPEN = "commitment COOPERATE energy-infrastructure firm"


def said(id: str, date: str, publisher: str, quote: str, parties: str, *, title: str = "", before: str = "", **more: Any) -> Marked:
    """A statement that tells one engagement; ``parties`` as "CHL>ECU"."""
    actors, _, targets = parties.partition(">")
    return marked(id, date, publisher, f"{before} {quote}.", title=title).says(quote, MET, actors, targets, **more)


def of(*statements: Marked) -> list[Joined]:
    return list(joined([kept for each in statements for kept in each.kept]))


def quito() -> tuple[Marked, Marked]:
    ecuador = marked(
        "ecu", "2024-03-04", "ECU-MFA",
        "The Foreign Minister of Ecuador met the Foreign Minister of Chile in Quito today. The two agreed to open a second border crossing "
        "by 2026. Ecuador will put 12 million US dollars into the road.",
    )  # fmt: skip
    ecuador.says("The Foreign Minister of Ecuador met the Foreign Minister of Chile in Quito today", MET, "ECU", "CHL", when="2024-03-04")
    ecuador.says("agreed to open a second border crossing by 2026", OPEN, "ECU CHL", when="2026")
    ecuador.says("Ecuador will put 12 million US dollars into the road", "commitment AID energy-infrastructure firm", "ECU")
    ecuador.counts("12 million US dollars", 12_000_000, "USD", of="road")
    chile = marked(
        "chl", "2024-03-05", "CHL-MFA",
        "Chile's Foreign Minister was received by his counterpart of Ecuador. Both sides agreed that a second border crossing will open by "
        "2027. Ecuador will put 15 million US dollars into the road. He raised the fate of three fishermen.",
    )  # fmt: skip
    chile.says("Chile's Foreign Minister was received by his counterpart of Ecuador", MET, "CHL", "ECU")
    chile.says("agreed that a second border crossing will open by 2027", OPEN, "CHL ECU", when="2027")
    chile.says("Ecuador will put 15 million US dollars into the road", "commitment AID energy-infrastructure firm", "ECU")
    chile.says("raised the fate of three fishermen", "appeal REQUEST consular-migration", "CHL", "ECU")
    chile.counts("15 million US dollars", 15_000_000, "USD", of="road")
    return ecuador, chile


def test_both_sides_of_a_meeting_are_laid_beside_each_other() -> None:
    (pair,) = of(*quito())
    assert (pair.first.doc, pair.second.doc) == ("ecu", "chl")
    assert [(row.first.item.quote, row.second.item.quote) for row in pair.both][1] == (
        "agreed to open a second border crossing by 2026",
        "agreed that a second border crossing will open by 2027",
    )
    assert [each.item.quote for each in pair.only_second] == ["raised the fate of three fishermen"]
    assert not pair.only_first
    assert not pair.one_text


def test_numbers_and_dates_that_differ_are_named_in_the_words_of_each() -> None:
    (pair,) = of(*quito())
    found = [(each.kind, each.first, each.second) for row in pair.both for each in row.differences]
    assert found == [("when", "2026", "2027"), ("figure", "12 million US dollars", "15 million US dollars")]


def test_a_hedged_figure_does_not_differ_from_one_it_allows() -> None:
    ours, theirs = (
        marked(id, "2024-05-06", publisher, f"{host} met {guest} in Nairobi. Kenya will train {words} nurses of Rwanda.")
        .says(f"{host} met {guest} in Nairobi", MET, "KEN", "RWA", when="2024-05-06")
        .says(f"Kenya will train {words} nurses of Rwanda", "commitment AID health firm", "KEN", "RWA")
        .counts(words, value, "nurse", rel=rel, of="nurses")
        for id, publisher, host, guest, words, value, rel in (
            ("k", "KEN-MFA", "President Ruto of Kenya", "President Kagame", "over 150", 150, ">"),
            ("r", "RWA-MFA", "President Kagame of Rwanda", "President Ruto", "160", 160, "="),
        )
    )
    (pair,) = of(ours, theirs)
    assert [row.differences for row in pair.both] == [(), ()]


def test_a_joint_statement_that_both_publish_is_one_text() -> None:
    words = [
        "The Prime Ministers of Fiji and New Zealand met in Suva today", "The two agreed to share fishery patrols",
        "They welcomed the new port", "They will meet again in Wellington",
    ]  # fmt: skip
    copies = []
    for id, publisher in (("f", "FJI-PM"), ("n", "NZL-PM")):
        copy = marked(id, "2023-07-11", publisher, ". ".join(words) + ".", title="Joint statement of Fiji and New Zealand")
        copy.says(words[0], MET, "FJI NZL", when="2023-07-11")
        for each in words[1:]:
            copy.says(each, "commitment COOPERATE bilateral-relations firm", "FJI NZL")
        copies.append(copy)
    (pair,) = of(*copies)
    assert pair.one_text


JAPAN = said("j", "2024-02-08", "JPN-MOFA", "Prime Minister Kishida held a summit meeting with President Ruto", "JPN>KEN",
             when="2024-02-08", people=("KISHIDA Fumio", "William Ruto"))  # fmt: skip
KENYA = said("k", "2024-02-08", "KEN-PRESIDENT", "President William Ruto met Prime Minister Fumio Kishida in Tokyo today", "KEN>JPN",
             when="2024-02-08", people=("William Ruto", "Fumio Kishida"))  # fmt: skip

APART = {
    "a call is no meeting": said("x", "2024-02-08", "KEN-PRESIDENT", "President Ruto spoke by phone with Prime Minister Kishida", "KEN>JPN",
                                 when="2024-02-08", people=("William Ruto", "Fumio Kishida")),
    "two days later": said("x", "2024-02-10", "KEN-PRESIDENT", "President Ruto met Prime Minister Kishida", "KEN>JPN",
                           when="2024-02-10", people=("William Ruto", "Fumio Kishida")),
    "other persons": said("x", "2024-02-08", "KEN-MFA", "Musalia Mudavadi met Kamikawa Yoko", "KEN>JPN", when="2024-02-08",
                          people=("Musalia Mudavadi", "Kamikawa Yoko")),
    "other offices": said("x", "2024-02-08", "KEN-MFA", "the Foreign Minister of Kenya met the Ambassador of Japan", "KEN>JPN",
                          when="2024-02-08"),
    "a deputy": said("x", "2024-02-08", "KEN-MFA", "Deputy President Gachagua met Prime Minister Kishida", "KEN>JPN", when="2024-02-08"),
    "another party": said("x", "2024-02-08", "UGA-PRESIDENT", "President Museveni met Prime Minister Kishida", "UGA>JPN",
                          when="2024-02-08"),
    "a third party beside": said("x", "2024-02-08", "KEN-PRESIDENT", "President Ruto met the leaders of Japan and India", "KEN>JPN IND",
                                 when="2024-02-08"),
    "the same publisher": said("x", "2024-02-08", "JPN-MOFA", "Prime Minister Kishida met President Ruto", "JPN>KEN", when="2024-02-08"),
    "a paper": said("x", "2024-02-08", "NAIROBI-POST", "President Ruto met Prime Minister Kishida", "KEN>JPN", when="2024-02-08"),
    "a bystander": said("x", "2024-02-08", "NOR-MFA", "President Ruto met Prime Minister Kishida", "KEN>JPN", when="2024-02-08"),
    "a look back": said("x", "2024-11-30", "KEN-PRESIDENT", "President Ruto met Prime Minister Kishida on 8 February", "KEN>JPN",
                        when="2024-02-08", people=("William Ruto", "Fumio Kishida")),
    "a year and no day": said("x", "2024-12-30", "KEN-PRESIDENT", "President Ruto met Prime Minister Kishida", "KEN>JPN", when="2024"),
    "an announcement": said("x", "2024-02-08", "KEN-PRESIDENT", "President Ruto holds talks with Prime Minister Kishida", "KEN>JPN",
                            title="President Ruto to visit Japan", when="2024-02-08"),
    "an invitation": said("x", "2024-02-08", "KEN-PRESIDENT", "President Ruto invited Prime Minister Kishida to visit", "KEN>JPN",
                          when="2024-02-08"),
    "in passing, no day": said("x", "2024-02-08", "KEN-TREASURY", "officials of Kenya met officials of Japan", "KEN>JPN",
                               before="Kenya's budget grew. " * 60),
}  # fmt: skip


@pytest.mark.parametrize("why", APART)
def test_what_is_no_account_of_the_same_engagement_is_kept_apart(why: str) -> None:
    assert len(of(JAPAN, KENYA)) == 1  # the one beside which the others fail
    assert of(JAPAN, APART[why]) == []


def test_each_side_naming_its_guest_alone_is_no_disagreement() -> None:
    ghana = said("g", "2022-09-02", "GHA-PRESIDENT", "I spoke today with President Macron", "GHA>FRA", when="2022-09-02",
                 people=("Macron",))  # fmt: skip
    france = said("f", "2022-09-02", "FRA-ELYSEE", "The President spoke with his counterpart of Ghana", "FRA>GHA", people=("Akufo-Addo",),
                  title="Call of the President with President Akufo-Addo")  # fmt: skip
    assert len(of(ghana, france)) == 1


def test_two_offices_of_one_government_must_name_the_same_day() -> None:
    treasury = said("a", "2021-06-02", "PER-MEF", "President Castillo met President Arce", "PER>BOL", when="2021-06-02")
    palace = said("b", "2021-06-03", "PER-PRESIDENT", "President Castillo met President Arce", "PER>BOL", when="2021-06-03")
    bolivia = said("c", "2021-06-03", "BOL-PRESIDENT", "President Arce met President Castillo", "BOL>PER", when="2021-06-03")
    assert {(each.first.doc, each.second.doc) for each in of(treasury, palace, bolivia)} == {("a", "c"), ("b", "c")}


def test_a_small_group_is_the_states_it_is_made_of() -> None:
    quad = said("q", "2023-05-20", "QUAD", "The leaders of the Quad met in Hiroshima today", "QUAD", when="2023-05-20")
    india = said("i", "2023-05-20", "IND-MEA", "The Prime Minister met the leaders of Australia, Japan and the United States",
                 "IND>AUS JPN USA", when="2023-05-20")  # fmt: skip
    assert len(of(quad, india)) == 1


def test_of_a_long_round_of_calls_only_what_names_the_other_side_is_compared() -> None:
    evening = marked("u", "2023-01-05", "UKR-PRESIDENT", "I spoke with President Duda today. I spoke with Prime Minister Trudeau today. "
                     "Canada will send winter clothes. Poland will send transformers.")  # fmt: skip
    evening.says("I spoke with President Duda today", MET, "UKR", "POL", when="2023-01-05", people=("Duda",))
    evening.says("I spoke with Prime Minister Trudeau today", MET, "UKR", "CAN", when="2023-01-05", people=("Trudeau",))
    evening.says("Canada will send winter clothes", "commitment AID humanitarian firm", "CAN", "UKR")
    evening.says("Poland will send transformers", "commitment AID energy-infrastructure firm", "POL", "UKR")
    poland = said("p", "2023-01-05", "POL-PRESIDENT", "President Duda spoke with President Zelenskyy", "POL>UKR", when="2023-01-05")
    (pair,) = of(evening, poland)
    assert [row.second.item.quote for row in pair.both] == ["I spoke with President Duda today"]
    assert [each.item.quote for each in pair.only_second] == ["Poland will send transformers"]
    assert pair.left_out == 2


def test_the_order_in_which_statements_come_changes_nothing() -> None:
    items = [kept for each in (*quito(), JAPAN, KENYA) for kept in each.kept]
    assert list(joined(items)) == list(joined(items[::-1]))


def test_an_account_says_how_it_was_held() -> None:
    def held(kept: Kept) -> tuple[bool, bool]:
        found = account(kept)
        assert found is not None
        return found.call, found.in_person

    assert held(KENYA.kept[0]) == (False, True)
    phoned = said("p", "2024-02-08", "KEN-MFA", "The minister phoned her counterpart of Japan", "KEN>JPN").kept[0]
    assert held(phoned) == (True, False)
    spoke = said("s", "2024-02-08", "KEN-MFA", "The minister spoke with her counterpart of Japan", "KEN>JPN").kept[0]
    assert held(spoke) == (True, True)
