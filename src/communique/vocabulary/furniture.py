"""What pages put around a statement, by line: ``furniture()`` gives the lists of ``furniture.toml``, ready to compare."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

MARKS = " \t\u00a0<>[](){}|·•–—-:»›*_\"'“”‹«"


@dataclass(frozen=True, slots=True)
class Furniture:
    """Lines that are never part of what is said; ``credit`` may close a caption, ``signed`` does so only there."""

    lines: frozenset[str]
    starts: tuple[str, ...]
    inside: tuple[str, ...]
    away: tuple[str, ...]
    captions: tuple[str, ...]
    credit: re.Pattern[str]
    signed: re.Pattern[str]


@cache
def furniture() -> Furniture:
    """The lists, folded for comparison."""
    table = tomllib.loads(files("communique.vocabulary").joinpath("furniture.toml").read_text("utf-8"))
    agencies = "|".join(re.escape(name) for name in sorted(table["credits"], key=len, reverse=True))
    return Furniture(
        frozenset(folded(line) for line in table["lines"]) | frozenset(table["lines"]),
        tuple(table["starts"]),
        tuple(table["inside"]),
        tuple(table["away"]),
        tuple(table["captions"]),
        re.compile(rf"[(/\[]\s*(?:photo(?: by)?:?\s*)?[^()\n]{{0,40}}\b(?:{agencies})\s*[)\]]?\.?\s*$", re.IGNORECASE),
        re.compile(
            rf"(?:\((?:(?:{agencies}) ?/|photo(?: by)?[: ]) ?[^()\n]{{2,40}}\)|\S\s*©[^.!?\n]{{2,60}}|[—–]\s?contributed photo)\.?\s*$",
            re.IGNORECASE,
        ),
    )


def folded(line: str) -> str:
    """A line without its outer blanks and marks, in lower case, its apostrophes straight."""
    return line.replace("’", "'").replace("\u00a0", " ").strip(MARKS).casefold()
