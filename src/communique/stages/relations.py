"""Relations: the labels a statement puts on the tie between parties ("comprehensive strategic partners", "ironclad alliance").

A label is kept only when the words say between whom: named around it, or the side that speaks and the one it speaks of.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from communique.records import Assertion, Mention, Passage, Relation, Role, Statement
from communique.vocabulary.relations import pattern

_JOINED = re.compile(r"\s(?:between|with|to|of)\s(?:the\s)?$")


def relations(
    statement: Statement, passages: Sequence[Passage], mentions: Sequence[Mention], assertions: Sequence[Assertion]
) -> tuple[Relation, ...]:
    """The labels the body of a statement puts on ties, in the order of the text."""
    found: list[Relation] = []
    starts = [mention.start for mention in mentions]
    for passage in passages:
        if passage.role is not Role.BODY:
            continue
        here = mentions[bisect_left(starts, passage.start) : bisect_left(starts, passage.end)]
        for match in pattern().finditer(statement.text, passage.start, passage.end):
            parties = _parties(statement, passage, here, assertions, match)
            if len(parties) > 1:
                quote = match.group()
                found.append(Relation(match.start(), match.end(), quote, parties, quote))
    return tuple(found)


def _parties(
    statement: Statement, passage: Passage, here: Sequence[Mention], assertions: Sequence[Assertion], match: re.Match[str]
) -> tuple[str, ...]:
    """The parties to a tie: those named beside the label, with the speaker's own side when only the other is named."""
    own = passage.voice or statement.issuers
    own_word = re.search(r"\b(?:our|we|us)\b", statement.text[passage.start : match.end()], re.IGNORECASE)
    near = [mention for mention in here if abs(mention.start - match.start()) < 90 and mention.rule not in ("they", "he")]
    codes = [code for mention in near for code in mention.codes if not code.startswith("grp:")]
    around = next((one for one in assertions if one.start <= match.start() and match.end() <= one.end), None)
    if own_word:
        codes = [*own, *codes]
    distinct = tuple(dict.fromkeys(codes))
    if len(distinct) < 2 and around is not None:
        distinct = tuple(dict.fromkeys([*distinct, *around.actors, *around.targets]))
    if len(distinct) < 2:
        distinct = tuple(dict.fromkeys([*own, *distinct]))
    return distinct if len(distinct) <= 6 else ()
