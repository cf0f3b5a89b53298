"""Sentences that carry no assertion, as weaker evidence: a reader may pass over "Thank you for coming to our second summit".

A loose sentence can report or repeat a promise like an assertion; its act is told by cue words alone, and it never starts a thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from communique.records import Act, Assertion, Event, Kept, Passage, Role, Statement, digest
from communique.stages.follow.cues import cues, has

__all__ = ["is_loose", "loose"]

LEAST, MOST = 25, 420  # characters
COVERED = 0.4  # of a sentence; where assertions cover more, the sentence says nothing beside them
_READER = "sentence"


def loose(statement: Statement, passages: Sequence[Passage], assertions: Iterable[Assertion]) -> Iterator[Kept]:
    """The body sentences of a statement that its assertions leave uncovered."""
    taken = [(one.start, one.end) for one in assertions]
    for passage in passages:
        size = passage.end - passage.start
        if passage.role is not Role.BODY or not LEAST <= size <= MOST:
            continue
        inside = sum(max(0, min(end, passage.end) - max(start, passage.start)) for start, end in taken)
        if inside <= COVERED * size:
            yield _kept(statement, passage)


def is_loose(kept: Kept) -> bool:
    """Whether a kept value is a sentence without an assertion."""
    return kept.reader == _READER


def _kept(statement: Statement, passage: Passage) -> Kept:
    start, end = passage.start, passage.end
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
