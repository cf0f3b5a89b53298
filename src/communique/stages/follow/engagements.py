"""Meetings, calls and visits: claimed counts against those the record holds, and both sides' accounts of one joined.

"87 meetings and calls" stays one figure; beside it stands how many of them the record holds, never an expansion.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from communique.records import Act, Assertion, Event, Figure, Kept
from communique.stages.follow.index import day_of
from communique.stages.follow.words import words

__all__ = ["Claim", "Joined", "claims", "held", "joined", "mode"]

_MODES = {
    "call": re.compile(r"\b(?:call(?:s|ed)?|phone\w*|telephon\w*|spoke by|video ?conferenc\w*|virtual(?:ly)?)\b", re.IGNORECASE),
    "visit": re.compile(r"\b(?:visit\w*|travel\w*|trip|arriv\w*)\b", re.IGNORECASE),
    "meeting": re.compile(r"\b(?:m[eo]et\w*|met|talks?|summit|hosted|receiv\w*|consult\w*|dialogue|conven\w*|spoke|held)\b", re.IGNORECASE),
}
_COUNTED = re.compile(r"\b(?:meetings?|calls?|visits?|engagements?|talks|events?|conversations?|consultations?)\b", re.IGNORECASE)
_ALIKE = 0.25  # least share of common words for two assertions to say the same


@dataclass(frozen=True, slots=True)
class Claim:
    """A counted claim of engagements and those of its actor and period that the record holds."""

    figure: Kept
    claimed: float
    held: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """One engagement as two statements tell it: what both say, and what only one says."""

    first: Kept
    second: Kept
    both: tuple[tuple[Kept, Kept], ...]
    only_first: tuple[Kept, ...]
    only_second: tuple[Kept, ...]


def mode(item: Assertion) -> str:
    """``call``, ``visit`` or ``meeting``; a call is told before the meeting it may also be named."""
    return next((name for name, pattern in _MODES.items() if pattern.search(item.quote)), "meeting")


def held(assertions: Iterable[Kept]) -> list[Kept]:
    """The engagements that took place, each once: same mode, same parties, one day; or a day apart where two sides tell it."""
    seen: dict[tuple[str, tuple[str, ...]], list[Kept]] = defaultdict(list)
    found: list[Kept] = []
    for each in sorted(assertions, key=lambda kept: (kept.date or "", kept.doc, kept.item.start)):
        if (item := _engagement(each)) is None:
            continue
        known = seen[(mode(item), _parties(item))]
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


def joined(assertions: Sequence[Kept]) -> Iterator[Joined]:
    """Engagements that two statements of different publishers tell: same parties, same day give or take one, same mode."""
    by_doc: dict[str, list[Kept]] = defaultdict(list)
    groups: dict[tuple[tuple[str, ...], str], list[Kept]] = defaultdict(list)
    for each in sorted(assertions, key=lambda kept: (kept.date or "", kept.doc, kept.item.start)):
        if isinstance(each.item, Assertion):
            by_doc[each.doc].append(each)
        if (item := _engagement(each)) is not None and len(_parties(item)) >= 2:
            groups[(_parties(item), mode(item))].append(each)
    done: set[tuple[str, str]] = set()
    for _, group in sorted(groups.items()):
        for place, first in enumerate(group):
            for second in group[place + 1 :]:
                if _apart(first, second) > 1 or first.publisher == second.publisher or (first.doc, second.doc) in done:
                    continue
                done.add((first.doc, second.doc))
                yield _join(first, second, by_doc[first.doc], by_doc[second.doc])


def _join(first: Kept, second: Kept, ours: Sequence[Kept], theirs: Sequence[Kept]) -> Joined:
    """Pair off what both statements say, the likest first; the rest only one says."""
    stems = {each.id: frozenset(words(each.item.quote).stems) for each in (*ours, *theirs)}
    scored = sorted(
        (
            (len(stems[a.id] & stems[b.id]) / max(len(stems[a.id] | stems[b.id]), 1), x, y)
            for x, a in enumerate(ours)
            for y, b in enumerate(theirs)
        ),
        key=lambda row: (-row[0], row[1], row[2]),
    )
    left, right, both = set(range(len(ours))), set(range(len(theirs))), []
    for alike, x, y in scored:
        if alike < _ALIKE:
            break
        if x in left and y in right:
            left.remove(x)
            right.remove(y)
            both.append((x, y))
    pairs = tuple((ours[x], theirs[y]) for x, y in sorted(both))
    return Joined(first, second, pairs, tuple(ours[x] for x in sorted(left)), tuple(theirs[y] for y in sorted(right)))


def _engagement(kept: Kept) -> Assertion | None:
    item = kept.item
    if isinstance(item, Assertion) and item.act is Act.OUTCOME and item.event is Event.CONSULT:
        return item
    return None


def _sure(kept: Kept) -> Assertion:
    assert isinstance(kept.item, Assertion)
    return kept.item


def _parties(item: Assertion) -> tuple[str, ...]:
    return tuple(sorted({*item.actors, *item.targets}))


def _apart(first: Kept, second: Kept) -> int:
    """Days between two engagements, told by the time they state, else by their statements' dates."""
    return abs(day_of(_sure(first).when or first.date) - day_of(_sure(second).when or second.date))
