"""One page for each listing, with the common filters as links and fields."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from communique.records import Event, Topic
from communique.web.access import Reader, record_of
from communique.web.asking import After, Asked
from communique.web.pages.shown import link, page

router = APIRouter(dependencies=[Reader])
TITLES = {
    "commitments": "Commitments",
    "outcomes": "Outcomes",
    "positions": "Positions",
    "appeals": "Appeals",
    "engagements": "Engagements",
    "figures": "Figures",
    "agreements": "Agreements",
    "relations": "Relations",
}
KINDS = {"commitments": "commitment", "outcomes": "outcome", "positions": "position", "appeals": "appeal", "engagements": "outcome"}


def _listing(name: str, title: str) -> None:
    def route(request: Request, asked: Asked, after: After = "") -> Response:
        record = record_of(request)
        listing = getattr(record, name)(**asked, newest=True)
        found = listing.page(40, after)
        about = KINDS.get(name, name.removesuffix("s"))
        return page(
            request,
            "listing.html",
            title,
            twin=link(f"/api/{name}", dict(request.query_params)),
            rows=found.rows,
            next=found.next,
            name=name,
            count=listing.count(upto=10_000),
            actors=record.facets(about, "actor", limit=15),
            topics=[topic.value for topic in Topic],
            events=[event.value for event in Event] if name in KINDS else [],
        )

    router.get(f"/{name}")(route)


for _name, _title in TITLES.items():
    _listing(_name, _title)
