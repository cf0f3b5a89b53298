"""``segment(statement)``: its sentences in order, each with what it is, whose words it holds and what "we" means in it.

Lines give the roles (``language.lines``), labels the turns of a transcript (``language.turns``), reporting frames and
quotation marks the speaker of a sentence (``language.voices``).  A question never carries items, nor does furniture.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from communique.language import lines
from communique.language.offices import same
from communique.language.sentences import blocks, within
from communique.language.turns import Turn, labels
from communique.language.voices import Attribution
from communique.records import Passage, Role, Speaker, Statement

TRANSCRIPTS = frozenset({"press-conference", "remarks", "interview", "speech"})


def segment(statement: Statement) -> tuple[Passage, ...]:
    """Every sentence and line of the statement's text."""
    text = statement.text
    turns = labels(text, tuple(one.name for one in statement.speakers))
    starts = [turn.start for turn in turns]
    reported = Attribution(statement)
    passages: list[Passage] = []
    for number, (start, end) in enumerate(blocks(text)):
        place = bisect_right(starts, start) - 1
        turn = turns[place] if place >= 0 else None
        labelled = turn is not None and turn.start == start
        role = _role(statement, start, end, turn, labelled)
        for begin, stop in within(text, start, end):
            passages.append(_passage(statement, reported, begin, stop, role, number, turn))
    return tuple(_links(text, passages))


def _role(statement: Statement, start: int, end: int, turn: Turn | None, labelled: bool) -> Role:
    """What a block is: its title is a heading, a label alone is furniture, what a journalist says a question."""
    block = statement.text[start:end]
    if labelled and turn is not None and not statement.text[turn.end : end].strip():
        return Role.FURNITURE
    if not labelled and statement.title and _matches(block, statement.title):
        return Role.HEADING
    role = Role.BODY if labelled else lines.role(block)
    if turn is not None and role in (Role.BODY, Role.HEADING):
        return Role.QUESTION if turn.asks else Role.BODY if len(block) > 60 else role
    return role


def _matches(block: str, title: str) -> bool:
    one, other = " ".join(block.split()).casefold().strip("#*. …"), " ".join(title.split()).casefold().strip("#*. …")
    return one == other or (len(other) > 30 and one.startswith(other) and len(one) < len(other) * 1.6)


def _passage(statement: Statement, reported: Attribution, start: int, end: int, role: Role, paragraph: int, turn: Turn | None) -> Passage:
    if lines.MARKER.fullmatch(statement.text[start:end]) or lines.STAGE.fullmatch(statement.text[start:end]):
        role = Role.FURNITURE
    if role is not Role.BODY:
        who = turn.who if turn is not None and role is Role.QUESTION else ""
        return Passage(start, end, role, paragraph, who)
    if turn is not None:
        speaker, voice = _of_turn(statement, turn)
        return Passage(start, end, role, paragraph, speaker, voice)
    speaker, voice = reported.of(start, end, paragraph)
    return Passage(start, end, role, paragraph, speaker, voice)


def _of_turn(statement: Statement, turn: Turn) -> tuple[str, tuple[str, ...]]:
    """The speaker of a turn, as the statement names them in full where it does, and their side."""
    known = _speaker(statement.speakers, turn.who)
    if known is not None:
        return known.name, (known.side,) if known.side else statement.issuers
    return turn.who, statement.issuers


def _speaker(speakers: tuple[Speaker, ...], who: str) -> Speaker | None:
    by_name = next((one for one in speakers if same(one.name, who)), None)
    if by_name is not None:
        return by_name
    bare = who.casefold().removeprefix("the ")
    by_office = [one for one in speakers if one.role and bare in one.role.casefold()]
    return by_office[0] if len(by_office) == 1 or (by_office and bare in ("president", "prime minister")) else None


def _links(text: str, passages: list[Passage]) -> Iterator[Passage]:
    """Headlines listed after "Read more" are links, up to the next running text."""
    linked = False
    for one in passages:
        words = text[one.start : one.end]
        if one.role is Role.FURNITURE:
            low = words.casefold()
            linked = linked and (len(words) < 12 or lines.stamped(words)) or any(mark in low for mark in ("read more", "read also", "related", "see also", "also read", "you may"))
            yield one
        elif linked and len(words) < 130 and (words[-1:] not in ".\"”" or one.role is Role.HEADING):
            yield Passage(one.start, one.end, Role.FURNITURE, one.paragraph)
        else:
            linked = False
            yield one
