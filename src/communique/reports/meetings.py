"""Leaders' diplomacy: the counts a statement claims, beside the meetings the record holds one by one.  A count is never expanded."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from communique.records import Assertion, Event, Figure, Kept
from communique.reports.periods import bounds, spoken
from communique.reports.phrasing import listed, tidy
from communique.reports.scope import Scope
from communique.reports.sources import Notebook
from communique.reports.values import Block, Group, Line

_COUNTED = frozenset(
    "meeting call talk visit event summit conference trip dialogue conversation engagement forum consultation exchange".split()
)
_HAD = re.compile(r"\b(?:had|held|holds?|attend(?:ed|s)|hosted|paid|made|conducted|took part in|participated in|received)\b[^,;]*$", re.I)
_LINES, _GROUPS = 2, 8


def counts(scope: Scope, kept: Sequence[Kept]) -> list[Kept]:
    """Figures that count meetings, calls, visits or events of the actor in the year."""
    return [each for each in kept if isinstance(each.item, Figure) and _counts(each.item) and scope.deed(each) and _mine(scope, each)]


def _counts(figure: Figure) -> bool:
    heads = {part.split()[-1].rstrip("s") for part in figure.unit.lower().replace("-", " ").split(" or ") if part.split()}
    return bool(heads & _COUNTED) and figure.value >= 2


def _mine(scope: Scope, kept: Kept) -> bool:
    host = scope.sources.host(kept)
    if host is None:
        before, _, quote = scope.sources.words(kept)
        return scope.sources.own(kept.doc) and bool(_HAD.search(quote[: kept.item.start - before]))
    if not isinstance(host.item, Assertion):
        return False
    return host.item.event is Event.CONSULT and scope.outcome(host)


def held(scope: Scope, outcomes: Sequence[Kept], claimed: Sequence[Kept]) -> list[list[Kept]]:
    """Meetings, calls and visits told one by one; accounts of one day between the same parties are one meeting."""
    hosts = {host.id for each in claimed if (host := scope.sources.host(each))}
    meetings: dict[tuple[object, ...], list[Kept]] = defaultdict(list)
    for each in outcomes:
        item = each.item
        if not isinstance(item, Assertion) or item.event is not Event.CONSULT or each.id in hosts:
            continue
        others = scope.sources.others(item)
        if not others or all(code.startswith("grp:") for code in others):
            continue
        meetings[frozenset(others), _day(each, item)].append(each)
    return sorted(meetings.values(), key=lambda group: (_day(group[0], group[0].item), group[0].doc, group[0].item.start))


def _day(kept: Kept, item: object) -> str:
    found = bounds(item.when) if isinstance(item, Assertion) else None
    return found[0] if found and found[0] == found[1] else kept.date or ""


def block(scope: Scope, notebook: Notebook, claimed: Sequence[Kept], meetings: Sequence[Sequence[Kept]]) -> Block | None:
    """The part on leaders' diplomacy, or nothing when no meeting is told."""
    if not claimed and not meetings:
        return None
    opening = [*_claims(scope, notebook, claimed), _held(len(meetings), bool(claimed))]
    by_partner: dict[tuple[str, ...], list[Sequence[Kept]]] = defaultdict(list)
    for meeting in meetings:
        assert isinstance(meeting[0].item, Assertion)
        by_partner[scope.sources.others(meeting[0].item)].append(meeting)
    groups = [
        Group(_partners(scope, codes), tuple(_line(scope, notebook, each) for each in rows), min(len(rows), _LINES))
        for codes, rows in sorted(by_partner.items(), key=lambda entry: (-len(entry[1]), _partners(scope, entry[0])))
    ]
    return Block("Leaders' diplomacy", tuple(opening), groups=tuple(groups), shown_groups=min(len(groups), _GROUPS))


def _partners(scope: Scope, codes: Sequence[str]) -> str:
    names = [scope.sources.name(code) for code in codes]
    return listed(names) if len(names) <= 3 else f"{listed(names[:2])} and {len(names) - 2} others".replace(" and ", ", ", 1)


def _claims(scope: Scope, notebook: Notebook, claimed: Sequence[Kept]) -> list[Line]:
    same: dict[tuple[object, ...], list[Kept]] = defaultdict(list)
    for each in claimed:
        assert isinstance(each.item, Figure)
        same[each.item.value, each.item.rel, each.item.unit].append(each)
    told = []
    for group in same.values():
        when = scope.when(group[0])
        told.append(notebook.line(tidy(group[0].item.quote), group, f"claimed for {spoken(when)}" if when else "claimed"))
    return told


def _held(count: int, claimed: bool) -> Line:
    verb = "is" if count == 1 else "are"
    if claimed:
        told = f"{count} {verb} told one by one in the record, and {verb} not added to the claim"
        return Line(told if count else "none of them is told one by one in the record")
    return Line(f"{count} meeting{'s, calls or visits are' if count > 1 else ' is'} told one by one in the record")


def _people(kept: Kept) -> tuple[str, ...]:
    return kept.item.people if isinstance(kept.item, Assertion) else ()


def _line(scope: Scope, notebook: Notebook, meeting: Sequence[Kept]) -> Line:
    best = max(meeting, key=lambda each: (scope.sources.own(each.doc), bool(_people(each)), each.item.confidence, each.id))
    assert isinstance(best.item, Assertion)
    when = best.item.when or best.date
    accounts = {side for each in meeting for side in scope.sources.sides(each.doc)}
    both = scope.actor in accounts and len({scope.sources.sides(each.doc) for each in meeting}) > 1
    remark = "; ".join(part for part in (spoken(when), "more than one side's account" if both else "") if part)
    return notebook.line(scope.sources.line(best.item, best.doc), [best, *(each for each in meeting if each is not best)], remark)
