"""The date a document bears: ``stamp(text)`` gives the ISO date, where it stands and how it was found, or why there is none.

A date counts only where documents put their own: on a line of its own near the top, after "Updated" or "date",
in a dateline ("GENEVA, 4 March 2021 (Agency) --"), in the title, or at the foot ("Done at Lima on 3 May 2019").
Dates in running prose are of events and never taken.  What can be read two ways ("03/04/2021") is not chosen from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
    "seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth "
    "twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
).split()
UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_MONTH = (
    r"(?P<m>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|"
    r"dec(?:ember)?)"
)
_DAY = r"(?P<d>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<y>(?:19|20)\d\d)"
FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{_YEAR}[-/.](?P<m>[01]?\d)[-/.](?P<d>[0-3]?\d)(?:T[\d:.]+Z?)?(?!\d)",
        rf"\b{_DAY}(?:\s+day)?(?:\s+of)?[\s-]+{_MONTH}\.?,?[\s-]+{_YEAR}\b",
        rf"\b{_MONTH}\.?\s+{_DAY}(?:\s*,\s*|\s+){_YEAR}\b",
        rf"\b(?P<o>{'|'.join(sorted(ORDINALS, key=len, reverse=True))})(?:\s+day)?\s+of\s+{_MONTH},?\s+(?:in the year\s+)?(?:{_YEAR}|"
        rf"(?P<w>two thousand(?: and)? [a-z]+(?:[- ][a-z]+)?))",
        r"(?<![\d/.-])(?P<a>[0-3]?\d)[/.](?P<b>[0-3]?\d)[/.](?P<y>(?:(?:19|20)\d\d|\d\d))(?![\d/])",
    )
)
MONTH_ONLY = re.compile(rf"^\W*{_MONTH}\.?,?\s+{_YEAR}\W*$", re.IGNORECASE)
YEARLESS = re.compile(rf"\b(?:{_MONTH}\.?\s+{_DAY}|(?P<d2>[0-3]?\d)\s+(?P<m2>{_MONTH[6:-1]}))\b(?!\s*,?\s*\d{{4}})", re.IGNORECASE)
COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)\W{0,3}(?P<y>(?:19|20)\d\d)\b", re.IGNORECASE)
LABEL = re.compile(
    r"(?:^|[|·•\s])(?P<label>published|posted|released|issued|release date|publication date|date of issue|press release|dated?|delivered|"
    r"last updated|updated?|last modified|created|on)\b[^\S\n]*(?:on|at|:|-)?[^\S\n]*(?:\d{1,2}:\d\d(?:\s*[ap]\.?m\.?)?,?\s*)?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s*)?$",
    re.IGNORECASE,
)
DATELINE = re.compile(r"^\s*[A-Z][\w.'’ -]{1,40}(?:,\s*[A-Z][\w.'’ -]{1,30}){0,2}[,/\s–—-]+$")
AFTER_DATELINE = re.compile(r"^[,.\s]*(?:\([^)\n]{2,40}\)|/[\w ]+/)?\s*(?:--|[–—:-]|/)")
ALONE = re.compile(
    r"[\W\d_]|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:mon|tue|wed|thu|thur|fri|sat|sun)\b|\b(?:a\.?m|p\.?m|gmt|utc|"
    r"[ecmp][sd]?t|cest|hrs?|local time|time|date|at|on|of|the|in)\b", re.IGNORECASE
)
OCCASION = re.compile(
    r"^\W*(?:(?:opening|closing|keynote|joint|press|welcome|national|country|transcript of) )*(?:speech|remarks|statement|address|"
    r"intervention|"
    r"press conference|interview|doorstop|message|lecture|oral reply|reply|media release|declaration|communiqu[eé])\b[^\n]*\b(?:on|"
    r",)\s*(?:\w+day,?\s*)?$",
    re.IGNORECASE,
)
NOT_OWN = re.compile(
    r"\b(?:accessed|retrieved|downloaded|viewed|posted on \w+ until|as of|since|until|from|into force on|effective|born|tabled|dated|"
    r"released on|in \w+ on|up to|by)\W*$", re.IGNORECASE)
FOOT = re.compile(r"^\W*(?:and )?(?:done|signed|adopted|issued|given|made|concluded)\b[^\n]{0,90}$", re.IGNORECASE)
LINE = re.compile(r"[^\n\r]+")
HEAD_LINES, HEAD_CHARS, FOOT_CHARS = 200, 8000, 700
REACH = 500  # characters of a line in which its date may stand
PROSE = 160  # a line longer than this is running text: the head ends there
ADDRESS = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[-_/.]?(?P<m>0[1-9]|1[0-2])[-_/.]?(?P<d>0[1-9]|[12]\d|3[01])(?!\d)")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A document's date and how it was found; ``iso`` is ``None`` when none could be told, ``how`` then says why."""

    iso: str | None
    how: str
    start: int = 0
    end: int = 0


def stamp(text: str, title: str = "", american: bool | None = None) -> Stamp:
    """The date that ``text`` bears.  ``american``: whether its publisher writes month first, when that is known."""
    ranked = sorted(_candidates(text, title, american), key=lambda found: found[0])
    plain = [found for found in ranked if found[1].iso is not None]
    if plain:
        return plain[0][1]
    if ranked:
        return _settled(ranked[0][1], text)
    undated = _yearless(text)
    if undated is not None:
        return undated
    return Stamp(None, "no date stands where documents put their own")


def written(value: str) -> str | None:
    """The ISO form of a date given as a string: ISO of any precision or period, or one written out; else ``None``."""
    value = value.strip()
    parts = value.split("/")
    if len(parts) <= 2 and all(map(_iso, parts)):
        return value
    found = [made for _, _, made, whole in dates(value) if whole]
    return found[0] if len(found) == 1 else None


def in_address(address: str) -> str | None:
    """The date inside a file name or a web address."""
    made = [_made(found["y"], found["m"], found["d"]) for found in ADDRESS.finditer(address)]
    return next((iso for iso in made if iso), None)


def dates(text: str, start: int = 0, end: int | None = None, american: bool | None = None) -> Iterator[tuple[int, int, str | None, bool]]:
    """Full dates in ``text``: place, ISO form (``None`` when it reads two ways) and whether it is certain; in order."""
    stop = len(text) if end is None else end
    found = [(hit.start(), hit.end(), *_read(hit, american)) for form in FORMS for hit in form.finditer(text, start, stop)]
    yield from sorted(hit for hit in found if hit[2] is not None or not hit[3])


def _candidates(text: str, title: str, american: bool | None) -> Iterator[tuple[tuple[int, int], Stamp]]:
    """Every date in a place of its own, ranked: labelled, alone on a line, in the head, dateline, foot, title."""
    head = _head(text)
    prose_seen = False
    for start, end in head:
        line = text[start : min(end, start + REACH)]
        for at, to, iso, _ in dates(line, american=american):
            rank, how = _place(line, at, to, prose_seen or _runs(line))
            if rank:
                yield (rank, start), Stamp(iso, how, start + at, start + to)
        month = MONTH_ONLY.match(line)
        if month and not prose_seen:
            yield (8, start), Stamp(f"{month['y']}-{_month(month['m']):02d}", "month on a line of its own", start, end)
        prose_seen = prose_seen or _runs(line)
    yield from (((5, start), found) for start, found in _foot(text, american))
    for _, _, iso, _ in dates(title, american=american):
        yield (6, 0), Stamp(iso, "in the title")


def _foot(text: str, american: bool | None) -> list[tuple[int, Stamp]]:
    """Dates that close the document: "Done at Lima, on 3 May 2019", or alone on one of the last lines; none if they differ."""
    found: list[tuple[int, Stamp]] = []
    for line in list(LINE.finditer(text, max(0, len(text) - FOOT_CHARS)))[-8:]:
        for at, to, iso, _ in dates(line[0], american=american):
            if FOOT.match(line[0][:at]) or not ALONE.sub("", line[0][:at] + line[0][to:]):
                found.append((line.start(), Stamp(iso, "at the foot", line.start() + at, line.start() + to)))
    return found if len({one.iso for _, one in found}) == 1 else []


def _head(text: str) -> list[tuple[int, int]]:
    """The lines before the running text, and the first of its own (datelines stand there)."""
    lines: list[tuple[int, int]] = []
    prose = 0
    for line in LINE.finditer(text, 0, HEAD_CHARS):
        if not line[0].strip():
            continue
        lines.append(line.span())
        prose += _runs(line[0])
        if prose > 1 or len(lines) == HEAD_LINES:
            break
    return lines


def _runs(line: str) -> bool:
    """Whether a line is running text: long, or a sentence of some length."""
    line = line.strip()
    return len(line) > PROSE * 3 or (line[-1:] in ".!?\"”" and len(line) > 50 and not re.search(r"[A-Z]\.?\s*[A-Z]\.$", line))


def _place(line: str, at: int, to: int, prose: bool) -> tuple[int, str]:
    """How a date stands in its line: a rank (0: not a place for a document's own date) and its name."""
    before, after = line[:at], line[to:]
    if NOT_OWN.search(before) and len(before) > 8:
        return 0, ""
    label = LABEL.search(before)
    if label and label["label"].lower() != "on" and len(before) < 60:
        return (2 if "updated" in label["label"].lower() or "modified" in label["label"].lower() else 1), f"after \"{label['label']}\""
    if not ALONE.sub("", before + after):
        return 4 if prose else 1, "on a line of its own"
    if OCCASION.match(before) and not after.strip(" .)*_"):
        return 3, "at the end of the headline"
    if DATELINE.match(before) and AFTER_DATELINE.match(after):
        return 3, "in the dateline"
    if not prose and len(line) < PROSE and len(ALONE.sub("", before + after)) < 60:
        return 3, "in the head"
    return (4, "in the head") if not prose else (0, "")


def _yearless(text: str) -> Stamp | None:
    """A dateline without its year ("LAGOS, March 4 (Agency) --"): the year of the page's copyright, or none and why."""
    for start, end in _head(text):
        line = text[start : min(end, start + REACH)]
        hit = YEARLESS.search(line)
        if hit and DATELINE.match(line[: hit.start()]) and AFTER_DATELINE.match(line[hit.end() :]):
            year = COPYRIGHT.search(text[-FOOT_CHARS * 2 :])
            iso = _made(year["y"], str(_month(hit["m"] or hit["m2"])), hit["d"] or hit["d2"]) if year else None
            how = "in the dateline, its year from the copyright line" if iso else f'the dateline\'s "{hit[0]}" has no year'
            return Stamp(iso, how, start + hit.start(), start + hit.end())
    return None


def _settled(found: Stamp, text: str) -> Stamp:
    """A date that reads two ways, settled by a full date of the same text that agrees with one reading, if any."""
    readings = set(_both(text[found.start : found.end]))
    told = {iso for _, _, iso, sure in dates(text[:HEAD_CHARS]) if sure and iso in readings}
    if len(told) == 1:
        return Stamp(told.pop(), f"{found.how}, read as the date written out elsewhere", found.start, found.end)
    words = text[found.start : found.end]
    return Stamp(None, f'"{words}" can be read as day and month or as month and day', found.start, found.end)


def _both(words: str) -> Iterator[str]:
    hit = FORMS[-1].search(words)
    if hit:
        for month, day in ((hit["a"], hit["b"]), (hit["b"], hit["a"])):
            iso = _made(_century(hit["y"]), month, day)
            if iso:
                yield iso


def _read(hit: re.Match[str], american: bool | None) -> tuple[str | None, bool]:
    """The ISO date of a match, and whether it is certain."""
    groups = hit.groupdict()
    if "a" in groups:
        readings = list(dict.fromkeys(_both(hit[0])))
        if len(readings) == 2 and american is not None:
            return (readings[0] if american else readings[1]), True
        return (readings[0], True) if len(readings) == 1 else (None, not readings)
    day = groups.get("d") or str(ORDINALS.index(groups["o"].lower()) + 1)
    year = groups.get("y") or _worded(groups.get("w") or "")
    month = groups["m"]
    return _made(year, month if month.isdigit() else str(_month(month)), day), True


def _made(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _month(word: str) -> int:
    return next(number for number, name in enumerate(MONTHS, 1) if name.startswith(word.lower()[:3]))


def _century(year: str) -> str:
    return year if len(year) == 4 else ("20" if int(year) < 70 else "19") + year


def _worded(words: str) -> str:
    """ "two thousand and twenty-three" as 2023; empty when it is no year."""
    total = 2000
    for word in re.split(r"[\s-]+", words.lower())[2:]:
        total += UNITS.index(word) if word in UNITS else (TENS.index(word) + 2) * 10 if word in TENS else 0
    return str(total)


def _iso(part: str) -> bool:
    shape = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", part)
    return bool(shape) and _made(part[:4], part[5:7] or "1", part[8:10] or "1") is not None
