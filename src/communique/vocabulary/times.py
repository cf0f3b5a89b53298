"""Words that say when: months, weekdays and the shapes of time expressions, compiled once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick


@dataclass(frozen=True, slots=True)
class Times:
    """All shapes in one pattern, each alone with its named parts, and what must stand near for any to match."""

    pattern: re.Pattern[str]
    shapes: dict[str, re.Pattern[str]]
    triggers: AhoCorasick
    months: dict[str, int]
    weekdays: dict[str, int]


@cache
def times() -> Times:
    """The words of ``times.toml``, read once."""
    words = tomllib.loads(files(__package__).joinpath("times.toml").read_text("utf-8"))
    parts = {name: _spaced(shape) for name, shape in words["parts"].items()}
    shapes = {name: _filled(_spaced(shape), parts) for name, shape in words["shapes"].items()}
    unnamed = {name: re.sub(r"\(\?P<\w+>", "(?:", shape) for name, shape in shapes.items()}
    whole = "|".join(f"(?P<{name}>{shape})" for name, shape in unnamed.items())
    months = {name: index for index, names in enumerate(words["months"], 1) for name in names.split()}
    weekdays = {name: index for index, name in enumerate(words["weekdays"])}
    stems = {*words["triggers"], *months, *weekdays, *(f"{century}{digit}" for century in range(15, 22) for digit in range(10))}
    return Times(
        re.compile(rf"(?<![\w/])(?:{whole})(?![\w])", re.IGNORECASE),
        {name: re.compile(shape, re.IGNORECASE) for name, shape in shapes.items()},
        AhoCorasick(sorted({form for stem in stems for form in (stem, stem.capitalize(), stem.upper())})),
        months,
        weekdays,
    )


def _spaced(shape: str) -> str:
    """A space in a shape stands for any run of white space, line ends included."""
    return shape.replace(" ", "[ \\u00a0\\n]+")


def _filled(shape: str, parts: dict[str, str]) -> str:
    """The shape with ``<month>`` and the like put in; ``(?P<month>`` is left alone."""
    return re.sub(r"(?<!\?P)<(\w+)>", lambda part: parts[part[1]], shape)
