"""Joined readouts as JSON and as lines: what both say, what only one account mentions, and where numbers or dates differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from communique import shapes
from communique.records import Kept
from communique.reports.places import publisher
from communique.stages.follow.readouts import Joined

__all__ = ["COLUMNS", "lines", "nature", "shown"]

COLUMNS = ("first", "second", "one_text", "both", "only_first", "only_second", "left_out")
_SHOWN = 5  # lines of a part on a terminal
_JOINT = ("joint-statement", "communique")


def shown(one: Joined) -> dict[str, Any]:
    """A joined engagement: both accounts, the rows both say with what differs in them, and what only one mentions."""
    return {
        "first": shapes.kept(one.first) | {"statement_kind": one.kinds[0]},
        "second": shapes.kept(one.second) | {"statement_kind": one.kinds[1]},
        "one_text": one.one_text,
        "both": [
            {
                "first": shapes.kept(row.first),
                "second": shapes.kept(row.second),
                "differences": [{"kind": each.kind, "first": each.first, "second": each.second} for each in row.differences],
            }
            for row in one.both
        ],
        "only_first": [shapes.kept(each) for each in one.only_first],
        "only_second": [shapes.kept(each) for each in one.only_second],
        "left_out": one.left_out,
    }


def nature(one: Joined) -> str:
    """What the two statements are to each other, in words; nothing where they are two sides' own accounts."""
    joint = [kind in _JOINT for kind in one.kinds]
    if one.one_text:
        return "One text that both publish: not two accounts."
    if all(joint):
        return "Two joint texts of one engagement."
    return "A joint statement beside one side's own account." if any(joint) else ""


def lines(one: Joined) -> Iterator[str]:
    """Joined readouts for the terminal: the two statements, then each part with the words of each."""
    first, second = (publisher(each.publisher) or "publisher unknown" for each in (one.first, one.second))
    if first == second:
        first, second = f"{first} ({one.first.doc})", f"{second} ({one.second.doc})"
    for name, kept, kind in ((first, one.first, one.kinds[0]), (second, one.second, one.kinds[1])):
        yield "  ".join(part for part in (kept.date or "undated", name, kind, kept.doc) if part)
    if nature(one):
        yield f"  {nature(one)}"
    yield f"  Both say ({len(one.both)})"
    for row in one.both[:_SHOWN]:
        yield f"    = {_said(row.first)}"
        yield f"      {_said(row.second)}"
        for each in row.differences:
            yield f"      ! {each.first} / {each.second}"
    yield from _more(len(one.both))
    for name, found in ((first, one.only_first), (second, one.only_second)):
        yield from _only(name, found)
    yield ""


def _only(name: str, found: Sequence[Kept]) -> Iterator[str]:
    if found:
        yield f"  Only {name} mentions ({len(found)})"
        yield from (f"    - {_said(each)}" for each in found[:_SHOWN])
        yield from _more(len(found))


def _more(count: int) -> Iterator[str]:
    if count > _SHOWN:
        yield f"    and {count - _SHOWN} more: --json has all"


def _said(kept: Kept) -> str:
    return f"“{' '.join(kept.item.quote.split())}”"
