"""Filters from what a caller wrote: names made codes, one value or many, dates of any precision; what cannot be used is said."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from communique.errors import BadFilter
from communique.records import Act, Event, Filters, Topic
from communique.vocabulary.actors import Vocabulary, current

NAMES = ("actor", "partner", "topic", "act", "event", "since", "until", "publisher", "limit")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def filters(given: Filters | None = None, **named: Any) -> Filters:
    """The filters; ``with_`` is another name of ``partner``, and an actor may be a code or a name ("CHN", "China")."""
    if "with_" in named:
        named["partner"] = named.pop("with_") or named.get("partner")
    unknown = sorted(named.keys() - set(NAMES))
    if unknown:
        raise BadFilter("filter", unknown[0], "one of " + ", ".join(NAMES))
    values: dict[str, Any] = {name: getattr(given, name) for name in NAMES} if given else {}
    values |= {name: value for name, value in named.items() if value not in (None, "", ())}
    since, until = _date("since", values.get("since")), _date("until", values.get("until"))
    if since and until and since > last_day(until):
        raise BadFilter("since", since, f"a date before the end of until, {until}; nothing lies between them")
    return Filters(
        actor=tuple(actor(each) for each in _many(values.get("actor"))),
        partner=tuple(actor(each) for each in _many(values.get("partner"))),
        topic=_choice("topic", values.get("topic"), Topic),
        act=_choice("act", values.get("act"), Act),
        event=_choice("event", values.get("event"), Event),
        since=since,
        until=until,
        publisher=_names(values.get("publisher")),
        limit=_limit(values.get("limit")),
    )


def actor(name: str) -> str:
    """The code of an actor given as a code or by any name."""
    if name.startswith(("grp:", "org:")) or (name.isupper() and len(name) <= 12):
        return name
    return _by_name(current()).get(name.casefold(), name.upper() if len(name) == 3 else name)


@cache
def _by_name(vocabulary: Vocabulary) -> dict[str, str]:
    found = {form.text.casefold(): form.codes[0] for form in vocabulary.forms if len(form.codes) == 1}
    return found | {code.casefold(): code for code in vocabulary.names} | {name.casefold(): code for code, name in vocabulary.names.items()}


def _many(value: str | Iterable[str] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    parts = value.split(",") if isinstance(value, str) else value
    return tuple(dict.fromkeys(str(part).strip() for part in parts if str(part).strip()))


def _names(value: str | Iterable[str] | None) -> tuple[str, ...]:
    """Names of publishers, which may hold commas."""
    return _many([value] if isinstance(value, str) else value)


def _choice(name: str, value: str | Iterable[str] | None, kind: type[Act] | type[Event] | type[Topic]) -> tuple[str, ...]:
    known = {each.value.casefold(): each.value for each in kind}
    chosen = _many(value)
    for each in chosen:
        if each.casefold() not in known:
            raise BadFilter(name, each, "one of " + ", ".join(known.values()))
    return tuple(known[each.casefold()] for each in chosen)


def _date(name: str, value: object) -> str | None:
    return None if value is None or value == "" else date_of(name, value)


def date_of(name: str, value: object) -> str:
    """A year, month or day, as it was given."""
    said = str(value).strip()
    if _DATE.fullmatch(said):
        try:
            date.fromisoformat({4: said + "-01-01", 7: said + "-01"}.get(len(said), said))
        except ValueError:
            pass
        else:
            return said
    raise BadFilter(name, value, "a year, a month or a day: 2020, 2020-08 or 2020-08-11")


def last_day(given: str) -> str:
    """What no day of a year, month or day comes after: "2020-12-31" of 2020, "2020-02-31" of its February."""
    return given + "-12-31"[len(given) - 4 :]


def _limit(value: object) -> int | None:
    if value is None:
        return None
    try:
        limit = int(str(value))
    except ValueError:
        limit = -1
    if limit < 0:
        raise BadFilter("limit", value, "a whole number from 0 up")
    return limit
