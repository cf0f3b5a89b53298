"""How fast statements are read, beside public tools on the same text in the same run."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from multiprocessing import get_context
from pathlib import Path
from statistics import median

import msgspec

from benchmarks.texts import statements
from communique import pipeline, readers, shapes
from communique.records import Given

WORDS = 40_000
RUNS = 5

_reader: readers.Reader | None = None


def read_json(given: Given) -> int:
    """The whole path for one statement: text in, JSON out; the length of the JSON."""
    global _reader
    if _reader is None:
        _reader = readers.load("model")
    return len(msgspec.json.encode(shapes.reading(pipeline.read(given, _reader))))


def _ours(texts: list[Given], processes: int) -> Callable[[], None]:
    if processes == 1:
        return lambda: _spend(map(read_json, texts))
    pool = get_context("spawn").Pool(processes)
    pool.map(read_json, texts[: 2 * processes])
    return lambda: _spend(pool.imap(read_json, texts, chunksize=4))


def _spacy_blank(texts: list[Given]) -> Callable[[], None]:
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return lambda: _spend(nlp.pipe(given.text for given in texts))


def _spacy_small(texts: list[Given], processes: int) -> Callable[[], None]:
    """A small pipeline with fresh weights: the same arithmetic as a trained one, whatever it predicts."""
    import spacy
    from spacy.training import Example

    nlp = spacy.blank("en")
    nlp.add_pipe(
        "tok2vec",
        config={
            "model": {
                "@architectures": "spacy.HashEmbedCNN.v2",
                "pretrained_vectors": None,
                "width": 96,
                "depth": 4,
                "embed_size": 2000,
                "window_size": 1,
                "maxout_pieces": 3,
                "subword_features": True,
            }
        },
    )
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
    for name, labels in (("tagger", ["N", "V", "A"]), ("parser", ["nsubj", "obj", "det", "ROOT"]), ("ner", ["GPE", "ORG", "PERSON"])):
        pipe = nlp.add_pipe(name, config={"model": {"tok2vec": listener}})
        for label in labels:
            pipe.add_label(label)  # type: ignore[attr-defined]
    words = ["Kenya", "signed", "the", "accord"]
    taught = {
        "words": words,
        "tags": ["N", "V", "A", "N"],
        "heads": [1, 1, 3, 1],
        "deps": ["nsubj", "ROOT", "det", "obj"],
        "entities": ["U-GPE", "O", "O", "O"],
    }
    nlp.initialize(lambda: [Example.from_dict(nlp.make_doc(" ".join(words)), taught)])
    return lambda: _spend(nlp.pipe((given.text for given in texts), n_process=processes, batch_size=32))


def _spend(results: Iterable[object]) -> None:
    for _ in results:
        pass


def _seconds(run: Callable[[], None]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def against_spacy() -> dict[str, float]:
    """Median words a second of each, runs interleaved, and the ratios run by run."""
    texts = list(statements(WORDS))
    words = sum(len(given.text.split()) for given in texts)
    contestants = {
        "communique read, one process": _ours(texts, 1),
        "spaCy blank + sentencizer, one process": _spacy_blank(texts),
        "communique read, two processes": _ours(texts, 2),
        "spaCy small pipeline, two processes": _spacy_small(texts, 2),
    }
    spent: dict[str, list[float]] = {name: [] for name in contestants}
    for run in contestants.values():
        run()
    for _ in range(RUNS):
        for name, run in contestants.items():
            spent[name].append(_seconds(run))
    figures = {f"words/s: {name}": words / median(times) for name, times in spent.items()}
    names = list(contestants)
    for ours, theirs in ((names[0], names[1]), (names[2], names[3])):
        figures[f"ratio: {ours} / {theirs.split(',')[0]}"] = median(b / a for a, b in zip(spent[ours], spent[theirs], strict=True))
    return figures


def growth() -> dict[str, float]:
    """Microseconds a word at growing sizes; a flat row is linear cost."""
    figures = {}
    for words in (10_000, 100_000, 1_000_000):
        texts = list(statements(words))
        counted = sum(len(given.text.split()) for given in texts)
        run = _ours(texts, 2)
        figures[f"microseconds a word at {words:,} words, two processes"] = 1e6 * _seconds(run) / counted
    return figures


def cold_start() -> dict[str, float]:
    """Seconds until the first line of ``communique read --jsonl`` on one statement, a fresh process each time."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "statement.txt"
        path.write_text(next(iter(statements(1))).text, "utf-8")
        command = [str(Path(sys.executable).parent / "communique"), "read", "--jsonl", str(path)]
        times = [_seconds(lambda: _run(command)) for _ in range(RUNS)]
    return {"seconds to the first result, cold": median(times)}


def _run(command: list[str]) -> None:
    subprocess.run(command, check=False, capture_output=True)
