"""Trees asked for many rows at once answer as trees that are walked one by one."""

from __future__ import annotations

import numpy as np
import pytest

from communique.stages.follow.index import Floats
from communique.stages.follow.trees import Trees
from communique.stages.follow.weights import weights


def walked(trees: Trees, tree: int, row: Floats) -> float:
    node = 0
    while (left := int(trees.left[tree, node])) != node:
        yes = row[trees.feature[tree, node]] <= trees.threshold[tree, node]
        node = left if yes else int(trees.right[tree, node])
    return float(trees.value[tree, node])


def rows_for(trees: Trees, many: int = 60) -> Floats:
    """Rows on both sides of the thresholds, and on them."""
    dice = np.random.default_rng(5)
    rows = dice.normal(0.5, 2.0, (many, int(trees.feature.max()) + 1)).astype(np.float32)
    for feature in range(rows.shape[1]):
        known = trees.threshold[trees.feature == feature]
        if len(known):
            rows[: many // 2, feature] = dice.choice(known, many // 2)
    return rows


@pytest.mark.parametrize("which", ["link", "label"])
def test_every_tree_gives_the_leaf_that_a_walk_reaches(which: str) -> None:
    trees = getattr(weights(), which)[False]
    rows, many = rows_for(trees), len(trees.classes)
    expected = [[sum(walked(trees, tree, row) for tree in range(place, len(trees.feature), many)) for place in range(many)] for row in rows]
    assert np.allclose(trees.scores(rows), expected, atol=1e-9)


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_rows_are_let_go_only_where_the_rest_of_the_trees_could_not_lift_them(part: float) -> None:
    trees = weights().link[False]
    rows = rows_for(trees, 400)
    every = trees.probabilities(rows)[:, 0]
    floor = float(np.quantile(every, part))
    left, chances = trees.at_least(rows, floor)
    assert 0 < len(left) < len(rows)
    assert left.tolist() == np.flatnonzero(every >= floor).tolist()
    assert np.allclose(chances, every[left])
