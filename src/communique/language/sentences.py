"""Sentences with their offsets: ``sentences(text)`` gives ``(start, end)`` pairs, in order, blank ends trimmed.

A line break ends a sentence, save in hard-wrapped text (PDF conversions), where a line that runs on in
lower case belongs to the sentence before.  Within a line a stop before a capital ends
one, unless a title, an initial or an abbreviation explains it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

LINE = re.compile(r"[^\n\r\u2028\u2029]+")
# A place where a sentence may end inside a line: closing quotes go with it, and a capital, digit or opening mark follows.
STOP = re.compile(r"[.!?\u2026][\"\u201d\u2019')\]*]*(?=\s+[\"\u201c\u2018'(\[*]*[A-Z\u00c0-\u00de0-9])")
# Never the end of a sentence, whatever follows.
TITLE = re.compile(
    r"(?:^|[\s(\"\u201c\u2018])(?:Mr|Mrs|Ms|Mme|Dr|Prof|Messrs|Hon|Rev|Fr|Gen|Lt|Maj|Col|Capt|Cmdr|Adm|Sgt|Amb|Sen|Rep|Gov|Pres|Supt|Insp"
    r"|Rs|Ksh|KSh|Kshs|Tk|Nu|Rt|RT|Md|Msgr|Ir|Brig|Commo|Atty|Engr|Jl|Sto|Sta"
    r"|MR|MRS|MS|DR|HON|GEN|H\.E|H\. E|HE|St|Ste|Mt|Ft|No|Nos|Art|Arts|Sec|Secs|Para|para|paras|Fig|pp|Vol|vs|viz|cf|e\.g|i\.e|[A-Z])\.$"
)
# Before a number these end no sentence: "Oct. 7", "PV. 9".
NUMBERED = re.compile(r"\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|NO|PV|RES)\.$")
# Before a capital these may end a sentence or not: they do not when the next word is no sentence opener.
INSIDE = re.compile(
    r"(?:^|[\s(\"\u201c-])(?:U\.S|U\.N|U\.K|E\.U|D\.C|U\.S\.A|a\.m|p\.m|A\.M|P\.M|Jr|Sr|Inc|Ltd|Co|Corp|Bros|etc|[A-Z](?:\.[A-Z])+)\.$"
)
OPENER = re.compile(
    r"[\"\u201c\u2018'(]*(?:The|This|That|These|Those|It|He|She|We|They|I|You|In|On|At|As|And|But|For|With|Our|His|Her|Their|Its|"
    r"There|Both|If|When|While|To|By|From|After|Since|So|Such|Today|Let|My|All|However|Moreover|Mr|Ms|Mrs|President|Prime)\b"
)
MARKER = re.compile(r"\s*(?:\(?(?:\d{1,3}|[a-zA-Z]|[ivxlc]{1,5}|[IVXLC]{1,5})[.)]|[-*\u2022\u2013\u2014\u00b7\uf0b7])\s*$")
RUNS_ON = re.compile(r"[a-z\u00df-\u00ff,;\u2013-]\s*$|\b(?:of|the|and|to|in|for|with|by|a|an|our|its|their|that|on|from|at|as|or)\s*$")
LONGEST = 5000  # characters; of 21,545 sentences and lines of 266 statements the longest had 1,059
LINK = 40  # characters of a line that a link alone makes
WRAPPED = 40  # characters: a line shorter than this was broken on purpose, not by the page's margin


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """``(start, end)`` of each sentence of ``text``; ``text[start:end]`` has no blank at either end."""
    for start, end in blocks(text):
        yield from within(text, start, end)


def blocks(text: str) -> Iterator[tuple[int, int]]:
    """Lines, those of one hard-wrapped sentence taken together, and those that a link parts."""
    lines = [line.span() for line in LINE.finditer(text) if line[0].strip()]
    at = 0
    while at < len(lines):
        first = at
        while at + 1 < len(lines) and (step := _linked(text, lines[at : at + 3]) or _continues(text, *lines[at], *lines[at + 1])):
            at += step
        yield lines[first][0], lines[at][1]
        at += 1


def _linked(text: str, lines: list[tuple[int, int]]) -> int:
    """Two where the next line is a link in the midst of a sentence: "… visited his friend", "Aden Obi", "at his home"."""
    before, link, after = (text[start:end].strip() for start, end in lines) if len(lines) == 3 else ("", "", "")
    if len(before) < WRAPPED or not before[-1].islower() or len(link) > LINK or not link[0].isupper() or not link[-1].islower():
        return 0
    return 2 if re.match(r"[a-z\u00df-\u00ff]{2,}\s|[,.;]\s", after) else 0


def _continues(text: str, line_start: int, line_end: int, start: int, end: int) -> bool:
    """Whether the line ``start:end`` runs on from the one before."""
    before = text[line_start:line_end].rstrip()
    after = text[start : min(end, start + 40)].lstrip()
    if len(before) == 1 and before.isupper():  # an initial set large
        return after[:1].islower()
    if len(before) < WRAPPED or not RUNS_ON.search(before[-20:]):
        return False
    return bool(re.match(r"[a-z\u00df-\u00ff]", after)) and not MARKER.match(after.split(" ", 1)[0]) and before[-1] not in ",;"


def within(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of one block."""
    here = start
    for cut in (*_cuts(text, start, end), end):
        for first, last in _bearable(text, here, cut):
            piece = _trim(text, first, last)
            if piece is not None:
                yield piece
        here = cut


def _bearable(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What stands between two stops, cut at clauses where no sentence is so long: work grows with its square."""
    while end - start > LONGEST:
        half, whole = start + LONGEST // 2, start + LONGEST
        cut = next((at for mark in ("; ", ", ", " ") if (at := text.rfind(mark, half, whole)) >= 0), whole - 1) + 1
        yield start, cut
        start = cut
    yield start, end


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    here = start
    for stop in STOP.finditer(text, start, end):
        head = text[max(here, stop.end() - 24) : stop.end()].rstrip("\"\u201d\u2019')]*")
        if stop[0] == "." and MARKER.fullmatch(text, here, stop.end()):  # "2." before a sentence stands alone, "a." does not
            if text[stop.start() - 1].isdigit():
                here = stop.end()
                yield here
            continue
        after = text[stop.end() : stop.end() + 24].lstrip()
        if TITLE.search(head) or (NUMBERED.search(head) and after[:1].isdigit()):
            continue
        if INSIDE.search(head) and not OPENER.match(after):
            continue
        here = stop.end()
        yield here


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
