"""The dials of the reader, set on statements that the network was not fitted to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from communique.readers.model.asking import Asked
from communique.readers.model.assemble import Dials
from communique.readers.model.engine import Engine, Floats
from communique.readers.model.reader import ModelReader
from communique.settings import ReadSettings
from training.data import Document
from training.encoder import weights_folder
from training.evaluate import evaluate, scorer

LEANINGS = (-0.4, 0.0, 0.4)
HEADS = (0.3, 0.6, 1.0)
THRESHOLDS = (0.35, 0.45, 0.55, 0.65)
TARGETED = (0.5, 0.6, 0.7, 0.8, 1.1)  # the last: never
WORTH = 0.5  # points of F1 for which a dial of another network is moved


class Remembering:
    """An engine that runs every window once."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.known = engine, {}  # type: ignore[var-annotated]

    def tag(self, ids: NDArray[np.int64]) -> tuple[Floats, Floats]:
        key = ids.tobytes()
        if key not in self.known:
            self.known[key] = self.engine.tag(ids)
        return self.known[key]  # type: ignore[no-any-return]

    def label(self, states: Floats, asked: Asked) -> tuple[Floats, Floats]:
        return self.engine.label(states, asked)


def tune(engine: Engine, documents: Sequence[Document], start: Dials | None = None, floor: float | None = None) -> Dials:
    """Dials that do best on ``documents``, one after the other, each with a confidence of its own and at the floor of it in force.

    A dial of ``start`` is moved only where it is worth it: what does as well there may have been set on more.
    """
    worth = WORTH if start else 0.0
    floor = ReadSettings().floor if floor is None else floor
    engine = Remembering(engine)
    best = calibrated(engine, documents, start or Dials())
    for name, values, aim in (
        ("leaning", LEANINGS, "act"),
        ("heads", HEADS, "act"),
        ("actor", THRESHOLDS, "who-does-what-to-whom"),
        ("target", THRESHOLDS, "who-does-what-to-whom"),
        ("targeted", TARGETED, "who-does-what-to-whom"),
    ):
        tried = [calibrated(engine, documents, replace(best, **{name: value})) for value in values]
        scores = [_f1(engine, documents, dials, aim, floor) for dials in tried]
        if max(scores) >= _f1(engine, documents, best, aim, floor) + worth:
            best = tried[scores.index(max(scores))]
    return best


def calibrated(engine: Engine, documents: Sequence[Document], dials: Dials) -> Dials:
    """The same dials with the weights of the confidence fitted to them."""
    return replace(dials, confidence=calibrate(*judged(engine, documents, dials)))


def _f1(engine: Engine, documents: Sequence[Document], dials: Dials, aim: str, floor: float) -> float:
    return float(evaluate(ModelReader(weights_folder(), engine, dials), documents, floor)["f1"][aim]["f1"])


def judged(engine: Engine, documents: Sequence[Document], dials: Dials) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The evidence of every assertion read from the marked regions, and whether span and act are right."""
    reader, score = ModelReader(weights_folder(), engine, dials), scorer()
    rows, right = [], []
    for document in documents:
        low, high = document.marks.get("annotated") or (0, len(document.statement.text))
        read = [
            {"start": made.start, "end": made.end, "act": str(made.act), "known": known}
            for made, known in reader.weighed(document.statement, document.passages, document.mentions)
            if low <= made.start < high
        ]
        hits = {id(b) for a, b in score.match(document.marks["assertions"], read) if a["act"] == b["act"]}
        rows += [each["known"] for each in read]
        right += [float(id(each) in hits) for each in read]
    return np.array(rows), np.array(right)


def calibrate(rows: NDArray[np.float64], right: NDArray[np.float64]) -> tuple[float, ...]:
    """Logistic regression by Newton's method with a little weight decay; the constant comes last."""
    x = np.hstack([rows, np.ones((len(rows), 1))])
    w = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ (p - right) + 0.1 * w
        bend = (x * (p * (1 - p))[:, None]).T @ x + 0.1 * np.eye(len(w))
        w -= np.linalg.solve(bend, slope)
    return tuple(round(float(value), 4) for value in w)


def calibration_error(confidence: NDArray[np.float64], right: NDArray[np.float64], bins: int = 10) -> float:
    """Expected calibration error over bins of equal count, in points of a hundred."""
    order = np.array_split(np.argsort(confidence, kind="stable"), bins)
    return float(100 * sum(len(part) * abs(confidence[part].mean() - right[part].mean()) for part in order if len(part)) / len(confidence))
