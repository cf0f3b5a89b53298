"""Periods of time from ISO dates of any precision, compared without guessing more than they say."""

from __future__ import annotations

import re
from functools import lru_cache

_DAY = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")
MONTHS = ("", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


@lru_cache(maxsize=4096)
def bounds(when: str | None) -> tuple[str, str] | None:
    """First and last day that ``2020``, ``2020-08``, ``2020-08-11`` or ``start/end`` covers; ``None`` when unstated."""
    if not when:
        return None
    first, _, last = when.partition("/")
    start, end = _DAY.match(first.strip()), _DAY.match((last or first).strip())
    if not start or not end:
        return None
    return f"{start[1]}-{start[2] or '01'}-{start[3] or '01'}", f"{end[1]}-{end[2] or '12'}-{end[3] or '31'}"


def overlap(when: str | None, since: str, until: str) -> bool:
    """Whether the period shares a day with ``since`` to ``until`` (full ISO days)."""
    found = bounds(when)
    return found is not None and found[0] <= until and found[1] >= since


def spoken(when: str | None) -> str:
    """``2020-08`` as "August 2020"; days stay ISO, which is how notes cite them."""
    if not when:
        return ""
    if "/" in when:
        first, _, last = when.partition("/")
        return f"{spoken(first)} to {spoken(last)}" if first != last else spoken(first)
    found = _DAY.match(when)
    if not found or not found[2] or found[3] or not 1 <= int(found[2]) <= 12:
        return when
    return f"{MONTHS[int(found[2])]} {found[1]}"
