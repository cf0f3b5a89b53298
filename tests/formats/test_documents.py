"""Files, folders and standard input, good and bad: every fault a sentence, everything else read."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import pytest

from communique.errors import NoSuchPath
from communique.formats import documents
from communique.records import Given, Problem

RUSSIAN = "Мы выступаем за мир и сотрудничество между всеми странами."


def write(path: Path, data: str | bytes) -> Path:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def read(path: Path | str) -> tuple[list[Given], list[Problem]]:
    found = list(documents(path))
    return [one for one in found if isinstance(one, Given)], [one for one in found if isinstance(one, Problem)]


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def test_text_is_unchanged(tmp_path: Path) -> None:
    text = "We met.\r\nWe agreed.\n\n\tÅ \u2028 𝄞"
    (given,), problems = read(write(tmp_path / "a.txt", text))
    assert (given.text, given.source, problems) == (text, str(tmp_path / "a.txt"), [])


@pytest.mark.parametrize(
    ("data", "text", "said"),
    [
        ("Señor, we agree.".encode("utf-8-sig"), "Señor, we agree.", None),
        ("Señor, we agree.".encode("utf-16"), "Señor, we agree.", None),
        ("Señor, we agree.".encode("utf-32"), "Señor, we agree.", None),
        ("We agree to the treaty.".encode("utf-16-le"), "We agree to the treaty.", "utf-16-le"),
        ("We agree to the treaty.".encode("utf-16-be"), "We agree to the treaty.", "utf-16-be"),
        ("Café’s “word”".encode("cp1252"), "Café’s “word”", "windows-1252"),
        (RUSSIAN.encode("cp1251"), RUSSIAN, "cp1251"),
    ],
)
def test_encodings(tmp_path: Path, data: bytes, text: str, said: str | None) -> None:
    (given,), problems = read(write(tmp_path / "a.txt", data))
    assert given.text == text
    assert codes(problems) == (["encoding-assumed"] if said else [])
    assert not said or said in problems[0].message


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "empty"), (b" \r\n\t", "empty"), (bytes(range(256)) * 8, "binary"), (b"\x89PNG\r\n\x1a\n\0\0", "binary")],
)
def test_what_is_no_text(tmp_path: Path, data: bytes, code: str) -> None:
    given, problems = read(write(tmp_path / "a.txt", data))
    assert (given, codes(problems)) == ([], [code])
    assert "a.txt" in problems[0].message


def test_a_folder_in_order_with_its_faults(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "sub/c.txt", ".hidden.txt", ".git/d.txt", "e.xyz"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        write(tmp_path / name, f"This is {name}.")
    os.symlink(tmp_path / "nowhere", tmp_path / "f.txt")
    os.symlink(tmp_path, tmp_path / "sub" / "loop")
    os.mkfifo(tmp_path / "g.txt")
    given, problems = read(tmp_path)
    assert [Path(one.source).relative_to(tmp_path).as_posix() for one in given] == ["a.md", "b.txt", "sub/c.txt"]
    assert codes(problems) == ["unsupported", "unreadable", "not-a-file"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_what_may_not_be_read_is_said_and_the_rest_is_read(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "Secret.").chmod(0)
    write(tmp_path / "b.txt", "Open.")
    (tmp_path / "c").mkdir(mode=0)
    given, problems = read(tmp_path)
    assert ([one.text for one in given], codes(problems)) == (["Open."], ["unreadable", "unreadable"])


def test_a_path_that_is_nothing_is_an_error_at_once(tmp_path: Path) -> None:
    with pytest.raises(NoSuchPath, match="no such file or folder"):
        documents(tmp_path / "none.txt")


def test_front_matter_is_given_metadata(tmp_path: Path) -> None:
    text = '---\ntitle: "On rivers"\ndate: 2020-01-02\npublisher: KE-PRESIDENT\n---\n# Heading\n\nWe agree.\n'
    (given,), _ = read(write(tmp_path / "a.md", text))
    assert (given.text, given.title, given.date, given.publisher) == (text, "On rivers", "2020-01-02", "KE-PRESIDENT")


def lines(*rows: object) -> str:
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)


def test_json_lines(tmp_path: Path) -> None:
    row = {"id": "x1", "text": "We agree.", "date": "2020-01-02", "publisher": "KEN-GOV", "title": "T", "kind": "speech"}
    row |= {"url": "https://x", "lang": "en", "other": "ignored"}
    (given,), problems = read(write(tmp_path / "a.jsonl", "\ufeff" + lines(row)))
    assert given == Given("We agree.", f"{tmp_path}/a.jsonl:1", "x1", "T", "2020-01-02", "KEN-GOV", "speech", "https://x", "en")
    assert problems == []


@pytest.mark.parametrize(
    ("row", "code", "said"),
    [
        ("{bad", "bad-json", "is not JSON"),
        ("[1]", "bad-json", "a list"),
        ("[" * 100_000, "bad-json", "nested too deep"),
        ({"id": "a"}, "no-text", "nothing"),
        ({"text": None}, "no-text", "nothing"),
        ({"text": 5}, "no-text", "a number"),
        ({"text": "  "}, "empty", "empty"),
        ('{"text": "half \\ud83d"}', "unstorable", "half of a surrogate pair at character 5"),
        ('{"text": "a\\u0000b"}', "unstorable", "a NUL character at character 1"),
    ],
)
def test_a_broken_line_is_said_by_number_and_the_rest_is_read(tmp_path: Path, row: object, code: str, said: str) -> None:
    good = {"id": "g", "text": "We agree."}
    given, problems = read(write(tmp_path / "a.jsonl", lines(good, row, good)))
    assert [one.source.rsplit(":", 1)[1] for one in given] == ["1", "3"]
    assert codes(problems) == [code]
    assert "a.jsonl:2" in problems[0].message
    assert said in problems[0].message


def test_fields_of_the_wrong_type(tmp_path: Path) -> None:
    row = {"id": 5, "text": "We agree.", "title": ["x"], "date": 2020, "kind": None, "lang": True, "url": "\ud800"}
    (given,), problems = read(write(tmp_path / "a.jsonl", lines(row)))
    assert (given.id, given.title, given.date, given.lang, given.url) == ("5", "", None, "", "")
    assert codes(problems) == ["bad-type"] * 5
    assert 'has a number as its "date"' in " ".join(problem.message for problem in problems)


def test_a_line_in_another_encoding_is_read_and_said(tmp_path: Path) -> None:
    data = lines({"text": "We agree."}).encode() + '{"text": "Le café ferme."}\n'.encode("cp1252")
    given, problems = read(write(tmp_path / "a.jsonl", data))
    assert [one.text for one in given] == ["We agree.", "Le café ferme."]
    assert codes(problems) == ["encoding-assumed"]
    wide, _ = read(write(tmp_path / "b.jsonl", lines({"text": "We agree."}, {"text": "Ja."}).encode("utf-16")))
    assert [one.text for one in wide] == ["We agree.", "Ja."]


def test_line_separators_inside_strings_do_not_end_a_line(tmp_path: Path) -> None:
    (given,), problems = read(write(tmp_path / "a.jsonl", '{"text": "one\u2028two\u0085three"}\r\n'))
    assert (given.text, problems) == ("one\u2028two\u0085three", [])


def test_many_lines_are_streamed(tmp_path: Path) -> None:
    import tracemalloc

    path = tmp_path / "big.jsonl"
    with path.open("w") as out:
        for number in range(20_000):
            out.write('{"text": broken\n' if number % 1000 == 7 else f'{{"id": "n{number}", "text": "We will open {number} schools."}}\n')
    tracemalloc.start()
    good = bad = 0
    for one in documents(path):
        good, bad = good + isinstance(one, Given), bad + isinstance(one, Problem)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (good, bad) == (19_980, 20)
    assert peak < 3_000_000


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (b'  {"text": "We agree."}\n{"text": "So do we."}\n', ["We agree.", "So do we."]),
        (b"\xef\xbb\xbf" + b'{"text": "We agree."}', ["We agree."]),
        (b"We agree.\n{not json}", ["We agree.\n{not json}"]),
        (b"", []),
    ],
)
def test_standard_input_is_text_or_json_lines(monkeypatch: pytest.MonkeyPatch, data: bytes, texts: list[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    given, problems = read("-")
    assert [one.text for one in given] == texts
    assert codes(problems) == ([] if texts else ["empty"])
