"""Numbers in words that the tagger doubts, on evidence made by hand: no weights are needed."""

import numpy as np

from communique.readers.model.figures import Sight, doubting
from communique.readers.model.labels import WIDTHS
from communique.readers.model.windows import Window

TEXT = "Chad sent two envoys."
WORDS = [(0, 4), (5, 9), (10, 13), (14, 20), (20, 21)]


def sight(surest: int) -> Sight:
    """What a tagger saw that marks one word of ``TEXT`` as a figure; the framing tokens, first and last, shout and must not be heard."""
    spans = np.array([(0, 0), *WORDS, (0, 0)], np.int64)
    framed = np.array([-1, *([0] * len(WORDS)), -1], np.int64)
    window = Window(np.zeros(len(spans), np.int64), spans[:, 0], spans[:, 1], framed >= 0, framed, ())
    scores = np.zeros((len(spans), sum(WIDTHS)), np.float32)
    scores[:, WIDTHS[0]] = 3.0
    scores[1 + surest, WIDTHS[0] : WIDTHS[0] + 3] = 0.0, 3.0, 0.0
    scores[[0, -1], WIDTHS[0] + 1] = 9.0
    return Sight([window], [scores])


def test_the_odds_of_a_number_are_those_of_its_surest_word() -> None:
    seen = sight(2)
    assert seen.odds(10, 13) > 3
    assert seen.odds(5, 20) == seen.odds(10, 13)
    assert seen.odds(0, 4) < -2


def test_a_place_that_was_not_shown_has_no_odds() -> None:
    assert sight(2).odds(40, 44) is None
    assert Sight([], []).odds(0, 4) is None


def test_a_number_is_doubted_where_the_tagger_is_sure_that_it_is_no_figure() -> None:
    doubts = doubting(sight(2), -2.0)
    assert not doubts(10, 13), "it sees a figure"
    assert doubts(5, 9), "it is sure that there is none"
    assert not doubts(40, 44), "not shown: left to the rules"
    assert not doubting(sight(2), -9.0)(5, 9), "not sure enough"
