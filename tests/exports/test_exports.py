import csv
import json
from pathlib import Path

import pytest

import communique
from communique import exports
from communique.errors import BadFilter
from communique.service import Record
from tests.stubs import given, install


@pytest.fixture
def record() -> Record:
    install()
    opened = communique.open(":memory:")
    opened.add(
        given("Kenya will send 40 doctors to Uganda. Peru signed the Harbour Accord.", "ke-1", date="2021-02-03", publisher="Nairobi"),
        given("Japan sent 12 trucks to Samoa. Japan and Samoa are strategic partners.", "jp-1", date="2022-05-06", title="=cmd()"),
        reader="stub",
    )
    return opened


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_jsonl_holds_the_objects_of_the_listings_and_the_texts(record: Record, tmp_path: Path) -> None:
    files = record.export("jsonl", tmp_path)
    assert {file.name for file in files} == {
        f"{name}.jsonl" for name in ("statements", "assertions", "figures", "agreements", "relations", "judgements", "problems")
    }
    read = {file.stem: [json.loads(line) for line in file.read_text("utf-8").splitlines()] for file in files}
    texts = {each["id"]: each["text"] for each in read["statements"]}
    assert read["assertions"] == record.assertions().to_dicts()
    for kind in ("assertions", "figures", "agreements", "relations"):
        assert read[kind]
        assert all(texts[each["doc"]][each["start"] : each["end"]] == each["quote"] for each in read[kind])


def test_csv_says_the_same_and_describes_its_columns(record: Record, tmp_path: Path) -> None:
    record.export("csv", tmp_path)
    figures = rows(tmp_path / "figures.csv")
    assert [(each["doc"], each["value"], each["unit"]) for each in figures] == [("ke-1", "40", "doctor"), ("jp-1", "12", "truck")]
    assert rows(tmp_path / "statements.csv")[1]["title"] == "'=cmd()"
    package = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        header = (tmp_path / resource["path"]).read_text("utf-8").splitlines()[0].split(",")
        assert [field["name"] for field in resource["schema"]["fields"]] == header
        assert f"## {resource['path']}" in (tmp_path / "README.md").read_text("utf-8")


def test_filters_narrow_an_export(record: Record, tmp_path: Path) -> None:
    record.export("csv", tmp_path, actor="Japan")
    assert {each["doc"] for each in rows(tmp_path / "assertions.csv")} == {"jp-1"}


def test_the_same_record_gives_the_same_files(record: Record, tmp_path: Path) -> None:
    first = {file.name: file.read_bytes() for file in record.export("csv", tmp_path / "a")}
    assert first == {file.name: file.read_bytes() for file in record.export("csv", tmp_path / "b")}


def test_an_unknown_format_is_refused_before_anything_is_written(record: Record, tmp_path: Path) -> None:
    with pytest.raises(BadFilter, match=r"format 'xml' is not usable; it takes one of csv, jsonl\."):
        record.export("xml", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_file_that_breaks_off_leaves_nothing_half_written(tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_text("whole\n")

    def broken() -> object:
        yield "half"
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        exports.put(tmp_path / "old.csv", broken())  # type: ignore[arg-type]
    assert [path.name for path in tmp_path.iterdir()] == ["old.csv"]
    assert (tmp_path / "old.csv").read_text() == "whole\n"
