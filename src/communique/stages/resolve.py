"""``resolve(statement, passages)``: every stretch of words that stands for an actor, the codes it resolves to, and the rule.

Names come from the dictionary (``language.names``), persons from their offices (``language.people``).  What only the
statement can tell is resolved here, passage by passage: "we" is the passage's voice, "you" the other side; "the two sides"
and "both leaders" are the parties in play; "the Chinese side" is its adjective; "the Prime Minister" and "he" are the side of
whoever was named so before; "the Council" is the council named before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from communique.language import bodies, names, standins
from communique.language.folding import fold
from communique.language.people import introduce, unposted
from communique.language.scenes import NAMED, Scene, codes_of
from communique.records import Mention, Passage, Role, Statement
from communique.vocabulary.actors import Vocabulary
from communique.vocabulary.publishers import states

UNITED = ("UN", "UNGA", "UNSC")  # whose members are all countries
SPOKEN = (Role.BODY, Role.QUESTION, Role.HEADING)  # what can introduce a name that a later passage points back to


def resolve(statement: Statement, passages: Sequence[Passage], vocabulary: Vocabulary | None = None) -> tuple[Mention, ...]:
    """The mentions of actors in the passages of a statement, in the order of the text; none overlaps another."""
    text = fold(statement.text)
    named = names.find(statement.text, vocabulary)
    people = introduce(statement, named)
    known = longest([*people.mentions(text), *(standins.sided(text, mention) for mention in unposted(text, named, statement.issuers))])
    known = [own(text, mention, statement.issuers) for mention in longest([*known, *bodies.shortened(text, known)])]
    places = list(standins.sought(text))
    title = codes_of(mention for mention in names.find(statement.title, vocabulary) if mention.rule in NAMED)
    scene = Scene(statement.issuers, statement.kind, title, tuple(speaker.side for speaker in statement.speakers))
    mentions: list[Mention] = []
    for passage, here, sought in zip(
        passages, shared(passages, known, [m.start for m in known]), shared(passages, places, [p[0] for p in places]), strict=True
    ):
        if passage.role in SPOKEN:
            here = [mention for mention in here if mention.end <= passage.end]
            scene.hear(text, here)
            stood = standins.stand(text, sought, passage, here, scene)
            mentions += longest([*here, *stood])
            scene.remember(text, here, stood)
    return tuple(mentions)


def own(text: str, mention: Mention, issuers: tuple[str, ...]) -> Mention:
    """A mention as the body that issues a statement means it: "member states" are its own, and "Parliament" is the Union's."""
    if mention.rule not in ("group", "organisation") or len(issuers) != 1 or issuers[0] in states().values() or issuers[0] in UNITED:
        return mention
    words = text[mention.start : mention.end].lower()
    if words in ("member states", "member-states"):
        return replace(mention, codes=("grp:member-states",))
    return replace(mention, codes=issuers) if words == "parliament" and issuers == ("EU",) else mention


Placed = TypeVar("Placed")


def shared(passages: Sequence[Passage], placed: Sequence[Placed], starts: Sequence[int]) -> Iterator[Sequence[Placed]]:
    """What begins in each passage, both in the order of the text."""
    at = 0
    for passage in passages:
        while at < len(starts) and starts[at] < passage.start:
            at += 1
        begin = at
        while at < len(starts) and starts[at] < passage.end:
            at += 1
        yield placed[begin:at]


def longest(mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions in order, the longer kept where two overlap, the first where they are equal."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
        elif mention.end - mention.start > kept[-1].end - kept[-1].start:
            kept[-1] = mention
    return kept
