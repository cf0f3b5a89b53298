"""The review of a year, the coverage of the record, and its problems."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from communique.web.access import Reader, record_of
from communique.web.asking import Turned, faults
from communique.web.pages.shown import link, page
from communique.web.pages.words import named
from communique.web.reviewing import reviewed

router = APIRouter(dependencies=[Reader])


@router.get("/review")
def review(request: Request, actor: str = "", year: Annotated[int | None, Query(ge=1000, le=9998)] = None) -> Response:
    """The review of a year, printable; without an actor and a year, the choice of them."""
    record = record_of(request)
    years = sorted((name for name, _ in record.facets("statement", "year", limit=60)), reverse=True)
    chosen = year or (int(years[0]) if years and years[0].isdecimal() else datetime.now(UTC).year)
    made = reviewed(record, actor, chosen) if actor else None
    if actor and made is None:
        return page(request, "writing.html", f"Review of {named(actor)}, {chosen}", status=202)
    return page(
        request,
        "review.html",
        made.title if made else "Review",
        twin=link("/api/review", {"actor": actor, "year": chosen}) if made else "",
        review=made,
        actor=actor,
        year=chosen,
        years=years,
        actors=[(code, named(code)) for code, _ in record.facets("outcome", "actor", limit=60)],
    )


@router.get("/problems")
def problems(request: Request, turn: Turned) -> Response:
    """Faults of inputs that still stand, by kind."""
    found = turn.of(partial(faults, record_of(request)), 200)
    return page(request, "problems.html", "Problems", twin="/api/problems", problems=found.rows, next=found.next)


@router.get("/coverage")
def coverage(request: Request) -> Response:
    """What the record was drawn from: publishers, years, silences."""
    return page(request, "coverage.html", "Coverage", twin="/api/coverage", coverage=record_of(request).coverage())
