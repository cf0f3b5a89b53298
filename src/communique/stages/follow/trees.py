"""Sums of small decision trees, asked for many rows at once.

Every tree keeps a mask of the leaves a row can still reach.  Where a row's feature passes thresholds, the leaves to the left of those
questions fall away; what is left lowest is the leaf.  One table a feature holds, for every number of thresholds passed, the masks of
all trees, so a row costs one look-up a feature instead of one walk a tree.
(After Lucchese et al., "QuickScorer", SIGIR 2015.)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from communique.stages.follow.index import Floats, Ints, Places

__all__ = ["Trees"]

STAGES = (30, 90)  # trees asked before rows are let go
LEAVES = 16
Masks = npt.NDArray[Any]


@dataclass(frozen=True)
class _Stage:
    """Some of the trees: by feature its thresholds in order and the masks after passing some; the leaf values, flat."""

    asked: tuple[tuple[int, Floats, Masks], ...]
    whole: Masks
    values: Floats
    width: int

    def leaves(self, rows: Floats) -> Floats:
        """The leaf value of every tree for every row."""
        left = np.repeat(self.whole[None, :], len(rows), axis=0)
        for feature, thresholds, masks in self.asked:
            left &= masks[np.searchsorted(thresholds, rows[:, feature], "left")]
        place = _LOWEST[left].astype(np.int32)
        place += (np.arange(len(self.whole), dtype=np.int32) * self.width)[None, :]
        return np.asarray(self.values[place], np.float32)


_LOWEST = np.array([0] + [(number & -number).bit_length() - 1 for number in range(1, 1 << LEAVES)], np.uint8)


@dataclass(frozen=True)
class Trees:
    """A sum of small decision trees, one group of trees for each class (a single group answers yes or no).

    A tree is a row: node ``n`` asks whether feature ``feature[n]`` is at most ``threshold[n]`` and goes on at ``left[n]`` or
    ``right[n]``; a leaf points to itself and holds ``value[n]``.  At most 16 leaves a tree.
    """

    feature: Ints
    threshold: Floats
    left: Ints
    right: Ints
    value: Floats
    classes: tuple[str, ...]

    @cached_property
    def _all(self) -> _Stage:
        return self._stage(0, len(self.feature))

    @cached_property
    def _staged(self) -> tuple[_Stage, ...]:
        ends = [end for end in STAGES if end < len(self.feature)] + [len(self.feature)]
        return tuple(self._stage(start, end) for start, end in zip([0, *ends[:-1]], ends, strict=True))

    def _stage(self, start: int, end: int) -> _Stage:
        """Lays some of the trees out by feature."""
        asked: dict[int, list[tuple[float, int, int]]] = {}
        width = LEAVES
        values = np.zeros((end - start, width), np.float32)
        whole = np.zeros(end - start, np.uint16)
        for place, tree in enumerate(range(start, end)):
            leaves: list[float] = []
            self._walk(tree, 0, place, leaves, asked)
            if len(leaves) > LEAVES:
                raise ValueError(f"a tree of {len(leaves)} leaves; at most {LEAVES} can be followed")
            values[place, : len(leaves)] = leaves
            whole[place] = (1 << len(leaves)) - 1
        narrow = np.uint8 if int(whole.max(initial=0)) < 256 else np.uint16
        found = []
        for feature, questions in sorted(asked.items()):
            thresholds = np.array(sorted({threshold for threshold, _, _ in questions}), np.float32)
            masks = np.full((len(thresholds) + 1, end - start), (1 << LEAVES) - 1, np.uint16)
            for threshold, place, lost in questions:
                masks[np.searchsorted(thresholds, np.float32(threshold)) + 1 :, place] &= np.uint16(~lost & ((1 << LEAVES) - 1))
            found.append((feature, thresholds, masks.astype(narrow)))
        return _Stage(tuple(found), whole.astype(narrow), values.ravel(), width)

    def _walk(self, tree: int, node: int, place: int, leaves: list[float], asked: dict[int, list[tuple[float, int, int]]]) -> None:
        """Numbers the leaves below a node from the left, and notes for each question which leaves a "no" loses."""
        left, right = int(self.left[tree, node]), int(self.right[tree, node])
        if left == node and right == node:
            leaves.append(float(self.value[tree, node]))
            return
        first = len(leaves)
        self._walk(tree, left, place, leaves, asked)
        lost = ((1 << len(leaves)) - 1) ^ ((1 << first) - 1)
        asked.setdefault(int(self.feature[tree, node]), []).append((float(self.threshold[tree, node]), place, lost))
        self._walk(tree, right, place, leaves, asked)

    def scores(self, rows: Floats) -> Floats:
        """For each row the summed value of the trees of each class."""
        values = self._all.leaves(rows)
        many = len(self.classes)
        return np.stack([_summed(values[:, place::many]) for place in range(many)], axis=1)

    def at_least(self, rows: Floats, floor: float) -> tuple[Places, Floats]:
        """The rows whose probability of "yes" reaches a floor, and those probabilities.

        Exact, but trees are asked some at a time, and a row is let go as soon as the rest could not lift it to the floor.
        """
        wanted = float(np.log(floor / (1 - floor)))
        most = [float(stage.values.reshape(-1, stage.width).max(axis=1).sum(dtype=np.float64)) for stage in self._staged]
        left, score = np.arange(len(rows)), np.zeros(len(rows), np.float64)
        for place, stage in enumerate(self._staged):
            score = score + _summed(stage.leaves(rows[left]))
            open_ = score + sum(most[place + 1 :]) >= wanted
            left, score = left[open_], score[open_]
        return left, np.asarray(1 / (1 + np.exp(-score)), np.float32)

    def probabilities(self, rows: Floats) -> Floats:
        """For each row the probability of each class; of "yes" alone for a single group."""
        score = self.scores(rows)
        if len(self.classes) == 1:
            return np.asarray(1 / (1 + np.exp(-np.clip(score, -30, 30))), np.float32)
        powers = np.exp(score - score.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


def _summed(values: Floats) -> npt.NDArray[np.float64]:
    """Each row summed by itself, in one order whatever the number of rows."""
    return np.asarray(np.ascontiguousarray(values).sum(axis=1, dtype=np.float64), np.float64)
