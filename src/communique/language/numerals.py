"""Numerals: every number a text writes, in digits or in words, as (start, end, value).

    "1,700" 1700     "840.000 families" 840000     "2.5 billion" 2.5e9     "thirty-six" 36
    "half a billion" 5e8     "one and a half million" 1.5e6     "two-thirds" 66.7 %     "one in five" 20 %
    "7 out of 10" 70 %     "one job in ten" 10 %     "three point four billion" 3.4e9

Values only; whether a number is a quantity, a year or the name of a resolution is decided in ``numbers``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ahocorasick_rs import AhoCorasick

UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
        " nineteen".split()
    )
} | {"dozen": 12}
TENS = {word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
MAGNITUDES = {
    "hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "lakh": 10**5, "crore": 10**7,
    "mn": 10**6, "mln": 10**6, "bn": 10**9, "bln": 10**9, "tn": 10**12, "trn": 10**12, "mil": 10**6, "m": 10**6, "b": 10**9, "k": 10**3,
}  # fmt: skip
PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10}

_SPACE = r"[ \u00a0\u202f]"
_LARGE = r"hundred|thousand|million|billion|trillion|lakh|crore"
_SMALL = "|".join(sorted([*UNITS, *TENS], key=lambda word: (-len(word), word)))
_TENS = "|".join(TENS)
_COUNT = rf"(?:(?:{_TENS})-(?:{'|'.join(list(UNITS)[1:10])})|{_SMALL})"  # "three", "twenty-three"
_GAP = rf"(?:{_SPACE}|-|{_SPACE}(?:more|additional|other){_SPACE})"
_MAGNITUDE = rf"(?:{_GAP}?(?:{_LARGE}|mn|mln|mil|bn|bln|tn|trn)|[mbk](?![\w°²³'’]))(?![A-Za-z])"
_DIGITS = (
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)"  # 1,700   1,700.5
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?(?!\d)"  # 1,25,000
    r"|\d{1,3}(?:\.\d{3}){2,}(?!\d)"  # 1.250.000
    r"|[1-9]\d{0,2}(?:[ \u00a0\u202f\u2009]\d{3})+(?![\d,.]\d|\d)"  # 10 000
    r"|\d{1,3}(?:[’']\d{3})+(?!\d)"  # 1’250
    r"|\d+(?:\.\d+)?"
)
_JOIN = r"(?:-|\u2010|\u2011| and a | and |, | )"
_TOKEN = re.compile(rf"{_SMALL}|{_LARGE}|half|quarter", re.IGNORECASE)
NUMERAL = re.compile(
    rf"(?P<odds>(?<![\w.,$€£¥/-])(?:1|\d{{1,2}}(?={_SPACE}out|{_SPACE}of|{_SPACE}in{_SPACE}(?:every{_SPACE})?1))"
    rf"{_SPACE}(?:(?:in|out{_SPACE}of)(?:{_SPACE}every)?|of{_SPACE}every){_SPACE}(?:100?|[3-9])(?![\w%-]|[.,]\d|{_SPACE}(?:{_LARGE})))"
    rf"|(?P<digits>(?<!\d)(?<!\d[.,])(?:{_DIGITS})(?:(?P<magnitude>{_MAGNITUDE}(?:{_SPACE}(?:{_LARGE})(?![A-Za-z]))?))?)"
    rf"|(?<![\w-])(?:"
    rf"(?P<half>(?:a{_SPACE})?half(?:{_SPACE}an?{_SPACE}|{_SPACE}|-)(?:{_LARGE}|dozen)|half{_SPACE}a(?={_SPACE}per{_SPACE}?cent)|a{_SPACE}(?:half|quarter){_SPACE}of{_SPACE}an?{_SPACE}(?:{_LARGE}))"
    rf"|(?P<point>{_COUNT}{_SPACE}point{_SPACE}(?:{_SMALL})(?:{_SPACE}(?:{_SMALL}))?(?:{_SPACE}(?:{_LARGE}))?)"
    rf"|(?P<mixed>(?:{_COUNT}|an?){_SPACE}and{_SPACE}an?{_SPACE}half(?:{_SPACE}(?:{_LARGE}))?)"
    rf"|(?P<after>(?:an?|{_SMALL}){_SPACE}(?:million|billion|trillion){_SPACE}and{_SPACE}an?{_SPACE}half)"
    rf"|(?P<ratio>(?:{_SMALL}|\d+)(?:{_SPACE}|-)(?:(?:in|out{_SPACE}of)(?:{_SPACE}every)?|of{_SPACE}every)(?:{_SPACE}|-)(?:{_SMALL}|\d+))(?![\w,.]\d|-)"
    rf"|(?P<among>(?:{_SMALL}){_SPACE}[a-z]+{_SPACE}(?:in(?:{_SPACE}every)?|out{_SPACE}of){_SPACE}(?:{_SMALL}|hundred)"
    rf"(?=[.,;:)]|{_SPACE}(?:of|is|are|has|have|had|was|were|will|by|in|who|that|and|lives?|does|do|did|can|could|to){_SPACE}|$)"
    rf"|(?:{_SMALL}){_SPACE}[a-z]+{_SPACE}out{_SPACE}of{_SPACE}(?:ten|hundred))"
    rf"|(?P<part>(?!(?:{_TENS})-)(?:{_SMALL}|an?)(?:{_SPACE}|-)(?:half|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?))"
    rf"|(?P<words>(?:an?{_SPACE})?(?:{_SMALL}|{_LARGE})(?:{_JOIN}(?:{_SMALL}|{_LARGE}))*)"
    rf"|(?P<bare>half))(?![A-Za-z])",
    re.IGNORECASE,
)


# "an additional billion" is a number; "per million" is not.
BARE = re.compile(r"(?:additional|another|further|extra|half)\s$", re.IGNORECASE)
_SEVERAL = re.compile(r"\b(?:several|few|many|couple)\s$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A written number: its place, its value, and how it was written."""

    start: int
    end: int
    value: Decimal
    form: str  # digits, words, part (a share of a whole, in percent)
    magnitude: int = 1  # the power named beside it: 10**9 in "2.5 billion"
    grouped: bool = False  # "1,700": certainly no year
    doubtful: bool = False  # "1.700": a thousand or a decimal, as its noun says


def numerals(text: str) -> Iterator[Numeral]:
    """Every number of ``text`` from left to right; none overlaps another."""
    end = 0
    for start in _starts(text):
        match = NUMERAL.match(text, start) if start >= end else None
        if match is not None:
            end = match.end()
            if match["digits"] and end - start > _LONGEST:
                continue  # a code or a dump of digits, no number of anything
            yield from _read(match)


_LONGEST = 40  # characters of a number in digits
_DIGIT = re.compile(r"(?<!\d)\d")
_ARTICLED = [f"a {word}" for word in [*MAGNITUDES, *PARTS, "dozen"] if len(word) > 3]
_WORDS = [word for word in [*UNITS, *TENS, *MAGNITUDES, *_ARTICLED, "half"] if len(word) > 2]
_STARTS = AhoCorasick(sorted({form for word in _WORDS for form in (word, word.capitalize(), word.upper())}))


def _starts(text: str) -> list[int]:
    """The places where a number may begin; the one slow pattern is tried nowhere else."""
    digits = {match.start() for match in _DIGIT.finditer(text)}
    return sorted(digits.union(start for _, start, _ in _STARTS.find_matches_as_indexes(text, overlapping=True)))


def number(words: str) -> Decimal | None:
    """The value of ``words`` when they are one number and nothing else."""
    match = NUMERAL.fullmatch(words.strip())
    found = list(_read(match)) if match else []
    return found[0].value if len(found) == 1 else None


def _read(match: re.Match[str]) -> Iterator[Numeral]:
    kind, words = match.lastgroup or "", match.group()
    start, end = match.span()
    if match["digits"]:
        yield _digits(match, start, end)
    elif kind in ("half", "mixed", "after"):
        value, magnitude = _compound(kind, words.lower())
        yield Numeral(start, end, value, "words", magnitude)
    elif kind == "point":
        yield _spoken(words.lower(), start, end)
    elif kind in ("odds", "ratio", "among"):
        yield from _ratio(words.lower(), start, end)
    elif kind == "part":
        yield Numeral(start, end, _share(words.lower()), "part")
    elif kind == "bare":
        yield Numeral(start, end, Decimal(50), "part")
    elif kind == "words" and not _vague(words.lower(), match.string[max(0, start - 12) : start]):
        yield from _words(words, start)


def _vague(words: str, before: str) -> bool:
    """Whether a bare magnitude is no number: "billions of people", "several dozen citizens"."""
    return (words in MAGNITUDES and not BARE.search(before)) or (words == "dozen" and _SEVERAL.search(before) is not None)


def _digits(match: re.Match[str], start: int, end: int) -> Numeral:
    magnitude_words = (match["magnitude"] or "").lower()
    magnitude = 1
    for word in re.findall(r"[a-z]+", magnitude_words):
        magnitude *= MAGNITUDES.get(word, 1)  # "17 more million"
    digits = match.group()[: len(match.group()) - len(magnitude_words)]
    value, grouped, doubtful = plain(digits)
    return Numeral(start, end, value * magnitude, "digits", magnitude, grouped, doubtful and magnitude == 1)


def plain(digits: str) -> tuple[Decimal, bool, bool]:
    """The value of written digits, whether they are grouped by thousands, and whether that is in doubt ("1.700")."""
    bare = re.sub(r"[, \u00a0\u202f\u2009’']", "", digits)
    if bare.count(".") > 1:
        return Decimal(bare.replace(".", "")), True, False
    doubtful = bool(re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", digits))
    return Decimal(bare), bare != digits, doubtful


def _compound(kind: str, words: str) -> tuple[Decimal, int]:
    """"half a billion", "a quarter of a million", "one and a half billion", "a million and a half"."""
    large = next((word for word in re.split(r"[\s-]", words) if word in MAGNITUDES), "")
    magnitude = MAGNITUDES.get(large, 12 if words.endswith("dozen") else 1)
    if kind == "half":
        if magnitude == 1:  # "half a percent"
            return Decimal("0.5"), 1
        return Decimal(magnitude) / (4 if "quarter" in words else 2), magnitude
    return (_small(words.split()[0]) + Decimal("0.5")) * magnitude, magnitude


def _spoken(words: str, start: int, end: int) -> Numeral:
    """"three point four billion"."""
    whole, _, after = words.partition(" point ")
    decimals = [word for word in after.split() if word not in MAGNITUDES]
    magnitude = MAGNITUDES.get(after.split()[-1], 1)
    value = Decimal(f"{_small(whole)}.{''.join(str(_small(word)) for word in decimals)}")
    return Numeral(start, end, value * magnitude, "words", magnitude)


def _share(words: str) -> Decimal:
    """"two-thirds" in percent, to one decimal as statements give it."""
    first, _, part = re.sub(r"[^a-z]", " ", words).partition(" ")
    count = UNITS.get(first, TENS.get(first, 1))
    return round(Decimal(100 * count) / PARTS[part.removesuffix("s") if part != "half" else part], 1)


def _ratio(words: str, start: int, end: int) -> Iterator[Numeral]:
    """"one in five" is 20 percent; "ten in one" is nothing."""
    first, last = (_small(word) for word in (re.split(r"[ \u00a0\u202f-]", words)[0], re.split(r"[ \u00a0\u202f-]", words)[-1]))
    if 0 < first < last <= 1000 and (last in (3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 50, 100, 1000) or "out" in words):
        yield Numeral(start, end, round(100 * first / last, 1), "part")
    else:
        width = re.match(r"[a-z0-9]+", words)
        yield Numeral(start, start + (width.end() if width else 1), first, "words")


def _small(word: str) -> Decimal:
    """The value of "7", "seven" or "twenty-seven"; "a" is one."""
    parts = word.split("-")
    return Decimal(word) if word.isdigit() else Decimal(sum(UNITS.get(part, TENS.get(part, part in ("a", "an"))) for part in parts))


def _words(words: str, start: int) -> Iterator[Numeral]:
    """Numbers in words: one, or several side by side ("two and three" are two)."""
    total = current = Decimal(0)
    begin: int | None = None
    last, level, magnitude = 0, 0, 1
    for token in _TOKEN.finditer(words):
        word = token.group().lower()
        value = UNITS.get(word, TENS.get(word))
        rank = 1 if word in UNITS and UNITS[word] < 10 else 2 if value is not None else 9
        dozens = word == "dozen" and 1 < current < 20
        fits = value is None or current == 0 or dozens or level == 3 or (level == 2 and rank == 1 and current % 100 >= 20)
        if begin is not None and not (fits and _joined(words[last : token.start()], level)):
            yield Numeral(start + begin, start + last, total + current, "words", magnitude)
            total, current, begin, level, magnitude = Decimal(0), Decimal(0), None, 0, 1
        if begin is None:
            begin = token.start() if token.start() > 3 else 0
        if dozens:
            current, level = current * 12, 3
        elif value is not None:
            current, level = current + value, rank
        elif word == "hundred":
            current, level = (current or Decimal(1)) * 100, 3
        else:
            magnitude = max(magnitude, MAGNITUDES[word])
            total, current, level = total + (current or Decimal(1)) * MAGNITUDES[word], Decimal(0), 3
        last = token.end()
    if begin is not None:
        yield Numeral(start + begin, start + last, total + current, "words", magnitude)


def _joined(gap: str, level: int) -> bool:
    """Whether two number words are one number: "thirty-six" and "a hundred and five" are, "two, three" is not."""
    return gap in ("-", "\u2010", "\u2011", " ", "") or (level == 3 and gap in (" and ", " and a "))
