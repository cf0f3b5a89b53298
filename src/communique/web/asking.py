"""Filters and cursors out of a query; answers into JSON, JSON lines and CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from fastapi import Depends, Query, Response
from fastapi.responses import StreamingResponse

from communique import shapes
from communique.errors import BadFilter
from communique.records import Problem, Stage
from communique.render import csv
from communique.service import Listing, Paged, Record

T = TypeVar("T")
LARGEST = 500  # rows in one page of JSON
MOST_PAGES = 5  # that stand below each other: what is shown again costs as many
Form = Literal["json", "jsonl", "csv"]

LISTINGS: dict[str, tuple[str, str]] = {
    "assertions": ("assertion", "Assertions of every act."),
    "commitments": ("assertion", "What actors said they will do."),
    "outcomes": ("assertion", "What is said to have been done."),
    "positions": ("assertion", "What actors support, oppose or hold."),
    "appeals": ("assertion", "What actors ask of others."),
    "engagements": ("assertion", "Meetings, calls and visits that took place."),
    "figures": ("figure", "Quantities claimed."),
    "agreements": ("agreement", "Instruments and their stages."),
    "relations": ("relation", "Labels put on the tie between parties."),
}


def filters(
    actor: Annotated[list[str] | None, Query(description="who acts: a code or a name; repeat, or join with commas")] = None,
    with_: Annotated[list[str] | None, Query(alias="with", description="who else it names")] = None,
    topic: Annotated[list[str] | None, Query(description="main subject, for example health")] = None,
    act: Annotated[list[str] | None, Query(description="outcome, commitment, position or appeal")] = None,
    event: Annotated[list[str] | None, Query(description="kind of deed, PLOVER's names")] = None,
    since: Annotated[str | None, Query(description="statements of this date or later: 2020, 2020-08 or 2020-08-11")] = None,
    until: Annotated[str | None, Query(description="statements up to the end of this year, month or day")] = None,
    publisher: Annotated[list[str] | None, Query(description="who published the statement")] = None,
) -> dict[str, Any]:
    """The common filters, as everywhere: what the methods of ``Record`` take."""
    many = {"actor": actor, "partner": with_, "topic": topic, "act": act, "event": event}
    parts: dict[str, Any] = {name: [part for value in values for part in value.split(",")] for name, values in many.items() if values}
    return parts | {name: value for name, value in (("since", since), ("until", until), ("publisher", publisher)) if value}


Asked = Annotated[dict[str, Any], Depends(filters)]


def staged(asked: Asked, stage: Annotated[str, Query(max_length=40, description="stage the words put it at")] = "") -> dict[str, Any]:
    """The filters of agreements, which have a stage besides."""
    stages = [each.value for each in Stage]
    if stage and stage not in stages:
        raise BadFilter("stage", stage, "one of " + ", ".join(stages))
    return asked | ({"stage": stage} if stage else {})


Staged = Annotated[dict[str, Any], Depends(staged)]
Limit = Annotated[int, Query(ge=1, le=LARGEST, description="rows in a page")]
After = Annotated[str, Query(alias="cursor", max_length=64, description="the `next` of the page before")]
As = Annotated[Form, Query(alias="format", description="one page of JSON, or everything as JSON lines or CSV, streamed")]


@dataclass(frozen=True, slots=True)
class Turn:
    """Which rows a page shows: so many pages of them from a cursor on; or, for a page that shows the others, those from ``at`` alone."""

    start: str = ""
    pages: int = 1
    at: str = ""

    def of(self, page: Callable[[int, str], Paged[T]], size: int) -> Paged[T]:
        """The rows, ``size`` a page."""
        if self.at:
            return page(size, self.at)
        rows: list[T] = []
        next = self.start
        for _ in range(self.pages):
            found = page(size, next)
            rows += found.rows
            next = found.next
            if not next:
                break
        return Paged(tuple(rows), next)


def turn(
    after: After = "",
    pages: Annotated[int, Query(ge=1, le=MOST_PAGES, description="so many pages from the cursor on")] = 1,
    at: Annotated[str, Query(max_length=64, description="of these only the one that begins here")] = "",
) -> Turn:
    """Which rows are asked for."""
    return Turn(after, pages, at)


Turned = Annotated[Turn, Depends(turn)]


def faults(record: Record, limit: int, after: str) -> Paged[Problem]:
    """A page of the problems that still stand, and where the next begins; empty: at no place."""
    skip = int(after) if after.isascii() and after.isdecimal() and len(after) < 10 else 0
    found = record.problems(limit=skip + limit + 1)[skip:]
    return Paged(tuple(found[:limit]), str(skip + limit) if len(found) > limit else "")


def rows(listing: Listing[T], shape: Callable[[T], shapes.Json], columns: Iterable[str], limit: int, after: str, form: Form) -> Response:
    """A page of a listing, or the whole of it as a stream."""
    if form == "json":
        page = listing.page(limit, after)
        return json({"items": [shape(row) for row in page.rows], "next": page.next or None})
    shown = (shape(row) for row in listing)
    if form == "csv":
        return StreamingResponse(_chunks(csv.table(list(columns), shown)), media_type="text/csv; charset=utf-8")
    lines = (msgspec.json.encode(row).decode() + "\n" for row in shown)
    return StreamingResponse(_chunks(lines), media_type="application/x-ndjson")


def json(value: Any, status: int = 200) -> Response:
    """A value as JSON."""
    return Response(msgspec.json.encode(value), status, media_type="application/json")


def _chunks(lines: Iterable[str], size: int = 200) -> Iterator[str]:
    waiting = iter(lines)
    while some := list(islice(waiting, size)):
        yield "".join(some)
