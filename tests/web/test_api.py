"""The REST API: the command line's filters and objects, one error shape, cursors, entity tags, streams."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from starlette.testclient import TestClient

import communique
from communique import shapes
from communique.service import Record
from communique.web import create
from communique.web.api import LISTINGS


@pytest.mark.parametrize("name", LISTINGS)
def test_a_listing_is_the_same_in_python_and_in_rest(client: TestClient, record: Record, name: str) -> None:
    expected = getattr(record, name)(actor="KEN").to_dicts()
    got: list[object] = []
    cursor = ""
    while True:
        answer = client.get(f"/api/{name}", params={"actor": "Kenya", "limit": 3, "cursor": cursor}).json()
        got += answer["items"]
        cursor = answer["next"]
        if cursor is None:
            break
    assert got == json.loads(json.dumps(expected))


def test_the_same_filters_narrow_the_same_way(client: TestClient, record: Record) -> None:
    params = {"actor": "KEN", "with": "EU", "since": "2023", "until": "2024-06"}
    expected = record.assertions(actor="KEN", partner="EU", since="2023", until="2024-06").to_dicts()
    assert expected
    assert client.get("/api/assertions", params=params).json()["items"] == json.loads(json.dumps(expected))


def test_everything_can_be_streamed(client: TestClient, record: Record) -> None:
    lines = client.get("/api/figures", params={"format": "jsonl"}).text.splitlines()
    assert [json.loads(line)["id"] for line in lines] == [row.id for row in record.figures()]
    table = client.get("/api/figures", params={"format": "csv"}).text.splitlines()
    assert table[0].startswith("id,")
    assert len(table) == len(lines) + 1


def test_a_statement_comes_with_its_text_and_every_quote_stands_in_it(client: TestClient) -> None:
    for entry in client.get("/api/statements", params={"limit": 100}).json()["items"]:
        text = client.get(f"/api/statements/{entry['id']}/text").text
        reading = client.get(f"/api/statements/{entry['id']}").json()
        assert len(text) == reading["length"]
        for kind in ("assertions", "figures", "agreements", "relations"):
            assert all(text[item["start"] : item["end"]] == item["quote"] for item in reading[kind])


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/nothing", 404, "not-found"),
        ("/api/items/0000", 404, "not-found"),
        ("/api/statements/none", 404, "not-found"),
        ("/api/commitments?since=yesterday", 400, "bad-filter"),
        ("/api/commitments?topic=weather", 400, "bad-filter"),
        ("/api/commitments?since=2021&until=2020", 400, "bad-filter"),
        ("/api/commitments?limit=0", 400, "bad-request"),
        ("/api/commitments?cursor=no!", 400, "bad-filter"),
        ("/api/review?actor=KEN", 400, "bad-request"),
        ("/api/partners?of=secrets", 400, "bad-request"),
    ],
)
def test_every_fault_has_the_one_shape(client: TestClient, path: str, status: int, code: str) -> None:
    answer = client.get(path)
    body = answer.json()
    assert (answer.status_code, body["error"]["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert body["status"] == status
    assert body["detail"] == body["error"]["message"] != ""


def test_what_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/api/counts")
    again = client.get("/api/counts", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/api/counts", headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_statement_can_be_added_and_added_again(client: TestClient) -> None:
    given = {"id": "added", "date": "2024-05-01", "publisher": "CL-MINREL", "text": "Chile will host the ocean conference in Valparaiso."}
    first = client.post("/api/statements", json=given)
    assert (first.status_code, first.json()["new"]) == (201, ["added"])
    assert client.post("/api/statements", json=given).json()["unchanged"] == 1
    changed = client.post("/api/statements", json=given | {"text": given["text"] + " Chile supports the treaty."})
    assert changed.json()["superseding"] == ["added"]
    assert client.get("/api/statements/added@1").json()["length"] == len(given["text"])


def test_two_judges_cannot_overwrite_each_other(client: TestClient) -> None:
    item = client.get("/api/positions", params={"actor": "BRA", "limit": 1}).json()["items"][0]
    seen = len(item["judgements"])
    first = client.post(f"/api/items/{item['id']}/judgements", json={"decision": "accept", "by": "Ana", "seen": seen})
    second = client.post(f"/api/items/{item['id']}/judgements", json={"decision": "reject", "by": "Rui", "seen": seen})
    assert (first.status_code, second.status_code) == (201, 409)
    assert "Ana" in second.json()["error"]["message"]
    kept = client.get("/api/judgements", params={"about": item["id"]}).json()
    assert [each["by"] for each in kept[-1:]] == ["Ana"]


def test_two_desks_of_one_record_cannot_both_judge_what_they_saw(filled: Path, tmp_path: Path) -> None:
    copy = tmp_path / "record.db"
    copy.write_bytes(filled.read_bytes())
    with communique.open(copy) as one, communique.open(copy) as other:
        desks, barrier = (TestClient(create(one)), TestClient(create(other))), Barrier(2)
        ids = [each.id for each in one.commitments() if not each.judgements][:8]

        def judged(desk: TestClient, id: str, decision: str) -> int:
            barrier.wait()
            given = {"decision": decision, "by": "Ana", "seen": 0}
            return desk.post(f"/api/items/{id}/judgements", json=given).status_code

        with ThreadPoolExecutor(2) as crew:
            for id in ids:
                answers = crew.map(judged, desks, (id, id), ("accept", "reject"))
                assert sorted(answers) == [201, 409]
                assert len(other.judgements(id)) == 1


def test_a_form_of_an_old_page_is_refused(client: TestClient) -> None:
    item = client.get("/api/appeals", params={"limit": 1}).json()["items"][0]
    given = {"decision": "accept", "name": "Ana", "seen": str(len(item["judgements"]))}
    post = {"headers": {"Origin": "http://testserver"}, "follow_redirects": False}
    assert client.post(f"/i/{item['id']}/judge", data=given, **post).status_code == 303  # type: ignore[arg-type]
    late = client.post(f"/i/{item['id']}/judge", data=given | {"name": "Rui"}, **post)  # type: ignore[arg-type]
    assert late.status_code == 409
    assert "Ana judged this (accept)" in late.text


def test_citations_hold_the_words_and_the_place(client: TestClient) -> None:
    item = client.get("/api/agreements", params={"limit": 1}).json()["items"][0]
    for form in ("plain", "markdown", "bibtex", "csl", "annotation"):
        text = client.get(f"/api/items/{item['id']}/citation", params={"format": form}).text
        assert f"{item['start']}-{item['end']}" in text.replace("--", "-").replace("–", "-") or f'"start":{item["start"]}' in text
    selectors = client.get(f"/api/items/{item['id']}/citation", params={"format": "annotation"}).json()["target"]["selector"]
    assert [each["type"] for each in selectors] == ["TextPositionSelector", "TextQuoteSelector"]
    assert selectors[1]["exact"] == item["quote"]


def test_the_description_is_openapi_31_and_names_every_address(client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert {f"/api/{name}" for name in LISTINGS} <= set(described["paths"])


def test_items_have_the_shape_of_the_command_line(client: TestClient, record: Record) -> None:
    kept = next(iter(record.outcomes()))
    assert client.get(f"/api/items/{kept.id}").json()["quote"] == shapes.kept(kept)["quote"]
