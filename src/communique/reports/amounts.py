"""Figures as intervals: what "over 150" or "nearly 30 percent" allows, whether two claims can both hold, and how to print them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from math import inf
from typing import NamedTuple

from communique.records import Figure
from communique.reports.periods import bounds
from communique.vocabulary import currencies
from communique.vocabulary.units import counting

_ABOUT = 0.10  # "about" is read as plus or minus a tenth, "nearly" as at most a tenth short
_TELLING = 2  # words besides the unit that must agree
_SAME_WORDS = 0.75  # of the words of what is measured; two sums for one purpose share them, two purposes seldom do
_SIGN = {"=": "", ">": "> ", ">=": "≥ ", "<": "nearly ", "<=": "up to ", "~": "about "}
_SCALE = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


class Interval(NamedTuple):
    """Values a claim allows; an open end excludes its bound."""

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False


def interval(figure: Figure) -> Interval:
    """The values the words allow."""
    value = figure.value
    if figure.value_high is not None:
        return Interval(value, figure.value_high)
    match figure.rel:
        case ">":
            return Interval(value, inf, low_open=True)
        case ">=":
            return Interval(value, inf)
        case "<":
            return Interval(value * (1 - _ABOUT), value, high_open=True)
        case "<=":
            return Interval(0.0, value)
        case "~":
            return Interval(value * (1 - _ABOUT), value * (1 + _ABOUT))
        case _:
            return Interval(value, value)


def meet(one: Interval, other: Interval) -> bool:
    """Whether some value satisfies both."""
    low, high = max(one.low, other.low), min(one.high, other.high)
    if low != high:
        return low < high
    shut = any((part.low_open and part.low == low) or (part.high_open and part.high == high) for part in (one, other))
    return not shut


def compared(claims: Sequence[tuple[Figure, str | None]]) -> str:
    """What several claims of one quantity are to each other, given each with the date of its statement.

    "contradictory" is said only of the same stated period, or the same date of saying, with no value in
    common; at different dates a disjoint later claim is "higher later" or "lower later".
    """
    if len(claims) < 2:
        return ""
    ordered = sorted(claims, key=lambda claim: claim[1] or "")
    verdicts = {_pair(one, other) for place, one in enumerate(ordered) for other in ordered[place + 1 :]}
    for verdict in ("contradictory", "lower later", "higher later"):
        if verdict in verdicts:
            return verdict
    return "consistent"


def _pair(one: tuple[Figure, str | None], other: tuple[Figure, str | None]) -> str:
    (first, said), (second, later) = one, other
    if meet(interval(first), interval(second)):
        return "consistent"
    same_period = first.when == second.when if first.when and second.when else said == later
    if same_period:
        return "contradictory"
    return "higher later" if interval(second).low >= interval(first).high else "lower later"


def number(value: float) -> str:
    """1700 as "1,700", 2.25e9 as "2.25 billion"."""
    for scale, word in _SCALE:
        if abs(value) >= scale:
            scaled = value / scale
            return f"{scaled:,.3f}".rstrip("0").rstrip(".") + f" {word}"
    return f"{value:,.3f}".rstrip("0").rstrip(".") if value % 1 else f"{int(value):,}"


def amount(figure: Figure, plural: bool = True) -> str:
    """The claim as it goes into a table: sign, number, unit ("> 220 billion masks", "USD 50 million", "nearly 30 percent")."""
    told = number(figure.value)
    if figure.value_high is not None:
        told = f"{told} to {number(figure.value_high)}"
    sign = _SIGN.get(figure.rel, "")
    if is_money(figure.unit):
        return f"{sign}{figure.unit} {told}".strip()
    many = figure.value != 1 or figure.value_high is not None
    return f"{sign}{told} {units(figure.unit) if many and plural else figure.unit}".strip()


def is_money(unit: str) -> bool:
    """Whether the unit is an ISO currency code that the vocabulary knows."""
    return unit in _codes()


@cache
def _codes() -> frozenset[str]:
    return frozenset(row["code"] for row in currencies.rows())


_MAN = re.compile(r"^[a-z]*(?<!hu)man$")  # "fisherman", no "human"


@cache
def _irregular() -> dict[str, str]:
    """Plurals by their singular, as the vocabulary has them."""
    known = {singular: plural for plural, singular in counting().irregular.items() if plural[:2] == singular[:2]}
    return known | {"person": "people", "people": "people", "percent": "percent", "times": "times"}


def units(unit: str) -> str:
    """The counted noun in the plural: "countries", "medical teams", "pieces of equipment"."""
    head, sep, rest = unit.partition(" of ")
    if " or " in head:
        return " or ".join(units(part) for part in head.split(" or ")) + sep + rest
    stem, space, last = head.rpartition(" ")
    return stem + space + _plural(last) + sep + rest


def _plural(noun: str) -> str:
    if noun in _irregular() or not noun.isascii():
        return _irregular().get(noun, noun)
    if _MAN.search(noun):
        return noun[:-2] + "en"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    if noun.endswith(("ch", "sh", "ss", "x", "z")):
        return noun + "es"
    return noun if noun.endswith("s") or not noun else noun + "s"


def same_quantity(one: Figure, other: Figure) -> bool:
    """Whether two claims speak of one quantity: unit, giver, receiver, period and the words of what is measured."""
    if one.unit != other.unit or set(one.giver) != set(other.giver) or set(one.receiver) != set(other.receiver):
        return False
    if one.when and other.when and bounds(one.when) != bounds(other.when):
        return False
    first, second = (_words(each.of) - _words(each.unit) for each in (one, other))  # "jobs" of jobs says nothing of which
    common = len(first & second)
    return common >= _TELLING and common / min(len(first), len(second)) >= _SAME_WORDS


_SMALL = frozenset("a an the of to in for and or with from by on at as its their our".split())


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip(".,;:\"'").rstrip("s") for word in text.lower().split()) - _SMALL
