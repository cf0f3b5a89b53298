"""Places: which assertion holds a stretch of a statement and who is named in it, found by bisection.

A long statement costs no more a word than a short one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from communique.records import Assertion, Mention

_NESTED = 6  # assertions that may begin between an assertion's start and words it holds


class Places:
    """The mentions and assertions of one statement, by where they stand."""

    def __init__(self, mentions: Sequence[Mention], assertions: Iterable[Assertion]) -> None:
        self.mentions = tuple(mentions)
        self.assertions = tuple(sorted(assertions, key=lambda one: (one.start, one.end)))
        self._mentioned = [mention.start for mention in self.mentions]
        self._asserted = [assertion.start for assertion in self.assertions]

    def assertion(self, start: int, end: int) -> Assertion | None:
        """The shortest assertion whose words hold ``start`` to ``end``."""
        last = bisect_right(self._asserted, start)
        return next((one for one in reversed(self.assertions[max(0, last - _NESTED) : last]) if end <= one.end), None)

    def named(self, start: int, end: int) -> tuple[Mention, ...]:
        """The mentions that begin between two places."""
        return self.mentions[bisect_left(self._mentioned, start) : bisect_left(self._mentioned, end)]


def covered(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether any of ``spans``, which are in order and apart, overlaps ``start`` to ``end``."""
    at = bisect_left(spans, (end, end))
    return at > 0 and spans[at - 1][1] > start


def codes(mentions: Iterable[Mention]) -> tuple[str, ...]:
    """The codes of mentions, each once, in order."""
    return tuple(dict.fromkeys(code for mention in mentions for code in mention.codes))
