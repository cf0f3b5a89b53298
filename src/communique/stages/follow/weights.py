"""The trained part of following: two small sums of decision trees over named features, and the axes that sentence vectors are turned to.

``link`` says how likely a later assertion is about the very promise, ``label`` what it would then be to it.  Both come twice, with
and without sentence vectors.  Made by ``training/follow.py``; the numbers are in ``weights.json`` beside this file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from communique.stages.follow.features import NAMES
from communique.stages.follow.index import Floats, Ints, Places

__all__ = ["Trees", "Weights", "from_json", "weights"]

GROUP = 25  # trees asked at a time


@dataclass(frozen=True)
class Trees:
    """A sum of small decision trees, one group of trees for each class (a single group answers yes or no).

    A tree is a row: node ``n`` asks whether feature ``feature[n]`` is at most ``threshold[n]`` and goes on at ``left[n]`` or
    ``right[n]``; a leaf points to itself and holds ``value[n]``.
    """

    feature: Ints
    threshold: Floats
    left: Ints
    right: Ints
    value: Floats
    classes: tuple[str, ...]
    depth: int

    def scores(self, rows: Floats) -> Floats:
        """For each row the summed value of the trees of each class."""
        values = self._values(rows, 0, len(self.feature))
        return np.stack([values[:, place :: len(self.classes)].sum(axis=1) for place in range(len(self.classes))], axis=1)

    def at_least(self, rows: Floats, floor: float) -> tuple[Places, Floats]:
        """The rows whose probability of "yes" reaches a floor, and those probabilities.

        Exact, but trees are asked some at a time, and a row is let go as soon as the rest could not lift it to the floor.
        """
        wanted = float(np.log(floor / (1 - floor)))
        most = np.concatenate([np.cumsum(self.value.max(axis=1)[::-1])[::-1], np.zeros(1, np.float32)])
        left, score = np.arange(len(rows)), np.zeros(len(rows), np.float32)
        for start in range(0, len(self.feature), GROUP):
            end = min(start + GROUP, len(self.feature))
            score = score + self._values(rows[left], start, end).sum(axis=1)
            open_ = score + most[end] >= wanted
            left, score = left[open_], score[open_]
        return left, np.asarray(1 / (1 + np.exp(-score)), np.float32)

    def _values(self, rows: Floats, start: int, end: int) -> Floats:
        """The leaf value that each of some trees gives each row."""
        trees = np.arange(end - start)
        feature, threshold, left, right = (each[start:end] for each in (self.feature, self.threshold, self.left, self.right))
        node = np.zeros((len(rows), len(trees)), np.int32)
        line = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            under = rows[line, feature[trees, node]] <= threshold[trees, node]
            node = np.where(under, left[trees, node], right[trees, node])
        return np.asarray(self.value[start:end][trees, node], np.float32)

    def probabilities(self, rows: Floats) -> Floats:
        """For each row the probability of each class; of "yes" alone for a single group."""
        score = self.scores(rows)
        if len(self.classes) == 1:
            return np.asarray(1 / (1 + np.exp(-np.clip(score, -30, 30))), np.float32)
        powers = np.exp(score - score.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


@dataclass(frozen=True)
class Weights:
    """The models, with vectors and without, and the least probabilities that count."""

    link: dict[bool, Trees]
    label: dict[bool, Trees]
    floor: dict[bool, float]
    centre: Floats
    axes: Floats

    def reduced(self, vectors: Floats) -> Floats:
        """Sentence vectors turned to the axes that tell one promise from another: what all statements share is left out."""
        turned = (vectors - self.centre) @ self.axes.T
        return np.asarray(turned / np.maximum(np.linalg.norm(turned, axis=1, keepdims=True), 1e-6), np.float32)


def _trees(shown: dict[str, Any]) -> Trees:
    at = np.array([NAMES.index(str(name)) for name in shown["features"]] or [0], np.int32)
    trees = shown["trees"]
    widest = max(len(tree["value"]) for tree in trees)

    def column(name: str) -> list[list[float]]:
        return [tree[name] + [0] * (widest - len(tree[name])) for tree in trees]

    return Trees(
        feature=at[np.array(column("feature"), np.int32)],
        threshold=np.array(column("threshold"), np.float32),
        left=np.array(column("left"), np.int32),
        right=np.array(column("right"), np.int32),
        value=np.array(column("value"), np.float32),
        classes=tuple(str(name) for name in shown["classes"]),
        depth=(widest - 1) // 2,
    )


@cache
def weights() -> Weights:
    """The shipped numbers."""
    return from_json(json.loads(files("communique.stages.follow").joinpath("weights.json").read_text("utf-8")))


def from_json(shown: dict[str, Any]) -> Weights:
    """The numbers as ``training/follow.py`` writes them."""
    both = {"vectors": True, "words": False}
    return Weights(
        link={both[name]: _trees(made) for name, made in shown["link"].items()},
        label={both[name]: _trees(made) for name, made in shown["label"].items()},
        floor={both[name]: float(shown["floor"][name]) for name in both},
        centre=np.array(shown["centre"], np.float32),
        axes=np.array(shown["axes"], np.float32) / 1000.0,
    )
