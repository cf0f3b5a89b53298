"""Marked statements as the reader meets them: ingested, segmented, resolved, cut into windows, with what should be read.

The stages that run here are those that run when a statement is read, so the candidates the model learns from are those it will get.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from communique.readers.model.asking import Asked, Span, ask
from communique.readers.model.labels import ACTS, EVENTS, SIDES, SIZES, STAGES, STRENGTHS, TOPICS, begins, goes_on
from communique.readers.model.reader import span_of
from communique.readers.model.windows import Piece, Window, cut, header, pieces
from communique.records import Given, Mention, Passage, Statement
from communique.stages.ingest import ingest
from communique.stages.resolve import resolve
from communique.stages.segment import segment

IGNORED = -100


@dataclass
class Document:
    """A marked statement, prepared."""

    marks: dict
    statement: Statement
    passages: tuple[Passage, ...]
    mentions: tuple[Mention, ...]
    pieces: list[Piece] = field(default_factory=list)
    labelled: dict[int, bool] = field(default_factory=dict)  # passage -> inside the marked region
    weight: float = 1.0


@dataclass
class Example:
    """A window with its answers; token answers are ``IGNORED`` where nothing is asked."""

    window: Window
    tags: NDArray[np.int64]  # (tokens, 1 + sides)
    asked: Asked
    labels: dict[str, NDArray[np.int64]]
    held: NDArray[np.int64]  # (held, 2) a pair, and the party (a code of a span) that its candidate may stand for
    parties: NDArray[np.float32]  # (parties, 2) whether each is an actor, a target
    named: NDArray[np.bool_]  # (tokens,) inside a mention
    spans: list[tuple[int, int, int]]  # start, end and act of every assertion
    sentences: NDArray[np.float32]  # (sentences, tokens) weights that average each piece
    texts: list[str]
    weight: float = 1.0
    soft: NDArray[np.float32] | None = None  # (tokens, tags) probabilities in place of answers, where other networks gave them


def load(folder: Path) -> list[dict]:
    """The marked statements of a folder, one JSON file each, in the order of their names."""
    return [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]


def prepare(marks: dict, words: Tokenizer) -> Document:
    """One statement through the stages, with its marked region noted."""
    given = Given(
        text=marks["text"],
        source=marks["id"],
        id=marks["id"],
        title=marks["title"],
        date=marks["date"],
        publisher=marks["publisher"],
        kind=marks["kind"],
    )
    statement, _ = ingest(given)
    passages = segment(statement)
    mentions = resolve(statement, passages)
    low, high = marks.get("annotated") or (0, len(statement.text))
    labelled = {at: low <= p.start < high for at, p in enumerate(passages)}
    kept = tuple(p for at, p in enumerate(passages) if any(labelled.get(at + step) for step in (0, 1, 2)))
    document = Document(marks, statement, kept, mentions, weight=marks.get("weight", 1.0))
    document.labelled = {at: low <= p.start < high for at, p in enumerate(kept)}
    document.pieces = pieces(statement, kept, words)
    return document


def windows(document: Document, words: Tokenizer, rng: random.Random | None) -> list[Window]:
    """The document's windows: as when it is read, or (with ``rng``) cut elsewhere, at other lengths, with less at the front."""
    statement, found = document.statement, document.pieces
    if rng is None:
        return cut(header(statement, words), found)
    if rng.random() < 0.25:
        statement = replace(statement, title="")
    if rng.random() < 0.25:
        statement = replace(statement, kind="")
    head = header(statement, words)
    at = rng.randrange(len(found)) if found else 0
    limit = rng.choice((112, 144, 160, 208))
    return [*cut(head, found[:at], limit), *cut(head, found[at:], limit)]


def example(document: Document, window: Window) -> Example:
    """The window's answers."""
    marks = document.marks
    n = len(window.ids)
    tags = np.full((n, 1 + len(SIDES)), IGNORED, np.int64)
    shown = np.array([p.scored and document.labelled[p.passage] for p in window.pieces], bool)
    live = (window.piece >= 0) & window.word
    live[live] &= shown[window.piece[live]]
    tags[live] = 0
    spans: list[Span] = []
    answers: list[dict] = []
    for item in marks["assertions"]:
        place = _tag(window, live, item, tags[:, 0], ACTS.index(item["act"]))
        if place:
            spans.append(span_of(document.statement, document.passages, document.mentions, window, *place))
            answers.append(item)
    for side, kind in enumerate(SIDES):
        for item in marks.get(kind + "s") or ():
            place = _tag(window, live, item, tags[:, 1 + side], None)
            if place and kind == "agreement":
                spans.append(replace(span_of(document.statement, document.passages, document.mentions, window, *place), candidates=()))
                answers.append(item)
    asked = ask(window, spans)
    labels = {key: np.array([_label(item, key) for item in answers], np.int64) for key in SIZES if key != "right"}
    held, parties = _parties(asked, answers)
    named = np.zeros(n, bool)
    for row in asked.names:
        named |= row > 0
    marked = [(item["start"], item["end"], ACTS.index(item["act"])) for item in marks["assertions"]]
    each = [(window.piece == at) for at in range(len(window.pieces))]
    sentences = np.array([row / row.sum() for row in each], np.float32).reshape(-1, n)
    texts = [document.statement.text[int(p.starts[0]) : int(p.ends[-1])] for p in window.pieces]
    return Example(window, tags, asked, labels, held, parties, named, marked, sentences, texts, document.weight)


def _tag(window: Window, live: NDArray[np.bool_], item: dict, column: NDArray[np.int64], act: int | None) -> tuple[int, int] | None:
    """Write the item's tags where it lies; its first and last token."""
    hit = np.flatnonzero(live & (window.starts < item["end"]) & (window.ends > item["start"]))
    if not len(hit):
        return None
    if (column[hit] > 0).any():  # a span inside another: only its own labels are learned
        return None
    column[hit] = 2 if act is None else goes_on(act)
    column[hit[0]] = 1 if act is None else begins(act)
    return int(hit[0]), last_token(window, int(hit[-1]))


def last_token(window: Window, word: int) -> int:
    """The last token of the word that begins at ``word``."""
    while word + 1 < len(window.ids) and not window.word[word + 1] and window.piece[word + 1] == window.piece[word]:
        word += 1
    return word


def _label(item: dict, key: str) -> int:
    """The answer to one label of a span; ``IGNORED`` where it is not asked."""
    if "act" not in item:
        return STAGES.index(item["stage"]) if key == "stage" else IGNORED
    if key == "stage" or (key == "strength" and not item["strength"]):
        return IGNORED
    if key == "targeted":
        return int(bool(item["targets"]))
    kinds: dict[str, Sequence[str]] = {"act": ACTS, "event": EVENTS, "topic": TOPICS, "strength": STRENGTHS}
    return int(bool(item["specific"])) if key == "specific" else list(kinds[key]).index(item[key])


def loose(codes: Iterable[str]) -> set[str]:
    """Codes as they are compared: loose groups and unnamed bodies are one class each."""
    return {code.split(":")[0] if ":" in code else code for code in codes}


def _parties(asked: Asked, answers: Sequence[dict]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Who could be a party to each span, by code, and who is: any one of the candidates of a code may give it away."""
    known: dict[tuple[int, str], int] = {}
    held: list[tuple[int, int]] = []
    right: list[tuple[bool, bool]] = []
    for pair, (candidate, at) in enumerate(zip(asked.about, asked.span.tolist(), strict=True)):
        actors, targets = loose(answers[at].get("actors") or ()), loose(answers[at].get("targets") or ())
        for code in sorted(loose(candidate.codes)):
            if (at, code) not in known:
                known[at, code] = len(right)
                right.append((code in actors, code in targets))
            held.append((pair, known[at, code]))
    return np.array(held, np.int64).reshape(-1, 2), np.array(right, np.float32).reshape(-1, 2)
