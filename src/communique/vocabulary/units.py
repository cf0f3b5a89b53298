"""What stands around a number: units of measure, qualifiers, and the words that tell a counted noun from everything else."""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from communique.vocabulary.currencies import longest_first


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure: its kind (percent, measure, times), its singular name and the factor of the written form."""

    kind: str
    name: str
    factor: Decimal


@dataclass(frozen=True, slots=True)
class Units:
    """Patterns that start where a number ends or end where it starts, and what each form means."""

    after: re.Pattern[str]
    forms: dict[str, Unit]
    qualifier: re.Pattern[str]
    trailer: re.Pattern[str]
    relations: dict[str, str]  # "more than" -> ">"
    leads: frozenset[str]  # last words of qualifiers: what stands before a number is looked up before it is searched


@cache
def units() -> Units:
    """The units of ``units.csv``, read once."""
    text = files(__package__).joinpath("units.csv").read_text("utf-8")
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    said = {kind: {row["form"] for row in rows if row["kind"] == kind} for kind in ("qualifier", "trailer")}
    forms = {row["form"]: Unit(row["kind"], row["unit"], Decimal(row["factor"])) for row in rows if row["kind"] not in said}
    words = longest_first(said["qualifier"]).replace(r"\ ", r"\s")
    spaced = longest_first(set(forms)).replace(r"\ ", "[ \u00a0\u202f]")
    return Units(
        re.compile(rf"(?:[ \u00a0\u202f-]|(?=[%°º-]|[A-Z]|x))?(?P<form>{spaced})(?![A-Za-z²])"),
        forms,
        re.compile(rf"(?<![\w-])(?P<first>{words})\s?(?:(?P<second>{words})\s|the\s)?$", re.IGNORECASE),
        re.compile(rf"[ -]?(?P<form>{longest_first(said['trailer'])})(?![\w+])", re.IGNORECASE),
        {row["form"]: row["unit"] for row in rows if row["kind"] in said},
        frozenset({form.split()[-1] for form in said["qualifier"]} | {"the"}),
    )


@dataclass(frozen=True, slots=True)
class Counting:
    """The words around counted nouns."""

    irregular: dict[str, str]
    unchanged: frozenset[str]
    ends: frozenset[str]
    loose: frozenset[str]
    plain: frozenset[str]
    kept: frozenset[str]
    modifying: frozenset[str]
    idle: frozenset[str]
    schemes: frozenset[str]
    references: re.Pattern[str]  # ends where the number starts
    refers: frozenset[str]  # last words of references
    durations: re.Pattern[str]  # starts where the number ends


@cache
def counting() -> Counting:
    """The words of ``units.toml``, read once."""
    words = tomllib.loads(files(__package__).joinpath("units.toml").read_text("utf-8"))
    lists = {
        name: frozenset(words[name]) for name in ("unchanged", "ends", "loose", "plain", "kept", "modifying", "idle", "schemes")
    }
    referring = {form for word in words["references"] for form in (word, word[0].upper() + word[1:])}
    lengths = "|".join(f"{word[:-1]}(?:y|ies)" if word.endswith("y") and word != "day" else f"{word}s?" for word in words["durations"])
    return Counting(
        irregular=words["irregular"],
        references=re.compile(
            rf"(?<!\w)(?:{longest_first(referring)})\s(?:\(?\d+(?:\.\d+)*\)?(?:,\s|\sand\s|\sor\s|,\sand\s|\sto\s|[-–]))*$"
        ),
        refers=frozenset(form.split()[-1] for form in referring),
        durations=re.compile(
            r"(?:[ \u00a0-]|[ -](?:or|to|and)[ -])?"
            r"(?:(?:and a half|more|[a-z]*(?:al|ing|ive|er|ight|ed|ful|utive|long|short|full|past|last|next))[ -]){0,2}"
            rf"(?:{lengths})(?![A-Za-z])",
            re.IGNORECASE,
        ),
        **lists,
    )
