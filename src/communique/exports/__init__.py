"""Exports: the record in formats that others read.  One file a format; adding one is a file here and a line in ``FORMATS``.

A format is given tables (name -> rows as the JSON objects of the interface) and a folder, and says which files it wrote.
Files are written beside their place and moved there when complete, so an interrupted export never leaves half a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from communique.errors import BadFilter
from communique.shapes import Json

Tables = Mapping[str, Callable[[], Iterable[Json]]]

FORMATS = {
    "csv": "communique.exports.csv",
    "jsonl": "communique.exports.jsonl",
}


class Format(Protocol):
    """A module of this shape."""

    def write(self, tables: Tables, folder: Path) -> list[Path]:
        """Writes the tables into ``folder`` and names the files."""
        ...


def export(name: str, tables: Tables, folder: Path) -> list[Path]:
    """The files that format ``name`` wrote into ``folder``, which is made when missing."""
    if name not in FORMATS:
        raise BadFilter("format", name, "one of " + ", ".join(FORMATS))
    if folder.exists() and not folder.is_dir():
        raise BadFilter("folder", str(folder), "a folder, new or there already")
    folder.mkdir(parents=True, exist_ok=True)
    return cast(Format, import_module(FORMATS[name])).write(tables, folder)


def put(path: Path, parts: Iterable[str]) -> Path:
    """Writes a file as UTF-8, complete or not at all."""
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("w", encoding="utf-8", errors="surrogatepass", newline="") as file:
            file.writelines(parts)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return path
