"""Whose words a sentence of running text holds: reporting frames ("the minister said") and quotations over sentences.

``Attribution(statement).of(start, end)`` is asked sentence by sentence, in order; it remembers the last speaker named,
so that "he said" and a quotation that goes on are theirs.  The name is the fullest the statement gives.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from communique.language.names import find
from communique.language.offices import NAME, OFFICE, Holder, holders, merged, plain, same
from communique.language.speakers import OFFICES, match, side_of
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
    r"secretary-general|official|premier|chancellor|envoy|diplomat|leader|commissioner|ministry|embassy"
)
THE = rf"[Tt]he (?:[A-Z][\w’'-]+ )?(?:{OFFICE}|{LOWER})(?: (?:of|for) (?:the )?[A-Z]\w+(?: [A-Z]\w+){{0,3}})?"
# The subject that ends where the verb begins; a name may have its office before and an apposition after it.
SUBJECT = re.compile(rf"(?:^|[\s“\"(])(?P<who>[Hh]e|[Ss]he|{THE}|{NAME})(?:, [^,“”\"]{{3,90}},)? {ADVERB}$")
BEGINS = re.compile(rf"(?P<who>{THE}|{NAME})(?!\w)(?! and )")
LIST = re.compile(r"[A-Z][\w’'.-]*, [A-Z][\w’'.-]*+(?: (?:[A-Z][\w’'.-]*+|of))*+, and (?:the |The )?$")
COORDINATE = re.compile(r"(?P<left>[A-Z][\w’'.-]*) (?:and|&) (?:the |The )?$")
ACCORDING = re.compile(rf"\b[Aa]ccording to (?P<who>{THE}|{NAME})")
CLOSE = re.compile(r"[”\"]")
LONGEST = 3000  # characters of a sentence in which frames are sought
REACH = 190  # characters before a verb in which its subject stands
OPENS, CLOSES = "“\"", "”\""
NOT_PERSONS = frozenset(
    "countries sides parties leaders ministers they we both presidents officials members participants this that these those it there "
    "report communique communiqué declaration".split())


class Attribution:
    """The speaker of each sentence of one statement."""

    def __init__(self, statement: Statement, home: str) -> None:
        self.text, self.issuers, self.home = statement.text, statement.issuers, home
        self.known = _known(statement)
        self.last = statement.speakers[0].name if len(statement.speakers) == 1 else ""
        self.quoting = ""  # who speaks in the quotation that is still open
        self.before = ""  # who spoke in the sentence before
        self.frames = statement.kind not in ("fact-sheet", "communique")  # there, "President X announced" tells deeds
        self.names: dict[str, str] = {}
        self.verbs = reporting(self.text)

    def of(self, start: int, end: int) -> tuple[str, tuple[str, ...]]:
        """The speaker of the sentence, empty in the publisher's own voice, and the codes "we" means."""
        sentence = self.text[start:end]
        framed = self.frames or "“" in sentence or '"' in sentence
        who = (self._framed(start, end) if framed else "") or self.quoting or self._led(end, sentence)
        self._follow(sentence, who)
        if not who:
            self._mind(sentence)
        return (who, self._side(who)) if who else ("", self.issuers)

    def _framed(self, start: int, end: int) -> str:
        """The speaker that a frame between two places names; the first frame outside quotations."""
        end = min(end, start + LONGEST)
        first = bisect_left(self.verbs, (start, 0))
        verbs = self.verbs[first : bisect_left(self.verbs, (end, 0))]
        outside = _outside(self.text[start:end]) if verbs or self.text.find("ccording to", start, end) >= 0 else ""
        for place, _ in verbs:
            verb = place - start
            if outside[verb] == " ":  # inside a quotation
                continue
            head = outside[max(0, verb - REACH) : verb]
            hit = SUBJECT.search(head)
            name = self._name(hit["who"]) if hit and not _shared(head[: hit.start("who")], hit["who"]) else ""
            if not name:
                inverted = INVERTED.match(outside, verb)
                name = self._name(inverted["who"].strip()) if inverted else ""
            if name:
                return name
        told = ACCORDING.search(outside)
        return self._name(told["who"]) if told else ""

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

    def _follow(self, sentence: str, who: str) -> None:
        """Keep whether a quotation is still open after the sentence, and whose it is."""
        odd = sentence.count('"') % 2 == 1
        depth = sentence.count("“") - sentence.count("”")
        if self.quoting:
            self.quoting = "" if odd or depth < 0 else self.quoting
        elif odd or depth > 0:
            self.quoting = who or self.last
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


def _known(statement: Statement) -> tuple[Speaker, ...]:
    """The statement's speakers and everyone its text names with an office, once each, fullest name first told."""
    own = [Holder(one.name, one.role, 0, 0, (one.side,) if one.side else ()) for one in statement.speakers]
    every = merged([*own, *holders(statement.title + ".\n" + statement.text, 30_000)])
    return tuple(one if one.side else Speaker(one.name, one.role, side_of(one.name, statement.date)) for one in every)


def _shared(before: str, who: str) -> bool:
    """Whether a subject is the second of a pair ("President A and Minister B"), which speaks for neither alone."""
    if LIST.search(before):
        return True
    pair = COORDINATE.search(before)
    return pair is not None and who[0].isupper() and plain(pair["left"]) not in OFFICES


def _outside(sentence: str) -> str:
    """The sentence with its quotations blanked, same length, so that frames inside them are not read."""
    if '"' not in sentence and "“" not in sentence and "”" not in sentence:
        return sentence
    return re.sub(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)|^[^“”]*”", _blank, sentence)


def _blank(quoted: re.Match[str]) -> str:
    return " " * (quoted.end() - quoted.start() - 1) + "”"
