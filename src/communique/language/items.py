"""Items of a list and the line above them, which says for all of them who acts.

    Together, Japan and Kenya will:
    - Dredge the port of Mombasa;          Japan and Kenya
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from communique.language.lists import shared
from communique.records import Mention, Passage, Role

_MARK = r"(?:[-–—•*·\uf0b7]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])"
_BEFORE = re.compile(rf"\n\s*{_MARK}\s*$")
_WITHIN = re.compile(rf"{_MARK}\s+")
_FAR = 40  # passages back in which the line above a list stands
_SUBJECT = re.compile(  # what may stand between the start of a line and its subject; ``_ACTS`` right behind the subject
    r"(?:[^.;:]{1,60},\s)?(?:(?:together|both|jointly|today|also)[,\s]\s?)?(?:the\s)?(?:governments? of\s)?(?:the\s)?$", re.IGNORECASE
)
_ACTS = re.compile(
    r"\s(?:\w+ly\s|also\s|both\s|have\s|has\s|are\s|is\s|further\s|together\s){0,2}"
    r"(?:will|shall|agree\w*|commit\w*|decide\w*|intend\w*|plan\w*|pledge\w*|undertake\w*|undertook|aim\w*|announced|resolve\w*|reaffirm\w*"
    r"|working|determined)\b"
)


def is_item(text: str, end: int, start: int) -> bool:
    """Whether the words at ``start`` are an item of a list, the words before them having ended at ``end``."""
    return bool(_BEFORE.search(text, end, start) or ("\n" in text[end:start] and _WITHIN.match(text, start)))


def line_above(text: str, passages: Sequence[Passage], at: int) -> Passage | None:
    """The line that ends in a colon above the list that the passage ``at`` is an item of."""
    for number in range(at, max(0, at - _FAR), -1):
        if not _listed(text, passages, number):
            break
        before = passages[number - 1]
        if before.role is Role.BODY and text[before.start : before.end].endswith(":") and not _listed(text, passages, number - 1):
            return before
    return None


def subject(text: str, line: Passage, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """The codes of those whom a line names as its subject: "Together, Japan and Kenya will"; none for "the partners"."""
    here = [mention for mention in mentions if line.start <= mention.start < line.end and mention.rule != "group"]
    if not here or not _SUBJECT.fullmatch(text, line.start, here[0].start):
        return ()
    codes = shared(text, here, line.end)
    last = max((mention.end for mention in here if set(mention.codes) <= set(codes)), default=line.end)
    return codes if _ACTS.match(text, last) else ()


def _listed(text: str, passages: Sequence[Passage], at: int) -> bool:
    return at > 0 and is_item(text, passages[at - 1].end, passages[at].start)
