"""Whose words a sentence of running text holds: reporting frames ("the minister said") and quotations over sentences.

``Attribution(statement).of(start, end)`` is asked sentence by sentence, in order; it remembers the last speaker named,
so that "he said" and a quotation that goes on are theirs.  The name is the fullest the statement gives.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from communique.language.names import find
from communique.language.offices import NAME, OFFICE, STYLE, Holder, clean, full_name, holders, merged, plain, same
from communique.language.people import people_of
from communique.language.quotations import CLOSES, OPENS, goes_on, left_open, outside
from communique.language.speakers import OFFICES, STYLES, match, side_of
from communique.records import Speaker, Statement
from communique.vocabulary.reporting import reporting

INVERTED = re.compile(
    r"\b(?:said|says|added|noted|stressed|continued|asserted|explained|remarked) (?P<who>(?:the |The )?[A-Z][^,.;:“”\"()]{1,80}|the "
    r"(?:minister|president|spokes\w+|official|ambassador|premier)\b)"
)
ADVERB = (
    r"(?:(?:also|further|then|again|once again|once more|strongly|clearly|likewise|in turn|additionally|specifically|repeatedly|later|"
    r"personally|directly|has|have|had|warmly|firmly|deeply|"
    r"in particular|in response|however|meanwhile|on behalf of [^,]{3,60}|in (?:his|her) (?:speech|address|remarks|"
    r"capacity)[^,]{0,60}),? ?){0,3}"
)  # fmt: skip
LOWER = (
    r"president|vice president|prime minister|foreign minister|minister|ambassador|spokes(?:person|man|woman)|secretary|"
    r"secretary-general|official|premier|chancellor|envoy|diplomat|leader|commissioner|representative|delegate|ministry|embassy"
)
THE = rf"[Tt]he (?:[A-Z][\w’'-]+ )?(?:{OFFICE}|{LOWER})(?: (?:of|for) (?:the )?[A-Z]\w+(?: [A-Z]\w+){{0,3}})?"
# The subject that ends where the verb begins; a name may have its office before and an apposition after it.
SUBJECT = re.compile(rf"(?:^|[\s“\"(])(?P<who>[Hh]e|[Ss]he|{THE}|{NAME})(?: \([^()]{{1,60}}\))?(?:, [^,“”\"]{{3,90}},)? {ADVERB}$")
HELD = re.compile(rf"(?: (?:SC|KC|QC|MP|AO|AC|AM))?(?: \([^()]{{1,60}}\))?,? {ADVERB}")  # between a name with its office and the verb
_PAPER = r"[Tt]he (?:[\w’'-]+ )?(?:declaration|communiqu[eé]|statement|document|resolution|report)"  # speaks for those who issue it
PAPER = re.compile(rf"(?:^|\W){_PAPER} (?:also |further |then )?$")
PAPERS = re.compile(rf"(?:said|says|added|noted) {_PAPER}\b")
# "welcomed President A of B to Rome", "called on the President": a reception and a visit, no words
MET = re.compile(r"welcomed (?:back )?(?:(?:the|his|her) )?(?:[A-Z][\w.’'-]*+,? |of |and |the )+to (?:the |his |her )?[A-Z]|"
                 r"called (?:up)?on (?:(?! to )[^;])*$")
TELLS = re.compile(r"(?:said|says|told|stressed|noted|added|stated|emphasi[sz]ed|underscored|pointed out|remarked|explained|warned)\b")
NOT_BEFORE = re.compile(r"\b(?:[Tt]he|of|[Ii]n|[Aa]t|[Oo]n|for|from|and|with) $")  # "the Court said", "a port of Jaffna said"
BEGINS = re.compile(rf"(?P<who>{THE}|{NAME})(?!\w)(?! and )")
LIST = re.compile(r"[A-Z][\w’'.-]*, [A-Z][\w’'.-]*+(?: (?:[A-Z][\w’'.-]*+|of))*+, and (?:the |The )?$")
COORDINATE = re.compile(r"(?P<left>[A-Z][\w’'.-]*) (?:and|&) (?:the |The )?$")
ACCORDING = re.compile(rf"\b[Aa]ccording to (?P<who>{THE}|{NAME})")
CLOSE = re.compile(r"[”\"]")
LONGEST = 3000  # characters of a sentence in which frames are sought
REACH = 190  # characters before a verb in which its subject stands
STATE = re.compile(r"(?:the )?(?:[A-Z][\w’'-]+ ){1,2}")
NAME_ALONE = re.compile(rf"{STYLE}{{0,2}}{NAME}")
LOOKED = 30_000  # characters in which names with an office are sought
NOT_PERSONS = frozenset(
    "countries sides parties leaders ministers they we both presidents officials members participants this that these those it there "
    "report communique communiqué declaration".split())


class Attribution:
    """The speaker of each sentence of one statement."""

    def __init__(self, statement: Statement, home: str) -> None:
        self.text, self.issuers, self.home = statement.text, statement.issuers, home
        head = len(statement.title) + 2
        named = holders(f"{statement.title}.\n{self.text}", LOOKED)
        self.known = _known(statement, named)
        self.held = {one.end - head: one for one in named if one.start >= head}
        self.ends = sorted(self.held)
        self.starts = {one.start - head: one for one in reversed(named)}
        self.last = statement.speakers[0].name if len(statement.speakers) == 1 else ""
        self.quoting = ""  # who speaks in the quotation that is still open
        self.open = 0  # how many quotation marks are
        self.at = 0  # where the last sentence ended
        self.before = ""  # who spoke in the sentence before
        self.frames = statement.kind not in ("fact-sheet", "communique")  # there, "President X announced" tells deeds
        self.names: dict[str, str] = {}
        self.verbs = reporting(self.text)

    def of(self, start: int, end: int) -> tuple[str, tuple[str, ...]]:
        """The speaker of the sentence, empty in the publisher's own voice, and the codes "we" means."""
        sentence = self.text[start:end]
        framed = self.frames or "“" in sentence or '"' in sentence
        if "\n" in self.text[self.at : start]:
            self._begin(start)
        told = self._framed(start, end) if framed else ""
        who = "" if told is None else told or self.quoting or self._led(end, sentence)
        self._follow(sentence, who, "" if told is None else who or self.last)
        self.at = end
        if not who:
            self._mind(sentence)
        return (who, self._side(who)) if who else ("", self.issuers)

    def _begin(self, start: int) -> None:
        """A new paragraph: a quotation goes on only where it is opened anew, or is closed later."""
        if self.text[start] not in OPENS and not (self.open and goes_on(self.text, start)):
            self.quoting = ""
        if self.text[start] in OPENS or not self.quoting:
            self.open = 0

    def _framed(self, start: int, end: int) -> str | None:
        """The speaker that a frame between two places names, the first outside quotations; None where a document speaks."""
        end = min(end, start + LONGEST)
        first = bisect_left(self.verbs, (start, 0))
        verbs = self.verbs[first : bisect_left(self.verbs, (end, 0))]
        words = outside(self.text[start:end]) if verbs or self.text.find("ccording to", start, end) >= 0 else ""
        for place, _ in verbs:
            verb = place - start
            if words[verb] == " " or MET.match(words, verb):
                continue
            head = words[max(0, verb - REACH) : verb]
            if head.endswith(" the "):  # "the said agreement"
                continue
            if PAPER.search(head) or PAPERS.match(words, verb):
                return None
            name = self._before(head, place) or self._behind(words, verb, start)
            if name:
                return name
        told = ACCORDING.search(words)
        return self._told(told, start) if told else ""

    def _before(self, head: str, place: int) -> str:
        """Who is the subject of a verb at ``place``: named with an office, else by the words before it."""
        at = bisect_right(self.ends, place) - 1
        one = self.held[self.ends[at]] if at >= 0 else None
        length = place - self.ends[at] if at >= 0 else 0
        ahead = len(head) - length  # where in ``head`` the office ends
        if one is not None and ahead > 0 and HELD.fullmatch(head, ahead) and head[ahead - 1] not in " ”":
            begun = max(0, ahead - (one.end - one.start))
            return "" if _shared(head[:begun], head[begun:]) else self._name(one.name)
        hit = SUBJECT.search(head)
        if hit is None or _shared(head[: hit.start("who")], hit["who"]):
            return ""
        name, lead = self._name(hit["who"]), head[: hit.start("who")]
        if name or not TELLS.match(self.text, place) or NOT_BEFORE.search(lead):
            return name
        return self._stranger(hit["who"], not lead.strip())

    def _behind(self, words: str, verb: int, start: int) -> str:
        """Who is named behind a verb: "said Prime Minister Lima"."""
        hit = INVERTED.match(words, verb)
        return self._told(hit, start) if hit else ""

    def _told(self, hit: re.Match[str], start: int) -> str:
        """The person behind "said" or "according to": with an office, perhaps after its state, else by the words."""
        at, said = start + hit.start("who"), hit["who"].strip()
        held = next((self.starts[place] for place in _words(self.text, at) if place in self.starts), None)
        return self._name(held.name) if held else self._name(said) or self._stranger(said)

    def _stranger(self, said: str, opening: bool = False) -> str:
        """A person whom the text gives no office, as fully as it names them; a word that opens a sentence may be no name."""
        parts = said.split() if NAME_ALONE.fullmatch(said) else []
        while parts and (plain(parts[0]) in STYLES or (parts[0].isupper() and len(parts[0]) < 5)):
            del parts[0]
        name = " ".join(parts)
        if not name or clean(name) != name or find(f"{name} said") or any(plain(part) in OFFICES | NOT_PERSONS for part in parts):
            return ""
        full = full_name(self.text, name)
        return full if " " in full or not opening else ""

    def _led(self, end: int, sentence: str) -> str:
        """A quotation without a frame: of the frame that closes it sentences later, else of who spoke before."""
        if sentence[0] not in OPENS:
            return ""
        if sentence[-1] in CLOSES and sentence.count('"') != 1:
            return self.before or self.last
        line = self.text.find("\n", end, end + 1500)
        stop = line if line >= 0 else min(end + 1500, len(self.text))
        close = CLOSE.search(self.text, end, stop)
        return (self._framed(close.end(), min(close.end() + 200, stop)) if close else "") or self.last

    def _follow(self, sentence: str, who: str, owner: str) -> None:
        """Keep whether a quotation is still open after the sentence, and whose it is."""
        before, self.open = self.open, left_open(sentence, self.open)
        if not self.open:
            self.quoting = ""
        elif not before or not self.quoting:
            self.quoting = owner
        self.before = who
        self.last = who or self.last

    def _mind(self, sentence: str) -> None:
        """A person who is the subject of a sentence is whom the next "he" or "she" means."""
        subject = BEGINS.match(sentence)
        name = self._name(subject["who"]) if subject else ""
        self.last = name or self.last

    def _name(self, said: str) -> str:
        """The person or body a subject stands for, in full; empty for "they", "the two sides" and no one known."""
        if said in ("He", "he", "She", "she"):
            return self.last
        if said not in self.names:
            self.names[said] = self._full(said)
        return self.names[said]

    def _full(self, said: str) -> str:
        parts = plain(said).split()
        if not parts or parts[-1] in NOT_PERSONS or parts[0] in NOT_PERSONS:
            return ""
        one = match(said, self.known, self.home)
        if one is not None:
            names = [one.name, *(other.name for other in self.known if same(other.name, one.name))]
            return max(names, key=lambda name: len(name.split()))
        office = said.split(" of ")[0]
        if plain(office).split()[-1] in OFFICES and parts[0] == "the":
            return said[4:]
        return ""

    def _side(self, who: str) -> tuple[str, ...]:
        """The side of a speaker: as the statement tells, else as their office says, else the issuers'."""
        one = next((one for one in self.known if one.side and same(one.name, who)), None)
        if one is not None:
            return (one.side,)
        named = find(who)
        return named[0].codes[:1] if named else self.issuers


def _known(statement: Statement, named: list[Holder]) -> tuple[Speaker, ...]:
    """The statement's speakers and everyone its text names with an office or by a name of note, once each, fullest name first told."""
    own = [Holder(one.name, one.role, 0, 0, (one.side,) if one.side else ()) for one in statement.speakers]
    people = people_of(statement)
    noted = [Holder(people.spelled[form], "", 0, 0, people.sides[form]) for form in people.spelled if " " in form]
    every = merged([*own, *named, *noted])
    return tuple(one if one.side else Speaker(one.name, one.role, side_of(one.name, statement.date)) for one in every)


def _words(text: str, at: int) -> list[int]:
    """Where an office may begin: here, or after a state named before it ("the South African minister")."""
    state = STATE.match(text, at)
    return [at, *(at + space.end() for space in re.finditer(" ", state[0]))] if state else [at]


def _shared(before: str, who: str) -> bool:
    """Whether a subject is the second of a pair ("President A and Minister B"), which speaks for neither alone."""
    if LIST.search(before):
        return True
    pair = COORDINATE.search(before)
    return pair is not None and who[0].isupper() and plain(pair["left"]) not in OFFICES
