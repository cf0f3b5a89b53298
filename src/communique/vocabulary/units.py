"""Units: the sign or word of measure that follows a number."""

from __future__ import annotations

import csv
import re
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
    """A pattern that starts where a number ends, and the unit behind each form."""

    after: re.Pattern[str]
    forms: dict[str, Unit]


@cache
def units() -> Units:
    """The units of ``units.csv``, read once."""
    text = files(__package__).joinpath("units.csv").read_text("utf-8")
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    forms = {row["form"]: Unit(row["kind"], row["unit"], Decimal(row["factor"])) for row in rows}
    return Units(re.compile(rf"(?:[ \u00a0\u202f-]|(?=[%°º-]|[A-Z]))?(?P<form>{longest_first(set(forms))})(?![A-Za-z²])"), forms)
