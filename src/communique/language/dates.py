"""Time expressions: what a text says of when, at exact offsets, resolved against the date of the statement.

    said 2020-08-11:  "within the year" 2020 (deadline)     "by the end of 2025" 2025 (deadline)     "later this month" 2020-08
                      "last week" 2020-08-03/2020-08-09     "over the past five years" 2015/2020    "4 to 6 September" 2020-09-04/2020-09-06

Values are ISO 8601 at the precision stated: ``2020``, ``2020-08``, ``2020-08-11`` or ``start/end``.  Without an anchor, what
needs one has no value and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from communique.language.calendar import RULES, Anchor
from communique.vocabulary.times import times

Kind = Literal["date", "deadline"]


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that say when: ``text[start:end]``, the ISO value, and whether they name a time or a deadline."""

    start: int
    end: int
    value: str
    kind: Kind


def find(text: str, anchor: str | None, lean: int = 0) -> tuple[TimeExpression, ...]:
    """The time expressions of ``text``, in order, none inside another; ``lean`` settles a month without a year."""
    point = Anchor.of(anchor, lean)
    found: list[TimeExpression] = []
    for match in _matches(text):
        name = match.lastgroup or ""
        parts = times().shapes[name].match(text, match.start())
        value = RULES[name](parts, point) if parts is not None and _is_time(text, match) else None
        if value is None:
            continue
        deadline = bool(_DEADLINE.search(text, max(0, match.start() - 24), match.start())) or bool(_DUE.match(match.group()))
        found.append(TimeExpression(match.start(), match.end(), value, "deadline" if deadline else "date"))
    return tuple(found)


def _matches(text: str) -> Iterator[re.Match[str]]:
    """The shapes around the words without which there is none; the rest of the text is never tried."""
    position = 0
    for low, high in _windows(text):
        position = max(position, low)
        while position < high and (match := times().pattern.search(text, position)) is not None:
            if match.start() >= high:
                break
            yield match
            position = match.end()


_REACH = 64  # a shape begins at most so far before the word that gives it away, and no further on than that word


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Stretches in which a shape may begin, merged, left to right."""
    low = high = -1
    for _, start, end in times().triggers.find_matches_as_indexes(text, overlapping=False):
        if start - _REACH > high:
            if high > 0:
                yield low, high
            low = max(0, start - _REACH)
        high = end
    if high > 0:
        yield low, high


_DEADLINE = re.compile(
    r"(?<!\w)(?:by|until|till|before|no later than|not later than|within|on or before|through)\s(?:the\s|early\s|late\s|mid-?\s?)?$",
    re.IGNORECASE,
)
_DUE = re.compile(r"(?:by|before|within|until|no later than)\b", re.IGNORECASE)


def _is_time(text: str, match: re.Match[str]) -> bool:
    """"may" the verb, "march" the noun and "the 2030 Agenda" are no times."""
    words = match.group()
    if match.lastgroup in ("year", "years") and _NAMED.search(text, max(0, match.start() - 24), match.start()):
        return False
    if match.lastgroup == "year":
        after = text[match.end() : match.end() + 34]
        before = text[max(0, match.start() - 3) : match.start()]
        if _NAMES.match(after) or re.search(r"\d \($", before):
            return False
        return before[-1:] not in ("/", "$", "#", "€", "£") and not re.match(r"[\w/]|-[A-Z]", after) and not before.endswith("-")
    if re.fullmatch(r"(?:may|march|august)", words, re.IGNORECASE):
        return words[0].isupper() and (words != "May" or bool(_IN.search(text, max(0, match.start() - 8), match.start())))
    return True


_NAMES = re.compile(
    r"\s(?:Agenda|Vision|Strategy|Sustainable|Plan|Action|Framework|Convention|Treaty|Agreement|Olympic|World Cup|Paris|Joint|Resolution"
    r"|levels?\b|baseline|United Nations|UN\b)"
)
# A capitalised word right before a year makes it part of a name: "Vision 2030", "Agenda 2063".
_NAMED = re.compile(
    r"(?<![\w-])(?!(?:In|Since|By|From|To|Until|During|For|Of|Year|FY|Before|After|Between|Through|Throughout|Early|Late|And|On|The"
    r"|Summer|Spring|Autumn|Fall|Winter)\b)"
    r"[A-Z][\w’'.-]+\s\(?(?:for\s)?$"
)
_IN = re.compile(r"(?<!\w)(?:in|since|until|by|of|last|this|next|early|late|from|to|before|after|and|mid-?)\s?$", re.IGNORECASE)


# --------------------------------------------------------------------------------------------------- when of a span


_REACH_OF_TIME = 500  # characters around a span in which its time is looked for, where a sentence runs on without end
_LEAD = re.compile(
    r"[\s\"“‘'(*•–—-]*(?:(?:and|but|so|then|also|now|that (?:is|was) why|that[’']s why|in addition|moreover"
    r"|furthermore|in this context|[A-Z][\w .]{2,24}:)[,:]?\s)?"
    r"(?:(?:in|on|over|during|since|at|by|from|between|within|for|earlier|later|early|late|just|throughout|as of|as recently as)"
    r"\s)?(?:the\s)?$",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"\W*(?:[A-Z][\w ]{2,30}:\s)?(?:As(?! I\b)|Following|Building|Launched|Under|Pursuant|Culminating|Consistent|Further to"
    r"|In (?:line|accordance|keeping|response)|After|Since [A-Z]\w+ [a-z]|Even|Established|Announced|Held)\b"
)
_MODIFIES = re.compile(r"(?<!\w)(?:[Tt]he|our|its|their|this|that|[A-Z][\w-]*[’']s|of the|under the|’s|'s)\s$")
_NOUN_AFTER = re.compile(
    r"\s(?:[A-Z][\w.-]*|targets?|levels?|goals?|budgets?|deadline|elections?|summit|meeting|emissions-\w+|world|war|crisis|review|edition"
    r"|report|term|period|accords?|agreements?|treaty|treaties|pact|deal|memorandum|declaration)\b"
)
_THEY = re.compile(
    r"\W*(?:They|The (?:two |three )?(?:[Ll]eaders|sides|officials|[Mm]inisters|[Pp]residents|parties|delegations)|He|She|Both|During"
    r"|In (?:their|the) (?:meeting|call|conversation)|[A-Z]\w+ (?:and [A-Z]\w+ )?(?:also )?(?:discussed|reviewed|exchanged))\b"
)
_SAID = re.compile(r"\b(?:said|added|told)\b")  # what is told at a meeting was not done at it


def when_of(
    text: str,
    span: tuple[int, int],
    sentence: tuple[int, int],
    previous: tuple[int, int] | None,
    anchor: str | None,
    act: str = "",
    event: str = "",
) -> str | None:
    """The time the text states for the words at ``span``, in their sentence or the one before; None when it states none.

    ``act`` and ``event`` are the assertion's: a position has no time of its own, a meeting told on takes the time of the meeting.
    """
    if act == "position":
        return None
    if sentence[1] - sentence[0] > 4 * _REACH_OF_TIME:
        sentence = max(sentence[0], span[0] - _REACH_OF_TIME), min(sentence[1], span[1] + _REACH_OF_TIME)
    lean = {"outcome": -1, "commitment": 1}.get(act, 0)
    here = [
        (sentence[0] + one.start, sentence[0] + one.end, one)
        for one in find(text[sentence[0] : sentence[1]], anchor, lean)
        if not _modifier(text, sentence[0] + one.start, sentence[0] + one.end) and not _reckoned(text, sentence[0] + one.start)
    ]
    here = [placed for placed in here if _possible(text, placed, span, anchor, act)]
    within, lead = _inside(here, span), _lead(text, here, sentence, span)
    chosen = (lead or within if within is None or "/" in within.value else within) or _beside(text, here, sentence, span)
    if chosen is not None:
        return chosen.value
    told_on = _THEY.match(text, sentence[0]) and not _SAID.search(text, sentence[0], span[0])
    if event == "CONSULT" and act == "outcome" and previous is not None and not here and told_on:
        told = find(text[previous[0] : previous[1]], anchor, lean)
        return told[0].value if len(told) == 1 and len(told[0].value) == 10 else None
    return None


Placed = tuple[int, int, TimeExpression]


_OF_A_NOUN = re.compile(
    r"(?:\d{3}|\bNo\.?\s?\d+)\sof\s$|\bdated\s(?:the\s)?$|\b(?:programmes?|plan|framework|strategy|budget)\sfor\s(?:the\s)?$"
    r"|\b(?:presidency|chairmanship|chair)\s(?:of\b[^,;.]{0,40}\sin|for)\s$"
    r"|\b(?:compatible|in line|consistent)\swith\s[^,;.]{0,40}\s(?:by|in)\s$"
)


def _modifier(text: str, start: int, end: int) -> bool:
    """"the 2016 Budget", "today's world", "Order 14257 of 2 April": a time that only names something."""
    if text[end - 2 : end] in ("’s", "'s") or re.match(r"[’']s\s", text[end : end + 3]):
        return not re.match(r"To|[Yy]e", text[start : start + 2])  # "Yesterday's summit heard": the deed is of that day
    if _OF_A_NOUN.search(text, max(0, start - 60), start):
        return True
    return bool(re.fullmatch(r"(?:19|20)\d\d(?:[-–]\d+)?", text[start:end])) and bool(
        _MODIFIES.search(text, max(0, start - 20), start) and _NOUN_AFTER.match(text, end)
    )


_RECKONED = re.compile(
    r"\b(?:first|only|most|least|\w+est|worst|best)\b[^.;:]{0,80}\bsince\s(?!(?:early|late|mid|last|this)\b)(?:[A-Za-z][\w’'-]*\s){1,14}"
    r"(?:in|on|of|during)\s(?:the\s|early\s|late\s)?$",
    re.IGNORECASE,
)


def _reckoned(text: str, start: int) -> bool:
    """"the largest since the flood of 1997": the time of another thing, from which the deed is reckoned."""
    return bool(_RECKONED.search(text, max(0, start - 200), start))


_VAGUE = re.compile(
    r"recent|(?:past|last|coming|next)\s+(?:few\s+|several\s+)?(?:days|weeks)|(?:past|last)\s+(?:few\s+|several\s+)?months", re.IGNORECASE
)
_TO_COME = re.compile(r"\b(?:will|shall|set to|scheduled|to be|going to|is to|are to|[’']ll)\b")


def _possible(text: str, placed: Placed, span: tuple[int, int], anchor: str | None, act: str) -> bool:
    """What was done lies behind the statement, what is to be done ahead of it; "today" is the day of a promise, not of its deed."""
    start, end, one = placed
    if _VAGUE.search(text[start:end]) and "few days ago" not in text[start:end]:
        return False
    first, _, last = one.value.partition("/")
    if anchor is None:
        return True
    if act == "outcome":
        return first <= anchor
    if act in ("commitment", "appeal"):
        if one.value == anchor[: len(one.value)] == anchor and not _TO_COME.search(text, span[0], min(span[1], end)):
            return False
        return (last or first) >= anchor[: len(last or first)] and not text[start:end].lower().startswith("since")
    return True


def _inside(here: list[Placed], span: tuple[int, int]) -> TimeExpression | None:
    return next((one for start, end, one in here if span[0] <= start and end <= span[1]), None)


def _lead(text: str, here: list[Placed], sentence: tuple[int, int], span: tuple[int, int]) -> TimeExpression | None:
    """A time that opens the sentence holds for what follows."""
    return next((one for start, end, one in here if end <= span[0] + 1 and _LEAD.fullmatch(text, sentence[0], start)), None)


def _beside(text: str, here: list[Placed], sentence: tuple[int, int], span: tuple[int, int]) -> TimeExpression | None:
    """A time right after the span, or right before it in the same breath ("in 2021 and develop ties", "on 6 May, where he will speak")."""
    for start, end, one in here:
        if 0 <= start - span[1] < 12 and not re.search(r"[.;:]|\b(?:and|but)\b", text[span[1] : start]):
            return one
        gap = text[end : span[0]] if end < span[0] else ""
        if gap and len(gap) < 60 and re.search(r"(?:where|when|at which|during which)\s$", gap):
            return one
        if gap.strip() in ("", ",") and len(gap) in (1, 2) and _OPENS.search(text, max(sentence[0], start - 20), start):
            return one
        if gap.strip() in ("and", ", and", ",") and len(gap) < 7 and not _ASIDE.match(text, sentence[0]) and _shared(text, one, gap, span):
            return one
    return None


_OWN_VERB = re.compile(r"(?:will|would|is|are|we|they|he|she|it|also|look|the|has|have|must|should)\b", re.IGNORECASE)
_LATER = re.compile(r"\b(?:thereafter|afterwards|since then)\b")
_OPENS = re.compile(r"(?:,|\bthat|\bas)\s(?:(?:in|over|during|just|on)\s)?(?:the\s)?$")


def _shared(text: str, one: TimeExpression, gap: str, span: tuple[int, int]) -> bool:
    """A deadline is of its own deed alone; a plain time carries over to a verb without a subject of its own."""
    if gap.strip() == ",":
        return True
    return one.kind != "deadline" and not _OWN_VERB.match(text, span[0]) and not _LATER.search(text, *span)
