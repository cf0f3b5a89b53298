"""What a line of a page is: ``role(line)`` tells headings, captions, furniture and body apart, by data and by shape."""

from __future__ import annotations

import re
from collections.abc import Sequence

from communique.language.stamps import ALONE, dates
from communique.records import Passage, Role
from communique.vocabulary.furniture import folded, furniture
from communique.vocabulary.publishers import known

LENGTH = re.compile(r"\W*\d{1,2}:\d\d(?::\d\d)?\W*")  # of a video; or a clock time alone
ADDRESS = re.compile(
    r"\s*(?:https?://|www\.)\S+\s*|\s*\S+@\S+\.\w+\s*|\s*[\w.-]+\.(?:gov|com|org|int|net)(?:\.\w\w)?(?:/\S*)?\s*|\s*@\w+\s*"
)
MENU = re.compile(r"(?:\S[^\n]{0,40}?(?:[ \u00a0]{2,}|\s[|•·>»›/]\s|\u00a0[ \u00a0])){2,}")
PHONE = re.compile(r"[A-Za-z .:()]{0,24}\+?\(?\d[\d ().-]{6,}\d\W*")
MARKER = re.compile(
    r"\s*(?:\(?(?:\d{1,3}|[ivxlcIVXLC]{1,5}|[a-zA-Z])[.)]|[-*–—•·#…_=~+\uf0b7]+|\W{1,12}|\d{1,4}|page \d+(?: of \d+)?)\s*", re.IGNORECASE)
CLOCK = re.compile(r"\s*\(?(?:END|End)?\s*\d{1,2}[:.]\d\d\s*[AaPp]\.?[Mm]\.?(?:\s*\(?[A-Z]{2,5}\)?| \(Local\)| local time)?\.?\)?\s*")
STAGE = re.compile(
    r"\s*[(\[](?:laughs?|laughter|applause|inaudible|crosstalk|cross-talk|pause|music|recess|continued|as interpreted|as translated|"
    r"speaks in \w+|no audible response)[^)\]]{0,40}[)\]]\.?\s*", re.IGNORECASE)
VISIT = re.compile(
    r"(?:\d+\.\s)?(?:please )?(?:visit|see|click|register|read|go to)\b[^.]{0,60}(?:https?://|www\.)\S+[^.]*\.?", re.IGNORECASE)
HEADING = re.compile(r"\s*#{1,6}\s")
BYLINE = re.compile(
    r"\s*(?:by|from|reporting by|text by)\s+[A-Z][\w.'’-]+(?:\s+(?:and\s+)?[A-Z][\w.'’-]+){0,5}(?:,?\s+(?:in\s+)?[A-Z][\w ]{2,20})?\s*",
    re.IGNORECASE)
SMALL = frozenset(
    "a an the and or of in on at to for by with from as is vs via between into de la under over its their against through en route".split()
)
MARKED = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]\s")
HEADING_LENGTH = 140
ABOVE = 25  # passages back in which a heading still stands over a passage
VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|shall|should|must|can|could|may|might|do|does|did|said|says|agreed|agree|"
    r"welcome[sd]?|"
    r"support(?:s|ed)|call(?:s|ed)|discussed|committed|reaffirm(?:s|ed)?|announced|met|held|signed|urge[sd]?|stressed|noted|expressed|"
    r"thank(?:s|ed)?)\b"
)


def role(line: str) -> Role:
    """What a line is when it stands alone; a line of several sentences is body unless it is a menu or a caption."""
    bare = line.strip()
    if caption(bare):
        return Role.CAPTION
    if _furniture(bare):
        return Role.FURNITURE
    return Role.HEADING if heading(bare) else Role.BODY


def _furniture(line: str) -> bool:
    data, low = furniture(), folded(line)
    if not low or low in data.lines or MARKER.fullmatch(line) or LENGTH.fullmatch(line) or CLOCK.fullmatch(line) or STAGE.fullmatch(line):
        return True
    if len(line) < 400 and (low.startswith(data.starts) or ADDRESS.fullmatch(line) or PHONE.fullmatch(line)):
        return True
    if len(line) < 200 and any(mark in low for mark in data.inside):
        return True
    if menu(line) or stamped(line) or known(line.strip(" ()[]|-–—/")):
        return True
    return len(line) < 80 and bool(BYLINE.fullmatch(line)) and not VERB.search(line)


def aside(words: str) -> bool:
    """A list number, a stage direction or the way to a page, alone: "3.", "(Laughter.)", "Visit https://…"."""
    return len(words) < 200 and any(shape.fullmatch(words) for shape in (MARKER, STAGE, VISIT))


def listed(line: str, role: Role) -> bool:
    """Whether a line can be one of a menu: furniture, or a few words without stop or bullet."""
    if role in (Role.FURNITURE, Role.CAPTION):
        return True
    if len(line) > 70 or line[-1] in ".!?;,…" or line[0] in "-•*“\"#" or MARKED.match(line):
        return False
    return role is Role.HEADING or line[-1] == ":" or (not VERB.search(line) and line.count(" ") < 7)


def leads_away(line: str) -> bool:
    """Whether headlines of other pages follow: "Read more", "Related"."""
    return folded(line).startswith(furniture().away)


def menu(line: str) -> bool:
    """A row of links: three or more short pieces parted by wide gaps, bars or arrows, or a breadcrumb."""
    return not re.search(r"[.!?]\s", line) and bool(MENU.match(line)) and len(line) < 2000


_PLACE = re.compile(r"\W*[A-Z][\w’'-]+(?:[ -][A-Z][\w’'-]+){0,2}\W*")


def stamped(line: str) -> bool:
    """A date line: a date with nothing else but a label, a weekday, a time or the name of a place."""
    if len(line) > 90:
        return False
    for start, end, _, _ in dates(line):
        rest = re.sub(
            r"\b(?:updated?|published|posted|released|issued|press|release)\b",
            "", ALONE.sub("", line[:start] + line[end:]), flags=re.IGNORECASE)
        return not rest or bool(_PLACE.fullmatch(line[:start] + line[end:]))
    return False


def caption(line: str) -> bool:
    """A photograph's caption: in brackets or closed by a credit, and worded as one."""
    if len(line) > 500:
        return False
    data, low = furniture(), line[:14].casefold()
    if low.startswith(("(cover:", "photo:", "caption:", "file photo:")) or data.signed.search(line):
        return True
    if not any(mark in line[-60:] for mark in "(/[") or not data.credit.search(line):
        return False
    return line.startswith(("(", "[")) or any(words in line.casefold() for words in data.captions)


def heading(line: str) -> bool:
    """A heading: a short line without closing stop, in capitals or title case or without a verb."""
    if HEADING.match(line):
        return True
    text = re.sub(r"^\s*(?:[IVXLC\d]{1,4}[.)]|\([a-z\d]{1,3}\)|[A-Z]\.|\*+)\s*", "", line).strip("*_ ")
    if not text or len(text) > HEADING_LENGTH or text[-1] in ".!?;,:…" or text[0].islower() or line.lstrip()[:1] in "-•·–—\uf0b7":
        return False
    words = re.findall(r"[^\W\d_][\w'’.-]*", text)
    if not words:
        return False
    if text.upper() == text:
        return len(words) > 1 or len(text) > 3
    titled = sum(word[0].isupper() or word.lower() in SMALL for word in words)
    return titled >= len(words) * 0.8 or (len(words) <= 8 and not VERB.search(text))


def summary(line: str, after: str) -> bool:
    """A headline worded as a sentence: short, with a verb and without a stop, and the line ``after`` it is none of its own."""
    if len(line) > HEADING_LENGTH or not line[0].isupper() or line[-1] in ".!?;,:…\"”’)":
        return False
    return bool(VERB.search(line)) and line.split()[-1] not in SMALL and not after.lstrip()[:1].islower()


def above(passages: Sequence[Passage], at: int) -> Passage | None:
    """The heading that the passage number ``at`` stands under, if one is near enough."""
    return next((one for one in reversed(passages[max(0, at - ABOVE) : at]) if one.role is Role.HEADING), None)
