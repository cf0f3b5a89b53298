"""Agreements: the instruments a statement names, their parties, and the stage the words put them at.

The stage comes from the verb that governs the name in its clause ("signed", "negotiations on", "entry into force of",
"under") and its tense: what is still to be signed is being negotiated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from communique.language import instruments
from communique.language.instruments import Named
from communique.language.places import Places, codes, covered
from communique.records import Act, Agreement, Assertion, Mention, Passage, Role, Stage, Statement
from communique.vocabulary.instruments import cues

_COORDINATE = re.compile(r"(?:,? and |, | as well as |,? and (?:of|on|with) )(?:an? |the )?(?:\w+ )?")
_LASTING = frozenset({Stage.CONCLUDED, Stage.NEGOTIATING, Stage.PROPOSED})
_SUBJECT = 60  # characters before a name in which the last party named is taken for the subject of its verb
_WITH = re.compile(r"\bwith\b")
_UNDER = re.compile(
    r"\b(?:under|through|via|pursuant to|within|envisaged in|(?:re)?affirmed (?:\w+ ){0,4}commitment to|commitment to|committees of"
    r"|success of|phase of|goals of|work of),?\s(?:the\s)?(?:\w+\s){0,2}$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[;:—]\s|,\s(?:which|while|but)\s")
_BINDING = re.compile(r"Agreement|Treaty|Convention|Accord|FTA|Pact")


def agreements(
    statement: Statement, passages: Sequence[Passage], mentions: Sequence[Mention], assertions: Sequence[Assertion]
) -> tuple[Agreement, ...]:
    """The agreements the body of a statement names, in the order of the text."""
    places = Places(mentions, assertions)
    found: list[Agreement] = []
    defined: dict[str, Named] = {}
    stages: dict[str, Stage] = {}
    for passage in passages:
        if passage.role is not Role.BODY:
            continue
        for named, stage in _staged(statement.text[passage.start : passage.end], defined, stages):
            start, end = passage.start + named.start, passage.start + named.end
            parties = _parties(places, named, (start, end), stage, passage.voice or statement.issuers)
            found.append(Agreement(start, end, statement.text[start:end], named.name, named.short, parties, stage))
    return tuple(found)


def _staged(sentence: str, defined: dict[str, Named], stages: dict[str, Stage]) -> Iterator[tuple[Named, Stage]]:
    """The instruments of a sentence with their stages; what the statement has said of one before still holds."""
    before: tuple[Named, Stage] | None = None
    for named in _named(sentence, defined):
        stage = _stage(sentence, named)
        if stage is Stage.MENTIONED and before is not None and _COORDINATE.fullmatch(sentence, before[0].end, named.start):
            stage = before[1]
        if stage is Stage.MENTIONED and not named.sure:
            continue
        if stage is Stage.MENTIONED and named.known is None and named.name != named.short:
            stage = stages.get(_key(named), stage)
        elif stage in _LASTING:
            stages[_key(named)] = stage
        before = named, stage
        yield named, stage


def _named(sentence: str, defined: dict[str, Named]) -> list[Named]:
    """The instruments a sentence names, those by an acronym that an earlier sentence defined included."""
    found = list(instruments.find(sentence))
    spans = [(one.start, one.end) for one in found]
    for short, first in defined.items():
        if short not in sentence:
            continue
        for match in re.finditer(rf"(?<![\w-])(?:the |The )?{re.escape(short)}(?![\w-])(?! [A-Z])", sentence):
            if not covered(spans, match.start(), match.end()):
                found.append(Named(match.start(), match.end(), short, short, first.known))
    for one in found:
        if one.short and one.known is None and one.name != one.short:
            defined.setdefault(one.short, one)
    return sorted(found, key=lambda one: one.start)


def _key(named: Named) -> str:
    return re.sub(r"^(?:the|a|an|this|new) ", "", named.short or named.name, flags=re.IGNORECASE).lower()


def _stage(sentence: str, named: Named) -> Stage:
    """The stage that the clause around a name puts it at."""
    for stage, pattern in cues().after:
        if pattern.match(sentence, named.end):
            return Stage(stage)
    clause = _CLAUSE.split(sentence[max(0, named.start - 90) : named.start])[-1]
    for stage, pattern in cues().before:
        if pattern.search(clause):
            return Stage(stage)
    if (named.known is None or named.known.parties) and _UNDER.search(clause):
        return Stage.IN_FORCE if _BINDING.search(named.name) else Stage.IMPLEMENTING
    return Stage.MENTIONED


def _parties(places: Places, named: Named, place: tuple[int, int], stage: Stage, own: tuple[str, ...]) -> tuple[str, ...]:
    """The parties: those known beforehand or listed by the name, else those whose deed the clause tells."""
    if named.known is not None and named.known.parties:
        return named.known.parties
    inside = codes(places.named(*place))
    if len(inside) > 1:
        return inside
    around = places.assertion(*place)
    if around is not None and around.act is Act.POSITION:
        around = None
    own = around.actors if around else own or codes(places.named(place[0] - _SUBJECT, place[0])[-1:])
    if inside and _WITH.search(named.name):
        return tuple(dict.fromkeys([*own, *inside]))
    if named.known is not None:
        return own if stage is not Stage.MENTIONED else ()
    return tuple(dict.fromkeys([*own, *(around.targets if around else ()), *inside]))
