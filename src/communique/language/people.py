"""Persons in office: who is named with which office, and the side they act for.

Known by the dated table of officials, by "<state> <title> Name of <state>", by "Name, <title> of <state>", or by the
statement's own speakers; a bare surname counts once its bearer has been introduced in the same statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from communique.language import names
from communique.language.folding import fold
from communique.language.officeholders import known, surnames
from communique.language.words import word_before
from communique.records import Mention, Passage, Statement

OFFICES = (
    "President Minister Premier Chancellor Secretary Ambassador Commissioner Representative Envoy Councilor Councillor King Queen Emir Amir"
    " Sheikh Sultan Prince Princess Pope Director Director-General Secretary-General Advisor Adviser Administrator Chair Chairman"
    " Chairperson Coordinator Spokesperson Spokesman Governor Chief Leader Taoiseach General Admiral Lady Advisors Presidents Ministers"
    " Secretaries Representatives"
).split()
RANKS = frozenset(
    "Acting Deputy Vice First Prime Principal Foreign Defence Defense Finance Trade State Special Assistant Under Cabinet High National"
    " Security Homeland Federal Senior Crown Executive Managing Secretary General Press Joint Climate Presidential Intelligence Commerce"
    " Energy Treasury External Affairs Permanent Hon. Honourable Attorney".split()
)
FIELD = r"(?: Extraordinary and Plenipotentiary)?(?: (?:for|of) (?:the )?[A-Z]\w+(?:,? (?:and |& )?(?:for )?[A-Z]\w+)*)?"
NAME = r"[A-Z][\w'.-]+"
PARTICLE = r"(?:(?:bin|al|de|da|dos|van|von|der|den|del|la|el|ibn|ould|di|do)[ ])"
HONORIFIC = r"(?:(?:H\.?E\.?|(?:His|Her) (?:Excellency|Royal Highness|Majesty)|Mr\.?|Ms\.?|Mrs\.?|Dr\.?|Sheikh|Sir|Shri|Hon\.)[ ])*"
AHEAD = re.compile(rf"(?P<field>{FIELD}),? {HONORIFIC}(?P<name>(?:{PARTICLE}*{NAME})(?:[ ]{PARTICLE}*{NAME}){{0,4}})")
BARE = re.compile(rf" {HONORIFIC}(?P<name>(?:{PARTICLE}*{NAME})(?:[ ]{PARTICLE}*{NAME}){{0,4}})")
OFFICE = re.compile(FIELD)
BEHIND = re.compile(rf"\b(?P<name>{NAME}(?: {PARTICLE}*{NAME}){{1,3}}), (?:the )?(?:[A-Z][\w.'-]+ ){{0,2}}$")
TITLED = re.compile(rf"(?:\b(?:{'|'.join(sorted(RANKS))})[ -])*\b(?:{'|'.join(OFFICES)}){FIELD},? {HONORIFIC}$")
OF = re.compile(r",? (?:of|to|from) (?:the )?")
WORD = re.compile(r"[A-Z]\w+")
COMMON = re.compile(r"(?<![\w'-])[a-z]{3,}")  # a "Summit" is nobody where the text has summits
POST = re.compile(
    r"\b(?:Ambassador|High Commissioner|Envoy|Consul General)(?:-[Dd]esignate)?"
    r"(?: of (?:the )?[A-Z]\w+(?:(?: of)?(?: the)? [A-Z]\w+){0,3})? (?:accredited )?to (?:the )?$"
)
AND = re.compile(r",? and (?:the )?")
REACH = 90  # characters looked back for a name or a title
STOP = frozenset(
    "The A And In On Of To For With At Meeting Call Secretary President Minister Prime Vice First General State Affairs Foreign"
    " Assembly United Council National Meets Met Pays Pay Calls Holds Visits Pledges Receives Hosts Discusses Discuss Leaves"
    " Departs Arrives Says Summit Statement Forum Dialogue Conference Office Session Working Ministerial Committee Joint"
    " Declaration Communique Process Level Force Forces Army Navy Air Defense Defence Treasury Interior Commerce Energy Labor"
    " Labour Health Education Trade Finance Homeland Services Veterans Agriculture Transportation Housing Justice Group Retreat"
    " Roundtable Speech Visit Talks Remarks Readout Monday Tuesday Wednesday Thursday Friday Saturday Sunday Attends Addresses"
    " Signs Welcomes Thanks Joins Speaks His Her Their We Our This That Is Was Will Has Have Had Also Today Security".split()
)
STYLES = frozenset("Excellency Highness Majesty Honourable Honorable Hon Mr Ms Mrs Dr Sir Dame Lord Professor Prof Most Rev".split())
SEVERAL = re.compile(r"\b(?:[Tt]hey|(?:[Tt]he|[Bb]oth)(?: two)? (?:[Ll]eaders|[Pp]residents|[Mm]inisters|[Aa]dvis[eo]rs|principals))\b")
ONE = re.compile(r"\b(?:[Hh]e|[Ss]he|[Tt]he (?:[A-Z]\w+ )?(?:President|Prime Minister|Minister|Ambassador|Secretary|Chancellor|King))\b")
_offices = AhoCorasick(OFFICES, matchkind=MatchKind.LeftmostLongest)


@dataclass(slots=True)
class People:
    """The persons of one statement: each form of their name, their side, and the name in full."""

    sides: dict[str, tuple[str, ...]] = field(default_factory=dict)
    full: dict[str, str] = field(default_factory=dict)
    found: list[tuple[int, int, str]] = field(default_factory=list)  # every place a person is named, and the form
    spelled: dict[str, str] = field(default_factory=dict)  # each form as the statement first writes it, accents and all

    def add(self, name: str, codes: tuple[str, ...]) -> None:
        """Note a person; from now on a surname will do."""
        for form in (name, *surnames(name, codes)):
            if len(form) > 1 and form not in STOP and codes:
                self.sides.setdefault(form, codes)
                if len(name) > len(self.full.get(form, "")):
                    self.full[form] = name

    def seek(self, text: str, folded: str) -> None:
        """Find everyone added, wherever they are named."""
        if self.sides:
            forms = sorted(self.sides)
            places = AhoCorasick(forms, matchkind=MatchKind.LeftmostLongest).find_matches_as_indexes(folded)
            self.found = [(start, end, forms[number]) for number, start, end in places if _whole(folded, start, end)]
        for start, end, form in self.found:
            self.spelled.setdefault(form, " ".join(text[start:end].split()))

    def mentions(self, folded: str) -> Iterator[Mention]:
        """Where persons are named, with their titles, and their sides."""
        for start, end, form in self.found:
            title = TITLED.search(folded, max(0, start - REACH), start) if folded[start - 1 : start] == " " else None
            chairs = title is not None and "General Assembly" in title[0]  # whoever presides over it acts for it, not for a state
            yield Mention(title.start() if title else start, end, ("UNGA",) if chairs else self.sides[form], "official")

    def named(self, start: int, end: int) -> tuple[str, ...]:
        """The persons named between two places, in full as far as the statement gives it, in order, each once."""
        full = (self.full[form] for begin, stop, form in self.found if start <= begin and stop <= end)
        return tuple(dict.fromkeys(self.spelled.get(name, name) for name in full))


def _whole(text: str, start: int, end: int) -> bool:
    return not (text[end : end + 1].isalnum() or (start and text[start - 1].isalnum()))


def introduce(statement: Statement, named: Sequence[Mention]) -> People:
    """Everyone the statement names in an office, and everyone of the table whom it names in full."""
    people, text, table = People(), fold(statement.text), known()
    starts = {mention.start: mention for mention in named}
    ends = {mention.end: mention for mention in named}
    for speaker in statement.speakers:
        if speaker.side and " " in speaker.name and speaker.name[0].isupper():
            people.add(fold(speaker.name), (speaker.side,))
    common = set(COMMON.findall(text))
    for _, start, end in _offices.find_matches_as_indexes(text):
        if _whole(text, start, end):
            for name, codes in _held(text, _ranked(text, start), end, starts, ends):
                if not common.issuperset(name.lower().split()):
                    listed = () if codes and ":" not in codes[0] else table.side(name, statement.date, statement.issuers)
                    people.add(name, listed or codes)
    for name in table.present(text):
        people.add(name, table.side(name, statement.date, statement.issuers) or (table.terms[name][0].code,))
    for name in sorted(table.alone & set(WORD.findall(text))):
        if name not in people.sides:
            people.add(name, table.side(name, statement.date, statement.issuers))
    people.seek(statement.text, text)
    return people


def _ranked(text: str, start: int) -> int:
    """Where a title begins whose office stands at ``start``: "Deputy Prime Minister" at Deputy."""
    while (word := word_before(text, start)) in RANKS:
        start = text.rindex(word, 0, start)
    return start


def _held(text: str, start: int, end: int, starts: dict[int, Mention], ends: dict[int, Mention]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The names that hold the office between two places, and their sides as the words beside them tell."""
    for match in (AHEAD.match(text, end), BARE.match(text, end)):
        name = _trimmed(match["name"]) if match and match.start("name") not in starts else ""
        if match and name:
            yield name, _before(start, ends) or _after(text, match.start("name") + len(name), starts) or _after(text, end, starts)
            return
    match = BEHIND.search(text, max(0, start - REACH), start)
    if match and match.start("name") not in starts and match.end("name") not in ends:
        office = OFFICE.match(text, end)
        codes = _before(start, ends) or (_after(text, office.end(), starts) if office else ()) or _after(text, end, starts)
        words = match["name"].split()
        while words and (words[0] in STOP or words[0].rstrip(".") in STYLES):
            words.pop(0)
        if codes and len(words) > 1:
            yield " ".join(words), codes


def _trimmed(name: str) -> str:
    """A name without the possessive, the full stop of its sentence, or words that begin something else."""
    parts: list[str] = []
    for part in name.split():
        bare = part.removesuffix("'s").rstrip(".") if len(part) > 3 else part
        if bare in STOP:
            break
        parts.append(bare)
        if part != bare and bare not in ("Jr", "Sr"):
            break
    return " ".join(parts)


def _before(start: int, ends: dict[int, Mention]) -> tuple[str, ...]:
    """The state named just before a title: "Japan's Prime Minister", "the Chilean President"."""
    found = ends.get(start - 1) or ends.get(start - 3)
    return found.codes if found and found.rule in ("name", "adjective", "organisation") else ()


def _after(text: str, end: int, starts: dict[int, Mention]) -> tuple[str, ...]:
    """The state named behind a name or a title: "of the Cook Islands", "of the State of Qatar"."""
    of = OF.match(text, end)
    found = starts.get(of.end()) if of else None
    return found.codes if found and found.rule in ("name", "organisation") else ()


def unposted(text: str, named: Sequence[Mention], issuers: tuple[str, ...]) -> list[Mention]:
    """The mentions without third states an envoy is sent to, who take no part: "the Ambassador of Peru to Kenya and Uganda"."""
    kept: list[Mention] = []
    last = -1
    for mention in named:
        posted = POST.search(text, max(0, mention.start - REACH), mention.start) or (last >= 0 and AND.fullmatch(text, last, mention.start))
        last = mention.end if posted else -1
        if not posted or not issuers or mention.codes[0] in issuers or mention.rule != "name":
            kept.append(mention)
    return kept


@lru_cache(maxsize=4)
def people_of(statement: Statement) -> People:
    """The persons of a statement; kept for the few statements read last."""
    return introduce(statement, names.find(statement.text))


def people_in(statement: Statement, passages: Sequence[Passage], start: int, end: int) -> tuple[str, ...]:
    """The named persons who take part in what stands between two places, in order, as fully as the statement names them.

    Those named in the passage up to ``end``; where it says only "they", "the leaders" or "he", those of the passage before
    that names persons (two at least for a plural).
    """
    people = people_of(statement)
    here = max((number for number, passage in enumerate(passages) if passage.start <= start), default=0)
    begin = passages[here].start if passages else start
    found = people.named(begin, end)
    several = SEVERAL.search(statement.text, begin, end) is not None
    if len(found) > several or not (several or ONE.search(statement.text, begin, end)):
        return found
    for passage in reversed(passages[:here]):
        earlier = people.named(passage.start, passage.end)
        sides = {people.sides[fold(name)] for name in earlier if fold(name) in people.sides}
        if len(sides) > several:
            return tuple(dict.fromkeys((*found, *(earlier if several else earlier[:1]))))
    return found
