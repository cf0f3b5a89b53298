"""What completes the name of an agreement after its head noun: of which year, between whom, about what.

"the treaty | of 12 May 1973"      "a memorandum | with Estonia | on digital identity"      "an arrangement | for the transit of goods"
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
WHEN = rf"(?:{MONTH}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:\d{{1,2}}\s{MONTH})|(?:19|20)\d\d)\b"  # says when, and names nothing
SIGNATORY = r"\w+[’']s\s(?:\w+\s)?(?:Minister|President|Prime|Secretary|Ambassador)"  # who signed, not with whom it binds
_YEAR = re.compile(r"\sof\s(?:(?:\d{1,2}\s)?[A-Z][a-z]+\s)?(?:19|20)\d\d(?=\W|$)")
_NAME = r"(?:the\s)?[A-Z][\w.’'-]*(?:\s(?:of\s(?:the\s)?)?[A-Z][\w.’'-]*)*"
_ENDS = (
    r"(?=[,;:()\n]|(?<![A-Z])\.|\s[-–—]|\sand\s[a-z]"
    r"|\s(?:to|that|which|who|is|was|were|are|has|have|will|on|in|for|as|by|signed|reached|brokered|concluded|entered|we|at|from|under|earlier|late|later|shortly|last|this|next|today|yesterday|tomorrow|The)\b|$)"
)
_PARTIES = re.compile(
    rf"\s(?P<how>between\s(?:the\s)?[A-Z](?:[^,;:()\n.]|(?<=[A-Z])\.){{0,70}}?\sand(?=\sthe\s[A-Z])|with|between|among|amongst|in(?!\s{WHEN}))\s(?:the\s)?(?:sisterly\s|brotherly\s)?"
    rf"(?:[A-Z](?:[^,.;:()\n]|(?<=[A-Z])\.){{0,120}}?(?:(?:,\s{_NAME})+,?\sand\s{_NAME})?|our\stwo\s\w+"
    rf"|(?:two|three|four|five)\s[^,.;:()\n]{{0,60}}?){_ENDS}"
)
_ABOUT = re.compile(
    r"\s(?P<how>on|for|to|against|resolving|regarding|concerning|covering|governing|relating to|with respect to|establishing|amending"
    r"|committing to|providing for)\s(?=[\w“\"])"
    rf"(?!{WHEN}|\d|behalf|account|time|track|its own|(?:signature|ratification|approval|adoption)\b"
    r"|(?:this|that|these|it|them|which|whom|such)\b"
    r"|(?:the )?(?:basis|one hand|other hand|grounds?|margins|sidelines|occasion|part|understanding|condition|first|second)\b)"
)
# Where a subject ends: at a stop, a relative or finite verb, a time, or an "and" that goes on with a verb.
_SUBJECT_ENDS = re.compile(
    r"[,;:()\[\]\n]|(?<![A-Z])\.(?=\s|$)|\s[-–—]"
    r"|\s(?:to|that|which|who|whose|where|when|while|as|is|was|were|are|be|has|have|had|will|would|shall|should|must|can|could|may|might|does|do"
    r"|remains?|signed|entered|reached|brokered|adopted|announced|approved|at|by|during|before|after|since|until|without|within|under|through|if|but|we|they"
    r"|it|he|she|today|yesterday|tomorrow|earlier|later|shortly|this|last|next|The)\b"
    rf"|\s(?:in|on)\s{WHEN}|\swith\s{SIGNATORY}|\sin\s(?:the presence|order|line|[A-Z]\w+\s(?:late|early|on|last|this))\b"
    r"|\sand\s(?:an?|the)\s(?:[\w-]+\s){0,3}(?:[Aa]greement|[Mm]emorand|[Tt]reaty|[Pp]rotocol|[Cc]onvention|[Aa]ccord|[Aa]rrangement|M[Oo]U)"
    r"|\sand\s(?:to\s|will\s|have\s|has\s|is\s|are\s|\w+ed\s|\w+s\s(?:the|that|its|to|a)\s)|$"
)
_PLACE = re.compile(r"\s(?:in|on)\s[A-Z]\w+$")
_LONGEST = 110  # characters of a subject


@dataclass(frozen=True, slots=True)
class Complement:
    """Where the words that complete a name end, and what they give: its year, its parties, its subject."""

    end: int
    dated: bool = False
    parties: bool = False
    about: bool = False
    how: str = ""  # the word that brings in the subject: "on", "for", "to" ...


def complement(text: str, end: int, placed: bool = False) -> Complement | None:
    """What follows the head noun that ends at ``end``; ``placed``: "in X" says where it was signed, and completes nothing."""
    dated = _YEAR.match(text, end)
    at = dated.end() if dated else end
    parties = _PARTIES.match(text, at)
    if parties is not None and placed and parties["how"] == "in":
        return Complement(at, dated=True) if dated else None
    at = parties.end() if parties else at
    about = _ABOUT.match(text, at)
    loose = about is not None and about["how"] in ("to", "for")  # after parties or a mere intent, it says what for, not what about
    subject = _subject(text, about.end(), placed) if about and not (loose and (parties or text.endswith("of intent", 0, end))) else at
    if subject > at:
        return Complement(subject, bool(dated), bool(parties), True, about["how"] if about else "")
    at -= at == len(text) and text.endswith(".")
    return Complement(at, bool(dated), bool(parties)) if at > end else None


def _subject(text: str, start: int, placed: bool) -> int:
    """Where the subject that begins at ``start`` ends; ``0`` for one of a single short word."""
    found = _SUBJECT_ENDS.search(text, start, start + _LONGEST)
    end = found.start() if found and found.end() < start + _LONGEST else text.rfind(" ", start, start + _LONGEST)
    place = _PLACE.search(text, start, end) if placed else None
    end = place.start() if place else end
    end -= next((len(word) for word in (" and", " such") if text.endswith(word, start, end)), 0)
    return end if end - start > 3 else 0
