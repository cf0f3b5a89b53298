"""Chains of statements read end to end: their documents as a reader reads them, ready to be followed.

``../shared/gold/follow/dev`` holds the threads, ``../shared/corpus/statements.jsonl.xz`` the documents.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from communique import pipeline
from communique.readers import Reader
from communique.records import Assertion, Given, Kept, Reading, item_id
from communique.stages.follow import loose

Json = dict[str, Any]
SHARED = Path(__file__).parent.parent.parent / "shared"
CHAINS = SHARED / "gold" / "follow" / "dev"
CORPUS = SHARED / "corpus" / "statements.jsonl.xz"


@dataclass(frozen=True)
class Material:
    """A chain with everything read from its documents, and a sentence vector for each item where the reader gives them."""

    chain: Json
    kept: tuple[Kept, ...]
    vectors: npt.NDArray[np.float32] | None


def chains(folder: Path = CHAINS) -> list[Json]:
    """The marked chains, in the order of their names."""
    return [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]


def documents(wanted: set[str], path: Path = CORPUS) -> dict[str, Json]:
    """Those statements of the corpus, by id."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        return {found["id"]: found for found in map(json.loads, lines) if found["id"] in wanted}


def materials(found: Sequence[Json], reader: Reader) -> Iterator[Material]:
    """Each chain read with ``reader``."""
    known = documents({id for chain in found for id in chain["documents"]})
    for chain in found:
        every = tuple(one for id in chain["documents"] for one in kept(_read(known[id], reader)))
        vectors = reader.vectors([each.item.quote for each in every]) if hasattr(reader, "vectors") else None
        yield Material(chain, every, vectors)


def _read(document: Json, reader: Reader) -> Reading:
    known = {name: document.get(name) or "" for name in ("id", "title", "publisher", "kind")}
    return pipeline.read(Given(text=document["text"], source=document["id"], date=document.get("date"), **known), reader)


def kept(reading: Reading) -> Iterator[Kept]:
    """The assertions of a reading, those set aside too, and its sentences without any."""
    statement = reading.statement
    found = [*reading.assertions, *(item for item in reading.aside if isinstance(item, Assertion))]
    for item in found:
        yield Kept(item_id(statement, item), item, statement.id, statement.date, statement.publisher, statement.title, reading.reader)
    yield from loose(statement, reading.passages, found)
