"""The calendar of a statement: what each shape of time expression means, seen from the statement's own date.

One function a shape, named in ``RULES``; each takes the match and the anchor and gives an ISO value of the precision stated, or None.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from communique.language.numerals import number
from communique.vocabulary.times import times

SEASONS = frozenset({"spring", "summer", "autumn", "fall"})
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4}


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
        if match is None:
            return None
        year, month, day = (int(part or 0) for part in match.groups())
        return cls(year, month, day, lean)

    @property
    def on(self) -> date | None:
        """The day, when it is known to the day."""
        return date(self.year, self.month, self.day) if self.day else None

    def shifted(self, months: int) -> str:
        """The month so many months away."""
        index = self.year * 12 + (self.month or 1) - 1 + months
        return f"{index // 12:04d}-{index % 12 + 1:02d}"


Rule = Callable[[re.Match[str], "Anchor | None"], "str | None"]


def _month(name: str) -> int:
    return times().months[name.lower().rstrip(".")]


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
    first_month, last_month = (_month(match[one] or match[other]) for one, other in (("month", "last_month"), ("last_month", "month")))
    year = int(match["year"]) if match["year"] else _near(anchor, last_month)
    if year is None:
        return None
    start = int(match["first_year"]) if match["first_year"] else year - (first_month > last_month)
    return _span(_iso(start, first_month, _day(match["first"])), _iso(year, last_month, _day(match["last"])))


def _month_of(match: re.Match[str], anchor: Anchor | None) -> str | None:
    month = _month(match["month"])
    if stated := match["year"] or match["of"]:
        year = _named_year(stated, anchor)
        return None if year is None else _iso(year, month)
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
    return _iso(int(match["year"]), int(match["month"]), int(match["day"]))


def _decade(match: re.Match[str], _: Anchor | None) -> str | None:
    start = int(match["year"])
    return f"{start}/{start + 9}"


def _today(match: re.Match[str], anchor: Anchor | None) -> str | None:
    if anchor is None or anchor.on is None:
        return None
    words = match.group().lower()
    step = 1 if "tomorrow" in words else -1 if "yesterday" in words or "last night" in words else 0
    if match["day"]:  # "today (12)", in a text of the 13th
        week = (anchor.on - timedelta(days=back) for back in range(8))
        return next((day.isoformat() for day in week if day.day == int(match["day"])), None)
    return (anchor.on + timedelta(days=step)).isoformat()


def _weekday(match: re.Match[str], anchor: Anchor | None) -> str | None:
    """The day of that name nearest the statement: back for "last", ahead for "next", else the past week's, today's included."""
    if anchor is None or anchor.on is None:
        return None
    which = (match["which"] or "").lower()
    back = (anchor.on.weekday() - times().weekdays[match["weekday"].lower()]) % 7
    if which in ("next", "coming", "this coming"):
        return (anchor.on + timedelta(days=(7 - back))).isoformat()
    if which in ("last", "past"):
        return (anchor.on - timedelta(days=back or 7)).isoformat()
    return (anchor.on - timedelta(days=back)).isoformat()


_WHICH = {
    "last": -1, "past": -1, "previous": -1, "this": 0, "the current": 0, "current": 0,
    "next": 1, "the coming": 1, "coming": 1, "the following": 1,
}  # fmt: skip


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
    if unit in SEASONS:
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
    if re.fullmatch(r"(?:1[5-9]|20|21)\d\d", lower):
        return lower
    month = times().shapes["month_of"].fullmatch(lower)
    if month is not None:
        stated = month["year"] or month["of"]
        year = _named_year(stated, anchor) if stated else _near(anchor, _month(month["month"]))
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
    here, there = _reach(anchor, count, unit, -1 if back else 1)
    return _span(there, here) if back else _span(here, there)


def _reach(anchor: Anchor, count: int, unit: str, way: int) -> tuple[str | None, str | None]:
    """The anchor and the other end of a stretch of time, at the precision of its unit; a single year is told in months."""
    if unit == "year" and count == 1 and anchor.month:
        return anchor.shifted(0), anchor.shifted(12 * way)
    if unit == "month" and anchor.month:
        return anchor.shifted(0), anchor.shifted(count * way)
    if unit in ("year", "decade"):
        return str(anchor.year), _moved(anchor, count * way, unit)
    inclusive = 1 if unit == "day" and way < 0 else 0  # "the last two days" are today and yesterday
    return anchor.on.isoformat() if anchor.on else None, _moved(anchor, (count - inclusive) * way, unit)


def _within(match: re.Match[str], anchor: Anchor | None) -> str | None:
    """"within two months", "in three years' time": the time at which the term ends."""
    length = _length(match, anchor)
    return None if anchor is None or length is None else _moved(anchor, length[0], length[1])


RULES: dict[str, Rule] = {
    "iso_date": _iso_date, "days_month": _days, "month_days": _days, "day_month": _full_day, "month_day": _full_day, "months": _months,
    "part": _end, "quarters": _quarters, "part_months": _part_months, "years": _years, "fiscal": _year, "month_of": _month_of,
    "decade": _decade, "ago": _ago, "past": _past, "within": _within, "recent": _recent, "until": _until, "since": _since,
    "year_end": _end, "relative": _relative, "today": _today,
    "weekday": _weekday, "year": _year,
}  # fmt: skip
