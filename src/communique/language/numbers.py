"""Numbers: every quantity a text states, with its qualifier, its value and its unit, at exact offsets.

    "over 220 billion masks"            > 220000000000 (count; the noun is read by ``nouns``)
    "50 million US dollars"             = 50000000 USD           "Rs. 15,600 million" = 15600000000 INR, or LKR said by Sri Lanka
    "between 5 and 7 per cent"          = 5 to 7 percent         "one-third of" = 33.3 percent
    "up to about 80%"                   <= 80 percent            "three times larger" = 3 times

Years, dates, ordinals, clock times, durations, ages and the numbers of articles, resolutions and lists are no quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from communique.language.numerals import MAGNITUDES, Numeral, number, numerals, plain
from communique.vocabulary.currencies import currencies
from communique.vocabulary.units import units

Rel = Literal["=", ">", ">=", "<", "<=", "~"]
Kind = Literal["count", "money", "percent", "measure", "times"]

QUALIFIERS: dict[str, Rel] = {
    "over": ">", "more than": ">", "greater than": ">", "higher than": ">", "larger than": ">", "above": ">", "beyond": ">", "exceeding": ">",
    "exceeds": ">", "exceed": ">", "exceeded": ">", "in excess of": ">", "upwards of": ">", "upward of": ">", "north of": ">", "surpassing": ">",
    "surpassed": ">", "well over": ">", "just over": ">", "well beyond": ">", "well above": ">", "slightly over": ">", "slightly more than": ">",
    "far more than": ">", "much more than": ">", "well more than": ">", "just more than": ">", "a little over": ">", "a little more than": ">",
    "at least": ">=", "no less than": ">=", "not less than": ">=", "no fewer than": ">=", "not fewer than": ">=", "a minimum of": ">=",
    "minimum of": ">=", "a minimum": ">=", "nearly": "<", "almost": "<", "less than": "<", "fewer than": "<", "under": "<", "below": "<",
    "just under": "<", "well under": "<", "well below": "<", "just below": "<", "lower than": "<", "not quite": "<", "close to": "<",
    "up to": "<=", "as many as": "<=", "as much as": "<=", "no more than": "<=", "not more than": "<=", "a maximum of": "<=",
    "maximum of": "<=", "at most": "<=", "capped at": "<=", "not exceeding": "<=", "not to exceed": "<=", "a cap of": "<=",
    "about": "~", "around": "~", "some": "~", "approximately": "~", "roughly": "~", "circa": "~", "an estimated": "~", "estimated": "~",
    "approx.": "~", "approx": "~", "in the region of": "~", "on the order of": "~", "in the order of": "~", "somewhere around": "~", "~": "~",
    "a total of": "=", "an additional": "=", "a further": "=", "an extra": "=", "another": "=", "an average of": "=", "a record": "=",
    "only": "=", "just": "=", "exactly": "=", "additional": "=", "these": "=", "those": "=", "all": "=",
}  # fmt: skip
TRAILERS: dict[str, Rel] = {
    "or more": ">=", "or above": ">=", "or higher": ">=", "and above": ">=", "and more": ">=", "or greater": ">=", "or over": ">=",
    "-plus": ">", "plus": ">", "+": ">", "or less": "<=", "or fewer": "<=", "or below": "<=", "or lower": "<=", "or so": "~",
}  # fmt: skip


def _alternation(forms: dict[str, Rel]) -> str:
    return "|".join(re.escape(form).replace(r"\ ", r"\s") for form in sorted(forms, key=lambda form: -len(form)))


_QUALIFIER = re.compile(rf"(?<![\w-])(?P<first>{_alternation(QUALIFIERS)})\s?(?:(?P<second>{_alternation(QUALIFIERS)})\s|the\s)?$", re.IGNORECASE)
_ABOUT_WHICH = re.compile(r"(?:built|based|cent[er]+ed|focus\w*|organi[sz]ed|revolv\w*|structured|rally|unite[ds]?)\s$", re.IGNORECASE)
_TRAILER = re.compile(rf"[ -]?(?P<form>{_alternation(TRAILERS)})(?![\w+])", re.IGNORECASE)
_RANGE = re.compile(r" ?(?P<join>-|–|—|‑| to | or | and )$")
_SIDE_BY_SIDE = re.compile(r"(?:-|–|—|‑|\s?(?:to|or|and)\s)")
_MONTH = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
_DATE_BEFORE = re.compile(rf"(?<![A-Za-z]){_MONTH}\s(?:\d{{1,2}}(?:st|nd|rd|th)?(?:\s?[-–—]\s?|,\s|\sand\s|\sto\s))?$")
_DATE_AFTER = re.compile(rf"(?:st|nd|rd|th)?(?:(?:\s?[-–—]\s?|,\s|\sand\s|\sto\s)\d{{1,2}}(?:st|nd|rd|th)?)?\s(?:of\s)?{_MONTH}(?![a-z])")
_ORDINAL = re.compile(r" ?(?:st|nd|rd|th|ST|ND|RD|TH)(?![A-Za-z])")
_GLUED_BEFORE = re.compile(r"(?:[\w/+#§:]|[A-Za-z0-9][-–.]|\d[.,]|\bv\.?|S/RES/|(?<!\w)No\.?\s?|(?<!\w)Nos\.?\s?|№\s?)$")
_WORD_BEFORE = re.compile(r"[A-Za-z/#_][-.]?$")
_GLUED_AFTER = re.compile(r"[A-Za-z/]|[-‑](?:[A-Z]{2,}\d|\d)|:\d|\+\d|\.\d|,\d")
_REFERENCE = re.compile(
    r"(?<![\w])(?:[Aa]rticles?|Arts?\.|[Rr]esolutions?|[Ss]ections?|[Ss]ecs?\.|[Nn]umbers?|[Cc]hapters?|[Pp]aragraphs?|[Pp]aras?\.?|[Aa]nnex(?:es)?|Goals?|SDGs?"
    r"|[Ss]ubparagraphs?|[Ss]ubsections?|[Cc]lauses?|[Pp]hases?|[Pp]ages?|pp?\.|[Ff]lights?|[Tt]ables?|[Ff]igures?|[Ss]chedules?|[Cc]olumns?|[Hh]eading|[Tt]iers?|[Ll]evel"
    r"|Rules?|Parts?|Groups?|COP|Conference of the Parties|Orders?|Acts?|Rooms?|Vision|Category|Class|Type|Grade|Session|Title|Day|Version|Scope|Highway"
    r"|Route|Runway|Terminal|Block|Zone|Items?|Points?|Agenda|Basel|Horizon|Artemis|Apollo|Form|World War|Track|Pillar|Building|Apartment|Mission"
    r"|Expedition|Proclamation|Memorandum|Directive|Regulation|Law|Decree|Channel|Line|Step|Model|Series|Unit|Case|Docket|Chapter|G|Boeing|Airbus|Falcon|Hours?)"
    r"\s(?:\(?\d+(?:\.\d+)*\)?(?:,\s|\sand\s|\sor\s|,\sand\s|\sto\s|[-–]))*$"
)
_CLOCK = re.compile(r"(?::\d\d|\s?(?:[ap]\.?m\b|o[’']clock|hours?\sGMT|hrs\b|GMT|UTC))", re.IGNORECASE)
_DURATION = re.compile(
    r"(?:[ \u00a0-]|[ -](?:or|to|and)[ -])?(?:(?:consecutive|straight|full|more|additional|long|short|working|business|calendar|fiscal|and a half|further|successive|whole|formative|extra|critical|difficult|brutal|past|last|next)[ -])*"
    r"(?:years?|yrs?|months?|weeks?|days?|nights?|hours?|minutes?|seconds?|decades?|century|centuries|fortnights?|generations?|quarters?)(?![A-Za-z])",
    re.IGNORECASE,
)
_AGE_BEFORE = re.compile(r"(?<!\w)(?:age[sd]?|aged|ages of|age of|turned|turns|under the age of|over the age of)\s(?:\d+\s(?:and|to)\s|\d+[-–])?$", re.IGNORECASE)
_AGE_AFTER = re.compile(r"[ -]year[s]?[ -]olds?", re.IGNORECASE)
_LIST_MARK = re.compile(r"(?:^|\n)[ \t\-•*]*\(?$")
_YEAR_BEFORE = re.compile(
    r"(?<!\w)(?:in|since|by|of|until|till|from|to|through|before|after|during|for|year|years|early|late|mid|fiscal|FY|FY\s?|the|and|between|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|,|\(|[-–/]|'|’|"
    r"spring|summer|autumn|fall|winter|end-|mid-|this|its|our|their|latest|last|next|original)\s?$",
    re.IGNORECASE,
)
_SHARE_NEXT = re.compile(r"\s(?:of|the|our|a|their|its|all|that|this|his|her|my|these|those)\s", re.IGNORECASE)
_TIMES = re.compile(r"[ -](?:times|fold|folds)(?![A-Za-z])|-fold|fold(?![A-Za-z])|X(?![A-Za-z])")
_TIMES_NOT = re.compile(r"\s(?:when|that|he|she|we|they|I|this|of)\s|\s?[,.]?$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that counts or measures: ``text[start:end]`` runs from its qualifier to its unit word."""

    start: int
    end: int
    value: float
    rel: Rel
    kind: Kind
    unit: str = ""  # ISO currency, "percent", a measure, "times"; "" for a count
    high: float | None = None
    core: int = 0  # where the number itself starts, its qualifier left out
    number_end: int = 0  # where the number itself ends, before its unit word or "or more"
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class _Amount:
    """A numeral with the currency or unit beside it."""

    start: int
    end: int
    numeral: Numeral
    kind: Kind
    unit: str
    factor: Decimal = Decimal(1)

    @property
    def value(self) -> Decimal:
        return self.numeral.value * self.factor


def find(text: str, side: str = "") -> tuple[Quantity, ...]:
    """The quantities of ``text`` in order; ``side`` (a code) says whose "$" or "rupees" are meant."""
    found: list[Quantity] = []
    amounts = list(_amounts(text, side))
    position = 0
    while position < len(amounts):
        low = amounts[position]
        high = amounts[position + 1] if position + 1 < len(amounts) else None
        if high is not None and _ranges(text, low, high):
            found.append(_quantity(text, low, high))
            position += 2
        else:
            if low.kind != "count" or not _excluded(text, low):
                found.append(_quantity(text, low, None))
            position += 1
    return tuple(sorted([*found, *_multiples(text)], key=lambda one: one.start))


_MULTIPLE = re.compile(
    r"(?<![\w-])(?:(?P<verb>(?P<stem>doubl|tripl|quadrupl)(?:ed|ing)(?!-)|(?:(?<=to )|(?<=will )|(?<=can )|(?<=and )|(?<=would ))(?P<bare>double|triple|quadruple))(?![\w-])"
    r"(?=\s(?:our|its|their|the|his|of|from|to|over|in|since|[a-z]+ [a-z]+ (?:capacity|support))|[,.])|a factor of (?P<factor>[a-z]+|\d+)(?!\w))",
    re.IGNORECASE,
)
_FOLD = {"doubl": 2, "tripl": 3, "quadrupl": 4}


def _multiples(text: str) -> Iterator[Quantity]:
    """"doubled", "to triple", "by a factor of five": multiples that a verb states."""
    for match in _MULTIPLE.finditer(text):
        stem = (match["stem"] or match["bare"] or "").lower().rstrip("e")
        value = _FOLD.get(stem) or number(match["factor"] or "")
        if value is not None:
            start, rel = _qualifier(text, match.start(), False)
            yield Quantity(start, match.end(), float(value), rel, "times", "times", None, match.start(), match.end())


def _amounts(text: str, side: str) -> Iterator[_Amount]:
    end = 0
    for numeral in numerals(text):
        if numeral.start < end:
            continue
        amount = _money(text, numeral, side) or _measure(text, numeral)
        if amount is None and numeral.form == "part":
            if not _is_share(text, numeral):
                continue
            amount = _Amount(numeral.start, numeral.end, numeral, "percent", "percent")
        amount = amount or _Amount(numeral.start, numeral.end, numeral, "count", "")
        if amount.kind not in ("count", "money") and _WORD_BEFORE.search(text, max(0, numeral.start - 2), numeral.start):
            continue
        end = amount.end
        yield amount


def _money(text: str, numeral: Numeral, side: str) -> _Amount | None:
    """The amount with the currency that stands before or after it, whichever is surer."""
    table = currencies()
    if numeral.form == "part":
        return None
    window = text[max(0, numeral.start - 8) : numeral.start]
    before = table.before.search(window)
    after = table.after.match(text, numeral.end)
    start, end, code = numeral.start, numeral.end, None
    if before is not None:
        code = table.code(before["sign"], "", side)
        start = numeral.start - len(before.group())
    elif (swapped := _magnitude_between(text, numeral, side)) is not None:
        return swapped
    if after is not None:
        named = table.code(after["word"] or after["sign"], after["adjective"] or "", side)
        sure = after["adjective"] or after["sign"] or before is None
        if named is not None and (before is None or sure or before["sign"].endswith("$")):
            if before is None and after["word"] in ("pound", "real", "som") and numeral.magnitude < 1000 and not after["adjective"]:
                return None
            code = named if before is None or after["adjective"] or after["sign"] not in (None, "$") else code
            end = after.end()
    return _Amount(start, end, numeral, "money", code) if code else None


_SWAPPED = re.compile(r"(?P<sign>(?:Rs\.?|US\$|USD|LKR|INR|PKR|EUR|€|RMB))\s(?P<magnitude>[Mm]illion|[Bb]illion|[Tt]rillion|[Mm]n\.?|[Bb]n\.?)\s$")


def _magnitude_between(text: str, numeral: Numeral, side: str) -> _Amount | None:
    """"Rs. Million 350": the magnitude between the sign and the number, as some cabinet papers write it."""
    match = _SWAPPED.search(text[max(0, numeral.start - 20) : numeral.start])
    code = currencies().code(match["sign"], "", side) if match else None
    if match is None or code is None:
        return None
    factor = Decimal(MAGNITUDES[match["magnitude"].lower().rstrip(".")])
    return _Amount(numeral.start - len(match.group()), numeral.end, numeral, "money", code, factor)


def _measure(text: str, numeral: Numeral) -> _Amount | None:
    """The amount with the percent sign, the degree or the other unit that follows it."""
    match = units().after.match(text, numeral.end)
    if match is None or numeral.form == "part":
        return None
    unit = units().forms[match["form"]]
    if unit.kind == "times" and not _multiplies(text, match):
        return None
    return _Amount(numeral.start, match.end(), numeral, unit.kind, unit.name, unit.factor)  # type: ignore[arg-type]


def _multiplies(text: str, match: re.Match[str]) -> bool:
    """"three times larger" multiplies; "met three times." counts occasions."""
    if match["form"] != "times":
        return True
    return bool(re.match(r"\s(?:more|less|larger|higher|greater|bigger|faster|as|the|its|our|their|that|what|longer|stronger|lower|worse|better)\b", text[match.end() : match.end() + 12]))


def _is_share(text: str, numeral: Numeral) -> bool:
    """A part is a share when a whole follows ("a third of our aid"); "a quarter" is also a time, "half" also an adverb."""
    words = text[numeral.start : numeral.end].lower()
    before = text[max(0, numeral.start - 14) : numeral.start].lower()
    after = text[numeral.end : numeral.end + 12]
    if re.search(r"(?:first|second|other|latter|better|past|last|next|final|this|each|every|and a|-)\s?$", before) or after[:1] == "-":
        return False
    if re.match(r"\s(?:in|out)\sof\b", after) or re.search(r"\d|in|out of", words) and re.search(r"\b(?:in|out of)\b", words.replace("-", " ")):
        return True
    if re.match(r"\sof\s(?:the\s)?(?:\d{4}|this year|last year|next year|the year|a\s(?:century|decade|year))", text[numeral.end : numeral.end + 22]):
        return False
    if re.match(r"\sof\s", after):
        return True
    return bool(words == "half" and _SHARE_NEXT.match(text, numeral.end) and re.search(r"(?:almost|nearly|over|than|least|about|around|to|roughly|approximately)\s$", before)) or (
        words != "half" and bool(re.search(r"(?:almost|nearly|over|than|least|about|around|by|roughly|approximately|up to|just under)\s$", before))
    )


def _ranges(text: str, low: _Amount, high: _Amount) -> bool:
    """Whether two amounts are the ends of one range: "10 to 15 million", "between 5 and 7 per cent", "2 or 3 million"."""
    gap = text[low.end : high.start]
    if not _SIDE_BY_SIDE.fullmatch(gap) or low.numeral.form == "part" or high.numeral.form == "part":
        return False
    if low.kind not in ("count", high.kind) or (low.kind == high.kind and low.unit != high.unit):
        if not (high.kind == "count" and low.kind == "money"):
            return False
    before = text[max(0, low.start - 9) : low.start].lower()
    word = gap.strip().lower()
    if word == "and" and not before.endswith("between "):
        return False
    if word == "to" and before.endswith(("from ", "by ")):
        return False
    first, second = _ends(low, high)
    if low.kind == "count" and high.kind == "count" and (_excluded(text, low) or _excluded(text, high, word not in "-–—‑")):
        return False
    return first < second and (word != "or" or second <= first * 2)


def _ends(low: _Amount, high: _Amount) -> tuple[Decimal, Decimal]:
    """The two values; a magnitude or unit said once holds for both."""
    factor = max(low.factor, high.factor)
    first = low.numeral.value * factor
    if low.numeral.magnitude == 1 and not low.numeral.grouped and high.numeral.magnitude > 1 and low.numeral.value < 1000:
        first *= high.numeral.magnitude
    return first, high.numeral.value * factor


def _quantity(text: str, low: _Amount, high: _Amount | None) -> Quantity:
    last = high or low
    money = next((amount for amount in (low, last) if amount.kind == "money"), last)
    start, rel = _qualifier(text, low.start, high is not None)
    end = last.end
    trailer = _TRAILER.match(text, end)
    if trailer is not None and not (trailer["form"].lower() == "plus" and text[end : end + 1] == " "):
        end, rel = trailer.end(), TRAILERS[trailer["form"].lower()]
    value, top = _ends(low, high) if high else (low.value, None)
    return Quantity(
        start, end, float(value), rel, money.kind, money.unit, None if top is None else float(top), low.start, last.numeral.end, low.numeral.doubtful,
    )


def _qualifier(text: str, start: int, ranged: bool) -> tuple[int, Rel]:
    """Where the qualifier before a number starts, and the relation it states."""
    offset = max(0, start - 44)
    window = text[offset:start]
    if ranged and window.lower().endswith("between "):
        return start - len("between "), "="
    match = _QUALIFIER.search(window)
    if match is None:
        return start, "="
    if match["first"].lower() == "around" and _ABOUT_WHICH.search(window[: match.start()]):
        return start, "="
    first = QUALIFIERS[re.sub(r"\s", " ", match["first"].lower())]
    second = QUALIFIERS[re.sub(r"\s", " ", match["second"].lower())] if match["second"] else "="
    return offset + match.start(), first if first != "=" else second


def _excluded(text: str, amount: _Amount, first: bool = True) -> bool:
    """Years, dates, ordinals, clock times, durations, ages, references, list marks: numbers that are no quantity."""
    start, end, numeral = amount.start, amount.end, amount.numeral
    before = text[max(0, start - 40) : start]
    digits = numeral.form == "digits"
    if digits and (_ORDINAL.match(text, end) or (first and _GLUED_BEFORE.search(before)) or _glued(text, end)):
        return True
    if digits and numeral.magnitude == 1 and (_DATE_BEFORE.search(before) or _DATE_AFTER.match(text, end) or _CLOCK.match(text, end)):
        return True
    if _DURATION.match(text, end) or _AGE_BEFORE.search(before) or _AGE_AFTER.match(text, end):
        return True
    if numeral.magnitude == 1 and _REFERENCE.search(before):
        return True
    if digits and _LIST_MARK.search(before) and re.match(r"[.)]", text[end : end + 1]):
        return True
    return digits and _year(text, numeral, before, end)


def _glued(text: str, end: int) -> bool:
    """"5G", "2+2", "9/11", "10:30", "3-2": a number that is part of a name or a code."""
    match = _GLUED_AFTER.match(text, end)
    return match is not None and not re.match(r"[-‑][a-z]", text[end : end + 2])


def _year(text: str, numeral: Numeral, before: str, end: int) -> bool:
    """A bare four-digit number of our time is a year unless a qualifier or a counted noun says otherwise."""
    if numeral.grouped or numeral.magnitude > 1 or not 1400 <= numeral.value <= 2200 or numeral.end - numeral.start != 4:
        return False
    if _QUALIFIER.search(before) and not re.search(r"(?:beyond|about|some|all|these|those|exceed\w*|around)\s$", before):
        return False
    if _YEAR_BEFORE.search(before):
        return True
    return not re.match(r"\s(?:[a-z]+\s)?(?:people|persons|troops|soldiers|men|women|children|families|tonnes|tons|jobs|participants|delegates|students|refugees|houses|police)\b", text[end : end + 30])


def counted(quantity: Quantity, thousands: bool) -> Quantity:
    """The quantity with a doubtful "1.700" settled: a thousand when it counts things, a decimal when it measures."""
    if not (quantity.doubtful and thousands):
        return replace(quantity, doubtful=False)
    value, _, _ = plain(f"{quantity.value:.3f}".replace(".", ""))
    return replace(quantity, value=float(value), doubtful=False)
