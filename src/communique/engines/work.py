"""The work itself, apart from everything that keeps a record: a process that only reads need not load the rest."""

from __future__ import annotations

from functools import partial

from communique import pipeline, readers
from communique.engines import Work
from communique.readers import Reader


def reading(reader: str | Reader) -> Work:
    """Reads one document with a reader, given ready or by name; made where it is to run."""
    return partial(pipeline.read, reader=readers.load(reader) if isinstance(reader, str) else reader)
