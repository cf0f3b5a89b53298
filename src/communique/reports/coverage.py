"""What a record was drawn from: whose statements, of which years, with which gaps, and what could not be read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from communique.records import Entry, Problem
from communique.reports.places import publisher
from communique.reports.values import Block, Line, Report, Row, Section

_PUBLISHERS, _PROBLEMS, _MONTHS = 30, 20, 6


def coverage(entries: Iterable[Entry], problems: Sequence[Problem] = ()) -> Report:
    """The coverage of a record, from the list of its statements and the problems that stand."""
    found = sorted(entries, key=lambda each: (each.date or "9999", each.id))
    told = tuple(block for block in (_publishers(found), _years(found)) if block)
    missing = tuple(_missing(found, problems))
    sections = (
        Section(1, "Statements", told, "" if told else "None."),
        Section(2, "What is missing", missing, "" if missing else "Nothing that the record knows of."),
    )
    return Report("What the record was drawn from", tuple(_sentences(found, problems)), sections)


def _sentences(found: Sequence[Entry], problems: Sequence[Problem]) -> Iterable[str]:
    dates = [each.date for each in found if each.date]
    span = f", {dates[0]} to {dates[-1]}" if dates else ""
    publishers = len({each.publisher for each in found})
    yield f"{len(found):,} statements of {publishers:,} publishers{span}, {sum(each.items for each in found):,} items."
    undated = len(found) - len(dates)
    if undated:
        yield f"{undated:,} without a date."
    if problems:
        yield f"{len(problems):,} problem{'s' if len(problems) != 1 else ''} listed below."


def _row(*texts: object) -> Row:
    return Row(tuple((Line(f"{text:,}" if isinstance(text, int) else str(text)),) for text in texts))


def _publishers(found: Sequence[Entry]) -> Block | None:
    under: dict[str, list[Entry]] = defaultdict(list)
    for each in found:
        under[publisher(each.publisher) or "unknown"].append(each)
    ordered = sorted(under.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    rows = tuple(_row(name, len(some), *_span(some), _commonest(some), _sides(some), _items(some)) for name, some in ordered)
    head = ("publisher", "statements", "first", "last", "kinds", "speaks for", "items")
    return Block("By publisher", head=head, rows=rows, shown_rows=min(len(rows), _PUBLISHERS)) if rows else None


def _span(rows: Sequence[Entry]) -> tuple[str, str]:
    dates = sorted(row.date for row in rows if row.date)
    return (dates[0], dates[-1]) if dates else ("", "")


def _items(rows: Sequence[Entry]) -> int:
    return sum(row.items for row in rows)


def _commonest(rows: Sequence[Entry]) -> str:
    return ", ".join(_most(Counter(row.kind or "unknown" for row in rows))[:2])


def _most(counted: Counter[str]) -> list[str]:
    return [value for value, _ in sorted(counted.items(), key=lambda one: (-one[1], one[0]))]


def _sides(rows: Sequence[Entry]) -> str:
    sides = Counter(code for row in rows for code in {*row.issuers, *(each.side for each in row.speakers if each.side)})
    return ", ".join(_most(sides)[:3])


def _years(found: Sequence[Entry]) -> Block | None:
    years: dict[str, list[Entry]] = defaultdict(list)
    for each in found:
        years[(each.date or "undated")[:4] if each.date else "undated"].append(each)
    rows = tuple(_row(year, len(some), len({one.publisher for one in some}), _items(some)) for year, some in sorted(years.items()))
    return Block("By year", head=("year", "statements", "publishers", "items"), rows=rows, shown_rows=len(rows)) if rows else None


def _missing(found: Sequence[Entry], problems: Sequence[Problem]) -> Iterable[Block]:
    gaps = _gaps(found)
    if gaps:
        rows = tuple(_row(*gap) for gap in gaps)
        yield Block("Silences of half a year or more", head=("publisher", "from", "to"), rows=rows, shown_rows=min(len(rows), _PUBLISHERS))
    counted = Counter((each.stage, each.code) for each in problems)
    examples = {(each.stage, each.code): each for each in reversed(problems)}
    ordered = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    rows = tuple(_row(kind[1], count, examples[kind].message) for kind, count in ordered)
    if rows:
        yield Block("Problems", head=("kind", "count", "for example"), rows=rows, shown_rows=min(len(rows), _PROBLEMS))


def _gaps(found: Sequence[Entry]) -> list[tuple[str, str, str]]:
    """Stretches without a statement of a publisher that has at least three, longest known silence first."""
    under: dict[str, list[str]] = defaultdict(list)
    for each in found:
        if each.date and len(each.date) >= 7 and each.publisher:
            under[each.publisher].append(each.date)
    gaps = []
    for name, dates in sorted(under.items()):
        for before, after in pairwise(dates):
            months = 12 * (int(after[:4]) - int(before[:4])) + int(after[5:7]) - int(before[5:7])
            if len(dates) >= 3 and months >= _MONTHS:
                gaps.append((months, publisher(name), before, after))
    return [gap[1:] for gap in sorted(gaps, key=lambda gap: (-gap[0], *gap[1:]))]
