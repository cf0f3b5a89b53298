"""Sentences, their roles, speakers and voices; the cases in ``tests/cases/segments`` show a document and what it becomes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.records import Given, Passage, Role, Statement
from communique.stages.ingest import ingest
from communique.stages.segment import segment

CASES = sorted((Path(__file__).parents[1] / "cases" / "segments").glob("*.txt"))


def read(text: str, **fields: str) -> tuple[Statement, tuple[Passage, ...]]:
    statement, _ = ingest(Given(text, "case.txt", **fields))
    return statement, segment(statement)


def case(path: Path) -> tuple[dict[str, str], str, list[str]]:
    head, text, expected = path.read_text("utf-8").split("\n---\n")
    fields = dict(line.split(":", 1) for line in head.splitlines())
    return {name: value.strip() for name, value in fields.items()}, text, expected.strip().splitlines()


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_document_becomes_these_passages(path: Path) -> None:
    fields, text, expected = case(path)
    statement, passages = read(text, **fields)
    shown = [f"{one.role} | {one.speaker} | {' '.join(one.voice)} | {statement.text[one.start : one.end]}" for one in passages]
    shown = [line.replace("|  |", "| |").replace("|  |", "| |") for line in shown]
    assert len(shown) == len(expected), "\n".join(shown)
    for line, wanted in zip(shown, expected, strict=True):
        assert line.startswith(wanted), f"{line}\nwanted: {wanted}"


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("Aa b.?!\n:;“”\"'()-1290\r\tQé\u00a0\u2028𝄞"), max_size=200))
def test_every_passage_holds_its_words_in_order(text: str) -> None:
    statement, passages = read(text)
    place = 0
    for one in passages:
        assert place <= one.start < one.end <= len(text)
        words = statement.text[one.start : one.end]
        assert words == words.strip()
        assert text[place : one.start].strip() == ""
        place = one.end
    assert text[place:].strip() == ""
    assert segment(statement) == passages


def test_the_only_line_of_a_text_is_what_it_says() -> None:
    _, passages = read("Kenya will send 20 doctors to Malawi")
    assert [one.role for one in passages] == [Role.BODY]


def test_the_title_is_known_with_other_punctuation() -> None:
    line = "Chad’s port plan: key to its trade, says minister"
    _, passages = read(f"{line}\n\nChad will open a port.\n", title="chad s port plan key to its trade says minister")
    assert [one.role for one in passages] == [Role.HEADING, Role.BODY]


@pytest.mark.parametrize(
    ("above", "role"),
    [
        ("Ports must be open to all who fish", Role.HEADING),
        ("Chad will open a port on Lake Chad by the end of 2030.", Role.HEADING),  # as the body says again
        ("The ministers agreed that:", Role.BODY),
    ],
)
def test_what_stands_above_the_lead(above: str, role: Role) -> None:
    text = f"{above}\n\nBoats left on Monday.\n\nChad will open a port on Lake Chad by the end of 2030.\n"
    _, passages = read(text, title="Port Week")
    assert [one.role for one in passages] == [role, Role.BODY, Role.BODY]


def test_a_place_and_a_date_alone_say_nothing() -> None:
    statement, passages = read("Kenya has opened an embassy in Rabat.\n\nSaint Petersburg, 4 May 2023.\n")
    assert [(one.role, statement.text[one.start : one.end]) for one in passages] == [
        (Role.BODY, "Kenya has opened an embassy in Rabat."),
        (Role.FURNITURE, "Saint Petersburg, 4 May 2023."),
    ]


def test_a_question_is_nobodys_position() -> None:
    _, passages = read(
        "JOURNALIST:\n\nDo you condemn the strike?\n\nMR LEE:\n\nWe do.\n\nJOURNALIST:\n\nFully?\n\nMR LEE:\n\nYes, fully.\n"
    )
    questions = [one for one in passages if one.role is Role.QUESTION]
    assert len(questions) == 2
    assert all(one.voice == () for one in questions)


def test_an_interviewer_is_known_by_asking() -> None:
    turn = "Dana Kirk: Minister, is the road open?\n\nSam Obi: It is open to all.\n\n"
    _, passages = read(turn * 4, kind="interview", title="Interview with Sam Obi", publisher="NG-MFA")
    assert {one.role for one in passages if one.speaker == "Dana Kirk"} == {Role.QUESTION}
    assert sum(one.role is Role.BODY for one in passages) == 4


@pytest.mark.parametrize("line", ["Speaking on behalf of Malta: we agree.", "Note: we agree.", "Excellencies: we agree."])
def test_a_colon_alone_makes_no_speaker(line: str) -> None:
    _, passages = read(f"{line}\n\nWe will build the port.\n", publisher="MT-MFA")
    assert {one.speaker for one in passages} == {""}


def test_labels_hold_hard_spaces_and_fields_of_office() -> None:
    text = (
        "PETER HOLT: We will open ten clinics.\n\nJOURNALIST: When?\n\nPETER HOLT: In May.\n\n"
        "RURAL HEALTH MINISTER: We have trained nurses.\n"
    )
    title = "Press conference with the Hon. Anna Reed MP, Minister for Rural Health"
    _, passages = read(text.replace(" ", "\u00a0"), kind="press-conference", title=title, publisher="AU-PM")
    assert [one.speaker for one in passages] == ["Peter Holt", "Journalist", "Peter Holt", "Anna Reed"]


def test_a_wrapped_sentence_is_one() -> None:
    text = "The ministers agreed to open a joint office in the city of\n\nbefore the end of the coming year. They signed it.\n"
    statement, passages = read(text)
    assert [statement.text[one.start : one.end] for one in passages] == [text[: text.index(" They")], "They signed it."]


def test_an_initial_set_large_begins_the_sentence() -> None:
    statement, passages = read("K\n\nenya and Chad signed a treaty.\n", title="A treaty")
    assert [statement.text[one.start : one.end] for one in passages] == ["K\n\nenya and Chad signed a treaty."]


def test_a_link_in_its_midst_parts_no_sentence() -> None:
    text = "The ministers of both countries visited their old friend\n\nAden Obi\n\nat his home in Lamu. They left on Monday.\n"
    statement, passages = read(text)
    assert [statement.text[one.start : one.end] for one in passages] == [text[: text.index(" They")], "They left on Monday."]


@pytest.mark.parametrize("size", [20_000])
def test_time_grows_with_the_text_and_no_faster(size: int) -> None:
    from time import perf_counter

    def seconds(count: int) -> float:
        text = "The minister said that the road is open. \"We will keep it open,\" she added. " * count
        started = perf_counter()
        read(text)
        return perf_counter() - started

    small, large = min(seconds(size // 40) for _ in range(3)), seconds(size // 4)
    assert large < max(small, 0.02) * 10 * 4
