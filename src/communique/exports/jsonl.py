"""JSON lines: one file a kind, one object a line, exactly the objects of the interface; statements with their text."""

from __future__ import annotations

from pathlib import Path

from communique.exports import Tables, put
from communique.render import json


def write(tables: Tables, folder: Path) -> list[Path]:
    """``statements.jsonl``, ``assertions.jsonl`` and so on, empty kinds included."""
    return [put(folder / f"{name}.jsonl", json.lines(rows())) for name, rows in tables.items()]
