"""What the heads are asked about a window: its spans, and the candidates each could have as actor or target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from communique.readers.model.candidates import FEATURES, RULES, Candidate, features
from communique.readers.model.windows import Window
from communique.records import Passage

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
RULE = {rule: at for at, rule in enumerate(RULES)}


@dataclass(frozen=True, slots=True)
class Span:
    """First and last token (inclusive) in a window, and the candidates for its parties, those of its passage."""

    first: int
    last: int
    passage: Passage
    before: Passage | None  # the body passage before it
    voice: tuple[str, ...]
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """The inputs of the heads (see ``training.network.Heads``), and for each pair the candidate it is about."""

    first: Ints
    last: Ints
    inside: Floats
    around: Floats
    whole: Floats
    names: Floats
    span: Ints
    name: Ints
    rule: Ints
    features: Floats
    about: tuple[Candidate, ...]

    def arrays(self) -> dict[str, Ints | Floats]:
        """The inputs by name, in the order the heads take them."""
        return {
            key: getattr(self, key) for key in ("first", "last", "inside", "around", "whole", "names", "span", "name", "rule", "features")
        }


def ask(window: Window, spans: Sequence[Span]) -> Asked:
    """The inputs for all ``spans`` of a window."""
    n = len(window.ids)
    inside, around = np.zeros((len(spans), n), np.float32), np.zeros((len(spans), n), np.float32)
    rows: list[Floats] = []
    known: dict[tuple[int, int], int] = {}
    pairs: list[tuple[int, int, int]] = []
    marks: list[list[float]] = []
    about: list[Candidate] = []
    text = window.piece >= 0
    low = int(np.argmax(window.ends > 0)) if window.ends.any() else 0
    for at, span in enumerate(spans):
        inside[at, span.first : span.last + 1] = 1 / (span.last - span.first + 1)
        sentence = window.piece == window.piece[span.first]
        around[at, sentence] = 1 / sentence.sum()
        start, end = int(window.starts[span.first]), int(window.ends[span.last])
        nearer = [c for c in span.candidates if not c.implied and span.passage.start <= c.start < end]
        for candidate in span.candidates:
            place = (candidate.start, candidate.end)
            if place not in known:
                known[place] = len(rows)
                rows.append(_touching(window, low, *place))
            order = len(nearer) - 1 - nearer.index(candidate) if candidate in nearer else -1
            pairs.append((at, known[place], RULE.get(candidate.rule, 0)))
            marks.append(features(candidate, start, end, span.passage, span.voice, order, len(nearer)))
            about.append(candidate)
    table = np.array(pairs, np.int64).reshape(-1, 3)
    whole = np.broadcast_to((text / max(1, text.sum())).astype(np.float32), (len(spans), n))
    return Asked(
        first=np.array([s.first for s in spans], np.int64),
        last=np.array([s.last for s in spans], np.int64),
        inside=inside,
        around=around,
        whole=np.ascontiguousarray(whole),
        names=np.stack(rows) if rows else np.zeros((0, n), np.float32),
        span=np.ascontiguousarray(table[:, 0]),
        name=np.ascontiguousarray(table[:, 1]),
        rule=np.ascontiguousarray(table[:, 2]),
        features=np.array(marks, np.float32).reshape(-1, FEATURES),
        about=tuple(about),
    )


def _touching(window: Window, low: int, start: int, end: int) -> Floats:
    """Equal weights, summing to one, over the tokens that touch [start, end); zeros where the window does not show them."""
    made = np.zeros(len(window.ids), np.float32)
    if start < end:
        first = low + int(np.searchsorted(window.ends[low:-1], start, "right"))
        last = low + int(np.searchsorted(window.starts[low:-1], end, "left"))
        if first < last:
            made[first:last] = 1 / (last - first)
    return made
