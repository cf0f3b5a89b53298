"""Relations: the labels a statement puts on the tie between parties ("comprehensive strategic partners", "ironclad alliance").

A label is kept only when the words say between whom: named around it, or the side that speaks and the one it speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from communique.language import instruments, names
from communique.language.places import Places, codes, covered
from communique.records import Assertion, Mention, Passage, Relation, Role, Statement
from communique.vocabulary.relations import labels

# What applies a noun to someone: "are strategic partners", "as close friends", "one of its oldest allies", "our sister nation".
_APPLIES = re.compile(
    r"(?:(?<!\w)(?:is|are|was|were|be|been|being|as|remains?|become|becomes|became|[’']re|[’']s|called|between|ties of)\s"
    r"(?:of course,?\s|always\s|also\s|now\s)?"
    r"(?:an?\s|the\s|our\s|your\s|its\s|their\s|his\s|her\s|my\s|one of\s|[A-Z][\w ]*[’']s?\s|we[’']re\s|two of\s)*"
    r"(?:(?:[\w-]+\s){1,3}(?:and|,)\s)?"
    r"|one of (?:\w+ )*\w+[’']s?\s|friends and\s|[a-z], (?:our )?|a\s|\A[\W]*)$"
)


def relations(
    statement: Statement, passages: Sequence[Passage], mentions: Sequence[Mention], assertions: Sequence[Assertion]
) -> tuple[Relation, ...]:
    """The labels the body of a statement puts on ties, in the order of the text."""
    places = Places(mentions, assertions)
    found: list[Relation] = []
    for passage in passages:
        if passage.role is not Role.BODY:
            continue
        for match in _labels(statement.text, passage):
            parties = _parties(statement, passage, places, match)
            if len(parties) > 1:
                found.append(Relation(match.start(), match.end(), match.group(), parties, match.group()))
    return tuple(found)


def _labels(text: str, passage: Passage) -> Iterator[re.Match[str]]:
    """The phrases of a passage that label a tie, those inside the name of an instrument left out."""
    sentence = text[passage.start : passage.end]
    if not labels().triggers.find_matches_as_indexes(sentence):
        return
    named = [(passage.start + one.start, passage.start + one.end) for one in instruments.find(sentence)]
    for match in labels().pattern.finditer(text, passage.start, passage.end):
        if not covered(named, match.start(), match.end()) and _telling(text, passage, match):
            yield match


_CAPITAL = re.compile(r"(?<![-–.\w])(?!The |Our |This |Their |Its )[A-Z][a-z]+\s$")


def _telling(text: str, passage: Passage, match: re.Match[str]) -> bool:
    """Whether a phrase is a label: a telling qualifier, its head applied to someone, and no part of a longer name."""
    words, after = match.group(), text[match.end() : match.end() + 24]
    longer = words[0].isupper() and _CAPITAL.search(text[max(0, match.start() - 14) : match.start()])
    if longer or re.match(r"\s(?:[A-Z][a-z]+|for\s[A-Z])", after):
        return False
    if not match["head"]:
        return True
    words, head = match["label"], match["head"].lower()
    if head in labels().kin:
        return words.lower().startswith(labels().kindred)
    if not labels().telling.search(words) and not labels().named.search(words):
        return False
    return head not in labels().applied or bool(_APPLIES.search(text[max(passage.start, match.start() - 60) : match.start()]))


def _parties(statement: Statement, passage: Passage, places: Places, match: re.Match[str]) -> tuple[str, ...]:
    """The parties to a tie: those named beside the label, with the speaker's own side when only the other is named."""
    if match["pair"]:
        halves = re.split(r"[-–]", match["pair"].rsplit(" ", 1)[0])
        return codes(mention for half in halves for mention in names.find(half))
    said = _BETWEEN.match(statement.text, match.end(), passage.end)
    if said and len(tied := _states(places.named(said.start(), said.end()))) > 1:
        return tied if len(tied) <= _MOST else ()
    own = passage.voice or statement.issuers
    ours = _OURS.search(statement.text, max(passage.start, match.start() - 400), match.end()) is not None
    around_it = places.named(max(passage.start, match.start() - 400), min(passage.end, match.end() + 400))
    here = [mention for mention in around_it if not statement.text.endswith(("non-", "Non-"), 0, mention.start)]
    near = [mention for mention in here if abs(mention.start - match.start()) < _NEAR and mention.rule not in ("they", "he")]
    around = places.assertion(match.start(), match.end())
    found = _both(own if ours else (), _states(near))
    for more in ([own, _states(here)] if ours else [()], [around.actors, around.targets] if around else [()], [own]):
        if len(found) < 2:
            found = _both(found, *more)
    if len(found) < 2:  # an unlisted body rather than nobody
        found = _both(found, tuple(code for code in codes(near) if not code.startswith("grp:")))
    return found if len(found) <= _MOST else ()


_OURS = re.compile(r"\b(?:our|we|us)\b", re.IGNORECASE)
# "between Iraq, Jordan and Egypt", "of the Maldives and Seychelles": those who are tied, and nobody else.
_BETWEEN = re.compile(
    r"\s(?:between|of|among)\s(?:the\s)?[A-Z][\w.’'-]*(?:(?:,?\sand\s(?:the\s)?|,\s(?:the\s)?|\s(?:of\s(?:the\s)?)?)[A-Z][\w.’'-]*)+"
)
_NEAR = 90  # characters between a label and a party it names
_MOST = 6  # parties; a label shared by more is a phrase about many ties


def _both(*groups: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for group in groups for code in group))


def _states(mentions: Sequence[Mention]) -> tuple[str, ...]:
    """The codes named, loose groups and unlisted bodies left out."""
    return tuple(code for code in codes(mentions) if not code.startswith(("grp:", "org:")))
