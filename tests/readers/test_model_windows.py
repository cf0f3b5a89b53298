"""Windows: every passage is shown once, offsets are those of the text whatever its characters."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.readers.model.reader import HERE
from communique.readers.model.windows import LIMIT, LONGEST, cut, header, pieces, tokenizer
from communique.records import Passage, Role, Statement

WORDS = tokenizer(HERE)


def laid_out(*sentences, role=Role.BODY):
    text, passages = "", []
    for sentence in sentences:
        passages.append(Passage(len(text), len(text) + len(sentence), role))
        text += sentence + "\n"
    return Statement(id="s", text=text, source="s", title="A title", kind="press-conference"), passages


def shown(statement, passages):
    return cut(header(statement, WORDS), pieces(statement, passages, WORDS))


def test_every_body_passage_is_shown_once_and_windows_are_bounded():
    statement, passages = laid_out(*(f"Sentence number {n} says that the ministry will publish list {n}." for n in range(120)))
    windows = shown(statement, passages)
    assert [p.passage for w in windows for p in w.pieces] == list(range(120))
    assert max(len(w.ids) for w in windows) <= LIMIT + 1
    assert len(windows) < 120 / 8


def test_furniture_is_not_shown_and_questions_are_not_scored():
    statement, passages = laid_out("Share this page", "Q: Will you go?", "Yes, we will go.")
    passages = [Passage(p.start, p.end, role) for p, role in zip(passages, (Role.FURNITURE, Role.QUESTION, Role.BODY), strict=True)]
    (window,) = shown(statement, passages)
    assert [(p.passage, p.scored) for p in window.pieces] == [(1, False), (2, True)]


def test_a_statement_of_questions_only_has_no_window():
    statement, passages = laid_out("Q: Will you go?", role=Role.QUESTION)
    assert shown(statement, passages) == []


def test_an_overlong_sentence_is_read_in_pieces_cut_between_words():
    statement, passages = laid_out("and " * 1000 + "the end")
    windows = shown(statement, passages)
    parts = [p for w in windows for p in w.pieces]
    assert sum(map(len, parts)) == 1002
    assert max(map(len, parts)) <= LONGEST
    assert all(p.word[0] for p in parts)


@pytest.mark.parametrize(
    "text",
    [
        "Zürich und Genève agreed.",
        "Cafe\u0301 talks 🇰🇪🤝 held.",
        "line one\r\nline two.",
        "Ankara’da “söz” verdi.",
        "bad \ud83d half",
        "北京 said 好.",
        "e\u0301e\u0301 Đà Nẵng",
    ],
)
def test_offsets_are_those_of_the_text(text):
    statement, passages = laid_out(text)
    for window in shown(statement, passages):
        real = window.piece >= 0
        assert (window.starts[real] < window.ends[real]).all()
        assert (np.diff(window.starts[real]) >= 0).all()
        for at in np.flatnonzero(real):
            piece = statement.text[window.starts[at] : window.ends[at]]
            assert piece.strip() == piece
            known = WORDS.id_to_token(int(window.ids[at])).removeprefix("##")
            if known.isascii() and piece.isascii():
                assert known in ("[UNK]", piece.lower())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=80), max_size=6))
def test_any_text_can_be_cut(sentences):
    statement, passages = laid_out(*sentences)
    for window in shown(statement, passages):
        assert len(window.ids) == len(window.starts) == len(window.word) == len(window.piece)
        assert window.ends.max() <= len(statement.text)
