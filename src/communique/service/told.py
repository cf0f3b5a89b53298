"""What is told more than once: quantities as series, and counts of engagements beside those the record holds."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from communique.records import Figure, Kept
from communique.stages.follow.engagements import Claim, claims
from communique.stages.follow.series import Point, Series, series, thing
from communique.store.results import Listing

__all__ = ["Claim", "Point", "Series", "claimed", "repeated"]


def repeated(figures: Listing[Kept], assertions: Listing[Kept], most: int) -> tuple[Series, ...]:
    """Quantities of which the ``most`` newest figures tell more than once; contradictions first, then the most told.

    Where no side gives or receives, a quantity is the publisher's own ("our emissions"), and one word ("people", "percent") makes none.
    """
    by_matter: dict[tuple[object, ...], list[Kept]] = defaultdict(list)
    for kept in figures.page(most).rows:
        if isinstance(figure := kept.item, Figure) and (figure.giver or figure.receiver or _tells(figure)):
            whose = "" if figure.giver or figure.receiver else kept.publisher
            by_matter[(whose, figure.giver, figure.receiver, thing(figure), figure.unit)].append(kept)
    again = [some for some in by_matter.values() if len(some) > 1]
    around: dict[str, list[Kept]] = defaultdict(list)
    for kept in assertions.page(most).rows if again else ():
        around[kept.doc].append(kept)
    found = [one for some in again for one in series(some, [kept for doc in {each.doc for each in some} for kept in around[doc]])]
    return tuple(sorted(found, key=lambda each: (-len(each.contradictions), -len(each.points), each.thing, each.unit)))


def _tells(figure: Figure) -> bool:
    """Whether the words of what is counted say more than its unit does."""
    matter = thing(figure)
    return " " in matter and matter != thing(replace(figure, of=""))


def claimed(figures: Listing[Kept], engagements: Listing[Kept], most: int) -> tuple[Claim, ...]:
    """Each counted claim of engagements among the newest figures, with those that the record holds."""
    return tuple(claims(figures.page(most).rows, engagements.page(most).rows))
