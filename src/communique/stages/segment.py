"""``segment(statement)``: its sentences in order, each with what it is, whose words it holds and what "we" means in it.

Lines give the roles (``language.lines``), labels the turns of a transcript (``language.turns``), reporting frames and
quotation marks the speaker of a sentence (``language.voices``).  A question never carries items, nor does furniture.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from communique.language import lines
from communique.language.names import find
from communique.language.sentences import blocks, within
from communique.language.speakers import bare, match
from communique.language.turns import ANSWERS, Turn, labels
from communique.language.voices import Attribution
from communique.records import Passage, Role, Statement

ABOVE_LEAD = 12  # passages of the body among which its lead is looked for
STANDFIRST = 40  # letters: what is said twice and is shorter is a courtesy


def segment(statement: Statement) -> tuple[Passage, ...]:
    """Every sentence and line of the statement's text."""
    text = statement.text
    home = statement.issuers[0] if statement.issuers else ""
    turns = labels(text, tuple(one.name for one in statement.speakers), statement.title)
    voices = {turn.who: _voice(statement, turn, home) for turn in turns}
    if len({who for who in voices if who not in _askers(turns)}) == 1 and not _askers(turns):
        voices = {who: ("", voice) for who, (_, voice) in voices.items()}  # one person's own text needs no attribution
    reported = Attribution(statement, home)
    starts = [turn.start for turn in turns]
    passages: list[Passage] = []
    for number, (start, end) in enumerate(blocks(text)):
        place = bisect_right(starts, start) - 1
        turn = turns[place] if place >= 0 else None
        role = _role(statement, start, end, turn)
        for begin, stop in within(text, start, end):
            kind = Role.FURNITURE if lines.aside(text[begin:stop]) else role
            if kind is not Role.BODY:
                passages.append(Passage(begin, stop, kind, number, turn.who if turn is not None and kind is Role.QUESTION else ""))
                continue
            speaker, voice = voices[turn.who] if turn is not None else reported.of(begin, stop)
            passages.append(Passage(begin, stop, kind, number, speaker, voice))
    return tuple(_alone(_headed(text, list(_lists(text, list(_links(text, passages))))), reported))


def _headed(text: str, passages: list[Passage]) -> list[Passage]:
    """Summaries without a stop above the lead, and a standfirst that the body says again, are headings."""
    body = [at for at, one in enumerate(passages) if one.role is Role.BODY]
    said = [_worded(text[passages[at].start : passages[at].end]) for at in body]
    whole = "\n".join(said)
    head = [
        lines.summary(text[passages[at].start : passages[at].end], text[passages[at].end : passages[at].end + 9])
        or (len(words) > STANDFIRST and whole.count(words) > 1)
        for at, words in zip(body[:ABOVE_LEAD], said, strict=False)
    ]
    for at in body[: head.index(False) if False in head else 0]:
        passages[at] = replace(passages[at], role=Role.HEADING, speaker="", voice=())
    return passages


def _alone(passages: list[Passage], reported: Attribution) -> list[Passage]:
    """The one line of a text that has no other is what it says, though its title was taken from it."""
    said = [at for at, one in enumerate(passages) if one.role in (Role.BODY, Role.HEADING)]
    if len(said) == 1 and (one := passages[said[0]]).role is Role.HEADING:
        speaker, voice = reported.of(one.start, one.end)
        passages[said[0]] = Passage(one.start, one.end, Role.BODY, one.paragraph, speaker, voice)
    return passages


def _askers(turns: list[Turn]) -> set[str]:
    return {turn.who for turn in turns if turn.asks}


def _voice(statement: Statement, turn: Turn, home: str) -> tuple[str, tuple[str, ...]]:
    """The speaker of a turn, named in full where the statement does, and their side."""
    sole = statement.speakers[0] if len(statement.speakers) == 1 else None
    known = sole if turn.who.casefold() in ANSWERS else match(turn.who, statement.speakers, home)
    if known is not None:
        return known.name, (known.side,) if known.side else statement.issuers
    named = find(turn.side) or find(turn.who)
    who = "" if turn.who.casefold() in ANSWERS else bare(turn.who) or turn.who.removeprefix("The ")
    return who, named[0].codes[:1] if named else statement.issuers


def _role(statement: Statement, start: int, end: int, turn: Turn | None) -> Role:
    """What a block is: its title is a heading, a label alone is furniture, what a journalist says a question."""
    block = statement.text[start:end]
    labelled = turn is not None and turn.start == start
    if turn is not None and labelled and not statement.text[turn.end : end].strip():
        return Role.FURNITURE
    if not labelled and statement.title and _names(block, statement.title):
        return Role.HEADING
    role = Role.BODY if labelled else lines.role(block)
    if turn is None or role not in (Role.BODY, Role.HEADING):
        return role
    return Role.QUESTION if turn.asks else Role.BODY if len(block) > 60 else role


def _lists(text: str, passages: list[Passage]) -> Iterator[Passage]:
    """Five or more short lines without a sentence among them are a menu, headings though they may look."""
    run: list[Passage] = []
    for one in passages:
        if one.role is not Role.QUESTION and lines.listed(text[one.start : one.end], one.role):
            run.append(one)
            continue
        yield from _menu(run)
        run = []
        yield one
    yield from _menu(run)


def _menu(run: list[Passage]) -> Iterator[Passage]:
    plain = [one for one in run if one.role in (Role.HEADING, Role.BODY)]
    if len(run) < 5 or len(plain) < 2:
        yield from run
        return
    for one in run:
        yield one if one.role is Role.CAPTION else Passage(one.start, one.end, Role.FURNITURE, one.paragraph)


def _names(block: str, title: str) -> bool:
    """Whether a line is the title, or the title told a little longer; a whole sentence is text even where it opens the page."""
    if len(block) > len(title) * 2 + 20 or (block.rstrip().endswith(".") and lines.role(block) is Role.BODY):
        return False
    one, other = _worded(block), _worded(title)
    return one == other or (len(other) > 30 and one.startswith(other))


def _worded(line: str) -> str:
    """The words of a line alone, whatever stands between them."""
    return " ".join(re.findall(r"\w+", line.casefold()))


def _links(text: str, passages: list[Passage]) -> Iterator[Passage]:
    """Headlines listed after "Read more" are links, up to the next running text."""
    linked = False
    for one in passages:
        words = text[one.start : one.end]
        if one.role is Role.FURNITURE:
            linked = lines.leads_away(words) or (linked and (len(words) < 12 or lines.stamped(words)))
            yield one
        elif one.role is Role.CAPTION:
            yield one
        elif linked and len(words) < 130 and (one.role is Role.HEADING or words[-1] not in ".\"”"):
            yield Passage(one.start, one.end, Role.FURNITURE, one.paragraph)
        else:
            linked = False
            yield one
