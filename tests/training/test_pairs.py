"""Written pairs: what their lines say, and that the files can be read."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))
from communique import readers
from training.pairs import pairs_in, read, written

TOLD = """+ 2019-03-04 | FRA | We will fund clinics.
a 2019-11-20 | FRA | A first tranche | the smaller one | was paid.

u 2020-05-05 | MLI | Nurses were sent.
+ 2020-01-01 | NOR | We will plant trees.
x 2021-01-01 | NOR | The planting is off.
"""


def test_words_belong_to_the_promise_above_them() -> None:
    pairs = list(pairs_in(TOLD))
    assert [(pair.promise.publisher, pair.later.publisher, pair.label) for pair in pairs] == [
        ("FRA", "FRA", "advances"),
        ("FRA", "MLI", "unrelated"),
        ("NOR", "NOR", "retracts"),
    ]
    assert pairs[0].later.words == "A first tranche | the smaller one | was paid."


@pytest.mark.parametrize("line", ["q 2020-01-01 | NOR | Trees were planted.", "a 2020-01-01 | Trees were planted."])
def test_a_line_of_another_form_is_named(line: str) -> None:
    with pytest.raises(ValueError, match="Trees"):
        list(pairs_in(TOLD + line))


def test_words_before_any_promise_are_named() -> None:
    with pytest.raises(ValueError, match="before any promise"):
        list(pairs_in("a 2020-01-01 | NOR | Trees were planted."))


def test_every_written_pair_can_be_read() -> None:
    pairs = written()
    many = Counter(pair.label for pair in pairs)
    assert len(pairs) >= 6_600
    assert len({pair.promise for pair in pairs}) >= 850
    assert min(many.values()) >= 140
    assert not [pair for pair in pairs if pair.later.date < pair.promise.date]


def test_a_promise_and_its_later_words_are_read_as_a_chain() -> None:
    clinics, trees = read(list(pairs_in(TOLD)), readers.load("cues"))
    assert [link["label"] for link in clinics.chain["threads"][0]["links"]] == ["advances", "unrelated"]
    assert [link["label"] for link in trees.chain["threads"][0]["links"]] == ["retracts"]
    assert {one.doc for one in trees.kept} <= set(trees.chain["documents"])
    assert not {one.doc for one in trees.kept} & set(clinics.chain["documents"])
    assert any("plant trees" in one.item.quote for one in trees.kept)
