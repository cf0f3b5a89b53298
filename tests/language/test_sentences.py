"""Where sentences begin and end; ``|`` marks each boundary the text must have, and it must have no other."""

from __future__ import annotations

import pytest

from communique.language.sentences import sentences

CASES = [
    "The U.S. delegation arrived.|It left on Monday.",
    "Talks were held in the U.S.|The next round is in May.",
    "H.E. Mr. Kofi Owusu spoke.|Dr. E. K. Mensah replied.",
    "See Sec. 4 of the act.|It applies to No. 5 as well.",
    "“We will go. |We will stay,” he said.|Then he left.".replace(" |", "|"),
    "Is it over?|No!|It begins.",
    "First point\n|- second point\n|- third point",
    "3.|The parties agree to meet.",
    "(a) The parties agree to meet.",
    "Growth was 3.5 percent.|Trade reached 4.1 billion.",
    "Joseph R. Banda, Jr. met the team.|They agreed.",
    "They met at 5 p.m. on Friday.|It rained.",
    "Visit site.Gov/Page for more.|Thank you.",
    "The siege began on Oct. 7 and ended on Nov. 2.|It had two phases.",
    "The Rt. Hon. Ama Osei met Msgr. Bello on Jl. Merdeka.|They agreed in May.|3 ships left.",
    "The accord covers ports, e.g. Tema.|It is new.",
    "Line one ends here.\r\n|Line two begins.",
    "We thank you … |And we go on.".replace(" |", "|"),
]


@pytest.mark.parametrize("marked", CASES)
def test_boundaries(marked: str) -> None:
    wanted = [piece.strip() for piece in marked.split("|")]
    text = marked.replace("|", " ")
    assert [text[start:end] for start, end in sentences(text)] == wanted


def test_offsets_are_code_points() -> None:
    text = "𝄞 Music was played. Ça va bien."
    assert [text[start:end] for start, end in sentences(text)] == ["𝄞 Music was played.", "Ça va bien."]


def test_blank_text_has_none() -> None:
    assert list(sentences(" \n\r\n\u00a0 ")) == []


def test_what_no_stop_ends_is_cut_at_a_clause_and_nothing_is_lost():
    text = "Kenya will send 10 doctors to Uganda; and " * 400 + "x" * 12_000
    spans = list(sentences(text))
    assert max(end - start for start, end in spans) <= 5000
    assert all(text[end - 1] == ";" for _, end in spans[:3])
    assert "".join(text[start:end] for start, end in spans).replace(" ", "") == text.replace(" ", "")
