"""The trained part of following: two small linear models over named features, and the axes that sentence vectors are turned to.

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

__all__ = ["Linear", "Weights", "from_json", "weights"]


@dataclass(frozen=True)
class Linear:
    """Classes scored by a weighted sum of standardised features; one row of weights a class, or one alone for yes or no."""

    columns: tuple[int, ...]
    mean: Floats
    scale: Floats
    coefficients: Floats
    intercepts: Floats
    classes: tuple[str, ...]

    def probabilities(self, rows: Floats) -> Floats:
        """For each row the probability of each class; of "yes" alone for a model of one row."""
        score = ((rows[:, self.columns] - self.mean) / self.scale) @ self.coefficients.T + self.intercepts
        if len(self.classes) == 1:
            return np.asarray(1 / (1 + np.exp(-np.clip(score, -30, 30))), np.float32)
        powers = np.exp(score - score.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


@dataclass(frozen=True)
class Weights:
    """The models, with vectors and without, and the least probabilities that count."""

    link: dict[bool, Linear]
    label: dict[bool, Linear]
    floor: dict[bool, float]
    centre: Floats
    axes: Floats

    def reduced(self, vectors: Floats) -> Floats:
        """Sentence vectors turned to the axes that tell one promise from another: what all statements share is left out."""
        turned = (vectors - self.centre) @ self.axes.T
        return np.asarray(turned / np.maximum(np.linalg.norm(turned, axis=1, keepdims=True), 1e-6), np.float32)


def _linear(shown: dict[str, Any]) -> Linear:
    at = {name: place for place, name in enumerate(NAMES)}
    numbers = {name: np.array(shown[name], np.float32) for name in ("mean", "scale", "coefficients", "intercepts")}
    return Linear(columns=tuple(at[str(name)] for name in shown["features"]), classes=tuple(str(name) for name in shown["classes"]), **numbers)


@cache
def weights() -> Weights:
    """The shipped numbers."""
    return from_json(json.loads(files("communique.stages.follow").joinpath("weights.json").read_text("utf-8")))


def from_json(shown: dict[str, Any]) -> Weights:
    """The numbers as ``training/follow.py`` writes them."""
    both = {"vectors": True, "words": False}
    return Weights(
        link={both[name]: _linear(shown["link"][name]) for name in both},
        label={both[name]: _linear(shown["label"][name]) for name in both},
        floor={both[name]: float(shown["floor"][name]) for name in both},
        centre=np.array(shown["centre"], np.float32),
        axes=np.array(shown["axes"], np.float32) / 1000.0,
    )

