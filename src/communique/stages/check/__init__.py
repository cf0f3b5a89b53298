"""The door: what a reader proposes is held against the words, and only what holds goes on.

Every item: its quote stands at its offsets, inside one sentence that may be cited.  Then each field against the
words it came from: number and unit re-parsed, polarity and mood of the head verb, dates derivable, actors named
or resolvable, names and labels present.  What fails becomes a ``Problem`` that says which field and why; nothing
is repaired.  ``make quality`` reports how many readers' marks the door refuses (it should be next to none) and
how many altered quotes it lets through (none).
"""

from __future__ import annotations

from collections.abc import Sequence

from communique.records import (
    Agreement,
    Assertion,
    Draft,
    Figure,
    Item,
    Mention,
    Passage,
    Problem,
    Reading,
    Relation,
    Statement,
    kind_of,
)
from communique.settings import ReadSettings
from communique.stages.check.door import Door

_FLOOR = ReadSettings().floor


def check(
    statement: Statement,
    passages: Sequence[Passage],
    draft: Draft,
    *,
    reader: str,
    mentions: Sequence[Mention] = (),
    problems: Sequence[Problem] = (),
    floor: float = _FLOOR,
) -> Reading:
    """The reading that ``draft`` comes to once everything that does not hold is refused.

    ``mentions`` are the words that stand for somebody by a rule of ``stages.resolve``: "President Mattarella", "the Council".
    """
    door = Door(statement, passages, mentions)
    refused: list[Problem] = []
    passed: dict[str, list[Item]] = {"assertion": [], "figure": [], "agreement": [], "relation": []}
    aside: list[Item] = []
    groups: tuple[Sequence[Item], ...] = (draft.assertions, draft.figures, draft.agreements, draft.relations)
    for group in groups:
        seen: set[tuple[int, int]] = set()
        for item in sorted(group, key=lambda each: (each.start, each.end)):
            fault = door.fault(item) or ("said twice" if (item.start, item.end) in seen else "")
            if fault:
                refused.append(_refusal(statement, item, fault))
                continue
            seen.add((item.start, item.end))
            (aside if item.confidence < floor else passed[kind_of(item)]).append(item)
    return Reading(
        statement=statement,
        passages=tuple(passages),
        assertions=tuple(i for i in passed["assertion"] if isinstance(i, Assertion)),
        figures=tuple(i for i in passed["figure"] if isinstance(i, Figure)),
        agreements=tuple(i for i in passed["agreement"] if isinstance(i, Agreement)),
        relations=tuple(i for i in passed["relation"] if isinstance(i, Relation)),
        aside=tuple(aside),
        problems=(*problems, *refused),
        reader=reader,
    )


def locate(text: str, quote: str, after: int = 0) -> int | None:
    """Where ``quote`` stands in ``text`` from ``after`` on, letter for letter; ``None`` if nowhere, or at two places."""
    if not quote.strip():
        return None
    at = text.find(quote, after)
    return None if at < 0 or text.find(quote, at + 1) >= 0 else at


def _refusal(statement: Statement, item: Item, fault: str) -> Problem:
    shown = item.quote if len(item.quote) <= 80 else item.quote[:77] + "..."
    message = f"{kind_of(item)} at {item.start}-{item.end} is not taken: {fault} ({shown!r})"
    return Problem("check", fault.split(":")[0].replace(" ", "-"), message, statement.id, item.start, item.end)
