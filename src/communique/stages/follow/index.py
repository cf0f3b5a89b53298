"""Assertions laid out in columns, so that one commitment is compared with hundreds of later ones at once.

An ``Index`` holds for every assertion its word stems, names, word pairs, numbers, actors, cues, day and act as flat integer
arrays.  Two million assertions take about half a gigabyte; quotes stay with whoever owns them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from communique.records import Kept
from communique.stages.follow.arrays import Floats, Ints, Places
from communique.stages.follow.laying import ACTS, EVENTS, LENGTHS, RAGGED, WORDED, Part, assertion, day_of, part_of

__all__ = ["ACTS", "ENDS", "EVENTS", "Floats", "Index", "Ints", "Places", "Ragged", "assertion", "day_of", "ends_of"]

ENDS = " ends"  # beside the values of a column of rows of different lengths, where each ends
SOME = 50_000  # rows whose words are weighed at a time


class Ragged:
    """Rows of different lengths in one flat array."""

    def __init__(self, flat: npt.NDArray[Any], ends: npt.NDArray[np.uint32]) -> None:
        """``ends``: where each row ends in ``flat``, after a zero."""
        self.flat, self.ends = flat, ends

    def row(self, place: int) -> npt.NDArray[Any]:
        """One row."""
        return self.flat[self.ends[place] : self.ends[place + 1]]

    def take(self, places: Places) -> tuple[npt.NDArray[Any], Places]:
        """The values of many rows end to end, and for each value the position of its row in ``places``."""
        starts = self.ends[places].astype(np.int64)
        lengths = self.ends[places + 1] - starts
        owner = np.repeat(np.arange(len(places)), lengths)
        offset = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return self.flat[np.repeat(starts, lengths) + offset], owner


def ends_of(lengths: npt.NDArray[Any]) -> npt.NDArray[np.uint32]:
    """Where rows of those lengths end, after a zero."""
    ends = np.zeros(len(lengths) + 1, np.uint32)
    np.cumsum(lengths, out=ends[1:])
    return ends


class Index:
    """The columns of kept assertions, in the order given (by date, document and place)."""

    stems: Ragged
    names: Ragged
    initials: Ragged
    pairs: Ragged  # neighbouring stems, hashed
    heads: Ragged  # "group", "forum", "fund"
    modified: Ragged  # head and modifier, hashed; the head of each beside it in ``modifies``
    modifies: Ragged
    objects: Ragged  # the stems right after the verb
    subjects: Ragged  # those before it
    ordinals: Ragged
    months: Ragged
    actors: Ragged
    parties: Ragged
    targets: Ragged
    openings: Ragged  # the first two stems
    numbers: Ragged
    amounts: Ragged  # the numbers of ``numbers``, each as one of a list
    keys: Ragged  # what a row is filed under
    worths: Ragged  # of a promise, the weight of each of its keys
    verb: Ints
    deed: Ints
    cues: Ints
    act: Ints
    event: Ints
    topic: Ints
    start: Ints
    end: Ints
    doc: Ints
    day: Ints
    opens: Ints
    due: Ints
    promise: npt.NDArray[np.int8]
    weight: Floats  # by word, its rarity
    mass: Floats  # by row, the summed weight of its stems

    def __init__(self, parts: Iterable[Part], kept: Sequence[Kept]) -> None:
        """``parts`` one after the other; ``kept`` gives a row's item back by its number."""
        self.kept = kept
        self.vectors: Floats | None = None
        self.docs: dict[str, int] = {}
        some = list(parts) or [part_of(())]
        _, first, number = np.unique(np.concatenate([part.words for part in some]), return_index=True, return_inverse=True)
        self.weight = np.concatenate([part.weights for part in some])[first]
        ends = np.cumsum([len(part.words) for part in some]).tolist()
        found = [self._known(part, number[end - len(part.words) : end]) for part, end in zip(some, ends, strict=True)]
        whole = {name: np.concatenate([columns[name] for columns in found]) for name in found[0]}
        for name in RAGGED:
            setattr(self, name, Ragged(whole.pop(name), ends_of(whole.pop(name + LENGTHS))))
        for name, column in whole.items():
            setattr(self, name, column)
        self.mass = self._masses()

    @classmethod
    def over(cls, columns: Mapping[str, npt.NDArray[Any]], kept: Sequence[Kept]) -> Index:
        """From columns as they are: for rows of different lengths their values and their ends, ``weight`` by word and ``mass`` by row."""
        made = cls.__new__(cls)
        made.kept, made.vectors, made.docs = kept, None, {}
        for name, column in columns.items():
            if not name.endswith(ENDS):
                setattr(made, name, Ragged(column, columns[name + ENDS]) if name in RAGGED else column)
        return made

    def __len__(self) -> int:
        return len(self.doc)

    def _known(self, part: Part, number: Places) -> dict[str, npt.NDArray[Any]]:
        """The columns of a part, its own numbers for words and documents exchanged for those of the whole."""
        word = number.astype(np.int32)
        doc = np.array([self.docs.setdefault(each, len(self.docs)) for each in part.docs], np.int32)
        columns = dict(part.columns)
        for name in WORDED:
            columns[name] = word[columns[name]]
        return columns | {"doc": doc[columns["doc"]]}

    def _masses(self) -> Floats:
        """The summed weight of each row's stems, each row by itself."""
        mass = np.zeros(len(self), np.float32)
        for start in range(0, len(self), SOME):
            places = np.arange(start, min(start + SOME, len(self)), dtype=np.int64)
            values, owner = self.stems.take(places)
            mass[places] = np.bincount(owner, self.weight[values], len(places))
        return mass
