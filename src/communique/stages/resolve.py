"""Mentions: every stretch of words that stands for an actor, and the codes it resolves to.

Names come from the dictionary (``language.names``).  What only the statement can tell is resolved here, passage by passage:
"we" is the passage's voice; "the two sides" and "both leaders" are the parties in play; "the Chinese side" is its adjective;
"President Biden", "the Secretary-General", "he" are the side a person acts for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from communique.language import names
from communique.language.folding import fold
from communique.language.people import People, introduce
from communique.records import Mention, Passage, Role, Statement
from communique.vocabulary.actors import Vocabulary

WE = re.compile(
    r"\b(?:[Ww]e|[Oo]ur(?:s|selves)?|us|WE|I|[Mm]y|me|myself|"
    r"(?:[Mm]y|[Oo]ur|[Tt]his) (?:own )?(?:government|Government|country|nation|administration|Administration|delegation|people))\b"
)
SIDES = re.compile(
    r"\b(?:[Tt]he |[Bb]oth |[Tt]hese |[Oo]ur )?(?:[Tt]wo |[Tt]hree |[Ff]our |[Bb]oth )?"
    r"(?:sides|Sides|countries|Countries|nations|leaders|Leaders|[Pp]residents|[Pp]rime [Mm]inisters|[Mm]inisters|[Pp]articipants|[Pp]arties|"
    r"peoples|governments|Governments|delegations|principals|[Oo]fficials|States|capitals|economies)\b"
)
NUMBERED = re.compile(r"\b(?:[Tt]wo|[Tt]hree|[Ff]our|[Bb]oth)\b")
PLURAL = re.compile(r"\b(?:[Tt]hey|[Tt]heir|[Tt]hem|[Bb]oth|[Ee]ach other|[Oo]ne another|[Tt]hemselves)\b")
PERSON = re.compile(
    r"\b(?:[Hh]e|[Ss]he|[Hh]is|[Hh]er|[Hh]im|(?:[Tt]he|[Oo]ur|[Mm]y) (?:[A-Z][a-z]+ )?(?:[Pp]resident|[Vv]ice [Pp]resident|[Pp]rime [Mm]inister|"
    r"[Mm]inister|[Ss]pokesperson|[Aa]mbassador|[Hh]igh [Cc]ommissioner|[Cc]hancellor|[Pp]remier|[Ss]ecretary|Secretary of State|[Kk]ing|"
    r"[Aa]dministration|[Gg]overnment|[Cc]abinet|[Cc]abinet of [Mm]inisters|[Ll]eader|[Dd]elegation|[Dd]irector|[Cc]hair|[Aa]dvisor))\b"
)
IT = re.compile(r"\b(?:[Ii]t|[Ii]ts|itself)\b")
SIDE = re.compile(r"[ ](?:[Ss]ide|[Gg]overnment|[Dd]elegation|[Aa]uthorities|[Aa]dministration|[Ll]eadership)\b")


@dataclass(slots=True)
class Scene:
    """Who has been named so far, as the statement is read from top to bottom."""

    issuers: tuple[str, ...]
    people: People
    parties: list[tuple[str, ...]] = field(default_factory=list)  # the sides of each passage, the latest last
    person: tuple[str, ...] = ()  # the side of the person named last

    def sides(self) -> tuple[str, ...]:
        """The parties in play: issuers of a joint statement, else those named together last."""
        if len(self.issuers) > 1:
            return self.issuers
        for named in reversed(self.parties[-6:]):
            both = tuple(dict.fromkeys((*self.issuers, *named)))
            if len(both) > 1:
                return both
        return self.issuers

    def last(self) -> tuple[str, ...]:
        """Those whom "they" may be: the last ones named."""
        return next((named for named in reversed(self.parties) if named), self.issuers)


def resolve(statement: Statement, passages: Sequence[Passage], vocabulary: Vocabulary | None = None) -> tuple[Mention, ...]:
    """Every mention of an actor in the passages that carry items, in the order of the text; none overlaps another."""
    named, folded = names.find(statement.text, vocabulary), fold(statement.text)
    people = introduce(statement, named)
    scene = Scene(statement.issuers, people)
    mentions: list[Mention] = []
    for passage in passages:
        if passage.role in (Role.BODY, Role.QUESTION, Role.HEADING):
            here = _within(named, passage)
            here = _merge([*people.mentions(folded, passage), *_sided(statement.text, here)])
            mentions += _pronouns(statement.text, passage, here, scene)
            _remember(scene, here)
    return tuple(mentions)


def _within(mentions: Sequence[Mention], passage: Passage) -> list[Mention]:
    return [mention for mention in mentions if passage.start <= mention.start and mention.end <= passage.end]


def _sided(text: str, mentions: list[Mention]) -> list[Mention]:
    """Adjectives before "side", "government", "delegation" made the side itself."""
    out = []
    for mention in mentions:
        after = SIDE.match(text, mention.end) if mention.rule in ("name", "adjective", "organisation") else None
        out.append(Mention(mention.start, after.end(), mention.codes, "side") if after else mention)
    return out


def _merge(mentions: list[Mention]) -> list[Mention]:
    """Mentions in order, the longer kept where two overlap."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if kept and mention.start < kept[-1].end:
            if mention.end - mention.start > kept[-1].end - kept[-1].start:
                kept[-1] = mention
        else:
            kept.append(mention)
    return kept


def _pronouns(text: str, passage: Passage, named: list[Mention], scene: Scene) -> list[Mention]:
    """The named mentions of a passage and, between them, the words that only stand for a name."""
    voice = passage.voice or scene.issuers
    found = list(named)
    for pattern, rule in ((WE, "we"), (SIDES, "sides"), (PERSON, "he"), (PLURAL, "they"), (IT, "they")):
        for match in pattern.finditer(text, passage.start, passage.end):
            codes = _stand_in(rule, match, found, voice, scene)
            if codes:
                found.append(Mention(match.start(), match.end(), codes, rule))
    return _merge(found)


def _stand_in(rule: str, match: re.Match[str], found: list[Mention], voice: tuple[str, ...], scene: Scene) -> tuple[str, ...]:
    before = [mention for mention in found if mention.end <= match.start() and mention.rule not in ("we", "they", "he", "group")]
    if rule == "we":
        return voice
    if rule == "sides":
        here = tuple(dict.fromkeys(code for mention in before for code in mention.codes))
        if not NUMBERED.search(match[0]) and not match[0][:4].lower() == "the ":
            return ()
        return scene.issuers if len(scene.issuers) > 1 else here if len(here) > 1 else scene.sides()
    if rule == "he":
        people = [mention for mention in before if mention.rule == "official"]
        return people[-1].codes if people and match[0].lower() in ("he", "she", "his", "her", "him") else scene.person or voice[:1]
    return before[-1].codes if before else scene.last()


def _remember(scene: Scene, here: list[Mention]) -> None:
    sides = tuple(dict.fromkeys(code for mention in here if mention.rule != "group" for code in mention.codes))
    scene.parties.append(sides)
    officials = [mention.codes for mention in here if mention.rule == "official"]
    if officials:
        scene.person = officials[-1]
