"""Amounts: a number with the money, percent, measure or multiple that stands beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, cast

from communique.language.numerals import MAGNITUDES, Numeral, numerals
from communique.vocabulary.currencies import currencies
from communique.vocabulary.units import units

Kind = Literal["count", "money", "percent", "measure", "times"]

_SPACE = re.compile("[\u00a0\u202f]")
_WORD_BEFORE = re.compile(r"[A-Za-z/#_][-.]?$")
_SIGN = re.compile(r"(?:[^\w\s.,;:()\[\]\"'“”‘’–—-]|[A-Z][A-Za-z.]{0,4})\s?$")  # a symbol, or a short word with a capital
_WORDS_TOO = ("pound", "real", "won", "som", "sum", "soum", "lek", "kip")  # currencies that are words of the language as well
_SWAPPED = re.compile(r"(?P<sign>[A-Z][A-Za-z]{0,3}\.?|US\$|€|₹)\s(?P<magnitude>[Mm]illion|[Bb]illion|[Tt]rillion|[Mm]n\.?|[Bb]n\.?)\s$")
_MULTIPLIES = re.compile(
    r"\s(?:more|less|larger|higher|greater|bigger|faster|as|the|its|our|their|that|what|longer|stronger|lower|worse|better|over[a-z]+ed"
    r"|those)\b"
)
_CHANGED = re.compile(  # "has grown 25 times since 1990", "was cut by four times"
    r"\b(?:grow\w*|grew|increas\w*|multipl\w*|rise[ns]?|rose|rais\w*|jump\w*|expand\w*|surg\w*|soar\w*|fall\w*|fell|reduc\w*|by)\s(?:[a-z]+\s){0,3}$"
)
_BY_SO_MANY = re.compile(r"\s?\d")
_PART_OF_TIME = re.compile(r"\sof\s(?:the\s)?(?:\d{4}|this year|last year|next year|the year|a\s(?:century|decade|year))")
_ORDINAL_BEFORE = re.compile(r"(?:first|second|other|latter|better|past|last|next|final|this|each|every|and a|-)\s?$", re.IGNORECASE)
_NEAR_HALF = re.compile(r"(?:almost|nearly|over|than|least|about|around|to|roughly|approximately|by|up to|just under)\s$", re.IGNORECASE)
_CUTS = re.compile(r"\b(?:cut|cuts|cutting|slash\w*|reduc\w+)\b[^.;:,]*$", re.IGNORECASE)
_WHOLE_NEXT = re.compile(r"\s(?:of|the|our|a|their|its|all|that|this|his|her|my|these|those)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Amount:
    """A numeral with the currency or unit beside it; a count when there is none."""

    start: int
    end: int
    numeral: Numeral
    kind: Kind = "count"
    unit: str = ""
    factor: Decimal = Decimal(1)

    @property
    def value(self) -> Decimal:
        """The number in its unit: "25 MMT" is 25,000,000 metric tons."""
        return self.numeral.value * self.factor


def amounts(text: str, side: str) -> Iterator[Amount]:
    """The amounts of ``text`` in order; ``side`` says whose "$" and "rupees" are meant."""
    end = 0
    for numeral in numerals(text):
        if numeral.start < end:
            continue
        if numeral.form == "part":
            amount = Amount(numeral.start, numeral.end, numeral, "percent", "percent") if _is_share(text, numeral) else None
        else:
            amount = _money(text, numeral, side) or _measured(text, numeral) or Amount(numeral.start, numeral.end, numeral)
        if amount is not None:
            end = amount.end
            yield amount


_WEIGHT = re.compile(
    r"\sof\s(?:[a-z-]+\s){0,2}(?:ammunition|beef|cargo|cocaine|coal|cotton|drugs?|equipment|explosives|fentanyl|fish|food|fuel|grain|heroin"
    r"|honey|meat|medicine|methamphetamine|opium|plastic|rice|seeds?|supplies|trash|uranium|waste|wheat)\b"
)


def _money(text: str, numeral: Numeral, side: str) -> Amount | None:
    """The amount with the currency that stands before or after it, whichever is surer."""
    table = currencies()
    window = text[max(0, numeral.start - 8) : numeral.start]
    before = table.before.search(window) if _SIGN.search(window) else None
    after = table.after.match(text, numeral.end)
    start, end, code = numeral.start, numeral.end, None
    if before is not None:
        code, start = table.code(before["sign"], "", side), numeral.start - len(before.group())
    elif (swapped := _swapped(text, numeral, side)) is not None:
        return swapped
    if after is not None:
        form, adjective = after["word"] or after["sign"], after["adjective"] or ""
        if before is None and form in _WORDS_TOO and numeral.magnitude < 1000 and not adjective:
            return None
        if before is None and not adjective and _WEIGHT.match(text, after.end()) and form in ("pound", "pounds"):
            return None  # "nearly 32 million pounds of fuel"
        if before is None or (before["sign"].endswith("$") and (adjective or after["sign"] not in (None, "$"))):
            code = table.code(form, adjective, side) or code
        if before is None or before["sign"].endswith("$"):
            end = after.end()
    return Amount(start, end, numeral, "money", code) if code else None


def _swapped(text: str, numeral: Numeral, side: str) -> Amount | None:
    """"Rs. Million 350": the magnitude between the sign and the number, as some cabinet papers write it."""
    match = _SWAPPED.search(text[max(0, numeral.start - 20) : numeral.start])
    code = currencies().code(match["sign"], "", side) if match else None
    if match is None or code is None:
        return None
    factor = Decimal(MAGNITUDES[match["magnitude"].lower().rstrip(".")])
    return Amount(numeral.start - len(match.group()), numeral.end, numeral, "money", code, factor)


def _measured(text: str, numeral: Numeral) -> Amount | None:
    """The amount with the percent sign, the degree or the other unit that follows it."""
    match = units().after.match(text, numeral.end)
    if match is None or _WORD_BEFORE.search(text, max(0, numeral.start - 2), numeral.start):
        return None
    unit = units().forms[_SPACE.sub(" ", match["form"])]
    if match["form"] in ("x", "X") and _BY_SO_MANY.match(text, match.end()):
        return None  # "2 x 500 megawatts"
    if match["form"] == "times" and not (
        _MULTIPLIES.match(text, match.end()) or _CHANGED.search(text, max(0, numeral.start - 48), numeral.start)
    ):
        return None  # "met three times." counts occasions
    return Amount(numeral.start, match.end(), numeral, cast(Kind, unit.kind), unit.name, unit.factor)


def _is_share(text: str, numeral: Numeral) -> bool:
    """A part is a share when a whole follows ("a third of our aid"); "a quarter" is also a time, "half" also an adverb."""
    words = text[numeral.start : numeral.end].lower()
    before, after = text[max(0, numeral.start - 16) : numeral.start], text[numeral.end : numeral.end + 24]
    if _ORDINAL_BEFORE.search(before) or after[:1] == "-":
        return False
    if re.search(r"\b(?:in|of)\b", words.replace("-", " ")):
        return True  # "one in five", "seven out of ten"
    if _PART_OF_TIME.match(after) or re.match(r"\san?\s(?:year|hour|century|day|decade|mile|minute|dozen)\b", after):
        return False
    if re.match(r"\sof\s", after):
        return True
    if words == "half" and before.endswith(" in ") and _CUTS.search(text, max(0, numeral.start - 60), numeral.start):
        return True  # "cut emissions in half"
    near = _NEAR_HALF.search(before) is not None
    if words == "half" and before.lower().endswith("by ") and re.match(r"[.,;:]|$|\s(?:by|in|over|since|from|within|this|next)\b", after):
        return True  # "cut by half"
    return near and (words != "half" or _WHOLE_NEXT.match(after) is not None)
