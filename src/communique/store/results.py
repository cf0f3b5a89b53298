"""What a listing hands out: rows one by one, a page, a count, plain objects, or a table for polars, pandas or arrow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, islice, repeat
from typing import Any, Generic, TypeVar

from communique import shapes
from communique.errors import BadFilter, MissingExtra

T = TypeVar("T")
Cursor = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Paged(Generic[T]):
    """Some rows of a listing, and the cursor of the next ones; an empty cursor: that was the end."""

    rows: tuple[T, ...]
    next: str


class Listing(Generic[T]):
    """Rows of the record that match; asked for only when used, so a listing of millions costs nothing until it is read."""

    def __init__(
        self,
        turn: Callable[[int, Cursor | None], tuple[tuple[T, ...], Cursor | None]],
        count: Callable[[int | None], int],
        shape: Callable[[T], shapes.Json],
        limit: int | None = None,
    ) -> None:
        self._turn, self._count, self._shape, self.limit = turn, count, shape, limit

    def __iter__(self) -> Iterator[T]:
        """Every row in the order of the record, read in pages."""
        return islice(self._all(), self.limit)

    def _all(self) -> Iterator[T]:
        """Pages that grow: who wants but a few rows does not wait for hundreds."""
        after: Cursor | None = None
        for size in chain((20, 100), repeat(500)):
            got, after = self._turn(size if self.limit is None else min(size, max(1, self.limit)), after)
            yield from got
            if after is None:
                return

    def __len__(self) -> int:
        """How many rows there are, the limit applied."""
        return self.count()

    def __bool__(self) -> bool:
        """Whether there is any row."""
        return next(iter(self), None) is not None

    def count(self, upto: int | None = None) -> int:
        """How many rows there are; with ``upto``, counting may stop there."""
        found = self._count(upto)
        return found if self.limit is None else min(found, self.limit)

    def page(self, size: int = 50, after: str = "") -> Paged[T]:
        """``size`` rows from a cursor on: what the API and the pages show."""
        got, following = self._turn(size, cursor(after))
        return Paged(got, written(following))

    def to_dicts(self) -> list[shapes.Json]:
        """The rows as the JSON objects of the interface."""
        return [self._shape(row) for row in self]

    def to_polars(self) -> Any:
        """The rows as a polars DataFrame."""
        try:
            import polars
        except ImportError as fault:
            raise MissingExtra("A polars table", "columns") from fault
        return polars.DataFrame(self._flat(), infer_schema_length=None)

    def to_pandas(self) -> Any:
        """The rows as a pandas DataFrame."""
        try:
            import pandas  # type: ignore[import-untyped]
        except ImportError as fault:
            raise MissingExtra("A pandas table", "columns") from fault
        return pandas.DataFrame(self._flat())

    def to_arrow(self) -> Any:
        """The rows as an Arrow table."""
        try:
            import pyarrow  # type: ignore[import-untyped]
        except ImportError as fault:
            raise MissingExtra("An Arrow table", "columns") from fault
        return pyarrow.Table.from_pylist(self._flat())

    def _flat(self) -> list[shapes.Json]:
        """Rows whose cells are values or lists of strings; what is nested deeper is left to ``to_dicts``."""
        return [{name: value for name, value in row.items() if not _nested(value)} | _deep(row) for row in self.to_dicts()]


def _nested(value: object) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(part, dict) for part in value))


def _deep(row: shapes.Json) -> shapes.Json:
    """Nested lists as how many they hold, so that every row has the same columns."""
    return {name: len(row[name]) for name in ("judgements", "grounds") if name in row}


def cursor(given: str) -> Cursor | None:
    """The place a cursor names."""
    if not given:
        return None
    first, _, second = given.partition(".")
    try:
        return int(first, 36), int(second, 36)
    except ValueError as fault:
        raise BadFilter("cursor", given, "the cursor that came with the page before") from fault


def written(place: Cursor | None) -> str:
    """A place as a cursor that is safe in an address."""
    return "" if place is None else f"{_base36(place[0])}.{_base36(place[1])}"


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
    return digits or "0"
