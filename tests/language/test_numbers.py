"""Quantities: what each text states, and that a number is never read at the wrong size."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from communique.language import nouns, numbers
from communique.language.numerals import number, numerals

# text | side | quote | value (low..high) | rel | unit
CASES = """
Norway gave over 12 million doses to its partners            |     | over 12 million                  | 12e6        | >  |
Kenya received 1,700 tonnes                                  |     | 1,700                            | 1700        | =  |
They housed 840.000 families                                 |     | 840.000                          | 840         | =  |
A line of 10 000 troops                                      |     | 10 000                           | 10000       | =  |
Some 1,25,000 farmers                                        |     | Some 1,25,000                    | 125000      | ~  |
thirty-six ships                                             |     | thirty-six                       | 36          | =  |
two hundred and fifty schools                                |     | two hundred and fifty            | 250         | =  |
half a billion vaccines                                      |     | half a billion                   | 5e8         | =  |
a half a billion doses                                       |     | a half a billion                 | 5e8         | =  |
17 more million doses                                        |     | 17 more million                  | 17e6        | =  |
a half-million homes                                         |     | a half-million                   | 5e5         | =  |
more than one and a half billion people                      |     | more than one and a half billion | 1.5e9       | >  |
nearly two-thirds of exports                                 |     | nearly two-thirds                | 66.7        | <  | percent
one in five girls                                            |     | one in five                      | 20          | =  | percent
Seven out of ten deaths                                      |     | Seven out of ten                 | 70          | =  | percent
almost half of all aid                                       |     | almost half                      | 50          | <  | percent
up to about 80% of tests                                     |     | up to about 80%                  | 80          | <= | percent
by 2.5 percentage points                                     |     | 2.5 percentage points            | 2.5         | =  | percentage point
between 5 and 7 per cent                                     |     | between 5 and 7 per cent         | 5..7        | =  | percent
10 to 15 million people                                      |     | 10 to 15 million                 | 10e6..15e6  | =  |
some 1,600-1,700 factories                                   |     | some 1,600-1,700                 | 1600..1700  | ~  |
cut them by 60 to 75 percent                                 |     | 60 to 75 percent                 | 60..75      | =  | percent
50-52 percent by then                                        |     | 50-52 percent                    | 50..52      | =  | percent
at least $86 million                                         |     | at least $86 million             | 86e6        | >= | USD
at least $86 million                                         | AUS | at least $86 million             | 86e6        | >= | AUD
A$5m and no more                                             |     | A$5m                             | 5e6         | =  | AUD
US$ 112.9 million                                            | AUS | US$ 112.9 million                | 112.9e6     | =  | USD
50 million US dollars                                        | AUS | 50 million US dollars            | 50e6        | =  | USD
RMB 2 billion                                                |     | RMB 2 billion                    | 2e9         | =  | CNY
Rs. 15,600 million                                           | LKA | Rs. 15,600 million               | 15.6e9      | =  | LKR
Rs. Million 350                                              | LKA | Rs. Million 350                  | 350e6       | =  | LKR
3 crore rupees                                               | IND | 3 crore rupees                   | 3e7         | =  | INR
one billion Danish kroner                                    |     | one billion Danish kroner        | 1e9         | =  | DKK
over 170 billion Japanese yen                                |     | over 170 billion Japanese yen    | 170e9       | >  | JPY
TSh1.3 trillion a month                                      |     | TSh1.3 trillion                  | 1.3e12      | =  | TZS
USD 2.5-4.0 trillion                                         |     | USD 2.5-4.0 trillion             | 2.5e12..4e12| =  | USD
€750 million                                                 |     | €750 million                     | 750e6       | =  | EUR
£1.2bn                                                       |     | £1.2bn                           | 1.2e9       | =  | GBP
EUR 500 million                                              |     | EUR 500 million                  | 5e8         | =  | EUR
around 80 bcm                                                |     | around 80 bcm                    | 80e9        | ~  | cubic meter
at least 25 MMT of grain                                     |     | at least 25 MMT                  | 25e6        | >= | metric ton
1.5 degrees Celsius                                          |     | 1.5 degrees Celsius              | 1.5         | =  | degree Celsius
three times larger                                           |     | three times                      | 3           | =  | times
trade more than doubled, they said                           |     | more than doubled                | 2           | >  | times
trade has grown 25 times since then                          |     | 25 times                         | 25          | =  | times
a 3x rise in wind power                                      |     | 3x                               | 3           | =  | times
the plan is four times oversubscribed                        |     | four times                       | 4           | =  | times
growth is twice the average                                  |     | twice                            | 2           | =  | times
MK9.5 billion in taxes                                       | MWI | MK9.5 billion                    | 9.5e9       | =  | MWK
4.1 trillion sum in taxes                                    | UZB | 4.1 trillion sum                 | 4.1e12      | =  | UZS
1.7 billion Kyrgyz som                                       | TUR | 1.7 billion Kyrgyz som           | 1.7e9       | =  | KGS
some 120,000 t of onions                                     |     | some 120,000 t                   | 120e3       | ~  | tonne
twenty-three and a half million people                       |     | twenty-three and a half million  | 23.5e6      | =  |
three point four billion dollars                             |     | three point four billion dollars | 3.4e9       | =  | USD
less than half a percent of trade                            |     | less than half a percent         | 0.5         | <  | percent
nearly nine cases out of ten                                 |     | nearly nine cases out of ten     | 90          | <  | percent
RM1mil for roads                                             | MYS | RM1mil                           | 1e6         | =  | MYR
8.186 million visitors                                       |     | 8.186 million                    | 8186000     | =  |
40 or more delegations                                       |     | 40 or more                       | 40          | >= |
300-plus members                                             |     | 300-plus                         | 300         | >  |
as many as 41 million people                                 |     | as many as 41 million            | 41e6        | <= |
no fewer than 12 ministers                                   |     | no fewer than 12                 | 12          | >= |
a population of 1.3 billion                                  |     | a population of 1.3 billion      | 1.3e9       | =  | person
"""


def rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(part.strip() for part in line.split("|")) for line in table.strip().splitlines()]


@pytest.mark.parametrize("row", rows(CASES), ids=lambda row: f"{row[0]} {row[1]}".strip())
def test_a_quantity_is_read_with_its_qualifier_and_unit(row: tuple[str, ...]) -> None:
    text, side, quote, value, rel, unit = row
    (found,) = numbers.find(text, side)
    low, _, high = value.partition("..")
    assert text[found.start : found.end] == quote
    assert (found.value, found.high) == (float(low), float(high) if high else None)
    assert (found.rel, found.unit) == (rel, unit)


NO_QUANTITY = [
    "in 2020 and since 1949", "Article 5 of the treaty", "resolution 2231 (2015)", "on 11 March 2021", "March 11-13", "the 75th session",
    "at 10:30 a.m.", "5G, G7 and COVID-19", "a 10-year plan", "for three decades", "aged 15", "16 years old", "Sec. 907", "the F-16 fleet",
    "A/76/PV.4", "2+2 talks", "a third party", "the second half of the year", "the 21 st century", "No. 5", "Phase 2 of the deal",
    "\n1. Trade\n2) Health", "2016-17", "tel. +94 11 232", "net-zero", "someone", "phone 555-1234", "the last quarter of 2023",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_QUANTITY)
def test_dates_names_and_references_are_no_quantity(text: str) -> None:
    assert [text[one.start : one.end] for one in numbers.find(text)] == []


def test_from_and_to_are_two_values_not_a_range() -> None:
    assert [one.value for one in numbers.find("it fell from 28% to 25%")] == [28, 25]


def test_a_sum_given_twice_has_one_ceiling() -> None:
    assert [(one.value, one.unit, one.rel) for one in numbers.find("up to C$7.5 million (US$5.6 million)")] == [
        (7.5e6, "CAD", "<="), (5.6e6, "USD", "<="),
    ]  # fmt: skip


def test_a_point_before_three_digits_is_a_thousand_only_of_things() -> None:
    (quantity,) = numbers.find("they lost 1.700 homes")
    assert numbers.counted(quantity, True).value == 1700
    (quantity,) = numbers.find("by 1.700 percent")
    assert numbers.counted(quantity, False).value == 1.7


SINGULARS = {
    "countries": "country", "masks": "mask", "buses": "bus", "people": "person", "women": "woman", "lives": "life", "entities": "entity",
    "police": "police", "Chinese": "Chinese", "houses": "house", "taxes": "tax", "boxes": "box", "matches": "match", "glasses": "glass",
    "vessels": "vessel", "personnel": "personnel", "States": "State", "Israelis": "Israeli", "businessmen": "businessman",
}  # fmt: skip


@pytest.mark.parametrize(("plural", "one"), SINGULARS.items())
def test_singular(plural: str, one: str) -> None:
    assert nouns.singular(plural) == one


UNITS = {
    "36 medical teams to 34 countries": "medical team", "19 new Pacific Patrol Boats": "Pacific Patrol Boat",
    "7 safe and effective vaccines": "vaccine",
    "over 100,000 of our most vulnerable citizens": "citizen", "12 Chilean firefighters": "firefighter", "25 men and women": "person",
    "150 countries and international organizations": "country or international organization", "13 Heads of State": "head of state",
    "6 private sector companies": "private sector company", "21 other staff members": "staff member",
    "18 new rural bridges": "rural bridge",
    "193 Member States": "Member State", "8 million displaced persons": "displaced person",
}  # fmt: skip


@pytest.mark.parametrize(("text", "unit"), UNITS.items())
def test_the_counted_noun_is_singular_with_what_belongs_to_it(text: str, unit: str) -> None:
    (quantity, *_) = numbers.find(text)
    noun = nouns.counted(text, quantity.end)
    assert noun is not None
    assert noun.unit == unit


# ------------------------------------------------------------------------------------------------------ properties

ONES = ["", *"one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()]
ONES += "seventeen eighteen nineteen".split()
TENS = ["", "", *"twenty thirty forty fifty sixty seventy eighty ninety".split()]


def in_words(value: int, joined: bool) -> str:
    """English words for a whole number, with or without "and"."""
    for size, name in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if value >= size:
            rest = value % size
            tail = f"{' and ' if joined and size == 100 else ' '}{in_words(rest, joined)}" if rest else ""
            return f"{in_words(value // size, joined)} {name}{tail}"
    return ONES[value] if value < 20 else TENS[value // 10] + (f"-{ONES[value % 10]}" if value % 10 else "")


@given(some.integers(min_value=1, max_value=10**15 - 1), some.booleans())
def test_numbers_in_words_come_back_the_same(value: int, joined: bool) -> None:
    assert number(in_words(value, joined)) == value


@given(some.integers(min_value=0, max_value=10**15), some.sampled_from([",", " ", "\u00a0", "\u202f"]))
def test_grouped_digits_come_back_the_same(value: int, mark: str) -> None:
    (found,) = numbers.find(f"they sent over {value:,} tonnes".replace(",", mark))
    assert found.value == value
    assert found.rel == ">"


@given(
    some.integers(min_value=1, max_value=9999),
    some.integers(min_value=0, max_value=99),
    some.sampled_from([("thousand", 10**3), ("million", 10**6), ("bn", 10**9), ("billion", 10**9), ("trillion", 10**12), ("crore", 10**7)]),
    some.sampled_from(
        [("$", "", "USD"), ("€", "", "EUR"), ("", " US dollars", "USD"), ("RMB ", "", "CNY"), ("", " euros", "EUR"), ("C$", "", "CAD")]
    ),
)
def test_money_is_never_wrong_in_magnitude(whole: int, cents: int, size: tuple[str, int], money: tuple[str, str, str]) -> None:
    text = f"pledged {money[0]}{whole}.{cents:02d} {size[0]}{money[1]} to the fund"
    (found,) = numbers.find(text)
    assert found.unit == money[2]
    assert found.value == pytest.approx((whole + cents / 100) * size[1], rel=1e-12)
    assert text[found.start : found.end] == text.removeprefix("pledged ").removesuffix(" to the fund")


@given(some.text(alphabet="0123456789.,- %$€abcdonetwhubilmr\n’'–()", max_size=80))
def test_any_text_is_read_without_fault_and_in_order(text: str) -> None:
    found = numbers.find(text)
    assert all(0 <= one.start <= one.core < one.end <= len(text) for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)


@pytest.mark.parametrize("piece", ["1,111", "1.111.", "111 ", "twenty-", "one and a ", "2020-", "$1 ", "99999999999", "million "])
def test_cost_grows_with_length_alone(piece: str) -> None:
    def seconds(size: int) -> float:
        start = time.process_time()
        numbers.find(piece * (size // len(piece)))
        return time.process_time() - start

    seconds(100)
    assert seconds(40_000) < 12 * seconds(10_000) + 0.2


def test_a_dump_of_digits_is_no_number() -> None:
    assert not list(numerals("7" * 10_000_000))


def test_a_number_times_a_number_is_no_multiple() -> None:
    assert [one.kind for one in numbers.find("a plant of 2 x 500 megawatts")] == ["count", "count"]
