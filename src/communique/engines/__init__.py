"""Where reading runs: in this process, or in a pool of them.  The results are the same, and in the same order.

Another engine (Ray, a queue) is a class with one method of the shape of ``Engine.run``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from communique.records import Given, Problem, Reading

Work = Callable[[Given], Reading]
Maker = Callable[[], Work]  # makes the work where it is to run; must be picklable for engines that leave the process
Done = tuple[Given, Reading | Problem]

__all__ = ["Done", "Engine", "Maker", "Work", "attempt", "gave_up"]


class Engine(Protocol):
    """Runs the reading of documents somewhere."""

    def run(self, maker: Maker, documents: Iterable[Given]) -> Iterator[Done]:
        """Each document with its reading, or with the problem that kept it from being read, in the order they came."""
        ...


def attempt(work: Work, given: Given) -> Reading | Problem:
    """The reading; a fault in a reader is a problem of that document, and the others go on."""
    try:
        return work(given)
    except (Exception, MemoryError, RecursionError) as fault:
        said = str(fault).splitlines()[0][:300] if str(fault) else ""
        return gave_up(given, "reader-failed", f"could not be read ({type(fault).__name__}{': ' + said if said else ''})")


def gave_up(given: Given, code: str, what: str) -> Problem:
    """The problem of a document that was not read."""
    name = given.id or given.source
    return Problem("read", code, f"{name} {what}; it was left out, and the next `add` tries it again.", given.source or given.id)
