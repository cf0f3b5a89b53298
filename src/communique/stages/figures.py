"""Figures: every quantity the statement claims, with what it counts, who gives it to whom, and when.

A number counts when a noun, a currency or a percent sign says of what; see ``language.numbers`` for what is left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from communique.language import dates, nouns, numbers
from communique.language.numbers import Quantity
from communique.records import Act, Assertion, Event, Figure, Mention, Passage, Role, Statement

_BARE = frozenset({0.0, 1.0, 2.0})  # "the two sides", "zero emissions": no claim of a quantity
_NO_FIGURE = frozenset({"way", "question", "thing", "sdg", "goal", "reason", "lesson", "time", "moment", "word", "degree", "point"})
_SCHEMES = frozenset({"theme", "principle", "perspective", "dimension", "aspect", "element", "component", "leader", "side", "party", "stage", "step", "track"})
_EQUIVALENT = re.compile(r"\s?(?:\(|or |, or |/|\(or |\(about |\(equivalent to )\s?")
_WHOLE = 5  # words of a whole quoted with its share; marked shares quote short wholes and leave long ones out
_DEED = re.compile(r"(?:double|triple|quadruple)(?:\s(?:our|its|their|the))?(?:\s(?!(?:of|to|in|for|by|and|from|over|with|or)\b)[a-z-]+){1,3}")
_POPULATION = re.compile(r"(?:a |the )?population of (?:\w+ (?:than |to )?)?$")
_CARRY = re.compile(r"(?:[,.;]|$|\s(?:in|have|are|were|and|from|to|by|others?)\b)")
_TOP = re.compile(r"\b(?:top|Top)\s$")
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
    before = (previous.start, previous.end) if previous else None
    for shape in _shapes(sentence, numbers.find(sentence, side)):
        quantity = shape.quantity
        start, end = passage.start + shape.start, passage.start + shape.end
        around = _enclosing(assertions, start, end)
        giver, receiver = _transfer(text, around, mentions, start, end) if around else ((), ())
        yield Figure(
            start=start, end=end, quote=text[start:end], value=quantity.value, unit=shape.unit, rel=quantity.rel,
            value_high=quantity.high, of=_of(sentence, shape), giver=giver, receiver=receiver,
            when=dates.when_of(text, (start, end), (passage.start, passage.end), before, statement.date),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Shape:
    """A quantity with the words quoted for it and the unit they give."""

    quantity: Quantity
    start: int
    end: int
    unit: str


def _shapes(sentence: str, quantities: Sequence[Quantity]) -> Iterator[_Shape]:
    """The quantities that the sentence says what they are of; one unit may serve a number further on."""
    last: _Shape | None = None
    for quantity in quantities:
        shape = _counted(sentence, quantity) if quantity.kind == "count" else _measured(sentence, quantity, last)
        if shape is None and quantity.kind == "count":
            shape = _carried(sentence, quantity, last)
        if shape is not None:
            last = shape
            yield shape


def _counted(sentence: str, quantity: Quantity) -> _Shape | None:
    """A count with its noun."""
    if quantity.value in _BARE or _TOP.search(sentence[: quantity.core]):
        return None
    if quantity.value < 10 and _POINTING.search(sentence[: quantity.core]):
        return None
    noun = nouns.counted(sentence, quantity.end)
    if noun is None or noun.head.lower() in _NO_FIGURE or (quantity.value < 10 and noun.head.lower() in _SCHEMES):
        return None
    return _Shape(numbers.counted(quantity, True), quantity.start, noun.end, noun.unit)


def _measured(sentence: str, quantity: Quantity, last: _Shape | None) -> _Shape:
    """Money, a share or a measure: the quote of a share runs on to its whole."""
    settled = numbers.counted(quantity, False)
    if quantity.kind == "percent" and (whole := nouns.whole(sentence, quantity.end)) is not None:
        whole = whole if sentence.count(" ", quantity.end, whole) <= _WHOLE else quantity.end
        return _Shape(settled, quantity.start, whole, quantity.unit)
    if quantity.kind == "times" and (deed := _DEED.match(sentence, quantity.start)) is not None:
        return _Shape(settled, quantity.start, deed.end(), quantity.unit)
    same = last is not None and quantity.kind == "money" and last.quantity.kind == "money" and last.unit != quantity.unit
    if same and last is not None and _EQUIVALENT.fullmatch(sentence, last.end, quantity.start) and quantity.rel == "=":
        settled = replace(settled, rel=last.quantity.rel if last.quantity.rel == "<=" else "=")
    return _Shape(settled, quantity.start, quantity.end, quantity.unit)


def _carried(sentence: str, quantity: Quantity, last: _Shape | None) -> _Shape | None:
    """"killed 1,700 people and displaced over 8 million": a large number without a noun counts what the last one counted."""
    population = _POPULATION.search(sentence[: quantity.start])
    if population is not None and quantity.value >= 1000:
        return _Shape(numbers.counted(quantity, True), population.start(), quantity.end, "person")
    if last is None or last.quantity.kind != "count" or quantity.value < 1000 or not _CARRY.match(sentence, quantity.end):
        return None
    return _Shape(numbers.counted(quantity, True), quantity.start, quantity.end, last.unit)


def _enclosing(assertions: Sequence[Assertion], start: int, end: int) -> Assertion | None:
    """The assertion whose words hold the figure."""
    return next((one for one in assertions if one.start <= start and end <= one.end), None)


_GIVES = re.compile(
    r"\b(?:provid|giv|gave|donat|contribut|allocat|commit|pledg|invest|deliver|sen[dt]|spen[dt]|mobili[sz]|deploy|grant|financ|fund|offer|ship|suppl|train"
    r"|disburs|earmark|resettl|announc|award|assist|make available|made available|lend|loan|transfer)\w*",
    re.IGNORECASE,
)
_TO = re.compile(r"\b(?:to|for)\s(?:the\s|our\s|its\s|other\s|help\s|support\s|assist\s|people in\s)*$")
_TO_WHOM = re.compile(r"\b(?:provid|giv|gave|assist|suppl|offer|help|grant|award|lend)\w*\s(?:the\s|our\s)?$", re.IGNORECASE)


def _transfer(
    text: str, assertion: Assertion, mentions: Sequence[Mention], start: int, end: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Giver and receiver where the deed hands something over: the actor gives, "to X" or "X with" receives."""
    if assertion.act in (Act.POSITION, Act.APPEAL) or not _GIVES.search(text, assertion.start, start):
        return (), ()
    if assertion.event not in (Event.AID, Event.COOPERATE, Event.NONE):
        return (), ()
    first = bisect_left([mention.start for mention in mentions], assertion.start)
    for mention in mentions[first:]:
        if mention.start > assertion.end:
            break
        if mention.start >= end and mention.start - end < 160 and _TO.search(text[max(end, mention.start - 24) : mention.start]):
            return assertion.actors, mention.codes
        if mention.end <= start and _TO_WHOM.search(text[max(assertion.start, mention.start - 16) : mention.start]):
            return assertion.actors, mention.codes
    shown = {code for mention in mentions if start <= mention.start < end for code in mention.codes}
    targets = tuple(code for code in assertion.targets if code not in shown) if assertion.event is Event.AID else ()
    return assertion.actors, targets if len(targets) == 1 else ()


_COMPLEMENT = re.compile(r"\s(?P<words>(?:of|in|for|to|with|from|on)\s[^,.;:()\n“”\"]+)")
_BEFORE = re.compile(r"(?P<words>[^,.;:()\n“”\"—]+?)\s(?:of|by|to|at|reach\w*|was|were|is|are|has been|have been|amounts? to|amounting to|totall?ing)\s(?:an?\s|the\s)?$")
_RELATED = re.compile(r"(?P<words>(?:\s[A-Za-z’'-]+){1,3}\s(?:with|to|in|for|from|by)\s)$")
_BREAK = re.compile(r"\s(?:and|or|but|which|that|who|while|with a view)\s")


def _of(sentence: str, shape: _Shape) -> str:
    """What is measured, in at most eight words of the text: the noun and what completes it, else what stands before the number."""
    complement = _COMPLEMENT.match(sentence, shape.end)
    words = _BREAK.split(complement["words"])[0].removeprefix("of ").split() if complement else []
    if shape.quantity.kind == "count":
        noun = sentence[shape.quantity.number_end : shape.end].split()
        if len(noun) == 1 and complement is None and (before := _RELATED.search(sentence[: shape.start])) is not None:
            return before["words"].lstrip() + sentence[shape.start : shape.end]
        return " ".join([*noun, *(complement["words"].split() if complement else [])][:8]) if noun else " ".join(words[:8])
    if words:
        return " ".join(words[:8])
    following = nouns.counted(sentence, shape.end, one=True)
    if following is not None and shape.quantity.kind == "money":
        return sentence[following.start : following.end].strip()
    before = _BEFORE.search(sentence[: shape.start])
    return " ".join(before["words"].split()[-8:]) if before else ""
