"""Laying out in several processes: assertions are read here, turned into columns there, and come back in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context

from communique.records import Kept
from communique.stages.follow.laying import Part, part_of

__all__ = ["laid"]

TOGETHER = 5_000  # assertions that go to a process at a time
AHEAD = 2  # such lots waiting for each process


def laid(kept: Iterable[Kept], workers: int = 1) -> Iterator[Part]:
    """The assertions in columns, lot by lot."""
    source = iter(kept)
    lots = iter(lambda: list(islice(source, TOGETHER)), [])
    if workers < 2:
        yield from map(part_of, lots)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("forkserver")) as pool:
        waiting: deque[Future[Part]] = deque()
        for lot in lots:
            waiting.append(pool.submit(part_of, lot))
            if len(waiting) > workers * AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
