"""Other processes that read, lay out and follow parts of a record: one a core.

Each is a Python process of its own that talks over its standard input and output, opens the record by itself and looks at the columns
through files that are open already.  Where one ends early its part is done here, so a process killed for want of memory costs time only.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from communique.engines.pool import receive, send

__all__ = ["Crew", "Job"]

AHEAD = 2  # jobs waiting for each process, so that none is idle while an answer is put by
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Job(Generic[Answer]):
    """What another process is to do: a function of this package by name with its arguments, and how to do it here instead."""

    name: str
    given: tuple[object, ...]
    here: Callable[[], Answer]


class Crew:
    """So many processes with some open files of this one."""

    def __init__(self, workers: int, target: str, files: Sequence[int]) -> None:
        command = [sys.executable, "-m", "communique.service.hand", target]
        paths = os.pathsep.join(part for part in sys.path if part)
        environment = os.environ | {"PYTHONPATH": paths, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        self._hands = [
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, pass_fds=files)
            for _ in range(workers)
        ]
        self._lost: set[int] = set()

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        for hand in self._hands:
            hand.kill()
            hand.wait()
            for stream in (hand.stdin, hand.stdout):
                assert stream is not None
                with suppress(OSError):
                    stream.close()

    def each(self, jobs: Iterable[Job[Answer]]) -> Iterator[Answer]:
        """The answers in order."""
        source, waiting, turn = iter(jobs), deque[tuple[Job[Answer], int]](), 0
        while True:
            for job in islice(source, max(1, AHEAD * len(self._hands)) - len(waiting)):
                waiting.append((job, turn))
                self._ask(turn, job)
                turn = (turn + 1) % max(1, len(self._hands))
            if not waiting:
                return
            yield self._answer(*waiting.popleft())

    def _ask(self, hand: int, job: Job[Answer]) -> None:
        if hand < len(self._hands) and hand not in self._lost:
            stream = self._hands[hand].stdin
            assert stream is not None
            try:
                send(stream, (job.name, job.given))
            except OSError:
                self._lost.add(hand)

    def _answer(self, job: Job[Answer], hand: int) -> Answer:
        if hand < len(self._hands) and hand not in self._lost:
            stream = self._hands[hand].stdout
            assert stream is not None
            try:
                found: Answer = receive(stream)  # type: ignore[assignment]
            except (EOFError, OSError, pickle.UnpicklingError):
                self._lost.add(hand)
            else:
                return found
        return job.here()
