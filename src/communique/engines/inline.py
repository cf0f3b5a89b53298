"""The engine without processes: one document after the other, here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from communique.engines import Done, Maker, attempt
from communique.records import Given


class Inline:
    """Reads in this process."""

    def run(self, maker: Maker, documents: Iterable[Given]) -> Iterator[Done]:
        """Each document with its reading, in order."""
        work = maker()
        for given in documents:
            yield given, attempt(work, given)
