"""Currencies: the sign, code or word beside an amount, and the ISO 4217 code it means for a side."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Currencies:
    """Patterns that find the money beside a number, and the codes behind the forms."""

    before: re.Pattern[str]  # ends where the number starts
    after: re.Pattern[str]  # starts where the number ends
    codes: dict[tuple[str, str, str], str] = field(repr=False)  # (form, adjective, side) -> ISO code

    def code(self, form: str, adjective: str = "", side: str = "") -> str | None:
        """The currency a form means: by its adjective, else by the side that says it, else by default."""
        for key in (*([(form, adjective, "")] if adjective else []), (form, "", side), (form, "", "")):
            if key in self.codes:
                return self.codes[key]
        return None


def rows() -> list[dict[str, str]]:
    """The rows of ``currencies.csv``."""
    text = files(__package__).joinpath("currencies.csv").read_text("utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def longest_first(forms: set[str]) -> str:
    """An alternation that prefers the longest form."""
    return "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form)))


@cache
def currencies() -> Currencies:
    """The currencies of the vocabulary, read once."""
    table = rows()
    codes = {(row["form"], row["adjective"], row["side"]): row["code"] for row in table}
    signs = longest_first({row["form"] for row in table if row["kind"] in ("sign", "code")})
    words = longest_first({row["form"] for row in table if row["kind"] == "word"})
    adjectives = longest_first({row["adjective"] for row in table if row["adjective"]})
    after_signs = longest_first({row["form"] for row in table if row["kind"] == "code"} | {"RMB", "€", "$", "£", "¥"})
    before = re.compile(rf"(?<![A-Za-z$€£¥])(?P<sign>{signs})[ \u00a0\u202f]?$")
    after = re.compile(
        rf"[ \u00a0\u202f-]?(?:(?P<adjective>{adjectives})[ \u00a0-])?(?P<word>{words})(?:e?s)?(?![A-Za-z])"
        rf"|[ \u00a0\u202f]?(?P<sign>{after_signs})(?![A-Za-z0-9])"
    )
    return Currencies(before, after, codes)
