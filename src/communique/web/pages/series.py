"""Figures followed through time: one drawing a quantity, each figure as the interval that its words allow."""

from __future__ import annotations

from dataclasses import dataclass
from math import isinf, log10

from fastapi import APIRouter, Request, Response

from communique.service.told import Point
from communique.web.access import Reader, record_of
from communique.web.asking import Asked
from communique.web.pages.shown import link, page
from communique.web.pages.words import named

router = APIRouter(dependencies=[Reader])
SHOWN, LOOKED = 40, 300  # series of a page; the newest figures that they are made of
WIDE, HIGH, EDGE = 560.0, 26.0, 90.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure in a drawing: its row, its interval and its value along the axis, and whether the interval has no end."""

    y: float
    low: float
    high: float
    at: float
    endless: bool
    point: Point


def drawn(points: tuple[Point, ...]) -> list[Mark]:
    """The marks of a series along one axis, by size; by the logarithm of it where the sizes are far apart."""
    ends = [end for point in points for end in (point.low, point.high, _value(point)) if not isinf(end)]
    least, most = min(ends), max(ends)
    far = least > 0 and most / least > 50

    def place(value: float) -> float:
        if most == least:
            return EDGE + (WIDE - EDGE) / 2
        share = log10(value / least) / log10(most / least) if far else (value - least) / (most - least)
        return round(EDGE + share * (WIDE - EDGE - 30), 1)

    marks = []
    for row, point in enumerate(points):
        high = WIDE - 6 if isinf(point.high) else place(point.high)
        marks.append(Mark(row * HIGH + 16, place(point.low), high, place(_value(point)), isinf(point.high), point))
    return marks


def _value(point: Point) -> float:
    return float(point.figure.item.value)  # type: ignore[union-attr]


@router.get("/series")
def shown(request: Request, asked: Asked) -> Response:
    """The series of an actor's figures, or of everybody's."""
    record = record_of(request)
    found = record.series(**asked, most=LOOKED)
    return page(
        request,
        "series.html",
        "Figures as series",
        twin=link("/api/series", dict(request.query_params)),
        found=[(each, drawn(each.points)) for each in found[:SHOWN]],
        more=max(0, len(found) - SHOWN),
        actors=[(code, named(code)) for code, _ in record.facets("figure", "actor", limit=40)],
    )
