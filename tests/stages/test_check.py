"""The door: every altered quote and field of tests/cases/traps is refused, and the true item beside each is taken."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.language import sentences
from communique.records import (
    Act,
    Agreement,
    Assertion,
    Draft,
    Event,
    Figure,
    Item,
    Passage,
    Relation,
    Role,
    Speaker,
    Stage,
    Statement,
    Strength,
)  # fmt: skip
from communique.stages.check import check, locate
from communique.stages.resolve import resolve

CASES = Path(__file__).parent.parent / "cases" / "traps"


@dataclass(frozen=True)
class Case:
    name: str
    text: str
    side: str
    holds: bool
    line: str
    beside: str  # the quote of the true item above it


def cases() -> list[Case]:
    found = []
    for path in sorted(CASES.glob("*.txt")):
        text = side = beside = ""
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            key, _, rest = line.partition(": ")
            if not line.strip():
                side = beside = ""
            elif key == "side":
                side = rest
            elif key == "text":
                text, beside = rest, ""
            else:
                beside = rest.split(" | ")[1] if key == "holds" else beside
                found.append(Case(f"{path.stem}:{number}", text, side, key == "holds", rest, beside))
    return found


def item(case: Case) -> Item:
    """The item of a case, at the place of its quote; a quote that is not in the text goes where the true one is."""
    head, quote = case.line.split(" | ")
    words, fields = [], {}
    for word in head.split():
        if "=" in word[1:] and not re.fullmatch(r"[<>~=]+", word):
            key, value = word.split("=")
            fields[key] = value.replace("_", " ")
        else:
            words.append(word)
    at = case.text.find(quote)
    start = int(fields.pop("at", max(0, at if at >= 0 else case.text.find(case.beside))))
    place = {"start": start, "end": start + len(quote), "quote": quote}
    kind, *rest = words
    if kind == "figure":
        value, rel, *unit = rest
        high = float(fields["high"]) if "high" in fields else None
        return Figure(**place, value=float(value), rel=rel, unit=" ".join(unit), value_high=high)
    if kind == "agreement":
        return Agreement(**place, stage=Stage(rest[0]), name=" ".join(rest[1:]))
    if kind == "relation":
        return Relation(**place, parties=tuple(rest[0].split(",")), label=fields["label"])
    actors, _, targets = (rest[1] if len(rest) > 1 else "").partition(">")
    split = lambda codes: tuple(code for code in codes.split(",") if code)  # noqa: E731
    return Assertion(
        **place, act=Act(kind), event=Event(rest[0]), actors=split(actors), targets=split(targets), when=fields.get("when"),
        strength=Strength(fields["strength"]) if "strength" in fields else None,
        speaker=fields.get("speaker", ""), people=split(fields.get("people", "")),
    )  # fmt: skip


def statement(text: str, side: str = "") -> tuple[Statement, tuple[Passage, ...]]:
    speakers = (Speaker("the ministry", "", side),) if side else ()
    passages = tuple(Passage(start, end, Role.QUESTION if text.startswith("Q:") else Role.BODY) for start, end in sentences.sentences(text))
    return Statement(id="case", text=text, source="case", date="2024-05-20", speakers=speakers), passages


def draft(made: Item) -> Draft:
    return Draft(**{f"{type(made).__name__.lower()}s": (made,)})


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_traps(case: Case) -> None:
    document, passages = statement(case.text, case.side)
    reading = check(document, passages, draft(item(case)), reader="trap", mentions=resolve(document, passages))
    if case.holds:
        assert reading.items, reading.problems
    else:
        assert not reading.items
        assert not reading.aside
        assert len(reading.problems) == 1


def test_there_are_three_hundred_traps() -> None:
    assert sum(not case.holds for case in cases()) >= 300


@given(st.text(min_size=1), st.data())
def test_no_altered_quote_passes(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(-2, len(text) + 2))
    end = data.draw(st.integers(-2, len(text) + 2))
    quote = data.draw(st.text(min_size=1).filter(lambda made: made != text[max(0, start) : max(0, end)]))
    document = Statement(id="x", text=text, source="x")
    made = Figure(start=start, end=end, quote=quote, value=3, unit="percent")
    assert not check(document, (Passage(0, len(text)),), draft(made), reader="x").items


@pytest.mark.parametrize(
    ("text", "quote", "place"),
    [
        ("Fiji signed. Samoa signed.", "Samoa signed", 13),
        ("Fiji signed. Samoa signed.", "signed", None),  # twice: nobody can say which
        ("Fiji signed.", "Fiji  signed", None),
        ("Fiji signed.", "", None),
    ],
)
def test_locate_finds_the_one_place_or_none(text: str, quote: str, place: int | None) -> None:
    assert locate(text, quote) == place


def test_an_item_below_the_floor_is_kept_aside_not_asserted() -> None:
    document, passages = statement("Norway will host the donors' conference.")
    words = "Norway will host the donors' conference"
    doubtful = Assertion(0, len(words), words, Act.COMMITMENT, Event.CONSULT, ("NOR",), strength=Strength.FIRM, confidence=0.2)
    reading = check(document, passages, draft(doubtful), reader="x", floor=0.5)
    assert reading.aside == (doubtful,)
    assert not reading.assertions
