"""Words that carry no assertion, as weaker evidence: a reader may pass over "Thank you for coming to our second summit".

A loose sentence, or what the assertions of a sentence leave over ("..., with deliveries beginning in May"), can report or repeat a
promise like an assertion; its act is told by cue words alone, and it never starts a thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from communique.records import Act, Assertion, Event, Kept, Passage, Role, Statement, digest
from communique.stages.follow.cues import cues, has

__all__ = ["is_loose", "loose"]

LEAST, MOST = 25, 420  # characters
COVERED = 0.4  # of a sentence; where assertions cover more, the sentence says nothing beside them
WORDS = 4  # of a stretch left over
_MARKS = " \t\n,;:.–—-()"
_READER = "sentence"


def loose(statement: Statement, passages: Sequence[Passage], assertions: Iterable[Assertion]) -> Iterator[Kept]:
    """The body sentences of a statement that its assertions leave uncovered, and the stretches they leave over in others."""
    taken = sorted((one.start, one.end) for one in assertions)
    for passage in passages:
        size = passage.end - passage.start
        if passage.role is not Role.BODY or not LEAST <= size <= MOST:
            continue
        inside = [(max(start, passage.start), min(end, passage.end)) for start, end in taken if start < passage.end and end > passage.start]
        if sum(end - start for start, end in inside) <= COVERED * size:
            yield _kept(statement, passage, passage.start, passage.end)
            continue
        for start, end in _left_over(statement.text, passage, inside):
            yield _kept(statement, passage, start, end)


def _left_over(text: str, passage: Passage, inside: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The stretches of a sentence between its assertions that are long enough to say something, without the marks around them."""
    at = passage.start
    for begin, end in (*inside, (passage.end, passage.end)):
        stretch = text[at:begin]
        start = at + len(stretch) - len(stretch.lstrip(_MARKS))
        size = len(stretch.strip(_MARKS))
        if size >= LEAST and len(text[start : start + size].split()) >= WORDS:
            yield start, start + size
        at = max(at, end)


def is_loose(kept: Kept) -> bool:
    """Whether a kept value is a sentence without an assertion."""
    return kept.reader == _READER


def _kept(statement: Statement, passage: Passage, start: int, end: int) -> Kept:
    quote = statement.text[start:end]
    actors = passage.voice or statement.issuers
    item = Assertion(start, end, quote, _act(quote), Event.NONE, actors, speaker=passage.speaker, confidence=0.0)
    id = digest(statement.sha256, "sentence", start, end)
    return Kept(id, item, statement.id, statement.date, statement.publisher, statement.title, _READER)


def _act(quote: str) -> Act:
    said = cues(quote)
    if has(said, "ahead"):
        return Act.COMMITMENT
    if has(said, "asks"):
        return Act.APPEAL
    return Act.OUTCOME if has(said, "done") or has(said, "doing") else Act.POSITION
