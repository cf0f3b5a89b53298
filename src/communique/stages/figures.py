"""Figures: every quantity the statement claims, with what it counts, who gives it to whom, and when.

A number counts when a noun, a currency or a percent sign says of what; see ``language.numbers`` for what is left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from communique.language import dates, nouns, numbers
from communique.language.numbers import Quantity
from communique.records import Act, Assertion, Event, Figure, Mention, Passage, Role, Statement

_OF = re.compile(r"\s(?:of|in|for|to)\s(?:the\s|its\s|our\s|their\s)?(?P<words>[^,.;:()\n“”\"]+)")
_BARE = frozenset({0.0, 1.0, 2.0})  # "the two sides", "zero emissions": no claim of a quantity
_POINTING = re.compile(r"(?:\b(?:the|our|these|those|all|both|its|their|your|last|next|first|past)\s)$", re.IGNORECASE)  # "the three leaders"


def figures(
    statement: Statement, passages: Sequence[Passage], mentions: Sequence[Mention], assertions: Sequence[Assertion]
) -> tuple[Figure, ...]:
    """The figures of the body of a statement, in the order of the text."""
    side = statement.issuers[0] if len(statement.issuers) == 1 else ""
    found: list[Figure] = []
    previous: Passage | None = None
    for passage in passages:
        if passage.role is not Role.BODY:
            continue
        found.extend(_sentence(statement, passage, previous, mentions, assertions, side))
        previous = passage
    return tuple(found)


def _sentence(
    statement: Statement,
    passage: Passage,
    previous: Passage | None,
    mentions: Sequence[Mention],
    assertions: Sequence[Assertion],
    side: str,
) -> Iterator[Figure]:
    text = statement.text
    sentence = text[passage.start : passage.end]
    for quantity in numbers.find(sentence, side):
        shape = _shape(sentence, quantity)
        if shape is None:
            continue
        quantity, end, unit = shape
        start, end = passage.start + quantity.start, passage.start + end
        around = _enclosing(assertions, start, end)
        giver, receiver = _transfer(text, around, mentions, end, passage.end) if around else ((), ())
        yield Figure(
            start=start, end=end, quote=text[start:end], value=quantity.value, unit=unit, rel=quantity.rel, value_high=quantity.high,
            of=_of(sentence, end - passage.start), giver=giver, receiver=receiver,
            when=dates.when_of(text, (start, end), (passage.start, passage.end), (previous.start, previous.end) if previous else None, statement.date),
        )  # fmt: skip


def _shape(sentence: str, quantity: Quantity) -> tuple[Quantity, int, str] | None:
    """The quantity settled by its noun, where the quote ends, and the unit; None when nothing says what it counts."""
    if quantity.kind != "count":
        return numbers.counted(quantity, False), quantity.end, quantity.unit
    noun = nouns.counted(sentence, quantity.end, one=quantity.value == 1)
    if noun is None:
        return None
    if quantity.value in _BARE or (quantity.value < 10 and _POINTING.search(sentence[: quantity.core])):
        return None
    return numbers.counted(quantity, True), noun.end, noun.unit


def _enclosing(assertions: Sequence[Assertion], start: int, end: int) -> Assertion | None:
    """The assertion whose words hold the figure."""
    return next((one for one in assertions if one.start <= start and end <= one.end), None)


def _transfer(
    text: str, assertion: Assertion, mentions: Sequence[Mention], end: int, stop: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Giver and receiver where the deed hands something over: the actor gives, "to X" receives."""
    if assertion.event is not Event.AID or assertion.act in (Act.POSITION, Act.APPEAL):
        return (), ()
    index = bisect_right([mention.start for mention in mentions], end)
    for mention in mentions[index:]:
        if mention.start >= min(stop, end + 160):
            break
        if re.search(r"\b(?:to|for)\s(?:the\s|our\s|its\s|other\s|more than\s|over\s)?$", text[max(end, mention.start - 20) : mention.start]):
            return assertion.actors, mention.codes
    return assertion.actors, assertion.targets


def _of(sentence: str, end: int) -> str:
    """What is measured, in at most eight words of the text."""
    match = _OF.match(sentence, end)
    return " ".join(match["words"].split()[:8]) if match else ""
