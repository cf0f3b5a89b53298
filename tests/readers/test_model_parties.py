"""Parties of an assertion, from what the heads say of each candidate and of the deed."""

import numpy as np
import pytest

from communique.readers.model.assemble import Dials, parties
from communique.readers.model.candidates import Candidate
from communique.readers.model.reading import Told

DIALS = Dials(actor=0.5, target=0.5, targeted=0.6)


def told(targeted: float = 0.1, **chances: tuple[float, float]) -> Told:
    """One candidate a code, with its chances of being an actor and a target; the chance that the deed has a target at all."""
    parts = tuple((Candidate((code,), "name", at, at + 3), *chance) for at, (code, chance) in enumerate(chances.items()))
    return Told({"targeted": np.log(np.array([1 - targeted, targeted], np.float32))}, parts)


def codes(known: Told) -> tuple[list[str], list[str]]:
    actors, targets = parties(known, DIALS)
    return [ground.code for ground in actors], [ground.code for ground in targets]


def test_those_sure_enough_are_named() -> None:
    assert codes(told(GHA=(0.9, 0.0), TGO=(0.2, 0.8), BEN=(0.1, 0.3))) == (["GHA"], ["TGO"])


def test_nobody_sure_the_likeliest_acts() -> None:
    assert codes(told(GHA=(0.3, 0.0), TGO=(0.2, 0.1))) == (["GHA"], [])


@pytest.mark.parametrize(("targeted", "expected"), [(0.9, ["BEN"]), (0.61, ["BEN"]), (0.59, []), (0.1, [])])
def test_what_is_surely_done_to_somebody_takes_its_likeliest_target(targeted: float, expected: list[str]) -> None:
    assert codes(told(targeted, GHA=(0.9, 0.6), TGO=(0.1, 0.2), BEN=(0.1, 0.3))) == (["GHA"], expected)


def test_a_sure_target_stands_however_unlikely_the_deed_seems_to_have_one() -> None:
    assert codes(told(0.01, GHA=(0.9, 0.0), TGO=(0.0, 0.55))) == (["GHA"], ["TGO"])


def test_an_actor_is_no_target() -> None:
    assert codes(told(0.9, GHA=(0.9, 0.4))) == (["GHA"], [])
