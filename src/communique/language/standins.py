"""Words that only stand for a name: "we", "you", "the two sides", "the Prime Minister", "he", "his counterpart", "they", "the Council".

The words are ``vocabulary/standins.toml``, all looked for in one pass; each rule looks back, first in its own passage,
then in what a ``Scene`` remembers of the statement so far.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product

from ahocorasick_rs import AhoCorasick, MatchKind

from communique.language.issuers import JOINT
from communique.language.lists import BETWEEN
from communique.language.scenes import NAMED, Scene, codes_of
from communique.records import Mention, Passage, Role

SIDE = re.compile(
    r"(?:'s)? (?:[Ss]ide|[Gg]overnment|[Dd]elegation|[Aa]uthorities|[Aa]dministration|[Ll]eadership|State(?! [A-Z])|regime|[Mm]inistry|"
    r"[Pp]arliament|[Ee]mbassy|[Mm]ission|[Cc]onsulate|Foreign Ministry|Ministry of Foreign Affairs|[Mm]ilitary|[Aa]rmed [Ff]orces)\b"
)
OF = re.compile(r" of (?:the )?")
THEME = re.compile(
    r"(?:\W*\w{1,4}[.)] )?(?:On|Regarding|Concerning|As (?:to|for|regards)|(?:With|In) (?:regard|respect|relation) to|Turning to)\b"
    r"[^,;.]*, (?:\w+ ){0,2}"
)
OWNED = ("sides", "office", "house")
IDLE = {  # what follows words that here stand for nobody
    "it": re.compile(
        r"(?:'s| is| was| has been| will be| would be| may be| remains| seems)(?: [a-z']+){1,5} (?:that|to|for|whether|who|which|if)\b"
        r"| (?:is|was) (?:time|with|up to|not|our|my|the|in|decided|agreed|noted|recalled|reported|announced|said)\b| falls? to\b| takes\b"
    ),
    "counterpart": re.compile(r",? (?:from |in |of |[A-Z]|agenc|minist|foreign)"),
    "talks": re.compile(r" (?:of|between|among) "),
    "person": re.compile(r" (?:Excellenc|Majest|Highness|Royal|Honour|Honor|Holiness|Eminence)"),
}
PERSONS = ("leaders", "presidents", "ministers", "advisors", "officials", "principals", "secretaries", "ambassadors", "nsas", "teams")
NEAR = 40  # names of a passage looked back over
COUNTS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
WITHIN = {"Union": ("EU",)}  # whose a body is that is hardly named otherwise
UNITED = {"Organization": "UN", "Organisation": "UN", "Secretariat": "UN", "Assembly": "UNGA", "Council": "UNSC", "Charter": "UN"}

Codes = tuple[str, ...]
Sought = tuple[int, int, str]  # start, end and kind of words that stand for a name


@cache
def _seeker() -> tuple[AhoCorasick, tuple[str, ...]]:
    """The automaton over every phrase of the table, and the kind of each."""
    table = tomllib.loads(files("communique.vocabulary").joinpath("standins.toml").read_text("utf-8"))
    kinds: dict[str, str] = {}
    for kind, rows in table.items():
        kinds |= dict.fromkeys(rows.get("exact", ()), kind)
        for parts in rows["phrases"]:
            for words in product(*parts):
                phrase = " ".join(word for word in words if word)
                kinds.setdefault(phrase, kind)
                kinds.setdefault(phrase[0].upper() + phrase[1:], kind)
    return AhoCorasick(list(kinds), matchkind=MatchKind.LeftmostLongest), tuple(kinds.values())


def sought(text: str) -> Iterator[Sought]:
    """Every place of a folded text where words stand for a name."""
    automaton, kinds = _seeker()
    for number, start, end in automaton.find_matches_as_indexes(text):
        if not (text[end : end + 1].isalnum() or (start and (text[start - 1].isalnum() or text[start - 1] == "'"))):
            yield start, end, kinds[number]


def sided(text: str, mention: Mention) -> Mention:
    """A mention with "the Chinese side", "Japan's government" taken whole."""
    after = SIDE.match(text, mention.end) if mention.rule in ("name", "adjective") else None
    return Mention(mention.start, after.end(), mention.codes, "side") if after else mention


def stand(text: str, places: Sequence[Sought], passage: Passage, named: Sequence[Mention], scene: Scene) -> list[Mention]:
    """The stand-ins at ``places`` of a passage, resolved against the names in it and before it."""
    found: list[Mention] = []
    acting = [mention for mention in named if mention.rule in NAMED]
    at = 0
    for start, end, kind in places:
        while at < len(acting) and acting[at].end <= start:
            at += 1
        if not (kind in IDLE and IDLE[kind].match(text, end)):
            rule, resolved = RULES[kind]
            themed = THEME.fullmatch(text, passage.start, start) is not None
            told = Told(text[start:end], tuple(acting[max(0, at - NEAR) : at]), tuple(found), passage, scene, themed)
            codes = (_of(text, end, named, kind == "sides") if kind in OWNED else ()) or resolved(told)
            if codes:
                found.append(Mention(start, end, codes, rule))
    return found


def _of(text: str, end: int, named: Sequence[Mention], several: bool) -> Codes:
    """Whose office or side it is where the words go on to say so: "the Government of Kenya", "the leaders of Peru and Chile"."""
    of = OF.match(text, end)
    if not of:
        return ()
    first = bisect_left(named, of.end(), key=lambda mention: mention.start)
    after = named[first : first + NEAR]
    if not after or after[0].start != of.end():
        return ()
    listed = [after[0]]
    for mention in after[1:] if several else ():
        if not BETWEEN.fullmatch(text, listed[-1].end, mention.start):
            break
        listed.append(mention)
    return codes_of(listed)


@dataclass(frozen=True, slots=True)
class Told:
    """What a rule may look at: the words, the names before them, the passage, the scene, and whether a theme leads."""

    words: str
    before: tuple[Mention, ...]
    stood: tuple[Mention, ...]  # what stands for a name before them
    passage: Passage
    scene: Scene
    themed: bool = False  # "On Yemen, they ...": the names before say what about, not who

    @property
    def voice(self) -> Codes:
        """Whom "we" means here."""
        return self.passage.voice or self.scene.issuers


def _we(told: Told) -> Codes:
    """The voice; nobody's in a question, for whoever asks is no side."""
    return () if told.passage.role is Role.QUESTION else told.voice


def _you(told: Told) -> Codes:
    """Whom the voice speaks to."""
    return () if told.passage.role is Role.QUESTION else told.scene.addressed(told.voice)


def _sides(told: Told) -> Codes:
    """ "the two leaders", "both countries", "the sides": several parties."""
    words = told.words.lower().split()
    count = next((COUNTS[word] for word in words if word in COUNTS), 0)
    if words[-1] == "us" and count == len(set(told.scene.speaking)):
        return tuple(dict.fromkeys(told.scene.speaking))
    if told.scene.body and told.scene.kind in JOINT and not count and words[0] != "our":
        return told.scene.body
    found = told.scene.together(count, codes_of(told.before), met_first=words[-1] in PERSONS)
    return () if words[-1] in (*COUNTS, "us") and len(found) != count else found  # "all three" may be three of anything


def _office(told: Told) -> Codes:
    """ "the Prime Minister": the side of whoever was named so."""
    title = told.words.split(" ", 1)[1].removeprefix("Hon. ").removeprefix("Honourable ")
    if title in ("President", "president") and told.words[:4].lower() == "the " and "UNGA" in told.scene.title:
        return ("UNGA",)  # said to the General Assembly, "the President" is the one in its chair
    return ("UN",) if title in ("Secretary-General", "Secretary General") else told.scene.holder(title, told.voice)


def _house(told: Told) -> Codes:
    """ "the Government": the voice's own; "the government", "the country": a state named before in the passage, else the voice's."""
    own = told.words.split(" ", 1)[1][0].isupper() or not told.before
    return told.voice[:1] if own else told.before[-1].codes


def _person(told: Told) -> Codes:
    people = [mention for mention in (*told.before, *told.stood) if mention.rule == "official" and not told.themed]
    if people:
        return max(people, key=lambda mention: mention.start).codes
    return told.scene.person or told.voice[:1]


def _counterpart(told: Told) -> Codes:
    """ "his counterparts": those who met, without his side."""
    if not told.stood or (told.before and told.before[-1].start > told.stood[-1].start):
        return ()  # "their Peruvian counterparts"
    own, scene = set(told.stood[-1].codes), told.scene
    met = (*reversed(scene.met), (*scene.issuers, *scene.title) if scene.kind in (*JOINT, "readout") else ())
    return tuple(code for code in next((sides for sides in met if own < set(sides)), ()) if code not in own)


def _talks(told: Told) -> Codes:
    """ "The discussion" that opens a passage of a readout: those who met."""
    return told.scene.together(0, (), met_first=True) if told.words[0] == "T" and told.scene.kind == "readout" else ()


def _plural(told: Told) -> Codes:
    """ "they": those named before in the passage; at its head, as just before, or all who issue or who met, or what was named last."""
    here = () if told.themed else codes_of(told.before)
    if here:
        return here
    if told.scene.body and told.scene.kind in JOINT:
        return told.scene.body
    if told.scene.several:
        return told.scene.several
    joint = told.scene.kind == "readout" or len(told.scene.issuers) > 1
    if told.scene.crowd and len(told.scene.issuers) < 2 and told.words == "They":
        return told.scene.crowd
    return told.scene.together(0, here, met_first=True) if joint else told.scene.many()


def _it(told: Told) -> Codes:
    """ "it": who opens the passage, else the body that issues the statement, else whom the passage before is about."""
    if told.before and not told.themed:
        return told.before[0].codes
    return told.scene.body or told.scene.subject[:1] or told.scene.last()[:1]


def _body(told: Told) -> Codes:
    """ "the Council", "this Organization": the one named before, or the one that issues; in a speech, the United Nations' own."""
    head = told.words.split()[-1]
    named = told.scene.bodies.get(head) or told.scene.bodies.get(head.capitalize()) or ()
    if told.scene.body and (not named or named[0].startswith("org:")):
        return told.scene.body
    united = (UNITED[head],) if head in UNITED and told.scene.kind == "speech" else ()
    return named or united or WITHIN.get(head, ())


RULES: dict[str, tuple[str, Callable[[Told], Codes]]] = {
    "we": ("we", _we), "you": ("you", _you), "sides": ("sides", _sides), "office": ("official", _office),
    "house": ("side", _house), "person": ("he", _person), "counterpart": ("sides", _counterpart), "talks": ("sides", _talks),
    "plural": ("they", _plural), "it": ("they", _it), "body": ("organisation", _body),
}  # fmt: skip
