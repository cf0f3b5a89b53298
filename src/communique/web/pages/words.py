"""How records read in words on a page: actors, publishers, kinds, amounts, times, what people decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

from communique.errors import BadFilter
from communique.records import Agreement, Assertion, Event, Figure, Item, Kept, Relation, Strength, Topic, kind_of
from communique.reports.places import name, publisher

FIELDS = {  # what a person may edit, in the order of the form
    Assertion: ("act", "event", "topic", "when", "specific", "strength", "actors", "targets", "people", "speaker"),
    Figure: ("value", "unit", "rel", "of", "when", "giver", "receiver"),
    Agreement: ("stage", "name", "short", "parties"),
    Relation: ("label", "parties"),
}
EMPTY = ("when", "strength")  # fields that may have no value


def named(code: str) -> str:
    """An actor's code in words: "Kenya", "developing countries", "Red Crescent"."""
    return code[4:] if code.startswith("org:") else name(code)


def published(code: str) -> str:
    """A publisher in words."""
    return publisher(code) or "publisher unknown"


def kind(item: Item) -> str:
    """The act of an assertion, or the kind of any other item: what its colour and shape go by."""
    return item.act.value if isinstance(item, Assertion) else kind_of(item)


def sides(item: Item) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who an item is about: those who act or are party, and those towards whom."""
    match item:
        case Assertion():
            return item.actors, item.targets
        case _ if kind_of(item) == "figure":
            return getattr(item, "giver", ()), getattr(item, "receiver", ())
        case _:
            return getattr(item, "parties", ()), ()


def judged(kept: Kept) -> str:
    """How people left an item: "accepted by A. Njoroge", or nothing."""
    last = kept.judgements[-1] if kept.judgements else None
    words = {"accept": "accepted", "reject": "rejected", "edit": "edited", "undo": "undone"}
    return f"{words.get(last.decision, last.decision)} by {last.by}" if last else ""


def rejected(kept: Kept) -> bool:
    """Whether the last word on an item was no."""
    return bool(kept.judgements) and kept.judgements[-1].decision == "reject"


def editable(item: Item) -> list[tuple[str, str]]:
    """The fields a person may edit, each with its value as it is written in a form."""
    return [(field, _written(getattr(item, field))) for field in FIELDS[type(item)]]


def _written(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case tuple():
            return ", ".join(value)
        case Enum():
            return str(value.value)
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
        case _:
            return str(value)


def edited(item: Item, given: Mapping[str, str]) -> dict[str, Any]:
    """The fields that a form gives otherwise than ``editable`` wrote them, as values of their kind."""
    changed = {field: given[field].strip() for field, words in editable(item) if given.get(field, words).strip() != words}
    return {field: _meant(field, words, getattr(item, field)) for field, words in changed.items()}


def _meant(field: str, words: str, had: Any) -> Any:
    match had:
        case bool():
            return words == "yes"
        case tuple():
            return [part.strip() for part in words.split(",") if part.strip()]
        case float():
            try:
                return float(words.replace(",", ""))
            except ValueError:
                raise BadFilter(field, words, "a number") from None
        case _:
            return words or (None if field in EMPTY else "")


def tags(item: Item) -> Iterator[str]:
    """What an item says beside who and what: event, topic, time, amount, stage."""
    match item:
        case Assertion():
            yield from [item.event.value.lower()] if item.event is not Event.NONE else []
            yield from [item.topic.value] if item.topic is not Topic.OTHER else []
            yield from [item.strength.value] if item.strength and item.strength is not Strength.FIRM else []
            yield from [word for word, on in (("specific", item.specific), ("told by another side", item.reported)) if on]
            yield from [f"said by {item.speaker}"] if item.speaker else []
        case Figure():
            yield amount(item)
            yield from [item.of] if item.of else []
        case Agreement():
            yield item.stage.value
            yield item.name if item.short in item.name else f"{item.name} ({item.short})"
        case Relation():
            yield item.label
    yield from [when(item.when)] if getattr(item, "when", None) else []  # type: ignore[union-attr]


def when(given: str | None) -> str:
    """A time in words: "2023-06 to 2023-09"."""
    return (given or "").replace("/", " to ")


def _compact(value: float) -> str:
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{value / size:,.4g} {word}"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,g}"


RELATIONS = {"=": "", ">": "over ", ">=": "at least ", "<": "nearly ", "<=": "up to ", "~": "about "}


def amount(figure: Any) -> str:
    """A figure in words: "over 220 billion mask"."""
    high = f"–{_compact(figure.value_high)}" if figure.value_high is not None else ""
    return f"{RELATIONS[figure.rel]}{_compact(figure.value)}{high} {figure.unit}".strip()


ALL = (amount, editable, judged, kind, named, published, rejected, sides, tags, when)
