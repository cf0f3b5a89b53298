"""Persons in office since 2015: name, office, side, from and to.  The table is ``officials.csv``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from communique.vocabulary.actors import split, table


@dataclass(frozen=True, slots=True)
class Official:
    """One term of one person in one office."""

    name: str
    others: tuple[str, ...]  # other spellings of the full name
    code: str
    office: str
    since: str
    until: str  # "" while in office
    alone: bool  # whether the surname is enough, without an introduction

    def serves(self, date: str) -> bool:
        """Whether the term holds ``date``, at the precision its ends are known."""
        return self.since <= date and (not self.until or date[: len(self.until)] <= self.until)


@cache
def officials() -> tuple[Official, ...]:
    """The terms of the table, in its order."""
    rows = table("officials.csv")
    return tuple(
        Official(row["name"], tuple(split(row["others"])), row["code"], row["office"], row["since"], row["until"], bool(row["alone"]))
        for row in rows
    )
