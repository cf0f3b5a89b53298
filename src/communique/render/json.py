"""Values as JSON: the objects of the interface, one form, the same bytes on every run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

import msgspec

from communique.reports.values import Report, Review


def compact(value: Any) -> str:
    """One line of JSON; a lone surrogate, which JSON cannot hold as it is, goes as its escape."""
    try:
        return msgspec.json.encode(value).decode("utf-8")
    except (UnicodeEncodeError, msgspec.ValidationError, ValueError):
        import json

        return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def pretty(value: Any) -> str:
    """The same, indented, for people."""
    return msgspec.json.format(compact(value), indent=2)


def lines(objects: Iterable[Any]) -> Iterator[str]:
    """JSON lines, each ended."""
    for each in objects:
        yield compact(each) + "\n"


def array(objects: Iterable[Any]) -> Iterator[str]:
    """One JSON array, an object a line, written as they come."""
    opened = False
    for each in objects:
        yield (",\n" if opened else "[\n") + compact(each)
        opened = True
    yield "\n]\n" if opened else "[]\n"


def plain(value: object) -> Any:
    """Any of our frozen values as an object of JSON, fields in their order."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    return value


def review(value: Review | Report) -> str:
    """The whole report, the long tail of every block included."""
    return pretty(plain(value)) + "\n"
