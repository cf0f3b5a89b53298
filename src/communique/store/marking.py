"""A person's judgement: checked, appended, and applied to the items it is about.  What the reader had said is kept beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from communique import shapes
from communique.errors import BadFilter, JudgedMeanwhile
from communique.records import Judgement, Label, Verdict
from communique.store import changing, ending, judging, rows
from communique.store.tables import ITEMS, PARTIES, statements, threads
from communique.store.writing import count_items, party_rows

DECISIONS = ("accept", "reject", "edit", "undo")
FIXED = ("start", "end", "quote", "grounds", "confidence", "id")  # the place and the words are not a matter of opinion


def holds(connection: Connection, id: str) -> bool:
    """Whether the record holds an item of this id."""
    return any(connection.execute(select(t.c.pk).where(t.c.id == id).limit(1)).first() for t in ITEMS.values())


def allowed(about: str) -> tuple[str, ...]:
    """The decisions that can be taken on an item, a thread or a link."""
    if ">" in about:
        return (*DECISIONS, *(each.value for each in Label))
    return (*DECISIONS, *(each.value for each in Verdict))


def decision(about: str, given: str) -> str:
    """The decision, if it is one."""
    if given not in allowed(about):
        raise BadFilter("decision", given, "one of " + ", ".join(allowed(about)))
    return given


def changes(connection: Connection, about: str, given: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The changed fields as JSON, each one that the item has and of a value that it can have."""
    for kind, table in ITEMS.items():
        row = connection.execute(select(table).where(table.c.id == about)).mappings().first()
        if row is None:
            continue
        fields = [name for name in shapes.item(rows.item_of(kind, row), about) if name not in FIXED]
        for name in given:
            if name not in fields:
                raise BadFilter("change", name, "one of " + ", ".join(fields))
        return tuple((name, json.dumps(changing.settled(name, value))) for name, value in given.items())
    if given:
        raise BadFilter("change", next(iter(given)), "none: only an item has fields to edit")
    return ()


def must_be_seen(connection: Connection, about: str, seen: int) -> None:
    """Refuses who had seen other than the judgements that now stand on an id."""
    said = judging.about(connection, [about]).get(about, ())
    if len(said) != seen:
        last = said[-1] if said else None
        raise JudgedMeanwhile(f"{last.by} judged this ({last.decision}) at {last.at}" if last else "nobody has judged this")


def mark(connection: Connection, judgement: Judgement) -> None:
    """Appends a judgement and lets the items it is about stand as people now have them."""
    judging.append(connection, judgement)
    started = connection.execute(select(threads.c.pk).where(threads.c.id == judgement.about)).scalars().all()
    with ending.changing(connection, started):
        for kind, table in ITEMS.items():
            for row in connection.execute(select(table).where(table.c.id == judgement.about)).mappings().all():
                _apply(connection, kind, row)


def _apply(connection: Connection, kind: str, row: rows.Columns) -> None:
    """One item as it now stands, under those it now names, counted where it now belongs."""
    table, side = ITEMS[kind], PARTIES[kind]
    held = connection.execute(select(statements).where(statements.c.pk == row["statement"])).mappings().one()
    before = rows.item_of(kind, row)
    as_read = shapes.item_from(kind, shapes.item(before, "") | (row["as_read"] or {}))
    history = judging.about(connection, [row["id"]]).get(row["id"], ())
    after, kept, said = judging.judged(kind, as_read, history)
    standing = "superseded" if row["standing"] == "superseded" else judging.standing_after(said, row["aside"])
    if row["standing"] == "asserted":
        count_items(connection, [before], held, -1)
    if standing == "asserted":
        count_items(connection, [after], held, 1)
    own = {name: value for name, value in rows.item_row(after).items() if name not in FIXED}
    connection.execute(update(table).where(table.c.pk == row["pk"]).values(**own, standing=standing, as_read=kept))
    connection.execute(delete(side).where(side.c.item == row["pk"]))
    named = party_rows(after, row["pk"], held)
    if named:
        connection.execute(insert(side), named)
