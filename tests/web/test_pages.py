"""Every page: answers, reads without a script, shows the words, and runs nothing that a statement says."""

from __future__ import annotations

import html
import re

import pytest
from starlette.testclient import TestClient

import communique
from communique.records import Act, Assertion, Event, Kept, Passage, Problem
from communique.service import Record
from communique.web import create
from communique.web.pages.judging import weight
from communique.web.pages.search import lit
from communique.web.pages.shown import fragment, templates
from communique.web.pages.statements import lines

PAGES = (
    "/", "/s", "/commitments", "/outcomes", "/positions", "/appeals", "/engagements", "/figures", "/agreements", "/relations", "/a",
    "/a/KEN", "/pair/KEN/EU", "/map", "/map?actor=KEN&of=aid", "/stages", "/search", "/search?q=police", "/review",
    "/review?actor=KEN&year=2023", "/board", "/board?verdict=overdue",
    "/readouts", "/readouts?actor=KEN", "/board?verdict=fulfilled&actor=KEN", "/series", "/series?actor=KEN", "/problems", "/coverage", "/settings", "/agreements?stage=signed", "/judge", "/enter", "/s/hostile",  # noqa: E501
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_a_page_answers_and_is_safe(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    assert re.findall(r"<script(?! src=\"/static/)", answer.text) == []
    assert re.findall(r"\son\w+=\"|\sstyle=\"|javascript:alert\(3\)\"", answer.text) == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_names_a_json_twin_that_answers(client: TestClient, path: str) -> None:
    twin = re.search(r'<link rel="alternate" type="application/json" href="([^"]+)"', client.get(path).text)
    if path in ("/search", "/review", "/enter"):  # a choice yet to be made
        assert twin is None
        return
    assert twin
    answer = client.get(html.unescape(twin[1]))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")


@pytest.mark.parametrize("path", [path for path in PAGES if path != "/s/hostile"])
def test_a_page_of_an_empty_record_says_what_to_do(path: str) -> None:
    with communique.open(":memory:") as empty:
        answer = TestClient(create(empty)).get(path)
    assert answer.status_code == 200
    assert "<h1" in answer.text


def test_an_attack_is_shown_as_words(client: TestClient) -> None:
    page = client.get("/s/hostile").text
    assert "&lt;script&gt;alert(4)&lt;/script&gt;" in page
    assert "<svg onload" not in page
    assert "javascript:alert(3)" not in page


def test_the_text_of_a_page_is_the_text_of_the_statement(client: TestClient, record: Record) -> None:
    entry = next(iter(record.statements(publisher="BR-MRE")), None) or next(iter(record.statements()))
    page = client.get(f"/s/{entry.id}").text
    shown = re.sub(r"<[^>]+>", "", page[page.index('aria-label="Text"') :].split(">", 1)[1].split("</section>")[0])
    unescaped = shown.replace("&#39;", "'").replace("&#34;", '"').replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert unescaped.strip() == record.statement(entry.id).statement.text.strip()


def test_words_named_in_the_address_are_lit_without_a_script(client: TestClient, record: Record) -> None:
    kept = next(iter(record.commitments(actor="KEN")))
    page = client.get(f"/s/{kept.doc}?c={kept.item.start}-{kept.item.end}").text
    lit_words = "".join(re.findall(r'class="[^"]*lit[^"]*"[^>]*>([^<]*)<', page))
    assert lit_words == kept.item.quote


def test_a_judgement_can_be_given_in_a_form(client: TestClient, record: Record) -> None:
    kept = next(iter(record.relations()))
    answer = client.post(
        f"/i/{kept.id}/judge", data={"decision": "accept", "name": "Ines", "why": "as said"}, headers={"Origin": "http://testserver"}
    )
    assert answer.status_code == 200
    assert "Ines: accept (as said)" in answer.text


def test_a_missing_page_says_so_in_words_and_not_where_the_record_is(client: TestClient, record: Record) -> None:
    for path in ("/s/nowhere", "/i/0", "/t/0", "/api/items/0", "/api/statements/nowhere", "/readouts/pair?first=a&second=b"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "nothing of that id in the record" in answer.text
        assert record.target not in answer.text


def test_every_character_is_shown_once() -> None:
    text = "Menu\n\nFiji will host. Samoa signed.\nEnd"
    passages = [Passage(6, 21), Passage(22, 35)]
    shown = "".join(piece.text for line in lines(text, passages, (), (8, 12), (0, len(text))) for piece in line.pieces)
    assert shown == text


def test_the_words_asked_for_are_lit_as_the_search_finds_them() -> None:
    runs = list(lit("Negotiators negotiated; the summit ended.", 'negotiat* "summit" -ended'))
    assert [words for words, on in runs if on] == ["Negotiators", "negotiated", "summit"]


def test_what_is_unsure_and_what_is_due_is_judged_first() -> None:
    def kept(confidence: float, when: str | None) -> Kept:
        item = Assertion(0, 1, "q", Act.COMMITMENT, Event.AID, ("PER",), when=when, specific=True, confidence=confidence)
        return Kept("id", item, "doc", "2024-01-01", "", "", "made")

    given = [kept(0.9, None), kept(0.5, None), kept(0.7, "2025"), kept(0.4, "2025")]
    ordered = sorted(given, key=lambda each: -weight(each))
    assert [(each.item.confidence, each.item.when) for each in ordered] == [(0.4, "2025"), (0.7, "2025"), (0.5, None), (0.9, None)]  # type: ignore[union-attr]


def test_a_text_fragment_names_few_words_whole_and_many_by_their_ends() -> None:
    assert fragment("Peru & Chile met -\nagain") == "#:~:text=Peru%20%26%20Chile%20met%20%2D%20again"
    assert fragment("a b c d e f g h i j k, l") == "#:~:text=a%20b%20c%20d%20e,h%20i%20j%20k%2C%20l"


def test_problems_are_listed_in_pages(monkeypatch: pytest.MonkeyPatch, client: TestClient, record: Record) -> None:
    every = [Problem("formats", "empty", f"{n}.txt is empty.", f"{n}.txt") for n in range(450)]
    monkeypatch.setattr(Record, "problems", lambda _, limit=None: every[:limit])
    first = client.get("/problems").text
    assert (first.count("<tr><td>"), "/problems?pages=2" in first) == (200, True)
    assert client.get("/problems?pages=2").text.count("<tr><td>") == 400
    assert client.get("/problems?pages=2&at=200").text.count("<tr><td>") == 200
    last = client.get("/problems?cursor=400").text
    assert (last.count("<tr><td>"), "cursor=" in last) == (50, False)


def test_an_address_says_how_many_pages_stand_below_each_other(client: TestClient, record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    def shown(address: str) -> tuple[list[str], str]:
        page = client.get(address).text
        return re.findall(r'<li class="item[^>]* id="i-(\w+)"', page), page.split('id="pager"')[1].split("</nav>")[0]

    monkeypatch.setattr("communique.web.pages.listings.SHOWN", 10)
    every = [each.id for each in record.outcomes(newest=True)]
    next = record.outcomes(newest=True).page(10).next
    assert len(every) > 30
    assert shown("/outcomes")[0] == every[:10]
    assert f'href="/outcomes?pages=2" hx-get="/outcomes?pages=2&amp;at={next}" hx-replace-url="/outcomes?pages=2"' in shown("/outcomes")[1]
    assert shown("/outcomes?pages=2") == (every[:20], shown(f"/outcomes?pages=2&at={next}")[1])
    assert shown(f"/outcomes?pages=2&at={next}")[0] == every[10:20]
    assert shown(f"/outcomes?cursor={next}&pages=2")[0] == every[10:30]
    assert shown("/outcomes?pages=5")[0] == every[:50]
    monkeypatch.setitem(templates.globals, "most_pages", 1)  # after so many a page begins anew
    assert f'href="/outcomes?cursor={next}" hx-boost="true"' in shown("/outcomes")[1]
    assert client.get("/outcomes?pages=6").status_code == 400


def test_agreements_are_listed_by_stage(client: TestClient, record: Record) -> None:
    signed = client.get("/api/agreements", params={"stage": "signed", "limit": 500}).json()["items"]
    assert [each["id"] for each in signed] == [each.id for each in record.agreements() if each.item.stage == "signed"]  # type: ignore[union-attr]
    assert client.get("/agreements?stage=signed").text.count('<li class="item') == len(signed)
    assert client.get("/agreements?stage=guessed").status_code == 400


def test_the_twin_of_an_actor_has_what_the_page_counts(client: TestClient, record: Record) -> None:
    twin = client.get("/api/actors/KEN").json()
    assert sum(each["n"] for each in twin["issues"]) == record.positions(actor="KEN").count()
    assert sum(each["n"] for each in twin["labels"]) == record.relations(actor="KEN").count()
    assert twin["verdicts"] == client.get("/api/verdicts?actor=KEN").json()
    assert twin["counts"]["commitments"] == record.commitments(actor="KEN").count()
    assert sum(each["n"] for each in twin["years"]) == record.assertions(actor="KEN").count()
    assert twin["newest"]["outcomes"][0]["id"] == record.outcomes(actor="KEN", newest=True).page(1).rows[0].id
    assert client.get("/api/pairs/KEN/EU").json()["counts"]["outcomes"] == record.outcomes(actor="KEN", partner="EU").count()
