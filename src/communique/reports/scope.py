"""Which items belong to a year of an actor.

A deed counts for the year its words give; without such words, for the year of its statement.  A statement of the
opening months of the next year that sums the year up (its words name that year again and again) has its undated
deeds counted for the year it sums up.  A promise looks to the year its words give.  One without a date looks to the
next year when it is made as the year turns: in December, in the opening months, or in an autumn statement that dwells
on the next year; made earlier it is a standing aim, which is followed and is no priority of the next year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from communique.records import Act, Agreement, Assertion, Figure, Kept, Relation, Statement
from communique.reports.periods import bounds, overlap
from communique.reports.places import members
from communique.reports.sources import Sources

_MENTIONS = 2  # a statement sums a year up when it names it at least twice ...
_IN = r"\b(?:in|of|for|during|throughout|year)"
_WORDS_A_MENTION = 400  # ... and once every so many words: measured on the seeds, against year-long addresses that look back once


def sums_up(statement: Statement, year: int) -> bool:
    """Whether a statement looks back on a year: its title names it, or its words do so again and again."""
    if re.search(rf"\b{year}\b", statement.title):
        return True
    return _again_and_again(rf"{_IN}\s+{year}\b|\b(?:last|past) year\b", statement.text)


def looks_to(statement: Statement, year: int) -> bool:
    """Whether a statement of the year before looks ahead to a year: its title names it, or its words do so again and again."""
    if re.search(rf"\b{year}\b", statement.title):
        return True
    return _again_and_again(rf"{_IN}\s+{year}\b|\b(?:next|coming) year\b", statement.text)


def _again_and_again(pattern: str, text: str) -> bool:
    named = len(re.findall(pattern, text, re.I))
    return named >= _MENTIONS and named * _WORDS_A_MENTION >= len(text.split())


@dataclass(frozen=True)
class Scope:
    """The year of an actor, and the questions of what falls in it."""

    sources: Sources
    year: int

    @property
    def actor(self) -> str:
        """Whose year."""
        return self.sources.actor

    @property
    def since(self) -> str:
        """The first day."""
        return f"{self.year}-01-01"

    @property
    def until(self) -> str:
        """The last day."""
        return f"{self.year}-12-31"

    def in_year(self, date: str | None) -> bool:
        """Whether a statement's date falls in the year."""
        return overlap(date, self.since, self.until)

    def in_opening(self, date: str | None) -> bool:
        """Whether it falls in the first three months of the next year, when reviews are given."""
        return overlap(date, f"{self.year + 1}-01-01", f"{self.year + 1}-03-31") and not self.in_year(date)

    @cached_property
    def summing_up(self) -> frozenset[str]:
        """Statements of the opening of the next year that sum this one up."""
        docs = {each.doc for each in self.sources.kept if self.in_opening(each.date)}
        known = [self.sources.statements[doc] for doc in sorted(docs) if doc in self.sources.statements]
        return frozenset(each.id for each in known if sums_up(each, self.year))

    @cached_property
    def looking_back(self) -> frozenset[str]:
        """Statements of the opening of this year that sum up the one before."""
        opening = (f"{self.year}-01-01", f"{self.year}-03-31")
        docs = {each.doc for each in self.sources.kept if overlap(each.date, *opening) and each.date != str(self.year)}
        known = [self.sources.statements[doc] for doc in sorted(docs) if doc in self.sources.statements]
        return frozenset(each.id for each in known if sums_up(each, self.year - 1))

    @cached_property
    def looking_ahead(self) -> frozenset[str]:
        """Statements made as the year turns: what they promise without a date is promised for the next year."""
        dates, known = {each.doc: each.date for each in self.sources.kept}, self.sources.statements
        turning = {doc for doc, date in dates.items() if overlap(date, f"{self.year}-12-01", f"{self.year + 1}-03-31")}
        autumn = {doc for doc, date in dates.items() if overlap(date, f"{self.year}-10-01", f"{self.year}-11-30") and doc in known}
        ahead = {doc for doc in autumn if looks_to(known[doc], self.year + 1)}
        return frozenset(doc for doc in turning | ahead if dates[doc] != str(self.year))

    def deed(self, kept: Kept) -> bool:
        """Whether what an item tells was done, or claimed, in the year."""
        when = self._when(kept)
        if bounds(when):
            return overlap(when, self.since, self.until)
        return (self.in_year(kept.date) and kept.doc not in self.looking_back) or kept.doc in self.summing_up

    def _when(self, kept: Kept) -> str | None:
        item = kept.item
        if isinstance(item, Assertion | Figure) and item.when:
            return item.when
        host = self.sources.host(kept) if not isinstance(item, Assertion) else None
        return host.item.when if host and isinstance(host.item, Assertion) and host.item.act is Act.OUTCOME else None

    def when(self, kept: Kept) -> str | None:
        """The time the words give, of the item or of the deed it stands in."""
        return self._when(kept)

    def outcome(self, kept: Kept) -> bool:
        """Whether an item is a deed of the actor, or one done to or with it, in the year."""
        item = kept.item
        mine = isinstance(item, Assertion) and item.act is Act.OUTCOME and self.actor in (*item.actors, *item.targets)
        return mine and self.deed(kept)

    def promise(self, kept: Kept) -> bool:
        """Whether an item is a promise of the actor that looks to the next year or later."""
        if not self._promised(kept) or not (self.in_year(kept.date) or self.in_opening(kept.date)):
            return False
        found = self._by(kept)
        return kept.doc in self.looking_ahead if found is None else found > self.until

    def due(self, kept: Kept) -> bool:
        """Whether an item is a promise of the actor, made before the year ended, that its words place in the year itself."""
        if not self._promised(kept) or not kept.date or kept.date > self.until:
            return False
        found = self._by(kept)
        return found is not None and self.since <= found <= self.until

    def aim(self, kept: Kept) -> bool:
        """Whether an item is a promise of the actor, made in the year without a date, that does not look to the next."""
        return self._promised(kept) and self.in_year(kept.date) and self._by(kept) is None and kept.doc not in self.looking_ahead

    def _promised(self, kept: Kept) -> bool:
        item = kept.item
        return isinstance(item, Assertion) and item.act is Act.COMMITMENT and self.actor in item.actors

    def _by(self, kept: Kept) -> str | None:
        """The last day of the time that a promise gives."""
        found = bounds(kept.item.when) if isinstance(kept.item, Assertion) else None
        return found[1] if found else None

    def stance(self, kept: Kept) -> bool:
        """Whether an item is a position or an appeal of the actor in the year, or in a statement that sums it up."""
        item = kept.item
        mine = isinstance(item, Assertion) and item.act in (Act.POSITION, Act.APPEAL) and self.actor in item.actors
        return mine and (self.in_year(kept.date) or kept.doc in self.summing_up)

    def tie(self, kept: Kept) -> bool:
        """Whether an item labels a tie of the actor, in the year or in a statement that sums it up."""
        item = kept.item
        if not isinstance(item, Relation) or not (self.in_year(kept.date) or kept.doc in self.summing_up):
            return False
        return self._party(item.parties, kept.doc)

    def _party(self, parties: tuple[str, ...], doc: str) -> bool:
        """Whether the actor is among the parties, by a body it belongs to, or unsaid in a statement of its own."""
        return self.actor in parties or (not parties and self.sources.own(doc)) or any(self.actor in members(code) for code in parties)

    def instrument(self, kept: Kept) -> bool:
        """Whether an item names an instrument of the actor, in the year or in a statement that sums it up."""
        item = kept.item
        if not isinstance(item, Agreement) or not (self.in_year(kept.date) or kept.doc in self.summing_up):
            return False
        return self._party(item.parties, kept.doc)
