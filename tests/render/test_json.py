import json as standard

from communique.render import json


def test_an_array_is_one_json_value_written_row_by_row() -> None:
    assert standard.loads("".join(json.array(iter([{"a": 1}, {"b": "é"}])))) == [{"a": 1}, {"b": "é"}]
    assert standard.loads("".join(json.array([]))) == []


def test_lines_are_one_object_each() -> None:
    assert [standard.loads(line) for line in json.lines([{"a": 1}, {"a": "x\ny"}])] == [{"a": 1}, {"a": "x\ny"}]


def test_a_lone_surrogate_goes_as_its_escape() -> None:
    told = json.compact({"quote": "half \ud83d"})
    assert told.encode("utf-8")
    assert standard.loads(told) == {"quote": "half \ud83d"}
