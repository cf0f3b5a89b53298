"""How values stand in columns: words that may hold half a surrogate pair, tuples as JSON text, and the order of the record."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from typing import Any
from zlib import crc32

from sqlalchemy import Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

DAY = 1 << 32  # one day in the order of the record


class Words(TypeDecorator[str]):
    """Text as it came.  Half a surrogate pair has no UTF-8: such text is kept as bytes, and comes back as it was."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> Any:
        """The text, or its bytes where it is no valid Unicode."""
        if value is None or value.isascii():
            return value
        try:
            value.encode()
        except UnicodeEncodeError:
            return value.encode("utf-8", "surrogatepass")
        return value

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        """The text that was stored."""
        return value.decode("utf-8", "surrogatepass") if isinstance(value, bytes) else value


class Codes(TypeDecorator[tuple[str, ...]]):
    """A tuple of strings as a JSON array, readable in any tool."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        """The JSON text."""
        return None if value is None else _array(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[str, ...]:
        """The tuple."""
        return () if value is None else _tuple(value)


class Pairs(TypeDecorator[Any]):
    """Small nested values (speakers, grounds, changes) as JSON text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """The JSON text."""
        return None if value is None else json.dumps(value, ensure_ascii=not _plain(value))

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Lists and strings."""
        return None if value is None else json.loads(value)


@lru_cache(maxsize=65_536)
def _array(value: tuple[str, ...]) -> str:
    return json.dumps(value, ensure_ascii=not _plain(value))


@lru_cache(maxsize=65_536)
def _tuple(value: str) -> tuple[str, ...]:
    return tuple(json.loads(value))


def _plain(value: Any) -> bool:
    try:
        str(value).encode()
    except UnicodeEncodeError:
        return False
    return True


def day(when: str | None) -> int:
    """The first day of an ISO date of any precision, as a number; 0 when there is none."""
    first = (when or "").partition("/")[0]
    try:
        return date.fromisoformat({4: first + "-01-01", 7: first + "-01"}.get(len(first), first)).toordinal()
    except ValueError:
        return 0


def ordinal(when: str | None, doc: str) -> int:
    """Where a statement stands in the record: by date, then by its id, whatever the order it was added in."""
    return day(when) * DAY + crc32(doc.encode("utf-8", "surrogatepass"))


def span(since: str | None, until: str | None) -> tuple[int | None, int | None]:
    """The ordinals from the first day of ``since`` up to, and without, the day after the last of ``until``."""
    low = day(since) * DAY if since else (DAY if until else None)
    return low, None if not until else (_last(until) + 1) * DAY


def _last(when: str) -> int:
    end = when.rpartition("/")[2]
    year = int(end[:4])
    if len(end) == 4:
        return date(year, 12, 31).toordinal()
    if len(end) == 7:
        month = int(end[5:7])
        return (date(year + month // 12, month % 12 + 1, 1)).toordinal() - 1
    return date.fromisoformat(end).toordinal()
