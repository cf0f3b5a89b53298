"""One page for each listing, with the common filters as fields and as links."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from communique.service import Record
from communique.web.access import Reader, record_of
from communique.web.asking import Asked, Staged, Turned
from communique.web.pages.shown import ITEM_PAGES, PAGING, link, page, without
from communique.web.pages.words import named, published

router = APIRouter(dependencies=[Reader])
SHOWN, MOST = 40, 10_000  # rows of a page; where a count stops
ABOUT = {
    "commitments": "What actors said they will do, as firmly as they put it.",
    "outcomes": "What is said to have been done or to be under way.",
    "positions": "What actors support, oppose, welcome, condemn or hold.",
    "appeals": "What actors ask of others.",
    "engagements": "Meetings, calls, visits and talks that took place.",
    "figures": "Sums, counts and shares as claimed.",
    "agreements": "Instruments named, and the stage the words put them at.",
    "relations": "What parties call the tie between them.",
}
KINDS = {"commitments": "commitment", "outcomes": "outcome", "positions": "position", "appeals": "appeal", "engagements": "outcome"}
Values = list[tuple[str, str, int | None]]  # the value, how it reads, how many
Group = tuple[str, str, Values]


def groups(record: Record, kind: str, chosen: set[str], fields: dict[str, str]) -> list[Group]:
    """The commonest values of each field to narrow by; their counts are the whole record's, so they go when a filter is on."""
    found: list[Group] = []
    for field, title in fields.items():
        if field in chosen or (field == "year" and chosen & {"since", "until"}):
            continue
        read = {"actor": named, "publisher": published}.get(field, str)
        values: Values = [(value, read(value), None if chosen else n) for value, n in record.facets(kind, field, limit=10) if value]
        found.append((title, field, values))
    return found


def _listing(name: str) -> None:
    def route(request: Request, asked: Asked, turn: Turned) -> Response:
        record = record_of(request)
        listing = getattr(record, name)(**asked, newest=True)
        found, kind = turn.of(listing.page, SHOWN), KINDS.get(name, name.removesuffix("s"))
        fields = {"actor": "Actors"} | ({"topic": "Topics"} if name in KINDS else {}) | {"publisher": "Publishers"}
        values: dict[str, Any] = {"rows": found.rows, "next": found.next, "name": name, "events": name in KINDS, "about": ABOUT[name]}
        values |= {"count": listing.count(upto=MOST), "most": MOST, "groups": groups(record, kind, _chosen(request), fields)}
        values["actors"] = [(code, named(code)) for code, _ in record.facets(kind, "actor", limit=40)]
        return page(request, "listing.html", name.capitalize(), twin=link(f"/api/{name}", without(request.query_params)), **values)

    route.__name__ = name
    if name == "agreements":
        route.__annotations__["asked"] = Staged
    router.get(f"/{name}")(route)


def _chosen(request: Request) -> set[str]:
    return {name for name, value in request.query_params.items() if value and name not in PAGING}


for _name in ITEM_PAGES:
    _listing(_name)
