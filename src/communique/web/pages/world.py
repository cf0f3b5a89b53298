"""A map of whom an actor dealt with, with its table beside it; and instruments by the stage they are at."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from communique.records import Stage
from communique.web.access import Reader, record_of
from communique.web.asking import Asked
from communique.web.pages.shown import link, page
from communique.web.pages.words import named

router = APIRouter(dependencies=[Reader])
Of = Literal["engagements", "aid", "commitments", "agreements", "appeals"]
MOST = 4000  # items counted, the newest first, where no counts are kept
STEPS = (1, 2, 5, 10, 25, 100)  # from one shade to the next


@cache
def outlines() -> dict[str, str]:
    """State code -> SVG path data."""
    found: dict[str, str] = json.loads((files("communique.web.map") / "world.json").read_text("utf-8"))
    return found


def shade(n: int) -> int:
    """0 to 6: how dark a state is drawn."""
    return sum(n >= step for step in STEPS)


@router.get("/map")
def world(request: Request, asked: Asked, of: Annotated[Of, Query()] = "engagements") -> Response:
    """Whom an actor (or everybody) met, helped, promised, signed with or asked."""
    record = record_of(request)
    query: dict[str, Any] = {"event": "AID"} if of == "aid" else {}
    counted = record.partners("outcomes" if of == "aid" else of, most=MOST, **(asked | query))
    per_state = dict(counted)
    drawn = [(code, path, per_state.get(code, 0), shade(per_state.get(code, 0))) for code, path in outlines().items()]
    actor = asked.get("actor", [""])[0]
    return page(
        request,
        "map.html",
        f"{of.capitalize()} of {named(actor)}" if actor else f"{of.capitalize()} by place",
        twin=link("/api/partners", {"of": of} | dict(request.query_params)),
        drawn=drawn,
        rows=[(code, named(code), n) for code, n in counted if n],
        of=of,
        kinds=Of.__args__,  # type: ignore[attr-defined]
        actor=actor,
        actors=[(code, named(code)) for code, _ in record.facets("outcome", "actor", limit=40)],
        listing={"aid": "outcomes"}.get(of, of),
        more=query,
        steps=STEPS,
        most=MOST,
    )


@router.get("/stages")
def stages(request: Request, asked: Asked) -> Response:
    """Instruments by stage, from proposed to withdrawn, the newest words first."""
    record = record_of(request)
    columns = [(stage.value, record.agreements(**asked, stage=stage.value, newest=True)) for stage in Stage if stage is not Stage.MENTIONED]
    shown = [(stage, listing.page(8).rows, listing.count()) for stage, listing in columns]
    return page(
        request,
        "stages.html",
        "Agreements by stage",
        twin=link("/api/agreements", dict(request.query_params)),
        columns=shown,
        actors=[(code, named(code)) for code, _ in record.facets("agreement", "actor", limit=40)],
    )
