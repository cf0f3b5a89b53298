"""The REST API: the filters of the command line as query parameters, its objects as JSON.

Fields and addresses are only ever added; a breaking change would be ``/api/v2`` beside this one.
"""

from __future__ import annotations

from math import isinf
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import PlainTextResponse

from communique import shapes
from communique.records import Given, Reading, Verdict
from communique.render import json as reports
from communique.render.columns import HIT, KINDS, STATEMENT, THREAD
from communique.reports import readouts as accounts
from communique.service import Record
from communique.service.told import Series
from communique.web import citing, schemas
from communique.web.access import Judge, Reader, record_of
from communique.web.asking import LISTINGS, After, As, Asked, Limit, Staged, faults, json, rows
from communique.web.faults import Refused
from communique.web.following import dated, followed
from communique.web.pages.judging import queue
from communique.web.reviewing import reviewed

FAULTS: dict[int | str, dict[str, Any]] = {
    code: {"model": schemas.Fault, "description": what, "content": {"application/problem+json": {}}}
    for code, what in {
        400: "something in the request cannot be used",
        401: "a token is needed",
        403: "the token may not do this",
        404: "nothing of that id",
        409: "somebody else judged it meanwhile",
        413: "too long",
        429: "too many requests",
        500: "the record is damaged",
        501: "an optional part is not installed",
        503: "the record is being written or followed; try again",
        507: "no room left on the disk",
    }.items()
}
STREAMS: dict[int | str, dict[str, Any]] = {200: {"content": {"application/x-ndjson": {}, "text/csv": {}}}}
router = APIRouter(prefix="/api", responses=FAULTS, dependencies=[Reader])
CitationForm = Literal["plain", "markdown", "bibtex", "csl", "annotation"]
AsOf = Annotated[str | None, Query(max_length=20, description="what was known by this date")]
Named = Annotated[str, Query(max_length=600, description="id of a statement")]
Id = Annotated[str, Path(max_length=600)]


def _listing(name: str, kind: str, about: str) -> None:
    """One route for each listing of the record."""

    def route(request: Request, asked: Asked, limit: Limit = 50, after: After = "", form: As = "json") -> Response:
        listing = getattr(record_of(request), name)(**asked)
        return rows(listing, shapes.kept, KINDS[kind], limit, after, form)

    route.__name__, route.__doc__ = name, about
    if name == "agreements":
        route.__annotations__["asked"] = Staged
    router.get(f"/{name}", response_model=schemas.ItemsPage, responses=STREAMS, tags=["listings"])(route)


for _name, (_kind, _about) in LISTINGS.items():
    _listing(_name, _kind, _about)


@router.get("/statements", response_model=schemas.StatementsPage, responses=STREAMS, tags=["statements"])
def statements(request: Request, asked: Asked, limit: Limit = 50, after: After = "", form: As = "json") -> Response:
    """Statements, without their text."""
    return rows(record_of(request).statements(**asked), shapes.entry, STATEMENT, limit, after, form)


@router.post("/statements", response_model=schemas.AddedShape, status_code=201, tags=["statements"], dependencies=[Judge])
def add(request: Request, given: schemas.StatementIn) -> Response:
    """Reads a statement and keeps it; the same again changes nothing, other words under its id supersede."""
    document = Given(source=f"api:{given.id}" if given.id else "api", **given.model_dump())
    added = record_of(request).add(document, workers=1)
    return json(shapes.added(added), 201)


@router.get("/statements/{id:path}/text", response_class=PlainTextResponse, tags=["statements"])
def text(request: Request, id: Id) -> Response:
    """The text of a statement, unchanged: what every offset counts in."""
    return PlainTextResponse(record_of(request).statement(id).statement.text.encode("utf-8", "surrogatepass"))


@router.get("/statements/{id:path}", response_model=schemas.StatementShape, tags=["statements"])
def statement(request: Request, id: Id) -> Response:
    """A statement with everything read from it, as ``communique read`` gives it, and its passages."""
    reading = record_of(request).statement(id)
    return json(shapes.reading(reading) | {"passages": [shapes.passage(each) for each in reading.passages]})


@router.get("/items/{id}", response_model=schemas.ItemShape, tags=["listings"])
def item(request: Request, id: Id) -> Response:
    """One item with the passage it stands in."""
    shown = record_of(request).show(id)
    if isinstance(shown, Reading):
        raise Refused(404, "not-found", f"{id} is a statement; it is at /api/statements/{id}.")
    passage = shapes.passage(shown.passage) if shown.passage else None
    return json(shapes.kept(shown.kept) | {"passage": passage, "before": shown.before, "after": shown.after})


AS_JSON: dict[int | str, dict[str, Any]] = {200: {"content": {"application/json": {}}}}


@router.get("/items/{id}/citation", tags=["listings"], response_class=PlainTextResponse, responses=AS_JSON)
def citation(request: Request, id: Id, form: Annotated[CitationForm, Query(alias="format")] = "plain") -> Response:
    """The item as a citation: plain, markdown, bibtex, csl (CSL-JSON), or annotation (W3C, JSON-LD)."""
    record = record_of(request)
    shown = record.show(id)
    if isinstance(shown, Reading):
        raise Refused(404, "not-found", f"{id} is a statement; its items can be cited.")
    base = str(request.base_url)
    if form == "csl":
        return json([citing.csl(base, shown.kept)])
    if form == "annotation":
        url = record.statement(shown.kept.doc).statement.url
        return json(citing.annotation(base, shown.kept, shown.before, shown.after, url))
    written = {"plain": citing.plain, "markdown": citing.markdown, "bibtex": citing.bibtex}[form]
    return PlainTextResponse(written(base, shown.kept).encode("utf-8", "replace"))


@router.get("/search", response_model=schemas.HitsPage, responses=STREAMS, tags=["listings"])
def search(
    request: Request,
    q: Annotated[str, Query(max_length=1000, description='words, "a phrase", begin*, -without')],
    asked: Asked,
    limit: Limit = 20,
    after: After = "",
    form: As = "json",
) -> Response:
    """Passages that hold the words, best first."""
    return rows(record_of(request).search(q, **asked), shapes.hit, HIT, limit, after, form)


@router.get("/threads", response_model=schemas.ThreadsPage, responses=STREAMS, tags=["threads"])
def threads(
    request: Request,
    asked: Asked,
    verdict: Annotated[list[str] | None, Query(description=f"{', '.join(Verdict)}; or overdue, or vanished, alone")] = None,
    as_of: AsOf = None,
    limit: Limit = 50,
    after: After = "",
    form: As = "json",
) -> Response:
    """What became of promises, as of a date; the date of the latest statement when none is given."""
    record = record_of(request)
    _must_be_followed(record, as_of)
    alone = verdict[0] if verdict and len(verdict) == 1 else ""
    listing = {"overdue": record.overdue, "vanished": record.vanished}.get(alone)
    found = listing(**asked, as_of=as_of) if listing else record.threads(**asked, as_of=as_of, verdict=verdict or ())
    return rows(found, shapes.thread, THREAD, limit, after, form)


@router.get("/verdicts", response_model=dict[str, int], tags=["threads"])
def verdicts(request: Request, asked: Asked, as_of: AsOf = None) -> Response:
    """How many promises came to each verdict, each once with its parts; how many are overdue or passed over ("vanished").

    The last two are counted up to 200 where more is asked than an actor or a partner, topics and whole years.
    """
    _must_be_followed(record_of(request), as_of)
    return json(record_of(request).verdicts(**asked, as_of=as_of))


@router.get("/parts", response_model=dict[str, int], tags=["threads"])
def parts(request: Request, asked: Asked, as_of: AsOf = None) -> Response:
    """What ``/api/verdicts`` leaves out: by the same names, how many are parts of another promise."""
    _must_be_followed(record_of(request), as_of)
    return json(record_of(request).parts(**asked, as_of=as_of, upto=200))


@router.get("/threads/{id}", response_model=schemas.ThreadShape, tags=["threads"])
def thread(request: Request, id: Id, as_of: AsOf = None) -> Response:
    """One promise with the later words about it, and the verdict."""
    record = record_of(request)
    record.show(id)  # what the record does not hold is said at once
    _must_be_followed(record, as_of)
    return json(shapes.thread(record.thread(id, as_of)))


def _must_be_followed(record: Record, as_of: str | None) -> None:
    if not followed(record, dated(as_of), 5.0):
        raise Refused(503, "being-followed", "The record has changed and is being followed; ask again in a while.", {"Retry-After": "20"})


@router.get("/series", response_model=list[schemas.SeriesShape], tags=["threads"])
def series(request: Request, asked: Asked) -> Response:
    """Quantities that are told more than once, each figure as the interval its words allow; ``null`` where it has no end."""
    return json([_series(each) for each in record_of(request).series(**asked)])


def _series(found: Series) -> shapes.Json:
    points = [
        {"low": each.low, "high": None if isinf(each.high) else each.high, "kind": each.kind, "stage": each.stage, "when": each.when}
        | {"figure": shapes.kept(each.figure)}
        for each in found.points
    ]
    apart = [[each.first.figure.id, each.second.figure.id] for each in found.contradictions]
    own = {"giver": list(found.giver), "receiver": list(found.receiver), "thing": found.thing, "unit": found.unit}
    return own | {"points": points, "contradictions": apart}


@router.get("/claims", response_model=list[schemas.ClaimShape], tags=["threads"])
def claims(request: Request, asked: Asked) -> Response:
    """Counts of meetings, calls and visits that statements claim, each beside the ids of those the record holds."""
    found = record_of(request).claims(**asked)
    return json([{"claimed": each.claimed, "held": [kept.id for kept in each.held], "figure": shapes.kept(each.figure)} for each in found])


@router.get("/readouts", response_model=schemas.ReadoutsPage, responses=STREAMS, tags=["readouts"])
def readouts(request: Request, asked: Asked, limit: Limit = 20, after: After = "", form: As = "json") -> Response:
    """Engagements that two statements tell, the latest first: what both say, what only one mentions, what differs."""
    return rows(record_of(request).readouts(**asked), accounts.shown, accounts.COLUMNS, limit, after, form)


@router.get("/readouts/of", response_model=list[schemas.ReadoutsShape], tags=["readouts"])
def readouts_of(request: Request, statement: Named) -> Response:
    """The other accounts of what one statement tells, each beside it."""
    return json([accounts.shown(each) for each in record_of(request).readouts_of(statement)])


@router.get("/readouts/pair", response_model=schemas.ReadoutsShape, tags=["readouts"])
def readout(request: Request, first: Named, second: Named) -> Response:
    """Two statements of one engagement beside each other, the older one first."""
    return json(accounts.shown(record_of(request).readout(first, second)))


@router.get("/judgements", response_model=list[schemas.JudgementShape], tags=["judging"])
def judgements(request: Request, about: Annotated[str | None, Query(max_length=600)] = None) -> Response:
    """What people decided, oldest first."""
    return json([shapes.judgement(each) for each in record_of(request).judgements(about)])


@router.post("/items/{id}/judgements", response_model=schemas.JudgementShape, status_code=201, tags=["judging"])
def mark(request: Request, id: Id, given: schemas.JudgementIn, by: Annotated[str, Judge]) -> Response:
    """Appends a judgement on an item, a thread, or a link (``thread>item``)."""
    who = by or given.by.strip()
    if not who:
        raise Refused(400, "name-needed", "A judgement needs the name of who makes it: by.")
    kept = record_of(request).mark(id, given.decision, by=who, why=given.why, changes=given.changes, seen=given.seen)
    return json(shapes.judgement(kept), 201)


@router.get("/review", tags=["reports"])
def review(
    request: Request,
    actor: Annotated[str, Query(max_length=200)],
    year: Annotated[int, Query(ge=1000, le=9998)],
) -> Response:
    """The review of a year: everything the page shows and what it leaves out."""
    made = reviewed(record_of(request), actor, year, 5.0)
    if made is None:
        raise Refused(503, "being-written", "The review is being written; ask again in a while.", {"Retry-After": "20"})
    return Response(reports.review(made), media_type="application/json")


@router.get("/problems", response_model=schemas.ProblemsPage, tags=["record"])
def problems(request: Request, limit: Limit = 50, after: After = "") -> Response:
    """Faults of inputs that still stand."""
    found = faults(record_of(request), limit, after)
    return json({"items": [shapes.problem(each) for each in found.rows], "next": found.next or None})


@router.get("/queue", response_model=list[schemas.ItemShape], tags=["judging"])
def waiting(request: Request, limit: Limit = 40) -> Response:
    """What to judge first: specific commitments nobody judged, the least sure and the dated before others; then what was kept aside."""
    return json([shapes.kept(each) for each in queue(record_of(request), limit)])


@router.get("/coverage", response_model=schemas.Shape, tags=["reports"])
def coverage(request: Request, asked: Asked) -> Response:
    """What the record was drawn from: publishers, years, silences, and what could not be read."""
    return json(record_of(request).coverage(**asked))


@router.get("/verify", response_model=list[schemas.ProblemShape], tags=["record"])
def verify(request: Request) -> Response:
    """Every break in the record; an empty list when all holds."""
    return json([shapes.problem(each) for each in record_of(request).verify()])
