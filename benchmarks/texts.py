"""Text to measure on: the project's own statements, repeated under new ids until there are words enough."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from communique.records import Given
from training.marked import load

WRITTEN = Path(__file__).parent.parent / "training" / "written"


def statements(words: int) -> Iterator[Given]:
    """Statements of at least ``words`` words in all, none cut, each under an id of its own."""
    written = list(load(WRITTEN))
    for number, document in enumerate(cycle(written)):
        if words <= 0:
            return
        words -= len(document["text"].split())
        known = {key: document.get(key) or "" for key in ("title", "publisher", "kind")}
        yield Given(text=document["text"], source=f"bench-{number}", id=f"bench-{number}", date=document["date"], **known)
