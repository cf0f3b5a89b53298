"""Statements marked by hand in a test: a text, the quotes in it, and what each is; kept as the record keeps them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from communique.records import (
    Act,
    Agreement,
    Assertion,
    Event,
    Figure,
    Item,
    Judgement,
    Kept,
    Relation,
    Speaker,
    Stage,
    Statement,
    Strength,
    Topic,
    item_id,
)


def codes(text: str) -> tuple[str, ...]:
    """``"KEN UGA"`` as codes."""
    return tuple(text.split())


@dataclass
class Marked:
    """A statement and the items marked in it so far."""

    statement: Statement
    kept: list[Kept] = field(default_factory=list)

    def add(self, item: Item, judgements: tuple[Judgement, ...] = ()) -> Marked:
        said = self.statement
        self.kept.append(Kept(item_id(said, item), item, said.id, said.date, said.publisher, said.title, "hand 1", judgements))
        return self

    def place(self, quote: str) -> tuple[int, int, str]:
        start = self.statement.text.index(quote)
        return start, start + len(quote), quote

    def says(self, quote: str, kind: str, actors: str, targets: str = "", *, judgements: tuple[Judgement, ...] = (), **more: Any) -> Marked:
        """An assertion: ``says("will open an embassy", "commitment COOPERATE health firm", "KEN", "MAR")``; a ``!`` marks it specific."""
        act, event, topic, *rest = kind.split()
        strength = Strength(next((word for word in rest if word != "!"), "firm")) if act == "commitment" else None
        item = Assertion(
            *self.place(quote),
            Act(act),
            Event(event),
            codes(actors),
            codes(targets),
            Topic(topic),
            specific="!" in rest,
            strength=strength,
            **more,
        )
        return self.add(item, judgements)

    def counts(self, quote: str, value: float, unit: str, **more: Any) -> Marked:
        return self.add(Figure(*self.place(quote), value, unit, **more))

    def names(self, quote: str, stage: str, parties: str, **more: Any) -> Marked:
        return self.add(Agreement(*self.place(quote), more.pop("name", quote), parties=codes(parties), stage=Stage(stage), **more))

    def labels(self, quote: str, parties: str) -> Marked:
        return self.add(Relation(*self.place(quote), codes(parties), quote))


def marked(
    id: str, date: str | None, publisher: str, text: str, *, side: str = "", speaker: str = "", kind: str = "statement", title: str = ""
) -> Marked:
    """A statement with no item yet."""
    speakers = (Speaker(speaker or "the ministry", side=side),) if side else ()
    return Marked(Statement(id, " ".join(text.split()), f"{id}.txt", title, date, publisher, kind, speakers=speakers))
