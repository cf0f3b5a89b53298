"""Words that only stand for a name: "we", "the two sides", "the Prime Minister", "he", "they", "the Council".

Each rule looks back, first in its own passage, then in what a ``Scene`` remembers of the statement so far.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from communique.records import Mention, Passage, Role

OWN = r"(?:government|Government|country|nation|administration|Administration|delegation|people|region)"
WE = re.compile(rf"\b(?:(?:[Mm]y|[Oo]ur|[Tt]his) (?:own )?{OWN}|[Ww]e|[Oo]ur(?:s|selves)?|us|WE|OUR|I|[Mm]y|me|myself)\b")
GENERAL = re.compile(r"\b(?:[Ll]et us|[Ll]et's|must|should|need to|have to|ought to|(?:[Ii]t is|[Nn]ow is) (?:high )?(?:the )?time)\b")
SIDES = re.compile(
    r"\b(?:(?:(?:[Tt]he|[Oo]ur|[Tt]hese|[Tt]hose|[Bb]oth|[Aa]ll)(?: of our| of the| our| the)?) )?"
    r"(?:(?P<many>[Tt]wo|[Tt]hree|[Ff]our|[Bb]oth) )?"
    r"(?P<who>sides|Sides|countries|Countries|nations|leaders|Leaders|[Pp]residents|[Pp]rime [Mm]inisters|[Mm]inisters|[Pp]articipants|"
    r"[Pp]arties|peoples|governments|Governments|delegations|principals|[Oo]fficials|States|economies|officials|Secretaries|Ambassadors|"
    r"(?:National Security )?[Aa]dvis[eo]rs|NSAs|teams|militaries)\b"
)
TITLE = (
    r"(?:Vice President|President|Deputy Prime Minister|Prime Minister|Foreign Minister|Minister|Premier|Chancellor|Secretary of State|"
    r"Secretary-General|Secretary|Ambassador|High Commissioner|King|Emir|Amir|Crown Prince|Sultan|Spokesperson|Director|Chairperson|Chair|"
    r"Special Envoy|National Security Advis[oe]r|First Lady|Taoiseach|Leader)"
)
PLAIN = r"spokesperson|president|prime minister|minister|ambassador|chancellor"
OFFICE = re.compile(rf"\b(?:[Tt]he|[Oo]ur|[Mm]y|His|Her) (?:Hon(?:ourable|\.)? )?(?P<title>{TITLE}|{PLAIN})\b")
HOUSE = re.compile(
    r"\b(?:[Tt]he|[Tt]his) (?:Government|government|Cabinet(?: of Ministers)?|Administration|administration|"
    r"Ministry(?: of [A-Z]\w+(?: Affairs)?)?|Department|Foreign Ministry|Foreign Office|State|state|country|nation|delegation|authorities|"
    r"armed forces|military)\b"
)
PERSON = re.compile(r"\b(?:[Hh]e|[Ss]he|[Hh]is|[Hh]er|[Hh]im|[Hh]imself|[Hh]erself)\b")
PLURAL = re.compile(r"\b(?:[Tt]hey|[Tt]heir|[Tt]hem|[Bb]oth|[Ee]ach other|[Oo]ne another|[Tt]hemselves)\b")
IT = re.compile(r"\b(?:[Ii]t|[Ii]ts|itself)\b")
BODY = re.compile(
    r"\b(?:[Tt]he|[Tt]his)(?: (?:great|world|universal|important|international|august|multilateral))? "
    r"(?P<head>Organization|Organisation|Council|Assembly|Secretariat|Court|Commission|Agency|Forum|Group|Union|Alliance|Bank|Coalition|Fund|"
    r"Association|Committee|Community|Bloc|Party|Court|Tribunal|Mission|Partnership|Taskforce|Task Force|Charter)\b"
)
SIDE = re.compile(
    r"(?:'s)? (?:[Ss]ide|[Gg]overnment|[Dd]elegation|[Aa]uthorities|[Aa]dministration|[Ll]eadership|State(?! [A-Z])|regime|[Mm]inistry|"
    r"[Pp]arliament)\b"
)
UNITED = {"Organization": "UN", "Organisation": "UN", "Secretariat": "UN", "Assembly": "UNGA", "Council": "UNSC", "Charter": "UN"}
TOLD = ("the", "both", "our", "these", "two", "three", "four", "all")
COUNTS = {"two": 2, "both": 2, "three": 3, "four": 4}
VAGUE = ("countries", "nations", "States", "peoples", "governments", "economies")  # "the countries" may be any
NAMED = ("name", "adjective", "demonym", "capital", "official", "organisation", "side")


@dataclass(slots=True)
class Scene:
    """Who has been named so far, as the statement is read from top to bottom."""

    issuers: tuple[str, ...]
    kind: str = ""
    parties: list[tuple[str, ...]] = field(default_factory=list)  # the sides named in each passage, the latest last
    met: list[tuple[str, ...]] = field(default_factory=list)  # the sides of persons named together, the latest last
    person: tuple[str, ...] = ()  # the side of the person a passage is about: the first it names
    titles: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)  # title -> sides of its holders, the latest last
    bodies: dict[str, tuple[str, ...]] = field(default_factory=dict)  # a word of a body's name -> its code

    def remember(self, text: str, here: Sequence[Mention]) -> None:
        """Take note of the names of a passage once it is read."""
        self.parties.append(codes_of(mention for mention in here if mention.rule in NAMED))
        persons = [mention for mention in here if mention.rule == "official"]
        together = codes_of(persons)
        if len(together) > 1:
            self.met.append(together)
        for mention in persons:
            for title in re.findall(TITLE, text[mention.start : mention.end]):
                self.titles.setdefault(title.lower(), []).append(mention.codes)
        if persons:
            self.person = persons[0].codes

    def hear(self, text: str, here: Sequence[Mention]) -> None:
        """Take note of the bodies of a passage before its stand-ins are read."""
        for mention in here:
            if mention.rule == "organisation":
                self.bodies |= dict.fromkeys(text[mention.start : mention.end].split(), mention.codes)

    def together(self, count: int, here: tuple[str, ...]) -> tuple[str, ...]:
        """``count`` parties in play (0: some): all who issue a joint statement, else those of this passage, else who met last."""
        if len(self.issuers) > 1:
            return self.issuers
        pairs = [(*self.issuers, *(code for code in named if code not in self.issuers)) for named in reversed(self.parties[-6:])]
        for several in (here, *reversed(self.met), *pairs):
            if len(several) > 1 and count in (0, len(several)):
                return several
        return self.met[-1] if self.met else here if len(here) > 1 else next((pair for pair in pairs if len(pair) > 1), self.issuers)

    def last(self) -> tuple[str, ...]:
        """Those named last."""
        return next((named for named in reversed(self.parties) if named), self.issuers)

    def holder(self, title: str, voice: tuple[str, ...]) -> tuple[str, ...]:
        """The side of whoever was named by a title: of ours first, else the latest, else the voice."""
        holders = self.titles.get(title.lower(), [])
        return next((codes for codes in holders if set(codes) <= set(voice)), holders[-1] if holders else voice)


def codes_of(mentions: Iterable[Mention]) -> tuple[str, ...]:
    """The codes of several mentions, each once, in order."""
    return tuple(dict.fromkeys(code for mention in mentions for code in mention.codes))


def sided(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions with "the Chinese side", "Japan's government" taken whole."""
    out = []
    for mention in mentions:
        after = SIDE.match(text, mention.end) if mention.rule in ("name", "adjective") else None
        out.append(Mention(mention.start, after.end(), mention.codes, "side") if after else mention)
    return out


def find(text: str, passage: Passage, named: Sequence[Mention], scene: Scene) -> list[Mention]:
    """The stand-ins of a passage, resolved against the names in it and before it."""
    voice = passage.voice or scene.issuers
    spoken = voice if passage.role is not Role.QUESTION else ()  # whoever asks is no side's "we"
    found = [Mention(match.start(), match.end(), spoken, "we") for match in WE.finditer(text, passage.start, passage.end) if spoken]
    for pattern, rule, resolved in RULES:
        for match in pattern.finditer(text, passage.start, passage.end):
            before = [mention for mention in named if mention.end <= match.start() and mention.rule in NAMED]
            codes = resolved(match, before, voice, scene)
            if codes:
                found.append(Mention(match.start(), match.end(), codes, rule))
    return found


Codes = tuple[str, ...]


def _sides(match: re.Match[str], before: list[Mention], voice: Codes, scene: Scene) -> Codes:
    """ "the two leaders", "both countries", "the sides": several parties, never a bare plural."""
    told = match[0].split()[0].lower()
    if told not in TOLD and match["who"][0].islower():
        return ()
    if not match["many"] and match["who"] in VAGUE and told not in ("our", "both"):
        return ()
    count = COUNTS.get((match["many"] or told).lower(), 0)
    return scene.together(count, codes_of(before))


def _office(match: re.Match[str], before: list[Mention], voice: Codes, scene: Scene) -> Codes:
    return ("UN",) if match["title"] == "Secretary-General" else scene.holder(match["title"], voice)


def _house(match: re.Match[str], before: list[Mention], voice: Codes, scene: Scene) -> Codes:
    """ "the Government", "the country": a state named before in the passage, else the voice's own."""
    return before[-1].codes if before and match[0][4].islower() else voice[:1]


def _person(match: re.Match[str], before: list[Mention], voice: Codes, scene: Scene) -> Codes:
    people = [mention for mention in before if mention.rule == "official"]
    return people[-1].codes if people else scene.person or voice[:1]


def _plural(match: re.Match[str], before: list[Mention], voice: Codes, scene: Scene) -> Codes:
    """ "they": those named before in the passage; at its head, in a readout, those who met."""
    here = codes_of(before)
    return here or (scene.together(0, here) if scene.kind == "readout" else scene.last())


def _it(match: re.Match[str], before: list[Mention], voice: Codes, scene: Scene) -> Codes:
    return before[-1].codes if before else scene.last()[:1]


def _body(match: re.Match[str], before: list[Mention], voice: Codes, scene: Scene) -> Codes:
    """ "the Council", "this Organization": the one named before; in a speech to the Assembly, the United Nations' own."""
    named = scene.bodies.get(match["head"])
    return named or ((UNITED[match["head"]],) if match["head"] in UNITED and scene.kind == "speech" else ())


def _general(match: re.Match[str], before: list[Mention], voice: Codes, scene: Scene) -> Codes:
    """ "we must", "let us", "it is time": in a speech by one side, said to everyone."""
    return ("grp:all-countries",) if len(scene.issuers) < 2 and scene.kind == "speech" else ()


RULES = (
    (SIDES, "sides", _sides), (OFFICE, "official", _office), (HOUSE, "side", _house), (PERSON, "he", _person),
    (PLURAL, "they", _plural), (IT, "they", _it), (BODY, "organisation", _body), (GENERAL, "group", _general),
)  # fmt: skip
