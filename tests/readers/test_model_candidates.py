"""Who could be a party to an assertion: whom its words, the sentences before, the heading above and the title name."""

from __future__ import annotations

from communique.readers.model.candidates import candidates
from communique.records import Passage, Role, Statement
from communique.stages.resolve import resolve

SAID = ["Help for Malawi", "Norway met Peru.", "Gabon was thanked.", "Chad spoke.", "Tents were sent."]


def offered(said: list[str], title: str = "") -> dict[str, tuple[str, ...]]:
    """The rules by which each code is offered for the last of some sentences, the first of which is a heading."""
    passages, at = [], 0
    for number, line in enumerate(said):
        passages.append(Passage(at, at + len(line), Role.BODY if number else Role.HEADING, voice=("FJI",)))
        at += len(line) + 1
    statement = Statement("s", "\n".join(said), "s.txt", title=title, issuers=("FJI",))
    before = [passage for passage in reversed(passages[:-1]) if passage.role is Role.BODY]
    found: dict[str, tuple[str, ...]] = {}
    for one in candidates(statement, passages[-1], before, passages[0], resolve(statement, passages)):
        for code in one.codes:
            found[code] = (*found.get(code, ()), one.rule)
    return found


def test_those_of_the_two_sentences_before_and_of_the_heading_are_offered_and_no_others() -> None:
    assert offered(SAID) == {
        "TCD": ("name",), "FJI": ("voice",), "grp:all-countries": ("countries",), "GAB": ("far",), "MWI": ("title",),
    }  # fmt: skip


def test_the_title_offers_whom_nothing_nearer_names() -> None:
    found = offered(SAID, "Fiji, Chad and Nepal on relief")
    assert found["NPL"] == ("title",)
    assert found["TCD"] == ("name",)
