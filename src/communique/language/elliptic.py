"""Elliptic numbers: what a number without a noun counts, from what the words before it or right after it say.

    "killed 1,700 people and displaced over 8 million"           person: as the last number of the sentence
    "54 countries have signed it, and 46 of these have ..."       country
    "The number of farmers enrolled has reached 500,000"          farmer
    "cut from fourteen to six programmes"                         programme, for both
    "336 votes in favour, 174 against"                            vote
    "some 9,000 have died"                                        person
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from communique.language import nouns
from communique.language.numbers import Quantity

_PART = re.compile(r"\sof\s(?:them|these|those|whom|which)\b(?!\s[a-z]+s\b)")
_WHOM = re.compile(r"(?P<noun>[A-Za-z-]+),\s(?:(?:more|less|fewer|other|at)\s(?:than|least)\s|over\s|about\s|some\s|nearly\s)?$")
_ALONE = re.compile(
    r"(?:[,.;:)?!]|$|\s[–—-]\s|\s(?:in|have|has|had|are|were|was|is|will|would|and|from|to|by|this|last|more|other|per|a|each|but|or|who|on|at"
    r"|today|now|over|since|for|with|within|between|during|compared|[a-z]+ed)\b)"
)
_MORE = re.compile(r"(?:another|further|additional|extra|other)(?:\s(?:some|about|over|around|nearly|almost|\w+ than))?\s$", re.IGNORECASE)
_MORE_AFTER = re.compile(r"\s(?:more|others)\b(?!\s(?:than|[a-z]+s\b))")
_VOTE = re.compile(r"\s(?:votes?\s)?(?:against|in favou?r|abstaining)\b")
_BALLOT = re.compile(r"\b(?:vote[sd]?|ballot|voting)\b", re.IGNORECASE)
_NUMBER_OF = re.compile(r"\b(?:[Nn]umbers?|totals?)\sof\s(?:the\s|these\s|those\s|such\s|our\s|its\s|their\s)?")
_THE_NUMBER_OF = re.compile(r"\sthe\s(?:total\s)?number\sof(?:\s(?:the|our|its|their))?(?=\s)")  # "brings to nine the number of boats"
_NUMBERING = re.compile(r"(?P<noun>[a-z-]+s|people|men|women|children)\b[^.;:]{0,40}?,?\s(?:now\s)?numbering\s$")
_ENDS_AT = re.compile(
    r"\b(?:is|was|are|were|be|has|have|had|reach\w*|to|from|at|by|than|surpass\w*|exceed\w*|number|total\w*|hit|pass\w*|cross\w*|top\w*)\s$"
)
_FROM = re.compile(r"\bfrom\s(?:just\s|about\s|around\s|some\s|over\s)?$", re.IGNORECASE)
_TO = re.compile(
    r"(?:\s(?:in|last|this|at)\s[\w ]{2,12})?,?\s(?:up |down )?to\s"
    r"(?:just |about |around |some |over |nearly |almost |more than |less than )?"
)
_GOES_TO = re.compile(r"\bfrom\b.*\bto\s(?:\w+\s(?:than\s)?)?$", re.DOTALL)
_POPULATION = re.compile(r"\bpopulation\b[^,;.]*$")
_SPENT = re.compile(
    r"\b(?:announc|borrow|commit|contribut|donat|fund|grant|invest|lend|lent|mobili[sz]|owe|pledg|sp[ae]n[dt]|worth|rais)\w*\s(?:[\w-]+\s){0,3}$"
)
_SPENDING = re.compile(
    r"\s(?:(?:in|of)\s(?:[a-z-]+\s){0,2}(?:aid|assistance|capital|credits?|financ\w+|funding|funds|grants?|investments?|loans?|money|support)"
    r"|mobili[sz]ed|invested|pledged|committed|spent|disbursed)\b"
)
_LIVES = re.compile(
    r"\s(?:more\s)?(?:(?:have|has|had|were|are|was|is|be)\s)?(?:been\s)?(?:\w+ly\s)?"
    r"(?:dead|died|dying|killed|wounded|injured|missing|displaced|homeless|fled|starv\w+|evacuated|vaccinated|infected|hospitali[sz]ed|detained|jailed"
    r"|lost their\s\w+)\b"
)
_CROWD = 10  # from here on those who "died" or "fled" are counted without a noun
_LOOK_BACK = 90  # characters in which the words before a number say what it is the number of


def unit(sentence: str, quantity: Quantity, said: Sequence[str], before: Sequence[str], following: Quantity | None) -> str | None:
    """The unit of a number that stands without a noun; None when the words give none.

    ``said`` are the units of the figures read so far in the sentence, ``before`` those of the sentence before it.
    """
    if quantity.kind != "count":
        return None
    leading = sentence[max(0, quantity.start - _LOOK_BACK) : quantity.start]
    counted = thing((*before, *said))
    number_of = _THE_NUMBER_OF.match(sentence, quantity.end)
    if number_of is not None:
        noun = nouns.counted(sentence, number_of.end())
        return noun.unit if noun is not None else None
    if _PART.match(sentence, quantity.end):
        return _named(leading) or counted
    if not _ALONE.match(sentence, quantity.end) and not _VOTE.match(sentence, quantity.end):
        return None
    if _VOTE.match(sentence, quantity.end):
        return "vote" if "vote" in said or _BALLOT.search(sentence, 0, quantity.start) else None
    numbered = _numbered(sentence, quantity, leading)
    if numbered is not None:
        return numbered
    ended = _end_of_range(sentence, quantity, following) if _FROM.search(leading) else None
    if ended is not None:
        return ended
    if said and _GOES_TO.search(leading) and (said[-1] != "percent" or quantity.value <= 100):
        return said[-1]
    if quantity.value >= _CROWD and _LIVES.match(sentence, quantity.end):
        return "person"
    if quantity.large:
        return _sum(sentence, quantity, leading, said, before) or _large(quantity, said, before)
    added = _MORE.search(sentence[: quantity.core]) or _MORE_AFTER.match(sentence, quantity.end)
    return counted if added else None


def thing(units: Sequence[str]) -> str | None:
    """The last thing counted among ``units``, for "five larger ones"."""
    return next((one for one in reversed(units) if _thing(one)), None)


def _thing(unit: str) -> bool:
    """Whether a unit is something counted, no money, share or multiple."""
    return unit not in ("percent", "percentage point", "times") and not (len(unit) == 3 and unit.isupper())


def _sum(sentence: str, quantity: Quantity, leading: str, said: Sequence[str], before: Sequence[str]) -> str | None:
    """"another 500 million in aid", "an additional billion mobilized": the money last named, where the words speak of spending."""
    if quantity.value < 1e6 or not (_SPENT.search(leading) or _SPENDING.match(sentence, quantity.end)):
        return None
    return next((one for one in reversed((*before, *said)) if len(one) == 3 and one.isupper()), None)


def _large(quantity: Quantity, said: Sequence[str], before: Sequence[str]) -> str | None:
    """A number in thousands or more counts what the last one did; money only in millions."""
    for units in (said, before[-1:]):
        last = [one for one in units if one not in ("percent", "times", "percentage point")][-1:]
        if last and (_thing(last[0]) or quantity.value >= 1e6):
            return last[0]
    return None


def _named(leading: str) -> str | None:
    """"the drivers and porters, nine of whom": the plural right before."""
    match = _WHOM.search(leading)
    if match is None or not nouns.plural(match["noun"]):
        return None
    return nouns.singular(match["noun"])


def _numbered(sentence: str, quantity: Quantity, leading: str) -> str | None:
    """"the number of farmers enrolled has reached": the noun after "number of"."""
    numbering = _NUMBERING.search(leading)
    if numbering is not None and nouns.plural(numbering["noun"]):
        return nouns.singular(numbering["noun"])
    if not _ENDS_AT.search(leading):
        return None
    if quantity.value >= 1000 and _POPULATION.search(leading):
        return "person"
    found = list(_NUMBER_OF.finditer(sentence, 0, quantity.start))
    if not found or re.search(r"[;:]", sentence[found[-1].end() : quantity.start]):
        return None
    noun = nouns.counted(sentence, found[-1].end() - 1)
    return noun.unit if noun is not None and noun.end <= quantity.start else None


def _end_of_range(sentence: str, quantity: Quantity, following: Quantity | None) -> str | None:
    """"from 60 billion to 100 billion dollars": the unit said with the other end."""
    if following is None or not _TO.fullmatch(sentence, quantity.end, following.core):
        return None
    if following.unit:
        return following.unit if following.kind != "times" else None
    noun = nouns.counted(sentence, following.end)
    return noun.unit if noun is not None else None
