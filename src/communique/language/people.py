"""Persons in office: who is named with which office, and the side they act for.

Known by the dated table of officials, by "<state> <title> Name of <state>", by "Name, <title> of <state>", or by the
statement's own speakers; a bare surname counts once its bearer has been introduced in the same statement.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from communique.language import names
from communique.language.folding import fold
from communique.records import Mention, Passage, Statement
from communique.vocabulary.officials import Official, officials

RANK = (
    r"(?:(?:Acting|Deputy|Vice|First|Prime|Principal|Foreign|Defen[cs]e|Finance|Trade|State|Special|Assistant|Under|Cabinet|High|National|"
    r"Security|Homeland|Federal|Senior|Crown|Executive|Managing|Secretary|General|Press|Joint|Climate|Presidential|Intelligence|Commerce|"
    r"Energy|Treasury|External|Affairs|Permanent|Hon\.|Honourable)[ -])*"
)
OFFICE = (
    r"(?:President|Minister|Premier|Chancellor|Secretary|Ambassador|Commissioner|Representative|Envoy|Councilor|Councillor|King|Queen|Emir|"
    r"Amir|Sheikh|Sultan|Prince|Princess|Pope|Director|Director-General|Secretary-General|Advisor|Adviser|Administrator|Chair|Chairman|"
    r"Chairperson|Coordinator|Spokesperson|Spokesman|Governor|Chief|Leader|Taoiseach|Attorney General|General|Admiral|Lady)"
)
FIELD = r"(?: Extraordinary and Plenipotentiary)?(?: (?:for|of) (?:the )?[A-Z]\w+(?:,? (?:and |& )?(?:for )?[A-Z]\w+)*)?"
NAME = r"[A-Z][\w'.-]+"
PARTICLE = r"(?:(?:bin|al|de|da|dos|van|von|der|den|del|la|el|ibn|ould|di|do)[ ])"
WORD = re.compile(r"[A-Z]\w+")
FULL = rf"(?:(?:{PARTICLE}*{NAME})(?:[ ]{PARTICLE}*{NAME}){{0,4}})"
HONORIFIC = r"(?:(?:H\.?E\.?|(?:His|Her) (?:Excellency|Royal Highness|Majesty)|Mr\.?|Ms\.?|Mrs\.?|Dr\.?|Sheikh|Sir|Shri|Hon\.)[ ])*"
TITLED = re.compile(rf"\b(?P<title>{RANK}{OFFICE}){FIELD},? {HONORIFIC}(?P<name>{FULL})")
TRAILED = re.compile(
    rf"\b(?P<name>{NAME}(?: {PARTICLE}*{NAME}){{1,3}}), (?:the )?(?P<lead>[\w.' -]{{0,24}}?)\b(?P<title>{RANK}{OFFICE}){FIELD}"
)
SEVERAL = re.compile(r"\b(?:[Tt]hey|(?:[Tt]he|[Bb]oth)(?: two)? (?:[Ll]eaders|[Pp]residents|[Mm]inisters|[Aa]dvis[eo]rs|principals))\b")
ONE = re.compile(r"\b(?:[Hh]e|[Ss]he|[Tt]he (?:[A-Z]\w+ )?(?:President|Prime Minister|Minister|Ambassador|Secretary|Chancellor|King))\b")
OF = re.compile(r",? (?:of|to|from) (?:the )?")
STOP = frozenset(
    "The A And In On Of To For With At Meeting Call Secretary President Minister Prime Vice First General State Affairs Foreign Assembly"
    " United Council National Meets Met Pays Pay Calls Holds Visits Pledges Receives Hosts Discusses Discuss Leaves Departs Arrives Says"
    " Attends Addresses Signs Welcomes Thanks Joins Speaks His Her Their We Our This That Is Was Will Has Have Had Also Today"
    " Security".split()
)
# Surnames of heads of state or government that name nobody and nothing else: enough on their own, without an introduction.
PLAIN = frozenset(
    "Putin Zelenskyy Zelensky Netanyahu Modi Macron Scholz Merkel Trudeau Biden Obama Trump Erdogan Lukashenko Assad Maduro Bolsonaro"
    " Ramaphosa Kagame Museveni Widodo Duterte Albanese Ardern Kishida Ishiba Meloni Starmer Sunak Orban Vucic Rouhani Raisi Khamenei"
    " Lavrov Blinken Guterres Stoltenberg Borrell Pashinyan Aliyev Tokayev Mirziyoyev Sheinbaum Milei Petro Boric Lula Mahathir".split()
)
FAMILY_FIRST = frozenset({"CHN", "KOR", "PRK", "TWN", "VNM", "KHM", "SGP", "MMR"})


@dataclass(slots=True)
class People:
    """The persons of one statement: each form of their name, their side, and the name in full."""

    sides: dict[str, tuple[str, ...]] = field(default_factory=dict)
    full: dict[str, str] = field(default_factory=dict)
    pattern: re.Pattern[str] | None = None

    def add(self, name: str, codes: tuple[str, ...]) -> None:
        """Note a person; from now on a surname will do."""
        for form in (name, *surnames(name, codes)):
            if len(form) > 1 and form not in STOP and codes:
                self.sides.setdefault(form, codes)
                if len(name) > len(self.full.get(form, "")):
                    self.full[form] = name

    def ready(self) -> None:
        """Make the pattern that finds everyone added."""
        forms = "|".join(re.escape(form) for form in sorted(self.sides, key=lambda form: (-len(form), form)))
        if forms:
            self.pattern = re.compile(rf"(?:\b{RANK}{OFFICE}{FIELD},? {HONORIFIC})?\b(?P<name>{forms})(?![\w])")

    def mentions(self, folded: str, passage: Passage) -> list[Mention]:
        """Where persons are named in a passage, and their sides."""
        if self.pattern is None:
            return []
        found = self.pattern.finditer(folded, passage.start, passage.end)
        return [Mention(match.start(), match.end(), self.sides[match["name"]], "official") for match in found]

    def named(self, text: str, start: int, end: int) -> tuple[str, ...]:
        """The persons named between two places, in full as far as the statement gives it, in order, each once."""
        if self.pattern is None:
            return ()
        return tuple(dict.fromkeys(self.full[match["name"]] for match in self.pattern.finditer(fold(text), start, end)))


def surnames(name: str, codes: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The part of a name that stands alone later: the last, or the first where families come first."""
    parts = [part for part in name.split() if part.rstrip(".,") not in ("Jr", "II", "III", "IV", "VI", "XIV", "Sr", "Dr")]
    if len(parts) < 2:
        return ()
    return (parts[0],) if codes and codes[0] in FAMILY_FIRST else (parts[-1],)


@dataclass(frozen=True, slots=True)
class Known:
    """The table of officials, ready to be asked."""

    terms: dict[str, tuple[Official, ...]]  # by full name and by surname
    spellings: tuple[str, ...]
    automaton: AhoCorasick

    def side(self, name: str, date: str | None) -> tuple[str, ...]:
        """The side of a full name or surname; of several bearers, of the one in office at ``date``."""
        terms = self.terms.get(name) or next((self.terms[form] for form in reversed(name.split()) if form in self.terms), ())
        if len({term.code for term in terms}) > 1 and date:
            terms = tuple(term for term in terms if term.serves(date))
        return (terms[0].code,) if len({term.code for term in terms}) == 1 else ()

    def present(self, folded: str) -> list[str]:
        """Every full name of the table that stands in a text."""
        return list(dict.fromkeys(self.spellings[number] for number, _, _ in self.automaton.find_matches_as_indexes(folded)))


@cache
def known() -> Known:
    """The table of officials by folded name, built once."""
    terms: dict[str, list[Official]] = {}
    for term in officials():
        for spelling in map(fold, (term.name, *term.others)):
            for form in dict.fromkeys((spelling, *surnames(spelling, (term.code,)))):
                terms.setdefault(form, []).append(term)
    spellings = tuple(form for form in terms if " " in form)
    automaton = AhoCorasick(spellings, matchkind=MatchKind.LeftmostLongest)
    return Known({form: tuple(held) for form, held in terms.items()}, spellings, automaton)


def introduce(statement: Statement, named: Sequence[Mention]) -> People:
    """Everyone the statement names in an office, and everyone of the table whom it names in full."""
    people, text, table = People(), fold(statement.text), known()
    starts = {mention.start: mention for mention in named}
    ends = {mention.end: mention for mention in named}
    for speaker in statement.speakers:
        if speaker.side and " " in speaker.name and speaker.name[0].isupper():
            people.add(fold(speaker.name), (speaker.side,))
    for match in TITLED.finditer(text):
        name = "" if match.start("name") in starts else _trimmed(match["name"])
        codes = (_before(match.start(), ends) or _after(text, match.end(), starts) or table.side(name, statement.date)) if name else ()
        if codes:
            people.add(name, codes)
    for match in TRAILED.finditer(text):
        codes = _before(match.start("title"), ends) or _after(text, match.end(), starts) or _after(text, match.end("title"), starts)
        if codes and match["name"].split()[0] not in STOP and match.start("name") not in starts and match.end("name") not in ends:
            people.add(match["name"], codes)
    for name in table.present(text):
        people.add(name, table.side(name, statement.date) or (table.terms[name][0].code,))
    for name in sorted(PLAIN & set(WORD.findall(text))):
        if name not in people.sides:
            people.add(name, table.side(name, statement.date))
    people.ready()
    return people


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
    found = people.named(statement.text, begin, end)
    several = SEVERAL.search(statement.text, begin, end) is not None
    if len(found) > several or not (several or ONE.search(statement.text, begin, end)):
        return found
    for passage in reversed(passages[:here]):
        earlier = people.named(statement.text, passage.start, passage.end)
        sides = {people.sides[name] for name in earlier if name in people.sides}
        if len(sides) > several:
            return tuple(dict.fromkeys((*found, *(earlier if several else earlier[:1]))))
    return found
