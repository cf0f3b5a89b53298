"""What the tests of the record share: statements of our own, readings of them, and a reader that is installed beside ours."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from communique.records import Given, Reading

STUB = Path(__file__).parent / "stub_reader"


def install() -> None:
    """Makes the reader "stub" known in this process and in those it starts."""
    if str(STUB) not in sys.path:
        sys.path.append(str(STUB))


def environment(**more: str) -> dict[str, str]:
    """The environment of a child process that knows the reader "stub"."""
    return os.environ | {"PYTHONPATH": str(STUB)} | more


def reading(text: str, id: str = "s1", *, date: str | None = "2021-03-04", publisher: str = "", **more: object) -> Reading:
    """A statement read by the stub."""
    import communique

    install()
    return communique.read(text, id=id, date=date, publisher=publisher, reader="stub", **{"title": "A statement"} | more)


def given(text: str, id: str = "s1", source: str = "", **more: str) -> Given:
    """A document as it arrives."""
    return Given(text=text, source=source or f"{id}.txt", id=id, **{"title": "A statement", "date": "2021-03-04"} | more)


def lines(path: Path, rows: Iterable[dict[str, str]]) -> Path:
    """A JSON-lines file."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def many(count: int) -> Iterable[dict[str, str]]:
    """Statements by several governments over several years, each with a promise and a count."""
    who = ("Kenya", "Peru", "Japan", "Norway", "Samoa", "Qatar", "Chile")
    for number in range(count):
        actor, other = who[number % 7], who[(number * 3 + 1) % 7]
        text = f"{actor} will send {number % 800 + 2} trucks to {other}. {actor} has sent {number % 800 + 3} doctors to {other}."
        yield {
            "id": f"s{number}",
            "text": text,
            "date": f"{2015 + number % 9}-{1 + number % 12:02}-{1 + number % 28:02}",
            "publisher": f"Ministry of {actor}",
            "title": "A statement",
        }
