"""Positions and wording: what the actor opposes, supports, holds and asks for, and the labels put on its ties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from communique.language import names
from communique.records import Act, Event, Kept, Relation
from communique.reports.merging import Told
from communique.reports.phrasing import listed, tidy
from communique.reports.places import heading, label
from communique.reports.ranking import group
from communique.reports.scope import Scope
from communique.reports.sources import Notebook
from communique.reports.values import Block, Group

_SIDES = {Event.REJECT: "Opposes", Event.ACCUSE: "Blames", Event.SUPPORT: "Supports", Event.NONE: "Holds"}
_SHOWN = {"Opposes": 6, "Blames": 5, "Supports": 6, "Holds": 6}
_HEAD = 30  # letters within which the one addressed is named
_ASKED, _AN_ADDRESSEE, _LABELS = 6, 3, 10


def blocks(scope: Scope, notebook: Notebook, told: Sequence[Told], ties: Sequence[Kept]) -> list[Block]:
    """Stances by what they do, appeals by whom they address, ties by partner."""
    found = []
    stances = [one for one in told if one.item.act is Act.POSITION]
    for side in ("Opposes", "Blames", "Supports", "Holds"):
        rows = [one for one in stances if _SIDES.get(one.item.event, "Holds") == side]
        if rows:
            found.append(Block(side, groups=(group(notebook, scope.sources, "", rows, _SHOWN[side]),), shown_groups=1))
    asked = [one for one in told if one.item.act is Act.APPEAL]
    if asked:
        found.append(_asks(scope, notebook, asked))
    if ties:
        found.append(_labels(scope, notebook, ties))
    return found


def _asks(scope: Scope, notebook: Notebook, asked: Sequence[Told]) -> Block:
    under: dict[str, list[Told]] = defaultdict(list)
    for one in asked:
        under[_addressed(scope, one)].append(one)
    ordered = sorted(under.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    groups = tuple(group(notebook, scope.sources, name, rows, _AN_ADDRESSEE) for name, rows in ordered)
    return Block("Asks", groups=groups, shown_groups=min(len(groups), _ASKED))


def _addressed(scope: Scope, told: Told) -> str:
    others = [code for code in told.item.targets if code != scope.actor] or _named_first(scope, told.item.quote)
    told_names = [label(code) for code in [code for code in others if heading(code) != "other"] or others]
    if not told_names:
        return "No one named"
    return listed(told_names) if len(told_names) <= 2 else f"{told_names[0]} and {len(told_names) - 1} others"


def _named_first(scope: Scope, quote: str) -> list[str]:
    """Whom an appeal names at its head, where the reader found no addressee: "the next Norwegian government will ..."."""
    mention = next((each for each in names.find(quote) if each.start < _HEAD), None)
    return [code for code in mention.codes if code != scope.actor] if mention else []


def _labels(scope: Scope, notebook: Notebook, ties: Sequence[Kept]) -> Block:
    under: dict[str, dict[str, list[Kept]]] = defaultdict(lambda: defaultdict(list))
    for each in sorted(ties, key=lambda kept: (kept.date or "9999", kept.doc, kept.item.start)):
        assert isinstance(each.item, Relation)
        others = [label(code) for code in each.item.parties if code != scope.actor]
        under[listed(others[:3]) or "Partner not named"][tidy(each.item.label).lower()].append(each)
    groups = []
    for name in sorted(under):
        rows = sorted(under[name].values(), key=lambda rows: (-len({row.doc for row in rows}), rows[0].date or ""))
        told = tuple(notebook.line(f"“{tidy(_label(row[0]))}”", row) for row in rows)
        groups.append(Group(name, told, min(3, len(told))))
    return Block("Labels of ties", groups=tuple(groups), shown_groups=min(len(groups), _LABELS))


def _label(kept: Kept) -> str:
    assert isinstance(kept.item, Relation)
    return kept.item.label
