"""Which numbers in words the tagger doubts: it sees no figure where the rules find one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from communique.readers.model.engine import Floats
from communique.readers.model.labels import SIDES, WIDTHS
from communique.readers.model.windows import Window
from communique.stages.figures import Doubts

_LOW = WIDTHS[0] + sum(WIDTHS[1 : 1 + SIDES.index("figure")])  # the tagger's outputs for figures: outside, begins, goes on


class Sight:
    """The tagger's log odds that a word belongs to a figure, by its place in the text."""

    def __init__(self, windows: Sequence[Window], scores: Sequence[Floats]) -> None:
        shown = [window.word & (window.piece >= 0) for window in windows]
        places = [(window.starts[here], window.ends[here]) for window, here in zip(windows, shown, strict=True)]
        outputs = [each[here, _LOW : _LOW + 3] for each, here in zip(scores, shown, strict=True)]
        empty = np.zeros(0, np.int64)
        self.starts = np.concatenate([empty, *(starts for starts, _ in places)])
        self.ends = np.concatenate([empty, *(ends for _, ends in places)])
        self.outputs = np.concatenate([np.zeros((0, 3), np.float32), *outputs])

    def odds(self, start: int, end: int) -> float | None:
        """Log odds at the surest word of ``text[start:end]``; None where the tagger was shown none of it."""
        first, last = np.searchsorted(self.ends, start, "right"), np.searchsorted(self.starts, end, "left")
        if first >= last:
            return None
        here = self.outputs[first:last].astype(np.float64)
        return float((np.logaddexp(here[:, 1], here[:, 2]) - here[:, 0]).max())


def doubting(sight: Sight, least: float) -> Doubts:
    """Doubts a number whose odds of being a figure are under ``least``; one that the tagger was not shown is left to the rules."""

    def doubts(start: int, end: int) -> bool:
        odds = sight.odds(start, end)
        return odds is not None and odds < least

    return doubts
