"""From what the weights say of candidates to actors and targets."""

import numpy as np

from communique.readers.model.assemble import Dials, ours, parties
from communique.readers.model.candidates import Candidate
from communique.readers.model.reading import Told

WE = Candidate(("FJI", "TON"), "we", 10, 12)
VOICE = Candidate(("FJI", "TON"), "voice")
ALL = Candidate(("grp:all-countries",), "countries")
PERU = Candidate(("PER",), "name", 30, 34)


def told(*parts: tuple[Candidate, float, float], targeted: float = 0.0) -> Told:
    return Told({"targeted": np.log(np.array([1 - targeted, targeted], np.float32) + 1e-9)}, parts)


def codes(*parts: tuple[Candidate, float, float], everyone: bool = True, targeted: float = 0.0) -> tuple[list[str], list[str]]:
    actors, targets = parties(told(*parts, targeted=targeted), Dials(), everyone)
    return [one.code for one in actors], [one.code for one in targets]


def test_all_countries_are_a_target_only_where_nobody_is_named() -> None:
    assert codes((VOICE, 0.9, 0.0), (ALL, 0.0, 0.8)) == (["FJI", "TON"], ["grp:all-countries"])
    assert codes((VOICE, 0.9, 0.0), (ALL, 0.0, 0.8), (PERU, 0.0, 0.6)) == (["FJI", "TON"], ["PER"])


def test_all_countries_are_no_target_of_words_that_mean_no_one_but_some() -> None:
    assert codes((VOICE, 0.9, 0.0), (ALL, 0.0, 0.8), everyone=False) == (["FJI", "TON"], [])
    assert codes((VOICE, 0.9, 0.0), (ALL, 0.0, 0.8), (PERU, 0.0, 0.2), everyone=False, targeted=0.9)[1] == ["PER"]


def test_all_of_us_act_where_we_opens_the_words() -> None:
    one_of_us = Candidate(("FJI",), "name", 20, 24)
    for other in (one_of_us, PERU):
        actors, targets = parties(told((other, 0.9, 0.0), (WE, 0.1, 0.0)), Dials())
        assert [one.code for one in ours(told((WE, 0.1, 0.0)), 10, actors, targets)[0]] == ["FJI", "TON"]
    actors, targets = parties(told((PERU, 0.9, 0.0), (WE, 0.9, 0.0)), Dials())
    assert [one.code for one in ours(told((WE, 0.9, 0.0)), 10, actors, targets)[0]] == ["PER", "FJI", "TON"]
    assert ours(told((WE, 0.1, 0.0)), 40, actors, targets) == (actors, targets)
