"""Kinds of statement by the words of a title: ``kind_in(title)``, from ``kinds.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

# Other people's names for the kinds.
ALIASES = {
    "cabinet-decision": "decision",
    "meeting-coverage": "news-report",
    "news": "news-report",
    "article": "news-report",
    "press-release": "statement",
    "press-briefing": "press-conference",
    "briefing": "press-conference",
    "transcript": "press-conference",
    "address": "speech",
    "declaration": "joint-statement",
    "factsheet": "fact-sheet",
    "communiqué": "communique",
}


@cache
def kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Every kind and the pattern of its titles, in the order they are tried."""
    table = tomllib.loads(files("communique.vocabulary").joinpath("kinds.toml").read_text("utf-8"))
    return tuple((row["name"], re.compile("|".join(row["patterns"]), re.IGNORECASE)) for row in table["kind"])


def kind_in(title: str) -> str:
    """The kind a title names; empty when it names none."""
    return next((name for name, pattern in kinds() if pattern.search(title)), "")


def settled(kind: str) -> str:
    """A given kind in our own spelling; one that is not ours is kept as it is."""
    plain = re.sub(r"[\s_]+", "-", kind.strip().lower())
    return ALIASES.get(plain, plain)
