"""A review as Markdown: tables aligned, every line with its notes, the notes with the exact words at the end."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from communique.reports.values import Block, Group, Line, Note, Report, Review, Row, Section

_SPECIAL = re.compile(r"([\\`*_\[\]<|])")


def review(value: Review) -> str:
    """The whole review, one string that ends with a newline."""
    return "\n\n".join([*_head(value.title, value.coverage.sentences), *_body(value.sections), *_notes(value.notes)]) + "\n"


def report(value: Report) -> str:
    """A report without notes."""
    return "\n\n".join([*_head(value.title, value.sentences), *_body(value.sections)]) + "\n"


def _head(title: str, sentences: Sequence[str]) -> list[str]:
    return [f"# {escape(title)}", f"*{escape(' '.join(sentences))}*"]


def _body(sections: Iterable[Section]) -> Iterator[str]:
    for each in sections:
        yield from _section(each)


def escape(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def line(value: Line) -> str:
    """A line with its remark and its notes: ``Signed the pact (in 2020) [3][4]``."""
    remark = f" ({value.remark})" if value.remark and value.text else value.remark
    notes = "".join(f"[{number}]" for number in value.notes)
    return " ".join(part for part in (escape(value.text + remark), notes) if part)


def _section(value: Section) -> Iterator[str]:
    yield f"## {value.number}. {escape(value.title)}"
    for each in value.blocks:
        yield from _block(each)
    if value.empty:
        yield value.empty


def _block(value: Block) -> Iterator[str]:
    opening = "; ".join(line(each).rstrip(".") for each in value.opening)
    head = f"**{escape(value.title)}**" if value.title else ""
    if head or opening:
        yield f"**{escape(value.title)}.** {opening}." if opening else head
    if value.rows:
        yield "\n".join(table(value.head, value.rows[: value.shown_rows]))
    bullets = list(_groups(value.groups[: value.shown_groups]))
    if bullets:
        yield "\n".join(bullets)
    after = [value.aside, f"And {value.more} more (listed in JSON)." if value.more else ""]
    if any(after):
        yield " ".join(escape(part) for part in after if part)


def _groups(groups: Iterable[Group]) -> Iterator[str]:
    for group in groups:
        shown = [line(each) for each in group.lines[: group.shown]]
        more = f"and {group.more} more" if group.more else ""
        if group.label:
            yield f"- **{escape(group.label)}**: " + "; ".join([*shown, more] if more else shown)
        else:
            yield from (f"- {each}" for each in [*shown, f"{more} (listed in JSON)" if more else ""] if each)


def table(head: Sequence[str], rows: Iterable[Row]) -> list[str]:
    """A table whose columns are aligned in the source as well."""
    cells = [[", ".join(line(each) for each in cell if each.text or each.notes) for cell in row.cells] for row in rows]
    widths = [max(width(row[place]) for row in [list(head), *cells]) for place in range(len(head))]
    rule = "| " + " | ".join("-" * max(size, 3) for size in widths) + " |"
    return [_row(head, widths), rule, *(_row(row, widths) for row in cells)]


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "| " + " | ".join(cell + " " * (max(size, 3) - width(cell)) for cell, size in zip(cells, widths, strict=True)) + " |"


def width(text: str) -> int:
    """Columns a text takes on a fixed grid: wide East Asian letters take two, combining marks none."""
    return sum(0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _notes(notes: Sequence[Note]) -> Iterator[str]:
    shown = [note for note in notes if note.shown]
    if shown:
        yield "## Notes"
        yield "\n".join(note(each) for each in shown)


def note(value: Note) -> str:
    """One note: ``[3] Xinhua, 2021-01-03, "words" (Wang Yi) · 002_0a89:3097-3168``."""
    said = f" ({escape(value.said)})" if value.said else ""
    judged = f" · {escape(value.judged)}" if value.judged else ""
    where = f"{value.publisher or value.title or value.doc}, {value.date or 'undated'}"
    return f"\\[{value.number}\\] {escape(where)}, “{escape(value.quote)}”{said} · `{value.doc}:{value.start}-{value.end}`{judged}  "
