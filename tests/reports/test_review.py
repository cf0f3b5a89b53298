"""The review of a year, from statements marked by hand: what belongs to it, what is joined, what is left out and said to be."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from communique.records import Judgement, Kept, Label, Link, Problem, Statement, Thread, Verdict
from communique.render import html, json, markdown
from communique.reports.review import review
from communique.reports.values import Review
from tests.marking import Marked, marked

SNAPSHOTS = Path(__file__).parent.parent / "snapshots"


def kenya() -> list[Marked]:
    """Four statements around 2021: a mid-year one, a review of the year, a partner's readout, a joint one."""
    middle = marked(
        "ke-2021-07", "2021-07-14", "Foreign Ministry, Nairobi",
        """We have sent 200 tonnes of maize to Somalia and medical kits to more than 30 countries. Kenya will work towards
        signing the Grain Corridor Agreement within the year. We will open a consulate in Mombasa next year. Kenya firmly opposes
        the use of food as a weapon. We ask all parties to the conflict to open the roads. Kenya and Ethiopia are brotherly neighbours.""",
        side="KEN", speaker="Amina Odhiambo", kind="remarks",
    )  # fmt: skip
    middle.says("have sent 200 tonnes of maize to Somalia", "outcome AID humanitarian !", "KEN", "SOM")
    middle.says("medical kits to more than 30 countries", "outcome AID health !", "KEN", "grp:some-countries")
    middle.counts("200 tonnes", 200, "tonne", of="tonnes of maize", giver=("KEN",), receiver=("SOM",))
    middle.counts("more than 30 countries", 30, "country", rel=">", of="countries given medical kits")
    middle.says("will work towards signing the Grain Corridor Agreement within the year", "commitment AGREE economy-trade aspirational !",
                "KEN", when="2021")  # fmt: skip
    middle.names("the Grain Corridor Agreement", "negotiating", "KEN UGA", name="Grain Corridor Agreement")
    middle.says("We will open a consulate in Mombasa next year", "commitment COOPERATE consular-migration firm !", "KEN", when="2022")
    middle.says("Kenya firmly opposes the use of food as a weapon", "position REJECT humanitarian", "KEN")
    middle.says("all parties to the conflict to open the roads", "appeal REQUEST humanitarian", "KEN", "grp:all-parties")
    middle.labels("brotherly neighbours", "KEN ETH")
    yearly = marked(
        "ke-2022-01", "2022-01-05", "Foreign Ministry, Nairobi",
        """In 2021 the President held 41 meetings with his peers. During 2021 Kenya signed the Grain Corridor Agreement. We sent
        medical kits to over 45 countries. Kenya will keep supporting the regional vaccine programme. Trade with Uganda
        grew in 2021 by nearly 8 percent.""",
        side="KEN", speaker="Amina Odhiambo", kind="remarks",
    )  # fmt: skip
    yearly.says("the President held 41 meetings with his peers", "outcome CONSULT bilateral-relations !", "KEN", "grp:leaders", when="2021")
    yearly.counts("41 meetings", 41, "meeting", when="2021")
    yearly.says("Kenya signed the Grain Corridor Agreement", "outcome AGREE economy-trade !", "KEN", when="2021")
    yearly.names("the Grain Corridor Agreement", "signed", "KEN", name="Grain Corridor Agreement")
    yearly.says("We sent medical kits to over 45 countries", "outcome AID health !", "KEN", "grp:some-countries")
    yearly.counts("over 45 countries", 45, "country", rel=">", of="countries given medical kits")
    yearly.says("Kenya will keep supporting the regional vaccine programme", "commitment SUPPORT health firm", "KEN")
    yearly.counts("nearly 8 percent", 8, "percent", rel="<", of="growth of trade with Uganda", when="2021", giver=("KEN",))
    partner = marked(
        "ug-2021-09", "2021-09-02", "State House, Entebbe",
        """The Foreign Ministers of Uganda and Kenya met in Kisumu today. Kenya will keep supporting the regional vaccine
        programme, we learned.""",
        side="UGA", kind="readout",
    )  # fmt: skip
    partner.says("The Foreign Ministers of Uganda and Kenya met in Kisumu today", "outcome CONSULT bilateral-relations !", "UGA KEN")
    partner.says("Kenya will keep supporting the regional vaccine programme", "commitment SUPPORT health firm", "KEN", reported=True)
    older = marked(
        "ke-2019-02", "2019-02-01", "Foreign Ministry, Nairobi", "We opened a school in Lamu. We will plant trees in 2019.", side="KEN"
    )
    older.says("We opened a school in Lamu", "outcome COOPERATE people-culture-education !", "KEN")
    older.says("We will plant trees in 2019", "commitment NONE climate-environment firm", "KEN", when="2019")
    return [middle, yearly, partner, older]


def written(statements: list[Marked], year: int = 2021, **more: object) -> Review:
    kept = [each for one in statements for each in one.kept]
    return review("KEN", year, kept, [one.statement for one in statements], **more)  # type: ignore[arg-type]


def place(kept: Kept) -> tuple[int, int, str]:
    return kept.item.start, kept.item.end, kept.item.quote


def lines(value: Review, title: str) -> list[str]:
    """The shown lines of the blocks under a title, in Markdown without notes."""
    blocks = [block for section in value.sections for block in section.blocks if block.title == title]
    return [f"{line.text}{f' ({line.remark})' if line.remark else ''}" for block in blocks for line in block.lines(shown=True) if line.text]


@pytest.mark.parametrize(("form", "suffix"), [(markdown.review, "md"), (html.review, "html"), (json.review, "json")])
def test_the_review_reads_as_agreed(form: object, suffix: str) -> None:
    told = form(written(kenya()))  # type: ignore[operator]
    kept = SNAPSHOTS / f"review_ken_2021.{suffix}"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        kept.write_text(told, "utf-8")
    assert told == kept.read_text("utf-8")


def test_deeds_of_a_statement_that_sums_the_year_up_count_for_that_year() -> None:
    assert "> 30 countries; later > 45 countries (consistent)" in lines(written(kenya()), "Assistance")
    assert lines(written(kenya(), 2022), "Assistance") == []


def test_a_deed_of_another_year_stays_out() -> None:
    assert "school" not in markdown.review(written(kenya()))
    assert "school" in markdown.review(written(kenya(), 2019))


def test_claimed_meetings_are_counted_beside_the_ones_held_and_never_expanded() -> None:
    told = lines(written(kenya()), "Leaders' diplomacy")
    assert told[:2] == ["41 meetings (claimed for 2021)", "1 is told one by one in the record, and is not added to the claim"]
    assert told[2].startswith("The Foreign Ministers of Uganda and Kenya met in Kisumu today (2021-09-02")


def test_an_agreement_goes_through_its_stages_in_one_row() -> None:
    told = lines(written(kenya()), "Agreements")
    assert told[:4] == ["Grain Corridor Agreement", "Uganda", "negotiating (2021-07-14)", "signed (in 2021, said 2022-01-05)"]


def test_promises_for_next_year_stand_apart_from_those_for_the_year_itself() -> None:
    value = written(kenya())
    assert lines(value, "Concrete") == ["Open a consulate in Mombasa next year"]
    assert lines(value, "Promised for 2021 itself") == ["Work towards signing the Grain Corridor Agreement within the year"]


def test_a_promise_without_a_date_looks_to_the_next_year_only_when_made_as_the_year_turns() -> None:
    def said(id: str, date: str, words: str, title: str = "") -> Marked:
        made = marked(id, date, "Foreign Ministry, Nairobi", words, side="KEN", title=title)
        made.says(words, "commitment COOPERATE economy-trade firm", "KEN")
        return made

    statements = [
        said("summer", "2021-08-11", "We will deepen ties with our neighbours"),
        said("undated", "2021", "We will widen trade with the Gulf"),
        said("autumn", "2021-10-20", "We will welcome more students from the islands"),
        said("budget", "2021-11-20", "We will train more customs officers", title="Priorities of our diplomacy in 2022"),
        said("december", "2021-12-15", "We will modernise the border posts"),
        said("opening", "2022-02-01", "We will protect the lake"),
    ]
    value = written(statements, threads=[])
    assert lines(value, "General") == ["Train more customs officers", "Modernise the border posts", "Protect the lake"]
    assert "What was promised earlier in 2021 without a date is followed in section 2." in markdown.review(value)
    assert lines(written(statements), "Promised in 2021 without a date") == [
        "Widen trade with the Gulf", "Deepen ties with our neighbours", "Welcome more students from the islands",
    ]  # fmt: skip
    alone = markdown.review(written(statements[:1], threads=[]))
    assert "No promise that looks to 2022 stands in the statements read. What was promised earlier in 2021 without a date is" in alone


def test_a_promise_told_by_both_sides_is_one_line_with_both_notes() -> None:
    value = written(kenya())
    block = next(block for section in value.sections for block in section.blocks if block.title == "General")
    line = next(line for group in block.groups for line in group.lines if "vaccine" in line.text)
    assert line.remark == "told by both sides"
    assert {note.doc for note in value.notes if note.number in line.notes} == {"ke-2022-01", "ug-2021-09"}


def test_every_note_holds_the_words_at_its_place() -> None:
    statements = kenya()
    texts = {one.statement.id: one.statement.text for one in statements}
    value = written(statements)
    assert value.notes
    assert [note.quote for note in value.notes] == [texts[note.doc][note.start : note.end] for note in value.notes]


def test_every_shown_line_has_a_note_and_notes_are_numbered_in_the_order_of_the_page() -> None:
    value = written(kenya())
    shown = [line for section in value.sections for block in section.blocks for line in block.lines(shown=True)]
    numbers = [number for line in shown for number in line.notes]
    assert list(dict.fromkeys(numbers)) == list(range(1, len(set(numbers)) + 1))
    for section in value.sections:
        for block in section.blocks:
            for group in block.groups:
                assert all(line.notes for line in group.lines)


def test_a_passage_cited_for_several_things_has_one_note() -> None:
    one = marked("ke-x", "2021-05-01", "Foreign Ministry, Nairobi", "We sent 30 trucks and 12 tonnes of rice to Malawi.", side="KEN")
    one.says("sent 30 trucks and 12 tonnes of rice to Malawi", "outcome AID humanitarian !", "KEN", "MWI")
    one.counts("30 trucks", 30, "truck", of="trucks").counts("12 tonnes", 12, "tonne", of="tonnes of rice")
    value = written([one])
    assert lines(value, "Assistance")[::5] == ["trucks", "rice"]
    assert [note.quote for note in value.notes] == ["sent 30 trucks and 12 tonnes of rice to Malawi"]


def test_what_a_person_rejected_or_the_floor_holds_back_is_left_out_and_counted() -> None:
    statements = kenya()
    rejected = Judgement("x", "reject", "A. Analyst", "2022-02-01T00:00:00Z")
    doubtful = statements[0].kept[5]
    statements[0].kept[5] = replace(doubtful, item=replace(doubtful.item, confidence=0.3))
    statements[0].kept[7] = replace(statements[0].kept[7], judgements=(rejected,))
    value = written(statements, floor=0.5)
    assert (value.coverage.aside, value.coverage.rejected) == (1, 1)
    assert "1 more below the confidence floor and left out, 1 rejected by a person" in " ".join(value.coverage.sentences)


def test_a_person_who_accepts_lifts_an_item_over_the_floor() -> None:
    statements = kenya()
    accepted = Judgement("x", "accept", "A. Analyst", "2022-02-01T00:00:00Z")
    one = statements[0].kept[6]
    statements[0].kept[6] = replace(one, item=replace(one.item, confidence=0.3), judgements=(accepted,))
    value = written(statements, floor=0.5)
    assert value.coverage.aside == 0
    assert any(note.judged == "accept by A. Analyst, 2022-02-01" for note in value.notes)


def test_coverage_says_whose_account_it_is_and_what_could_not_be_read() -> None:
    alone = written(kenya()[:1], problems=[Problem("formats", "unreadable", "scan.pdf has no text.", "scan.pdf")])
    told = " ".join(alone.coverage.sentences)
    assert "giving Kenya's own account" in told
    assert "No statement by any partner was read" in told
    assert "1 input could not be read" in told
    assert (written(kenya()).coverage.own, written(kenya()).coverage.others) == (2, 1)


def test_an_empty_year_says_so_and_invents_nothing() -> None:
    value = written(kenya(), 1999)
    assert value.coverage.sentences == ("No statement in the record speaks of Kenya in 1999.",)
    assert [section.empty for section in value.sections] == [
        "No deed of 1999 is reported in the statements read.",
        "No promise that looks to 2000 stands in the statements read.",
        "No position is stated in the statements read.",
    ]


def test_what_became_of_promises_is_told_only_when_they_were_followed() -> None:
    statements = kenya()
    promise = next(each for each in statements[0].kept if "signing" in each.item.quote)
    signed = next(each for each in statements[1].kept if each.item.quote == "Kenya signed the Grain Corridor Agreement")
    link = Link(signed.doc, *place(signed), Label.FULFILS, 0.9, signed.id, "own-specific", "done")
    verdict = (Verdict.FULFILLED, "2022-01-05", "done")
    thread = Thread(promise.id, promise.doc, *place(promise), ("KEN",), "2021", True, *verdict, (link,), 1)
    value = written(statements, threads=[thread])
    assert [section.title for section in value.sections][1] == "What became of the priorities announced before"
    assert [line.text for line in value.sections[1].blocks[0].lines(shown=True)] == [
        "Work towards signing the Grain Corridor Agreement within the year",
        "2021-07-14",
        "fulfilled: the deed is reported (own account, specific)",
        "“Kenya signed the Grain Corridor Agreement”",
    ]
    assert lines(value, "Promised for 2021 itself") == []


def test_a_promise_that_is_a_part_of_another_says_so() -> None:
    statements = kenya()
    promise, whole = [each for each in statements[0].kept if getattr(each.item, "act", "") == "commitment"][:2]
    thread = Thread(promise.id, promise.doc, *place(promise), ("KEN",), "2021", True, Verdict.NO_REPORT, "2022-01-05", "silence", (), 1)

    def remarks(umbrella: str) -> list[str]:
        value = written(statements, threads=[replace(thread, umbrella=umbrella)])
        return [line.remark for line in value.sections[1].blocks[0].lines(shown=True)]

    assert remarks(whole.id)[0] == "part of another promise of the same statement"
    assert remarks("")[0] == ""


def test_the_same_record_gives_the_same_bytes_in_any_order() -> None:
    statements = kenya()
    kept: list[Kept] = [each for one in statements for each in one.kept]
    texts: list[Statement] = [one.statement for one in statements]
    first = json.review(review("KEN", 2021, kept, texts))
    for seed in range(5):
        Random(seed).shuffle(kept)
        Random(seed).shuffle(texts)
        assert json.review(review("KEN", 2021, kept, texts)) == first


def test_a_long_tail_is_counted_on_the_page_and_kept_in_json() -> None:
    crops = ("maize", "beans", "sorghum", "millet", "cassava", "rice", "tea", "coffee", "sisal", "cotton")
    tools = ("tractors", "pumps", "silos")
    text = " ".join(f"We oppose the tax on imported {crop} {tool}." for crop in crops for tool in tools)
    one = marked("ke-x", "2021-05-01", "Foreign Ministry, Nairobi", text, side="KEN")
    for crop in crops:
        for tool in tools:
            one.says(f"oppose the tax on imported {crop} {tool}", "position REJECT economy-trade", "KEN")
    told = markdown.review(written([one]))
    shown = sum("Oppose the tax" in line for line in told.splitlines())
    assert shown == 6
    assert "- and 24 more (listed in JSON)" in told
    assert json.review(written([one])).count('"Oppose the tax') == 30


def test_one_sum_told_again_in_a_statement_is_one_row_and_two_sums_of_a_size_are_two() -> None:
    said = marked(
        "ke", "2021-05-04", "Treasury, Nairobi",
        """The allowance of 3,000 shillings was delayed in May. We have ordered the 3,000 shillings allowance to be paid.
        We lent 5,000 shillings to potters and 5,000 shillings to weavers.""", side="KEN",
    )  # fmt: skip
    said.counts("3,000 shillings", 3000, "KES", of="allowance delayed in May")
    said.counts("3,000 shillings allowance", 3000, "KES", of="allowance")
    said.counts("5,000 shillings to potters", 5000, "KES", of="to potters")
    said.counts("5,000 shillings to weavers", 5000, "KES", of="to weavers")
    told = [line for line in lines(written([said]), "Figures claimed") if line.startswith("KES")]
    assert told == ["KES 3,000", "KES 5,000", "KES 5,000"]
