"""What is too much to hold while a whole record is followed, in files without a name that are gone with the process.

Processes that help get the open files and look at the same pages, so columns and rows are in memory once, however many help.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import Any, overload

import numpy as np
import numpy.typing as npt

from communique.records import Kept

__all__ = ["Column", "Columns", "Shelf", "Spool"]


@dataclass(frozen=True)
class Column:
    """Where another process finds a column: the open file, the kind and the number of its values."""

    file: int
    kind: str
    size: int

    def array(self) -> npt.NDArray[Any]:
        """The values, read as they are looked at."""
        if not self.size:
            return np.zeros(0, self.kind)
        with os.fdopen(os.dup(self.file), "rb") as stream:
            return np.asarray(np.memmap(stream, self.kind, "r", shape=(self.size,)))


class Columns:
    """Arrays by name that grow at their ends."""

    def __init__(self, names: Iterable[str]) -> None:
        self._files = {name: TemporaryFile() for name in names}  # noqa: SIM115 - as long as the columns
        self._kinds: dict[str, str] = {}
        self._sizes = dict.fromkeys(self._files, 0)

    def add(self, name: str, values: npt.NDArray[Any]) -> None:
        """More values of a column."""
        assert self._kinds.setdefault(name, values.dtype.str) == values.dtype.str
        self._files[name].write(np.ascontiguousarray(values).data)
        self._sizes[name] += len(values)

    def files(self) -> list[int]:
        """The open files."""
        return [each.fileno() for each in self._files.values()]

    def shown(self) -> dict[str, Column]:
        """Where each column is, that of a record without statements too; nothing may be added after."""
        for each in self._files.values():
            each.flush()
        return {name: Column(each.fileno(), self._kinds.get(name, "<u4"), self._sizes[name]) for name, each in self._files.items()}


class Spool(Sequence[bytes]):
    """Pieces of any length, written once, read back by number."""

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 - as long as the spool
        self._ends = array("Q", [0])
        self._told = 0

    def add(self, pieces: Iterable[bytes]) -> None:
        """More pieces."""
        for each in pieces:
            self._ends.append(self._ends[-1] + self._file.write(each))

    def file(self) -> int:
        """The open file."""
        return self._file.fileno()

    def ends(self) -> npt.NDArray[np.uint64]:
        """Where each piece ends, after a zero."""
        self._file.flush()
        return np.array(self._ends, np.uint64)

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, place: int) -> bytes: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[bytes]: ...
    def __getitem__(self, place: int | slice) -> bytes | Sequence[bytes]:
        if isinstance(place, slice):
            return [self[number] for number in range(*place.indices(len(self)))]
        if self._told != len(self._ends):
            self._file.flush()
            self._told = len(self._ends)
        start, end = self._ends[place], self._ends[place + 1]
        return os.pread(self._file.fileno(), end - start, start)


class Shelf(Sequence[Kept]):
    """Rows by number out of the pieces of a spool, in whichever process."""

    def __init__(self, file: int, ends: npt.NDArray[np.uint64], raised: Callable[[bytes], Kept]) -> None:
        self._file, self._ends, self._raised = file, ends, raised

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, place: int) -> Kept: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Kept]: ...
    def __getitem__(self, place: int | slice) -> Kept | Sequence[Kept]:
        if isinstance(place, slice):
            return [self[number] for number in range(*place.indices(len(self)))]
        start, end = int(self._ends[place]), int(self._ends[place + 1])
        return self._raised(os.pread(self._file, end - start, start))
