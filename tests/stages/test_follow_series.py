"""Figures through time: intervals from hedges, what makes one series, and what contradicts."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from pathlib import Path

import pytest

from communique.records import Act, Assertion, Event, Figure, Kept
from communique.stages.follow.series import interval, series

CASES = Path(__file__).parent.parent / "cases" / "follow" / "figures.txt"


def rows(block: str) -> Iterator[tuple[Kept, Kept]]:
    """The figure and the clause around it, for each line of a case."""
    for number, line in enumerate(line for line in block.splitlines()[1:] if line and not line.startswith("#")):
        head, quote, measure, of, sides, when, clause = line.split(" | ")
        date, publisher = head.split()
        value, rel, unit = measure.split(" ", 2)
        giver, receiver = (tuple(filter(None, side.split(","))) for side in sides.split(">"))
        act, _, said = clause.partition(" ")
        start = said.index(quote.split()[0])
        year = None if when == "-" else when
        figure = Figure(start, start + len(quote), quote, float(value), unit, rel, None, of, giver, receiver, year)  # type: ignore[arg-type]
        around = Assertion(0, max(len(said), start + len(quote)), said, Act(act), Event.AID, giver)
        doc = f"{block[:20]} {number}"
        yield Kept(f"f{number}", figure, doc, date, publisher, "", ""), Kept(f"a{number}", around, doc, date, publisher, "", "")


BLOCKS = CASES.read_text("utf-8").split("\ncase: ")[1:]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.splitlines()[0])
def test_one_series_and_what_contradicts(block: str) -> None:
    pairs = list(rows(block))
    found = series([figure for figure, _ in pairs], [clause for _, clause in pairs])
    assert [len(each.points) for each in found] == [2]
    assert len(found[0].contradictions) == block.splitlines()[0].endswith("!")


@pytest.mark.parametrize(
    ("quote", "value", "rel", "low", "high"),
    [
        ("over 150 countries", 150, ">", 150, inf),
        ("nearly 30 percent", 30, "<", 27, 30),
        ("less than 30 percent", 30, "<", 0, 30),
        ("about 200 schools", 200, "~", 180, 220),
        ("up to 80 ships", 80, "<=", 0, 80),
        ("87 meetings", 87, "=", 87, 87),
        ("13 billion dollars", 13e9, "=", 12.5e9, 13.5e9),
    ],
)
def test_hedges_are_intervals(quote: str, value: float, rel: str, low: float, high: float) -> None:
    assert interval(Figure(0, len(quote), quote, value, "x", rel)) == pytest.approx((low, high))  # type: ignore[arg-type]


def test_stages_and_kinds_are_told_from_the_clause() -> None:
    pledged = next(block for block in BLOCKS if block.startswith("pledged"))
    pairs = list(rows(pledged))
    points = series([figure for figure, _ in pairs], [clause for _, clause in pairs])[0].points
    assert [(point.stage, point.kind) for point in points] == [("pledged", "stated"), ("delivered", "stated")]
