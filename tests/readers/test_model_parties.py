"""Parties of an assertion, from what the heads say of each candidate."""

import numpy as np
import pytest

from communique.readers.model.assemble import Dials, parties
from communique.readers.model.candidates import Candidate
from communique.readers.model.reading import Told
from communique.records import Event

DIALS = Dials(actor=0.5, target=0.5, addressed=0.1)


def told(**chances: tuple[float, float]) -> Told:
    """One candidate a code, with its chances of being an actor and a target."""
    parts = tuple((Candidate((code,), "name", at, at + 3), *chance) for at, (code, chance) in enumerate(chances.items()))
    return Told({"act": np.zeros(4, np.float32)}, parts)


def codes(known: Told, event: Event) -> tuple[list[str], list[str]]:
    actors, targets = parties(known, DIALS, event)
    return [ground.code for ground in actors], [ground.code for ground in targets]


def test_those_sure_enough_are_named() -> None:
    assert codes(told(GHA=(0.9, 0.0), TGO=(0.2, 0.8), BEN=(0.1, 0.3)), Event.COOPERATE) == (["GHA"], ["TGO"])


def test_nobody_sure_the_likeliest_acts() -> None:
    assert codes(told(GHA=(0.3, 0.0), TGO=(0.2, 0.1)), Event.NONE) == (["GHA"], [])


@pytest.mark.parametrize(
    ("event", "expected"),
    [(Event.REQUEST, ["BEN"]), (Event.ACCUSE, ["BEN"]), (Event.SANCTION, ["BEN"]), (Event.COOPERATE, []), (Event.NONE, [])],
)
def test_what_is_always_done_to_somebody_takes_its_likeliest_target(event: Event, expected: list[str]) -> None:
    assert codes(told(GHA=(0.9, 0.6), TGO=(0.1, 0.2), BEN=(0.1, 0.3)), event) == (["GHA"], expected)


def test_a_target_that_is_hardly_likely_is_left_out() -> None:
    assert codes(told(GHA=(0.9, 0.0), TGO=(0.0, 0.05)), Event.REQUEST) == (["GHA"], [])
