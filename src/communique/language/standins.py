"""Words that only stand for a name: "we", "the two sides", "the Prime Minister", "he", "they", "the Council".

The words are ``vocabulary/standins.toml``, all looked for in one pass; each rule looks back, first in its own passage,
then in what a ``Scene`` remembers of the statement so far.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product

from ahocorasick_rs import AhoCorasick, MatchKind

from communique.language.scenes import NAMED, Scene, codes_of
from communique.records import Mention, Passage, Role

SIDE = re.compile(
    r"(?:'s)? (?:[Ss]ide|[Gg]overnment|[Dd]elegation|[Aa]uthorities|[Aa]dministration|[Ll]eadership|State(?! [A-Z])|regime|[Mm]inistry|"
    r"[Pp]arliament)\b"
)
COUNTS = {"two": 2, "both": 2, "three": 3, "four": 4}
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
    found = []
    acting = [mention for mention in named if mention.rule in NAMED]
    for start, end, kind in places:
        rule, resolved = RULES[kind]
        told = Told(text[start:end], tuple(mention for mention in acting if mention.end <= start), passage, scene)
        codes = resolved(told)
        if codes:
            found.append(Mention(start, end, codes, rule))
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """What a rule may look at: the words, the names before them in the passage, the passage and the scene."""

    words: str
    before: tuple[Mention, ...]
    passage: Passage
    scene: Scene

    @property
    def voice(self) -> Codes:
        """Whom "we" means here."""
        return self.passage.voice or self.scene.issuers


def _we(told: Told) -> Codes:
    """The voice; nobody's in a question, for whoever asks is no side."""
    return () if told.passage.role is Role.QUESTION else told.voice


def _general(told: Told) -> Codes:
    """ "we must", "let us", "it is time": in a speech by one side, said to everyone."""
    return ("grp:all-countries",) if len(told.scene.issuers) < 2 and told.scene.kind == "speech" else ()


def _sides(told: Told) -> Codes:
    """ "the two leaders", "both countries", "the sides": several parties."""
    words = told.words.lower().split()
    count = next((COUNTS[word] for word in words if word in COUNTS), 0)
    return told.scene.together(count, codes_of(told.before))


def _office(told: Told) -> Codes:
    """ "the Prime Minister": the side of whoever was named so."""
    title = told.words.split(" ", 1)[1].removeprefix("Hon. ").removeprefix("Honourable ")
    return ("UN",) if title in ("Secretary-General", "Secretary General") else told.scene.holder(title, told.voice)


def _house(told: Told) -> Codes:
    """ "the Government": the voice's own; "the government", "the country": a state named before in the passage, else the voice's."""
    own = told.words.split(" ", 1)[1][0].isupper() or not told.before
    return told.voice[:1] if own else told.before[-1].codes


def _person(told: Told) -> Codes:
    people = [mention for mention in told.before if mention.rule == "official"]
    return people[-1].codes if people else told.scene.person or told.voice[:1]


def _plural(told: Told) -> Codes:
    """ "they": those named before in the passage; at its head, in a readout, those who met."""
    here = codes_of(told.before)
    return here or (told.scene.together(0, here) if told.scene.kind == "readout" else told.scene.last())


def _it(told: Told) -> Codes:
    return told.before[-1].codes if told.before else told.scene.last()[:1]


def _body(told: Told) -> Codes:
    """ "the Council", "this Organization": the one named before; in a speech, the United Nations' own."""
    head = told.words.split()[-1]
    united = (UNITED[head],) if head in UNITED and told.scene.kind == "speech" else ()
    return told.scene.bodies.get(head) or united


RULES: dict[str, tuple[str, Callable[[Told], Codes]]] = {
    "we": ("we", _we), "general": ("group", _general), "sides": ("sides", _sides), "office": ("official", _office),
    "house": ("side", _house), "person": ("he", _person), "plural": ("they", _plural), "it": ("they", _it),
    "body": ("organisation", _body),
}  # fmt: skip
