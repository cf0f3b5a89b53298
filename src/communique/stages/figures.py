"""Figures: every quantity the statement claims, with what it counts, who gives it to whom, and when.

A number counts when a noun, a currency or a percent sign says of what; see ``language.numbers`` for what is left out.
A reader with weights may doubt a number in words: "three pillars" is written like "three clinics", and only the second is a claim.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from communique.language import dates, elliptic, lists, nouns, numbers
from communique.language.numbers import Quantity
from communique.language.places import Places
from communique.records import Act, Assertion, Event, Figure, Mention, Passage, Role, Statement
from communique.vocabulary.units import counting

Doubts = Callable[[int, int], bool]  # whether a reader doubts that the number at text[start:end] is a claim

_BARE = frozenset({0.0, 1.0, 2.0})  # "the two sides", "zero emissions": no claim of a quantity
_WHOLE = 5  # words of a whole quoted with its share; marked shares quote short wholes and leave long ones out
_PEOPLE = re.compile(r"\s(?:people|persons|inhabitants|souls|citizens)\b")
_DEED = re.compile(
    r"(?:double|triple|quadruple)(?:\s(?:our|its|their|the))?(?:\s(?!(?:of|to|in|for|by|and|from|over|with|or)\b)[a-z-]+){1,3}"
)
_ADDRESS = re.compile(r"\s(?:Boulevard|Street|Road|Avenue|Lane|Drive|Square|Place)\b")
_TOP = re.compile(r"\b(?:top|Top|Group of(?: the)?)\s$")  # "the top ten banks", "the Group of Seven countries"
# "the three leaders": a number that points back.
_POINTING = re.compile(r"\b(?:the|our|these|those|all|both|its|their|your|last|next|first|past)\s$", re.IGNORECASE)


def figures(
    statement: Statement,
    passages: Sequence[Passage],
    mentions: Sequence[Mention],
    assertions: Sequence[Assertion],
    doubts: Doubts | None = None,
) -> tuple[Figure, ...]:
    """The figures of the body of a statement, in the order of the text; numbers in words not where the reader ``doubts`` them."""
    places = Places(mentions, assertions)
    marks = _paragraph_marks(statement.text, passages)
    found: list[Figure] = []
    before: list[str] = []
    for passage in passages:
        if passage.role is Role.BODY:
            here = list(_sentence(statement, places, passage, before, marks, doubts))
            before = [one.unit for one in here]
            found.extend(here)
    return tuple(found)


_DIGIT = re.compile(r"\d")
_MARK = re.compile(r"\s*(\d{1,3})\s+(?=[A-Z“\"(])")


def _paragraph_marks(text: str, passages: Sequence[Passage]) -> frozenset[int]:
    """Where the numbers of paragraphs stand ("3 Water connects all countries."): they open sentences, one after another."""
    matches = (_MARK.match(text, passage.start) for passage in passages)
    found = [(match.start(1), int(match[1])) for match in matches if match is not None]
    given = {number for _, number in found}
    return frozenset(start for start, number in found if {number - 1, number + 1} & given)


def _sentence(
    statement: Statement, places: Places, passage: Passage, before: Sequence[str], marks: frozenset[int], doubts: Doubts | None
) -> Iterator[Figure]:
    text, side = statement.text, statement.issuers[0] if len(statement.issuers) == 1 else ""
    sentence = text[passage.start : passage.end]
    said: list[str] = []
    taken = 0
    quantities = [one for one in numbers.find(sentence, side) if passage.start + one.core not in marks]
    for quantity, following in zip_longest(quantities, quantities[1:]):
        shape = _shape(sentence, quantity) or _carried(sentence, quantity, said, before, following)
        if shape is None or shape.start < taken:
            continue
        number = passage.start + quantity.core, passage.start + quantity.number_end
        if doubts is not None and quantity.kind != "times" and not _DIGIT.search(text, *number) and doubts(*number):
            continue
        taken = shape.end
        said.append(shape.unit)
        start, end = passage.start + shape.start, passage.start + shape.end
        giver, receiver = _transfer(text, places, start, end)
        yield Figure(
            start=start, end=end, quote=text[start:end], value=shape.quantity.value, unit=shape.unit, rel=shape.quantity.rel,
            value_high=shape.quantity.high, of=_of(sentence, shape), giver=giver, receiver=receiver,
            when=_when(text, places, (start, end), passage, statement.date),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Shape:
    """A quantity with the words quoted for it and the unit they give."""

    quantity: Quantity
    start: int
    end: int
    unit: str


_FAR = 400  # characters around a figure beyond which nothing is said of it
_AFTER = 110  # characters after a figure in which its clause may state the time
_UNTIL = re.compile(r"(?:[^;:()\n]*\s)?(?:in|by|over|during|for|since|through|until|on|effective|as of)\s(?:the\s|each of\s)?")


def _when(text: str, places: Places, place: tuple[int, int], passage: Passage, date: str | None) -> str | None:
    """The time stated after the figure in its clause, else that of the deed around it, else the one that opens the sentence."""
    start, end = place
    for one in dates.find(text[end : min(passage.end, end + _AFTER)], date):
        gap = text[end : end + one.start]
        opens = text[end + one.start : end + one.end].lower().startswith(("over", "in", "during", "by", "within", "since"))
        if gap.count(",") == 0 and not re.search(r"\d|\band\b", gap) and (opens or _UNTIL.fullmatch(gap)):
            return one.value
        break
    around = places.assertion(start, end)
    if around is not None and around.when:
        near = text[max(passage.start, around.start - _AFTER) : min(passage.end, around.end + _AFTER)]
        if any(around.when == one.value for lean in (-1, 0, 1) for one in dates.find(near, date, lean)):
            return around.when
    when = dates.when_of(text, place, (passage.start, passage.end), None, date)
    return when if when != date else None


def _shape(sentence: str, quantity: Quantity) -> _Shape | None:
    """The quantity settled by what the sentence says it is of; None when it does not."""
    if quantity.kind == "count" and not quantity.unit:
        return _counted(sentence, quantity)
    settled = numbers.counted(quantity, quantity.kind == "count")
    end = quantity.end
    if quantity.kind == "percent" and (whole := nouns.whole(sentence, end)) is not None:
        end = whole if sentence.count(" ", end, whole) <= _WHOLE else end
    elif quantity.kind == "count" and (people := _PEOPLE.match(sentence, end)) is not None:
        end = people.end()  # "a population of over 11,000 people"
    elif quantity.kind == "times" and (deed := _DEED.match(sentence, quantity.start)) is not None:
        end = deed.end()
    return _Shape(settled, quantity.start, end, quantity.unit)


def _carried(
    sentence: str, quantity: Quantity, said: Sequence[str], before: Sequence[str], following: Quantity | None
) -> _Shape | None:
    """A number without a noun of its own, with what the words around it say it counts; see ``language.elliptic``."""
    if quantity.value in _BARE:
        return None
    noun = nouns.counted(sentence, quantity.end)
    if noun is not None and not noun.stands_in and nouns.plural(sentence[noun.start : noun.end].split()[-1]):
        return None
    if noun is not None and noun.stands_in:
        unit, end = elliptic.thing(said), noun.end
    else:
        unit, end = elliptic.unit(sentence, quantity, said, before, following), quantity.end
    return _Shape(numbers.counted(quantity, True), quantity.start, end, unit) if unit else None


def _counted(sentence: str, quantity: Quantity) -> _Shape | None:
    """A count with its noun."""
    before = sentence[max(0, quantity.core - 12) : quantity.core]
    if quantity.value in _BARE or _TOP.search(before) or (quantity.value < 10 and _POINTING.search(before)):
        return None
    noun = nouns.counted(sentence, quantity.end)
    if noun is not None and (noun.stands_in or _ADDRESS.match(sentence, noun.end)):
        return None
    if noun is None or noun.head.lower() in counting().idle or (quantity.value < 10 and noun.head.lower() in counting().schemes):
        return None
    return _Shape(numbers.counted(quantity, True), quantity.start, noun.end, noun.unit)


_GIVES = re.compile(
    r"\b(?:provid|giv|gave|donat|contribut|allocat|commit|pledg|invest|deliver|sen[dt]|spen[dt]|mobili[sz]|deploy|grant|financ|fund|offer|ship|suppl|train"
    r"|disburs|earmark|resettl|announc|award|assist|make available|made available|lend|loan|transfer)\w*",
    re.IGNORECASE,
)
_TO = re.compile(r"\b(?:to|for)\s(?:the\s|our\s|its\s|other\s|help\s|support\s|assist\s|people in\s)*$")
_TO_WHOM = re.compile(r"\b(?:provid|giv|gave|assist|suppl|offer|help|grant|award|lend)\w*\s(?:the\s|our\s)?$", re.IGNORECASE)


def _transfer(text: str, places: Places, start: int, end: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Giver and receiver where the deed hands something over: the actor gives, "to X and Y" or "X and Y with" receive."""
    assertion = places.assertion(start, end)
    if assertion is None or assertion.act not in (Act.OUTCOME, Act.COMMITMENT):
        return (), ()
    if assertion.event not in (Event.AID, Event.COOPERATE, Event.NONE) or not _GIVES.search(text, assertion.start, start):
        return (), ()
    here = places.named(max(assertion.start, start - _FAR), min(assertion.end, end + _FAR))
    for place, mention in enumerate(here):
        after = mention.start >= end and mention.start - end < 160 and _TO.search(text[max(end, mention.start - 24) : mention.start])
        before = mention.end <= start and _TO_WHOM.search(text[max(assertion.start, mention.start - 16) : mention.start])
        if after or before:
            return assertion.actors, lists.shared(text, here[place:], assertion.end if after else start)
    shown = {code for mention in here if start <= mention.start < end for code in mention.codes}
    targets = tuple(code for code in assertion.targets if code not in shown) if assertion.event is Event.AID else ()
    return assertion.actors, targets if len(targets) == 1 else ()


_COMPLEMENT = re.compile(r"\s(?P<words>(?:of|in|for|to|with|from|on)\s(?:[^,.;:()\n“”\"]|[.,](?=\w))+)")
_BEFORE = re.compile(
    r"(?:^[-–•*]\s)?(?P<words>(?:[^,.;:()\n“”\"—]|[.,](?=\w))+?)\s(?:of|by|to|at|reach\w*|was|were|is|are|has been|have been"
    r"|amounts? to|amounting to|totall?ing)\s(?:an?\s|the\s)?$"
)
_RELATED = re.compile(r"(?P<words>(?:\s[A-Za-z’'-]+){1,3}\s(?:with|to|in|for|from|by)\s)$")
_NO_MATTER = frozenset({"which", "that", "there", "it", "this", "they", "who"})
_TIME = re.compile(  # no part of what is measured
    r"\s?\b(?:in|by|on|from|since|until|between|during)\s(?:the year\s)?(?:[A-Z][a-z]+\s)?\d{4}\b.*$"
)
_BREAK = re.compile(r"\s(?:and|or|but|which|that|who|while|with a view|will|would|can|should|is|are|was|were|has|have)\s")


def _of(sentence: str, shape: _Shape) -> str:
    """What is measured, in at most eight words of the text: the noun and what completes it, else what stands before the number."""
    complement = _COMPLEMENT.match(sentence, shape.end, shape.end + _FAR)
    completed = _TIME.sub("", _BREAK.split(complement["words"])[0]) if complement else ""
    words = completed.removeprefix("of ").split()
    if shape.quantity.kind == "count":
        noun = sentence[shape.quantity.number_end : shape.end].split()
        related = _RELATED.search(sentence[max(0, shape.start - 80) : shape.start])
        if len(noun) == 1 and complement is None and related is not None:
            return related["words"].lstrip() + sentence[shape.start : shape.end]
        return " ".join([*noun, *completed.split()][:8]) if noun else " ".join(words[:8])
    if words:
        return " ".join(words[:8])
    following = nouns.counted(sentence, shape.end, one=True)
    if following is not None and shape.quantity.kind == "money" and not following.head.endswith("ed"):
        return sentence[following.start : following.end].strip()
    before = _BEFORE.search(sentence[max(0, shape.start - 160) : shape.start])
    words = before["words"].split()[-8:] if before else []
    if words and words[0][0].isdigit():
        return ""
    return " ".join(words) if len(words) > 1 or (words and words[0].lower() not in _NO_MATTER) else ""
