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
from communique.stages.follow.index import Floats
from communique.stages.follow.trees import Trees

__all__ = ["Trees", "Weights", "from_json", "weights"]


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
