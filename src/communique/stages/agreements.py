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
from communique.language.standing import Announced, stage_of
from communique.records import Act, Agreement, Assertion, Mention, Passage, Role, Stage, Statement

_COORDINATE = re.compile(r"(?:,? and |, | as well as |,? and (?:of|on|with) )(?:an? |the )?(?:\w+ )?")
_LASTING = frozenset({Stage.CONCLUDED, Stage.NEGOTIATING, Stage.PROPOSED})
_SUBJECT = 60  # characters before a name in which the last party named is taken for the subject of its verb
_WITH = re.compile(r"\bwith\b")
_SIGNED_BY = re.compile(r",?\s(?:(?:which|that)\s)?(?:(?:was|were)\s)?(?:signed|concluded|reached)\s(?:by|between)\s[A-Z][^,;:.()]{0,60}")
_OPEN = re.compile(r"\b(?:Convention|Treaty|Charter)\b")  # instruments of many: a party only to what the clause says it signed


def agreements(
    statement: Statement, passages: Sequence[Passage], mentions: Sequence[Mention], assertions: Sequence[Assertion]
) -> tuple[Agreement, ...]:
    """The agreements the body of a statement names, in the order of the text."""
    places = Places(mentions, assertions)
    found: list[Agreement] = []
    defined: dict[str, Named] = {}
    stages: dict[str, Stage] = {}
    announced = Announced(statement.text)
    for passage in passages:
        if passage.role is not Role.BODY:
            continue
        told = announced.of(passage) or Stage.MENTIONED
        for named, stage in _staged(statement.text[passage.start : passage.end], defined, stages, told):
            start, end = passage.start + named.start, passage.start + named.end
            signed = _SIGNED_BY.match(statement.text, end, passage.end)
            parties = codes(places.named(*signed.span())) if signed else ()
            parties = parties or _parties(places, named, (start, end), stage, passage.voice or statement.issuers)
            found.append(Agreement(start, end, statement.text[start:end], named.name, named.short, parties, stage))
    return tuple(found)


def _staged(sentence: str, defined: dict[str, Named], stages: dict[str, Stage], told: Stage) -> Iterator[tuple[Named, Stage]]:
    """The instruments of a sentence with their stages; what the statement has said of one, or ``told`` of all, before still holds."""
    before: tuple[Named, Stage] | None = None
    for named in _named(sentence, defined):
        stage = stage_of(sentence, named)
        stage = told if stage is Stage.MENTIONED and named.known is None else stage
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
    if stage is Stage.MENTIONED and (named.known is not None or _OPEN.search(named.name)):
        return inside if named.known is None else ()
    if named.known is not None:
        return own
    return tuple(dict.fromkeys([*own, *(around.targets if around else ()), *inside]))
