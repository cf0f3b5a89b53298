"""What a report must hold of a promise beside its words: who was to do it, and the whole of it rather than its beginning."""

from __future__ import annotations

import re

from communique.stages.follow.words import PROMISING, stem, words

__all__ = ["begun", "doer_held"]

_ANYBODY = frozenset(
    stem(word)
    for word in "administration country countries department government governments leader leaders member members nation nations "
    "participants parties partner partners party president side sides state states forward".split()
)  # say no more of who acts than the codes of the actors do


def doer_held(promise: str, report: str) -> bool:
    """Whether a report names whom the promise names before its verb, by any common noun of it: "finance ministers will meet".

    True where the promise names nobody so, but "we", a name or "the two sides".
    """
    read = words(promise)
    first = 1 if promise.lstrip(" -•–—")[:1].isupper() else 0  # a capital that opens a quote may be a name
    before = read.stems[first : read.stems.index(read.verb)] if read.verb in read.stems else ()
    named = {root for root in before if root not in read.names | _ANYBODY | PROMISING and not root.isdigit()}
    return not named or not named.isdisjoint(words(report).stems)


_BEGUN = re.compile(r"\b(?:beg[aiu]n(?:s|ning)?|start(?:s|ed|ing)?|(?:initial|first) steps?)\b", re.IGNORECASE)


def begun(promise: str, report: str) -> bool:
    """Whether a report tells a beginning where more than that was promised: "have begun to ship" for "will donate"."""
    return bool(_BEGUN.search(report)) and not _BEGUN.search(promise)
