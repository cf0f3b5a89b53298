"""Fit what following learns: ``python -m training.follow`` writes ``stages/follow/weights.json`` from the marked chains.

Two sums of small decision trees, grown by LightGBM with a fixed seed on one thread.  Pairs nobody judged count as unrelated with little
weight; those that the rules drop, as neither by nor about the promiser, do not count.  What a link is to a promise is learned from the
chains of ``training/links`` too; whether it is one, from the near misses of ``training/pairs`` too, with little weight.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

import communique.stages.follow
from communique import readers
from communique.readers import Reader
from communique.records import Kept
from communique.stages.follow import Follower
from communique.stages.follow.anchors import concerned
from communique.stages.follow.features import NAMES
from communique.stages.follow.weights import from_json
from training import links
from training import pairs as near_misses
from training.chains import Material, chains, materials

Floats = npt.NDArray[np.float64]
Json = dict[str, Any]
REAL = ("advances", "fulfils", "repeats")
LINK = (
    "covered", "covers", "dice", "rarest", "pairs_shared", "names_cover", "names_extra", "initials", "head_mod", "first_verb",
    "object", "object_back", "objects", "subject", "object_rarest",
    "numbers_shared", "numbers_clash", "numbers_missing", "ordinals_clash", "months_clash", "more_extra", "same_doc", "same_day", "gap",
    "actors", "same_event", "same_topic", "verb_shared", "verb_same", "done", "once", "exists", "met", "unmet",
    *(name for name in NAMES if name.startswith("e_")),
)  # fmt: skip
MEANING = ("cosine", "best_cosine", "doc_best_cosine", "around")
LABEL = (
    *(name for name in NAMES if name.startswith(("e_", "c_", "both_", "done_", "v_", "w_"))),
    "verb_shared", "verb_same", "verb_done", "deed_done", "once", "once_done", "once_told", "exists", "done", "met", "unmet",
    "same_doc", "same_day", "gap", "due", "due_past",
    "numbers_shared", "numbers_clash", "numbers_missing", "numbers_more", "covered", "covers", "first_verb", "names_cover", "rarest",
)  # fmt: skip
HERE = Path(communique.stages.follow.__file__).parent / "weights.json"
FLOOR = {"vectors": 0.7, "words": 0.715}  # likely enough to be a link: near misses held at one in six on chains left out
UNJUDGED = 0.07  # weight of a pair nobody judged
FOR = frozenset(
    "covered covers dice rarest pairs_shared names_cover initials head_mod object object_back objects object_rarest subject "
    "numbers_shared actors verb_shared verb_same cosine best_cosine doc_best_cosine around".split()
)
AGAINST = frozenset("names_extra numbers_clash ordinals_clash months_clash more_extra".split())
SHAPE = {
    "num_leaves": 6, "learning_rate": 0.04, "min_data_in_leaf": 40, "bagging_fraction": 0.7, "bagging_freq": 1, "feature_fraction": 0.3,
    "lambda_l2": 10.0, "num_threads": 1, "verbose": -1, "seed": 7, "deterministic": True, "force_row_wise": True,
}  # fmt: skip
ROUNDS = (150, 110)  # trees of the link model; of each class of the label model
NEAR = {"num_leaves": 3}  # trees that tell links from near misses alone: a thousand pairs bear no deeper ones
NEAR_ROUNDS, NEAR_SEEDS = 200, (1, 2)
ALL = 0.6  # weight of the trees fitted on every pair beside those fitted on judged ones; more loses links, less links what nobody judged
OWN = 0.03  # weight of a written pair; more gains precision and loses more links than the floor would
AXES = (1, 128)  # directions all statements share, left out; directions kept


@dataclass(frozen=True)
class Pairs:
    """Compared pairs of one chain with what careful readers made of them ("" where nobody judged)."""

    chain: str
    rows: npt.NDArray[np.float32]
    labels: npt.NDArray[np.object_]


class Own(NamedTuple):
    """Compared pairs of what was written for this project: chains for the label model, near misses for the link model."""

    told: Sequence[Pairs] = ()
    near: Sequence[Pairs] = ()


NOTHING = Own()


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
    """The pairs that following would compare for the threads of a chain, judged pairs it would miss added; others' deeds left out."""
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
        either = np.union1d(follower.candidates(mine), np.array(sorted(judged), np.int64))
        candidates = np.array([row for row in either.tolist() if concerned(index.kept[mine], index.kept[row])], np.int64)
        if len(candidates):
            rows.append(follower.compare(mine, candidates))
            labels.extend(judged.get(int(number), "") for number in candidates)
    return Pairs(chain["chain"], np.vstack([np.zeros((0, len(NAMES)), np.float32), *rows]), np.array(labels, dtype=np.object_))


def model(
    features: Sequence[str],
    rows: Floats,
    target: npt.NDArray[np.int64],
    weight: Floats,
    classes: Sequence[str],
    rounds: int,
    *,
    leaning: bool = False,
    shape: Json | None = None,
) -> Json:
    """A fitted model as ``weights.json`` holds it; ``leaning``: more in common can only count for a link, more apart against it."""
    import lightgbm

    columns = [NAMES.index(name) for name in features]
    many = {"objective": "multiclass", "num_class": len(classes)} if len(classes) > 1 else {"objective": "binary"}
    dials: Json = {**SHAPE, **many, **(shape or {})}
    if leaning:
        dials = dials | {"monotone_constraints": [(name in FOR) - (name in AGAINST) for name in features]}
    data = lightgbm.Dataset(rows[:, columns], target, weight=weight)
    dump = lightgbm.train(dials, data, num_boost_round=rounds).dump_model()
    trees = [_tree(each["tree_structure"]) for each in dump["tree_info"]]
    return {"features": list(features), "classes": list(classes), "trees": trees}


def _joined(*weighed: tuple[float, Json]) -> Json:
    """Models of the same features as one: their scores are added, each times its weight."""
    trees = [tree | {"value": [round(value * weight, 5) for value in tree["value"]]} for weight, each in weighed for tree in each["trees"]]
    return weighed[0][1] | {"trees": trees}


def _tree(root: Json) -> Json:
    """A tree laid out in rows of equal meaning: node numbers, and leaves that point to themselves."""
    shown: Json = {"feature": [], "threshold": [], "left": [], "right": [], "value": []}

    def lay(node: Json) -> int:
        here = len(shown["value"])
        leaf = "leaf_value" in node
        shown["feature"].append(0 if leaf else node["split_feature"])
        shown["threshold"].append(0.0 if leaf else float(f"{node['threshold']:.6g}"))
        shown["value"].append(round(node["leaf_value"], 5) if leaf else 0.0)
        shown["left"].append(here)
        shown["right"].append(here)
        if not leaf:
            shown["left"][here] = lay(node["left_child"])
            shown["right"][here] = lay(node["right_child"])
        return here

    lay(root)
    return shown


def fitted(found: Iterable[Pairs], own: Own = NOTHING, *, meaning: bool) -> tuple[Json, Json]:
    """The link model and the label model of some chains and of what was written for this project."""
    some = list(found)
    rows = np.vstack([each.rows for each in some]).astype(np.float64)
    labels = np.concatenate([each.labels for each in some])
    real = np.isin(labels, [*REAL, "retracts"])
    weight = np.where(labels == "", UNJUDGED, 1.0)
    features = LINK + (MEANING if meaning else ())
    whole = model(features, rows, real.astype(np.int64), weight, ["link"], ROUNDS[0])
    near = _near(features, [(each, 1.0) for each in some] + [(each, OWN) for each in own.near])
    link = _joined((ALL, whole), *((1 / len(near), each) for each in near))
    rows = np.vstack([rows, *(each.rows for each in own.told)])
    labels = np.concatenate([labels, *(each.labels for each in own.told)])
    told = np.isin(labels, REAL)
    target = np.array([REAL.index(label) for label in labels[told]])
    label = model(LABEL + (("cosine",) if meaning else ()), rows[told], target, np.ones(int(told.sum())), REAL, ROUNDS[1])
    return link, label


def _near(features: Sequence[str], weighed: Sequence[tuple[Pairs, float]]) -> list[Json]:
    """Models, one a seed, that tell links from near misses among judged pairs, those of each chain with a weight."""
    judged = [(each.rows[each.labels != ""], each.labels[each.labels != ""], weight) for each, weight in weighed]
    rows = np.vstack([rows for rows, _, _ in judged]).astype(np.float64)
    real = np.concatenate([np.isin(labels, [*REAL, "retracts"]) for _, labels, _ in judged]).astype(np.int64)
    weights = np.concatenate([np.full(len(labels), weight) for _, labels, weight in judged])
    return [
        model(features, rows, real, weights, ["link"], NEAR_ROUNDS, leaning=True, shape={**NEAR, "seed": seed}) for seed in NEAR_SEEDS
    ]


def axes(vectors: npt.NDArray[np.float32]) -> tuple[list[float], list[list[int]]]:
    """The centre of many sentence vectors, and the directions that remain when the strongest are left out."""
    centre = vectors.mean(0)
    _, _, directions = np.linalg.svd(vectors - centre, full_matrices=False)
    return np.round(centre, 5).tolist(), np.round(directions[AXES[0] : sum(AXES)] * 1000).astype(int).tolist()


def followers(found: Iterable[Material]) -> tuple[Json, list[tuple[Json, Follower]]]:
    """The axes of all vectors, and each chain with a follower that compares along them."""
    some = list(found)
    vectors = [each.vectors for each in some if each.vectors is not None]
    centre, kept = axes(np.vstack(vectors)) if vectors else ([0.0], [[1000]])
    base: Json = {"floor": FLOOR, "centre": centre, "axes": kept, "link": {}, "label": {}}
    bare = replace(from_json(base), floor={True: 2.0, False: 2.0})
    return base, [(each.chain, Follower(each.kept, "2100", each.vectors, bare)) for each in some]


def shown(base: Json, found: Sequence[Pairs], own: Own = NOTHING, kinds: Sequence[str] = ("vectors", "words")) -> Json:
    """The weights that some chains give."""
    made = {kind: fitted(found, NOTHING if kind == "vectors" else own, meaning=kind == "vectors") for kind in kinds}
    return base | {"link": {kind: made[kind][0] for kind in kinds}, "label": {kind: made[kind][1] for kind in kinds}}


def write(weights: Json, path: Path = HERE) -> None:
    """The weights, a part a line."""
    lines = (f'"{name}": {json.dumps(value, separators=(",", ":"))}' for name, value in weights.items())
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


def written(reader: Reader) -> Own:
    """What was written for this project, read and compared."""
    told, near = links.written(reader), near_misses.read(near_misses.written(), reader)
    return Own(*([pairs(chain, follower) for chain, follower in followers(each)[1]] for each in (told, near)))


def made(some: Sequence[Material], own: Own = NOTHING) -> Json:
    """The weights that some chains give: with vectors where they have them, and without."""
    known: Json = {}
    for kind in ("words", "vectors"):
        given = some if kind == "vectors" else [Material(each.chain, each.kept, None) for each in some]
        if kind == "vectors" and any(each.vectors is None for each in some):
            continue
        base, found = followers(given)
        one = shown(base, [pairs(chain, follower) for chain, follower in found], own, (kind,))
        known = {**one, "link": known.get("link", {}) | one["link"], "label": known.get("label", {}) | one["label"]}
    return known


def main(reader: str = "model") -> None:
    """Read the chains, fit, write."""
    known = readers.load(reader)
    write(made(list(materials(chains(), known)), written(known)))


if __name__ == "__main__":
    main(*sys.argv[1:])
