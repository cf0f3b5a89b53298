"""Candidates: who an assertion's actor or target could be.

A mention in the span's sentence or the two before, or somebody implied: the passage's own voice, the other issuers, whom the
heading above or the title names, all countries.  The model says of each pair of a span and a candidate whether it is the actor,
the target or nobody.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from communique.language import names
from communique.records import Mention, Passage, Statement

RULES = (
    "other",
    "name",
    "adjective",
    "demonym",
    "capital",
    "official",
    "organisation",
    "group",
    "we",
    "sides",
    "they",
    "he",
    "side",
    "voice",
    "issuers",
    "countries",
    "earlier",
    "far",
    "title",
    "you",
)
FEATURES = 26


@dataclass(frozen=True, slots=True)
class Candidate:
    """Codes somebody could stand for, the rule that gave them, and where the words are (``start == end``: implied)."""

    codes: tuple[str, ...]
    rule: str
    start: int = 0
    end: int = 0

    @property
    def implied(self) -> bool:
        return self.start == self.end


def candidates(
    statement: Statement, passage: Passage, before: Sequence[Passage], heading: Passage | None, mentions: Sequence[Mention]
) -> list[Candidate]:
    """Those of one passage: its mentions, those of the passage before, the implied ones; and who else the context names.

    ``before``: the body passages before it, the nearest first; ``heading``: the one it stands under.
    """
    found = [Candidate(m.codes, m.rule, m.start, m.end) for m in _within(mentions, before[0] if before else passage, passage)]
    voice = passage.voice or statement.issuers
    if voice:
        found.append(Candidate(tuple(voice), "voice"))
    others = tuple(code for code in statement.issuers if code not in voice)
    if others:
        found.append(Candidate(others, "issuers"))
    found.append(Candidate(("grp:all-countries",), "countries"))
    context = [Candidate(m.codes, "far", m.start, m.end) for m in _within(mentions, before[1], before[1])] if len(before) > 1 else []
    above = [m.codes for m in _within(mentions, heading, heading)] if heading else []
    context += [Candidate(codes, "title") for codes in (*above, *_titled(statement.title))]
    met = {code for one in found for code in one.codes}
    for one in context:
        if not met.issuperset(one.codes):
            found.append(one)
            met.update(one.codes)
    return found


def _within(mentions: Sequence[Mention], first: Passage, last: Passage) -> list[Mention]:
    """The mentions with codes from the start of one passage to the end of another."""
    low, high = (bisect_left(mentions, at, key=lambda mention: mention.start) for at in (first.start, last.end))
    return [mention for mention in mentions[low:high] if mention.codes]


@lru_cache(maxsize=256)
def _titled(title: str) -> tuple[tuple[str, ...], ...]:
    """The codes of each name in a title."""
    return tuple(mention.codes for mention in names.find(title) if mention.codes)


def features(candidate: Candidate, start: int, end: int, passage: Passage, voice: tuple[str, ...], order: int, count: int) -> list[float]:
    """What is known of a pair before reading: where the mention stands to the span [start, end), and whose code it is.

    ``order`` is the candidate's place among the ``count`` mentions of the passage that lie before (or inside) the span, nearest last.
    """
    implied = candidate.implied
    here = not implied and candidate.start >= passage.start
    gap = start - candidate.end
    opens = here and start <= candidate.start <= start + 6
    within = here and start < candidate.start < end
    codes = candidate.codes
    same = bool(set(codes) & set(voice))
    depth = (candidate.start - start) / max(1, end - start) if within else 0.0
    return [
        float(implied),
        float(here),
        float(not here and not implied),
        float(opens),
        float(within),
        float(within and depth < 0.33),
        float(within and 0.33 <= depth < 0.66),
        float(within and depth >= 0.66),
        float(here and gap >= 0),
        float(here and 0 <= gap < 4),
        float(here and 0 <= gap < 30),
        float(here and 0 <= gap < 100),
        float(here and candidate.start >= end),
        float(same),
        float(set(codes) == set(voice)),
        float(len(codes) == 1),
        float(len(codes) > 1),
        float(len(codes) > 3),
        float(codes[0].startswith("grp:")),
        float(codes[0].startswith("org:")),
        float(len(codes[0]) == 3 and codes[0].isupper()),
        float(order == 0),
        float(order == count - 1),
        float(order == 1),
        float(count == 0),
        min(count, 8) / 8,
    ]
