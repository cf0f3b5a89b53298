"""From scores of words to spans: the best sequence of tags in which a span goes on only with the act it began with."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def padded(rows: list[NDArray[np.float32]], fill: float) -> NDArray[np.float32]:
    """Rows (length, tags) of differing length as one array (rows, longest, tags)."""
    made = np.full((len(rows), max(map(len, rows)), rows[0].shape[1]), fill, np.float32)
    for at, row in enumerate(rows):
        made[at, : len(row)] = row
    return made


def log_softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Log probabilities along the last axis."""
    top: NDArray[np.float32] = scores - scores.max(-1, keepdims=True)
    top -= np.log(np.exp(top).sum(-1, keepdims=True))
    return top


def best_tags(rows: list[NDArray[np.float32]], kinds: int) -> list[NDArray[np.int64]]:
    """The best tags of each row of log scores; tags are outside, then ``kinds`` that begin, then ``kinds`` that go on."""
    if not rows:
        return []
    scores = padded(rows, 0.0)
    count, length, tags = scores.shape
    first, on = slice(1, 1 + kinds), slice(1 + kinds, tags)
    value = scores[:, 0].copy()
    value[:, on] = -1e9
    back = np.zeros((length, count, tags), np.int64)
    each = np.arange(kinds)
    for at in range(1, length):
        best = value.argmax(1)
        top = value[np.arange(count), best][:, None]
        stays = value[:, on] >= value[:, first]
        back[at, :, : 1 + kinds] = best[:, None]
        back[at, :, on] = np.where(stays, 1 + kinds + each, 1 + each)
        carried = np.where(stays, value[:, on], value[:, first])
        new = np.empty_like(value)
        new[:, : 1 + kinds] = top + scores[:, at, : 1 + kinds]
        new[:, on] = carried + scores[:, at, on]
        alive = np.array([at < len(row) for row in rows])
        value = np.where(alive[:, None], new, value)
        back[at][~alive] = np.arange(tags)
    path = np.empty((length, count), np.int64)
    path[-1] = value.argmax(1)
    for at in range(length - 1, 0, -1):
        path[at - 1] = back[at, np.arange(count), path[at]]
    return [path[: len(row), at] for at, row in enumerate(rows)]


def spans(tags: NDArray[np.int64], kinds: int) -> list[tuple[int, int, int]]:
    """(first word, last word, kind) of each span in a row of tags."""
    found: list[tuple[int, int, int]] = []
    for at, tag in enumerate(tags.tolist()):
        if 1 <= tag <= kinds:
            found.append((at, at, tag - 1))
        elif tag > kinds and found:
            found[-1] = (found[-1][0], at, found[-1][2])
    return found
