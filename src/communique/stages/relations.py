"""Relations: the labels a statement puts on the tie between parties ("comprehensive strategic partners", "ironclad alliance").

A label is kept only when the words say between whom: named around it, or the side that speaks and the one it speaks of.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from communique.language import instruments
from communique.records import Assertion, Mention, Passage, Relation, Role, Statement
from communique.vocabulary.relations import labels

# What applies a noun to someone: "are strategic partners", "as close friends", "one of its oldest allies", "our sister nation".
_APPLIES = re.compile(
    r"(?:(?<!\w)(?:is|are|was|were|be|been|being|as|remains?|become|becomes|became|[’']re|[’']s|called)\s(?:of course,?\s|always\s|also\s|now\s)?"
    r"(?:an?\s|the\s|our\s|your\s|one of\s|[A-Z][\w ]*[’']s?\s|we[’']re\s|two of\s)*(?:[\w-]+\s(?:and|,)\s)?|one of (?:\w+ )*\w+[’']s?\s|friends and\s|[a-z], (?:our )?|a\s)$"
)


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
        named = instruments.find(statement.text[passage.start : passage.end])
        for match in labels().pattern.finditer(statement.text, passage.start, passage.end):
            if any(passage.start + one.start < match.end() and match.start() < passage.start + one.end for one in named):
                continue
            if not _telling(statement.text, passage, match):
                continue
            parties = _parties(statement, passage, here, assertions, match)
            if len(parties) > 1:
                quote = match.group()
                found.append(Relation(match.start(), match.end(), quote, parties, quote))
    return tuple(found)


def _telling(text: str, passage: Passage, match: re.Match[str]) -> bool:
    """Whether a phrase is a label: a telling qualifier, its head applied to someone, and no part of a longer name."""
    words, after = match["label"], text[match.end() : match.end() + 24]
    if re.match(r"\s(?:[A-Z][a-z]+|for\s[A-Z])", after) or (words[0].isupper() and re.search(r"(?<![-–.\w])[A-Z][a-z]+\s$", text[max(0, match.start() - 14) : match.start()])):
        return False
    if match["pair"]:
        return True
    head = match["head"].lower()
    if head in ("nation", "country"):
        return words.lower().startswith(("sister", "brotherly", "fraternal", "sisterly"))
    if not labels().telling.search(words) and not labels().named.search(words):
        return False
    return head not in labels().applied or bool(_APPLIES.search(text[max(passage.start, match.start() - 60) : match.start()]))


def _parties(
    statement: Statement, passage: Passage, here: Sequence[Mention], assertions: Sequence[Assertion], match: re.Match[str]
) -> tuple[str, ...]:
    """The parties to a tie: those named beside the label, with the speaker's own side when only the other is named."""
    own = passage.voice or statement.issuers
    own_word = re.search(r"\b(?:our|we|us)\b", statement.text[passage.start : match.end()], re.IGNORECASE)
    codes = _codes([mention for mention in here if abs(mention.start - match.start()) < 90 and mention.rule not in ("they", "he")])
    around = next((one for one in assertions if one.start <= match.start() and match.end() <= one.end), None)
    if own_word:
        codes = [*own, *codes]
    distinct = tuple(dict.fromkeys(codes))
    if len(distinct) < 2 and own_word:
        distinct = tuple(dict.fromkeys([*own, *_codes(here)]))
    if len(distinct) < 2 and around is not None:
        distinct = tuple(dict.fromkeys([*distinct, *around.actors, *around.targets]))
    if len(distinct) < 2:
        distinct = tuple(dict.fromkeys([*own, *distinct]))
    return distinct if len(distinct) <= 6 else ()


def _codes(mentions: Sequence[Mention]) -> list[str]:
    return [code for mention in mentions for code in mention.codes if not code.startswith("grp:")]
