"""How common a word is in official statements, so that a rare word shared by two of them counts for more."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from math import log

SENTENCES = 110_455
LEAST = 6  # sentences; what is not in the table is taken to be this rare


@cache
def counts() -> dict[str, int]:
    """Stem -> number of sentences it occurs in, of ``SENTENCES``."""
    lines = files("communique.vocabulary").joinpath("frequency.csv").read_text("utf-8").splitlines()
    return {stem: int(count) for stem, count in (line.split(",") for line in lines if not line.startswith("#"))}


@lru_cache(maxsize=200_000)
def rarity(stem: str) -> float:
    """The information of a stem in nats: about 2 for "country", 9.8 for one that the table does not hold."""
    return log(SENTENCES / counts().get(stem, LEAST))
