"""Rows as CSV that a spreadsheet can open without running anything: one header, stable columns, UTF-8, cells made harmless."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table(head: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The header and the rows, each a line ended by a newline."""
    yield _line(head)
    for row in rows:
        yield _line([cell(row.get(name)) for name in head])


def cell(value: Any) -> str:
    """A value in one cell: lists joined by "; ", truth as true and false, nothing as nothing.

    A text that a spreadsheet would take for a formula gets a leading apostrophe (OWASP's advice); a number keeps its sign.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, list | tuple):
        value = "; ".join(cell(each).removeprefix("'") for each in value)
    if isinstance(value, Mapping):
        value = "; ".join(f"{name}={cell(each)}" for name, each in value.items())
    text = str(value).encode("utf-8", "replace").decode("utf-8").replace("\x00", "")
    return "'" + text if len(text) > 1 and text.startswith(_FORMULA) else text


def _line(cells: Sequence[str]) -> str:
    written = StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(cells)  # so that a cell with either of them is quoted
    return written.getvalue().removesuffix("\r\n") + "\n"
