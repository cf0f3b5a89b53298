from math import inf

import pytest

from communique.records import Figure
from communique.reports.amounts import Interval, amount, compared, interval, meet, same_quantity, units


def figure(value: float, rel: str = "=", unit: str = "country", **more: object) -> Figure:
    return Figure(0, 1, "x", value, unit, rel, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rel", "value", "expected"),
    [
        (">", 150, Interval(150, inf, low_open=True)),
        (">=", 150, Interval(150, inf)),
        ("<", 30, Interval(27, 30, high_open=True)),
        ("<=", 30, Interval(0, 30)),
        ("~", 100, Interval(90, 110)),
        ("=", 36, Interval(36, 36)),
    ],
)
def test_words_allow_an_interval(rel: str, value: float, expected: Interval) -> None:
    found = interval(figure(value, rel))
    assert found[:2] == pytest.approx(expected[:2])
    assert found[2:] == expected[2:]


def test_a_range_allows_what_lies_in_it() -> None:
    assert interval(figure(2, value_high=4)) == Interval(2, 4)


def test_over_150_and_exactly_150_cannot_both_hold() -> None:
    assert not meet(interval(figure(150, ">")), interval(figure(150)))
    assert meet(interval(figure(150, ">=")), interval(figure(150)))
    assert meet(interval(figure(150, ">")), interval(figure(151)))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((figure(150, ">"), "2020-08-11"), (figure(150, ">"), "2021-01-03"), "consistent"),
        ((figure(90, when="2020"), "2020-08-11"), (figure(87, when="2020"), "2021-01-03"), "contradictory"),
        ((figure(90), "2021-01-03"), (figure(87), "2021-01-03"), "contradictory"),
        ((figure(90), "2020-01-03"), (figure(120), "2021-01-03"), "higher later"),
        ((figure(120), "2020-01-03"), (figure(90), "2021-01-03"), "lower later"),
    ],
)
def test_claims_compared(first: tuple[Figure, str], second: tuple[Figure, str], expected: str) -> None:
    assert compared([first, second]) == compared([second, first]) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (figure(220e9, ">", "mask"), "> 220 billion masks"),
        (figure(2.25e9, "=", "protective suit"), "2.25 billion protective suits"),
        (figure(50e6, "=", "USD"), "USD 50 million"),
        (figure(40, ">", "CEO"), "> 40 CEOs"),
        (figure(1700, ">", "tonne"), "> 1,700 tonnes"),
        (figure(30, "<", "percent"), "nearly 30 percent"),
        (figure(1, "=", "hospital"), "1 hospital"),
        (figure(2, "=", "USD", value_high=4), "USD 2 to 4"),
        (figure(0.5, "=", "percent"), "0.5 percent"),
    ],
)
def test_amount_as_printed(given: Figure, expected: str) -> None:
    assert amount(given) == expected


def test_units_in_the_plural() -> None:
    assert [units(unit) for unit in ("country", "medical team", "piece of equipment", "person", "country or organization", "bus")] == [
        "countries", "medical teams", "pieces of equipment", "people", "countries or organizations", "buses"
    ]  # fmt: skip
    assert [units(unit) for unit in ("serviceman", "human", "Roman", "life", "aircraft", "young woman")] == [
        "servicemen", "humans", "Romans", "lives", "aircraft", "young women"
    ]  # fmt: skip


def test_other_receivers_or_periods_are_other_quantities() -> None:
    masks = figure(5, unit="mask", of="masks sent to rural schools", receiver=("KEN",))
    assert same_quantity(masks, figure(9, unit="mask", of="masks for rural schools", receiver=("KEN",)))
    assert not same_quantity(masks, figure(9, unit="mask", of="masks sent to rural schools", receiver=("UGA",)))
    assert not same_quantity(figure(5, of="trade with Chile", when="2020"), figure(6, of="trade with Chile", when="2021"))


def test_a_bare_unit_does_not_make_two_counts_one() -> None:
    assert not same_quantity(figure(12e6, unit="job", of="jobs"), figure(3000, unit="job", of="jobs"))
    assert not same_quantity(figure(12, unit="USD", of="investment"), figure(30, unit="USD", of="investment"))
