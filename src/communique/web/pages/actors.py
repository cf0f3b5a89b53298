"""An actor, and a pair of actors: what they did, promised, held and asked, by year, and what they call their tie."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from communique.records import Kept, Verdict
from communique.service import Record
from communique.web.access import Reader, record_of
from communique.web.following import followed
from communique.web.pages.shown import page
from communique.web.pages.words import named

router = APIRouter(dependencies=[Reader])
SECTIONS = ("commitments", "outcomes", "engagements", "positions", "appeals", "agreements", "relations", "figures")
ACTS = ("commitments", "outcomes", "positions", "appeals")
MODES = ("meetings", "calls", "visits")
SHOWN, READ = 5, 60  # items of a section; the newest that tables are made of
LATEST = 15  # years drawn

Years = list[tuple[str, list[tuple[str, int]]]]  # year, then each act or mode with how many


def _sections(record: Record, asked: dict[str, Any], names: Iterable[str] = SECTIONS) -> list[tuple[str, Any, int]]:
    """Each kind of item with its newest rows and how many there are."""
    found = []
    for name in names:
        listing = getattr(record, name)(**asked, newest=True)
        rows = listing.page(SHOWN).rows
        found.append((name, rows, listing.count() if len(rows) == SHOWN else len(rows)))
    return found


def _years(record: Record, name: str, asked: dict[str, Any], values: tuple[str, ...]) -> Years:
    """Items of a listing by year and value, for the latest years that have any; the undated are in no year."""
    counted = {(year, f"{value}s"): n for year, value, n in record.years(name, **asked) if year}
    years = sorted({year for year, _ in counted})[-LATEST:]
    return [(year, [(value, counted.get((year, value), 0)) for value in values]) for year in years]


def bars(years: Years) -> dict[str, Any]:
    """A bar chart of the years: where each bar stands, in units of the drawing."""
    tallest = max((sum(n for _, n in acts) for _, acts in years), default=1)
    drawn = []
    for place, (year, acts) in enumerate(years):
        top = 100.0
        pieces = []
        for act, n in acts:
            high = 88.0 * n / tallest
            top -= high
            pieces.append({"act": act, "n": n, "y": round(top, 2), "h": round(high, 2)})
        drawn.append({"year": year, "x": place * 44 + 6, "pieces": pieces, "n": sum(n for _, n in acts)})
    return {"bars": drawn, "width": max(1, len(drawn)) * 44 + 6}


@dataclass(frozen=True, slots=True)
class Label:
    """What parties call their tie: since when, until when, how often, and the latest words."""

    label: str
    parties: tuple[str, ...]
    first: str
    last: str
    n: int
    kept: Kept


def labels(rows: Iterable[Kept]) -> list[Label]:
    """The history of labels, the latest used first."""
    found: dict[tuple[str, tuple[str, ...]], list[Kept]] = {}
    for kept in rows:
        found.setdefault((kept.item.label.casefold(), kept.item.parties), []).append(kept)  # type: ignore[union-attr]
    made = []
    for (label, parties), group in found.items():
        dates = sorted(kept.date or "" for kept in group)
        made.append(Label(label, parties, dates[0], dates[-1], len(group), max(group, key=lambda kept: kept.date or "")))
    return sorted(made, key=lambda each: (each.last, each.label), reverse=True)


def issues(rows: Iterable[Kept]) -> list[tuple[str, int, Kept]]:
    """Positions by issue: the topic, how many, the newest."""
    found: dict[str, list[Kept]] = {}
    for kept in rows:
        found.setdefault(kept.item.topic.value, []).append(kept)  # type: ignore[union-attr]
    return sorted(((topic, len(group), group[0]) for topic, group in found.items()), key=lambda each: (-each[1], each[0]))


def everybody(record: Record) -> list[tuple[str, int]]:
    """Who acts in the record, and in how many assertions, the most often first."""
    counted: dict[str, int] = {}
    for act in ("outcome", "commitment", "position", "appeal"):
        for code, n in record.facets(act, "actor", limit=400):
            counted[code] = counted.get(code, 0) + n
    return sorted(counted.items(), key=lambda row: (-row[1], named(row[0])))


@router.get("/a")
def actors(request: Request) -> Response:
    """Everybody the record has items of, the most spoken of first."""
    rows = [(code, named(code), n) for code, n in everybody(record_of(request))]
    return page(request, "actors.html", "Actors", twin="/api/actors", rows=rows)


@router.get("/a/{code:path}")
def actor(request: Request, code: str) -> Response:
    """One actor."""
    record = record_of(request)
    asked: dict[str, Any] = {"actor": code}
    newest = {kind: getattr(record, kind)(**asked, newest=True).page(READ).rows for kind in ("figures", "relations", "positions")}
    years = sorted((name for name, _ in record.facets("statement", "year", limit=40) if name), reverse=True)
    is_followed = followed(record, None)
    counts = record.verdicts(**asked, upto=0) if is_followed else {}
    return page(
        request,
        "actor.html",
        named(code),
        twin=f"/api/actors/{quote(code, safe='')}",
        code=code,
        sections=_sections(record, asked, ("commitments", "outcomes", "engagements", "appeals", "agreements")),
        chart=bars(_years(record, "assertions", asked, ACTS)),
        meetings=bars(_years(record, "engagements", asked, MODES)),
        partners=[(each, named(each), n) for each, n in record.partners("outcomes", **asked)[:16]],
        verdicts=[(each.value, counts[each.value]) for each in Verdict] if is_followed else [],
        late=record.overdue(**asked).page(SHOWN).rows if is_followed else (),
        is_followed=is_followed,
        given=[kept for kept in newest["figures"] if code in kept.item.giver][:12],
        claims=record.claims(**asked, most=READ)[:8],
        labels=labels(newest["relations"])[:12],
        issues=issues(newest["positions"]),
        years=years,
        asked=asked,
    )


@router.get("/pair")
def chosen(one: str, other: str) -> Response:
    """The address of a pair chosen in a form."""
    return RedirectResponse(f"/pair/{quote(one, safe='')}/{quote(other, safe='')}", 303)


@router.get("/pair/{one}/{other}")
def pair(request: Request, one: str, other: str) -> Response:
    """Two actors: what the first did and said towards or with the second, and what they call their tie."""
    record = record_of(request)
    asked: dict[str, Any] = {"actor": one, "partner": other}
    return page(
        request,
        "pair.html",
        f"{named(one)} and {named(other)}",
        twin=f"/api/pairs/{quote(one, safe='')}/{quote(other, safe='')}",
        one=one,
        other=other,
        sections=_sections(record, asked),
        chart=bars(_years(record, "assertions", asked, ACTS)),
        meetings=bars(_years(record, "engagements", asked, MODES)),
        asked={"actor": one, "with": other},
    )
