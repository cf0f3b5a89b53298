"""What a statement has said so far about who is who: a ``Scene``, filled passage by passage."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from communique.language.officeholders import chief
from communique.records import Mention
from communique.vocabulary.publishers import states

NAMED = ("name", "adjective", "demonym", "capital", "official", "organisation", "side")
TITLE = re.compile(
    r"Vice President|President|Deputy Prime Minister|Prime Minister|Foreign Minister|Minister|Premier|Chancellor|Secretary of State|"
    r"Secretary-General|Foreign Secretary|Press Secretary|Secretary|Ambassador|High Commissioner|King|Emir|Amir|Crown Prince|Sultan|Pope|"
    r"Spokesperson|Director-General|Director|Chairperson|Chair|Special Envoy|National Security Advis[oe]r|First Lady|Taoiseach|Leader"
)
TALKS = ("remarks", "press-conference")  # kinds in which "you" is the other side, not whoever listens
BACK = 6  # passages looked back over for parties named together
CROWD = re.compile(  # one side's people, whom "they" goes on from
    r"[^.,;]{2,70}?\b(?:[Oo]fficials|[Rr]epresentatives|[Nn]egotiators|[Dd]elegat(?:ion|es)|[Aa]uthorities|"
    r"and (?:his|her) (?:team|delegation))\b"
)


def codes_of(mentions: Iterable[Mention]) -> tuple[str, ...]:
    """The codes of several mentions, each once, in order."""
    return tuple(dict.fromkeys(code for mention in mentions for code in mention.codes))


@dataclass(slots=True)
class Scene:
    """Who has been named so far, as the statement is read from top to bottom."""

    issuers: tuple[str, ...]
    kind: str = ""
    title: tuple[str, ...] = ()  # the sides its title names
    speaking: tuple[str, ...] = ()  # the sides of those who speak in it
    parties: list[tuple[str, ...]] = field(default_factory=list)  # the sides named in each passage, the latest last
    met: list[tuple[str, ...]] = field(default_factory=list)  # the sides of persons named together, the latest last
    several: tuple[str, ...] = ()  # whom "they" or "the leaders" meant in the last passage or the one before
    age: int = 0  # passages since
    subject: tuple[str, ...] = ()  # whom the last passage with a name names first
    crowd: tuple[str, ...] = ()  # whose officials or delegation the last passage opens with, or "they" that go on from them
    person: tuple[str, ...] = ()  # the side of the person a passage is about: the first it names
    titles: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)  # title -> sides of its holders, the latest last
    bodies: dict[str, tuple[str, ...]] = field(default_factory=dict)  # a word of a body's name -> its code

    def hear(self, text: str, here: Sequence[Mention]) -> None:
        """Take note of the bodies and embassies of a passage before its stand-ins are read."""
        for mention in here:
            if mention.rule in ("organisation", "side"):
                self.bodies |= dict.fromkeys(text[mention.start : mention.end].split(), mention.codes)

    def remember(self, text: str, here: Sequence[Mention], stood: Sequence[Mention]) -> None:
        """Take note of the names of a passage, and of what ``stood`` for names in it, once it is read."""
        several = [mention.codes for mention in stood if mention.rule in ("they", "sides") and len(mention.codes) > 1]
        self.age = 0 if several else self.age + 1
        self.several = several[-1] if several else self.several if self.age < 2 else ()
        self.parties.append(codes_of(mention for mention in here if mention.rule in NAMED))
        self.subject = here[0].codes if here else self.subject
        first = min((*here, *stood), key=lambda mention: mention.start, default=None)
        goes_on = first is not None and first.rule == "they" and first.codes == self.crowd
        opens = first is not None and len(first.codes) == 1 and (goes_on or CROWD.match(text, first.start, first.end + 24))
        self.crowd = first.codes if first and opens else ()
        persons = [mention for mention in here if mention.rule == "official"]
        told = sorted((mention for mention in (*here, *stood) if mention.rule in ("official", "he")), key=lambda mention: mention.start)
        together = codes_of(mention for mention in (told if self.kind == "readout" else persons) if mention.rule == "official")
        if len(together) > 1 and not (self.met and set(together) <= set(self.met[-1])):  # two of three who met do not put off the third
            self.met.append(together)
        for mention in persons:
            for title in TITLE.findall(text, mention.start, mention.end):
                self.titles.setdefault(title.lower(), []).append(mention.codes)
        self.person = told[0].codes if told else self.person

    @property
    def body(self) -> tuple[str, ...]:
        """The body that issues the statement alone, if one does: "the Conference", "it"."""
        return self.issuers if len(self.issuers) == 1 and self.issuers[0] not in states().values() else ()

    def addressed(self, voice: tuple[str, ...]) -> tuple[str, ...]:
        """The other sides of a talk, for one of them: those who speak there, or else those its title and its issuers name."""
        if self.kind not in TALKS:
            return ()
        for sides in (self.speaking, (*self.title, *self.issuers)):
            others = tuple(code for code in dict.fromkeys(sides) if code and code not in voice)
            if others:
                return others
        return ()

    def together(self, count: int, here: tuple[str, ...], met_first: bool = False) -> tuple[str, ...]:
        """``count`` parties in play (0: some): all who issue a joint statement, else those of this passage and those who met last."""
        if len(self.issuers) > 1 and count in (0, len(self.issuers)):
            return self.issuers
        met = tuple(reversed(self.met))
        named = (*reversed(self.parties[-BACK:]), self.title)
        pairs = [tuple(dict.fromkeys((*self.issuers, *sides))) for sides in named]
        if count > 2:  # "all three" may leave the speaker out
            pairs = [*(sides for sides in named if len(sides) == count), *pairs]
        elif self.kind == "readout" and len(pairs[-1]) == 2:  # its title tells who met
            pairs.insert(0, pairs[-1])
        for several in (*met, here, *pairs) if met_first else (here, *met, *pairs):
            if len(several) > 1 and count in (0, len(several)):
                return several
        return next((several for several in (self.issuers, *met[:1], here, *pairs) if len(several) > 1), self.issuers)

    def many(self) -> tuple[str, ...]:
        """Whom "they" may be in a speech: the group or the parties that the last passage names."""
        return self.subject if self.subject and self.subject[0].startswith("grp:") else self.last()

    def last(self) -> tuple[str, ...]:
        """Those named last."""
        return next((named for named in reversed(self.parties) if named), self.issuers)

    def holder(self, title: str, voice: tuple[str, ...]) -> tuple[str, ...]:
        """The side of whoever was named by a title: of ours first, or ours where that is our chief's; else the latest, else the voice."""
        holders = self.titles.get(title.lower(), [])
        if len(voice) == 1 and chief(voice[0]) == title.lower():
            return voice
        return next((codes for codes in holders if set(codes) <= set(voice)), holders[-1] if holders else voice)
