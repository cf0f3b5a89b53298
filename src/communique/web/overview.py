"""The API's answers about the record as a whole and about actors: what their pages count and gather."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from communique import shapes
from communique.service import Record
from communique.web import schemas
from communique.web.access import Reader, record_of
from communique.web.api import FAULTS, Id
from communique.web.asking import LISTINGS, Asked, Limit, json
from communique.web.faults import Refused
from communique.web.following import followed
from communique.web.pages.actors import READ, everybody, issues, labels
from communique.web.pages.home import by_stage, newest
from communique.web.pages.judging import queue
from communique.web.pages.settings import in_force

router = APIRouter(prefix="/api", responses=FAULTS, dependencies=[Reader])


@router.get("/counts", response_model=dict[str, int], tags=["record"])
def counts(request: Request) -> Response:
    """How much there is of each kind."""
    return json(record_of(request).counts())


@router.get("/home", response_model=schemas.HomeShape, tags=["record"])
def home(request: Request) -> Response:
    """The record at a glance: how much there is, the newest statements, what waits for a judgement, problems by stage."""
    record = record_of(request)
    waiting = [shapes.kept(each) for each in queue(record, 5)]
    entries = [shapes.entry(each) for each in newest(record)]
    return json({"counts": record.counts(), "newest": entries, "queue": waiting, "problems": _counted(list(by_stage(record).items()))})


@router.get("/settings", response_model=schemas.SettingsShape, tags=["record"])
def settings(request: Request) -> Response:
    """The settings in force, and what the asking account may do; which record it is, to an admin alone."""
    return json(in_force(request))


@router.get("/facets/{kind}/{field}", response_model=list[schemas.CountShape], tags=["record"])
def facets(request: Request, kind: Id, field: Id, limit: Limit = 50) -> Response:
    """The commonest values of a field (actor, named, topic, event, publisher, year, unit, stage) of a kind or act."""
    return json(_counted(record_of(request).facets(kind, field, limit=limit)))


@router.get("/partners", response_model=list[schemas.CountShape], tags=["record"])
def partners(request: Request, asked: Asked, of: Annotated[str, Query(pattern="^[a-z]{1,20}$")] = "engagements") -> Response:
    """Who stands beside the actors of a listing, with counts, the most often first; ``aid`` is outcomes of AID."""
    if of == "aid":
        return json(_counted(record_of(request).partners("outcomes", **(asked | {"event": "AID"}))))
    if of not in LISTINGS:
        raise Refused(400, "bad-request", f"of takes aid or one of {', '.join(LISTINGS)}.")
    return json(_counted(record_of(request).partners(of, **asked)))


@router.get("/years", response_model=list[schemas.YearShape], tags=["record"])
def years(request: Request, asked: Asked, of: Annotated[str, Query(pattern="^[a-z]{1,20}$")] = "assertions") -> Response:
    """How many items of a listing there are by year and act: engagements by mode, agreements by stage, other assertions by event."""
    if of not in LISTINGS:
        raise Refused(400, "bad-request", f"of takes one of {', '.join(LISTINGS)}.")
    return json([{"year": year, "value": value, "n": n} for year, value, n in record_of(request).years(of, **asked)])


def _counted(found: list[tuple[str, int]]) -> list[dict[str, str | int]]:
    return [{"value": value, "n": n} for value, n in found]


@router.get("/actors", response_model=list[schemas.CountShape], tags=["record"])
def actors(request: Request) -> Response:
    """Everybody who acts in the record, and in how many assertions, the most often first."""
    return json(_counted(everybody(record_of(request))))


@router.get("/actors/{code:path}", response_model=schemas.ActorShape, tags=["record"])
def actor(request: Request, code: Id) -> Response:
    """What the record holds of an actor: items by kind and year, who stands beside it, verdicts, labels of ties, positions by issue.

    The verdicts are ``null`` while the record is being followed.
    """
    record = record_of(request)
    asked: dict[str, Any] = {"actor": code}
    ties = [
        {
            "label": each.label,
            "parties": list(each.parties),
            "first": each.first,
            "last": each.last,
            "n": each.n,
            "latest": shapes.kept(each.kept),
        }
        for each in labels(record.relations(**asked, newest=True).page(READ).rows)
    ]
    held = [
        {"topic": topic, "n": n, "latest": shapes.kept(kept)}
        for topic, n, kept in issues(record.positions(**asked, newest=True).page(READ).rows)
    ]
    verdicts = record.verdicts(**asked) if followed(record, None) else None
    return json(_gathered(record, asked) | {"actor": code, "verdicts": verdicts, "labels": ties, "issues": held})


@router.get("/pairs/{one}/{other}", response_model=schemas.ActorShape, tags=["record"])
def pair(request: Request, one: Id, other: Id) -> Response:
    """What the record holds of an actor with or towards another."""
    return json(_gathered(record_of(request), {"actor": one, "partner": other}) | {"actor": one, "with": other})


def _gathered(record: Record, asked: dict[str, Any]) -> shapes.Json:
    def by_year(name: str) -> list[shapes.Json]:
        return [{"year": year, "value": value, "n": n} for year, value, n in record.years(name, **asked)]

    names = ("commitments", "outcomes", "engagements", "positions", "appeals", "agreements", "relations", "figures")
    listings = {name: getattr(record, name)(**asked, newest=True) for name in names}
    return {
        "counts": {name: listing.count() for name, listing in listings.items()},
        "newest": {name: [shapes.kept(each) for each in listing.page(5).rows] for name, listing in listings.items()},
        "years": by_year("assertions"),
        "engagements": by_year("engagements"),
        "partners": [] if "partner" in asked else _counted(record.partners("outcomes", **asked)[:50]),
    }
