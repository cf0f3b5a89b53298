"""Sums of small decision trees, asked for many rows at once.

Every tree keeps a mask of the leaves a row can still reach.  Where a row's feature passes thresholds, the leaves to the left of those
questions fall away; what is left lowest is the leaf.  One table for a few features holds, for every way of passing their thresholds, the
masks of all trees, so a row costs one look-up a table instead of one walk a tree.
(After Lucchese et al., "QuickScorer", SIGIR 2015.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from communique.stages.follow.index import Floats, Ints, Places

__all__ = ["Trees"]

STAGES = (0.4, 0.5, 0.6, 0.7, 0.8)  # shares of the trees that are asked before rows are let go
LEAVES = 16
WAYS = 256  # of passing the thresholds of the features that share a table, at most
Masks = npt.NDArray[Any]
Questions = tuple[tuple[int, Floats], ...]  # features, each with its thresholds in order
_LOWEST = np.array([0] + [(number & -number).bit_length() - 1 for number in range(1, 1 << LEAVES)], np.uint8)


@dataclass(frozen=True)
class _Stage:
    """Some of the trees: for each table the masks by way of passing its thresholds, the mask of all leaves, and the leaf values, flat."""

    tables: tuple[Masks, ...]
    whole: Masks
    values: Floats

    def leaves(self, ways: Sequence[Places]) -> Floats:
        """The leaf value of every tree for every row; ``ways``: for each table the way of every row."""
        left = np.repeat(self.whole[None, :], len(ways[0]), axis=0)
        for table, way in zip(self.tables, ways, strict=True):
            left &= table.take(way, axis=0)
        return np.asarray(self.values.take(_LOWEST.take(left) + np.arange(0, len(self.values), LEAVES)), np.float32)


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
    def _tables(self) -> tuple[Questions, ...]:
        """The features that share a table, as many as there is room for, those with few thresholds first."""
        inner = self.left != np.arange(self.left.shape[1])
        asked = [(int(one), np.unique(self.threshold[inner & (self.feature == one)])) for one in np.unique(self.feature[inner])]
        made: list[Questions] = []
        room = 0
        for each in sorted(asked, key=lambda one: len(one[1])):
            many = len(each[1]) + 1
            made, room = ([*made[:-1], (*made[-1], each)], room // many) if room >= many else ([*made, (each,)], WAYS // many)
        return tuple(made)

    def _ways(self, rows: Floats) -> list[Places]:
        """For each table in which of its ways each row passes the thresholds; the last feature counts fastest."""
        found = []
        for table in self._tables:
            way = np.zeros(len(rows), np.intp)
            for feature, thresholds in table:
                way *= len(thresholds) + 1
                way += thresholds.searchsorted(rows[:, feature], "left")
            found.append(way)
        return found

    @cached_property
    def _all(self) -> _Stage:
        return self._stage(range(len(self.feature)))

    @cached_property
    def _staged(self) -> tuple[_Stage, ...]:
        """Those whose answers differ most first."""
        order = np.argsort(self.value.min(axis=1) - self.value.max(axis=1), kind="stable").tolist()
        ends = [0, *(round(share * len(order)) for share in STAGES), len(order)]
        return tuple(self._stage(order[start:end]) for start, end in pairwise(ends) if start < end)

    def _stage(self, trees: Sequence[int]) -> _Stage:
        """Lays some of the trees out by table."""
        asked: dict[int, list[tuple[float, int, int]]] = {}
        values = np.zeros((len(trees), LEAVES), np.float32)
        whole = np.zeros(len(trees), np.uint16)
        for place, tree in enumerate(trees):
            leaves: list[float] = []
            self._walk(tree, 0, place, leaves, asked)
            if len(leaves) > LEAVES:
                raise ValueError(f"a tree of {len(leaves)} leaves; at most {LEAVES} can be followed")
            values[place, : len(leaves)] = leaves
            whole[place] = (1 << len(leaves)) - 1
        narrow = np.uint8 if int(whole.max(initial=0)) < 256 else np.uint16
        tables = []
        for table in self._tables:
            masks = np.full((1, len(trees)), (1 << LEAVES) - 1, np.uint16)
            for feature, thresholds in table:
                own = np.full((len(thresholds) + 1, len(trees)), (1 << LEAVES) - 1, np.uint16)
                for threshold, place, lost in asked.get(feature, ()):
                    own[np.searchsorted(thresholds, np.float32(threshold)) + 1 :, place] &= np.uint16(~lost & ((1 << LEAVES) - 1))
                masks = (masks[:, None, :] & own[None, :, :]).reshape(-1, len(trees))
            tables.append(masks.astype(narrow))
        return _Stage(tuple(tables), whole.astype(narrow), values.ravel())

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
        values = self._all.leaves(self._ways(rows))
        many = len(self.classes)
        return np.stack([_summed(values[:, place::many]) for place in range(many)], axis=1)

    def at_least(self, rows: Floats, floor: float) -> tuple[Places, Floats]:
        """The rows whose probability of "yes" reaches a floor, and those probabilities.

        Exact, but trees are asked some at a time, and a row is let go as soon as the rest could not lift it to the floor.
        """
        wanted = float(np.log(floor / (1 - floor)))
        most = [float(stage.values.reshape(-1, LEAVES).max(axis=1).sum(dtype=np.float64)) for stage in self._staged]
        left, score, ways = np.arange(len(rows)), np.zeros(len(rows), np.float64), self._ways(rows)
        for place, stage in enumerate(self._staged):
            score = score + _summed(stage.leaves(ways))
            open_ = np.flatnonzero(score + sum(most[place + 1 :]) >= wanted)
            left, score, ways = left[open_], score[open_], [way[open_] for way in ways]
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
