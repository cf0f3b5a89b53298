"""Values for a person at a terminal: entries with wrapped quotes, lists in columns; plain where there is no terminal."""

from __future__ import annotations

import os
import re
import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TextIO

from communique.records import (
    Act,
    Agreement,
    Assertion,
    Entry,
    Figure,
    Hit,
    Item,
    Judgement,
    Kept,
    Problem,
    Relation,
    Statement,
    Thread,
    Verdict,
)
from communique.reports.amounts import amount
from communique.reports.places import label, publisher

_CODES = {"bold": "1", "dim": "2", "under": "4", "red": "31", "green": "32", "yellow": "33", "blue": "34", "magenta": "35", "cyan": "36"}
_ACT = {Act.OUTCOME: "green", Act.COMMITMENT: "blue", Act.POSITION: "magenta", Act.APPEAL: "yellow"}
_VERDICT = {
    Verdict.FULFILLED: "green",
    Verdict.IN_PROGRESS: "blue",
    Verdict.REPEATED: "yellow",
    Verdict.RETRACTED: "red",
    Verdict.NO_REPORT: "dim",
}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Terminal:
    """How wide lines may be, and whether colour is shown."""

    columns: int = 100
    colour: bool = False

    @classmethod
    def of(cls, stream: TextIO = sys.stdout) -> Terminal:
        """The terminal a stream leads to; no colour where it is none, or where NO_COLOR is set."""
        on = stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        wide = shutil.get_terminal_size((100, 24)).columns if stream.isatty() or os.environ.get("COLUMNS") else 100
        return cls(max(40, min(wide, 120)), on)

    def mark(self, text: str, *styles: str) -> str:
        """The text in those styles, or as it is."""
        codes = ";".join(_CODES[style] for style in styles if style)
        return f"\033[{codes}m{text}\033[0m" if self.colour and codes and text else text

    def wrapped(self, text: str, indent: int = 2, *styles: str) -> Iterator[str]:
        """The text as lines within the width, indented."""
        pad = " " * indent
        for line in textwrap.wrap(safe(text), self.columns - indent, break_long_words=True, break_on_hyphens=False) or [""]:
            yield pad + self.mark(line, *styles)


def safe(text: str) -> str:
    """The text on one line, without characters that steer a terminal."""
    return _CONTROL.sub("", " ".join(text.split())).encode("utf-8", "replace").decode("utf-8")


def kept(screen: Terminal, each: Kept) -> Iterator[str]:
    """An item as an entry: when and who, the exact words, where they stand."""
    yield from head(screen, each.item, each.date, each.id)
    yield from screen.wrapped(f"“{each.item.quote}”", 4)
    said = each.item.speaker if isinstance(each.item, Assertion) else ""
    place = f"{each.doc}:{each.item.start}-{each.item.end}"
    source = " · ".join(part for part in (publisher(each.publisher) or each.title, said, place) if part)
    yield from screen.wrapped(source, 4, "dim")
    for word in each.judgements:
        yield from screen.wrapped(judgement(word), 4, "cyan")
    yield ""


def head(screen: Terminal, item: Item, date: str | None, id: str) -> Iterator[str]:
    """The first line of an entry: date, who, what kind, how sure, and the id."""
    who = parties(item)
    left = screen.mark((date or "undated").ljust(10 if not who else 12), "bold") + screen.mark(who, "bold")
    middle = " · ".join([*facts(item), f"{item.confidence:.2f}"])
    style = _ACT[item.act] if isinstance(item, Assertion) else "cyan"
    yield f"{left}  {screen.mark(middle, style)}  {screen.mark(id, 'dim')}"


def parties(item: Item) -> str:
    """Who does it, and to whom, by name."""
    if isinstance(item, Assertion):
        first, second = item.actors, item.targets
    elif isinstance(item, Figure):
        first, second = item.giver, item.receiver
    else:
        first, second = item.parties, ()
    told = ", ".join(map(label, first)) or ("unnamed" if second else "")
    return told + (f" → {', '.join(map(label, second))}" if second else "")


def facts(item: Item) -> list[str]:
    """The fields of an item that fit on a line."""
    if isinstance(item, Assertion):
        strength = item.strength.value if item.strength else ""
        parts = [item.act.value, item.event.value, item.topic.value, strength, "specific" if item.specific else "", item.when or ""]
        return [part for part in [*parts, "told by another side" if item.reported else ""] if part]
    if isinstance(item, Figure):
        return [part for part in (amount(item), item.of, item.when or "") if part]
    if isinstance(item, Agreement):
        return [part for part in (item.name, item.short if item.short != item.name else "", item.stage.value) if part]
    assert isinstance(item, Relation)
    return [item.label]


def judgement(word: Judgement) -> str:
    """A person's word in one line."""
    changed = ", ".join(f"{name} = {value}" for name, value in word.changes)
    reason = "; ".join(part for part in (changed, word.why) if part)
    return f"{word.decision} by {word.by}, {word.at}" + (f": {reason}" if reason else "")


def entry(screen: Terminal, each: Entry) -> Iterator[str]:
    """A statement in the list of statements: when, from whom, what, and the id to ask for it by."""
    aside = f", {each.aside} kept aside" if each.aside else ""
    parts = (safe(publisher(each.publisher)) or "publisher unknown", each.kind, f"{each.items} items{aside}")
    told = " · ".join(part for part in parts if part)
    yield screen.mark((each.date or "undated").ljust(12), "bold") + told
    yield from screen.wrapped(each.title or each.source, 4)
    yield from screen.wrapped(each.id, 4, "dim")


def hit(screen: Terminal, each: Hit, words: Sequence[str]) -> Iterator[str]:
    """A passage found, the words searched for marked."""
    yield f"{screen.mark((each.date or 'undated').ljust(12), 'bold')}{screen.mark(safe(publisher(each.publisher) or each.title), 'bold')}"
    for line in screen.wrapped(each.words, 4):
        yield marked(screen, line, words)
    items = f"items: {', '.join(item.id for item in each.items[:3])}" if each.items else ""
    place = " · ".join(part for part in (f"{each.doc}:{each.passage.start}-{each.passage.end}", items) if part)
    yield from screen.wrapped(place, 4, "dim")
    yield ""


def marked(screen: Terminal, text: str, words: Sequence[str]) -> str:
    """The words in bold, where there is bold."""
    stems = [re.escape(word.strip('"*')) for word in words if word.strip('"*')]
    if not screen.colour or not stems:
        return text
    return re.sub(rf"(?i)\b(?:{'|'.join(stems)})\w*", lambda found: screen.mark(found[0], "bold", "under"), text)


def source(screen: Terminal, before: str, quote: str, after: str) -> Iterator[str]:
    """The passage an item stands in, its own words marked: bold on a terminal, between » and « elsewhere."""
    left, right = ("\x02", "\x03")
    told = _CONTROL.sub("", before) + left + _CONTROL.sub("", quote) + right + _CONTROL.sub("", after)
    inside = False
    for line in textwrap.wrap(" ".join(told.split()), screen.columns - 4, break_on_hyphens=False):
        shown, inside = _inside(screen, line, inside)
        yield "    " + shown


def _inside(screen: Terminal, line: str, inside: bool) -> tuple[str, bool]:
    told = ""
    for part in re.split(r"([\x02\x03])", line):
        if part in ("\x02", "\x03"):
            inside = part == "\x02"
            told += "" if screen.colour else "»" if inside else "«"
        else:
            told += screen.mark(part, "bold", "under") if inside else part
    return told, inside


def statement(screen: Terminal, found: Statement, items: int, reader: str) -> Iterator[str]:
    """What is known about a statement."""
    named = [", ".join(part for part in (each.name, each.role, each.side) if part) for each in found.speakers]
    fields = {
        "title": found.title,
        "date": found.date or "unknown",
        "publisher": publisher(found.publisher) or "unknown",
        "kind": found.kind,
        "language": found.lang,
        "speakers": "; ".join(named),
        "issued by": ", ".join(found.issuers),
        "url": found.url,
        "source": found.source,
        "sha256": found.sha256,
        "length": f"{len(found.text):,} characters, {items} items" + (f", read by {reader}" if reader else ""),
    }
    yield screen.mark(safe(found.id), "bold")
    for name, value in fields.items():
        if value:
            first, *rest = screen.wrapped(value, 13)
            yield f"  {screen.mark(name.ljust(10), 'dim')} {first.lstrip()}"
            yield from rest


def thread(screen: Terminal, each: Thread) -> Iterator[str]:
    """A promise with its verdict and the later words about it."""
    silent = f"{'nothing sure' if each.rule == 'nothing-sure' else 'no report'} in {each.read} later statements"
    told = silent if each.verdict is Verdict.NO_REPORT else each.verdict.value
    score = "" if each.verdict.score is None else f" ({each.verdict.score:+d})"
    told = screen.mark(told + score, "bold", _VERDICT[each.verdict])
    facts = ["specific" if each.specific else "", f"due {each.when}" if each.when else "", each.rule]
    who = screen.mark(", ".join(map(label, each.actors)), "bold")
    yield "  ".join((told, " · ".join(part for part in (who, *facts) if part), screen.mark(each.id, "dim")))
    yield from screen.wrapped(f"“{each.quote}”", 4)
    yield from screen.wrapped(f"{each.doc}:{each.start}-{each.end} · as of {each.as_of}", 4, "dim")
    if each.umbrella:
        yield from screen.wrapped(f"part of {each.umbrella}, and counted with it", 4, "dim")
    if each.parts:
        yield from screen.wrapped(f"parts: {', '.join(each.parts)}", 4, "dim")
    for link in each.links:
        yield from screen.wrapped(f"{link.label.value}: “{link.quote}”", 8)
        where = (link.grade, link.rule, f"{link.confidence:.2f}", f"{link.doc}:{link.start}-{link.end}")
        yield from screen.wrapped(" · ".join(part for part in where if part), 8, "dim")
    yield ""


def problem(screen: Terminal, each: Problem) -> Iterator[str]:
    """A fault in an input, as one sentence."""
    place = f" (characters {each.start}-{each.end})" if each.end else ""
    yield from screen.wrapped(f"{each.stage}: {each.message}{place}", 2, "yellow")
