"""What a promise made again says otherwise: its number, its date, its scope or who benefits."""

from __future__ import annotations

import re

from communique.records import Assertion
from communique.stages.follow.words import number_values

__all__ = ["revisions"]

_LIMITS = {
    "up to": r"\bup to\b",
    "at least": r"\b(?:at least|more than|over)\b",
    "subject to": r"\b(?:subject to|working with (?:Congress|Parliament)|if approved|pending|provided that)\b",
    "part": r"\b(?:part of|some of|only|initial|first tranche)\b",
}
_SCOPE = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _LIMITS.items()}


def revisions(promise: Assertion, again: Assertion) -> tuple[str, ...]:
    """Names of what changed, in a fixed order; nothing where only one side says anything of it."""
    before, after = set(number_values(promise.quote)), set(number_values(again.quote))
    helped, now = _named(promise), _named(again)
    changed = {
        "number": bool(before and after and not before & after),
        "date": bool(promise.when and again.when and promise.when != again.when),
        "scope": _limits(promise.quote) != _limits(again.quote) and bool(before & after),
        "beneficiary": bool(helped and now and not helped & now),
    }
    return tuple(name for name, is_so in changed.items() if is_so)


def _named(item: Assertion) -> set[str]:
    return {code for code in item.targets if not code.startswith("grp:")}


def _limits(quote: str) -> set[str]:
    return {name for name, pattern in _SCOPE.items() if pattern.search(quote)}
