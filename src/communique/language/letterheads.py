"""The letterhead of a page that no list of publishers knows: a ministry, the state it belongs to, or a wire service.

REPUBLIC OF KENYA / MINISTRY OF FOREIGN AFFAIRS     Ministry of Foreign Affairs of Kenya
Ministry of Foreign Affairs, Nairobi, 2 July 2024   Ministry of Foreign Affairs of Kenya, by the capital
Southern Wire Service / BAKU, Nov 13 (Southern Wire) --   Southern Wire Service, a news medium
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from communique.language.names import find
from communique.vocabulary.actors import load

_BODY = re.compile(
    r"(?:(?:the|federal|royal|imperial)\s+)?(?:minist(?:ry|[eè]re|[eéè]rio|[eè]ro|erium)|department|office of the|presidency"
    r"|state house|cabinet|embassy|high commission|permanent mission|chancellery|foreign office|government press"
    r"|prime minister[’']s office|president[’']s office)\b",
    re.IGNORECASE,
)
_WIRE = re.compile(
    r"(?P<name>[A-Z][\w’'& .-]{1,40}?\b(?:Wire|Newswire|News|Press|Agency|Times|Post|Herald|Tribune|Gazette|Broadcasting)"
    r"(?: Service| Agency| Network| Group)?)"
)
_DATELINE = re.compile(r"^[A-ZÀ-Ý][A-ZÀ-Ý .'-]{2,30}, [^\n]{3,40}?\((?P<name>[A-Z][\w &.-]{1,30})\)", re.MULTILINE)
_DATED = re.compile(r",?\s*(?:\d{1,2}(?:st|nd|rd|th)?\s+)?[A-Z][a-zç]{2,9}\.?\s+(?:\d{1,2},?\s+)?\d{4}\W*$|,?\s*\d{4}-\d\d-\d\d\W*$")
_LONGEST = 110  # characters of a letterhead line
_LINES = 6  # lines of a head in which a letterhead stands


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who a page says it is from: the name, the side it speaks for, and the lines that say so."""

    name: str
    side: str  # a code; empty for a news medium
    lines: tuple[str, ...]
    media: bool = False


@cache
def _capitals() -> dict[str, str]:
    return {form.text.casefold(): form.codes[0] for form in load().forms if form.rule == "capital"}


def letterhead(head: list[str], text: str) -> Letterhead | None:
    """The letterhead in the first lines of a page, or none."""
    lines = [line for line in head[:_LINES] if len(line) <= _LONGEST]
    return _wire(lines, text) or _ministry(lines)


def _wire(lines: list[str], text: str) -> Letterhead | None:
    """A medium named at the top whose name, or the start of it, is credited in the dateline."""
    credited = _DATELINE.search(text[:3000])
    if credited is None:
        return None
    named = (found for line in lines if (found := _WIRE.fullmatch(line.strip())))
    first = next((found for found in named if found["name"].startswith(credited["name"])), None)
    return Letterhead(first["name"], "", (first.string,), media=True) if first else None


def _ministry(lines: list[str]) -> Letterhead | None:
    for at, line in enumerate(lines):
        bare = _DATED.sub("", line.strip(" *_#|")).strip(" ,")
        if not _BODY.match(bare):
            continue
        own = _state(bare)
        if own:
            return Letterhead(_called(bare, own), own, (line,))
        for other in (*lines[max(0, at - 2) : at], *lines[at + 1 : at + 4]):
            code = _whole_state(_DATED.sub("", other.strip(" *_#|")).strip(" ,"))
            if code:
                return Letterhead(_called(bare, code), code, (line, other))
        place = next((code for near in (line, *lines[at + 1 : at + 4]) if (code := _capital(near))), "")
        if place:
            return Letterhead(_called(bare, place), place, (line,))
    return None


def is_dateline(line: str) -> bool:
    """Whether a line is nothing but a place and a date: "Brasília, January 16, 2023"."""
    bare = line.strip(" *_#|()")
    place = _DATED.sub("", bare).strip(" ,")
    return place != bare and len(place.split()) <= 3 and (not place or place[0].isupper()) and not place.endswith((":", "."))


def _called(body: str, code: str) -> str:
    """The body with its state, the same however the page words it: "Ministry of Foreign Affairs of Kenya"."""
    name = load().names[code]
    words = _cased(body)
    for part in words.split(",")[1:]:
        if _capitals().get(part.strip().casefold()) == code or _whole_state(part.strip()) == code:
            words = words.replace(f",{part}", "")
    return words if name in words or _state(words) == code else f"{words} of {name}"


def _state(line: str) -> str:
    """The one state a line names."""
    codes = dict.fromkeys(code for mention in find(_cased(line)) if mention.rule in ("name", "adjective") for code in mention.codes)
    return next(iter(codes)) if len(codes) == 1 else ""


def _whole_state(line: str) -> str:
    """The state whose name is the whole line: "REPUBLIC OF KENYA", "Government of Fiji"."""
    bare = re.sub(r"^(?:the )?government of (?:the )?", "", line, flags=re.IGNORECASE)
    found = [mention for mention in find(_cased(bare)) if mention.rule == "name"]
    return found[0].codes[0] if len(found) == 1 and found[0].end - found[0].start >= len(bare) - 4 else ""


def _capital(line: str) -> str:
    """The state whose capital a dated line begins or ends with: "Nairobi, 19 December 2022"."""
    if not _DATED.search(line) and "," not in line:
        return ""
    parts = [part.strip(" *_#|") for part in _DATED.sub("", line).split(",")]
    return next((code for part in reversed(parts) if (code := _capitals().get(part.casefold()))), "")


def _cased(line: str) -> str:
    """A line in capitals as a name is written: "MINISTRY OF FOREIGN AFFAIRS" becomes "Ministry of Foreign Affairs"."""
    if not line.isupper():
        return line
    small = {"OF", "AND", "THE", "FOR", "IN", "TO"}
    words = [word.lower() if at and word in small else word.capitalize() for at, word in enumerate(line.split())]
    return " ".join(words)
