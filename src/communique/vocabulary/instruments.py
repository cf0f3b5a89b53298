"""Instruments known by name: their forms, acronyms and, where they are few, their parties."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick, MatchKind


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
