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

CAPITALISED = r"(?:[A-ZÀ-ÖØ-Þ0-9][\w.’'&/+-]*[\w.])"
DETERMINERS = r"the|a|an|this|that|our|their|its|his|these|those|any|another|each|every|no|earlier|such|today[’']s"
_WHERE = r"(?:\s(?:with|between|of|on|in|for)\s[^,.;]{0,60}?|,\s[^,.;]{0,60},)?"
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
    compound: re.Pattern[str]  # a noun before the head, after an article or an adjective: "the host government agreement"
    opening: re.Pattern[str]  # article and plain adjectives, ends where the name starts
    signed: re.Pattern[str]  # a verb of signing and the paper that is signed; group "paper"
    loose: frozenset[str]
    naming: re.Pattern[str]
    never: re.Pattern[str]
    bodies: re.Pattern[str]
    outside: frozenset[str]
    weak: frozenset[str]
    many: frozenset[str]


@cache
def naming() -> Naming:
    """The words of ``instruments.toml`` that name, read once."""
    words = _words()
    kinds, modifiers = longest_first(set(words["kinds"])), longest_first(set(words["kind_modifiers"]))
    modifiers_of_names = longest_first(set(words["modifiers"]))
    papers, common = longest_first(set(words["signed"])), longest_first(set(words["common"]))
    telling = rf"(?!(?:{longest_first(set(words['vague']))})\s)[a-z][a-z-]{{2,}}\s"
    return Naming(
        head=re.compile(
            rf"(?<![\w-])(?:(?P<upper>{longest_first(set(words['heads']))})|(?P<lower>{common}))(?![\w-])"
        ),
        kind=re.compile(
            rf"(?P<kind>(?:(?:{modifiers})[ -])*(?:{kinds})(?:\s(?:and|&)\s(?!(?:to|the|an?)\s)[a-z-]+(?:\s[a-z]+)?)?)\s$", re.IGNORECASE
        ),
        opening=re.compile(
            rf"(?:(?<![\w-])(?:{DETERMINERS})\s(?:(?:{modifiers_of_names}|[a-z-]+(?:{'|'.join(words['adjectival'])})|\$?\d[\d.,]*(?:\s[mb]illion)?),?\s)*"
            rf"|(?:(?:{modifiers_of_names})\s)*)$",
            re.IGNORECASE,
        ),
        compound=re.compile(
            rf"(?<![\w-])(?!and\s)(?i:{DETERMINERS}|{modifiers_of_names})\s(?:[a-z-]+(?:{'|'.join(words['adjectival'])})\s)*"
            rf"(?P<kind>(?:{telling}(?:of\s)?){{0,2}}(?!\w+(?:{'|'.join(words['adjectival'])})\s){telling})$"
        ),
        signed=re.compile(
            r"(?<!\w)(?:[Ss]ign(?:ed|ing(?:\sof)?|s)?|(?:signed|signing)\soff\son|[Ss]ignature\sof|[Ii]nitial+ed|exchanged|[Ii]nked|[Pp]ut\s(?:its|his|her|their|our)\s(?:signatures?|names?)\sto)\s"
            r"(?P<paper>(?:(?:a|an|the|two|three|four|five|several)\s)?(?P<bare>(?:(?!of\b|the\b|by\b|with\b|in\b|on\b|at\b|to\b|for\b)[\w’'./-]+(?:,?\sand)?\s){0,6}?"
            rf"(?i:{papers})))(?![\w-]|\s(?i:{papers}|{common})(?!\w))"
        ),
        loose=frozenset(words["loose"]),
        naming=re.compile(longest_first(set(words["naming"]))),
        never=re.compile("|".join(words["never"])),
        bodies=re.compile("|".join(words["bodies"])),
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
    return Cues(
        before, tuple((entry["stage"], re.compile(entry["pattern"].replace("WHERE", _WHERE), re.IGNORECASE)) for entry in words["after"])
    )


def _words() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("instruments.toml").read_text("utf-8"))


def _starred(words: Iterable[str]) -> str:
    """An alternation in which a trailing ``*`` stands for any ending."""
    return longest_first(set(words)).replace(r"\*", r"\w*").replace(r"\ ", r"\s")
