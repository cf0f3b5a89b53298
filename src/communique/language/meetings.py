"""How sides met, by the words of it: a call, a visit or a meeting."""

from __future__ import annotations

import re

MODES = ("meeting", "call", "visit")
_SAID = {
    "call": re.compile(r"\b(?:call(?:s|ed)?|phone\w*|telephon\w*|spoke by|video ?conferenc\w*|virtual(?:ly)?)\b", re.IGNORECASE),
    "visit": re.compile(r"\b(?:visit\w*|travel\w*|trip|arriv\w*)\b", re.IGNORECASE),
}


def mode(quote: str) -> str:
    """``call``, ``visit`` or ``meeting``; a call is told before the meeting it may also be named."""
    return next((name for name, pattern in _SAID.items() if pattern.search(quote)), "meeting")
