"""A statement with its words lit: the text on one side, what was read from it on the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import quote

from fastapi import APIRouter, Request, Response

from communique.records import Kept, Passage
from communique.web.access import Reader, record_of
from communique.web.asking import After, Asked
from communique.web.pages.shown import kind, page

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


def lines(
    text: str, passages: Sequence[Passage], items: Sequence[Kept], lit: tuple[int, int] | None, part: tuple[int, int]
) -> Iterator[Line]:
    """The text from ``part[0]`` to ``part[1]``, passage by passage, every character once."""
    at = part[0]
    for passage in passages:
        if passage.end <= at or passage.start >= part[1]:
            continue
        if passage.start > at:
            yield Line(None, tuple(_pieces(text, at, passage.start, (), lit)))
        start, at = max(at, passage.start), min(passage.end, part[1])
        inside = [each for each in items if each.item.start < at and each.item.end > start]
        yield Line(passage, tuple(_pieces(text, start, at, inside, lit)))
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
def statements(request: Request, asked: Asked, after: After = "") -> Response:
    """Every statement, the newest first."""
    found = record_of(request).statements(**asked, newest=True).page(50, after)
    return page(request, "statements.html", "Statements", twin="/api/statements", entries=found.rows, next=found.next)


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
        versions=record.versions(id),
        part=chosen,
        n_parts=max(1, -(-len(text) // PART)),
    )


def _stands(kept: Kept) -> bool:
    return not kept.judgements or kept.judgements[-1].decision != "reject"


@router.get("/i/{id}")
def item(request: Request, id: str) -> Response:
    """An item's permanent address leads to its words in the statement."""
    record = record_of(request)
    shown = record.show(id)
    kept = shown.kept  # type: ignore[union-attr]
    return page(request, "item.html", kept.item.quote, twin=f"/api/items/{id}", kept=kept, shown=shown)
