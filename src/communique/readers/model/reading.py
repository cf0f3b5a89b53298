"""From a window's scores to spans with their labels and parties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from communique.readers.model.asking import Asked, Span, ask
from communique.readers.model.candidates import Candidate
from communique.readers.model.decode import best_tags, log_softmax, spans
from communique.readers.model.engine import Engine, Floats
from communique.readers.model.labels import ACTOR, ACTS, SIDES, SIZES, TARGET, WIDTHS
from communique.readers.model.windows import Window


@dataclass(frozen=True, slots=True)
class Found:
    """A span in a window: first and last token, act, the mean log score of its tags, and the surest and least sure of them."""

    first: int
    last: int
    act: int
    score: float
    least: float
    open: float
    acts: tuple[float, ...]  # share of each act in the tags of the span


@dataclass(frozen=True, slots=True)
class Told:
    """What the heads say of a span: log probabilities by label, and for every candidate the probabilities of its parts."""

    labels: dict[str, Floats]
    parts: tuple[tuple[Candidate, float, float], ...]  # candidate, actor, target


def rows(window: Window) -> list[NDArray[np.int64]]:
    """The tokens that begin a word, for each scored piece of a window."""
    places = np.flatnonzero(window.word & (window.piece >= 0))
    of = window.piece[places]
    return [places[of == at] for at, piece in enumerate(window.pieces) if piece.scored]


def found(windows: Sequence[Window], scores: Sequence[Floats], leaning: float = 0.0) -> list[list[Found]]:
    """The assertion spans of each window; ``leaning`` is added to the score of "outside"."""
    places = [(at, row) for at, window in enumerate(windows) for row in rows(window) if len(row)]
    logs = [log_softmax(scores[at][row, : WIDTHS[0]]) for at, row in places]
    leant = [log + np.array([leaning] + [0.0] * (WIDTHS[0] - 1), np.float32) for log in logs]
    made: list[list[Found]] = [[] for _ in windows]
    for (at, row), log, tags in zip(places, logs, best_tags(leant, len(ACTS)), strict=True):
        for first, last, act in spans(tags, len(ACTS)):
            made[at].append(_found(windows[at], row, log, tags, first, last, act))
    return made


def _found(window: Window, row: NDArray[np.int64], log: Floats, tags: NDArray[np.int64], first: int, last: int, act: int) -> Found:
    each = np.arange(first, last + 1)
    chosen = log[each, tags[first : last + 1]]
    probabilities = np.exp(log[first : last + 1])
    kinds = len(ACTS)
    shares = probabilities[:, 1 : 1 + kinds] + probabilities[:, 1 + kinds :]
    end = int(row[last])
    while end + 1 < len(window.ids) and not window.word[end + 1] and window.piece[end + 1] == window.piece[end]:
        end += 1
    return Found(int(row[first]), end, act, float(chosen.mean()), float(chosen.min()), float(chosen[0]), tuple(shares.mean(0).tolist()))


def told(engine: Engine, window: Window, states: Floats, asked_of: Sequence[Span]) -> list[Told]:
    """What the heads say of the spans of one window."""
    if not asked_of:
        return []
    asked = ask(window, asked_of)
    labels, parts = engine.label(states, asked)
    shares = np.exp(log_softmax(parts)) if len(parts) else parts
    split = np.split(labels, np.cumsum(list(SIZES.values()))[:-1], axis=1)
    named = {key: log_softmax(scores) for key, scores in zip(SIZES, split, strict=True)}
    return [Told({key: scores[at] for key, scores in named.items()}, _parts(asked, shares, at)) for at in range(len(asked_of))]


def _parts(asked: Asked, shares: Floats, at: int) -> tuple[tuple[Candidate, float, float], ...]:
    mine = np.flatnonzero(asked.span == at)
    return tuple((asked.about[pair], float(shares[pair, ACTOR]), float(shares[pair, TARGET])) for pair in mine)


def side_spans(windows: Sequence[Window], scores: Sequence[Floats], side: str) -> list[tuple[int, int]]:
    """Character spans (start, end) that the tagger marks as figures, agreements or relations."""
    low = WIDTHS[0] + sum(WIDTHS[1 : 1 + SIDES.index(side)])
    places = [(at, row) for at, window in enumerate(windows) for row in rows(window) if len(row)]
    logs = [log_softmax(scores[at][row, low : low + 3]) for at, row in places]
    made = []
    for (at, row), tags in zip(places, best_tags(logs, 1), strict=True):
        for first, last, _ in spans(tags, 1):
            end = int(row[last])
            window = windows[at]
            while end + 1 < len(window.ids) and not window.word[end + 1] and window.piece[end + 1] == window.piece[end]:
                end += 1
            made.append((int(window.starts[row[first]]), int(window.ends[end])))
    return made
