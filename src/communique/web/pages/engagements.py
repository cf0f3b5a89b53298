"""Engagements that two statements tell: their list, and two readouts of one side by side."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from communique.records import Assertion
from communique.reports.readouts import nature
from communique.service.readouts import Joined
from communique.web.access import Reader, record_of
from communique.web.asking import Asked, Turned
from communique.web.pages.shown import link, page
from communique.web.pages.words import named, published

router = APIRouter(dependencies=[Reader])
SHOWN = 20  # engagements of a page


def parties(found: Joined) -> tuple[str, ...]:
    """The codes of those who met, in the order of the older account."""
    items = [kept.item for kept in (found.first, found.second) if isinstance(kept.item, Assertion)]
    return tuple(dict.fromkeys(code for item in items for code in (*item.actors, *item.targets)))


def names(found: Joined) -> tuple[str, str]:
    """What the two accounts are called: their publishers; the statements' titles too where both are of one publisher's name."""
    kept = (found.first, found.second)
    first, second = (published(each.publisher) for each in kept)
    return (first, second) if first != second else (f"{first}, {kept[0].title or kept[0].doc}", f"{second}, {kept[1].title or kept[1].doc}")


def address(found: Joined) -> str:
    """The address of two readouts beside each other."""
    return link("/readouts/pair", {"first": found.first.doc, "second": found.second.doc})


@router.get("/readouts")
def readouts(request: Request, asked: Asked, turn: Turned) -> Response:
    """Joined engagements, the latest first."""
    record = record_of(request)
    shown = turn.of(record.readouts(**asked).page, SHOWN)
    return page(
        request,
        "readouts.html",
        "Two sides' readouts",
        twin=link("/api/readouts", dict(request.query_params)),
        rows=[(each, parties(each), names(each), address(each), nature(each)) for each in shown.rows],
        next=shown.next,
        years=sorted((year for year, _ in record.facets("statement", "year", limit=40) if year), reverse=True)[:12],
        actors=[(code, named(code)) for code, _ in record.facets("outcome", "actor", limit=40)],
    )


@router.get("/readouts/pair")
def readout(request: Request, first: Annotated[str, Query(max_length=600)], second: Annotated[str, Query(max_length=600)]) -> Response:
    """Two readouts of one engagement, side by side."""
    found = record_of(request).readout(first, second)
    met = " and ".join(named(code) for code in parties(found)[:4])
    return page(
        request,
        "readout.html",
        f"{met}: two readouts" if not found.one_text else f"{met}: one text, published twice",
        twin=link("/api/readouts/pair", {"first": first, "second": second}),
        found=found,
        parties=parties(found),
        names=names(found),
        nature=nature(found),
    )
