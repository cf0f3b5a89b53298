"""Reading without keeping: documents in, readings out as they come; loads nothing of the record."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import partial
from itertools import chain, islice

from communique.engines import Engine, work
from communique.engines.inline import Inline
from communique.engines.pool import Pool
from communique.formats import documents
from communique.readers import Reader
from communique.records import Given, Problem, Reading
from communique.settings import ReadSettings

FEW = 4  # documents read before other processes are worth starting: one takes about as long to start as three to read


def readings(
    *paths: str | os.PathLike[str] | Given, reader: str | Reader, workers: int = 0, settings: ReadSettings = work.READ
) -> Iterator[Reading | Problem]:
    """Everything found in documents, one reading or problem each, in their order, as they come; nothing is kept.

    A few documents are read in this process, so that the first result is not held up by starting others.
    """
    faults: deque[Problem] = deque()
    found = [[path] if isinstance(path, Given) else documents(path) for path in paths]
    waiting = _apart((each for some in found for each in some), faults)
    first = list(islice(waiting, FEW))
    chosen = engine(reader, workers if len(first) == FEW else 1)
    with closing(chosen.run(partial(work.reading, reader, settings), chain(first, waiting))) as answers:  # type: ignore[type-var]
        for _, answer in answers:
            while faults:
                yield faults.popleft()
            yield answer
    yield from faults


def engine(reader: str | Reader, workers: int) -> Engine:
    """Where reading runs: a reader given ready stays in this process; 0 workers is one for each core this process may use."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    count = workers or cores
    return Pool(count) if isinstance(reader, str) and count > 1 else Inline()


def _apart(found: Iterable[Given | Problem], faults: deque[Problem]) -> Iterator[Given]:
    for each in found:
        if isinstance(each, Problem):
            faults.append(each)
        else:
            yield each
