"""Priorities for the coming year: concrete before general, dated before undated, each as firmly as it was worded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from communique.reports.merging import Told
from communique.reports.periods import bounds
from communique.reports.phrasing import TOPICS
from communique.reports.ranking import concrete, group, lines, ranked
from communique.reports.scope import Scope
from communique.reports.sources import Notebook
from communique.reports.values import Block, Group

_CONCRETE, _TOPICS, _A_TOPIC, _DUE = 15, 10, 3, 6


def blocks(scope: Scope, notebook: Notebook, promised: Sequence[Told]) -> list[Block]:
    """Concrete promises as a list, general ones by subject."""
    checkable = [one for one in promised if concrete(one)]
    general = [one for one in promised if not concrete(one)]
    found = []
    if checkable:
        found.append(_listed(scope, notebook, "Concrete", checkable, _CONCRETE))
    if general:
        found.append(_by_topic(scope, notebook, general))
    return found


def apart(scope: Scope, notebook: Notebook, due: Sequence[Told], aims: Sequence[Told]) -> list[Block]:
    """Promises for the year itself, and those made in it without a date."""
    titled = ((f"Promised for {scope.year} itself", due), (f"Promised in {scope.year} without a date", aims))
    return [_listed(scope, notebook, title, told, _DUE) for title, told in titled if told]


def _listed(scope: Scope, notebook: Notebook, title: str, told: Sequence[Told], shown: int) -> Block:
    ordered = sorted(ranked(told), key=lambda one: _due(scope, one)) if title == "Concrete" else ranked(told)
    body = Group("", lines(notebook, scope.sources, ordered), min(shown, len(ordered)))
    return Block(title, groups=(body,), shown_groups=1)


def _due(scope: Scope, told: Told) -> int:
    """Promises for the coming year first, then those without a date, then those that look further."""
    found = bounds(told.item.when)
    return 1 if found is None else 0 if found[1][:4] <= str(scope.year + 1) else 2


def _by_topic(scope: Scope, notebook: Notebook, told: Sequence[Told]) -> Block:
    under: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        under[TOPICS[one.item.topic.value]].append(one)
    groups = tuple(group(notebook, scope.sources, name, under[name], _A_TOPIC) for name in TOPICS.values() if name in under)
    return Block("General", groups=groups, shown_groups=min(len(groups), _TOPICS))
