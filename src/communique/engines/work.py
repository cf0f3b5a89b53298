"""The work itself, apart from everything that keeps a record: a process that only reads need not load the rest."""

from __future__ import annotations

import os
from functools import partial

from communique import pipeline, readers
from communique.engines import Work
from communique.readers import Reader
from communique.settings import ReadSettings
from communique.vocabulary import actors

READ = ReadSettings()
OWN_NAMES = "COMMUNIQUE_VOCABULARY"  # a file of the user's own names, read once by each process


def reading(reader: str | Reader, settings: ReadSettings = READ) -> Work:
    """Reads one document with a reader, given ready or by name, and the user's own names; made where it is to run."""
    own_names(settings)
    return partial(pipeline.read, reader=readers.load(reader) if isinstance(reader, str) else reader, floor=settings.floor)


def own_names(settings: ReadSettings = READ) -> None:
    """Puts the user's own names, when there are some, into use in this process."""
    own = settings.vocabulary or os.environ.get(OWN_NAMES)
    if own:
        actors.use(own)
