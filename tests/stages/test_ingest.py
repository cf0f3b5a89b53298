"""Metadata found in messy text; given metadata wins; what is missing is said, never guessed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from communique.records import Given, Speaker, Statement
from communique.stages.ingest import ingest

CASES = sorted((Path(__file__).parents[1] / "cases" / "metadata").glob("*.txt"))


def statement(text: str, source: str = "case.txt", **fields: str) -> Statement:
    return ingest(Given(text, source, **fields))[0]


def shown(found: Statement) -> dict[str, str]:
    people = "; ".join(f"{one.name}, {one.role} ({one.side})" for one in found.speakers)
    return {
        "title": found.title,
        "date": str(found.date),
        "publisher": found.publisher,
        "kind": found.kind,
        "lang": found.lang,
        "speakers": people,
        "issuers": " ".join(found.issuers),
    }


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_page_tells_its_metadata(path: Path) -> None:
    text, expected = path.read_text("utf-8").split("\n---\n")
    found = shown(statement(text))
    for line in expected.strip().splitlines():
        name, value = line.split(":", 1)
        assert found[name] == value.strip(), name


PAGE = "Ministry notice\n{}\nThe minister will open the school.\n"


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("2020-08-11 17:15", "2020-08-11"),
        ("Updated 18:59, 07-Mar-2021", "2021-03-07"),
        ("Published: 3 June 2019", "2019-06-03"),
        ("date 2021-01-03", "2021-01-03"),
        ("August 11, 2020", "2020-08-11"),
        ("11th of August 2020", "2020-08-11"),
        ("Tuesday, 11 August 2020", "2020-08-11"),
        ("Fri, May 12, 2023", "2023-05-12"),
        ("(September 8, 2021)", "2021-09-08"),
        ("13/04/2021", "2021-04-13"),
        ("2021/04/13", "2021-04-13"),
        ("March 2021", "2021-03"),
    ],
)
def test_a_date_on_a_line_of_its_own(line: str, iso: str) -> None:
    assert statement(PAGE.format(line)).date == iso


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("GENEVA, 4 March 2021 (WHO) -- The board will meet.", "2021-03-04"),
        ("LIMA, March 4, 2021 (EFE) – The board will meet.", "2021-03-04"),
        ("LIMA, 4 March (EFE) – The board will meet.\n\nCopyright 2021 Agency", "2021-03-04"),
        ("The parties agree.\n\nDone at Lima on the Third day of May in the Year Two Thousand and Twenty-Three.", "2023-05-03"),
        ("The parties agree.\n\nLast word.\n\n29 JULY 2019", "2019-07-29"),
        ("Published 3 June 2019\nUpdated 5 June 2019\n\nThe board will meet.", "2019-06-03"),
    ],
)
def test_a_date_where_documents_put_their_own(text: str, iso: str) -> None:
    assert statement(text).date == iso


@pytest.mark.parametrize(
    "text",
    [
        "The ministers met on 4 March 2021 in Lima and agreed to build two bridges across the river before the rains come.",
        "Press note\n\nThe road has been open since 3 May 2019.\n",
        "Press note\n31 February 2020\nThe board will meet.",
    ],
)
def test_the_date_of_an_event_is_not_the_date_of_the_document(text: str) -> None:
    found, problems = ingest(Given(text, "note.txt"))
    assert found.date is None
    assert [problem.code for problem in problems] == ["no-date"]
    assert "note.txt" in problems[0].message


def test_a_dateline_without_a_year_takes_that_of_the_page_or_none() -> None:
    text = "LAGOS, March 4 (NAN) -- The board will meet on the new port.\n"
    found, problems = ingest(Given(text, "note.txt"))
    assert found.date is None
    assert 'the dateline\'s "March 4" has no year' in problems[0].message
    assert statement(text + "\n© 2021 News Agency. All rights reserved.").date == "2021-03-04"


def test_a_date_that_reads_two_ways_is_not_chosen() -> None:
    found, problems = ingest(Given(PAGE.format("03/04/2021"), "note.txt"))
    assert found.date is None
    assert '"03/04/2021" can be read as day and month or as month and day' in problems[0].message


def test_a_date_that_reads_two_ways_is_settled_by_one_written_out() -> None:
    assert statement("Notice\n03/04/2021\nIssued in Oslo, 3 April 2021 by the ministry of ports and roads.\n").date == "2021-04-03"


def test_a_file_name_is_the_last_resort() -> None:
    found = statement("The board will meet.", "statements/2021-04-13-board.txt")
    assert (found.date, dict(found.found)["date"]) == ("2021-04-13", "in the file name")
    assert statement("The board will meet.", url="https://example.org/2021/04/13/board").date == "2021-04-13"
    assert statement(PAGE.format("1 May 2020"), "2021-04-13-board.txt").date == "2020-05-01"


def test_given_metadata_wins() -> None:
    text = "China Daily\nPublished 3 June 2019\n\nThe board will meet.\n"
    found = statement(text, id="n1", title="T", date="2018", publisher="KE-PRESIDENT", kind="Press Release", lang="sw")
    wanted = ("n1", "T", "2018", "KE-PRESIDENT", "statement", "sw")
    assert (found.id, found.title, found.date, found.publisher, found.kind, found.lang) == wanted
    assert {how for field, how in found.found if field not in ("speakers", "issuers")} == {"given"}


def test_a_given_date_that_is_none_is_said_and_the_text_is_asked() -> None:
    found, problems = ingest(Given(PAGE.format("1 May 2020"), "note.txt", date="yesterday"))
    assert found.date == "2020-05-01"
    assert [problem.code for problem in problems] == ["bad-date"]
    assert statement("x", date="11 August 2020").date == "2020-08-11"


@pytest.mark.parametrize(
    ("publisher", "issuers"),
    [
        ("CHN-GOV", "CHN"),
        ("LK-PRESIDENT", "LKA"),
        ("AU-PM", "AUS"),
        ("FI-UM", "FIN"),
        ("CA-PS", "CAN"),
        ("NL-BZ", "NLD"),
        ("UK-FCDO", "GBR"),
        ("US-EU", "USA EU"),
        ("ASEAN", "ASEAN"),
        ("XINHUA", ""),
        ("KAMPALA-POST", ""),
        ("Embassy of Chile in Oman", "CHL"),
        ("Ministry of Foreign Affairs of Japan", "JPN"),
    ],
)
def test_the_side_of_a_publisher(publisher: str, issuers: str) -> None:
    assert " ".join(statement("We will open the school.", publisher=publisher).issuers) == issuers


@pytest.mark.parametrize(
    ("title", "opening", "issuers"),
    [
        ("Joint Statement by the United States and the Republic of Ghana on Ports", "The two sides met.", "USA GHA"),
        ("Joint Statement of the Foreign Ministers of Chile, Peru and Mexico", "We met.", "CHL PER MEX"),
        ("G7 Leaders' Statement on Syria", "We, the leaders of the Group of Seven, met.", "G7"),
        ("Joint Leaders' Statement", "We, the leaders of Kenya, Rwanda, and Uganda, met in Kigali.", "KEN RWA UGA"),
        ("Joint Statement on ties between Chile and Peru", "The ministers met.", "CHL PER"),
        ("Joint Statement by President Biden and President von der Leyen", "Russia bombs Ukraine.", "USA EU"),
        ("Joint Statement on Aid for Chad by the King of Norway and the President of Togo", "We met.", "NOR TGO"),
        ("Statement by the King of Norway and the President of Togo", "We met.", "NOR TGO"),
        ("Joint Statement on Wheat", "Russia burns fields. Both the United States and Canada will ship more.", "USA CAN"),
    ],
)
def test_who_issues_a_joint_statement(title: str, opening: str, issuers: str) -> None:
    found = statement(opening, title=title, kind="joint-statement", publisher="JOINT-US+PARTNER", date="2022-03-24")
    assert " ".join(found.issuers) == issuers


@pytest.mark.parametrize(
    ("publisher", "title", "opening", "issuers"),
    [
        ("IGAD", "Communiqué of the Assembly of Heads of State and Government", "Present were envoys of Peru, Oman and Fiji.", "IGAD"),
        ("ECO", "Peace and Trade: Tehran Declaration", "Met: Iran, Türkiye, Pakistan and Uzbekistan.", "ECO"),
        ("AU-PSC", "Communiqué of the Council on Chad", "Niger, Mali and Chad spoke.", "AU"),
        ("G7", "Ministers' Meeting on Energy and Seas: Communiqué", "India, Kenya and Brazil joined.", "G7"),
        ("ASEAN", "ASEAN-Canada Joint Statement", "We met.", "ASEAN CAN"),
        ("ASEAN", "Joint Statement", "We, the leaders of Laos, Malaysia and Fiji, met.", "LAO MYS FJI"),
        ("QUAD", "Joint Statement of the Leaders of Australia, India, Japan and the United States", "We met.", "AUS IND JPN USA"),
        ("QUAD", "Quad Statement", "The ministers of Australia, India, Japan and the United States met.", "AUS IND JPN USA"),
        ("QUAD", "Quad Statement", "The ministers met.", "QUAD"),
    ],
)
def test_a_body_issues_what_it_publishes_unless_others_do(publisher: str, title: str, opening: str, issuers: str) -> None:
    found = statement(opening, title=title, kind="communique", publisher=publisher)
    assert " ".join(found.issuers) == issuers


@pytest.mark.parametrize(
    ("title", "kind", "opening", "issuers"),
    [
        ("Joint Readout of the Kenya-Ghana Port Talks", "readout", "The two sides met.", "KEN GHA"),
        ("JOINT FACT SHEET: Kenya and Ghana Link Their Ports", "fact-sheet", "The ports will be linked.", "KEN GHA"),
        ("Statement on Lakes", "statement", "We, Kenya, Uganda and Tanzania, share one lake.", "KEN UGA TZA"),
        ("EAC Leaders' Declaration on Lakes", "statement", "We met in Arusha.", "EAC"),
        ("Kenya and Ghana Sign Joint Declaration on Ports", "statement", "The ports will be linked.", "KEN"),
        ("Joint Press Conference with the President of Ghana", "press-conference", "We met.", "KEN"),
        ("Statement by President Ruto on the Accra Communiqué", "communique", "Ghana, Togo and Benin met.", "KEN"),
    ],
)
def test_a_government_publishes_what_several_issue(title: str, kind: str, opening: str, issuers: str) -> None:
    found = statement(opening, title=title, kind=kind, publisher="KE-MFA", date="2024-05-02")
    assert " ".join(found.issuers) == issuers


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Readout of the call with the Foreign Minister of Togo", "readout"),
        ("Joint Press Conference in Quito", "press-conference"),
        ("Transcript of doorstop interview, Suva", "press-conference"),
        ("FACT SHEET: Joint Statement commitments", "fact-sheet"),
        ("Joint Communiqué of the Summit of Lakes", "communique"),
        ("Joint Declaration on Rivers", "joint-statement"),
        ("Remarks by the President at the Port", "remarks"),
        ("Address to the National Assembly", "speech"),
        ("Interview with the Minister of Ports", "interview"),
        ("Statement by the Spokesperson on Ports", "statement"),
        ("Granting approval for the loan", "decision"),
    ],
)
def test_the_kind_a_title_names(title: str, kind: str) -> None:
    assert statement("We will open the port.", title=title, publisher="TG-MFA").kind == kind


@pytest.mark.parametrize(
    ("title", "speakers"),
    [
        (
            "Statement by Ghana (Ms. Ama Boateng, Minister for Foreign Affairs) in the general debate",
            "Ama Boateng|Minister for Foreign Affairs|GHA"),
        (
            "Remarks by President Claire Morel and Prime Minister Anton Berg of Sweden",
            "Claire Morel|President|FRA; Anton Berg|Prime Minister|SWE"),
        (
            "Remarks by President Morel, President Bo Ruud of Kenya, and Vice President Ana Berg",
            "Morel|President|FRA; Bo Ruud|President|KEN; Ana Berg|Vice President|FRA"),
        ("Foreign Ministry Spokesperson's Remarks on Ports", "Foreign Ministry Spokesperson|Spokesperson|FRA"),
    ],
)
def test_the_speakers_of_a_title(title: str, speakers: str) -> None:
    found = statement("We will open the port.", title=title, publisher="FR-MFA")
    wanted = tuple(Speaker(*one.split("|")) for one in speakers.split("; "))
    assert found.speakers == wanted


@pytest.mark.parametrize(
    ("publisher", "title", "name"),
    [
        ("UN", "Marking Peace Day, Secretary-General Says World Needs Water", "António Guterres"),
        ("UN", "‘Let Us Plant Trees’, Secretary-General Tells Forum", "António Guterres"),
        ("LK-PRESIDENT", "President Anura Kumara Dissanayake Accorded Welcome", "Anura Kumara Dissanayake"),
    ],
)
def test_words_of_a_headline_are_no_names(publisher: str, title: str, name: str) -> None:
    assert [one.name for one in statement("He thanked Fiji.", title=title, publisher=publisher, date="2025-03-01").speakers] == [name]


def test_a_readout_on_a_bodys_page_is_its_own_sides() -> None:
    text = "President Joe Biden met leaders of Fiji, Samoa and Palau."
    assert statement(text, title="Readout of President Biden's Meeting with G7 Leaders", publisher="G7", kind="readout").issuers == ("USA",)


def test_what_a_title_begins_with_is_no_speaker() -> None:
    text = "Water Union: more pipes for all\n\nMembers voted.\n\nWater Union: more pipes for all\n\nThey will vote again."
    found = statement(text, title="Water Union: more pipes for all", publisher="EU-PARLIAMENT", kind="statement")
    assert found.speakers == ()


def test_who_speaks_for_a_body_without_a_masthead() -> None:
    found = statement("We call for calm.", title="Statement by the High Representative on behalf of the European Union")
    assert found.issuers == ("EU",)


def test_a_name_may_follow_the_state_of_an_office() -> None:
    found = statement("We met.", title="Talks with President of Kazakhstan Aizhan Omarova", publisher="KZ-MFA")
    assert found.speakers == (Speaker("Aizhan Omarova", "President of Kazakhstan", "KAZ"),)


def test_an_id_is_made_of_date_title_and_text_and_stays() -> None:
    given = Given(PAGE.format("1 May 2020"), "a.txt", title="Opening of the School!")
    first, again = ingest(given)[0].id, ingest(replace(given, source="b.txt"))[0].id
    assert first == again
    assert first.startswith("2020-05-01-opening-of-the-school-")
    assert ingest(replace(given, text=given.text + "More."))[0].id != first
    assert statement("No date here.").id.startswith("undated-")


@pytest.mark.parametrize(("text", "lang"), [(
    "Le ministre a signé l'accord avec les deux pays pour la paix.", "fr"), ("Мы выступаем за мир.", "ru"), ("We met.", "en")])
def test_the_language(text: str, lang: str) -> None:
    assert statement(text).lang == lang
