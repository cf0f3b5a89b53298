"""Numbers: every quantity a text states, with its qualifier, its value and its unit, at exact offsets.

    "over 220 billion masks"            > 220000000000 (count; the noun is read by ``nouns``)
    "50 million US dollars"             = 50000000 USD           "Rs. 15,600 million" = 15600000000 INR, or LKR said by Sri Lanka
    "between 5 and 7 per cent"          = 5 to 7 percent         "one-third of" = 33.3 percent
    "up to about 80%"                   <= 80 percent            "three times larger" = 3 times

Years, dates, ordinals, clock times, durations, ages and the numbers of articles, resolutions and lists are no quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal, cast

from communique.language.amounts import Amount, Kind, amounts
from communique.language.numerals import number, plain
from communique.language.uncounted import uncounted
from communique.vocabulary.units import units

Rel = Literal["=", ">", ">=", "<", "<=", "~"]

_SIDE_BY_SIDE = re.compile(r"(?:-|–|—|‑|\s?(?:to|or|and)\s)")
_ABOUT_WHICH = {  # what the numbers are about, spread over or governed by
    "around": re.compile(r"(?:built|based|cent[er]+ed|focus\w*|organi[sz]ed|revolv\w*|structured|rally|unite[ds]?)\s$", re.IGNORECASE),
    "about": re.compile(
        r"(?:speak\w*|spoken?|talk\w*|hear\w*|said|says?|asked|tell\w*|told|concern\w*|learn\w*|know|think\w*)\s$", re.IGNORECASE
    ),
    "over": re.compile(
        r"(?:haggl\w+|disput\w+|talks?|quarrel\w*|scattered|spread\w*|stretch\w*|control|sovereignty|disagree\w*)\s$", re.IGNORECASE
    ),
}
_RISES = re.compile(  # no ceiling, but where it goes to
    r"(?:\bfrom\b[^.;:]{0,40}\d[\d.,]*(?:[- ](?!to\b)[^\s\d]+){0,4}"
    r"|\b(?:bring\w*|brought|go(?:es|ing)?|went|gone)\b[^,.;:\d]{0,60}?)\sup to\s$",
    re.IGNORECASE,
)
_GOVERNS = re.compile(r"(?:under|over)\sthe\s$", re.IGNORECASE)  # "under the C$3 billion strategy"
_EQUIVALENT = re.compile(r"\s?(?:\(|or |, or |/|\(or |\(about |\(equivalent to )\s?")
_POPULATION = re.compile(r"(?:a |the )?population of (?:\w+ (?:than |to )?)?$")
_MULTIPLE = re.compile(
    r"(?<![\w-])(?:(?:(?P<stem>doubl|tripl|quadrupl)(?:ed|ing)(?!-)|(?<=(?:to|nd) )(?P<bare>double|triple|quadruple)"
    r"|(?<=(?:ill|can) )(?P<bare2>double|triple|quadruple))(?![\w-])"
    r"(?=\s(?:our|its|their|the|his|of|from|to|over|in|since|[a-z]+ [a-z]+ (?:capacity|support))|[,.])"
    r"|a factor of (?P<factor>[a-z]+|\d+)(?!\w)|(?P<fold>two|three|four|five|six|seven|eight|nine|ten|twenty|hundred)-?fold(?!\w)"
    r"|(?P<twice>twice)(?=\s(?:as|the|its|our|their|what|that|those)\b))",
    re.IGNORECASE,
)
_FOLD = {"doubl": 2, "tripl": 3, "quadrupl": 4}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that counts or measures: ``text[start:end]`` runs from its qualifier to its unit word."""

    start: int
    end: int
    value: float
    rel: Rel
    kind: Kind
    unit: str = ""  # ISO currency, "percent", a measure, "times"; "person" of a population; "" for another count
    high: float | None = None
    core: int = 0  # where the number itself starts, its qualifier left out
    number_end: int = 0  # where the number itself ends, before its unit word or "or more"
    doubtful: bool = False  # "1.700": ``counted`` settles it
    large: bool = False  # written in thousands or more: a number of something even where no noun stands by


@lru_cache(maxsize=64)  # a sentence is asked again by the door, once for each of its figures
def find(text: str, side: str = "") -> tuple[Quantity, ...]:
    """The quantities of ``text`` in order; ``side`` (a code) says whose "$" or "rupees" are meant."""
    found: list[Quantity] = []
    queue = list(amounts(text, side))
    position = 0
    while position < len(queue):
        low = queue[position]
        high = queue[position + 1] if position + 1 < len(queue) and _ranges(text, low, queue[position + 1]) else None
        position += 2 if high else 1
        if high is not None or low.kind != "count" or not uncounted(text, low.start, low.end, low.numeral):
            quantity = _quantity(text, low, high)
            found.append(_same_sum(text, found[-1], quantity) if found else quantity)
    return tuple(sorted([*found, *_multiples(text)], key=lambda one: one.start))


def counted(quantity: Quantity, thousands: bool) -> Quantity:
    """The quantity with a doubtful "1.700" settled: a thousand when it counts things, a decimal when it measures."""
    if not (quantity.doubtful and thousands):
        return replace(quantity, doubtful=False)
    value, _, _ = plain(f"{quantity.value:.3f}".replace(".", ""))
    return replace(quantity, value=float(value), doubtful=False)


def _quantity(text: str, low: Amount, high: Amount | None) -> Quantity:
    last = high or low
    said = next((amount for amount in (low, last) if amount.kind == "money"), last)
    start, rel = _qualifier(text, low.start, high is not None)
    small = said.kind == "count" and low.numeral.form == "words" and low.value < 10
    if small and text[start : low.start].lower() == "over ":
        start, rel = low.start, "="  # "extended over three oceans"
    end, unit = last.end, said.unit
    trailer = units().trailer.match(text, end)
    if trailer is not None and not (trailer["form"].lower() == "plus" and text[end : end + 1] == " "):
        end, rel = trailer.end(), cast(Rel, units().relations[trailer["form"].lower()])
    if said.kind == "count" and last.value >= 1000 and (population := _POPULATION.search(text, max(0, start - 40), start)) is not None:
        start, unit = population.start(), "person"
    value, top = _ends(low, high) if high else (low.value, None)
    large = value >= 1000 and (low.numeral.grouped or last.numeral.magnitude >= 1000)
    high_value = None if top is None else float(top)
    return Quantity(start, end, float(value), rel, said.kind, unit, high_value, low.start, last.numeral.end, low.numeral.doubtful, large)


def _same_sum(text: str, last: Quantity, quantity: Quantity) -> Quantity:
    """"up to C$20 million (US$14.8 million)": one sum in two currencies has one ceiling."""
    if quantity.kind != "money" or last.kind != "money" or last.unit == quantity.unit or (last.rel, quantity.rel) != ("<=", "="):
        return quantity
    return replace(quantity, rel=last.rel) if _EQUIVALENT.fullmatch(text, last.end, quantity.start) else quantity


def _qualifier(text: str, start: int, ranged: bool) -> tuple[int, Rel]:
    """Where the qualifier before a number starts, and the relation it states."""
    offset = max(0, start - 44)
    window = text[offset:start]
    if ranged and window.lower().endswith("between "):
        return start - len("between "), "="
    said = window.endswith("~") or (window.split() or [""])[-1].lower().lstrip("(“\"‘—–-") in units().leads
    match = units().qualifier.search(window) if said else None
    if match is None or (match["first"].lower() == "up to" and _RISES.search(text, max(0, offset - 30), start)):
        return start, "="
    about = _ABOUT_WHICH.get(match["first"].lower())
    if (about is not None and about.search(window[: match.start()])) or _GOVERNS.search(window):
        return start, "="
    first, second = (units().relations[re.sub(r"\s", " ", words.lower())] if words else "=" for words in (match["first"], match["second"]))
    return offset + match.start(), cast(Rel, first if first != "=" else second)


def _ranges(text: str, low: Amount, high: Amount) -> bool:
    """Whether two amounts are the ends of one range: "10 to 15 million", "between 5 and 7 per cent", "2 or 3 million"."""
    gap = text[low.end : high.start]
    word = gap.strip().lower()
    if not _SIDE_BY_SIDE.fullmatch(gap) or "part" in (low.numeral.form, high.numeral.form) or not _alike(low, high):
        return False
    before = text[max(0, low.start - 9) : low.start].lower()
    if (word == "and" and not before.endswith("between ")) or (word == "to" and before.endswith("from ")):
        return False
    dashed = word in "-–—‑"
    if low.kind == "count" and uncounted(text, low.start, low.end, low.numeral, last=not dashed):
        return False  # "in 1993 to US$2.5 trillion"
    if low.kind == high.kind == "count" and uncounted(text, high.start, high.end, high.numeral, first=not dashed):
        return False
    first, second = _ends(low, high)
    return first < second and (word != "or" or second <= first * 2)


def _alike(low: Amount, high: Amount) -> bool:
    """A range has one unit, said once or twice."""
    if low.kind == high.kind:
        return low.unit == high.unit
    return low.kind == "count" or (low.kind == "money" and high.kind == "count")


def _ends(low: Amount, high: Amount) -> tuple[Decimal, Decimal]:
    """The two values; a magnitude or unit said once holds for both."""
    factor = max(low.factor, high.factor)
    first = low.numeral.value * factor
    if low.numeral.magnitude == 1 and not low.numeral.grouped and high.numeral.magnitude > 1 and low.numeral.value < 1000:
        first *= high.numeral.magnitude
    return first, high.numeral.value * factor


def _multiples(text: str) -> Iterator[Quantity]:
    """"doubled", "to triple", "by a factor of five": multiples that a verb states."""
    for match in _MULTIPLE.finditer(text):
        stem = (match["stem"] or match["bare"] or match["bare2"] or "").lower().rstrip("e")
        value = 2 if match["twice"] else _FOLD.get(stem) or number(match["factor"] or match["fold"] or "")
        if value is not None:
            start, rel = _qualifier(text, match.start(), False)
            yield Quantity(start, match.end(), float(value), rel, "times", "times", None, match.start(), match.end())
