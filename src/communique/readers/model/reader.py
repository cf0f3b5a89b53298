"""The shipped reader: trained weights where judgement is needed, rules where rules are surest."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from communique.language.dates import when_of
from communique.language.items import line_above, subject
from communique.language.lines import above
from communique.language.people import people_in
from communique.language.polarity import lost_negation
from communique.readers.model.asking import Span
from communique.readers.model.assemble import Dials, assertion
from communique.readers.model.candidates import candidates
from communique.readers.model.edges import edges
from communique.readers.model.engine import Engine, Floats, OnnxEngine
from communique.readers.model.figures import Sight, doubting
from communique.readers.model.reading import found, told
from communique.readers.model.windows import Window, clean, cut, header, pieces, tokenizer
from communique.records import Act, Assertion, Draft, Event, Ground, Mention, Passage, Role, Statement
from communique.stages.agreements import agreements
from communique.stages.figures import figures
from communique.stages.relations import relations

_DENYING = (Event.NONE, Event.REJECT, Event.ACCUSE)
HERE = Path(__file__).parent / "weights"


class ModelReader:
    """Reads a statement in one pass of the encoder; see ``card.md`` for what it was trained on and how well it does."""

    name = "model"

    def __init__(self, folder: Path = HERE, engine: Engine | None = None, dials: Dials | None = None) -> None:
        self.words = tokenizer(folder)
        kept = json.loads((folder / "dials.json").read_text("utf-8")) if engine is None or dials is None else {}
        self.version = str(kept.get("version", "0"))
        self.engine = engine or OnnxEngine(folder)
        turn = np.load(folder / "vector.npy").astype(np.float32) if (folder / "vector.npy").exists() else np.eye(385, 384, dtype=np.float32)
        self._turn, self._shift = turn[:-1], turn[-1]
        self.dials = dials or Dials.of(kept["dials"])

    def read(self, statement: Statement, passages: Sequence[Passage], mentions: Sequence[Mention]) -> Draft:
        """Assertions by the model; figures, agreements and relations by rule, but for numbers in words that the model doubts."""
        windows, outputs = self._seen(statement, passages)
        assertions = tuple(made for made, _ in self._weighed(statement, passages, mentions, windows, outputs))
        doubts = doubting(Sight(windows, [scores for _, scores in outputs]), self.dials.figure)
        return Draft(
            assertions=assertions,
            figures=figures(statement, passages, mentions, assertions, doubts),
            agreements=agreements(statement, passages, mentions, assertions),
            relations=relations(statement, passages, mentions, assertions),
        )

    def judge(self, statement: Statement, passages: Sequence[Passage], mentions: Sequence[Mention]) -> Draft:
        """The assertions alone: the part that the weights decide."""
        return Draft(assertions=tuple(made for made, _ in self.weighed(statement, passages, mentions)))

    def weighed(
        self, statement: Statement, passages: Sequence[Passage], mentions: Sequence[Mention]
    ) -> list[tuple[Assertion, list[float]]]:
        """The assertions in the order of the text, each with the evidence that its confidence is computed from."""
        return self._weighed(statement, passages, mentions, *self._seen(statement, passages))

    def _seen(self, statement: Statement, passages: Sequence[Passage]) -> tuple[list[Window], list[tuple[Floats, Floats]]]:
        """The windows of a statement, with the encoder's states and the tagger's scores for each."""
        windows = cut(header(statement, self.words), pieces(statement, passages, self.words))
        return windows, [self.engine.tag(window.ids) for window in windows]

    def _weighed(
        self,
        statement: Statement,
        passages: Sequence[Passage],
        mentions: Sequence[Mention],
        windows: Sequence[Window],
        outputs: Sequence[tuple[Floats, Floats]],
    ) -> list[tuple[Assertion, list[float]]]:
        made: list[tuple[Assertion, list[float]]] = []
        for window, (states, _), spans in zip(windows, outputs, found(windows, [s for _, s in outputs], self.dials.leaning), strict=True):
            asked = [span_of(statement, passages, mentions, window, each.first, each.last) for each in spans]
            starts = [int(window.starts[each.first]) for each in spans]
            for at, (each, span, answer) in enumerate(zip(spans, asked, told(self.engine, window, states, asked), strict=True)):
                stop = min([span.passage.end, *starts[at + 1 : at + 2]])
                start, end = edges(statement.text, starts[at], int(window.ends[each.last]), stop, mentions)
                item, evidence = assertion(statement, span.passage, start, end, each, answer, self.dials)
                item = denied(statement.text, max(span.passage.start, made[-1][0].end if made else 0), item)
                item = led(statement.text, passages, mentions, span, item)
                made.append((placed(statement, passages, span, item), evidence))
        return made

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One vector of length 1 for each text, alike where the texts mean alike; zeros for an empty text."""
        made = np.zeros((len(texts), 384), np.float32)
        for at, text in enumerate(texts):
            ids = self.words.encode(clean(text)).ids[:256]
            if len(ids) > 2:
                states, _ = self.engine.tag(np.array(ids, np.int64))
                vector = states[1:-1].mean(0) @ self._turn + self._shift
                made[at] = vector / np.linalg.norm(vector)
        return made


def denied(text: str, least: int, item: Assertion) -> Assertion:
    """The item with the "Nor do" or "not" right before it taken into its words, where it denies a thing; none begins before ``least``."""
    lost = lost_negation(text[least : item.start], item.quote) if item.event in _DENYING else ""
    if not lost:
        return item
    start = text.rindex(lost, least, item.start)
    return replace(item, start=start, quote=text[start : item.end])


def led(text: str, passages: Sequence[Passage], mentions: Sequence[Mention], span: Span, item: Assertion) -> Assertion:
    """The item of a list that names nobody who acts, done by whom the line above the list names."""
    actors = [ground for ground in item.grounds if ground.code in item.actors]
    at = bisect_left(passages, span.passage.start, key=lambda passage: passage.start)
    line = None if any(ground.end > span.passage.start for ground in actors) else line_above(text, passages, at)
    named = subject(text, line, mentions) if line else ()
    if line is None or not named or set(named) == set(item.actors):
        return item
    grounds = [Ground(code, "far", line.start, line.end) for code in named]
    targets = [ground for ground in item.grounds if ground.code in item.targets and ground.code not in named]
    return replace(item, actors=named, targets=tuple(ground.code for ground in targets), grounds=(*grounds, *targets))


def placed(statement: Statement, passages: Sequence[Passage], span: Span, item: Assertion) -> Assertion:
    """The assertion with what rules say best: when, which persons met, and whether it is told by another side."""
    passage, before = span.passage, span.before
    when = when_of(
        statement.text,
        (item.start, item.end),
        (passage.start, passage.end),
        (before.start, before.end) if before else None,
        statement.date,
        str(item.act),
        str(item.event),
    )
    people = people_in(statement, passages, passage.start, passage.end) if item.event is Event.CONSULT and item.act is Act.OUTCOME else ()
    reported = bool(span.voice) and bool(item.actors) and not set(item.actors) & set(span.voice)
    return replace(item, when=when, people=people, reported=reported)


def span_of(statement: Statement, passages: Sequence[Passage], mentions: Sequence[Mention], window: Window, first: int, last: int) -> Span:
    """A span with the candidates of its passage."""
    at = window.pieces[window.piece[first]].passage
    passage = passages[at]
    before = [p for p in reversed(passages[max(0, at - 3) : at]) if p.role is Role.BODY]
    voice = passage.voice or statement.issuers
    offered = candidates(statement, passage, before, above(passages, at), mentions)
    return Span(first, last, passage, before[0] if before else None, voice, tuple(offered))
