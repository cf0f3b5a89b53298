"""What a person may put into a field of an item: every value is one its field can have, and is kept in its settled form."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from communique.errors import BadFilter
from communique.records import Act, Event, Stage, Strength, Topic
from communique.store import asking
from communique.vocabulary.actors import current

Settled = Callable[[Any], Any]  # the value as it is kept; ValueError when the field cannot have it

_GROUP = re.compile(r"grp:[a-z0-9]+(?:-[a-z0-9]+)*")
_RELATIONS = ("=", ">", ">=", "<", "<=", "~")


def settled(field: str, value: Any) -> Any:
    """The value as the record keeps it ("Kenya" among actors is ``KEN``, a year is a word); what the field cannot have is refused."""
    settle, takes = _FIELDS[field]
    try:
        return settle(value)
    except ValueError:
        raise BadFilter(field, value, takes) from None


def _choice(kind: type[StrEnum]) -> Settled:
    return lambda value: kind(value).value


def _or_none(settle: Settled) -> Settled:
    return lambda value: None if value is None or value == "" else settle(value)


def _when(value: Any) -> str:
    """A year, month or day, or two of them with a stroke between, the earlier first."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError
    try:
        ends = [asking.date_of("when", part) for part in str(value).split("/")]
    except BadFilter:
        raise ValueError from None
    if len(ends) > 2 or ends[0] > asking.last_day(ends[-1]):
        raise ValueError
    return "/".join(ends)


def _codes(value: Any) -> list[str]:
    return list(dict.fromkeys(_code(each) for each in _texts(value)))


def _code(given: str) -> str:
    found = asking.actor(given)
    if found in current().names or _GROUP.fullmatch(found) or (found.startswith("org:") and found[4:].strip()):
        return found
    raise ValueError


def _some_codes(value: Any) -> list[str]:
    found = _codes(value)
    if not found:
        raise ValueError
    return found


def _texts(value: Any) -> list[str]:
    if not isinstance(value, list | tuple):
        raise ValueError
    return [_words(each) for each in value]


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError
    return value.strip()


def _words(value: Any) -> str:
    found = _text(value)
    if not found:
        raise ValueError
    return found


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError
    return value


def _relation(value: Any) -> str:
    if value not in _RELATIONS:
        raise ValueError
    return str(value)


def _one_of(kind: type[StrEnum]) -> str:
    return "one of " + ", ".join(each.value for each in kind)


_WHEN = "a year, a month or a day (2020, 2020-08, 2020-08-11), two of them as start/end, or null for none"
_CODES = 'a list of codes or names of actors (["KEN", "ASEAN"]), grp:kebab-words or org:Name among them'
_TEXT, _NAMED = "words, or none", "words"
_FIELDS: dict[str, tuple[Settled, str]] = {
    "act": (_choice(Act), _one_of(Act)),
    "event": (_choice(Event), _one_of(Event)),
    "topic": (_choice(Topic), _one_of(Topic)),
    "stage": (_choice(Stage), _one_of(Stage)),
    "strength": (_or_none(_choice(Strength)), _one_of(Strength) + ", or null for none"),
    "when": (_or_none(_when), _WHEN),
    "actors": (_some_codes, _CODES + ", at least one"),
    "targets": (_codes, _CODES),
    "giver": (_codes, _CODES),
    "receiver": (_codes, _CODES),
    "parties": (_codes, _CODES),
    "people": (_texts, 'a list of names (["Wang Yi"])'),
    "specific": (_truth, "true or false"),
    "reported": (_truth, "true or false"),
    "value": (_number, "a number"),
    "value_high": (_or_none(_number), "a number, or null for none"),
    "rel": (_relation, "one of " + " ".join(_RELATIONS)),
    "unit": (_words, _NAMED + " (tonne, percent, USD)"),
    "name": (_words, _NAMED),
    "label": (_words, _NAMED),
    "short": (_text, _TEXT),
    "of": (_text, _TEXT),
    "speaker": (_text, _TEXT),
}
