"""Which lines come first: what can be checked before what cannot, what many statements say before what one says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from communique.records import Kept, Strength
from communique.reports.merging import Told
from communique.reports.phrasing import the
from communique.reports.sources import Notebook, Sources
from communique.reports.values import Group, Line

_NAMED = re.compile(
    r"\b[A-Z][\w'’-]*(?: (?:of|on|for|the|and|to|[A-Z][\w'’-]*))* "
    r"(?:Conference|Summit|Forum|Agreement|Treaty|Convention|Protocol|Initiative|Congress|Assembly|Fund|Centre|Center|Programme|Program|Plan|Games)\b"
)
_FIRM = {Strength.FIRM: 0, None: 0, Strength.INTENDED: 1, Strength.ASPIRATIONAL: 2}


def rank(told: Told) -> tuple[object, ...]:
    """Concrete first, then what is said in most statements, the firmest, the surest; ties in the order of saying."""
    item = told.item
    date = told.best.date or "9999"
    return not concrete(told), -told.docs, _FIRM[item.strength], -round(item.confidence, 1), date, told.best.doc, item.start


def concrete(told: Told) -> bool:
    """Whether a line can be checked: the reader found it specific, or it names a meeting, an instrument or a programme."""
    return told.item.specific or bool(_NAMED.search(told.item.quote))


def ranked(told: Iterable[Told]) -> list[Told]:
    """In the order of a report."""
    return sorted(told, key=rank)


def lines(notebook: Notebook, sources: Sources, told: Sequence[Told], remark: str = "") -> tuple[Line, ...]:
    """Each as a line with its sources."""
    return tuple(notebook.line(sources.line(one.item, one.best.doc), one.kept, account(sources, one.kept, remark)) for one in told)


def account(sources: Sources, kept: Sequence[Kept], remark: str = "") -> str:
    """Whose account a line rests on, said only when it is not the actor's own alone."""
    sides = [sources.sides(each.doc) for each in kept]
    others = sorted({code for side in sides for code in side} - {sources.actor})
    if others and not any(sources.actor in side for side in sides):
        told = f"as told by {', '.join(the(sources.name(code)) for code in others[:2])}"
    elif any(sources.actor in side for side in sides) and any(side and sources.actor not in side for side in sides):
        told = "told by both sides"
    else:
        told = ""
    return "; ".join(part for part in (remark, told) if part)


def group(notebook: Notebook, sources: Sources, label: str, told: Sequence[Told], shown: int) -> Group:
    """Lines under a label, the first ``shown`` on the page."""
    told = ranked(told)
    return Group(label, lines(notebook, sources, told), min(shown, len(told)))
