"""The values of a report: sections of blocks of lines, every line with its notes, every note with its words.

A report says all it knows; ``shown`` says how much of it a page should carry, so that no renderer has to
choose.  Notes of shown lines are numbered first, in the order of the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Block", "Coverage", "Group", "Line", "Note", "Report", "Review", "Row", "Section"]


@dataclass(frozen=True, slots=True)
class Note:
    """Where a line comes from: the statement, who said it, the exact words and their place."""

    number: int
    item: str  # id of the item
    doc: str
    start: int
    end: int
    quote: str
    date: str | None
    publisher: str
    title: str = ""
    said: str = ""  # "Wang Yi"; empty in the publisher's own voice
    account: str = ""  # codes of the sides whose account this is, comma-separated; empty when unknown
    confidence: float = 1.0
    judged: str = ""  # "accepted by A. Analyst, 2021-03-08"
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said, in the words of its best source, with every source that says it."""

    text: str
    notes: tuple[int, ...] = ()
    remark: str = ""  # what the report adds: "said 2021-01-03", "both sides' account"
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; a cell holds one line or several, in order."""

    cells: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one label (a partner, a topic); the first ``shown`` belong on the page."""

    label: str
    lines: tuple[Line, ...]
    shown: int = 0

    @property
    def more(self) -> int:
        """How many lines the page leaves out."""
        return len(self.lines) - self.shown


@dataclass(frozen=True, slots=True)
class Block:
    """A titled part of a section: an opening, a table, or groups of lines."""

    title: str
    opening: tuple[Line, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    shown_rows: int = 0
    groups: tuple[Group, ...] = ()
    shown_groups: int = 0
    aside: str = ""  # a sentence after the block: what the columns or the silence mean

    @property
    def more(self) -> int:
        """How many rows, or lines of groups that are not shown at all, the page leaves out."""
        hidden = sum(len(group.lines) for group in self.groups[self.shown_groups:])
        return len(self.rows) - self.shown_rows + hidden

    def lines(self, shown: bool) -> Iterator[Line]:
        """The lines that belong on the page, or all the others, in order."""
        if shown:
            yield from self.opening
        for number, row in enumerate(self.rows):
            if (number < self.shown_rows) is shown:
                for cell in row.cells:
                    yield from cell
        for number, group in enumerate(self.groups):
            for place, line in enumerate(group.lines):
                if (number < self.shown_groups and place < group.shown) is shown:
                    yield line


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section; ``empty`` is the sentence it consists of when nothing was found."""

    number: int
    title: str
    blocks: tuple[Block, ...] = ()
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A report without notes: what it says of itself, and its sections."""

    title: str
    sentences: tuple[str, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a report was drawn from, and what was left out of it."""

    statements: int
    publishers: tuple[tuple[str, int], ...]
    since: str | None
    until: str | None
    own: int  # statements that give the actor's own account
    others: int  # statements by another side
    unattributed: int
    items: int
    aside: int  # below the confidence floor, or doubtful: left out
    rejected: int  # left out by a person's judgement
    refused: int  # proposals of the reader that did not hold against the words
    unread: int  # inputs that could not be read
    sentences: tuple[str, ...]  # the coverage in words


@dataclass(frozen=True, slots=True)
class Review:
    """A year's diplomacy of one actor, as the record tells it."""

    actor: str
    name: str
    year: int
    title: str
    coverage: Coverage
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
