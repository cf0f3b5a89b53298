"""What a record was drawn from: whose statements, of which years, with which gaps, and what could not be read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from communique.reports.places import publisher
from communique.reports.values import Block, Line, Report, Row, Section

_PUBLISHERS, _PROBLEMS = 30, 20


class Group(NamedTuple):
    """Statements of one publisher, year (empty: undated) and kind."""

    publisher: str
    year: str
    kind: str
    statements: int
    items: int


class Voice(NamedTuple):
    """Statements of one publisher that speak for one side, a code."""

    publisher: str
    side: str
    statements: int


class Span(NamedTuple):
    """The first and the last date of a publisher."""

    publisher: str
    first: str
    last: str


class Silence(NamedTuple):
    """A stretch without a statement of a publisher."""

    publisher: str
    before: str
    after: str
    months: int


class Fault(NamedTuple):
    """Problems of one kind, with the message of the first."""

    stage: str
    code: str
    n: int
    message: str


class Drawn(NamedTuple):
    """What a record holds, counted; silences the longest first, faults the commonest first."""

    groups: Sequence[Group] = ()
    voices: Sequence[Voice] = ()
    spans: Sequence[Span] = ()
    silences: Sequence[Silence] = ()
    faults: Sequence[Fault] = ()

    @classmethod
    def of(cls, groups: Rows, voices: Rows, spans: Rows, silences: Rows, faults: Rows) -> Drawn:
        """From rows as a database gives them."""
        named = [Group(*row) for row in groups], [Voice(*row) for row in voices], [Span(*row) for row in spans]
        return cls(*named, [Silence(*row) for row in silences], [Fault(*row) for row in faults])


Rows = Iterable[Sequence[Any]]


def coverage(drawn: Drawn) -> Report:
    """The coverage of a record."""
    told = tuple(block for block in (_publishers(drawn), _years(drawn.groups)) if block)
    missing = tuple(_missing(drawn))
    sections = (
        Section(1, "Statements", told, "" if told else "None."),
        Section(2, "What is missing", missing, "" if missing else "Nothing that the record knows of."),
    )
    return Report("What the record was drawn from", tuple(_sentences(drawn)), sections)


def _sentences(drawn: Drawn) -> Iterable[str]:
    first, last = _span(drawn.spans)
    span = f", {first} to {last}" if first else ""
    publishers = len({each.publisher for each in drawn.groups})
    yield f"{_statements(drawn.groups):,} statements of {publishers:,} publishers{span}, {_items(drawn.groups):,} items."
    undated = _statements([each for each in drawn.groups if not each.year])
    if undated:
        yield f"{undated:,} without a date."
    problems = sum(each.n for each in drawn.faults)
    if problems:
        yield f"{problems:,} problem{'s' if problems != 1 else ''} listed below."


def _row(*texts: object) -> Row:
    return Row(tuple((Line(f"{text:,}" if isinstance(text, int) else str(text)),) for text in texts))


def _publishers(drawn: Drawn) -> Block | None:
    under: dict[str, list[Group]] = defaultdict(list)
    for each in drawn.groups:
        under[_called(each.publisher)].append(each)
    sides: dict[str, Counter[str]] = defaultdict(Counter)
    for voice in drawn.voices:
        sides[_called(voice.publisher)][voice.side] += voice.statements
    spans: dict[str, list[Span]] = defaultdict(list)
    for span in drawn.spans:
        spans[_called(span.publisher)].append(span)
    ordered = sorted(under.items(), key=lambda entry: (-_statements(entry[1]), entry[0]))
    rows = tuple(
        _row(name, _statements(some), *_span(spans[name]), _kinds(some), ", ".join(_most(sides[name])[:3]), _items(some))
        for name, some in ordered
    )
    head = ("publisher", "statements", "first", "last", "kinds", "speaks for", "items")
    return Block("By publisher", head=head, rows=rows, shown_rows=min(len(rows), _PUBLISHERS)) if rows else None


def _called(name: str) -> str:
    return publisher(name) or "unknown"


def _span(some: Sequence[Span]) -> tuple[str, str]:
    return min((each.first for each in some), default=""), max((each.last for each in some), default="")


def _statements(some: Sequence[Group]) -> int:
    return sum(each.statements for each in some)


def _items(some: Sequence[Group]) -> int:
    return sum(each.items for each in some)


def _kinds(some: Sequence[Group]) -> str:
    counted: Counter[str] = Counter()
    for each in some:
        counted[each.kind or "unknown"] += each.statements
    return ", ".join(_most(counted)[:2])


def _most(counted: Counter[str]) -> list[str]:
    return [value for value, _ in sorted(counted.items(), key=lambda one: (-one[1], one[0]))]


def _years(groups: Sequence[Group]) -> Block | None:
    years: dict[str, list[Group]] = defaultdict(list)
    for each in groups:
        years[each.year or "undated"].append(each)
    rows = tuple(_row(year, _statements(some), len({one.publisher for one in some}), _items(some)) for year, some in sorted(years.items()))
    return Block("By year", head=("year", "statements", "publishers", "items"), rows=rows, shown_rows=len(rows)) if rows else None


def _missing(drawn: Drawn) -> Iterable[Block]:
    rows = tuple(_row(publisher(each.publisher), each.before, each.after) for each in drawn.silences)
    if rows:
        yield Block("Silences of half a year or more", head=("publisher", "from", "to"), rows=rows, shown_rows=min(len(rows), _PUBLISHERS))
    rows = tuple(_row(each.code, each.n, each.message) for each in drawn.faults)
    if rows:
        yield Block("Problems", head=("kind", "count", "for example"), rows=rows, shown_rows=min(len(rows), _PROBLEMS))
