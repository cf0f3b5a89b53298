"""The command line as a user meets it: results on one stream, messages on the other, an exit status that can be trusted."""

from __future__ import annotations

import csv
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

import communique
from communique import cli
from tests.stubs import environment, install, lines

WORDS = "Kenya will send 40 doctors to Uganda. Kenya has signed the Harbour Accord. Kenya and Uganda are strategic partners."
TEXT = f"3 February 2021\n\n{WORDS}"


@dataclass
class Answer:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Answer]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in this process, on a record of its own."""
    install()
    monkeypatch.setenv("COMMUNIQUE_RECORD", str(tmp_path / "record.db"))
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str) -> Answer:
        with pytest.raises(SystemExit) as leaving:
            cli.main(list(arguments))
        said = capsys.readouterr()
        return Answer(int(leaving.value.code or 0), said.out, said.err)

    return command


@pytest.fixture
def filled(run: Run, tmp_path: Path) -> Run:
    """The same, with three statements added."""
    other = "Japan will build 3 schools with Samoa. Japan has sent 12 trucks to Samoa. Japan has met envoys with Peru."
    peru = "Peru will host a forum with Chile. Peru sent 30 trucks to Chile. These are the words of the ministry in Lima, given to all."
    found = [
        {"id": "ke-1", "text": TEXT, "date": "2021-02-03", "publisher": "Press Desk, Nairobi", "title": "Remarks"},
        {"id": "jp-1", "text": other, "date": "2022-05-06", "publisher": "Gaimusho"},
        {"id": "pe-1", "text": peru, "date": "2022-11-20", "publisher": "Lima"},
    ]
    assert run("add", str(lines(tmp_path / "three.jsonl", found)), "--reader", "stub").status == 0
    return run


# ------------------------------------------------------------------------------------------------ put in


def test_read_gives_one_object_a_statement_and_keeps_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(TEXT, "utf-8")
    answer = run("read", "note.txt", "--jsonl", "--reader", "stub")
    assert answer.status == 0
    (found,) = answer.rows
    assert {"id", "source", "title", "date", "publisher", "kind", "lang", "speakers", "sha256", "length"} <= found.keys()
    assert {"assertions", "figures", "agreements", "relations", "problems"} <= found.keys()
    for kind in ("assertions", "figures", "agreements", "relations"):
        assert found[kind]
        assert all(TEXT[each["start"] : each["end"]] == each["quote"] for each in found[kind])  # type: ignore[attr-defined]
    assert found["length"] == len(TEXT)
    assert not (tmp_path / "record.db").exists()


def test_read_of_several_gives_them_in_order_and_goes_on_past_a_fault(run: Run, tmp_path: Path) -> None:
    for name, text in (("a.txt", TEXT), ("b.txt", "FAIL HERE"), ("c.txt", TEXT + " Kenya will host a fair.")):
        (tmp_path / name).write_text(text, "utf-8")
    answer = run("read", "a.txt", "b.txt", "c.txt", "--jsonl", "--reader", "stub")
    assert answer.status == 1
    assert [Path(str(each["source"])).name for each in answer.rows] == ["a.txt", "c.txt"]
    assert "b.txt" in answer.err


@pytest.mark.parametrize("form", ["--json", "--csv", None])
def test_read_in_other_forms(run: Run, tmp_path: Path, form: str | None) -> None:
    (tmp_path / "note.txt").write_text(TEXT, "utf-8")
    answer = run("read", "note.txt", "--reader", "stub", *([form] if form else []))
    assert answer.status == 0
    assert "Kenya will send 40 doctors to Uganda" in answer.out
    if form == "--json":
        assert len(json.loads(answer.out)) == 1
    if form == "--csv":
        assert [row["act"] for row in csv.DictReader(StringIO(answer.out))] == ["commitment", "outcome"]


def test_add_says_what_it_did_and_changes_nothing_the_second_time(run: Run, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(TEXT, "utf-8")
    first = run("add", "note.txt", "--reader", "stub")
    assert (first.status, first.out) == (0, "")
    assert "Statements: 1 new; 5 items added" in first.err
    second = run("add", "note.txt", "--reader", "stub")
    assert "Statements: 1 already there; 0 items added" in second.err


def test_add_lists_problems_and_says_so_with_its_status(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(TEXT, "utf-8")
    (tmp_path / "empty.txt").write_text("", "utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n")
    answer = run("add", ".", "--reader", "stub")
    assert answer.status == 1
    assert "1 new" in answer.err
    assert "empty.txt" in answer.err
    assert "picture.png" in answer.err
    assert "empty.txt" in run("ls", "--problems").out


# ------------------------------------------------------------------------------------------------ look up, list


def test_ls_show_and_search(filled: Run) -> None:
    listed = filled("ls")
    assert [line.strip() for line in listed.out.splitlines()[2::3]] == ["ke-1", "jp-1", "pe-1"]
    assert listed.out.startswith("2021-02-03  Press Desk, Nairobi · ")
    assert [row["id"] for row in filled("ls", "--publisher", "Lima", "--jsonl").rows] == ["pe-1"]
    shown = filled("show", "ke-1")
    assert "Press Desk, Nairobi" in shown.out
    assert "“Kenya will send 40 doctors to Uganda”" in shown.out
    assert filled("show", "ke-1", "--text").out == TEXT
    (first, *_) = filled("commitments", "--jsonl").rows
    beside = filled("show", str(first["id"]))
    assert "»Kenya will send 40 doctors to Uganda«" in beside.out
    assert [row["doc"] for row in filled("search", "trucks", "Samoa", "--jsonl").rows] == ["jp-1"]
    assert filled("search", "zeppelin").err == "No passage holds 'zeppelin'.\n"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ([], ["ke-1", "jp-1", "pe-1"]),
        (["--actor", "Kenya"], ["ke-1"]),
        (["--actor", "KEN", "--actor", "JPN"], ["ke-1", "jp-1"]),
        (["--with", "Samoa"], ["jp-1"]),
        (["--since", "2022"], ["jp-1", "pe-1"]),
        (["--until", "2022-05"], ["ke-1", "jp-1"]),
        (["--event", "CONSULT"], ["pe-1"]),
        (["--publisher", "Gaimusho"], ["jp-1"]),
        (["--topic", "health", "--limit", "2"], ["ke-1", "jp-1"]),
        (["--topic", "security-defence"], []),
    ],
)
def test_filters_are_the_same_for_every_listing(filled: Run, asked: list[str], expected: list[str]) -> None:
    answer = filled("commitments", *asked, "--jsonl")
    assert (answer.status, [row["doc"] for row in answer.rows]) == (0, expected)


@pytest.mark.parametrize(
    ("listing", "count"),
    [
        ("commitments", 3),
        ("outcomes", 4),
        ("positions", 0),
        ("appeals", 0),
        ("engagements", 1),
        ("figures", 4),
        ("agreements", 1),
        ("relations", 1),
    ],
)
def test_every_listing_in_every_form(filled: Run, listing: str, count: int) -> None:
    assert len(filled(listing, "--jsonl").rows) == count
    assert len(json.loads(filled(listing, "--json").out)) == count
    assert len(list(csv.DictReader(StringIO(filled(listing, "--csv").out)))) == count
    plain = filled(listing)
    assert plain.out.count("“") == count
    assert "\033" not in plain.out
    assert ("Nothing of this kind" in plain.err) is (count == 0)


# ------------------------------------------------------------------------------------------------ report, keep right


def test_review_in_three_forms(filled: Run) -> None:
    told = filled("review", "--actor", "Japan", "--year", "2022")
    assert told.out.startswith("# Japan: diplomacy in 2022 and priorities for 2023\n")
    assert told.out == filled("review", "--actor", "JPN", "--year", "2022", "--markdown").out
    assert filled("review", "--actor", "JPN", "--year", "2022", "--html").out.startswith("<!doctype html>")
    assert json.loads(filled("review", "--actor", "JPN", "--year", "2022", "--json").out)["actor"] == "JPN"


def test_follow_says_what_became_of_a_promise(filled: Run, tmp_path: Path) -> None:
    text = f"{WORDS} Kenya has sent 40 doctors to Uganda."
    later = {"id": "ke-2", "text": text, "date": "2021-09-01", "publisher": "Press Desk, Nairobi"}
    filled("add", str(lines(tmp_path / "later.jsonl", [later])), "--reader", "stub")
    threads = filled("follow", "--actor", "Kenya", "--jsonl").rows
    assert [each["doc"] for each in threads] == ["ke-1", "ke-2"]
    first = threads[0]
    assert first["verdict"] in ("fulfilled", "in-progress")
    assert first["as_of"] == "2022-11-20"
    words = [link["quote"] for link in first["links"] if link["label"] in ("fulfils", "advances")]  # type: ignore[attr-defined]
    assert "Kenya has sent 40 doctors to Uganda" in words
    assert filled("follow", str(first["id"]), "--jsonl").rows == [first]
    early = filled("follow", "--actor", "Kenya", "--as-of", "2021-06", "--jsonl").rows
    assert [each["verdict"] for each in early] == ["no-report"]
    shown = filled("follow", str(first["id"])).out
    assert shown.startswith(f"{first['verdict']} (")
    assert ": “Kenya has sent 40 doctors to Uganda”" in shown


def test_follow_counts_a_promise_and_its_parts_once(filled: Run, tmp_path: Path) -> None:
    text = f"{WORDS} Norway will send 90000 trucks to Peru under a new transport plan. Under the plan, Norway will build 40 garages."
    plan = {"id": "no-1", "text": text, "date": "2021-09-01", "publisher": "Oslo"}
    filled("add", str(lines(tmp_path / "plan.jsonl", [plan])), "--reader", "stub")
    answer = filled("follow", "--actor", "Norway", "--jsonl")
    whole, part = answer.rows
    assert (whole["umbrella"], whole["parts"]) == ("", [part["id"]])
    assert (part["umbrella"], part["parts"]) == (whole["id"], [])
    assert filled("follow", str(part["id"]), "--jsonl").rows == [part]
    told = filled("follow", "--actor", "Norway")
    assert f"part of {whole['id']}, and counted with it" in told.out
    assert f"parts: {part['id']}" in told.out
    assert "1 promises, and 1 that are parts of another, counted with it." in told.err
    with communique.open(tmp_path / "record.db") as record:
        told = (record.threads(actor="NOR").count(), sum(record.parts(actor="NOR").values()), sum(record.parts(actor="JPN").values()))
        assert told == (2, 1, 0)


def test_a_judgement_is_added_and_stands_above_the_machine(filled: Run) -> None:
    (item,) = filled("commitments", "--actor", "KEN", "--jsonl").rows
    marked = filled("mark", str(item["id"]), "edit", "--by", "A. Analyst", "--why", "deadline in the next line", "--set", "when=2022")
    assert marked.out.startswith("edit by A. Analyst, ")
    (after,) = filled("commitments", "--actor", "KEN", "--jsonl").rows
    assert (after["when"], len(after["judgements"])) == ("2022", 1)  # type: ignore[arg-type]
    filled("mark", str(item["id"]), "edit", "--by", "A. Analyst", "--set", "targets=Peru, ASEAN", "--set", "when=2022/2023")
    (after,) = filled("commitments", "--actor", "KEN", "--jsonl").rows
    assert (after["targets"], after["when"]) == (["PER", "ASEAN"], "2022/2023")
    refused = filled("mark", str(item["id"]), "edit", "--by", "A. Analyst", "--set", "when=soon")
    assert (refused.status, refused.out) == (2, "")
    assert "when 'soon' is not usable; it takes a year, a month or a day (2020, 2020-08, 2020-08-11)" in refused.err
    filled("mark", str(item["id"]), "reject", "--by", "A. Analyst")
    assert filled("commitments", "--actor", "KEN", "--jsonl").rows == []


def test_verify_says_when_all_holds_and_names_what_does_not(filled: Run, tmp_path: Path) -> None:
    assert filled("verify").status == 0
    with sqlite3.connect(tmp_path / "record.db") as connection:
        connection.execute("DROP TRIGGER texts_no_update")
        connection.execute("UPDATE texts SET text = replace(text, 'Samoa', 'Tonga')")
    answer = filled("verify", "--jsonl")
    assert answer.status == 1
    assert any(row["about"] == "jp-1" for row in answer.rows)


def test_export_names_its_files(filled: Run, tmp_path: Path) -> None:
    answer = filled("export", "csv", "out", "--actor", "Peru")
    assert answer.status == 0
    assert "assertions.csv" in answer.err
    assert len((tmp_path / "out" / "assertions.csv").read_text("utf-8").splitlines()) == 3


# ------------------------------------------------------------------------------------------------ what cannot be done


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (["lst"], "No such command 'lst'"),
        (["review", "--actor", "KEN"], "Missing option '--year'"),
        (["show", "nothing"], "no such record"),
        (["read", ""], "an empty path: no such file or folder"),
        (["read", "https://example.org/x"], "https://example.org/x: an address is not fetched"),
        (["add", "", "--reader", "stub"], "an empty path: no such file or folder"),
        (["add", "https://example.org/x", "--reader", "stub"], "https://example.org/x: an address is not fetched"),
        (["read", "absent.txt"], "absent.txt: no such file or folder"),
        (["read", ".", "--reader", "oracle"], "no usable reader 'oracle'"),
        (["mark", "nothing", "accept"], "no such record"),
        (["verify", "--record", "folder.txt/x.db"], "folder.txt"),
        (["add", "folder.txt", "--record", "none/x.db", "--reader", "stub"], "none/x.db: the record cannot be made, "),
        (["add", "folder.txt", "--record", "folder.txt", "--reader", "stub"], "folder.txt is not a Communique record"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_status_2(run: Run, tmp_path: Path, asked: list[str], sentence: str) -> None:
    (tmp_path / "folder.txt").write_text(TEXT, "utf-8")
    answer = run(*asked)
    assert (answer.status, answer.out) == (2, "")
    assert sentence in answer.err
    assert "Traceback" not in answer.err
    assert answer.err.startswith("communique: ")
    assert len(answer.err.splitlines()) == 1


def test_what_the_record_does_not_hold_or_do_is_one_sentence_too(filled: Run) -> None:
    for asked, sentence in (
        (["ls", "--since", "yesterday"], "since 'yesterday' is not usable; it takes a year, a month or a day"),
        (["commitments", "--topic", "weather"], "topic 'weather' is not usable"),
        (["outcomes", "--since", "2021", "--until", "2020-12"], "since '2021' is not usable; it takes a date before the end of until"),
        (["commitments", "--actor", ""], "--actor has an empty value"),
        (["figures", "--with", " "], "--with has an empty value"),
        (["follow", "--as-of", "soon"], "as-of 'soon' is not usable"),
        (["follow", "--overdue", "--verdict", "fulfilled"], "give one"),
        (["ls", "--problems", "--actor", "KEN"], "--problems takes no filter but --limit"),
        (["search", "--", "-harbour", "*"], "has no word to look for"),
        (["show", "nothing"], "nothing: nothing of that id"),
        (["mark", "nothing", "accept"], "nothing: nothing of that id"),
        (["mark", "nothing", "edit"], "edit, and nothing else, takes --set"),
        (["mark", "nothing", "accept", "--set", "when=2021"], "edit, and nothing else, takes --set"),
        (["export", "xml", "out"], "format 'xml' is not usable; it takes one of csv, jsonl."),
    ):
        answer = filled(*asked)
        assert (answer.status, answer.out) == (2, "")
        assert sentence in answer.err


def test_no_arguments_is_a_question_and_gets_the_help(run: Run) -> None:
    answer = run()
    assert (answer.status, answer.err) == (0, "")
    assert "A first session:" in answer.out


def test_looking_into_a_record_that_is_not_there_makes_none(run: Run, tmp_path: Path) -> None:
    answer = run("ls", "--record", "typo.db")
    assert answer.status == 2
    assert answer.err.startswith("communique: typo.db: no such record; `communique add PATH...` makes one")
    assert not (tmp_path / "typo.db").exists()


def test_a_name_that_stands_for_no_actor_is_said(filled: Run) -> None:
    assert "No actor is known as 'Narnia'" in filled("commitments", "--actor", "Narnia").err
    assert "No actor is known as 'Narnia'" in filled("review", "--actor", "Narnia", "--year", "2021").err
    assert filled("commitments", "--actor", "Norway").err == "Nothing in the record matches.\n"
    for asked in (
        *(["ls"], ["ls", "--json"], ["search", "accord"], ["follow"]),
        *(["figures", "--series"], ["engagements", "--readouts"], ["coverage"]),
    ):
        assert "No actor is known as 'Narnia'" in filled(*asked, "--actor", "Narnia").err, asked


def test_a_filter_that_a_kind_of_item_cannot_bear_is_said(filled: Run) -> None:
    assert "a figure has none" in filled("figures", "--topic", "health").err
    assert "an agreement has none" in filled("agreements", "--act", "outcome", "--json").err


def process(*arguments: str, **more: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "communique.cli", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)  # type: ignore[call-overload,no-any-return]


def test_a_reader_who_has_had_enough_is_no_fault(tmp_path: Path) -> None:
    found = [{"id": f"s{n}", "text": f"Kenya will send {n + 2} doctors to Uganda. " * 40, "date": "2021-02-03"} for n in range(60)]
    child = process("read", str(lines(tmp_path / "many.jsonl", found)), "--jsonl", "--reader", "stub", "--workers", "1", env=environment())
    assert child.stdout is not None
    child.stdout.readline()
    child.stdout.close()
    assert child.wait(30) == 0
    assert child.stderr is not None
    assert child.stderr.read() == b""


def test_standard_input_and_output_are_utf8_whatever_the_locale(tmp_path: Path) -> None:
    child = process("read", "-", "--jsonl", "--reader", "stub", stdin=subprocess.PIPE, env=environment(LC_ALL="C", PYTHONUTF8="0"))
    out, err = child.communicate(f"{TEXT} Kenya will host a “café” forum.".encode(), timeout=30)
    assert (child.returncode, err) == (0, b"")
    assert json.loads(out)["assertions"][-1]["quote"] == "Kenya will host a “café” forum"


def test_control_c_is_one_sentence_and_what_was_written_stands(tmp_path: Path) -> None:
    found = [{"id": f"s{n}", "text": f"{WORDS} {n}", "date": "2021-02-03"} for n in range(40)]
    asked = ("read", str(lines(tmp_path / "many.jsonl", found)), "--jsonl", "--reader", "stub-slow", "--workers", "1")
    child = process(*asked, env=environment())
    assert child.stdout is not None
    first = child.stdout.readline()
    child.send_signal(signal.SIGINT)
    rest, err = child.communicate(timeout=60)
    assert child.returncode == 130
    assert err.decode().strip() == "communique: stopped; everything finished is kept, and the same command goes on from there."
    assert all(json.loads(line)["length"] for line in (first + rest).splitlines())


def test_a_full_disk_is_one_sentence(filled: Run, tmp_path: Path) -> None:
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "communique.cli", "ls", "--record", str(tmp_path / "record.db")]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (2, b"communique: No space left on device.\n")


def test_help_names_every_command_and_starts_fast(tmp_path: Path) -> None:
    child = process("--help", env=os.environ | {"COLUMNS": "100"})
    out, _ = child.communicate(timeout=30)
    assert child.returncode == 0
    for name in cli.cli.commands:
        assert f"\n  {name} ".encode() in out
    assert b"..." not in out.split(b"Put in:")[1]
