"""The dictionary reader: cue words decide, as in the event coders before trained models.

It is the baseline that the shipped reader is measured against, and what reads where no model can be loaded.
One clause, one act, by the first cue; the rest by lookups in ``vocabulary/cues.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from communique.language import dates
from communique.records import Act, Assertion, Draft, Event, Ground, Mention, Passage, Role, Statement, Strength, Topic
from communique.stages.agreements import agreements
from communique.stages.figures import figures
from communique.stages.relations import relations

_CLAUSE = re.compile(r";\s+|,\s+(?:and|but|while)\s+|(?<=\w)\s+and\s+(?=(?:will|has|have|shall)\s)")
_FRAME = re.compile(r"^(?:[^,.;]{0,80}?\b(?:said|stressed|noted|added|stated|reaffirmed|announced)\s+that\s+)", re.IGNORECASE)
_TOWARDS = re.compile(r"\b(?:to|with|for|against|on|from)\s+(?:the\s+)?$", re.IGNORECASE)
_CONFIDENCE = {Act.OUTCOME: 0.55, Act.COMMITMENT: 0.7, Act.POSITION: 0.6, Act.APPEAL: 0.6}
_ORDER = (Act.APPEAL, Act.COMMITMENT, Act.POSITION, Act.OUTCOME)


@cache
def _cues() -> dict[str, dict[str, re.Pattern[str]]]:
    raw = tomllib.loads(files("communique.vocabulary").joinpath("cues.toml").read_text("utf-8"))
    return {table: {name: _any(words) for name, words in rows.items()} for table, rows in raw.items()}


def _any(words: list[str]) -> re.Pattern[str]:
    """A pattern for any of the words with their inflections; longest first."""
    stems = sorted((re.escape(word.removesuffix("e") if len(word) > 5 else word) for word in words), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(stems)})\w{{0,4}}\b", re.IGNORECASE)


def _first(table: str, words: str, default: str) -> str:
    """The name of the row whose cue comes first in ``words``."""
    found = [(match.start(), name) for name, pattern in _cues()[table].items() if (match := pattern.search(words))]
    return min(found)[1] if found else default


class CuesReader:
    """Proposes by cue words alone."""

    name = "cues"
    version = "1"

    def read(self, statement: Statement, passages: Sequence[Passage], mentions: Sequence[Mention]) -> Draft:
        """One assertion for each clause with a cue, and the figures, agreements and relations of the rules."""
        found = tuple(
            assertion
            for index, passage in enumerate(passages)
            if passage.role is Role.BODY
            for assertion in _assertions(statement, passages[max(0, index - 1)], passage, mentions)
        )
        return Draft(
            assertions=found,
            figures=figures(statement, passages, mentions, found),
            agreements=agreements(statement, passages, mentions, found),
            relations=relations(statement, passages, mentions, found),
        )


def _assertions(statement: Statement, before: Passage, passage: Passage, mentions: Sequence[Mention]) -> Iterator[Assertion]:
    sentence = statement.text[passage.start : passage.end]
    inside = [mention for mention in mentions if passage.start <= mention.start < passage.end]
    for start, end in _clauses(sentence):
        clause = sentence[start:end]
        act = next((act for act in _ORDER if _cues()["act"][act.value].search(clause)), None)
        if act is None:
            continue
        here = [mention for mention in inside if start <= mention.start - passage.start < end]
        actors, targets = _sides(statement.text, passage, here)
        if not actors:
            continue
        event = Event.REQUEST if act is Act.APPEAL else Event(_first("event", clause, "NONE"))
        yield Assertion(
            start=passage.start + start,
            end=passage.start + end,
            quote=clause,
            act=act,
            event=event,
            actors=actors,
            targets=targets,
            topic=Topic(_first("topic", clause, "other")),
            when=dates.when_of(
                statement.text, (passage.start + start, passage.start + end), _extent(passage), _extent(before), statement.date
            ),
            specific=any(letter.isdigit() for letter in clause) or len(here) > 1,
            strength=Strength(_first("strength", clause, "firm")) if act is Act.COMMITMENT else None,
            speaker=passage.speaker,
            confidence=_CONFIDENCE[act],
            grounds=tuple(Ground(code, mention.rule, mention.start, mention.end) for mention in here for code in mention.codes),
        )


def _extent(passage: Passage) -> tuple[int, int]:
    return passage.start, passage.end


def _clauses(sentence: str) -> Iterator[tuple[int, int]]:
    """Offsets of the clauses of a sentence, without reporting frames, leading joins and closing points."""
    frame = _FRAME.match(sentence)
    start = frame.end() if frame else 0
    for cut in [*_CLAUSE.finditer(sentence, start), None]:
        end = cut.start() if cut else len(sentence)
        left = start + len(sentence[start:end]) - len(sentence[start:end].lstrip(" \"“”'–—-•\t\n\r"))
        right = left + len(sentence[left:end].rstrip(" .,;:!?\"“”'\t\n\r"))
        if right - left > 12:
            yield left, right
        start = cut.end() if cut else end


def _sides(text: str, passage: Passage, here: list[Mention]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who acts (the first mention, else the voice), and towards whom (mentions after a preposition)."""
    after = [m for m in here if _TOWARDS.search(text, max(passage.start, m.start - 12), m.start)]
    subject = next((m for m in here if m not in after), None)
    actors = subject.codes if subject is not None else passage.voice
    targets = dict.fromkeys(code for mention in after for code in mention.codes if code not in actors)
    return actors, tuple(targets)
