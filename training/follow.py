"""Fit what following learns: ``python -m training.follow`` writes ``stages/follow/weights.json`` from the marked chains.

Two linear models, fitted by Newton's method with a ridge; nothing random.  Pairs nobody judged count as unrelated with little
weight.  ``leave_out`` names a chain that is not looked at, so that quality can be told on chains never fitted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from communique.records import Kept
from communique.stages.follow import Follower
from communique.stages.follow.features import NAMES
from communique.stages.follow.index import assertion

Floats = npt.NDArray[np.float64]
Json = dict[str, Any]
REAL = ("advances", "fulfils", "repeats")
LINK = (
    "covered", "covers", "dice", "rarest", "pairs_shared", "names_cover", "names_extra", "initials", "head_mod", "first_verb",
    "numbers_shared", "numbers_clash", "numbers_missing", "ordinals_clash", "months_clash", "more_extra", "same_doc", "same_day", "gap",
)  # fmt: skip
MEANING = ("cosine", "best_cosine", "doc_best_cosine")
LABEL = (
    *(name for name in NAMES if name.startswith(("e_", "c_", "both_", "done_", "v_", "w_"))),
    "verb_shared", "verb_same", "verb_done", "deed_done", "once", "once_done", "same_doc", "same_day", "gap", "due", "due_past",
    "numbers_shared", "numbers_clash", "numbers_missing", "numbers_more", "covered", "covers", "first_verb", "names_cover", "rarest",
)  # fmt: skip
UNJUDGED = 0.07  # weight of a pair nobody judged
AXES = (5, 128)  # directions all statements share, left out; directions kept


@dataclass(frozen=True)
class Pairs:
    """Compared pairs of one chain with what careful readers made of them ("" where nobody judged)."""

    chain: str
    rows: npt.NDArray[np.float32]
    labels: npt.NDArray[np.object_]


def overlap(one: Json, other: Json) -> float:
    """Intersection over union of two stretches of one document."""
    if one["doc"] != other["doc"]:
        return 0.0
    inside = min(one["end"], other["end"]) - max(one["start"], other["start"])
    return max(0, inside) / (max(one["end"], other["end"]) - min(one["start"], other["start"]))


def place_of(kept: Kept) -> Json:
    """An item as a stretch of a document."""
    return {"doc": kept.doc, "start": kept.item.start, "end": kept.item.end}


def pairs(chain: Json, follower: Follower) -> Pairs:
    """The pairs that following would compare for the threads of a chain, judged pairs it would miss added."""
    index = follower.index
    places = [place_of(each) for each in index.kept]
    rows, labels = [], []
    for thread in chain["threads"]:
        near = [number for number, each in enumerate(places) if overlap(each, thread) >= 0.3]
        if not near:
            continue
        mine = max(near, key=lambda number: overlap(places[number], thread))
        judged = {
            number: link["label"]
            for number in range(mine + 1, len(places))
            for link in [max(thread["links"], key=lambda link: overlap(link, places[number]), default=None)]
            if link and overlap(link, places[number]) >= 0.3
        }
        candidates = np.union1d(follower.candidates(mine), np.array(sorted(judged), np.int64))
        if len(candidates):
            rows.append(follower.compare(mine, candidates))
            labels.extend(judged.get(int(number), "") for number in candidates)
    return Pairs(chain["chain"], np.vstack(rows), np.array(labels, dtype=object))


def logistic(rows: Floats, target: Floats, weight: Floats, ridge: float) -> tuple[Floats, Floats]:
    """Coefficients (one row a class) and intercepts of a softmax model; one class for a yes-or-no target."""
    classes = target.shape[1]
    data = np.hstack([rows, np.ones((len(rows), 1))])
    found = np.zeros((classes, data.shape[1]))
    penalty = np.full(data.shape[1], ridge)
    penalty[-1] = 1e-6
    for _ in range(60):
        score = data @ found.T
        if classes == 1:
            chance = 1 / (1 + np.exp(-np.clip(score, -30, 30)))
        else:
            chance = np.exp(score - score.max(1, keepdims=True))
            chance /= chance.sum(1, keepdims=True)
        step = np.zeros_like(found)
        for place in range(classes):
            slope = data.T @ (weight * (chance[:, place] - target[:, place])) + penalty * found[place]
            bend = (data * (weight * chance[:, place] * (1 - chance[:, place]) + 1e-9)[:, None]).T @ data + np.diag(penalty)
            step[place] = np.linalg.solve(bend, slope)
        found -= step * (1.0 if classes == 1 else 0.7)
        if np.abs(step).max() < 1e-6:
            break
    return found[:, :-1], found[:, -1]


def model(features: Sequence[str], rows: Floats, target: Floats, weight: Floats, classes: Sequence[str], ridge: float) -> Json:
    """A fitted model as ``weights.json`` holds it."""
    columns = [NAMES.index(name) for name in features]
    chosen = rows[:, columns]
    mean, scale = chosen.mean(0), np.maximum(chosen.std(0), 1e-3)
    coefficients, intercepts = logistic((chosen - mean) / scale, target, weight, ridge)
    numbers = {"mean": mean, "scale": scale, "coefficients": coefficients, "intercepts": intercepts}
    return {"features": list(features), "classes": list(classes)} | {name: np.round(value, 5).tolist() for name, value in numbers.items()}


def fitted(found: Iterable[Pairs], *, meaning: bool) -> tuple[Json, Json]:
    """The link model and the label model of some chains."""
    some = list(found)
    rows = np.vstack([each.rows for each in some]).astype(np.float64)
    labels = np.concatenate([each.labels for each in some])
    real = np.isin(labels, [*REAL, "retracts"])
    weight = np.where(labels == "", UNJUDGED, 1.0)
    link = model(LINK + (MEANING if meaning else ()), rows, real[:, None].astype(np.float64), weight, ["link"], 20.0)
    told = np.isin(labels, REAL)
    target = np.stack([labels[told] == name for name in REAL], 1).astype(np.float64)
    label = model(LABEL + (("cosine",) if meaning else ()), rows[told], target, np.ones(int(told.sum())), REAL, 30.0)
    return link, label


def axes(vectors: npt.NDArray[np.float32]) -> tuple[list[float], list[list[int]]]:
    """The centre of many sentence vectors, and the directions that remain when the strongest are left out."""
    centre = vectors.mean(0)
    _, _, directions = np.linalg.svd(vectors - centre, full_matrices=False)
    return np.round(centre, 5).tolist(), np.round(directions[AXES[0] : sum(AXES)] * 1000).astype(int).tolist()


def write(shown: Json, path: Path) -> None:
    """The weights, a model a line."""
    path.write_text("{\n" + ",\n".join(f'"{name}": {json.dumps(value, separators=(",", ":"))}' for name, value in shown.items()) + "\n}\n", "utf-8")


__all__ = ["Pairs", "assertion", "axes", "fitted", "overlap", "pairs", "place_of", "write"]
