"""Meetings, calls and visits: claimed counts against those the record holds.

"87 meetings and calls" stays one figure; beside it stands how many of them the record holds, never an expansion.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from communique.language import meetings
from communique.records import Assertion, Figure, Kept
from communique.stages.follow.accounts import engagement
from communique.stages.follow.index import day_of

__all__ = ["Claim", "claims", "held"]

_COUNTED = re.compile(r"\b(?:meetings?|calls?|visits?|engagements?|talks|events?|conversations?|consultations?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Claim:
    """A counted claim of engagements and those of its actor and period that the record holds."""

    figure: Kept
    claimed: float
    held: tuple[Kept, ...]


def held(assertions: Iterable[Kept]) -> list[Kept]:
    """The engagements that took place, each once: same mode, same parties, one day; or a day apart where two sides tell it."""
    seen: dict[tuple[str, tuple[str, ...]], list[Kept]] = defaultdict(list)
    found: list[Kept] = []
    for each in sorted(assertions, key=lambda kept: (kept.date or "", kept.doc, kept.item.start)):
        if (item := engagement(each)) is None:
            continue
        known = seen[(meetings.mode(item.quote), _parties(item))]
        if not any(_apart(one, each) <= (one.publisher != each.publisher) for one in known):
            found.append(each)
        known.append(each)
    return found


def claims(figures: Iterable[Kept], assertions: Iterable[Kept]) -> Iterator[Claim]:
    """Each claimed count of engagements with those the record holds of the same actor in the same period."""
    known = held(assertions)
    for each in figures:
        figure = each.item
        if not isinstance(figure, Figure) or not _COUNTED.search(f"{figure.unit} {figure.of} {figure.quote}"):
            continue
        period = figure.when or (each.date or "")[:4]
        first, last = day_of(period), day_of(period, last=True)
        mine = set(figure.giver) or {each.publisher.split("-")[0]}
        inside = [one for one in known if mine & set(_parties(_sure(one))) and first <= day_of(_sure(one).when or one.date) <= last]
        yield Claim(each, figure.value, tuple(inside))


def _sure(kept: Kept) -> Assertion:
    assert isinstance(kept.item, Assertion)
    return kept.item


def _parties(item: Assertion) -> tuple[str, ...]:
    return tuple(sorted({*item.actors, *item.targets}))


def _apart(first: Kept, second: Kept) -> int:
    """Days between two engagements, told by the time they state, else by their statements' dates."""
    return abs(day_of(_sure(first).when or first.date) - day_of(_sure(second).when or second.date))
