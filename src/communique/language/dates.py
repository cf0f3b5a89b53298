"""Time expressions: what a text says of when, at exact offsets, resolved against the date of the statement.

    said 2020-08-11:  "within the year" 2020 (deadline)     "by the end of 2025" 2025 (deadline)     "later this month" 2020-08
                      "last week" 2020-08-03/2020-08-09     "over the past five years" 2015/2020     "from 4 to 6 September" 2020-09-04/2020-09-06

Values are ISO 8601 at the precision stated: ``2020``, ``2020-08``, ``2020-08-11`` or ``start/end``.  Without an anchor, what
needs one has no value and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from communique.language.numerals import number

Kind = Literal["date", "deadline", "duration", "name"]

MONTHS = {
    name: index
    for index, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug", "september sept sep", "october oct", "november nov", "december dec"), 1
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {name: index for index, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}
_QUARTERS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4, "final": 4}

_M = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
_W = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_Y = r"(?:1[5-9]|20|21)\d\d"
_D = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_N = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen|eighteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-[a-z]+)?|one and a half|a hundred|several|few|a few|a couple of)"
_S = r"[ \u00a0\n]+"
_T = r"(?:\s?[-–—‑]\s?|\s+(?:to|and|through|until|till)\s+)"
_PERIOD = r"(?P<part>early|late|mid|the start of|the beginning of|the end of|the middle of|end of|beginning of|the close of|end)"


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that say when: ``text[start:end]``, the ISO value, and whether they name a time or a deadline."""

    start: int
    end: int
    value: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Anchor:
    """The date of the statement, known to the year, the month or the day."""

    year: int
    month: int = 0
    day: int = 0
    lean: int = 0  # which way a month without a year lies: -1 for what was done, 1 for what is to be done

    @classmethod
    def of(cls, iso: str | None, lean: int = 0) -> Anchor | None:
        """The anchor an ISO date gives; None when there is none."""
        match = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", iso or "")
        return cls(*(int(part or 0) for part in match.groups()), lean) if match else None

    @property
    def on(self) -> date | None:
        """The day, when it is known to the day."""
        return date(self.year, self.month, self.day) if self.day else None

    def shifted(self, months: int) -> str:
        """The month so many months away."""
        index = self.year * 12 + (self.month or 1) - 1 + months
        return f"{index // 12:04d}-{index % 12 + 1:02d}"


Rule = Callable[[re.Match[str], "Anchor | None"], "str | None"]


def find(text: str, anchor: str | None, lean: int = 0) -> tuple[TimeExpression, ...]:
    """The time expressions of ``text``, in order, none inside another; ``lean`` settles a month without a year."""
    point = Anchor.of(anchor, lean)
    found: list[TimeExpression] = []
    for match in _PATTERN.finditer(text):
        name = match.lastgroup or ""
        parts = _SHAPES[name].match(text, match.start())
        value = RULES[name](parts, point) if parts is not None and _is_time(text, match) else None
        if value is None:
            continue
        deadline = bool(_DEADLINE.search(text, max(0, match.start() - 24), match.start())) or bool(_DUE.match(match.group()))
        found.append(TimeExpression(match.start(), match.end(), value, "deadline" if deadline else "date"))
    return tuple(found)


_DEADLINE = re.compile(r"(?<!\w)(?:by|until|till|before|no later than|not later than|within|by or before|on or before|through)\s(?:the\s|early\s|late\s|mid-?\s?)?$", re.IGNORECASE)
_DUE = re.compile(r"(?:by|before|within|until|no later than)\b", re.IGNORECASE)


def _is_time(text: str, match: re.Match[str]) -> bool:
    """"may" the verb, "march" the noun and "the 2030 Agenda" are no times."""
    words = match.group()
    if match.lastgroup in ("year", "years") and _NAMED.search(text, max(0, match.start() - 24), match.start()):
        return False
    if match.lastgroup == "year":
        after = text[match.end() : match.end() + 34]
        before = text[max(0, match.start() - 3) : match.start()]
        if re.match(r"\s(?:Agenda|Vision|Strategy|Sustainable|Plan|Action|Framework|Convention|Treaty|Agreement|Olympic|World Cup|Paris|Joint|Resolution|levels?\b|baseline|United Nations|UN\b)", after):
            return False
        if re.search(r"\d \($", before):
            return False
        return before[-1:] not in ("/", "$", "#", "€", "£") and not re.match(r"[\w/]|-[A-Z]", after) and not before.endswith("-")
    if re.fullmatch(r"(?:may|march|august)", words, re.IGNORECASE):
        return words[0].isupper() and (words != "May" or bool(_IN.search(text, max(0, match.start() - 8), match.start())))
    return True


# A capitalised word right before a year makes it part of a name: "Vision 2030", "Agenda 2063".
_NAMED = re.compile(
    r"(?<![\w-])(?!(?:In|Since|By|From|To|Until|During|For|Of|Year|FY|Before|After|Between|Through|Throughout|Early|Late|And|On|The|Summer|Spring|Autumn|Fall|Winter)\b)"
    r"[A-Z][\w’'.-]+\s\(?(?:for\s)?$"
)
_IN = re.compile(r"(?<!\w)(?:in|since|until|by|of|last|this|next|early|late|from|to|before|after|and|mid-?)\s?$", re.IGNORECASE)


# ---------------------------------------------------------------------------------------------------------- reading


def _month(name: str) -> int:
    return MONTHS[name.lower().rstrip(".")]


def _day(words: str) -> int:
    return int(re.sub(r"\D", "", words))


def _count(words: str) -> int | None:
    lower = words.lower().removesuffix(" of")
    if lower in ("a", "an"):
        return 1
    if lower in ("several", "few", "a few"):
        return None
    if lower == "a couple":
        return 2
    value = number(lower)
    return int(value) if value is not None else None


def _iso(year: int, month: int = 0, day: int = 0) -> str | None:
    """An ISO date of the precision given; None for a day that does not exist."""
    if not month:
        return f"{year:04d}"
    if not day:
        return f"{year:04d}-{month:02d}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _span(first: str | None, last: str | None) -> str | None:
    if not first or not last:
        return None
    return first if first == last else f"{first}/{last}"


def _near(anchor: Anchor | None, month: int, day: int = 0) -> int | None:
    """The year of a month named without one: the anchor's, unless that lies more than eight months away."""
    if anchor is None:
        return None
    if not anchor.month:
        return anchor.year
    gap = month - anchor.month
    if anchor.lean:
        return anchor.year + (anchor.lean if gap * anchor.lean < (0 if anchor.lean < 0 else -1) else 0)
    return anchor.year + (1 if gap < -8 else -1 if gap > 8 else 0)


def _full_day(match: re.Match[str], anchor: Anchor | None) -> str | None:
    month = _month(match["month"])
    year = int(match["year"]) if match["year"] else _near(anchor, month)
    return None if year is None else _iso(year, month, _day(match["day"]))


def _days(match: re.Match[str], anchor: Anchor | None) -> str | None:
    first_month = _month(match["month"])
    last_month = _month(match["last_month"]) if match["last_month"] else first_month
    year = int(match["year"]) if match["year"] else _near(anchor, last_month)
    if year is None:
        return None
    return _span(_iso(year - (first_month > last_month), first_month, _day(match["first"])), _iso(year, last_month, _day(match["last"])))


def _month_of(match: re.Match[str], anchor: Anchor | None) -> str | None:
    month = _month(match["month"])
    if match["year"]:
        return _iso(int(match["year"]), month)
    year = _near(anchor, month)
    which = (match["which"] or "").lower()
    if year is None or anchor is None:
        return None
    if which in ("last", "past") and anchor.month:
        year = anchor.year if month < anchor.month else anchor.year - 1
    elif which in ("next", "coming") and anchor.month:
        year = anchor.year if month > anchor.month else anchor.year + 1
    return _iso(year, month)


def _months(match: re.Match[str], anchor: Anchor | None) -> str | None:
    first, last = _month(match["first"]), _month(match["last"])
    year = int(match["year"]) if match["year"] else _near(anchor, last)
    if year is None:
        return None
    start = int(match["first_year"]) if match["first_year"] else year - (first > last)
    return _span(_iso(start, first), _iso(year, last))


def _years(match: re.Match[str], _: Anchor | None) -> str | None:
    first, last = match["first"], match["last"]
    last = first[: 4 - len(last)] + last
    return _span(first, last) if first < last else None


def _year(match: re.Match[str], _: Anchor | None) -> str | None:
    return match["year"]


def _iso_date(match: re.Match[str], _: Anchor | None) -> str | None:
    return _iso(int(match["year"]), int(match["m"]), int(match["d"]))


def _decade(match: re.Match[str], _: Anchor | None) -> str | None:
    start = int(match["year"])
    return f"{start}/{start + 9}"


def _today(match: re.Match[str], anchor: Anchor | None) -> str | None:
    if anchor is None or anchor.on is None:
        return None
    words = match.group().lower()
    step = 1 if "tomorrow" in words else -1 if "yesterday" in words or "last night" in words else 0
    return (anchor.on + timedelta(days=step)).isoformat()


def _weekday(match: re.Match[str], anchor: Anchor | None) -> str | None:
    """The day of that name nearest the statement: back for "last", ahead for "next", else the past week's, today's included."""
    if anchor is None or anchor.on is None:
        return None
    which = (match["which"] or "").lower()
    back = (anchor.on.weekday() - WEEKDAYS[match["weekday"].lower()]) % 7
    if which in ("next", "coming", "this coming"):
        return (anchor.on + timedelta(days=(7 - back))).isoformat()
    if which in ("last", "past"):
        return (anchor.on - timedelta(days=back or 7)).isoformat()
    return (anchor.on - timedelta(days=back)).isoformat()


_WHICH = {"last": -1, "past": -1, "previous": -1, "this": 0, "the current": 0, "current": 0, "next": 1, "the coming": 1, "coming": 1, "the following": 1}


def _relative(match: re.Match[str], anchor: Anchor | None) -> str | None:
    """"this year", "last month", "next week", "this summer"."""
    if anchor is None:
        return None
    step, unit = _WHICH[match["which"].lower()], match["unit"].lower()
    if unit == "year":
        return str(anchor.year + step)
    if unit == "month":
        return anchor.shifted(step) if anchor.month else None
    if unit == "decade":
        return f"{(anchor.year // 10 + step) * 10}/{(anchor.year // 10 + step) * 10 + 9}"
    if unit in _SEASONS:
        return str(anchor.year + step)
    if unit == "quarter":
        return _quarter_of(anchor, step)
    return _week(anchor, step, unit)


def _week(anchor: Anchor, step: int, unit: str) -> str | None:
    if anchor.on is None:
        return None
    monday = anchor.on - timedelta(days=anchor.on.weekday()) + timedelta(weeks=step)
    if unit == "weekend":
        return f"{monday + timedelta(days=5)}/{monday + timedelta(days=6)}"
    return f"{monday}/{monday + timedelta(days=6)}"


def _quarter_of(anchor: Anchor, step: int) -> str | None:
    if not anchor.month:
        return None
    index = anchor.year * 4 + (anchor.month - 1) // 3 + step
    return _quarter(index // 4, index % 4 + 1, index % 4 + 1)


def _quarter(year: int, first: int, last: int) -> str:
    return f"{year}-{3 * first - 2:02d}/{year}-{3 * last:02d}"


def _quarters(match: re.Match[str], anchor: Anchor | None) -> str | None:
    """"the third quarter of 2023", "the first three quarters of this year"."""
    year = _named_year(match["of"], anchor)
    if year is None:
        return None
    which = _QUARTERS[match["which"].lower()]
    count = _count(match["count"]) if match["count"] else None
    if count is None:
        return _quarter(year, which, which)
    return _quarter(year, 1, count) if which == 1 else _quarter(year, 5 - count, 4)


def _part_months(match: re.Match[str], anchor: Anchor | None) -> str | None:
    """"the first ten months of 2020", "the last two months of this year", "the first half of 2024"."""
    year = _named_year(match["of"], anchor)
    count = 6 if match["unit"].lower() == "half" else _count(match["count"] or "")
    if year is None or not count or count > 12:
        return None
    if match["which"].lower() in ("first", "1st"):
        return f"{year}-01/{year}-{count:02d}"
    return f"{year}-{13 - count:02d}/{year}-12"


def _named_year(words: str, anchor: Anchor | None) -> int | None:
    if words.isdigit():
        return int(words)
    if anchor is None:
        return None
    lower = words.lower()
    return anchor.year + (-1 if "last" in lower else 1 if "next" in lower else 0)


def _end(match: re.Match[str], anchor: Anchor | None) -> str | None:
    """"the end of the year", "early next year", "late 2024", "mid-November": the year or month named."""
    return _named(match["of"], anchor)


def _named(words: str, anchor: Anchor | None) -> str | None:
    lower = re.sub(r"\s+", " ", words.lower())
    if re.fullmatch(_Y, lower):
        return lower
    month = re.fullmatch(rf"(?P<month>{_M})(?:,?\s(?P<year>{_Y}))?", lower, re.IGNORECASE)
    if month is not None:
        year = int(month["year"]) if month["year"] else _near(anchor, _month(month["month"]))
        return None if year is None else _iso(year, _month(month["month"]))
    if anchor is None:
        return None
    step = -1 if "last" in lower else 1 if "next" in lower or "following" in lower or "coming" in lower else 0
    if lower.endswith("year"):
        return str(anchor.year + step)
    if lower.endswith("month"):
        return anchor.shifted(step) if anchor.month else None
    if lower.endswith("decade"):
        return str((anchor.year // 10 + step) * 10 + 10)
    return None


def _length(match: re.Match[str], anchor: Anchor | None) -> tuple[int, str] | None:
    count = _count(match["count"]) if match["count"] else None if match["unit"].lower().endswith("s") else 1
    return None if anchor is None or count is None else (count, match["unit"].lower().rstrip("s"))


def _ago(match: re.Match[str], anchor: Anchor | None) -> str | None:
    """"five years ago" is that year; "two months ago" that month; "a week ago" that day."""
    length = _length(match, anchor)
    if anchor is not None and length is None:
        return _vague(anchor, match["unit"])
    if anchor is None or length is None:
        return None
    if length == (1, "year") and anchor.month:
        return anchor.shifted(-12)
    return _moved(anchor, -length[0], length[1])


def _vague(anchor: Anchor, unit: str) -> str | None:
    """"a few days ago" is known to the month, "in the coming months" to the year."""
    lower = unit.lower().rstrip("s")
    if lower in ("day", "week") and anchor.month:
        return anchor.shifted(0)
    return str(anchor.year) if lower in ("month", "day", "week") else None


def _recent(match: re.Match[str], anchor: Anchor | None) -> str | None:
    return None if anchor is None else _vague(anchor, "months")


def _until(match: re.Match[str], anchor: Anchor | None) -> str | None:
    return None if anchor is None else _span(str(anchor.year), match["year"])


def _since(match: re.Match[str], anchor: Anchor | None) -> str | None:
    """"since 2015" runs up to the statement, at the precision of its start."""
    start = _named(match["of"], anchor) if match["of"] else None
    if start is None or anchor is None or start > (anchor.on.isoformat() if anchor.on else str(anchor.year + 1)):
        return start
    return _span(start, str(anchor.year) if len(start) == 4 else anchor.shifted(0) if anchor.month else None) or start


def _moved(anchor: Anchor, count: int, unit: str) -> str | None:
    if unit in ("year", "decade"):
        return str(anchor.year + count * (10 if unit == "decade" else 1))
    if unit == "month":
        return anchor.shifted(count) if anchor.month else None
    if anchor.on is None:
        return None
    return (anchor.on + timedelta(days=count * (7 if unit == "week" else 1))).isoformat()


def _past(match: re.Match[str], anchor: Anchor | None) -> str | None:
    """"over the past four years" runs up to the statement; "over the next ten years" runs from it."""
    length = _length(match, anchor)
    if anchor is not None and length is None:
        return _recent(match, anchor) if match["unit"].lower().startswith(("month", "week", "day")) else None
    if anchor is None or length is None:
        return None
    count, unit = length
    if match.group().lower().startswith("within"):
        return _moved(anchor, count, unit)
    back = match["which"].lower() in ("past", "last", "preceding", "previous", "recent")
    if unit in ("year", "decade") and count == 1 and unit == "year":
        here = _iso(anchor.year, anchor.month)
        there = anchor.shifted(-12 if back else 12) if anchor.month else str(anchor.year + (-1 if back else 1))
    elif unit == "month" and anchor.month:
        here, there = anchor.shifted(0), anchor.shifted(-count if back else count)
    elif unit in ("year", "decade"):
        here, there = str(anchor.year), _moved(anchor, -count if back else count, unit)
    else:
        here = anchor.on.isoformat() if anchor.on else None
        days = (count if unit == "week" else count - 1) if back else count
        there = _moved(anchor, -days if back else days, unit)
    return _span(there, here) if back else _span(here, there)


def _within(match: re.Match[str], anchor: Anchor | None) -> str | None:
    """"within two months", "in three years' time": the time at which the term ends."""
    length = _length(match, anchor)
    return None if anchor is None or length is None else _moved(anchor, length[0], length[1])


_UNITS = r"(?P<unit>years?|months?|weeks?|days?|decades?)"
SHAPES: dict[str, str] = {
    "recent": rf"(?:in|over|during){_S}recent{_S}(?:months|weeks|days)",
    "until": rf"(?:between{_S}now{_S}and|from{_S}now{_S}(?:to|until)){_S}(?P<year>{_Y})",
    "since": rf"since{_S}(?:early{_S}|late{_S}|mid-?{_S}?)?(?P<of>{_M}(?:,?{_S}{_Y})?|{_Y})(?![\w/-])",
    "iso_date": rf"(?P<year>{_Y})-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])",
    "days_month": rf"(?P<first>{_D})(?:{_S}(?P<month0>{_M}))?{_T}(?P<last>{_D}){_S}(?:of{_S})?(?P<month>{_M})(?P<last_month>)?(?:,?{_S}(?P<year>{_Y}))?",
    "month_days": rf"(?P<month>{_M}){_S}(?P<first>{_D}){_T}(?:(?P<last_month>{_M}){_S})?(?P<last>{_D})(?!\d|,?\s?\d{{3}}\s)(?:,?{_S}(?P<year>{_Y}))?",
    "day_month": rf"(?:{_W},?{_S})?(?:the{_S})?(?P<day>{_D}){_S}(?:of{_S})?(?P<month>{_M})(?![a-z])(?:,?{_S}(?P<year>{_Y}))?",
    "month_day": rf"(?:{_W},?{_S})?(?P<month>{_M}){_S}(?:the{_S})?(?P<day>{_D})(?![\d%]|,\d)(?:(?:,{_S}|,|{_S})(?P<year>{_Y}))?",
    "months": rf"(?P<first>{_M})(?:,?{_S}(?P<first_year>{_Y}))?{_T}(?P<last>{_M})(?![a-z])(?!{_S}\d{{1,2}}(?!\d))(?:,?{_S}(?P<year>{_Y}))?",
    "part": rf"(?:by{_S})?(?:the{_S})?(?:very{_S})?(?:early|late|mid|end|start|beginning|middle|close|half)(?:{_S}of{_S}|-|{_S}in{_S}|{_S})(?P<of>{_M}(?:,?{_S}{_Y})?|{_Y}|(?:the|this|next|last|the{_S}following|the{_S}coming){_S}(?:calendar{_S}|current{_S}|fiscal{_S})?(?:year|month|decade))",
    "quarters": rf"(?:the{_S})?(?P<which>first|second|third|fourth|last|final){_S}(?:(?P<count>two|three|2|3){_S})?quarters?{_S}(?:of{_S}(?:fiscal{_S}year{_S})?)?(?P<of>{_Y}|this{_S}year|last{_S}year|next{_S}year|the{_S}year)",
    "part_months": rf"(?:the{_S})?(?P<which>first|second|last){_S}(?:(?P<count>{_N}){_S})?(?P<unit>half|months){_S}of{_S}(?P<of>{_Y}|this{_S}year|last{_S}year|next{_S}year|the{_S}year)(?!{_T}\d)",
    "years": rf"(?P<first>{_Y}){_T}(?P<last>{_Y}|\d\d)(?![\d%]|[-/.,]\d|\s(?:per|million|billion|[a-z]+s\b))",
    "fiscal": rf"(?:FY|fiscal{_S}year|financial{_S}year|the{_S}year)(?:{_S})?(?P<year>{_Y})",
    "month_of": rf"(?:(?P<which>last|this|next|past|coming){_S})?(?P<month>January|February|March|April|June|July|August|September|October|November|December|May|Jan\.|Feb\.|Sept\.|Oct\.|Nov\.|Dec\.)(?![a-z])(?:(?:,?{_S}|{_S}of{_S})(?P<year>{_Y}))?",
    "decade": rf"(?:the{_S})?(?P<year>(?:19|20)\d0)s",
    "ago": rf"(?:(?:just|only|over|more{_S}than|almost|nearly|about|some|around){_S})?(?P<count>{_N}){_S}(?:short{_S})?{_UNITS}{_S}(?:ago|earlier)",
    "past": rf"(?:(?:over|in|during|for|within|across|throughout){_S})?(?:the|these){_S}(?P<which>past|last|preceding|previous|next|coming|following){_S}(?:(?P<count>{_N}){_S})?(?:fiscal{_S}|calendar{_S})?{_UNITS}(?!{_S}of{_S}(?:{_Y}|(?:this|last|next){_S}year))",
    "within": rf"(?:within|in){_S}(?:the{_S}next{_S}|a{_S}period{_S}of{_S})?(?P<count>{_N}){_S}(?:short{_S})?(?:calendar{_S}|working{_S}|business{_S})?{_UNITS}(?:[’']{_S}time|{_S}of{_S}this|{_S}from{_S}now|{_S}time)?",
    "year_end": rf"(?:within|during|before|by){_S}(?:the{_S}end{_S}of{_S})?(?P<of>the{_S}year|the{_S}current{_S}year|this{_S}year)(?:[’']s{_S}end)?",
    "relative": rf"(?:(?:later|earlier|early|late){_S})?(?P<which>this|last|next|the{_S}coming|the{_S}current|current|the{_S}following|past){_S}(?:current{_S}|same{_S}|calendar{_S}|fiscal{_S}|past{_S})?(?P<unit>year|month|week|weekend|decade|quarter|spring|summer|autumn|fall)(?:[’']s)?",
    "today": r"(?:today|tomorrow|yesterday|tonight|overnight|last\snight|this\s(?:morning|afternoon|evening)|(?:just\s)?a\s(?:few\smoments|moment|(?:short\s)?while)\sago)(?:[’']s)?",
    "weekday": rf"(?:(?P<which>last|next|this{_S}coming|this|coming|past){_S})?(?P<weekday>{_W})s?",
    "year": rf"(?P<year>{_Y})",
}  # fmt: skip
RULES: dict[str, Rule] = {
    "iso_date": _iso_date, "days_month": _days, "month_days": _days, "day_month": _full_day, "month_day": _full_day, "months": _months,
    "part": _end, "quarters": _quarters, "part_months": _part_months, "years": _years, "fiscal": _year, "month_of": _month_of,
    "decade": _decade, "ago": _ago, "past": _past, "within": _within, "recent": _recent, "until": _until, "since": _since, "year_end": _end, "relative": _relative, "today": _today,
    "weekday": _weekday, "year": _year,
}  # fmt: skip
_SHAPES = {name: re.compile(shape, re.IGNORECASE) for name, shape in SHAPES.items()}
_NAMES = re.compile(r"\(\?P<\w+>")
_PATTERN = re.compile(
    r"(?<![\w/])(?:" + "|".join(rf"(?P<{name}>{_NAMES.sub('(?:', shape)})" for name, shape in SHAPES.items()) + r")(?![\w])", re.IGNORECASE
)


# --------------------------------------------------------------------------------------------------- when of a span


_LEAD = re.compile(
    r"[\s\"“‘'(*•–—-]*(?:(?:and|but|so|then|also|now|that (?:is|was) why|that[’']s why|in addition|moreover|furthermore|in this context|[A-Z][\w .]{2,24}:)[,:]?\s)?"
    r"(?:(?:in|on|over|during|since|at|by|from|between|within|for|earlier|later|early|late|just|throughout|as of|as recently as)\s)?(?:the\s)?$",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"\W*(?:As|Following|Building|Launched|Under|Pursuant|Culminating|Consistent|Further to|In (?:line|accordance|keeping|response)|After|Since [A-Z]\w+ [a-z]|Even|Established|Announced|Held)\b"
)
_MODIFIES = re.compile(r"(?<!\w)(?:the|our|its|their|this|that|[A-Z][\w-]*[’']s|of the|under the|’s|'s)\s$")
_NOUN_AFTER = re.compile(r"\s(?:[A-Z][\w.-]*|targets?|levels?|goals?|budget|budgets|deadline|elections?|summit|meeting|emissions-\w+|world|war|crisis|review|edition|report|term|period)\b")
_THEY = re.compile(r"\W*(?:They|The (?:two |three )?(?:leaders|Leaders|sides|officials|ministers|Ministers|Presidents|presidents|parties|delegations)|He|She|Both|During|In (?:their|the) (?:meeting|call|conversation)|[A-Z]\w+ (?:and [A-Z]\w+ )?(?:also )?(?:discussed|reviewed|exchanged))\b")


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
    lean = {"outcome": -1, "commitment": 1}.get(act, 0)
    here = [
        (sentence[0] + one.start, sentence[0] + one.end, one)
        for one in find(text[sentence[0] : sentence[1]], anchor, lean)
        if not _modifier(text, sentence[0] + one.start, sentence[0] + one.end)
    ]
    here = [placed for placed in here if _possible(text, placed, span, anchor, act)]
    chosen = _lead(text, here, sentence, span) or _inside(here, span) or _beside(text, here, sentence, span)
    if chosen is not None:
        return chosen.value
    if event == "CONSULT" and act == "outcome" and previous is not None and not here and _THEY.match(text, sentence[0]):
        told = find(text[previous[0] : previous[1]], anchor, lean)
        return told[0].value if len(told) == 1 and len(told[0].value) == 10 else None
    return None


Placed = tuple[int, int, TimeExpression]


def _modifier(text: str, start: int, end: int) -> bool:
    """"the 2016 Budget", "today's world", "Order 14257 of 2 April": a time that only names something."""
    if text[end - 2 : end] in ("’s", "'s") or re.match(r"[’']s\s", text[end : end + 3]):
        return not re.match(r"(?:To|Ye)", text[start : start + 2])  # "Yesterday's summit heard": the deed is of that day
    if re.search(r"\d{3,}\sof\s$", text[max(0, start - 10) : start]):
        return True
    return bool(re.fullmatch(r"(?:19|20)\d\d(?:[-–]\d+)?", text[start:end])) and bool(
        _MODIFIES.search(text, max(0, start - 20), start) and _NOUN_AFTER.match(text, end)
    )


_VAGUE = re.compile(r"recent|(?:past|last|coming|next)\s+(?:few\s+|several\s+)?(?:days|weeks)|(?:past|last)\s+(?:few\s+|several\s+)?months", re.IGNORECASE)
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
        if 0 <= start - span[1] < 12 and not re.search(r"[.;:]", text[span[1] : start]):
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


_OPENS = re.compile(r"(?:,|\bthat|\bas)\s(?:(?:in|over|during|just|on)\s)?(?:the\s)?$")


def _shared(text: str, one: TimeExpression, gap: str, span: tuple[int, int]) -> bool:
    """A deadline is of its own deed alone; a plain time carries over to a verb without a subject of its own."""
    if gap.strip() == ",":
        return True
    return one.kind != "deadline" and not _OWN_VERB.match(text, span[0])
