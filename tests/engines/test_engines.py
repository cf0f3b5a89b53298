"""Every engine gives the same, in the same order, whatever happens to a document."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

import communique
from communique.engines import Engine, Work, work
from communique.engines.inline import Inline
from communique.engines.pool import AHEAD, Pool
from communique.errors import CommuniqueError
from communique.records import Given, Problem, Reading
from tests.stubs import given, install, lines, many

ENGINES = [Inline(), Pool(1), Pool(3)]


def echo() -> Work:
    """A work that needs nothing: the id, with the process that handled it."""
    from communique.records import Statement

    return lambda document: Reading(Statement(document.id, document.text, document.source), reader=str(os.getpid()))


def unready() -> Work:
    raise CommuniqueError("the weights are missing")


@pytest.fixture(autouse=True)
def installed() -> None:
    install()


def documents(count: int) -> Iterator[Given]:
    for number in range(count):
        yield given(f"Kenya will send {number + 1} trucks to Peru.", f"s{number}")


@pytest.mark.parametrize("engine", ENGINES, ids=["inline", "one", "three"])
def test_results_come_in_the_order_of_the_documents(engine: Engine) -> None:
    done = list(engine.run(echo, documents(40)))
    assert [document.id for document, _ in done] == [f"s{number}" for number in range(40)]
    assert all(isinstance(answer, Reading) and answer.statement.id == document.id for document, answer in done)


@pytest.mark.parametrize("engine", ENGINES, ids=["inline", "one", "three"])
def test_a_reader_that_fails_names_the_document_and_the_rest_is_read(engine: Engine) -> None:
    docs = [given("Kenya will host a summit.", "a"), given("FAIL HERE.", "b"), given("Peru will host a summit.", "c")]
    answers = [answer for _, answer in engine.run(partial(work.reading, "stub"), docs)]
    assert [type(answer).__name__ for answer in answers] == ["Reading", "Problem", "Reading"]
    problem = answers[1]
    assert isinstance(problem, Problem)
    assert "b could not be read (ValueError: the words are too much)" in problem.message


def test_a_worker_that_dies_names_the_document_and_the_rest_is_read() -> None:
    docs = [given(f"Kenya will send {n + 1} trucks to Peru." + (" DIE HERE." if n in (3, 7) else ""), f"s{n}") for n in range(12)]
    done = list(Pool(2).run(partial(work.reading, "stub"), docs))
    died = {document.id: answer for document, answer in done if isinstance(answer, Problem)}
    assert list(died) == ["s3", "s7"]
    assert "was killed (signal 9)" in died["s3"].message
    assert len(done) == 12


def test_a_pool_holds_few_documents_at_a_time() -> None:
    taken = 0

    def counted() -> Iterator[Given]:
        nonlocal taken
        for each in documents(60):
            taken += 1
            yield each

    answers = Pool(2).run(echo, counted())
    for handed in range(1, 20):
        next(answers)
        assert taken <= handed + 2 * AHEAD
    answers.close()


def test_a_reader_that_does_not_load_stops_the_run() -> None:
    with pytest.raises(CommuniqueError, match="weights are missing"):
        list(Pool(2).run(unready, documents(3)))


def test_no_process_is_left_behind() -> None:
    answers = Pool(2).run(echo, documents(20))
    pids = {int(answer.reader) for _, answer in (next(answers) for _ in range(6)) if isinstance(answer, Reading)}
    answers.close()
    deadline = time.monotonic() + 5
    while any(Path(f"/proc/{pid}").exists() for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert pids
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]


def test_records_are_the_same_whatever_the_number_of_workers(tmp_path: Path) -> None:
    path = lines(tmp_path / "all.jsonl", many(30))
    found = []
    for workers in (1, 2):
        with communique.open(tmp_path / f"{workers}.db") as record:
            added = record.add(path, reader="stub", workers=workers)
            found.append((added, [each.to_dicts() for each in (record.assertions(), record.figures(), record.search("trucks"))]))
    assert found[0] == found[1]
