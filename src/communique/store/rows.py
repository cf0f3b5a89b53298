"""Records as rows, and rows as records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import RowMapping

from communique import shapes
from communique.language import meetings
from communique.records import (
    Act,
    Agreement,
    Assertion,
    Event,
    Figure,
    Ground,
    Item,
    Judgement,
    Passage,
    Problem,
    Role,
    Speaker,
    Stage,
    Statement,
    Strength,
    Topic,
    digest,
    kind_of,
)
from communique.store.tables import ITEMS

Row = dict[str, Any]
Columns = RowMapping | Mapping[str, Any]  # a row as it is read

ACTOR_ROLES = ("actor", "giver", "party", "issuer")  # who does it, or whose it is

_FIELDS = {kind: tuple(field.name for field in fields(record)) for kind, record in shapes.KINDS.items()}
OWN = {kind: tuple(name for name in names if name in ITEMS[kind].c) for kind, names in _FIELDS.items()}
_MAKE: dict[str, dict[Any, Any]] = {
    "act": {each.value: each for each in Act},
    "event": {each.value: each for each in Event},
    "topic": {each.value: each for each in Topic},
    "stage": {each.value: each for each in Stage},
    "strength": {each.value: each for each in Strength} | {None: None},
}


def item_row(item: Item) -> Row:
    """The columns of an item that are its own."""
    row = {name: getattr(item, name) for name in _FIELDS[kind_of(item)]}
    if "grounds" in row:
        row["grounds"] = [[each.code, each.rule, each.start, each.end] for each in row["grounds"]] or None
        row["mode"] = mode_of(item)
    return row


def mode_of(item: Item) -> str:
    """How the sides of an engagement met; empty for everything else."""
    engaged = isinstance(item, Assertion) and item.act is Act.OUTCOME and item.event is Event.CONSULT
    return meetings.mode(item.quote) if engaged else ""


def item_of(kind: str, row: Columns) -> Item:
    """The item in a row."""
    values = {name: row[name] for name in OWN[kind]}
    for name in _MAKE.keys() & values.keys():
        values[name] = _MAKE[name][values[name]]
    if "grounds" in values:
        values["grounds"] = tuple(Ground(*each) for each in values["grounds"] or ())
    made: Item = shapes.KINDS[kind](**values)
    return made


def parties_of(item: Item, issuers: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Who an item names, each code once, with its first role.  A figure that nobody gives belongs to whose statement it is."""
    if isinstance(item, Assertion):
        named = [(code, "actor") for code in item.actors] + [(code, "target") for code in item.targets]
    elif isinstance(item, Figure):
        named = [(code, "giver") for code in item.giver] or [(code, "issuer") for code in issuers]
        named += [(code, "receiver") for code in item.receiver]
    else:
        named = [(code, "party") for code in item.parties]
    seen: set[str] = set()
    for code, role in named:
        if code not in seen:
            seen.add(code)
            yield code, role


def act_of(item: Item) -> str:
    """The act of an assertion; empty for other kinds."""
    return item.act.value if isinstance(item, Assertion) else ""


def heading_of(item: Item) -> str:
    """What an item is counted under: its act, or its kind."""
    return act_of(item) or kind_of(item)


def tally_of(item: Item, issuers: Sequence[str], publisher: str, year: str) -> Iterator[tuple[str, str, str]]:
    """The counts an item belongs to."""
    under = heading_of(item)
    yield under, "", ""
    yield under, "publisher", publisher
    yield under, "year", year
    for code, role in parties_of(item, issuers):
        if role != "issuer":
            yield under, "named", code
        if role in ACTOR_ROLES:
            yield under, "actor", code
    if isinstance(item, Assertion):
        yield under, "topic", item.topic.value
        yield under, "event", item.event.value
    elif isinstance(item, Figure):
        yield under, "unit", item.unit
    elif isinstance(item, Agreement):
        yield under, "stage", item.stage.value


Crossing = tuple[str, str, str, str, str, str]  # actor, kind, partner, what, mode, year


def crossings_of(item: Item, issuers: Sequence[str], year: str) -> Iterator[Crossing]:
    """The counts of an item by actor and partner: one for each of its actors, alone and with each other side; and for anybody."""
    kind, named = heading_of(item), [(code, role) for code, role in parties_of(item, issuers) if code]
    what = item.event.value if isinstance(item, Assertion) else item.stage.value if isinstance(item, Agreement) else ""
    sides = ["", *(code for code, role in named if role != "issuer")]
    for actor in ["", *(code for code, role in named if role in ACTOR_ROLES)]:
        for partner in sides:
            if not partner or partner != actor:
                yield actor, kind, partner, what, mode_of(item), year


def statement_row(statement: Statement) -> Row:
    """The columns of a statement that are its own."""
    names = ("id", "date", "publisher", "title", "kind", "lang", "url", "source", "issuers")
    row: Row = {name: getattr(statement, name) for name in names}
    row["speakers"] = [[each.name, each.role, each.side] for each in statement.speakers]
    row["found"] = [list(each) for each in statement.found]
    return row


def statement_of(row: Columns, text: str, id: str) -> Statement:
    """The statement in a row, under the id it is shown by."""
    names = ("date", "publisher", "title", "kind", "lang", "url", "source", "issuers")
    return Statement(
        id=id,
        text=text,
        speakers=tuple(Speaker(*each) for each in row["speakers"]),
        found=tuple((name, how) for name, how in row["found"]),
        **{name: row[name] for name in names},
    )


def passage_row(passage: Passage) -> Row:
    """The columns of a passage."""
    names = ("start", "end", "paragraph", "speaker", "voice")
    return {name: getattr(passage, name) for name in names} | {"role": passage.role.value}


def passage_of(row: Columns) -> Passage:
    """The passage in a row."""
    return Passage(row["start"], row["end"], Role(row["role"]), row["paragraph"], row["speaker"], row["voice"])


def problem_row(problem: Problem, at: str, statement: int | None = None) -> Row:
    """A problem under an id that makes the same fault, met again, the same row."""
    names = ("stage", "code", "message", "about", "start", "end")
    row: Row = {name: getattr(problem, name) for name in names}
    return row | {"id": digest(*row.values()), "statement": statement, "at": at, "cleared": None}


def problem_of(row: Columns) -> Problem:
    """The problem in a row."""
    return Problem(row["stage"], row["code"], row["message"], row["about"], row["start"], row["end"])


def judgement_row(judgement: Judgement) -> Row:
    """A judgement as a row."""
    names = ("about", "decision", "by", "at", "why")
    return {name: getattr(judgement, name) for name in names} | {"changes": [list(each) for each in judgement.changes]}


def judgement_of(row: Columns) -> Judgement:
    """The judgement in a row."""
    changes = tuple((name, value) for name, value in row["changes"])
    return Judgement(row["about"], row["decision"], row["by"], row["at"], row["why"], changes)
