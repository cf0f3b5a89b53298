"""What is told more than once: quantities as series, and counts of engagements beside those the record holds."""

from __future__ import annotations

from communique.records import Kept
from communique.stages.follow.engagements import Claim, claims
from communique.stages.follow.series import Point, Series, series
from communique.store.results import Listing

__all__ = ["Claim", "Point", "Series", "claimed", "repeated"]


def repeated(figures: Listing[Kept], assertions: Listing[Kept], most: int) -> tuple[Series, ...]:
    """Quantities of which the ``most`` newest figures tell more than once; contradictions first, then the most told."""
    newest = figures.page(most).rows
    docs = {kept.doc for kept in newest}
    around = [kept for kept in assertions.page(most).rows if kept.doc in docs]
    found = [each for each in series(newest, around) if len(each.points) > 1]
    return tuple(sorted(found, key=lambda each: (-len(each.contradictions), -len(each.points), each.thing, each.unit)))


def claimed(figures: Listing[Kept], engagements: Listing[Kept], most: int) -> tuple[Claim, ...]:
    """Each counted claim of engagements among the newest figures, with those that the record holds."""
    return tuple(claims(figures.page(most).rows, engagements.page(most).rows))
