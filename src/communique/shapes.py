"""Records as the JSON objects of the interface, and back.

One shape for the command line, Python, REST and exports; fields are added, never renamed or removed.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

from communique.records import (
    Act,
    Added,
    Agreement,
    Assertion,
    Entry,
    Event,
    Figure,
    Ground,
    Hit,
    Item,
    Judgement,
    Kept,
    Link,
    Passage,
    Problem,
    Reading,
    Relation,
    Speaker,
    Stage,
    Statement,
    Strength,
    Thread,
    Topic,
    item_id,
    kind_of,
)

Json = dict[str, Any]

KINDS: dict[str, type[Assertion] | type[Figure] | type[Agreement] | type[Relation]] = {
    "assertion": Assertion,
    "figure": Figure,
    "agreement": Agreement,
    "relation": Relation,
}
_ENUMS: dict[str, type[Enum]] = {"act": Act, "event": Event, "topic": Topic, "strength": Strength, "stage": Stage}


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if hasattr(value, "__dataclass_fields__"):
        return _object(value)
    return value


def _object(record: Any) -> Json:
    return {name: _plain(getattr(record, name)) for name in type(record).__dataclass_fields__}


def item(record: Item, id: str) -> Json:
    """An item as the interface shows it: ``id`` first, then its fields in the order of the record."""
    shown: Json = {"id": id} | _object(record)
    shown["confidence"] = round(float(record.confidence), 4)
    return shown


def item_from(kind: str, shown: Mapping[str, Any]) -> Item:
    """The item that ``item`` showed."""
    record = KINDS[kind]
    given: Json = {}
    for name in record.__dataclass_fields__:
        if name not in shown:
            continue
        value = shown[name]
        if name == "grounds":
            value = tuple(Ground(**ground) for ground in value)
        elif isinstance(value, list):
            value = tuple(value)
        elif name in _ENUMS and value is not None:
            value = _ENUMS[name](value)
        given[name] = value
    return record(**given)


def speaker(record: Speaker) -> Json:
    """A speaker; the side is called ``for``."""
    return {"name": record.name, "role": record.role, "for": record.side}


def statement(record: Statement) -> Json:
    """A statement without its text."""
    return {
        "id": record.id,
        "source": record.source,
        "title": record.title,
        "date": record.date,
        "publisher": record.publisher,
        "kind": record.kind,
        "lang": record.lang,
        "url": record.url,
        "speakers": [speaker(each) for each in record.speakers],
        "issuers": list(record.issuers),
        "found": dict(record.found),
        "sha256": record.sha256,
        "length": len(record.text),
    }


def problem(record: Problem) -> Json:
    """A fault in an input."""
    return _object(record)


def passage(record: Passage) -> Json:
    """A sentence or line with its role and voice."""
    return _object(record)


def reading(record: Reading) -> Json:
    """One line of ``communique read --jsonl``."""
    shown = statement(record.statement)
    shown["reader"] = record.reader
    for kind in KINDS:
        shown[kind + "s"] = [item(each, item_id(record.statement, each)) for each in getattr(record, kind + "s")]
    shown["aside"] = [{"kind": kind_of(each)} | item(each, item_id(record.statement, each)) for each in record.aside]
    shown["problems"] = [problem(each) for each in record.problems]
    return shown


def judgement(record: Judgement) -> Json:
    """A person's word on an item."""
    return _object(record) | {"changes": dict(record.changes)}


def kept(record: Kept) -> Json:
    """A row of a listing: the item, and the statement it stands in."""
    where = {
        "kind": kind_of(record.item),
        "doc": record.doc,
        "date": record.date,
        "publisher": record.publisher,
        "title": record.title,
        "reader": record.reader,
        "judgements": [judgement(each) for each in record.judgements],
    }
    return item(record.item, record.id) | where


def entry(record: Entry) -> Json:
    """A row of the list of statements."""
    return _object(record) | {"speakers": [speaker(each) for each in record.speakers]}


def hit(record: Hit) -> Json:
    """A passage that was searched for, with the items that stand in it."""
    where = {"doc": record.doc, "date": record.date, "publisher": record.publisher, "title": record.title, "score": round(record.score, 4)}
    return where | passage(record.passage) | {"quote": record.words, "items": [kept(each) for each in record.items]}


def link(record: Link) -> Json:
    """A later passage tied to a commitment."""
    return _object(record) | {"confidence": round(record.confidence, 4)}


def thread(record: Thread) -> Json:
    """One line of ``communique follow --jsonl``."""
    shown = _object(record)
    shown["links"] = [link(each) for each in record.links]
    shown["score"] = record.verdict.score
    return shown


def added(record: Added) -> Json:
    """What an addition did."""
    return _object(record)
