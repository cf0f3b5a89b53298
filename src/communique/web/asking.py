"""Filters and cursors out of a query; answers into JSON, JSON lines and CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from fastapi import Depends, Query, Response
from fastapi.responses import StreamingResponse

from communique import shapes
from communique.render import csv
from communique.service import Listing

T = TypeVar("T")
LARGEST = 500  # rows in one page of JSON
Form = Literal["json", "jsonl", "csv"]


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
Limit = Annotated[int, Query(ge=1, le=LARGEST, description="rows in a page")]
After = Annotated[str, Query(alias="cursor", max_length=64, description="the `next` of the page before")]
As = Annotated[Form, Query(alias="format", description="one page of JSON, or everything as JSON lines or CSV, streamed")]


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
