"""A statement with its words lit: the text on one side, what was read from it on the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import quote

from fastapi import APIRouter, Request, Response

from communique.errors import NoSuchItem
from communique.records import Assertion, Event, Kept, Passage, Reading
from communique.service import Record
from communique.service.readouts import Joined
from communique.web.access import Reader, record_of
from communique.web.asking import Asked, Turned
from communique.web.pages.engagements import address, names
from communique.web.pages.shown import fragment, link, page, without
from communique.web.pages.words import kind

router = APIRouter(dependencies=[Reader])
PART = 120_000  # characters shown at once; a longer statement is shown in parts


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same items, so that overlapping highlights need no nesting."""

    start: int
    text: str
    items: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    lit: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A passage cut into pieces, or the text between two passages."""

    passage: Passage | None
    pieces: tuple[Piece, ...]
    turn: str = ""  # who begins to speak here


def lines(
    text: str, passages: Sequence[Passage], items: Sequence[Kept], lit: tuple[int, int] | None, part: tuple[int, int]
) -> Iterator[Line]:
    """The text from ``part[0]`` to ``part[1]``, passage by passage, every character once."""
    at, speaking = part[0], ""
    for passage in passages:
        if passage.end <= at or passage.start >= part[1]:
            continue
        if passage.start > at:
            yield Line(None, tuple(_pieces(text, at, passage.start, (), lit)))
        start, at = max(at, passage.start), min(passage.end, part[1])
        inside = [each for each in items if each.item.start < at and each.item.end > start]
        turn, speaking = (passage.speaker if passage.speaker != speaking else ""), passage.speaker
        yield Line(passage, tuple(_pieces(text, start, at, inside, lit)), turn)
    if at < part[1]:
        yield Line(None, tuple(_pieces(text, at, part[1], (), lit)))


def _pieces(text: str, start: int, end: int, items: Sequence[Kept], lit: tuple[int, int] | None) -> Iterator[Piece]:
    edges = {start, end} | {edge for each in items for edge in (each.item.start, each.item.end)} | set(lit or ())
    cuts = sorted(edge for edge in edges if start <= edge <= end)
    for low, high in pairwise(cuts):
        over = sorted(
            (each for each in items if each.item.start <= low and high <= each.item.end), key=lambda each: each.item.end - each.item.start
        )
        shown = lit is not None and lit[0] <= low and high <= lit[1]
        yield Piece(low, text[low:high], tuple(each.id for each in over), tuple(dict.fromkeys(kind(each.item) for each in over)), shown)


def _span(given: str) -> tuple[int, int] | None:
    first, _, last = given.partition("-")
    return (int(first), int(last)) if first.isdecimal() and last.isdecimal() and len(given) < 24 else None


@router.get("/s")
def statements(request: Request, asked: Asked, turn: Turned) -> Response:
    """Every statement, the newest first."""
    record = record_of(request)
    found = turn.of(record.statements(**asked, newest=True).page, 50)
    publishers = record.facets("statement", "publisher", limit=40)
    twin = link("/api/statements", without(request.query_params))
    return page(request, "statements.html", "Statements", twin=twin, entries=found.rows, next=found.next, publishers=publishers)


@router.get("/s/{id:path}")
def statement(request: Request, id: str, c: str = "", part: int = 0) -> Response:
    """A statement: its text lit, its items beside it."""
    record = record_of(request)
    reading, items = record.statement(id), record.items(id)
    lit = _span(c)
    text = reading.statement.text
    chosen = lit[0] // PART if lit and not part else max(0, part)
    shown = (min(chosen * PART, len(text)), min((chosen + 1) * PART, len(text)))
    standing = [each for each in items if each.item.start >= shown[0] and each.item.end <= shown[1]]
    return page(
        request,
        "statement.html",
        reading.statement.title or id,
        twin=f"/api/statements/{quote(id, safe='')}",
        statement=reading.statement,
        reading=reading,
        lines=lines(text, reading.passages, [each for each in standing if _stands(each)], lit, shown),
        items=standing,
        counted=_counted(standing),
        versions=record.versions(id),
        others=[(names(each), address(each)) for each in _others(record, id, items)],
        part=chosen,
        n_parts=max(1, -(-len(text) // PART)),
    )


def _counted(items: Sequence[Kept]) -> list[tuple[str, int, str]]:
    """Each kind among the items, how many, and the first of them."""
    kinds = Counter(kind(each.item) for each in items)
    first = {kind(each.item): each.id for each in reversed(items)}
    return [(name, n, first[name]) for name, n in kinds.items()]


def _others(record: Record, id: str, items: Sequence[Kept]) -> tuple[Joined, ...]:
    """The other sides' accounts of what a statement tells, asked for only where it tells an engagement."""
    met = any(isinstance(each.item, Assertion) and each.item.event is Event.CONSULT for each in items)
    return record.readouts_of(id) if met else ()


def _stands(kept: Kept) -> bool:
    return not kept.judgements or kept.judgements[-1].decision != "reject"


@router.get("/i/{id}")
def item(request: Request, id: str) -> Response:
    """An item's permanent address leads to its words in the statement."""
    record = record_of(request)
    shown = record.show(id)
    if isinstance(shown, Reading):
        raise NoSuchItem(id, record.target)
    kept = shown.kept
    url = next((entry.url for entry in record.versions(kept.doc) if entry.id == kept.doc), "")
    live = url.partition("#")[0] + fragment(kept.item.quote) if url.startswith(("http://", "https://")) else ""
    return page(request, "item.html", kept.item.quote, twin=f"/api/items/{id}", kept=kept, shown=shown, live=live)
