"""Whose words a sentence of running text holds: reporting frames ("the minister said") and quotations over sentences.

``Attribution(statement).of(start, end, paragraph)`` is asked sentence by sentence, in order; it remembers the last speaker
named, so that "he said" and a quotation that goes on are theirs.  The name is the fullest the statement gives.
"""

from __future__ import annotations

import re

from communique.language.names import find
from communique.language.offices import NAME, OFFICE, holders, same, words
from communique.records import Statement

_SAID = (
    r"(?:said|says|saying|stated|states|noted|notes|stressed|stresses|added|adds|told|underscored|underscores|underlined|underlines|reaffirmed|reaffirms|reiterated|reiterates|"
    r"emphasi[sz]ed|emphasi[sz]es|highlighted|highlights|expressed|expresses|affirmed|affirms|explained|explains|recalled|recalls|remarked|observed|warned|warns|argued|asserted|declared|"
    r"announced|pledged|promised|vowed|assured|conveyed|pointed out|points out|made clear|made it clear|welcomed|welcomes|thanked|thanks|praised|commended|applauded|congratulated|condemned|"
    r"urged|urges|called (?:on|upon|for)|calls (?:on|upon|for)|appealed|appreciated|acknowledged|recogni[sz]ed|hailed|raised|outlined|insisted|maintained|suggested|proposed|concluded|continued|"
    r"hoped|believed|believes|confirmed|revealed|disclosed|reported|claimed|responded|replied|commented|clarified|elaborated|indicated|voiced|extended|laid out|offered|shared|spoke of)"
)
_ADVERB = r"(?:(?:also|further|then|again|once again|strongly|clearly|likewise|in turn|additionally|specifically|repeatedly|later|personally|directly|has|have|had|further|in particular|, however,) ){0,2}"
_THE = (
    rf"(?:[Tt]he (?:[A-Z][\w’'-]+ )?(?:{OFFICE}|president|prime minister|foreign minister|minister|ambassador|spokesperson|spokesman|spokeswoman|secretary|secretary-general|official|premier|"
    r"chancellor|envoy|diplomat|leader|commissioner|delegation|ministry|embassy)(?: of [A-Z]\w+(?: [A-Z]\w+)?)?)"
)
SUBJECT = rf"(?P<who>[Hh]e|[Ss]he|{_THE}|(?:(?:[A-Z][\w’'.-]*|of|and|the|for|U\.S\.) )*?{NAME})"
BEFORE = re.compile(rf"(?:^|[,;“\"—–-]\s*|\b(?:and|while|as|when|where|whereas|but)\s+){SUBJECT},? {_ADVERB}{_SAID}\b")
AFTER = re.compile(rf"[,.!?—–]?[\"”’]?,? (?:{SUBJECT} {_ADVERB}(?P<verb>{_SAID})|(?P<verb2>said|added|noted|stressed|continued|says) (?P<last>{_THE}|{NAME}(?: [a-z]+)?))\b")
ACCORDING = re.compile(rf"\b[Aa]ccording to (?P<who>{_THE}|(?:[A-Z][\w’'.-]* )*{NAME})")
OPENS, CLOSES = "“\"", "”\""
BODIES = frozenset("countries sides parties leaders ministers they we both presidents officials members participants".split())
NOBODY = frozenset("this that these those it there statement report communique communiqué declaration document agreement resolution summit meeting treaty".split())


class Attribution:
    """The speaker of each sentence of one statement."""

    def __init__(self, statement: Statement) -> None:
        self.text = statement.text
        self.issuers = statement.issuers
        self.speakers = statement.speakers
        self.named = holders(statement.title + ".\n" + statement.text, 40_000)
        self.last = statement.speakers[0].name if len(statement.speakers) == 1 else ""
        self.quoting = ""  # who speaks in the quotation that is still open
        self.before = ""  # who spoke in the sentence before, when it was a quotation
        self.paragraph = -1

    def of(self, start: int, end: int, paragraph: int) -> tuple[str, tuple[str, ...]]:
        """The speaker of the sentence, empty in the publisher's own voice, and the codes "we" means."""
        sentence = self.text[start:end]
        opened = self.quoting
        who = self._framed(sentence) or opened or self._led(start, end, sentence)
        self._follow(sentence, who)
        self.paragraph = paragraph
        return (who, self._side(who)) if who else ("", self.issuers)

    def _framed(self, sentence: str) -> str:
        """The speaker a frame of the sentence names."""
        sample = sentence if len(sentence) < 3000 else sentence[:3000]
        outside = _outside(sample)
        for form in (BEFORE, AFTER, ACCORDING):
            for hit in form.finditer(outside):
                groups = hit.groupdict()
                name = self._name(groups.get("who") or groups.get("last") or "")
                if name:
                    return name
        return ""

    def _led(self, start: int, end: int, sentence: str) -> str:
        """A quotation without a frame of its own: of the frame that closes it, in the sentences that follow, else of the last speaker."""
        if sentence[0] not in OPENS:
            return ""
        if sentence.rstrip()[-1] in CLOSES and sentence.count("\"") != 1:
            return self.before or self.last
        ahead = self.text[end : end + 1500]
        close = re.search(r"[”\"]", ahead)
        return (self._framed(ahead[close.start() : close.start() + 200].split("\n")[0]) if close else "") or self.last

    def _follow(self, sentence: str, who: str) -> None:
        """Keep whether a quotation is still open after the sentence, and whose it is."""
        straight = sentence.count("\"") % 2 == 1
        depth = sentence.count("“") - sentence.count("”")
        if self.quoting:
            if straight or depth < 0:
                self.quoting = ""
        elif straight or depth > 0:
            self.quoting = who or self.last
        self.before = who
        if who:
            self.last = who

    def _name(self, said: str) -> str:
        """The person or body a subject stands for, in full; empty for "they", "the two sides" and no one."""
        low = said.casefold()
        if low in ("he", "she"):
            return self.last
        parts = low.split()
        if not parts or parts[-1] in BODIES or parts[-1] in NOBODY or parts[0] in NOBODY:
            return ""
        fullest = [one.name for one in self.speakers if same(one.name, said)] or [one.name for one in self.named if same(one.name, said)]
        if fullest:
            return max(fullest, key=lambda name: (len(name.split()), name))
        if low.startswith("the "):
            office = low.removeprefix("the ").split(" of ")[0]
            held = [one.name for one in self.named if one.role.casefold().startswith(office) or one.role.casefold().endswith(office)]
            return held[0] if held else said.removeprefix("The ").removeprefix("the ") if office.split()[-1] in OFFICES else ""
        return said if any(same(one.name, said) for one in self.named) else ""

    def _side(self, who: str) -> tuple[str, ...]:
        """The side of a speaker: as the statement's speakers say, else as their office says, else the issuers'."""
        for one in self.speakers:
            if one.side and same(one.name, who):
                return (one.side,)
        for holder in self.named:
            if holder.whose and same(holder.name, who):
                return holder.whose
        codes = find(who)
        return codes[0].codes[:1] if codes else self.issuers


OFFICES = frozenset("president minister ambassador spokesperson spokesman spokeswoman secretary secretary-general official premier chancellor envoy ministry embassy".split())


def _outside(sentence: str) -> str:
    """The sentence with its quotations blanked, same length, so that frames inside them are not read."""
    return re.sub(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)", lambda hit: hit[0][0] + " " * (len(hit[0]) - 2) + (hit[0][-1] if len(hit[0]) > 1 else ""), sentence) if words else sentence
