"""Instruments: those known by name, the words others are named with, and the cues of the stage they are at."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ahocorasick_rs import AhoCorasick, MatchKind

from communique.vocabulary.currencies import longest_first

CAPITALISED = r"(?:[A-Z0-9][\w.’'&/-]*[\w.])"
_BETWEEN = r"\s(?:(?!and\b)[^\s,;]+\s){0,%d}$"  # words between a verb and the name; they do not cross an "and" or a comma


@dataclass(frozen=True, slots=True)
class Instrument:
    """A treaty or agreement that is known beforehand."""

    name: str
    short: str = ""
    parties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Instruments:
    """The known instruments, an automaton over all their forms, and the instrument behind each form."""

    automaton: AhoCorasick
    forms: tuple[str, ...]
    known: dict[str, Instrument]


@cache
def instruments() -> Instruments:
    """The instruments of ``instruments.csv``, read once."""
    text = files(__package__).joinpath("instruments.csv").read_text("utf-8")
    known: dict[str, Instrument] = {}
    for row in csv.DictReader(line for line in text.splitlines() if not line.startswith("#")):
        one = Instrument(row["name"], row["short"], tuple(row["parties"].split()))
        for form in [row["name"], row["short"], *row["forms"].split("|")]:
            if form:
                known.setdefault(form, one)
    forms = tuple(sorted(known))
    return Instruments(AhoCorasick(forms, matchkind=MatchKind.LeftmostLongest), forms, known)


@dataclass(frozen=True, slots=True)
class Naming:
    """Patterns of the names that are built around a head noun."""

    head: re.Pattern[str]
    kind: re.Pattern[str]  # ends where the head starts
    opening: re.Pattern[str]  # article and plain adjectives, ends where the name starts
    loose: frozenset[str]
    naming: re.Pattern[str]
    never: re.Pattern[str]
    outside: frozenset[str]
    weak: frozenset[str]
    many: frozenset[str]


@cache
def naming() -> Naming:
    """The words of ``instruments.toml`` that name, read once."""
    words = _words()
    kinds, modifiers = longest_first(set(words["kinds"])), longest_first(set(words["kind_modifiers"]))
    return Naming(
        head=re.compile(
            rf"(?<![\w-])(?:(?P<upper>{longest_first(set(words['heads']))})|(?P<lower>{longest_first(set(words['common']))}))(?![\w-])"
        ),
        kind=re.compile(rf"(?P<kind>(?:(?:{modifiers})[ -])*(?:{kinds})(?:\s(?:and|&)\s[a-z-]+(?:\s[a-z]+)?)?)\s$", re.IGNORECASE),
        opening=re.compile(
            r"(?:(?<![\w-])(?:the|a|an|this|that|our|their|its|these|those|any|earlier|such|today[’']s)\s)?"
            rf"(?:(?:{longest_first(set(words['modifiers']))})\s)*$",
            re.IGNORECASE,
        ),
        loose=frozenset(words["loose"]),
        naming=re.compile(longest_first(set(words["naming"]))),
        never=re.compile("|".join(words["never"])),
        outside=frozenset(words["outside"]),
        weak=frozenset(words["weak"]),
        many=frozenset(words["many"]),
    )


@dataclass(frozen=True, slots=True)
class Cues:
    """Patterns that end where a name starts, or start where it ends, each with the stage it says; in order."""

    before: tuple[tuple[str, re.Pattern[str]], ...]
    after: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def cues() -> Cues:
    """The stage cues of ``instruments.toml``, read once."""
    words = _words()
    ahead = rf"(?:{_starred(words['ahead'])})\s(?:\w+\s){{0,3}}"
    before = tuple(
        (
            entry["stage"],
            re.compile(
                rf"(?<!\w){ahead if entry.get('ahead') else ''}(?:{_starred(entry['words'])}){_BETWEEN % entry['reach']}", re.IGNORECASE
            ),
        )
        for entry in words["before"]
    )
    return Cues(before, tuple((entry["stage"], re.compile(entry["pattern"], re.IGNORECASE)) for entry in words["after"]))


def _words() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("instruments.toml").read_text("utf-8"))


def _starred(words: Iterable[str]) -> str:
    """An alternation in which a trailing ``*`` stands for any ending."""
    return longest_first(set(words)).replace(r"\*", r"\w*").replace(r"\ ", r"\s")
