"""What people decided: appended for ever, standing above the machine, and outliving the reader that proposed the item."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, insert, select

from communique import shapes
from communique.records import Item, Judgement
from communique.store import rows
from communique.store.tables import judgements

Said = dict[str, tuple[Judgement, ...]]  # judgements by what they are about
Judged = tuple[Item, dict[str, Any] | None, str]  # the item as it stands, the fields as read, the decision


def about(connection: Connection, ids: Iterable[str]) -> Said:
    """The judgements on each id, oldest first."""
    found: dict[str, list[Judgement]] = {}
    waiting = iter(ids)
    while some := list(islice(waiting, 500)):
        query = select(judgements).where(judgements.c.about.in_(some)).order_by(judgements.c.pk)
        for row in connection.execute(query).mappings():
            found.setdefault(row["about"], []).append(rows.judgement_of(row))
    return {id: tuple(each) for id, each in found.items()}


def every(connection: Connection) -> tuple[Judgement, ...]:
    """All judgements, oldest first."""
    return tuple(rows.judgement_of(row) for row in connection.execute(select(judgements).order_by(judgements.c.pk)).mappings())


def append(connection: Connection, judgement: Judgement) -> None:
    """Adds a judgement; what it says about an item is applied by ``standing``."""
    connection.execute(insert(judgements).values(**rows.judgement_row(judgement)))


def effective(history: Sequence[Judgement]) -> list[Judgement]:
    """The judgements that still hold: an undo takes back the last one that held."""
    standing: list[Judgement] = []
    for each in history:
        if each.decision == "undo":
            if standing:
                standing.pop()
        else:
            standing.append(each)
    return standing


def standing_after(decision: str, aside: bool) -> str:
    """How an item stands: a person's word first, else as the reader left it."""
    if decision == "reject":
        return "rejected"
    return "aside" if aside and not decision else "asserted"


def judged(kind: str, item: Item, history: Sequence[Judgement]) -> Judged:
    """An item as people left it."""
    changes: dict[str, Any] = {}
    decision = ""
    for each in effective(history):
        if each.decision not in ("accept", "reject", "edit"):
            continue
        decision = each.decision
        changes |= {name: json.loads(value) for name, value in each.changes}
    if not changes:
        return item, None, decision
    shown = shapes.item(item, "")
    return shapes.item_from(kind, shown | changes), {name: shown.get(name) for name in changes}, decision
