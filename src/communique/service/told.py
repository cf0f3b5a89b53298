"""What is told more than once: quantities as series, and counts of engagements beside those the record holds."""

from __future__ import annotations

from collections import defaultdict

from communique.records import Figure, Kept
from communique.stages.follow.engagements import Claim, claims
from communique.stages.follow.series import Point, Series, series, thing
from communique.store.results import Listing

__all__ = ["Claim", "Point", "Series", "claimed", "repeated"]


def repeated(figures: Listing[Kept], assertions: Listing[Kept], most: int) -> tuple[Series, ...]:
    """Quantities of which the ``most`` newest figures tell more than once; contradictions first, then the most told."""
    by_matter: dict[tuple[object, ...], list[Kept]] = defaultdict(list)
    for kept in figures.page(most).rows:
        if isinstance(figure := kept.item, Figure):
            by_matter[(figure.giver, figure.receiver, thing(figure), figure.unit)].append(kept)
    again = [kept for some in by_matter.values() if len(some) > 1 for kept in some]
    docs = {kept.doc for kept in again}
    around = [kept for kept in assertions.page(most).rows if kept.doc in docs] if again else []
    found = series(again, around)
    return tuple(sorted(found, key=lambda each: (-len(each.contradictions), -len(each.points), each.thing, each.unit)))


def claimed(figures: Listing[Kept], engagements: Listing[Kept], most: int) -> tuple[Claim, ...]:
    """Each counted claim of engagements among the newest figures, with those that the record holds."""
    return tuple(claims(figures.page(most).rows, engagements.page(most).rows))
