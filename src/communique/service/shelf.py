"""Assertions on disk while they are followed: written once as they pass, read back by number, so that millions need not be held."""

from __future__ import annotations

import os
import pickle
from array import array
from collections.abc import Iterable, Iterator, Sequence
from tempfile import TemporaryFile
from typing import overload

from communique.records import Kept

__all__ = ["Shelf"]


class Shelf(Sequence[Kept]):
    """The assertions that went by, in a file without a name that is gone with the process."""

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 - as long as the shelf
        self._ends = array("Q", [0])

    def passing(self, kept: Iterable[Kept]) -> Iterator[Kept]:
        """The same assertions, each written as it passes."""
        for each in kept:
            self._ends.append(self._ends[-1] + self._file.write(pickle.dumps(each, pickle.HIGHEST_PROTOCOL)))
            yield each
        self._file.flush()

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, place: int) -> Kept: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Kept]: ...
    def __getitem__(self, place: int | slice) -> Kept | Sequence[Kept]:
        if isinstance(place, slice):
            return [self[number] for number in range(*place.indices(len(self)))]
        start, end = self._ends[place], self._ends[place + 1]
        found: Kept = pickle.loads(os.pread(self._file.fileno(), end - start, start))
        return found
