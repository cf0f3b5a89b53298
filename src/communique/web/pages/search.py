"""Search with facets and lit words; saved queries are addresses, so a browser's bookmarks keep them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fastapi import APIRouter, Request, Response

from communique.web.access import Reader, record_of
from communique.web.asking import Asked, Turned
from communique.web.pages.listings import groups
from communique.web.pages.shown import link, page

router = APIRouter(dependencies=[Reader])
MOST, FILTERED = 1000, 100  # where a count stops; where it stops of words with filters, which are tested passage by passage
_WORD = re.compile(r"\w+")


def lit(words: str, query: str) -> Iterator[tuple[str, bool]]:
    """The words of a passage in runs, each with whether the query asks for it; prefixes count as the search counts them."""
    asked = {(word.casefold(), star == "*") for word, star in re.findall(r"(?<![\w-])(\w+)(\*?)", query)}
    at = 0
    for found in _WORD.finditer(words):
        word = found.group().casefold()
        if any(word.startswith(part) if begins else word == part for part, begins in asked):
            yield words[at : found.start()], False
            yield found.group(), True
            at = found.end()
    yield words[at:], False


@router.get("/search")
def search(request: Request, asked: Asked, turn: Turned, q: str = "") -> Response:
    """Passages that hold the words, best first, each with what was read from it."""
    record = record_of(request)
    listing = record.search(q, **asked) if q.strip() else None
    found = turn.of(listing.page, 20) if listing is not None else None  # the truth of a listing is a question to the record
    most = FILTERED if asked else MOST
    ended = found is not None and not turn.start and not turn.at and not found.next  # the page is all there is
    chosen = {name for name in request.query_params if request.query_params[name]}
    return page(
        request,
        "search.html",
        f"Search: {q}" if q else "Search",
        twin=link("/api/search", dict(request.query_params)) if q else "",
        q=q,
        hits=[(hit, list(lit(hit.words, q))) for hit in found.rows] if found else [],
        next=found.next if found else "",
        count=len(found.rows) if found and ended else listing.count(upto=most) if listing is not None else 0,
        most=most,
        groups=groups(record, "statement", chosen - {"q"} | {"words"}, {"year": "Years", "publisher": "Publishers"}) if q else [],
    )
