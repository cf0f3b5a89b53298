"""Listings of a record: the question put once, the rows fetched a page at a time as they are used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from communique import shapes
from communique.errors import BadFilter
from communique.records import Entry, Filters, Hit, Kept
from communique.store import asking, listing, reading, searching
from communique.store.listing import Cursor, Query
from communique.store.opening import Store
from communique.store.results import Listing

# What each listing of items is of, and what it holds fast.
KINDS: dict[str, tuple[str, dict[str, str]]] = {
    "assertions": ("assertion", {}),
    "commitments": ("assertion", {"act": "commitment"}),
    "outcomes": ("assertion", {"act": "outcome"}),
    "positions": ("assertion", {"act": "position"}),
    "appeals": ("assertion", {"act": "appeal"}),
    "engagements": ("assertion", {"act": "outcome", "event": "CONSULT"}),
    "figures": ("figure", {}),
    "agreements": ("agreement", {}),
    "relations": ("relation", {}),
}
FURTHER: dict[str, tuple[str, ...]] = {
    "assertion": ("specific", "strength", "reported"),
    "figure": ("unit",),
    "agreement": ("stage", "short"),
    "relation": ("label",),
}


def query(name: str, filters: Filters | None, given: Mapping[str, Any]) -> Query:
    """The question behind a listing of items; what it holds fast cannot be asked otherwise."""
    kind, fixed = KINDS[name]
    options = dict(given)
    standing, newest = options.pop("standing", "asserted"), options.pop("newest", False)
    more = tuple((field, options.pop(field)) for field in FURTHER[kind] if field in options)
    chosen = asking.filters(filters, **options)
    for field, value in fixed.items():
        for other in getattr(chosen, field):
            if other != value:
                raise BadFilter(field, other, f"only {value} in a listing of {name}")
    return Query(kind, asking.filters(chosen, **fixed), standing, newest, more)


def items(store: Store, name: str, filters: Filters | None, given: Mapping[str, Any]) -> Listing[Kept]:
    """Items of one listing."""
    asked = query(name, filters, given)

    def turn(size: int, after: Cursor | None) -> tuple[tuple[Kept, ...], Cursor | None]:
        with store.reading() as connection:
            found = listing.page(connection, asked, size=size, after=after)
        return found.items, found.after

    def count(upto: int | None) -> int:
        with store.reading() as connection:
            return listing.count(connection, asked, upto=upto)

    return Listing(turn, count, shapes.kept, asked.filters.limit)


def entries(store: Store, filters: Filters, newest: bool) -> Listing[Entry]:
    """Statements, without their text."""

    def turn(size: int, after: Cursor | None) -> tuple[tuple[Entry, ...], Cursor | None]:
        with store.reading() as connection:
            found, following = reading.entries(connection, filters, size=size, after=after, newest=newest)
        return tuple(found), following

    def count(upto: int | None) -> int:
        with store.reading() as connection:
            return reading.count_entries(connection, filters)

    return Listing(turn, count, shapes.entry, filters.limit)


def hits(store: Store, words: str, filters: Filters) -> Listing[Hit]:
    """Passages that hold words."""

    def turn(size: int, after: Cursor | None) -> tuple[tuple[Hit, ...], Cursor | None]:
        skip = after[1] if after else 0
        with store.reading() as connection:
            found = searching.search(connection, words, filters, size=size + 1, skip=skip)
        return tuple(found[:size]), (0, skip + size) if len(found) > size else None

    def count(upto: int | None) -> int:
        with store.reading() as connection:
            return searching.count(connection, words, filters, upto=upto)

    return Listing(turn, count, shapes.hit, filters.limit)
