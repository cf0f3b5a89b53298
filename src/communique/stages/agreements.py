"""Agreements: the instruments a statement names, their parties, and the stage the words put them at.

The stage comes from the verb that governs the name in its clause ("signed", "negotiations on", "entry into force of",
"under") and its tense: what is still to be signed is being negotiated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from communique.language import instruments
from communique.language.instruments import Named
from communique.records import Act, Agreement, Assertion, Mention, Passage, Role, Stage, Statement

# Read in order; the first that matches the words before the name ("left") or after it ("right") decides.
_FUTURE = r"(?:will|would|shall|to|towards?|intends? to|plans? to|aims? to|hopes? to|look(?:s|ing)? forward to|forthcoming|work(?:ing)? (?:towards?|on|to)|efforts to|upcoming|urge[sd]?|should|must)\s(?:\w+\s){0,3}"
_LEFT: tuple[tuple[Stage, str], ...] = (
    (Stage.WITHDRAWN, r"(?:withdr[ae]w\w*|withdrawals?|pull(?:ed|ing)? out|terminat\w+|abrogat\w+|denounc\w+|reject(?:s|ed)?|unilaterally (?:left|leaving))\s(?:\S+\s){0,4}$"),
    (Stage.SUSPENDED, r"(?:suspen\w+)\s(?:\S+\s){0,4}$"),
    (Stage.EXTENDED, r"(?:exten(?:d|ds|ded|sion|ding)|renew(?:ed|al|ing)?|prolong\w*)\s(?:\S+\s){0,3}$"),
    (Stage.RATIFIED, r"(?:ratif\w+)\s(?:\S+\s){0,3}$"),
    (Stage.IN_FORCE, r"(?:entry[- ]into[- ]force of|entered into force|in force|br(?:ing|ought) into force|re-?join(?:ed|ing)?|already in place)\s(?:\S+\s){0,3}$"),
    (Stage.NEGOTIATING, rf"{_FUTURE}(?:conclud\w+|sign(?:ing)?|entry into force of|finali[sz]\w+|complet\w+|reach(?:ing)?|achiev\w+|conclusion of|negotiat\w+|secur(?:e|ed|ing))\s(?:\S+\s){{0,4}}$"),
    (Stage.CONCLUDED, r"(?:conclud(?:ed|es)|conclusion of|complet(?:ed|ion of)|finali[sz](?:ed|ation of))\s(?:the\s)?(?:negotiations?|talks)?\s?(?:on|of|for)?\s?(?:\S+\s){0,3}$"),
    (Stage.NEGOTIATING, r"(?:negotiat\w+|talks|working on|work on|acced(?:e|ing) to|accession to|progress (?:in|on|toward|towards) (?:developing|negotiating)?|process (?:of|to|toward)|develop(?:ing|ment of)|outcomes? (?:in|on))\s(?:\S+\s){0,4}$"),
    (Stage.SIGNED, r"(?:signed|signing of|signature of|signing|signs|entered into|inked|joined|joining(?: of)?|acceded to|exchanged)\s(?:\S+\s){0,4}$"),
    (Stage.CONCLUDED, r"(?:reach(?:ed|ing)|conclud\w+|conclusion of|achiev(?:ed|ing)|secur(?:ed|ing)|struck|striking|broker(?:ed|ing)|agreed(?: (?:on|to|in principle on))?|adopt(?:ed|ion of|ing)|finali[sz]\w+|announc(?:ed|ing|ement of)|issu(?:ed|ing)|sponsoring|acceptance of|launch(?:ed)?|created?|celebrated)\s(?:\S+\s){0,4}$"),
    (Stage.PROPOSED, r"(?:propos\w+|explor\w+|launch(?:ing)?|establish(?:ing)?|develop|intends? to develop|pursu(?:e[sd]?|ing)|enter into|consider\w*|calls? for)\s(?:\S+\s){0,3}$"),
    (Stage.IMPLEMENTING, r"(?:implement\w*(?: of)?|operationali[sz]\w+|fulfil\w*|deliver(?:ing)? on|compliance with|meet(?:ing)? the (?:goals|objectives) of|moving forward with)\s(?:\S+\s){0,5}$"),
)  # fmt: skip
_RIGHT: tuple[tuple[Stage, str], ...] = (
    (Stage.CONCLUDED, r",?\s(?:is|are|was)?\s?(?:scheduled|due|expected|ready) to be signed|\swas reached|,?\sadopted"),
    (Stage.IN_FORCE, r"\s(?:is|are|was|has|have|will|recently|formally|\w+ed)?\s?(?:been\s)?(?:enter(?:s|ed)? into force|in force|c[oa]me into force|(?:already\s)?in place)|,? which is (?:now )?in force"),
    (Stage.SIGNED, r",?\s(?:(?:was|were|has been|have been|that (?:was|were)|which (?:was|were)|we(?:[’']ve| have)?)\s)?(?:recently |jointly |just )?signed"),
    (Stage.IMPLEMENTING, r"\simplementation\b"),
    (Stage.NEGOTIATING, r"\s(?:negotiat\w+|talks)\b"),
)  # fmt: skip
# The words between the verb and the name do not cross an "and".
LEFT = tuple((stage, re.compile(r"(?<!\w)" + pattern.replace(r"(?:\S+", r"(?:(?!and\b)\S+"), re.IGNORECASE)) for stage, pattern in _LEFT)
RIGHT = tuple((stage, re.compile(pattern, re.IGNORECASE)) for stage, pattern in _RIGHT)


def agreements(
    statement: Statement, passages: Sequence[Passage], mentions: Sequence[Mention], assertions: Sequence[Assertion]
) -> tuple[Agreement, ...]:
    """The agreements the body of a statement names, in the order of the text."""
    found: list[Agreement] = []
    defined: dict[str, Named] = {}
    stages: dict[str, Stage] = {}
    for passage in passages:
        if passage.role is not Role.BODY:
            continue
        sentence = statement.text[passage.start : passage.end]
        before: tuple[Named, Stage] | None = None
        for named in _named(sentence, defined):
            stage = _stage(sentence, named)
            if stage is Stage.MENTIONED and before is not None and _COORDINATE.fullmatch(sentence, before[0].end, named.start):
                stage = before[1]
            if stage is Stage.MENTIONED and not named.sure:
                continue
            key = _key(named)
            if stage is Stage.MENTIONED and named.known is None and named.name != named.short:
                stage = stages.get(key, stage)
            elif stage in _LASTING:
                stages[key] = stage
            before = named, stage
            start, end = passage.start + named.start, passage.start + named.end
            found.append(
                Agreement(
                    start, end, statement.text[start:end], named.name, named.short,
                    _parties(statement, passage, mentions, assertions, named, (start, end), stage), stage,
                )
            )  # fmt: skip
    return tuple(found)


_COORDINATE = re.compile(r"(?:,? and |, | as well as |,? and (?:of|on|with) )(?:an? |the )?(?:\w+ )?")
_LASTING = frozenset({Stage.CONCLUDED, Stage.SIGNED, Stage.NEGOTIATING, Stage.PROPOSED})


def _named(sentence: str, defined: dict[str, Named]) -> list[Named]:
    """The instruments a sentence names, those by an acronym that an earlier sentence defined included."""
    found = list(instruments.find(sentence))
    for short, first in defined.items():
        for match in re.finditer(rf"(?<![\w-])(?:the |The )?{re.escape(short)}(?![\w-])(?! [A-Z])", sentence):
            if not any(one.start < match.end() and match.start() < one.end for one in found):
                found.append(Named(match.start(), match.end(), short, short, first.known))
    for one in found:
        if one.short and one.known is None and one.name != one.short:
            defined.setdefault(one.short, one)
    return sorted(found, key=lambda one: one.start)


def _key(named: Named) -> str:
    return re.sub(r"^(?:the|a|an|this|new) ", "", named.short or named.name, flags=re.IGNORECASE).lower()


def _stage(sentence: str, named: Named) -> Stage:
    """The stage that the clause around a name puts it at."""
    left = sentence[max(0, named.start - 90) : named.start]
    clause = re.split(r"[;:—]\s|,\s(?:which|while|but)\s", left)[-1]
    right = sentence[named.end : named.end + 60]
    for stage, pattern in RIGHT:
        if pattern.match(right):
            return stage
    for stage, pattern in LEFT:
        if pattern.search(clause):
            return stage
    if (named.known is None or named.known.parties) and _UNDER.search(clause):
        return Stage.IN_FORCE if _BINDING.search(named.name) else Stage.IMPLEMENTING
    return Stage.MENTIONED


_UNDER = re.compile(r"\b(?:under|through|via|pursuant to|within|envisaged in|(?:re)?affirmed (?:\w+ ){0,4}commitment to|commitment to|committees of|success of|phase of|goals of|work of)(?:,)?\s(?:the\s)?(?:\w+\s){0,2}$", re.IGNORECASE)
_BINDING = re.compile(r"Agreement|Treaty|Convention|Accord|FTA|Pact")


_WITH = re.compile(r"\b(?:with)\b")


def _parties(
    statement: Statement,
    passage: Passage,
    mentions: Sequence[Mention],
    assertions: Sequence[Assertion],
    named: Named,
    place: tuple[int, int],
    stage: Stage,
) -> tuple[str, ...]:
    """The parties: those known beforehand or listed by the name, else those whose deed the clause tells."""
    if named.known is not None and named.known.parties:
        return named.known.parties
    start, end = place
    inside = _codes(mention for mention in mentions if start <= mention.start and mention.end <= end)
    if len(inside) > 1:
        return inside
    around = next((one for one in assertions if one.start <= start and end <= one.end and one.act is not Act.POSITION), None)
    own = around.actors if around else passage.voice or statement.issuers
    if inside and _WITH.search(named.name):
        return tuple(dict.fromkeys([*own, *inside]))
    if named.known is not None:
        return own if stage is not Stage.MENTIONED and not inside else inside
    return tuple(dict.fromkeys([*own, *(around.targets if around else ()), *inside]))


def _codes(mentions: Iterable[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for mention in mentions for code in mention.codes))
