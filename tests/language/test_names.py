"""Names are found where they act, and nowhere else; the cases are in ``tests/cases/names``."""

from __future__ import annotations

import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.language.folding import fold
from communique.language.lists import listed
from communique.language.names import find

CASES = Path(__file__).parents[1] / "cases" / "names"


def cases() -> list[tuple[str, str]]:
    pairs = []
    for path in sorted(CASES.glob("*.txt")):
        for block in path.read_text("utf-8").split("\n\n"):
            lines = [line for line in block.splitlines() if line and not line.startswith("#")]
            if lines:
                pairs.append((lines[0], lines[1].strip()))
    return pairs


@pytest.mark.parametrize(("text", "expected"), cases())
def test_the_names_in_a_sentence(text: str, expected: str) -> None:
    found = [f"{text[m.start : m.end]} = {' '.join(m.codes)} ({m.rule})" for m in find(text)]
    assert "; ".join(found or ["nothing"]) == expected


WORDS = st.sampled_from(
    ["China", "the U.S.", "US", "Guinea", "Côte d’Ivoire", "développé", "developing countries", "🕊", "\ud800", "met", "'s", "\u2060", "\n"]
)


@given(st.lists(st.one_of(WORDS, st.text(max_size=6)), max_size=12))
def test_offsets_are_code_points_of_the_text_as_given(parts: list[str]) -> None:
    text = " ".join(parts)
    found = find(text)
    assert all(0 <= m.start < m.end <= len(text) for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    for mention in found:
        assert not re.match(r"\w", text[mention.end : mention.end + 1]) or text[mention.end - 1] == "$"


@given(st.text())
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_a_name_broken_over_two_lines_is_one_name() -> None:
    text = "the United\nKingdom and New\u00a0Zealand"
    assert [m.codes for m in find(text)] == [("GBR",), ("NZL",)]


def test_the_list_a_joint_statement_opens_with() -> None:
    text = "We, the Presidents of Chile, the Republic of Peru and Colombia, and Prime Minister Ana Lim of Fiji, met to welcome Brazil."
    assert listed(text) == ("CHL", "PER", "COL", "FJI")


def test_the_work_grows_with_the_text_alone() -> None:
    text = "Kenya and the European Union will support small island developing States in the Indian Ocean; Rwanda has agreed. "

    def seconds(copies: int) -> float:
        began = time.process_time()
        assert len(find(text * copies)) == 4 * copies
        return time.process_time() - began

    seconds(100)
    assert seconds(16_000) < 12 * seconds(4_000)
