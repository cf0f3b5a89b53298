"""Windows: a statement's passages cut into stretches that the encoder sees at once.

    [CLS] kind . title [SEP]  (end of the passage before)  passage passage passage ...  [SEP]

A window is one call of the encoder, alone and unpadded, so that what is read depends on nothing but the statement.
Only body passages are scored; questions and headings are seen, furniture and captions are not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from communique.records import Passage, Role, Statement

CLS, SEP = 101, 102
LIMIT = 160  # tokens in a window: on validation as good as 256, and attention grows with the square
TITLE = 10  # tokens of the title shown at the front
BEFORE = 16  # tokens of the passage before, where a window begins inside a statement
ASIDE = 24  # tokens kept of a question or a heading
LONGEST = 400  # tokens of one passage; what is longer is read in pieces


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage (or a part of an overlong one) in tokens; ``starts`` and ``ends`` are offsets into the statement's text."""

    passage: int
    scored: bool
    ids: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    word: NDArray[np.bool_]  # true where a token begins a word

    def __getitem__(self, part: slice) -> Piece:
        return Piece(self.passage, self.scored, self.ids[part], self.starts[part], self.ends[part], self.word[part])

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Window:
    """What the encoder sees at once; ``piece`` is the index into ``pieces`` for each token, -1 for the header and the frame."""

    ids: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    word: NDArray[np.bool_]
    piece: NDArray[np.int64]
    pieces: tuple[Piece, ...]  # those seen for the first time here, in order


@cache
def tokenizer(folder: Path) -> Tokenizer:
    """The word-piece tokenizer beside the weights, without padding or cutting."""
    made = Tokenizer.from_file(str(folder / "tokenizer.json"))
    made.no_padding()
    made.no_truncation()
    return made


def clean(text: str) -> str:
    """The text with lone surrogates replaced, character for character, as the tokenizer takes only whole ones."""
    return text if text.isascii() else "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)


def header(statement: Statement, words: Tokenizer) -> NDArray[np.int64]:
    """The kind and the title in tokens."""
    title = words.encode(clean(statement.title), add_special_tokens=False).ids[:TITLE]
    kind = words.encode(statement.kind.replace("-", " ") + " .", add_special_tokens=False).ids if statement.kind else []
    return np.array([*kind, *title], np.int64)


def pieces(statement: Statement, passages: Sequence[Passage], words: Tokenizer) -> list[Piece]:
    """Every passage worth showing, in tokens."""
    shown = [(at, p) for at, p in enumerate(passages) if p.role in (Role.BODY, Role.QUESTION, Role.HEADING)]
    text = clean(statement.text)
    found = words.encode_batch([text[p.start : p.end] for _, p in shown], add_special_tokens=False)
    made: list[Piece] = []
    for (at, passage), tokens in zip(shown, found, strict=True):
        piece = _piece(at, passage, tokens)
        if not len(piece):
            continue
        if passage.role is not Role.BODY:
            made.append(piece[-ASIDE:] if passage.role is Role.QUESTION else piece[:ASIDE])
            continue
        made.extend(_bearable(piece))
    return made


def _piece(at: int, passage: Passage, tokens: Encoding) -> Piece:
    spans = np.array(tokens.offsets, np.int64).reshape(-1, 2) + passage.start
    of = np.array(tokens.word_ids, np.int64)
    word = np.ones(len(of), bool)
    word[1:] = of[1:] != of[:-1]
    return Piece(at, passage.role is Role.BODY, np.array(tokens.ids, np.int64), spans[:, 0], spans[:, 1], word)


def _bearable(piece: Piece) -> list[Piece]:
    """The piece, or its parts cut where a word begins."""
    parts = []
    while len(piece) > LONGEST:
        cut = (
            LONGEST - 50 + int(np.flatnonzero(piece.word[LONGEST - 50 : LONGEST])[-1])
            if piece.word[LONGEST - 50 : LONGEST].any()
            else LONGEST
        )
        parts.append(piece[:cut])
        piece = piece[cut:]
    return [*parts, piece]


def window(head: NDArray[np.int64], before: Piece | None, shown: Sequence[Piece]) -> Window:
    """One window of the ``shown`` pieces behind the header and the end of the piece ``before``."""
    lead = [CLS, *head, SEP]
    tail = before[-BEFORE:] if before is not None else None
    parts = ([tail] if tail is not None else []) + list(shown)
    n = len(lead)
    frame = np.zeros(n, np.int64)
    of = (
        [np.full(n, -1)]
        + ([np.full(len(tail), -1)] if tail is not None else [])
        + [np.full(len(p), i) for i, p in enumerate(shown)]
        + [[-1]]
    )
    one = np.zeros(1, np.int64)
    return Window(
        ids=np.concatenate([np.array(lead, np.int64), *(p.ids for p in parts), [SEP]]),
        starts=np.concatenate([frame, *(p.starts for p in parts), one]),
        ends=np.concatenate([frame, *(p.ends for p in parts), one]),
        word=np.concatenate([frame.astype(bool), *(p.word for p in parts), one.astype(bool)]),
        piece=np.concatenate(of).astype(np.int64),
        pieces=tuple(shown),
    )


def cut(head: NDArray[np.int64], found: Sequence[Piece], limit: int = LIMIT) -> list[Window]:
    """Windows of at most about ``limit`` tokens that together show every piece once, none without something to score."""
    made: list[Window] = []
    shown: list[Piece] = []
    before: Piece | None = None
    room = limit - len(head) - 3
    used = 0
    for piece in found:
        if shown and used + len(piece) > room:
            if any(p.scored for p in shown):
                made.append(window(head, before, shown))
            before, shown = shown[-1], []
            used = min(BEFORE, len(before))
        shown.append(piece)
        used += len(piece)
    if any(p.scored for p in shown):
        made.append(window(head, before, shown))
    return made
