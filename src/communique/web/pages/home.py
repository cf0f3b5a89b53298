"""The first page: what is in the record, what is new, what needs judging, what went wrong."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from communique.web.access import Reader, record_of
from communique.web.pages.shown import page

router = APIRouter(dependencies=[Reader])


@router.get("/")
def home(request: Request) -> Response:
    """The record at a glance."""
    record = record_of(request)
    return page(
        request,
        "home.html",
        "The record",
        twin="/api/counts",
        counts=record.counts(),
        newest=record.statements(newest=True).page(8).rows,
        actors=record.facets("commitment", "actor", limit=24),
        years=sorted(record.facets("statement", "year", limit=40)),
        publishers=record.facets("statement", "publisher", limit=12),
        problems=record.problems(limit=6),
        queue=record.commitments(standing="aside").page(6).rows,
    )
