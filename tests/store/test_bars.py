"""The bars of a following are those put last, however many changes lie behind the list."""

from __future__ import annotations

import random

import numpy as np
import pytest

from communique.store import bars
from communique.store.bars import BAR, GONE


@pytest.mark.parametrize("seed", range(8))
def test_bars_changed_a_few_at_a_time_are_those_put_last(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bars, "FEW", 5)
    dice = random.Random(seed)
    held = {assertion: dice.random() for assertion in dice.sample(range(1, 60), dice.choice((0, 1, 40)))}
    kept = bars.made(rows(held))
    lengths = set()
    for _ in range(40):
        new = {dice.randrange(1, 80): dice.choice((dice.random(), dice.random(), GONE)) for _ in range(dice.randrange(4))}
        held = {assertion: least for assertion, least in (held | new).items() if least != GONE}
        kept = bars.added(kept, np.array(dice.sample([*new.items()], len(new)), BAR))
        lengths.add(len(kept))
        assert bars.read(kept).tolist() == rows(held).tolist()
    assert 1 < len(lengths) < 30  # made anew now and then, not each time


def test_a_change_leaves_nearly_all_bytes_as_they_were() -> None:
    kept = bars.made(rows(dict.fromkeys(range(1, 10_001), 0.5)))
    later = bars.added(kept, rows({17: 0.75, 9_000: GONE}))
    assert len(later) == len(kept)
    assert sum(one != other for one, other in zip(kept, later, strict=True)) < 2 * BAR.itemsize + 1
    assert len(bars.read(later)) == 9_999


def test_a_list_of_before_has_no_room_and_is_read_as_it_is() -> None:
    old = rows({1: 0.25, 2: 0.5})
    assert bars.read(old.tobytes()).tolist() == old.tolist()
    assert bars.read(bars.added(old.tobytes(), rows({3: 0.75}))).tolist() == rows({1: 0.25, 2: 0.5, 3: 0.75}).tolist()


def rows(held: dict[int, float]) -> np.ndarray:
    return np.array(sorted(held.items()), BAR)
