"""Numbers that count nothing: years, dates, ordinals, clock times, durations, ages, list marks, the numbers of articles."""

from __future__ import annotations

import re

from communique.language.numerals import Numeral
from communique.vocabulary.units import counting, units

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?"
    r"|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_JOINED = r"(?:\s?[-–—]\s?|,\s|\sand\s|\sto\s)"
_DATE_BEFORE = re.compile(rf"(?<![A-Za-z]){_MONTH}\s(?:\d{{1,2}}(?:st|nd|rd|th)?{_JOINED})?$")
_DATE_AFTER = re.compile(rf"(?:st|nd|rd|th)?(?:{_JOINED}\d{{1,2}}(?:st|nd|rd|th)?)?\s(?:of\s)?{_MONTH}(?![a-z])")
_ORDINAL = re.compile(r" ?(?:st|nd|rd|th|ST|ND|RD|TH)(?![A-Za-z])")
_GLUED_BEFORE = re.compile(r"(?:[\w/+#§:]|[A-Za-z0-9][-–.]|\d[.,]|\bv\.?|S/RES/|(?<!\w)Nos?\.?\s?|№\s?)$")
_GLUED_AFTER = re.compile(r"[A-Za-z/]|[-‑](?:[A-Z]{2,}\d|\d)|:\d|\+\d|\.\d|,\d")
_CLOCK = re.compile(r"(?::\d\d|\s?(?:[ap]\.?m\b|o[’']clock|hours?\sGMT|hrs\b|GMT|UTC))", re.IGNORECASE)
_AGE_BEFORE = re.compile(
    r"(?<!\w)(?:age[sd]?|aged|ages of|age of|turned|turns|under the age of|over the age of)\s(?:\d+\s(?:and|to)\s|\d+[-–])?$", re.IGNORECASE
)
_AGE_AFTER = re.compile(r"[ -]year[s]?[ -]olds?", re.IGNORECASE)
_PHONE = re.compile(r"(?:\+\d[\d\s()-]*|(?<!\w)(?:tel|telephone|phone|fax|ext|hotline)[.:]?\s[\d\s()+-]*)$", re.IGNORECASE)
_LIST_MARK = re.compile(r"(?:^|\n)[ \t\-•*]*\(?$")
_YEAR_BEFORE = re.compile(
    r"(?<!\w)(?:in|since|by|of|until|till|from|to|through|before|after|during|for|years?|early|late|mid|fiscal|FY|the|and|between|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|,|\(|[-–/]|'|’|"
    r"spring|summer|autumn|fall|winter|end-|mid-|this|its|our|their|latest|last|next|original)\s?$",
    re.IGNORECASE,
)
_COUNTED_AFTER = re.compile(
    r"\s(?:[a-z]+\s)?(?:people|persons|troops|soldiers|men|women|children|families|tonnes|tons|jobs|participants|delegates|students|refugees|houses|police)\b"
)
_QUALIFIES_NO_YEAR = re.compile(r"(?:beyond|about|some|all|these|those|exceed\w*|around|just|only)\s$", re.IGNORECASE)


def uncounted(text: str, start: int, end: int, numeral: Numeral, *, first: bool = True, last: bool = True) -> bool:
    """Whether the number at ``text[start:end]`` counts nothing; a dash beside it is no fault at the inner ends of a range."""
    before = text[max(0, start - 40) : start]
    digits = numeral.form == "digits"
    if digits and (_ORDINAL.match(text, end) or (first and _GLUED_BEFORE.search(before)) or (last and _glued(text, end))):
        return True
    if digits and numeral.magnitude == 1 and (_DATE_BEFORE.search(before) or _DATE_AFTER.match(text, end) or _CLOCK.match(text, end)):
        return True
    if counting().durations.match(text, end) or _AGE_BEFORE.search(before) or _AGE_AFTER.match(text, end):
        return True
    if numeral.magnitude == 1 and _refers(before):
        return True
    if digits and numeral.magnitude == 1 and _PHONE.search(before):
        return True
    if digits and _LIST_MARK.search(before) and text[end : end + 1] in (".", ")"):
        return True
    return digits and _year(text, numeral, before, end)


def _refers(before: str) -> bool:
    """Whether the words before name what the number is the number of: "Article ", "Articles 5 and "."""
    last = (before.split() or [""])[-1].lstrip("(“\"‘")
    listed = last in ("and", "or", "to") or last[-1:].isdigit() or last.endswith((",", "-", "–"))
    return (last in counting().refers or listed) and counting().references.search(before) is not None


def _glued(text: str, end: int) -> bool:
    """"5G", "2+2", "9/11", "10:30", "3-2": a number that is part of a name or a code."""
    return _GLUED_AFTER.match(text, end) is not None and not re.match(r"[-‑][a-z]", text[end : end + 2])


def _year(text: str, numeral: Numeral, before: str, end: int) -> bool:
    """A bare four-digit number of our time is a year unless a qualifier or a counted noun says otherwise."""
    if numeral.grouped or numeral.magnitude > 1 or not 1400 <= numeral.value <= 2200 or numeral.end - numeral.start != 4:
        return False
    if (before.split() or [""])[-1].lower() in units().leads and units().qualifier.search(before) and not _QUALIFIES_NO_YEAR.search(before):
        return False
    return bool(_YEAR_BEFORE.search(before)) or not _COUNTED_AFTER.match(text, end)
