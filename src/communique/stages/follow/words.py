"""What a quote is made of, for comparing two of them: stems, names, acronyms, word pairs, numbers and years.

Everything is a pure function of the words.  Stems are rough on purpose: they need only be the same on both sides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["HEADS", "PLAIN", "PROMISING", "Words", "months", "number_values", "ordinals", "stem", "words"]

_TOKENS = re.compile(r"([^A-Za-zÀ-ÿ\d]*)((?:[A-Za-z]\.){2,}|[A-Za-zÀ-ÿ]+(?:['’][a-z]+)?|\d[\d,.]*\d|\d)")  # each after what is between
NUMBER, ORDINAL, MONTH = 1, 2, 4  # what a word may belong to
_JOINERS = frozenset("of for the and on to in at de da du la le al bin von".split())
STOP = frozenset(
    """a about above across after again against all along also although am among an and another any are around as at be because been
    before being below between both but by can could did do does doing during each either ever every few for from further had has have
    having he her here hers him his how however i if in including into is it its itself just let like made make making many may me might
    more most much must my near no nor not now of off on once one only onto or other our ours out over own per please s same she should
    since so some such t than that the their theirs them then there these they this those through thus to together too toward towards
    under until up upon us very via was we well were what when where whether which while who whom whose why will with within without
    would yet you your yours re ve ll d m today said say says new also shall including included include
    million billion trillion hundred thousand u vs percent including""".split()
)
_ACRONYM = re.compile(r"^(?:[A-Z]{2,}s?|(?:[A-Z]\.){2,}|[A-Z]+[a-z]?[A-Z]+[A-Za-z]*)$")
_ER_VERBS = (
    "deliver offer gather foster enter transfer consider cover empower monitor administer register answer counter uncover recover "
    "order"
).split()
_SUFFIXES = (
    ("ations", ""), ("ation", ""), ("ments", ""), ("ment", ""), ("nesses", ""), ("ness", ""), ("ities", ""), ("ity", ""),
    ("izing", "iz"), ("ising", "iz"), ("ised", "iz"), ("ized", "iz"), ("izes", "iz"), ("ises", "iz"), ("ize", "iz"), ("ise", "iz"),
    ("ically", "ic"), ("ally", "al"), ("ings", ""), ("ing", ""), ("ions", ""), ("ion", ""), ("ives", ""), ("ive", ""), ("ies", "y"),
    ("ied", "y"), ("ers", ""), ("er", ""), ("ors", ""), ("or", ""), ("ed", ""), ("es", ""), ("ly", ""), ("s", ""), ("e", ""),
)  # fmt: skip
_IRREGULAR = {
    "met": "meet", "held": "hold", "gave": "giv", "given": "giv", "gives": "giv", "sent": "send", "built": "build", "began": "begin",
    "begun": "begin", "brought": "bring", "led": "lead", "took": "tak", "taken": "tak", "taking": "tak", "grew": "grow", "grown": "grow",
    "signed": "sign", "sought": "seek", "spent": "spend", "paid": "pay", "went": "go", "gone": "go", "came": "com", "coming": "com",
    "withdrew": "withdraw", "withdrawn": "withdraw", "undertook": "undertak", "undertaken": "undertak", "stood": "stand",
    "chose": "choos", "chosen": "choos", "women": "woman", "men": "man", "children": "child", "people": "people",
    "shipped": "ship", "shipping": "ship", "shipment": "ship", "shipments": "ship", "visit": "visit", "financing": "financ",
    "african": "africa", "africans": "africa", "chinese": "china", "american": "america", "americans": "america", "indian": "india",
    "japanese": "japan", "korean": "korea", "russian": "russia", "european": "europe", "australian": "australia",
    "ukrainian": "ukraine", "ukrainians": "ukraine", "vaccination": "vaccin", "vaccinations": "vaccin", "vaccinate": "vaccin",
    "vaccinating": "vaccin", "vaccinated": "vaccin", "agreed": "agree", "agrees": "agree", "agreement": "agreement",
    "agreements": "agreement", "donation": "donat", "donations": "donat", "donor": "donor", "donors": "donor",
    "contribution": "contribut", "contributions": "contribut", "department": "department", "united": "united", "nations": "nation",
}  # fmt: skip


_IRREGULAR |= {verb + ending: verb for verb in _ER_VERBS for ending in ("", "s", "ed", "ing", "red", "ring", "ies", "y")}


@lru_cache(maxsize=400_000)
def stem(word: str) -> str:
    """A rough stem of a lower-case word: "launching", "launched", "launches" are one."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for ending, instead in _SUFFIXES:
        if word.endswith(ending) and len(word) - len(ending) + len(instead) >= 4 - (ending in ("s", "e", "ed", "es")):
            cut = word[: len(word) - len(ending)] + instead
            return cut[:-1] if len(cut) > 4 and cut[-1] == cut[-2] and cut[-1] not in "sl" else cut
    return word


@dataclass(frozen=True, slots=True)
class Words:
    """The parts of a quote that two quotes can share."""

    stems: tuple[str, ...]  # content words in order, stopwords left out
    names: frozenset[str]  # those of them written as names: capitalised inside the quote, or acronyms
    acronyms: frozenset[str]  # initials of capitalised phrases, lower case, so that "IPMDA" meets its long form
    verb: str  # the stem of the main verb: what follows the auxiliary or "to", else the first content word that is no name
    counts: int  # whether any of it can be a number, an ordinal or a month: bits; most quotes hold none, and need not be searched


@lru_cache(maxsize=4096)
def words(quote: str) -> Words:
    """The stems, names and initials of a quote."""
    stems: list[str] = []
    names: set[str] = set()
    initials: set[str] = set()
    run: list[tuple[str, bool]] = []
    first, counts = True, 0
    for gap, token in _TOKENS.findall(quote):
        plain, root, acronym, capital, joiner, counted = _token(token)
        counts |= counted
        if run and ((gap != " " and gap.strip(" -\n")) or not (capital or joiner)):
            _close(run, initials)
        if capital:
            run.append((plain, "-" in gap and not first))
        if root:
            stems.append(root)
            if acronym or (capital and not first):
                names.add(root)
        first = False
    if run:
        _close(run, initials)
    return Words(tuple(stems), frozenset(names), frozenset(initials), main_verb(quote), counts)


@lru_cache(maxsize=400_000)
def _token(token: str) -> tuple[str, str, bool, bool, bool, int]:
    """A token without dots and endings, its stem ("" for one that says nothing), whether acronym, capitalised, or joining names, and
    what it may count."""
    if token[0].isdigit():
        return token, token if len(token) == 4 and token[:2] in ("19", "20") else "", False, False, False, NUMBER | ORDINAL
    acronym = bool(_ACRONYM.match(token))
    plain = token.replace(".", "").split("'")[0].split("’")[0]
    lower = plain.lower()
    if acronym and len(lower) > 3 and lower.endswith("s") and plain[-1] == "s":
        lower = lower[:-1]
    silent = (lower in STOP and not acronym) or len(lower) < 2
    root = "" if silent else lower if acronym else stem(lower)
    counted = sum(bit for bit, pattern in ((NUMBER, _COUNTING), (ORDINAL, _ORDINAL), (MONTH, _MONTHS)) if pattern.search(token))
    return plain, root, acronym, plain[0].isupper(), lower in _JOINERS, counted


_AUXILIARY = re.compile(
    r"(?:\b(?:will|shall|would|has|have|had|is|are|was|were|been|be|being|to|did|cannot|can|must|should|may)|[’'](?:ll|ve|re|s|d|m))\s+"
    r"(?:(?:not|never|also|now|already|both|all|be|been|being|have|further|jointly|together|soon|then|\w+ly)\s+)*([a-z]{3,})"
)
PROMISING = frozenset(
    "plan intend intent commit pledg agree decid aim seek hop look ready prepar determin work going go propos announc promis "
    "undertak resolv continu "
    "remain like want abl able begin start expect request help need".split()
)
_LOWER = re.compile(r"\b[a-z]{3,}\b")
_SET_UP = re.compile(r"\b(?:[Ss]t(?:and(?:s|ing)?|ood)|[Ss]et(?:s|ting)?)[ -]up\b(?! for\b)")
_FIRST = re.compile(r"\W*([A-Z][a-z]{2,})\b(?! (?:for|of)\b)")
_OF_LISTS = frozenset(
    "adopt advance award build complete conclude conduct contribute convene coordinate create deepen deliver deploy develop donate enhance "
    "ensure establish expand finance form foster fund give host hold improve increase introduce invest issue join launch meet open promote "
    "provide publish pursue ratify release send sign strengthen submit supply support train uphold visit".split()
)  # verbs that open an item of a list: "Launch a Shipping Task Force"


def main_verb(quote: str) -> str:
    """The stem of the deed: "plans to work with X to provide Y" is "work", "has launched" and "launched" are "launch"."""
    opening = _FIRST.match(quote)
    if opening and opening[1].lower() in _OF_LISTS:
        return stem(opening[1].lower())
    quote = _SET_UP.sub("establish", quote)
    seen = ""
    for match in _AUXILIARY.finditer(quote):
        root = stem(match[1])
        seen = seen or root
        if match[1] not in STOP and root not in PROMISING:
            return root
    for word in _LOWER.findall(quote):
        if word not in STOP and stem(word) not in PROMISING and (word.endswith(("ed", "ing")) or word in _IRREGULAR):
            return stem(word)
    first = next((word for word in _LOWER.findall(quote) if word not in STOP), "")
    return seen or stem(first)


def _close(run: list[tuple[str, bool]], initials: set[str]) -> None:
    """Take the initials of a finished capitalised phrase of three words or more, hyphened words as one letter or each its own."""
    if len(run) >= 3:
        for apart in (True, False):
            letters = "".join(word[0] for word, hyphened in run if apart or not hyphened).lower()
            initials.update(letters[begin:] for begin in range(3) if len(letters) - begin >= 3)
    run.clear()


_SCALE = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "m": 1e6, "bn": 1e9}
_SMALL = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100,
}  # fmt: skip
_NUMBER = re.compile(
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<suffix>st|nd|rd|th)?(?:[ -]?(?P<scale>hundred|thousand|million|"
    r"billion|trillion|bn|m)\b)?"
    r"|\b(?P<half>half a|a) (?P<scale2>million|billion)\b"
    r"|\b(?P<word>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty)\b(?:[ "
    r"-](?P<scale3>hundred|thousand|million|billion|trillion)\b)?",
    re.IGNORECASE,
)


_COUNTING = re.compile(rf"\b(?:million|billion|{'|'.join(_SMALL)})\b", re.IGNORECASE)  # what a number without digits holds


@lru_cache(maxsize=4096)
def number_values(quote: str) -> tuple[float, ...]:
    """The counts and sums in a quote, years, days of the month and ordinals left out."""
    if not words(quote).counts & NUMBER:
        return ()
    found: list[float] = []
    for match in _NUMBER.finditer(quote):
        if match["half"]:
            found.append((0.5 if match["half"].lower().startswith("half") else 1.0) * _SCALE[match["scale2"].lower()])
        elif match["word"]:
            found.append(_SMALL[match["word"].lower()] * _SCALE.get((match["scale3"] or "").lower(), 1.0))
        elif not match["suffix"] and not _is_date(quote, match):
            found.append(float(match["digits"].replace(",", "")) * _SCALE.get((match["scale"] or "").lower(), 1.0))
    return tuple(found)


_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_BEFORE = re.compile(rf"(?:{_MONTH}\s|covid-|[a-z]-|group of |{_MONTH}\s\d\d?\s?[-–]\s?)$", re.IGNORECASE)
_AFTER = re.compile(rf"^\s{_MONTH}\b|^[-/]\d|^[A-Za-z]\b", re.IGNORECASE)


def _is_date(quote: str, match: re.Match[str]) -> bool:
    """Whether digits belong to a date or a name: "May 24", "2022", "COVID-19", "5G"."""
    digits = match["digits"]
    if not match["scale"] and len(digits) == 4 and digits[:2] in ("19", "20") and not quote[: match.start()].endswith("$"):
        return True
    if match["scale"] or len(digits) > 2:
        return False
    return bool(_BEFORE.search(quote[: match.start()]) or _AFTER.match(quote[match.end() :]))


_MONTHS = re.compile(r"\b(January|February|March|April|May|June|July|August|September|October|November|December)\b")
_MONTH_NUMBERS = {name: place for place, name in enumerate(_MONTHS.pattern[3:-3].split("|"), 1)}
_ORDINALS = {
    name: place
    for place, name in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
        "sixteenth seventeenth "
        "eighteenth nineteenth twentieth".split(),
        1,
    )
}
_ORDINAL = re.compile(rf"\b(?:(\d+)(?:st|nd|rd|th)|({'|'.join(_ORDINALS)}))\b", re.IGNORECASE)
HEADS = frozenset(
    stem(word)
    for word in "group partnership initiative forum summit fund program programme fellowship force taskforce network council "
    "framework dialogue "
    "secretariat mechanism center centre agreement conference memorandum meeting protocol treaty system campaign principles plan "
    "expo congress "
    "compact committee commission project bank exercise corridor alliance convention statement declaration loan facility hub "
    "academy platform "
    "visit embassy office resolution strategy roadmap agenda package assistance".split()
)

PLAIN = frozenset(
    stem(word)
    for word in "task working joint senior new high level expert experts first national international leaders annual contact".split()
)  # say nothing of which group or force it is


def months(quote: str) -> tuple[int, ...]:
    """The months a quote names, as numbers."""
    if not words(quote).counts & MONTH:
        return ()
    return tuple(sorted({_MONTH_NUMBERS[name] for name in _MONTHS.findall(quote)}))


def ordinals(quote: str) -> tuple[int, ...]:
    """The ordinals in a quote, dates left out: "the third in-person summit" gives 3."""
    if not words(quote).counts & ORDINAL:
        return ()
    found = set()
    for match in _ORDINAL.finditer(quote):
        if match[1] and _is_day(quote, match):
            continue
        found.add(int(match[1]) if match[1] else _ORDINALS[match[2].lower()])
    return tuple(sorted(found))


def _is_day(quote: str, match: re.Match[str]) -> bool:
    return bool(_BEFORE.search(quote[: match.start()]) or re.match(rf"\s(?:of\s)?{_MONTH}\b", quote[match.end() :], re.IGNORECASE))
