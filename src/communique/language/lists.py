"""Names in a row: "Chile, Peru and the United States", as joint statements open and gifts are shared out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from communique.language.folding import fold
from communique.language.names import find
from communique.records import Mention
from communique.vocabulary.actors import Vocabulary

BETWEEN = re.compile(
    r"\)?(?: ?\([^)]{1,40}\))?(?:,|;| and| &| -|/)*"
    r"(?: (?:and|the|The|of|[A-Z][\w'.-]+(?: (?:on|for) [A-Z][\w'.-]+)?)|,| ?- ?){0,9} ?\(?"
)
NAMED = ("name", "adjective", "organisation", "official")


def listed(text: str, vocabulary: Vocabulary | None = None) -> tuple[str, ...]:
    """The codes of the longest run of states and bodies in ``text`` with only commas, "and", titles and names between them."""
    folded = fold(text)
    best: tuple[str, ...] = ()
    run: tuple[str, ...] = ()
    last = 0
    for mention in find(text, vocabulary):
        if mention.rule in NAMED and ":" not in mention.codes[0]:
            joined = BETWEEN.fullmatch(folded, last, mention.start) if run else None
            run = tuple(dict.fromkeys((*(run if joined else ()), *mention.codes)))
            best = run if len(run) > len(best) else best
            last = mention.end
    return best


_STEP = re.compile(
    r"(?: ?\([^()]{1,40}\))?(?:(?P<comma>,) ?)?\s?(?:(?P<last>and|or|as well as|&)\s)?(?P<lead>(?:(?:to|for|the|other|all|our|its)\s)*)"
)
_UNNAMED = re.compile(
    r"(?:(?:to|for|the|all|our|its)\s)*(?:[A-Z][\w'’.-]*|others?\b|\d|(?:more|many|several|some|various|about|over|nearly|dozens)\b)"
    r"[^,;:]{0,60}?(?=,|;| and\b| or\b|\.?$)"
)


def shared(text: str, mentions: Sequence[Mention], end: int) -> tuple[str, ...]:
    """The codes of all in the row that the first of ``mentions`` opens, read up to ``end``; none where one of them is nobody known.

    "Kenya, Uganda and Malawi" gives all three; "Italy, Lebanon and 20 other countries" gives none, for one of many is not the one.
    """
    found, at, closed, known = list(mentions[0].codes), mentions[0].end, False, True
    while not closed:
        step = _STEP.match(text, at, end)
        if step is None or not (step["comma"] or step["last"]):
            break
        named = next((each for each in mentions if step.start("lead") <= each.start <= step.end()), None)
        other = None if named else _UNNAMED.match(text, step.start("lead"), end)
        if named is None and other is None:
            break
        found += named.codes if named else ()
        known = known and named is not None
        at = named.end if named else other.end() if other else end
        closed = bool(step["last"])
    if not closed:
        return mentions[0].codes
    return tuple(dict.fromkeys(found)) if known else ()
