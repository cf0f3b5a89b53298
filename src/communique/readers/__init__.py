"""Readers: what proposes items.  All of them pass the same door (``stages.check``).

``model`` is the shipped reader (trained weights, rules where rules are surest), ``cues`` the dictionary
reader it is measured against.  A third party registers one under the entry point group
``communique.readers``: a callable without arguments that returns an object of the shape of ``Reader``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.metadata import entry_points
from typing import Protocol

from communique.errors import ReaderError
from communique.records import Draft, Mention, Passage, Statement

GROUP = "communique.readers"


class Reader(Protocol):
    """Proposes items for one statement; sees nothing else, keeps nothing between statements."""

    name: str
    version: str

    def read(self, statement: Statement, passages: Sequence[Passage], mentions: Sequence[Mention]) -> Draft:
        """Items whose quotes stand in ``statement.text`` at their offsets."""
        ...


def _model() -> Reader:
    from communique.readers.model import ModelReader

    return ModelReader()


def _cues() -> Reader:
    from communique.readers.cues import CuesReader

    return CuesReader()


BUILT_IN: dict[str, Callable[[], Reader]] = {"model": _model, "cues": _cues}


def load(name: str) -> Reader:
    """The reader of that name, ready to read."""
    known: dict[str, Callable[[], Reader]] = BUILT_IN | {
        point.name: point.load() for point in entry_points(group=GROUP) if point.name == name
    }
    if name not in known:
        raise ReaderError(name, known)
    try:
        return known[name]()
    except (ImportError, OSError) as fault:
        raise ReaderError(name, known, str(fault)) from fault
