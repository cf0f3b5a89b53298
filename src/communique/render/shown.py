"""One thing from the record: a statement with its items, or an item beside the passage it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from communique import shapes
from communique.records import Kept, Passage, Reading, item_id, kind_of
from communique.render import csv, json, terminal
from communique.render.columns import KINDS
from communique.render.terminal import Terminal


def text(reading: Reading) -> Iterator[str]:
    """The text of a statement, unchanged."""
    yield reading.statement.text


def statement(screen: Terminal, reading: Reading, form: str | None) -> Iterator[str]:
    """A statement and its items in the order of the text."""
    if form in ("json", "jsonl"):
        shown = shapes.reading(reading)
        yield json.pretty(shown) + "\n" if form == "json" else json.compact(shown) + "\n"
        return
    items = kept(reading)
    if form == "csv":
        yield from csv.table(list(KINDS["assertion"]), (shapes.kept(each) for each in items if kind_of(each.item) == "assertion"))
        return
    for line in (*terminal.statement(screen, reading.statement, len(reading.items), reading.reader), ""):
        yield line + "\n"
    for each in items:
        yield from (line + "\n" for line in terminal.kept(screen, each))
    if reading.aside:
        yield f"{len(reading.aside)} more kept aside below the confidence floor (shown by --json).\n"
    for fault in reading.problems:
        yield from (line + "\n" for line in terminal.problem(screen, fault))


def kept(reading: Reading) -> list[Kept]:
    """The asserted items of a reading as a listing has them, in the order of the text."""
    said = reading.statement
    items = sorted(reading.items, key=lambda each: (each.start, -each.end))
    return [Kept(item_id(said, each), each, said.id, said.date, said.publisher, said.title, reading.reader) for each in items]


def item(screen: Terminal, each: Kept, passage: Passage | None, before: str, after: str, form: str | None) -> Iterator[str]:
    """An item with the words around it."""
    if form in ("json", "jsonl"):
        shown = shapes.kept(each) | {"passage": shapes.passage(passage) if passage else None, "before": before, "after": after}
        yield json.pretty(shown) + "\n" if form == "json" else json.compact(shown) + "\n"
        return
    if form == "csv":
        yield from csv.table(list(KINDS[kind_of(each.item)]), [shapes.kept(each)])
        return
    for line in terminal.kept(screen, each):
        yield line + "\n"
    for line in terminal.source(screen, before, each.item.quote, after):
        yield line + "\n"
    for line in _grounds(screen, each):
        yield line + "\n"


def _grounds(screen: Terminal, each: Kept) -> Sequence[str]:
    grounds = getattr(each.item, "grounds", ())
    told = [f"{ground.code} by {ground.rule}" for ground in grounds]
    return ["", *screen.wrapped("who: " + ", ".join(dict.fromkeys(told)), 4, "dim")] if told else []
