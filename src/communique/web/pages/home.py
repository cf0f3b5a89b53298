"""The first page: what is in the record, what is new, what needs judging, what went wrong."""

from __future__ import annotations

from collections import Counter

from fastapi import APIRouter, Request, Response

from communique.service import Record
from communique.web.access import Reader, record_of
from communique.web.pages.judging import queue
from communique.web.pages.shown import page

router = APIRouter(dependencies=[Reader])
STAGES = {
    "check": "Proposals that the words did not bear out",
    "formats": "Inputs that could not be opened",
    "read": "Texts that could not be read",
}


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
        actors=record.facets("commitment", "actor", limit=16),
        years=sorted(((year, n) for year, n in record.facets("statement", "year", limit=40) if year), reverse=True)[:12],
        problems=_problems(record),
        queue=queue(record, 5),
    )


def _problems(record: Record, most: int = 500) -> list[tuple[str, str]]:
    """How many problems there are of each stage; counting stops at ``most``."""
    found = record.problems(limit=most)
    more = "+" if len(found) == most else ""
    return [(STAGES.get(stage, stage), f"{n}{more}") for stage, n in Counter(each.stage for each in found).most_common()]
