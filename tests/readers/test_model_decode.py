"""Tags to spans: a span goes on only with the act it began with, and the best sequence wins, row by row."""

import itertools

import numpy as np
import pytest

from communique.readers.model.decode import best_tags, log_softmax, spans

KINDS = 2  # tags: O, B-0, B-1, I-0, I-1


def allowed(tags):
    before = 0
    for tag in tags:
        if tag > KINDS and before not in (tag, tag - KINDS):
            return False
        before = tag
    return True


@pytest.mark.parametrize("seed", range(8))
def test_no_allowed_sequence_scores_higher(seed):
    row = log_softmax(np.random.default_rng(seed).normal(0, 2, (4, 5)).astype(np.float32))
    (found,) = best_tags([row], KINDS)
    assert allowed(found)
    best = max(sum(row[at, tag] for at, tag in enumerate(tags)) for tags in itertools.product(range(5), repeat=4) if allowed(tags))
    assert sum(row[at, tag] for at, tag in enumerate(found)) == pytest.approx(best, abs=1e-5)


def test_a_row_is_read_alike_alone_and_beside_longer_ones():
    rng = np.random.default_rng(3)
    rows = [log_softmax(rng.normal(0, 2, (n, 9)).astype(np.float32)) for n in (1, 7, 30, 2)]
    together = best_tags(rows, 4)
    assert [tags.tolist() for tags in together] == [best_tags([row], 4)[0].tolist() for row in rows]


def test_neighbouring_spans_stay_apart():
    assert spans(np.array([1, 3, 3, 1, 3, 0, 2]), KINDS) == [(0, 2, 0), (3, 4, 0), (6, 6, 1)]


def test_nothing_to_decode():
    assert best_tags([], KINDS) == []
    assert spans(np.array([0, 0]), KINDS) == []
