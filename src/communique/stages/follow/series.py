"""Figures followed through time: one series a giver, receiver, thing and unit, and the figures that cannot both be true.

    >150 countries (2020-08-11), >150 countries (2021-01-03)                   one series, consistent
    =50000000 USD to WHO; "provided funding to WHO"                            nothing to contradict: no second figure
    =2000000000 USD pledged; =2000000000 USD disbursed                         two stages of one sum, never added
    =13 tonne delivered in 2021; =21 tonne delivered in 2021, same scope       contradiction, shown with both quotes

Hedges are intervals: "over 150" (150, inf), "nearly 30 percent" [27, 30), "about" plus or minus ten percent, "up to" [0, x]; a bare number
of thousands, millions or more is good to half a unit of its last stated digit. Running totals, new sums and ceilings are kept apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import inf
from typing import Literal

from communique.records import Act, Assertion, Figure, Kept
from communique.stages.follow.cues import cues, has
from communique.stages.follow.words import words

__all__ = ["Contradiction", "Point", "Series", "interval", "series"]

_SCALE = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_MAGNITUDE = re.compile(r"\d(?:\.(?P<part>\d+))?[ -](?P<scale>thousand|million|billion|trillion)\b", re.IGNORECASE)
Kind = Literal["stated", "total", "new", "ceiling"]
_NEARLY = re.compile(r"\b(?:nearly|almost|close to|just under|not quite|just below)\b", re.IGNORECASE)
_GIVEN = re.compile(
    r"\b(?:provid|donat|deliver|disburs|sent|shipp|contribut|spent|paid|gave|given|transferr|invest|suppl)\w*", re.IGNORECASE
)
_PROMISED = re.compile(r"\b(?:will|pledg\w+|commit\w*|announc\w+|promis\w+|plans?|intends?|shall|up to)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of a series: its interval, what kind of count it is, how far it has got, and where it stands."""

    figure: Kept
    low: float
    high: float
    kind: Kind
    stage: Literal["pledged", "delivered", ""]
    when: str | None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two figures of one unit, period, scope, kind and stage whose intervals do not meet."""

    first: Point
    second: Point


@dataclass(frozen=True, slots=True)
class Series:
    """What is said of one quantity, in the order it was said."""

    giver: tuple[str, ...]
    receiver: tuple[str, ...]
    thing: str
    unit: str
    points: tuple[Point, ...]
    contradictions: tuple[Contradiction, ...] = ()


def interval(figure: Figure) -> tuple[float, float]:
    """The values a hedged figure allows."""
    value = figure.value
    if figure.value_high is not None:
        return value, figure.value_high
    if figure.rel in (">", ">="):
        return value, inf
    if figure.rel == "<=":
        return 0.0, value
    if figure.rel == "<":
        return (0.9 * value, value) if _NEARLY.search(figure.quote) else (0.0, value)
    slack = abs(value) * 0.1 if figure.rel == "~" else _half_digit(figure.quote)
    return value - slack, value + slack


def _half_digit(quote: str) -> float:
    """Half a unit of the last digit that a number with a word of magnitude states: 13 billion is good to 0.5 billion, "87" is exact."""
    stated = _MAGNITUDE.search(quote)
    if stated is None:
        return 0.0
    return 0.5 * _SCALE[stated["scale"].lower()] * 10.0 ** -len(stated["part"] or "")


def series(figures: Iterable[Kept], assertions: Iterable[Kept] = ()) -> tuple[Series, ...]:
    """Every series of the figures; ``assertions`` tell what was pledged and what delivered."""
    told = _clauses(assertions)
    rows: dict[tuple[tuple[str, ...], tuple[str, ...], str, str], list[Point]] = defaultdict(list)
    for each in sorted(figures, key=lambda kept: (kept.date or "", kept.doc, kept.item.start, kept.id)):
        if isinstance(figure := each.item, Figure):
            rows[(figure.giver, figure.receiver, thing(figure), figure.unit)].append(_point(each, figure, told))
    return tuple(Series(*key, tuple(points), tuple(_contradictions(points))) for key, points in sorted(rows.items()))


def thing(figure: Figure) -> str:
    """What is counted, in the stems of its words: the same whether "medical masks" or "masks, medical"."""
    stems = [stem for stem in words(figure.of or figure.unit).stems if not stem.isdigit()]
    return " ".join(sorted(dict.fromkeys(stems)))


def _clauses(assertions: Iterable[Kept]) -> Mapping[str, Sequence[Assertion]]:
    found: dict[str, list[Assertion]] = defaultdict(list)
    for each in assertions:
        if isinstance(each.item, Assertion):
            found[each.doc].append(each.item)
    return found


def _point(kept: Kept, figure: Figure, told: Mapping[str, Sequence[Assertion]]) -> Point:
    around = [one for one in told.get(kept.doc, ()) if one.start <= figure.start and figure.end <= one.end]
    clause = min(around, key=lambda one: one.end - one.start) if around else None
    words_around = clause.quote if clause else figure.quote
    stage: Literal["pledged", "delivered", ""] = ""
    if (clause and clause.act is Act.COMMITMENT) or _PROMISED.search(words_around):
        stage = "pledged"
    elif _GIVEN.search(words_around):
        stage = "delivered"
    said = cues(words_around)
    kind: Kind = "ceiling" if figure.rel == "<=" else "new" if has(said, "more") else "total" if has(said, "total") else "stated"
    return Point(kept, *interval(figure), kind, stage, figure.when or (clause.when if clause else None))


def _contradictions(points: Sequence[Point]) -> Iterable[Contradiction]:
    for first, second in combinations(points, 2):
        same = (first.kind, first.stage) == (second.kind, second.stage) and first.kind in ("stated", "total")
        period = first.when == second.when and (first.when is not None or first.figure.date == second.figure.date)
        apart = first.high < second.low or second.high < first.low
        if same and period and apart and first.figure.doc != second.figure.doc:
            yield Contradiction(first, second)
