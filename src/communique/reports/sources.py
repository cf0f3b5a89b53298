"""What a report draws on: the items, the statements they stand in, whose account each is, and the notes that cite them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from communique.records import Act, Assertion, Event, Judgement, Kept, Link, Problem, Statement
from communique.reports.phrasing import Names, line, listed, says_who, sentence, tidy
from communique.reports.places import publisher
from communique.reports.values import Block, Group, Line, Note, Row, Section

_OWN_TEXT = frozenset({"remarks", "speech", "statement", "press-conference", "message"})  # kinds whose text is the speaker's own
_NOTES_A_LINE = 4
_AROUND = 160  # letters of its sentence on either side of a number that no deed holds


@dataclass(frozen=True)
class Sources:
    """Items and statements by which a report is written."""

    actor: str
    kept: Sequence[Kept]
    statements: Mapping[str, Statement]
    names: Names
    problems: Sequence[Problem] = ()
    aside: int = 0
    rejected: int = 0
    _assertions: dict[str, list[Kept]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for each in sorted(self.kept, key=lambda kept: (kept.doc, kept.item.start, -kept.item.end)):
            if isinstance(each.item, Assertion):
                self._assertions[each.doc].append(each)

    def host(self, kept: Kept) -> Kept | None:
        """The assertion a figure, an agreement or a label stands in: the shortest that holds it, else one that overlaps it."""
        rows = self._assertions.get(kept.doc, [])
        start, end = kept.item.start, kept.item.end
        near = rows[: bisect_right(rows, end - 1, key=lambda row: row.item.start)]
        holding = [row for row in near if row.item.start <= start and end <= row.item.end]
        touching = holding or [row for row in near if row.item.end > start]
        return min(touching, key=lambda row: (row.item.end - row.item.start, row.item.start), default=None)

    def before(self, kept: Kept) -> Kept | None:
        """The assertion that ends last before an item, in the same statement."""
        rows = [row for row in self._assertions.get(kept.doc, []) if row.item.end <= kept.item.start]
        return max(rows, key=lambda row: row.item.end, default=None)

    def words(self, kept: Kept) -> tuple[int, int, str]:
        """The exact words that state an item, with their place: its quote, or for a number or a name the deed or sentence it stands in."""
        item = kept.item
        if isinstance(item, Assertion):
            return item.start, item.end, item.quote
        host = self.host(kept)
        if host and host.item.start <= item.start and item.end <= host.item.end:
            return host.item.start, host.item.end, host.item.quote
        found = self.statements.get(kept.doc)
        return clause(found.text, item.start, item.end) if found else (item.start, item.end, item.quote)

    def sides(self, doc: str) -> frozenset[str]:
        """Whose account a statement is: of those who issue it; a news report has no side of its own and is its speakers'."""
        found = self.statements.get(doc)
        if found is None:
            return frozenset()
        return frozenset(found.issuers) or frozenset(speaker.side for speaker in found.speakers if speaker.side)

    def own(self, doc: str) -> bool:
        """Whether the statement gives the actor's own account."""
        return self.actor in self.sides(doc)

    def line(self, item: Assertion, doc: str) -> str:
        """The words of an assertion as a line of this report; a deed of others alone says whose it is."""
        if not item.actors or self.actor in item.actors:
            return line(item, self.name(self.actor), self.sides(doc) == {self.actor})
        words = sentence(tidy(item.quote))
        return words if says_who(item) else f"{listed([self.name(code) for code in item.actors[:3]])}: {words}"

    def said(self, kept: Kept) -> str:
        """The person or body the words are attributed to; a single speaker's own text is that speaker's."""
        item = kept.item if isinstance(kept.item, Assertion) else (host.item if (host := self.host(kept)) else None)
        if isinstance(item, Assertion) and item.speaker:
            return item.speaker
        found = self.statements.get(kept.doc)
        if found and len(found.speakers) == 1 and found.kind in _OWN_TEXT:
            return found.speakers[0].name
        return ""

    def name(self, code: str) -> str:
        """The name of a code."""
        return self.names(code)

    def others(self, item: Assertion) -> tuple[str, ...]:
        """The parties of an assertion besides the actor, in the order named."""
        return tuple(dict.fromkeys(code for code in (*item.actors, *item.targets) if code != self.actor))


_STOP = re.compile(r"(?<=[.!?;])[\"”’]?\s+(?=[A-Z“\"])|\n")


def clause(text: str, start: int, end: int) -> tuple[int, int, str]:
    """The sentence around a place, or the longest part of it that a note can bear."""
    stops = [stop.end() for stop in _STOP.finditer(text, max(0, start - _AROUND), start + 1)]
    first = stops[-1] if stops else max(0, text.rfind(" ", 0, max(0, start - _AROUND)) + 1)
    after = _STOP.search(text, end, end + _AROUND)
    last = after.start() if after else min(len(text), max(text.rfind(" ", end, end + _AROUND), end))
    return first, last, text[first:last]


def standing(kept: Iterable[Kept], floor: float) -> tuple[list[Kept], int, int]:
    """Items that may be asserted, how many fall below the confidence floor, and how many a person rejected."""
    good: list[Kept] = []
    below = rejected = 0
    for each in kept:
        word = last_word(each.judgements)
        if word and word.decision == "reject":
            rejected += 1
        elif each.item.confidence < floor and not (word and word.decision in {"accept", "edit"}):
            below += 1
        else:
            good.append(each)
    return good, below, rejected


def last_word(judgements: Sequence[Judgement]) -> Judgement | None:
    """The judgement that stands: the latest that was not undone."""
    stack: list[Judgement] = []
    for each in sorted(judgements, key=lambda judgement: judgement.at):
        if each.decision == "undo":
            stack[-1:] = []
        else:
            stack.append(each)
    return stack[-1] if stack else None


class Notebook:
    """Cites items while a report is written; numbers the notes once it is known which lines are shown."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._cited: dict[tuple[str, int, int], int] = {}
        self._kept: list[Kept] = []

    def line(self, text: str, kept: Iterable[Kept], remark: str = "") -> Line:
        """A line with its sources: one note a statement, at most four; ``items`` names them all."""
        all_kept = list(kept)
        first = list({each.doc: each for each in reversed(all_kept)}.values())[::-1]
        told = sorted(first[:_NOTES_A_LINE], key=lambda each: (each.date or "9999", each.doc))
        if len(first) > _NOTES_A_LINE:
            remark = "; ".join(part for part in (remark, f"in {len(first)} statements") if part)
        notes = tuple(self._cite(each) for each in told)
        return Line(text, notes, remark, tuple(each.id for each in all_kept))

    def evidence(self, link: Link, actors: tuple[str, ...]) -> Kept:
        """A linked passage that no item of the report holds, so that a line can cite it."""
        found = self._sources.statements.get(link.doc)
        words = Assertion(link.start, link.end, link.quote, Act.OUTCOME, Event.NONE, actors, confidence=link.confidence)
        where = (found.date, found.publisher, found.title) if found else (None, "", "")
        return Kept(link.item or f"{link.doc}:{link.start}-{link.end}", words, link.doc, *where, "")

    def _cite(self, kept: Kept) -> int:
        start, end, _ = self._sources.words(kept)
        number = self._cited.setdefault((kept.doc, start, end), len(self._kept))  # one note a passage, whatever it is cited for
        if number == len(self._kept):
            self._kept.append(kept)
        return number

    def numbered(self, sections: Sequence[Section]) -> tuple[tuple[Section, ...], tuple[Note, ...]]:
        """The sections with final note numbers, and the notes: shown lines first, in the order of the page."""
        order: dict[int, int] = {}
        on_page = 0
        for shown in (True, False):
            for section in sections:
                for block in section.blocks:
                    for told in block.lines(shown):
                        for note in told.notes:
                            order.setdefault(note, len(order) + 1)
            on_page = on_page or len(order)
        notes = tuple(self._note(self._kept[key], number, number <= on_page) for key, number in order.items())
        return tuple(_renumbered(section, order) for section in sections), notes

    def _note(self, kept: Kept, number: int, shown: bool) -> Note:
        word = last_word(kept.judgements)
        start, end, quote = self._sources.words(kept)
        return Note(
            number=number,
            item=kept.id,
            doc=kept.doc,
            start=start,
            end=end,
            quote=quote,
            date=kept.date,
            publisher=publisher(kept.publisher),
            title=kept.title,
            said=self._sources.said(kept),
            account=", ".join(sorted(self._sources.sides(kept.doc))),
            confidence=round(kept.item.confidence, 4),
            judged=f"{word.decision} by {word.by}, {word.at[:10]}" if word else "",
            shown=shown,
        )


def _renumbered(section: Section, order: Mapping[int, int]) -> Section:
    def line(old: Line) -> Line:
        return replace(old, notes=tuple(sorted(order[note] for note in old.notes)))

    def block(old: Block) -> Block:
        rows = tuple(Row(tuple(tuple(line(each) for each in cell) for cell in row.cells)) for row in old.rows)
        groups = tuple(Group(group.label, tuple(line(each) for each in group.lines), group.shown) for group in old.groups)
        return replace(old, opening=tuple(line(each) for each in old.opening), rows=rows, groups=groups)

    return replace(section, blocks=tuple(block(each) for each in section.blocks))
