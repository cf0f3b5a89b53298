"""Nouns: what a number counts, as a singular noun with the words that belong to it.

    "36 medical teams to 34 countries"       medical team, country
    "19 new Pacific Patrol Boats"            patrol boat
    "six of the country's Technology Hubs"   Technology Hub
    "over 100,000 of our most vulnerable citizens"   citizen
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from communique.vocabulary.units import counting

_WORD = re.compile(  # a stop glued to the next sentence ("people.The") ends a word
    r"[ \u00a0\u202f\n]?(?P<word>[A-Za-zÀ-ÿ](?:[\wÀ-ÿ/&]|-(?!-)|(?<![a-z]{2})\.|\.(?![A-Z]))*(?:[’'](?![sS]\b)\w+)?(?P<possessive>[’']s?)?)"
)
_PARTITIVE = re.compile(
    r"\s(?:of|out of)\s(?:(?:the(?:\stotal)?|our|its|their|his|her|my|your|these|those|all)\s)*"
    r"(?:(?:[A-Z][\w-]*(?:\s[A-Z][\w-]*)*|[a-z]+)[’']s?\s)?"
    r"(?:most\s|more\s|largest\s|\d[\d,]*\s|(?:three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s)?"
)
_OWNED = re.compile(r"\s(?:our|their|its)(?=\s[a-z])")  # "300,000 our citizens"
_BRACKET = re.compile(r"\s?\([^()\n]{1,12}\)")
_PAIR = re.compile(r"\s(?:and|or)\s(?P<rest>(?:[a-z-]+\s){0,2}(?P<head>organi[sz]ations|calls|visits|entities))\b")
_AND = re.compile(r"\s(?:and|or)\s(?:effective|affordable|[a-z]+(?:al|ed|ic|ive|ble|ary|ous))\s")  # "safe and effective vaccines"
_PAIRED = ("countries", "meetings", "states", "governments", "nations", "institutions")
_NUMBER = re.compile(
    r"(?:\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w+)?)\b)"
)
_MODEL = re.compile(r"\s\d{1,3}(?=\s[a-z-]+s\b)")  # "Leopard 2 tanks"
_PIECES = re.compile(r"\sof\s(?P<whole>legislation|equipment|work|art|advice|entry|order|view|contact)\b")
_COMMAS = re.compile(r",(?:\sand)?(?=\s[a-z-]+(?:,|\s[a-z]))")


@dataclass(frozen=True, slots=True)
class Noun:
    """What is counted: where its words end, its singular with what belongs to it, and the head alone."""

    start: int
    end: int
    unit: str
    head: str

    @property
    def stands_in(self) -> bool:
        """Whether it stands for a noun said before: "five larger ones", "a hundred others"."""
        return self.head.lower() in ("one", "other")


def singular(word: str) -> str:
    """The singular of a plural noun, its case kept."""
    for form in (word, word.lower()):
        if form in counting().irregular:
            return counting().irregular[form]
    lower = word.lower()
    if lower.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if lower.endswith(("sses", "ches", "shes", "xes", "zes", "oes")):
        return word[:-2]
    if lower.endswith("ves") and lower[-4:] in ("lves", "rves") and lower not in ("reserves", "curves", "nerves", "valves"):
        return word[:-3] + "f"
    if lower.endswith("men") and len(word) > 4:
        return word[:-3] + "man"
    if word[:1].isupper() and lower.endswith("is") and len(word) > 5:
        return word[:-1]  # Pakistanis, Israelis
    return word[:-1] if lower.endswith("s") and not lower.endswith(("ss", "us", "is")) else word


def plural(word: str) -> bool:
    """Whether a word looks like a plural noun."""
    lower = word.lower()
    if word in counting().irregular or lower in counting().irregular:
        return True
    return lower.endswith("s") and len(word) > 2 and lower not in counting().unchanged and not lower.endswith(("ss", "us", "'s", "’s"))


def counted(text: str, end: int, one: bool = False) -> Noun | None:
    """The noun that a number ending at ``end`` counts; ``one`` looks for a singular noun."""
    start = end
    bracket = _BRACKET.match(text, start)
    start = bracket.end() if bracket else start
    owned = _OWNED.match(text, start)
    start = owned.end() if owned else start
    partitive = _PARTITIVE.match(text, start)
    if partitive is not None:
        found = _phrase(text, partitive.end() - 1 if text[partitive.end() - 1] == " " else partitive.end(), one)
        return found if found is not None and not one else None
    return _phrase(text, start, one)


_OF = re.compile(r"\s(?:of|in)\s")
_WHOLE = re.compile(r"\sof\s(?:(?:[a-z][\w’'-]*|[A-Z][\w.’'-]*|the|its|our|their|all)\s){0,6}?")


def whole(text: str, end: int) -> int | None:
    """Where the whole ends that a share ending at ``end`` is of ("a third of our aid"); None when it names none nearby."""
    if not _OF.match(text, end) or text[end + 1 : end + 3] != "of":
        return None
    position = end + 3
    last = None
    for _ in range(9):
        match = _WORD.match(text, position)
        if match is None:
            break
        word = match["word"]
        if (word.lower() in counting().ends and word.lower() not in WITHIN) or word in counting().unchanged:
            break
        if last is not None and word.rstrip(".").endswith("ed"):
            break  # "half of Zambia experienced"
        stopped = word.endswith(".") and word.count(".") == 1
        position = match.end() - (1 if stopped else 0)
        if word.lower() not in WITHIN:
            last = position
            if stopped or (plural(word) and not match["possessive"] and not _goes_on(text, position, [word])):
                break
    return last


WITHIN = frozenset("the its our their all this that these those his her your such his".split())


def _phrase(text: str, position: int, one: bool) -> Noun | None:
    begin, words = position, list[str]()
    while len(words) < 9:
        match = _WORD.match(text, position)
        if match is None:
            model = _MODEL.match(text, position) if words and words[-1][:1].isupper() else None
            if model is not None:
                position = model.end()
                continue
            comma = _COMMAS.match(text, position) if words else None
            if comma is None:
                break
            position = comma.end()
            continue
        word = match["word"].rstrip(".") if match["word"].count(".") == 1 else match["word"]
        if word in ("and", "or") and words and (_AND.match(text, match.start()) or _joins(text, match.end())):
            position = match.end()
            paired = _WORD.match(text, position)
            if paired is not None and not plural(paired["word"]):  # what two words say by turns is no part of the unit
                words, position = [], paired.end()
            continue
        if match["possessive"] or (word.lower() in counting().ends and not (word == "work" and _joins(text, match.end()))):
            if match["possessive"] and words and not plural(word):
                words.clear()
                position = match.end()
                continue
            break
        words.append(word)
        position = match.start("word") + len(word)
        if plural(word) and not _goes_on(text, position, words):
            return _noun(text, begin, position, words)
    if one and words:
        return Noun(begin, position, _unit(words), words[-1])
    return None


def _joins(text: str, position: int) -> bool:
    """"Korean and Dutch students", "command and control missions", "work permits": what has no plural yet runs on to the next."""
    for _ in range(2):
        match = _WORD.match(text, position)
        if match is None or match["possessive"] or match["word"].rstrip(".").lower() in counting().ends:
            return False
        if plural(match["word"].rstrip(".")):
            return True
        position = match.end()
    return False


def _goes_on(text: str, position: int, words: list[str]) -> bool:
    """"United Nations entities", "staff members", "women leaders": the plural just read only modifies the next."""
    word = words[-1]
    if words[-2:] == ["United", "States"]:
        return True
    if word.endswith("ese") and word.istitle() and re.match(r"\s[a-z]", text[position:]):
        return _joins(text, position)  # "nine Chinese crew members"
    after = _WORD.match(text, position)
    following = after["word"].rstrip(".") if after else ""
    if not plural(following) or following.lower() in counting().ends:
        return False
    return word in counting().modifying or (word.islower() and following.islower() and word.endswith("s"))


_CHIEFS = re.compile(
    r"(?P<of>\sof\s(?:[Ss]tates?|[Gg]overnments?|[Mm]issions?|[Dd]elegations?))\b(?:\s(?P<both>or|and)\s(?:of\s)?[Gg]overnments?\b)?"
)


_SEXES = re.compile(r"\sand (?P<other>women|men|girls|boys)\b")
_BOTH = {("men", "women"): "person", ("women", "men"): "person", ("boys", "girls"): "child", ("girls", "boys"): "child"}


def _noun(text: str, begin: int, end: int, words: list[str]) -> Noun:
    head = words[-1]
    chief = _CHIEFS.match(text, end)
    if head.lower() == "heads" and chief:
        both = " or government" if chief["both"] == "or" else ""
        stop = chief.end() if both else chief.end("of")
        return Noun(begin, stop, "head " + chief["of"].strip().lower().rstrip("s") + both, "head")
    pieces = _PIECES.match(text, end)
    if pieces is not None:
        return Noun(begin, pieces.end(), f"{_unit(words)} of {pieces['whole']}", singular(head))
    sexes = _SEXES.match(text, end)
    if sexes is not None and (head.lower(), sexes["other"]) in _BOTH:
        one = _BOTH[head.lower(), sexes["other"]]
        return Noun(begin, sexes.end(), one, one)
    unit = _unit(words)
    pair = _PAIR.match(text, end)
    if pair is not None and not _NUMBER.match(pair["rest"]) and head.lower() in _PAIRED:
        last = pair["rest"].split()
        second = " ".join([*last[:-1], singular(last[-1])]) if head.lower() != "meetings" else singular(last[-1])
        return Noun(begin, pair.end(), f"{singular(head)} or {second}", singular(head))
    return Noun(begin, end, unit, singular(head))


_PARTICIPLES = ("armed", "armoured", "armored", "displaced", "mixed", "retired", "unmanned", "united")  # that say what kind


def _says_which(word: str) -> bool:
    """Whether a modifier is an adverb or a participle, which says which ones are meant, not what kind they are."""
    return word.endswith("ly") or (word.endswith("ed") and len(word) > 5 and word not in _PARTICIPLES)


def _unit(words: list[str]) -> str:
    """The singular head with the modifiers that say what kind it is."""
    head = words[-1]
    one = singular(head)
    if head.lower() in counting().plain:
        kept = [word for word in words[-2:-1] if word.lower() in counting().kept]
        if head.istitle() and not (kept and kept[0].istitle()):
            one = one if head in ("States",) else one.lower()
        return " ".join([*kept, one])
    kind = next((at for at, word in enumerate(words[:-1]) if word.lower() in ("class", "type", "style") and at), -1)
    kept = [word for word in words[kind + 1 : -1] if word.lower() not in counting().loose and not _says_which(word.lower())]
    if head[:1].isupper() and len(kept) >= 1 and not head.isupper():
        kept = kept[-3:]
    else:
        kept = [word for word in kept if not word[:1].isupper()][-2:]
    return " ".join([*kept, one])
