"""Series of figures as JSON and as lines: what was said of one quantity, in order, and what cannot both be true."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from typing import Any

from communique.records import Figure
from communique.stages.follow.series import Point, Series

__all__ = ["COLUMNS", "lines", "shown"]

COLUMNS = ("giver", "receiver", "thing", "unit", "points", "contradictions")


def shown(one: Series) -> dict[str, Any]:
    """A series: its sides, thing and unit, its points with their intervals, and the pairs of points that contradict."""
    points = list(one.points)
    return {
        "giver": list(one.giver),
        "receiver": list(one.receiver),
        "thing": one.thing,
        "unit": one.unit,
        "points": [_point(each) for each in points],
        "contradictions": [[points.index(each.first), points.index(each.second)] for each in one.contradictions],
    }


def _point(point: Point) -> dict[str, Any]:
    figure = point.figure.item
    assert isinstance(figure, Figure)
    ends = (None if not isfinite(end) else int(end) if end.is_integer() else round(end, 6) for end in (point.low, point.high))
    low, high = ends
    return {
        "id": point.figure.id, "doc": point.figure.doc, "date": point.figure.date, "start": figure.start, "end": figure.end,
        "quote": figure.quote, "low": low, "high": high, "kind": point.kind, "stage": point.stage, "when": point.when,
    }  # fmt: skip


def lines(one: Series) -> Iterator[str]:
    """A series for the terminal: its name, a line a point, then its contradictions with both quotes."""
    sides = f"{', '.join(one.giver) or '?'} → {', '.join(one.receiver) or '?'}"
    told = one.points[0].figure.item
    yield f"{sides}  {(told.of if isinstance(told, Figure) else '') or one.unit} ({one.unit})"
    for point in one.points:
        more = "  ".join(part for part in (point.kind if point.kind != "stated" else "", point.stage, point.when or "") if part)
        span = f"[{point.low:g}, {point.high:g}]"
        yield "  " + "  ".join(part for part in (point.figure.date or "undated", _quoted(point), span, more, point.figure.doc) if part)
    for each in one.contradictions:
        first, second = each.first, each.second
        yield f"  ! {_quoted(first)} ({first.figure.doc}) against {_quoted(second)} ({second.figure.doc})"
    yield ""


def _quoted(point: Point) -> str:
    return f"“{point.figure.item.quote}”"
