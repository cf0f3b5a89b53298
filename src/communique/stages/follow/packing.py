"""Promises laid out and put by as bytes, one each, so that a statement added later is compared with them without reading them again.

    lengths (16 bit) | single values (32 bit) | the values of the columns end to end (32 bit; numbers take two)
    | the words (64 bit) | their weights (32 bit)

What a promise is filed under is kept elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from communique.stages.follow.arrays import Places
from communique.stages.follow.laying import LENGTHS, ONES, RAGGED, WORDED, Part

__all__ = ["packed", "unpacked"]

_FILED = ("keys", "worths")
_COLUMNS = tuple(name for name in RAGGED if name not in _FILED)  # those of words first, "numbers" last
_WORDS = tuple(name for name in _COLUMNS if name in WORDED)
_SINGLE = tuple(name for name in ONES if name != "doc")
_HEAD = 2 * (len(_COLUMNS) + len(_COLUMNS) % 2)
_START = _HEAD + 4 * len(_SINGLE)
_WORD = 8 + 4
assert _COLUMNS[: len(_WORDS)] == _WORDS
assert _COLUMNS[-1] == "numbers"
assert _SINGLE[0] == "verb"


def packed(part: Part, rows: Iterable[int]) -> Iterator[bytes]:
    """Some rows of a part, each by itself."""
    ends = {name: np.concatenate([[0], np.cumsum(part.columns[name + LENGTHS], dtype=np.int64)]).tolist() for name in _COLUMNS}
    columns = [(part.columns[name], ends[name]) for name in _COLUMNS]
    for row in rows:
        values = [flat[at[row] : at[row + 1]] for flat, at in columns]
        singles = np.array([part.columns[name][row] for name in _SINGLE], np.int32)
        many = len(_WORDS)
        used, own = np.unique(np.concatenate([*values[:many], singles[:1]]), return_inverse=True)
        singles[0] = own[-1]
        head = np.zeros(_HEAD // 2, np.uint16)
        head[: len(values)] = [len(each) for each in values]
        body = [
            own[:-1].astype(np.int32),
            *(each.astype(np.int32) for each in values[many:-1]),
            values[-1].astype(np.float64).view(np.int32),
        ]
        words = part.words[used].tobytes() + part.weights[used].tobytes()
        yield head.tobytes() + singles.tobytes() + np.concatenate(body).tobytes() + words


def unpacked(rows: Sequence[bytes], docs: Sequence[str]) -> Part:
    """Packed rows as a part again; ``docs``: the document of each."""
    heads = np.frombuffer(b"".join(row[:_HEAD] for row in rows), np.uint16).reshape(len(rows), _HEAD // 2)
    singles = np.frombuffer(b"".join(row[_HEAD:_START] for row in rows), np.int32).reshape(len(rows), len(_SINGLE))
    lengths = heads[:, : len(_COLUMNS)].astype(np.int64)
    taken = lengths.copy()
    taken[:, -1] *= 2
    sizes = taken.sum(axis=1)
    ends = [_START + 4 * size for size in sizes.tolist()]
    flat = np.frombuffer(b"".join(row[_START:end] for row, end in zip(rows, ends, strict=True)), np.int32)
    many = [(len(row) - end) // _WORD for row, end in zip(rows, ends, strict=True)]
    words = b"".join(row[end : end + 8 * size] for row, end, size in zip(rows, ends, many, strict=True))
    weights = b"".join(row[end + 8 * size :] for row, end, size in zip(rows, ends, many, strict=True))
    first = np.cumsum([0, *many])[:-1]
    starts = np.cumsum(taken, axis=1) - taken + (np.cumsum(sizes) - sizes)[:, None]
    columns: dict[str, npt.NDArray[Any]] = {}
    for place, name in enumerate(_COLUMNS):
        values = _gathered(flat, starts[:, place], taken[:, place])
        if name in WORDED:
            values = values + np.repeat(first, lengths[:, place]).astype(np.int32)
        columns[name] = values.view(np.float64) if name == "numbers" else values
        columns[name + LENGTHS] = lengths[:, place].astype(np.uint32)
    for name in _FILED:
        columns[name], columns[name + LENGTHS] = np.zeros(0, np.uint32 if name == "keys" else np.int32), np.zeros(len(rows), np.uint32)
    columns |= {name: singles[:, place] for place, name in enumerate(_SINGLE)}
    columns["verb"] = columns["verb"] + first.astype(np.int32)
    columns |= {"doc": np.arange(len(rows), dtype=np.int32), "promise": np.ones(len(rows), np.int8)}
    return Part(np.frombuffer(words, np.uint64), np.frombuffer(weights, np.float32), list(docs), columns)


def _gathered(flat: npt.NDArray[np.int32], starts: Places, lengths: Places) -> npt.NDArray[np.int32]:
    """Stretches of an array end to end."""
    ends = np.cumsum(lengths)
    return np.ascontiguousarray(flat[np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(starts - (ends - lengths), lengths)])
