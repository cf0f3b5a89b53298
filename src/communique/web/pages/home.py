"""The first page: what is in the record, what is new, what needs judging, what went wrong."""

from __future__ import annotations

from collections import Counter

from fastapi import APIRouter, Request, Response

from communique.records import Entry
from communique.service import Record
from communique.web.access import Reader, record_of
from communique.web.pages.judging import queue
from communique.web.pages.shown import page

router = APIRouter(dependencies=[Reader])
MOST = 500  # problems counted
STAGES = {
    "check": "Proposals that the words did not bear out",
    "ingest": "Statements without a date, or with one in doubt",
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
        twin="/api/home",
        counts=record.counts(),
        newest=newest(record),
        actors=record.facets("commitment", "actor", limit=16),
        years=sorted(((year, n) for year, n in record.facets("statement", "year", limit=40) if year), reverse=True)[:12],
        problems=[(STAGES.get(stage, stage), n) for stage, n in by_stage(record).items()],
        most=MOST,
        queue=queue(record, 5),
    )


def newest(record: Record) -> tuple[Entry, ...]:
    """The statements of the latest dates."""
    return record.statements(newest=True).page(8).rows


def by_stage(record: Record) -> dict[str, int]:
    """How many problems there are of each stage; counting stops at ``MOST`` of all."""
    return dict(Counter(each.stage for each in record.problems(limit=MOST)).most_common())
