"""A fit that is cut off goes on after the last whole round: everything that the next round depends on, kept in one file."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from training.half import Masters
from training.network import Network


@dataclass
class Rounds:
    """How far a fit is: rounds and steps done, steps in all, the running average of the weights."""

    network: Network
    optimiser: Masters
    averages: list[Tensor]
    rng: np.random.Generator
    dice: random.Random
    done: int = 0
    step: int = 0
    total: int = 0

    def keep(self, path: Path) -> None:
        """Write everything beside ``path``, then put it in its place at once."""
        state = {
            "network": self.network.state_dict(),
            "masters": [master.detach() for _, master in self.optimiser.pairs],
            "adam": self.optimiser.adam.state_dict(),
            "averages": self.averages,
            "chance": (self.rng.bit_generator.state, self.dice.getstate(), torch.get_rng_state()),
            "count": (self.done, self.step, self.total),
        }
        part = path.with_suffix(".writing")
        torch.save(state, part)
        part.replace(path)

    def go_on(self, path: Path) -> None:
        """Stand where ``keep`` wrote ``path``; where there is no such file, at the beginning."""
        if not path.exists():
            return
        state: dict[str, Any] = torch.load(path, weights_only=False)
        self.network.load_state_dict(state["network"])
        self.optimiser.adam.load_state_dict(state["adam"])
        with torch.no_grad():
            for (_, master), kept in zip(self.optimiser.pairs, state["masters"], strict=True):
                master.copy_(kept)
            for mine, kept in zip(self.averages, state["averages"], strict=True):
                mine.copy_(kept)
        self.rng.bit_generator.state, drawn, chance = state["chance"]
        self.dice.setstate(drawn)
        torch.set_rng_state(chance)
        self.done, self.step, self.total = state["count"]
