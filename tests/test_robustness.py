"""Bad days, for real: no room, no rights, another writer, Ctrl-C, kill -9, huge and broken inputs.

Each leaves one clear sentence, keeps everything that was finished, and the next run does the rest.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import communique
from communique.errors import CommuniqueError
from communique.service import Record
from communique.settings import RecordSettings, Settings
from tests.stubs import environment, given, install, lines, many

NOBODY = 65534
QUICK = Settings(record=RecordSettings(wait=0.2))


@pytest.fixture(scope="module", autouse=True)
def loaded(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Everything is imported before a child process gives up its rights: it could not read the libraries then."""
    install()
    path = tmp_path_factory.mktemp("loaded") / "a.txt"
    path.write_text("Remarks\n\n4 March 2021\n\nKenya will host a summit.")
    with communique.open(":memory:") as record:
        record.add(path, reader="stub", workers=1)
        record.verify()


@pytest.fixture
def open_place() -> Iterator[Path]:
    """A folder that another user can get at."""
    place = Path(tempfile.mkdtemp(prefix="communique-"))
    place.chmod(0o777)
    yield place
    for path in place.rglob("*"):
        path.chmod(0o777)
    shutil.rmtree(place, ignore_errors=True)


def elsewhere(deed: Callable[[], str]) -> str:
    """What ``deed`` says, run in a child process; permissions bind there even when the tests run as root."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()

    def run() -> None:
        if os.getuid() == 0:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        try:
            theirs.send(deed())
        except CommuniqueError as fault:
            theirs.send(f"{type(fault).__name__}: {fault}")
        except BaseException as fault:
            theirs.send(f"not ours: {fault!r}")
        os._exit(0)

    child = context.Process(target=run)
    child.start()
    child.join(60)
    assert ours.poll(), "the child said nothing"
    return str(ours.recv())


def filled(path: Path, count: int = 3) -> Path:
    """A record with some statements."""
    with communique.open(path) as record:
        record.add(*(given(f"Kenya will send {n + 1} trucks to Peru.", f"s{n}") for n in range(count)), reader="stub", workers=1)
    return path


def adds(path: Path) -> Callable[[], str]:
    """Adding one more statement to a record."""

    def deed() -> str:
        with communique.open(path, settings=QUICK) as record:
            return str(record.add(given("Peru will host a summit.", "more"), reader="stub", workers=1).new)

    return deed


def counts(path: Path) -> Callable[[], str]:
    """Reading a record."""

    def deed() -> str:
        with communique.open(path, settings=QUICK) as record:
            return f"{len(list(record.commitments()))} {len(record.search('trucks'))} {len(record.verify())}"

    return deed


# ------------------------------------------------------------------------------------------------ another writer, no rights


def test_a_record_that_another_process_writes(tmp_path: Path) -> None:
    path = filled(tmp_path / "record.db")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with communique.open(path, settings=QUICK) as record:
        assert len(record.commitments()) == 3  # readers are not held up
        with pytest.raises(communique.errors.RecordLocked, match=r"another process \(waited 0.2 s\); run the command again"):
            record.add(given("Peru will host a summit.", "more"), reader="stub", workers=1)
        other.execute("ROLLBACK")
        assert record.add(given("Peru will host a summit.", "more"), reader="stub", workers=1).new == ("more",)
    other.close()


def test_two_processes_add_to_one_record_at_once(tmp_path: Path) -> None:
    rows = list(many(60))
    halves = [lines(tmp_path / "a.jsonl", rows[:40]), lines(tmp_path / "b.jsonl", rows[20:])]
    runs = [start(tmp_path / "record.db", "stub", half) for half in halves]
    assert [run.wait(120) for run in runs] == [0, 0]
    with communique.open(tmp_path / "record.db") as record:
        assert record.counts()["statement"] == 60
        assert record.verify() == []


@pytest.mark.parametrize("folder_mode", [0o555, 0o777], ids=["folder", "file"])
def test_a_read_only_record_can_be_read_and_says_why_it_cannot_be_added_to(open_place: Path, folder_mode: int) -> None:
    path = filled(open_place / "record.db")
    path.chmod(0o444)
    open_place.chmod(folder_mode)
    assert elsewhere(adds(path)).startswith(f"RecordReadOnly: {path} cannot be written")
    assert elsewhere(counts(path)) == "3 3 0"
    open_place.chmod(0o777)
    path.chmod(0o666)
    assert elsewhere(adds(path)) == "('more',)"


def test_a_new_record_in_a_folder_that_may_not_be_written(open_place: Path) -> None:
    open_place.chmod(0o555)
    assert elsewhere(adds(open_place / "record.db")).startswith("RecordReadOnly")


def test_a_record_that_may_not_even_be_read(open_place: Path) -> None:
    path = filled(open_place / "record.db")
    path.chmod(0o000)
    assert elsewhere(counts(path)).startswith("RecordReadOnly") or os.getuid() != 0


def test_unreadable_files_are_named_and_the_others_are_read(open_place: Path) -> None:
    statements = open_place / "statements"
    (statements / "closed").mkdir(parents=True)
    for name in ("a", "b", "closed/c", "d"):
        (statements / f"{name}.txt").write_text(f"Remarks on {name}\n\n4 March 2021\n\nKenya will host a summit on {name}.\n")
    (statements / "b.txt").chmod(0o000)
    (statements / "closed").chmod(0o000)

    def deed() -> str:
        with communique.open(open_place / "record.db") as record:
            added = record.add(statements, reader="stub", workers=1)
            return json.dumps([len(added.new), sorted(Path(each.about).name for each in record.problems() if each.code == "unreadable")])

    assert json.loads(elsewhere(deed)) == [2, ["b.txt", "closed"]]
    for path in (statements / "closed", statements / "b.txt"):
        path.chmod(0o777)
    assert json.loads(elsewhere(deed)) == [2, []]  # the next run reads them, and their faults are settled


# ------------------------------------------------------------------------------------------------ no room


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes, where one may be made."""
    place = tmp_path / "disk"
    place.mkdir()
    if os.getuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)], capture_output=True).returncode:
        pytest.skip("a small disk can be mounted by root alone; the limit on a file's size is tested in its place")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_keeps_what_was_finished_and_the_next_run_does_the_rest(small_disk: Path, tmp_path: Path) -> None:
    path = small_disk / "record.db"
    ballast = small_disk / "ballast"
    communique.open(path).close()
    ballast.write_bytes(b"x" * 1_000_000)
    source = lines(tmp_path / "all.jsonl", ({**row, "text": row["text"] + " Padding." * 1500} for row in many(120)))
    with communique.open(path) as record:
        with pytest.raises(communique.errors.RecordFull, match="no room left on the disk"):
            record.add(source, reader="stub", workers=1)
        kept = record.counts()["statement"]
        assert 0 < kept < 120
        assert record.verify() == [] or "full" in str(record.verify())
    ballast.unlink()
    subprocess.run(["mount", "-o", "remount,size=32m", str(small_disk)], check=True)
    with communique.open(path) as record:
        added = record.add(source, reader="stub", workers=1)
        assert (added.unchanged, len(added.new)) == (kept, 120 - kept)
        assert record.verify() == []


def test_a_file_that_may_grow_no_further_is_no_room_either(tmp_path: Path) -> None:
    path = filled(tmp_path / "record.db")
    os.chmod(tmp_path, 0o777)

    def deed() -> str:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        size = path.stat().st_size + 60_000
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        with communique.open(path) as record:
            record.add(
                *(given(f"Kenya will send {n} trucks. " + "Padding. " * 2000, f"big{n}") for n in range(1, 99)), reader="stub", workers=1
            )
        return "all of it"

    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()

    def run() -> None:
        try:
            theirs.send(deed())
        except CommuniqueError as fault:
            theirs.send(f"{type(fault).__name__}: {fault}")
        os._exit(0)

    child = context.Process(target=run)
    child.start()
    child.join(60)
    assert ours.recv().startswith("RecordFull: no room left")
    with communique.open(path) as record:
        assert record.counts()["statement"] >= 3
        assert record.verify() == []


# ------------------------------------------------------------------------------------------------ stopped


def start(record: Path, reader: str, *paths: Path, workers: int = 2) -> subprocess.Popen[bytes]:
    """``communique add`` in a process of its own."""
    command = [sys.executable, "-m", "communique.cli", "add", "--record", str(record), "--reader", reader, "--workers", str(workers)]
    return subprocess.Popen([*command, *map(str, paths)], env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def wait_for(record: Path, statements: int) -> None:
    """Waits until a record that another process fills holds so many statements."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with sqlite3.connect(f"file:{record}?mode=ro", uri=True) as connection:
                if connection.execute("SELECT count(*) FROM documents").fetchone()[0] >= statements:
                    return
        except sqlite3.Error:
            pass
        time.sleep(0.05)
    raise AssertionError("the other process added nothing")


@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGKILL, signal.SIGTERM], ids=["ctrl-c", "kill -9", "kill"])
@pytest.mark.parametrize("workers", [1, 2])
def test_stopped_in_the_middle_everything_finished_stays_and_the_next_run_does_the_rest(
    tmp_path: Path, blow: signal.Signals, workers: int
) -> None:
    source, path = lines(tmp_path / "all.jsonl", many(40)), tmp_path / "record.db"
    run = start(path, "stub-slow", source, workers=workers)
    wait_for(path, 4)
    run.send_signal(blow)
    _, said = run.communicate(timeout=30)
    if blow is signal.SIGINT:
        assert run.returncode == 130
        assert b"Traceback" not in said
        assert b"stopped; everything finished is kept" in said
    with communique.open(path) as record:
        kept = record.counts()["statement"]
        assert 4 <= kept < 40
        assert record.verify() == []
        added = record.add(source, reader="stub", workers=1)
        assert (added.unchanged, len(added.new), record.counts()["statement"]) == (kept, 40 - kept, 40)
        assert record.verify() == []


LOST = """
import signal, time, weakref
from communique.cli import cli, main

@cli.command()
def lose():
    kept = weakref.ref(thing := type("Thing", (), {})(), lambda _: signal.raise_signal(signal.SIGINT))
    del thing  # the interrupt falls into the callback, where Python can only print it
    time.sleep(20)

main(["lose"])
"""


def test_ctrl_c_that_falls_where_python_drops_it_stops_the_command_all_the_same() -> None:
    run = subprocess.run([sys.executable, "-c", LOST], env=environment(), capture_output=True, timeout=30, check=False)
    assert (run.returncode, run.stdout) == (130, b"")
    assert run.stderr.split(b";")[0].strip() == b"communique: stopped"


# ------------------------------------------------------------------------------------------------ huge and broken


def test_a_text_of_fifty_megabytes(tmp_path: Path) -> None:
    long = "The road is long, " + "the rains are late this year in most of the highlands, " * 40 + "and so it goes. "
    paragraph = long * 4 + "Kenya will send 4 trucks to Peru.\n\n"
    text = "Statement on roads\n\n4 March 2021\n\n" + paragraph * (50_000_000 // len(paragraph) + 1)
    (tmp_path / "long.txt").write_text(text)
    with communique.open(tmp_path / "record.db") as record:
        added = record.add(tmp_path / "long.txt", reader="stub", workers=1)
        assert len(added.new) == 1
        assert record.statement(added.new[0]).statement.text == text
        assert record.counts()["commitment"] == len(text) // len(paragraph) > 5000
        assert next(iter(record.search("trucks").page(3).rows)).words == "Kenya will send 4 trucks to Peru."


def test_a_sentence_of_many_thousand_numbers_takes_no_longer_a_number() -> None:
    words = "Kenya will send 10 doctors to Uganda and "
    began = time.process_time()
    read = communique.read(words * 4000, reader="cues")
    assert 3990 <= len(read.figures) <= 4000  # a number may stand at a cut
    assert time.process_time() - began < 60  # about 4 seconds; when each number was looked up in the whole sentence, over 600


def test_a_million_lines_many_of_them_broken(tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    good = [json.dumps(row) for row in many(200)]
    with path.open("w") as file:
        for number in range(1_000_000):
            file.write((good[number // 5000] if number % 5000 == 0 else "{broken" if number % 1000 == 1 else "") + "\n")

    def deed() -> str:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        with communique.open(tmp_path / "record.db") as record:
            added = record.add(path, reader="stub", workers=1)
            grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
            again = record.add(path, reader="stub", workers=1)
            return json.dumps([len(added.new), len(added.problems), again.unchanged, len(record.problems()), grown < 100_000])

    os.chmod(tmp_path, 0o777)
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    child = context.Process(target=lambda: (theirs.send(deed()), os._exit(0)))
    child.start()
    child.join(300)
    assert json.loads(ours.recv()) == [200, 1000, 200, 1000, True]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\x7fELF\x02\x01\x01\0\0\0" + bytes(range(256)) * 20, "binary"),
        ("Kenya’s café will open. Peru will host a summit.".encode("cp1252"), "encoding-assumed"),
    ],
)
def test_inputs_that_are_not_what_they_seem(tmp_path: Path, record: Record, content: bytes, code: str) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    added = record.add(tmp_path / "a.txt", reader="stub", workers=1)
    assert code in {each.code for each in added.problems}
    assert code in {each.code for each in record.problems()}
    assert len(added.new) == (code == "encoding-assumed")
