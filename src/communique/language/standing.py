"""Where an instrument stands, by the words around its name: the verb that governs it in its clause, with its tense.

    "will work towards signing ___"   negotiating      "entry into force of ___"   in force      "___ must be carried out"   implementing

A stage said of many holds for each that is listed after it: "five accords were signed:".
"""

from __future__ import annotations

import re

from communique.language.instruments import Named
from communique.language.items import is_item
from communique.records import Passage, Stage
from communique.vocabulary.instruments import cues

_CLAUSE = re.compile(r"[;:—]\s|,\s(?:which|while|but)\s")
_PAPERS = r"(?:agreements|accords|memoranda|documents|instruments|treaties|conventions|protocols|MoUs|MOUs|letters|papers|texts)"
_SOME = r"(?:an?\s(?:number|series|range|set)\sof|several|many|some|various|numerous|two|three|four|five|six|seven|eight|nine|ten|\d+)"
# What stands between a verb and its name and changes nothing: ", step by step,", "with Peru and Chile", "in Rome", "Article 4 of",
# "several accords, among them".
_WHOM = r"(?:the\s)?[A-Z][\w.’'-]*(?:\s(?:of\s(?:the\s)?|and\s(?:the\s)?|the\s)?[A-Z][\w.’'-]*)*"
_ASIDE = re.compile(
    rf",\s[^,]{{1,70}},(?=\s)|(?<=\w)\s(?:with|in)\s{_WHOM}(?=\s)|(?<=\w)\s(?:(?:on|last|this)\s)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|(?:last|this)\s(?:week|month|year|[A-Z]\w+))(?=\s)"
    rf"|(?:\s{_SOME}\s(?:[\w-]+\s){{0,3}}?{_PAPERS})?,\s(?:including|among (?:them|which|others)|such as|namely|notably|inter alia),?(?=\s)"
    r"|\s(?:[Pp]aragraphs?|[Aa]rticles?|[Cc]hapters?)\s[\dIVX]+(?:,\s[\dIVX]+)*(?:,?\sand\s[\dIVX]+)?\sof(?=\s)"
)
_REACH = 110  # characters before a name in which its verb may stand
_UNDER = re.compile(
    r"\b(?:under|through|via|pursuant to|within|envisaged in|(?:re)?affirmed (?:\w+ ){0,4}commitment to|commitment to|committees of"
    r"|success of|phase of|goals of|work of|bound by|governed by|guaranteed by),?\s(?:the\s)?(?:\w+\s){0,2}$",
    re.IGNORECASE,
)
_BINDING = re.compile(r"Agreement|Treaty|Convention|Accord|FTA|Pact")
_PROSPECT = re.compile(r"\b(?:proposed|potential|possible|prospective|planned|future|draft|follow-on)\b")
_WELCOMED = re.compile(r"\b(?:welcom|applaud|commend|hail|celebrat)\w*\s(?:(?!and\b)[^\s,;]+\s){0,1}$", re.IGNORECASE)

_ONE_OF_THEM = re.compile(
    r"(?:The (?:first|second|third|other|last)|One of (?:them|these)|Another|Among them|They include|These include)\b"
)
_SAID_OF_ALL = re.compile(
    rf"{_PAPERS}[^.]{{0,60}}\b(?:were|was|have been) (?:(signed|exchanged|inked)|(ratified)|(concluded|adopted|agreed|initial+ed))"
    rf"|(?:(sign(?:ed|ing|ature)|exchanged?)|(ratification|ratified)|(conclu\w+|adopt\w+))\b[^.]{{0,60}}\b{_PAPERS}|(signed) the following"
)
_OF_ALL = (Stage.SIGNED, Stage.RATIFIED, Stage.CONCLUDED, Stage.SIGNED, Stage.RATIFIED, Stage.CONCLUDED, Stage.SIGNED)


def stage_of(sentence: str, named: Named) -> Stage:
    """The stage that the clause around a name puts it at."""
    for stage, pattern in cues().after:
        if pattern.match(sentence, named.end):
            return Stage(stage)
    clause = _ASIDE.sub("", _CLAUSE.split(sentence[max(0, named.start - _REACH) : named.start])[-1])
    for stage, pattern in cues().before:
        if pattern.search(clause):
            return Stage(stage)
    return _unspoken(clause, named, sentence[named.start : named.end])


def _unspoken(clause: str, named: Named, quote: str) -> Stage:
    """The stage where no verb says one: what is potential is proposed, what is welcomed is made, what one works under stands."""
    if named.known is None and _PROSPECT.search(quote):
        return Stage.PROPOSED
    if named.known is None and _WELCOMED.search(clause):
        return Stage.CONCLUDED
    if (named.known is None or named.known.parties) and _UNDER.search(clause):
        return Stage.IN_FORCE if _BINDING.search(named.name) else Stage.IMPLEMENTING
    return Stage.MENTIONED


class Announced:
    """What a statement says of many papers before it names them one by one."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._before: Passage | None = None
        self._list: Stage | None = None

    def of(self, passage: Passage) -> Stage | None:
        """The stage said beforehand of the papers that ``passage`` names; passages are asked about in their order."""
        before, self._before = self._before, passage
        if before is None:
            return None
        lead = self.text[before.start : before.end]
        if not is_item(self.text, before.end, passage.start):
            self._list = None
            return _of_all(lead) if _ONE_OF_THEM.match(self.text, passage.start) else None
        if lead.endswith(":"):
            self._list = _of_all(lead)
        return self._list


def _of_all(lead: str) -> Stage | None:
    found = _SAID_OF_ALL.search(lead)
    return next((stage for stage, word in zip(_OF_ALL, found.groups(), strict=True) if word), None) if found else None
