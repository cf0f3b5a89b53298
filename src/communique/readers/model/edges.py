"""Where a quote begins and ends: the edges of a span, settled by the letters around them.

    ", will train | divers for co" + "-development"    will train divers for co-development
    "relations with its neighbours in"                 relations with its neighbours
    "the Summit" + " of the Americas"                  the Summit of the Americas
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from communique.records import Mention

_LEADING = re.compile(r"[\s,;:.)\]–—-]*")
_REST_OF_WORD = re.compile(
    r"(?:[-\u2010\u2011’']\u2060?(?=\w)[\w’']+(?:[-\u2010\u2011]\w+)*|[.,](?=\d)[\d.,]*\d|(?<=\d)\s(?:st|nd|rd|th)\b)+"
)
_LAST_WORDS = re.compile(r"(?: [\w’'-]+){1,3}(?=[.;!?](?:\s|$))")  # of a sentence: no careful reader leaves them out
_NAME = re.compile(r"[A-Z][\w’'-]+$")
_REST_OF_NAME = re.compile(r"\sof\s(?:the\s)?[A-Z][\w’'-]*")
_TRAILING = re.compile(r"[\s,;:(\[–—-]+$")
_DANGLING = re.compile(
    r"(?:[\s,;:–—-]+(?:an?|the|of|in|on|at|by|with|from|to|into|for|and|or|that|which|who|whose|as|its|their|our|through|including"
    r"|such as))+$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\s|:")
_CLOSES = re.compile(r"[^()\n]{0,24}\)")


def edges(text: str, start: int, end: int, stop: int, mentions: Sequence[Mention] = ()) -> tuple[int, int]:
    """The span with whole words and names at its edges, without marks or particles that lost what they belong to.

    It grows no further than ``stop``; ``mentions``: those of the text, in order.
    """
    leading = _LEADING.match(text, start, end)
    start = leading.end() if leading and leading.end() < end else start
    end = max(end, min(stop, _rest(text, end, mentions)))
    opened = text.rfind("(", start, end)
    if opened >= 0 and ")" not in text[opened:end]:
        closes = _CLOSES.match(text, end)
        end = closes.end() if closes and closes.end() <= stop else opened
    last = _LAST_WORDS.match(text, end)
    if last and last.end() <= stop:
        return start, last.end()
    shorter = _trimmed(text, start, end)
    return start, shorter if shorter > start else end


def _rest(text: str, end: int, mentions: Sequence[Mention]) -> int:
    """The end of the word or the name that a span ends inside."""
    pattern = _REST_OF_NAME if text[end : end + 1] == " " and _NAME.search(text, max(0, end - 40), end) else _REST_OF_WORD
    rest = pattern.match(text, end)
    end = rest.end() if rest else end
    at = bisect_left(mentions, end, key=lambda mention: mention.start) - 1
    return max(end, mentions[at].end) if at >= 0 else end


def _trimmed(text: str, start: int, end: int) -> int:
    trailing = _TRAILING.search(text, start, end)
    end = trailing.start() if trailing else end
    if not _GOES_ON.match(text, end):
        return end  # "what we stand for."
    dangling = _DANGLING.search(text, max(start + 1, end - 40), end)
    return dangling.start() if dangling else end
