"""Who may do what: this machine alone without tokens; beyond it, roles; never another site or another host."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from communique.service import Record
from communique.web import create
from communique.web.access import Access, Bucket, Tokens

STATEMENT = {"text": "Laos will host the meeting."}


@pytest.fixture
def tokens(tmp_path: Path) -> Tokens:
    return Tokens(tmp_path / "tokens.json")


@pytest.fixture
def beyond(record: Record, tokens: Tokens) -> TestClient:
    """The desk as it is served beyond this machine."""
    return TestClient(create(record, Access(tokens=tokens)))


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_the_token_file_never_holds_a_token(tokens: Tokens) -> None:
    token = tokens.add("Ann", "judge")
    assert token not in tokens.path.read_text("utf-8")
    assert tokens.path.stat().st_mode & 0o077 == 0
    assert tokens.account(token) == tokens.accounts()[0]
    assert tokens.account(token + "x") is None
    assert tokens.drop("Ann")
    assert tokens.account(token) is None


def test_without_a_token_nothing_is_shown(beyond: TestClient) -> None:
    assert beyond.get("/api/counts").status_code == 401
    assert beyond.get("/").status_code == 401


@pytest.mark.parametrize(("role", "reads", "judges"), [("reader", 200, 403), ("judge", 200, 201), ("admin", 200, 201)])
def test_a_role_allows_what_it_says(beyond: TestClient, tokens: Tokens, record: Record, role: str, reads: int, judges: int) -> None:
    token = tokens.add("Ann", role)  # type: ignore[arg-type]
    item = next(iter(record.appeals())).id
    assert beyond.get("/api/counts", headers=bearer(token)).status_code == reads
    answer = beyond.post(f"/api/items/{item}/judgements", json={"decision": "accept", "by": "somebody else"}, headers=bearer(token))
    assert answer.status_code == judges
    if judges == 201:
        assert answer.json()["by"] == "Ann"  # the token says who judged, whatever the request claims


@pytest.mark.parametrize(("role", "forms"), [("reader", False), ("judge", True)])
def test_who_may_not_judge_is_shown_no_form_for_it(beyond: TestClient, tokens: Tokens, record: Record, role: str, forms: bool) -> None:
    headers = bearer(tokens.add("Ann", role))  # type: ignore[arg-type]
    thread = next(each for each in record.threads() if each.links)
    for path in ("/judge", f"/i/{thread.id}", f"/t/{thread.id}"):
        assert ('/judge"' in beyond.get(path, headers=headers).text.split("<main")[1]) is forms


@pytest.mark.parametrize(("role", "told"), [("reader", False), ("judge", False), ("admin", True)])
def test_where_the_record_is_and_who_has_a_token_is_told_an_admin_alone(
    beyond: TestClient, tokens: Tokens, record: Record, role: str, told: bool
) -> None:
    headers = bearer(tokens.add("Ann", role))  # type: ignore[arg-type]
    tokens.add("Bea", "judge")
    for path in ("/settings", "/api/settings"):
        shown = beyond.get(path, headers=headers).text
        assert [record.target in shown, "Bea" in shown, "read.floor" in shown, "Ann" in shown] == [told, told, True, True]
    assert record.target not in beyond.get("/coverage", headers=headers).text


def test_signing_in_keeps_the_token_where_no_script_reads_it(beyond: TestClient, tokens: Tokens) -> None:
    token = tokens.add("Ann", "reader")
    answer = beyond.post("/enter", data={"token": token}, headers={"Origin": "http://testserver"}, follow_redirects=False)
    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert beyond.get("/api/counts").status_code == 200
    assert beyond.post("/enter", data={"token": "guess"}, headers={"Origin": "http://testserver"}).status_code == 401


@pytest.mark.parametrize("headers", [{"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}])
def test_another_site_cannot_change_anything(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.post("/api/statements", json=STATEMENT, headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "cross-site")


def test_another_host_name_is_not_answered(client: TestClient) -> None:
    assert client.get("/api/counts", headers={"Host": "rebound.example"}).status_code == 403


def test_too_many_attempts_have_to_wait(record: Record, tokens: Tokens) -> None:
    tokens.add("Ann", "reader")
    limited = TestClient(create(record, Access(tokens=tokens, attempts=Bucket(3, 0.0))))
    statuses = [limited.get("/api/counts", headers=bearer("wrong")).status_code for _ in range(5)]
    assert statuses == [401, 401, 401, 429, 429]


def test_a_bucket_refills() -> None:
    bucket = Bucket(2, 1.0)
    assert [bucket.take("a", 0.0), bucket.take("a", 0.0), bucket.take("a", 0.0), bucket.take("a", 1.5), bucket.take("b", 0.0)] == [
        True,
        True,
        False,
        True,
        True,
    ]
