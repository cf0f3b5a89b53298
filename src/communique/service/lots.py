"""Statements as following takes them: some at a time, read and laid out, by whichever process has the time."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection

from communique.records import Act, Assertion, Event, Kept, Strength, Topic
from communique.stages.follow.index import Index
from communique.stages.follow.laying import Part, part_of
from communique.stages.follow.loose import loose
from communique.stages.follow.packing import packed
from communique.stages.follow.umbrella import umbrellas
from communique.store import following

__all__ = ["Lot", "flat", "lot_of", "raised", "told"]


@dataclass(frozen=True)
class Lot:
    """Some statements: their keys, how many rows each has, and over all rows the columns, the assertions and the rows themselves."""

    pks: list[int]
    ordinals: list[int]
    days: list[int]
    sizes: list[int]
    assertions: list[int]
    part: Part
    mass: npt.NDArray[np.float32]
    laid: list[tuple[int, int, int, bytes]]  # of each promise its assertion, statement, place and packed row
    rows: list[bytes]  # each flattened
    wholes: dict[str, str]  # of each promise that is a part of another one its id and the id of that other


def told(read: following.Read) -> list[tuple[Kept, int]]:
    """The rows of a statement in order, each with the key of its assertion.

    Sentences that carry none are weaker evidence of what became of a promise, and have the key 0.
    """
    rows = list(zip(read.kept, read.keys, strict=True))
    items = [each.item for each in read.kept if isinstance(each.item, Assertion)]
    rows += [(each, 0) for each in loose(read.statement, read.passages, items)]
    return sorted(rows, key=lambda each: (each[0].item.start, -each[0].item.end, each[0].id))


def lot_of(connection: Connection, pks: Sequence[int]) -> Lot:
    """Statements read and laid out."""
    reads = list(following.read(connection, pks))
    rows = [told(read) for read in reads]
    sizes = [len(each) for each in rows]
    kept = [each for some in rows for each, _ in some]
    assertions = [assertion for some in rows for _, assertion in some]
    part = part_of(kept)
    promises = np.flatnonzero(part.columns["promise"]).tolist()
    started = {id(kept[row]) for row in promises}
    owner = np.repeat(np.arange(len(rows)), sizes)
    first = np.cumsum([0, *sizes])
    where = ((reads[owner[row]].pk, row - int(first[owner[row]])) for row in promises)
    laid = [(assertions[row], *at, put) for row, at, put in zip(promises, where, packed(part, promises), strict=True)]
    wholes: dict[str, str] = {}
    for read in reads:
        wholes |= umbrellas(read.statement.text, read.passages, [each for each in read.kept if id(each) in started])
    return Lot(
        [read.pk for read in reads], [read.ordinal for read in reads], [read.day for read in reads], sizes, assertions,
        part, Index([part], kept).mass, laid, [flat(each) for each in kept], wholes,
    )  # fmt: skip


def flat(kept: Kept) -> bytes:
    """A row without what people said of it, in few bytes."""
    item = kept.item
    assert isinstance(item, Assertion)
    said = (item.start, item.end, item.quote, item.act.value, item.event.value, item.actors, item.targets, item.topic.value)
    strength = item.strength.value if item.strength else None
    more = (item.when, item.specific, strength, item.speaker, item.people, item.confidence, item.reported, item.grounds)
    about = (kept.id, kept.doc, kept.date, kept.publisher, kept.title, kept.reader)
    return pickle.dumps((said, more, about), pickle.HIGHEST_PROTOCOL)


def raised(flattened: bytes) -> Kept:
    """The row again."""
    said, more, about = pickle.loads(flattened)
    start, end, quote, act, event, actors, targets, topic = said
    when, specific, strength, *rest = more
    firm = Strength(strength) if strength else None
    item = Assertion(start, end, quote, Act(act), Event(event), actors, targets, Topic(topic), when, specific, firm, *rest)
    return Kept(about[0], item, *about[1:])
