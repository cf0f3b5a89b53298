"""Names in a row: "Chile, Peru and the United States", as joint statements open."""

from __future__ import annotations

import re

from communique.language.folding import fold
from communique.language.names import find
from communique.vocabulary.actors import Vocabulary

BETWEEN = re.compile(r"\)?(?: ?\([^)]{1,40}\))?(?:,|;| and| &| -|/)*(?: (?:and|the|The|of|[A-Z][\w'.-]+)|,| ?- ?){0,9} ?\(?")
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
