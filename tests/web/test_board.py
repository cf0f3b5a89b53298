"""Promises on the desk: what is overdue, a thread and its judgements, series of figures, and the same over the API."""

from __future__ import annotations

import re
import time
from collections import Counter
from math import inf
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import communique
from communique import shapes
from communique.records import Figure, Given, Kept, Thread, Verdict
from communique.service import Record, follow
from communique.service.told import Point
from communique.web import create
from communique.web.pages.actors import labels
from communique.web.pages.board import is_overdue
from communique.web.pages.series import drawn

SITE = {"Origin": "http://testserver"}


def promise(when: str | None, verdict: Verdict, as_of: str) -> Thread:
    return Thread("x", "doc", 0, 1, "q", ("NZL",), when, True, verdict, as_of, "silence")


@pytest.mark.parametrize(
    ("when", "verdict", "as_of", "late"),
    [
        ("2023", Verdict.NO_REPORT, "2024-01-01", True),
        ("2023", Verdict.NO_REPORT, "2023-12-31", False),  # the year is not over
        ("2023-01/2023-06", Verdict.IN_PROGRESS, "2023-07-01", True),
        ("2023-01/2023-06", Verdict.IN_PROGRESS, "2023-06-30", False),
        ("2023", Verdict.FULFILLED, "2025-01-01", False),
        ("2023", Verdict.RETRACTED, "2025-01-01", False),
        (None, Verdict.NO_REPORT, "2025-01-01", False),
    ],
)
def test_what_is_overdue(when: str | None, verdict: Verdict, as_of: str, late: bool) -> None:
    assert is_overdue(promise(when, verdict, as_of)) is late


def test_threads_are_the_same_in_python_and_in_rest(client: TestClient, record: Record) -> None:
    got = client.get("/api/threads", params={"actor": "Kenya", "limit": 500}).json()["items"]
    assert got == [shapes.thread(each) for each in record.threads(actor="KEN")]
    first = max(got, key=lambda each: len(each["links"]))
    assert client.get(f"/api/threads/{first['id']}").json() == first
    assert client.get(f"/api/threads/{first['id']}", params={"as_of": "2010"}).status_code == 404


def test_the_board_counts_what_the_listings_hold(client: TestClient, record: Record) -> None:
    page = client.get("/board").text
    for verdict, words in (("fulfilled", "Fulfilled"), ("no-report", "No report")):
        n = sum(not each.umbrella for each in record.threads(verdict=verdict))
        assert f'{words} <span class="n quiet">{n}</span>' in page


def test_a_part_is_counted_with_the_promise_it_belongs_to(tmp_path: Path) -> None:
    words = "Peru will set up a fund for the harbours. Under this fund, Peru will build a pier in Callao."
    text = f"Ministry of Foreign Affairs of Peru\n\n{words}\n"
    with communique.open(tmp_path / "record.db") as record:
        given = Given(id="pe", source="pe", date="2024-03-01", publisher="PER-MFA", title="Remarks", text=text)
        record.add(given, reader="cues", workers=1)
        whole, part = record.threads()
        assert (part.umbrella, whole.parts) == (whole.id, (part.id,))
        for asked in ASKED:
            counted = Counter(each.verdict.value for each in record.threads(**asked) if each.umbrella)
            assert record.parts(**asked) == {each.value: counted[each.value] for each in Verdict}
        assert sum(record.parts(actor="PER").values()) == 1
        client = TestClient(create(record))
        assert client.get("/api/verdicts?actor=PER").json()["no-report"] == 1
        assert '<td class="n">1</td></tr></tbody>' in client.get("/a/PER").text.split('id="promises"')[1]
        assert 'No report <span class="n quiet">1</span>' in client.get("/board").text
        assert "and 1 that is a part of another promise" in client.get("/board").text
        assert f'href="/t/{whole.id}">another promise' in client.get(f"/t/{part.id}").text
        assert f'href="/t/{part.id}">part 1' in client.get(f"/t/{whole.id}").text


ASKED: tuple[dict[str, str], ...] = (
    {}, {"actor": "KEN"}, {"partner": "JPN"}, {"topic": "health"}, {"since": "2023"}, {"actor": "KEN", "until": "2023-06"},
    {"actor": "XXX"}, {"actor": "PER", "since": "2024"},
)  # fmt: skip


@pytest.mark.parametrize("few", [0, 5000])
def test_the_board_holds_what_every_thread_says_also_as_people_left_it(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    """Walks along the filters and tests in SQL, beside every thread gone through."""
    monkeypatch.setattr("communique.store.promised.FEW", few)
    (tmp_path / "copy.db").write_bytes(filled.read_bytes())
    with communique.open(tmp_path / "copy.db") as record:
        late, silent = list(follow.overdue(record.threads())), list(follow.vanished(record.threads()))
        other = next(each for each in record.threads() if each.verdict not in (Verdict.NO_REPORT, Verdict.RETRACTED))
        assert late
        record.mark(late[0].id, "fulfilled", by="Sefo")
        record.mark(other.id, "no-report", by="Sefo")
        if silent:
            record.mark(silent[-1].id, "retracted", by="Sefo")
        for asked in ASKED:
            every = list(record.threads(**asked))
            for listing, told in ((record.overdue(**asked), follow.overdue), (record.vanished(**asked), follow.vanished)):
                assert [each.id for each in listing] == [each.id for each in told(every)], asked
                assert listing.count() == len(list(told(every)))
            counts = record.verdicts(**asked)
            both = {name: n + inside for (name, n), inside in zip(counts.items(), record.parts(**asked, upto=200).values(), strict=True)}
            assert both["overdue"] == len(list(follow.overdue(every)))
            assert sum(both[each] for each in Verdict) == len(every)
            assert [both[each] for each in Verdict] == [record.threads(**asked, verdict=each).count() for each in Verdict]


def test_the_api_lists_the_overdue_and_counts_verdicts(client: TestClient, record: Record) -> None:
    assert client.get("/api/verdicts").json() == record.verdicts()
    assert client.get("/api/parts").json() == record.parts(upto=200)
    got = client.get("/api/threads", params={"verdict": "overdue", "limit": 500}).json()["items"]
    assert got == [shapes.thread(each) for each in record.overdue()]


def test_a_thread_shows_every_quote_and_keeps_what_people_say_of_its_links(client: TestClient, record: Record) -> None:
    thread = next(each for each in record.threads() if any(link.item for link in each.links))
    page = client.get(f"/t/{thread.id}").text
    assert page.count('<blockquote dir="auto" hx-disable><a') == len(thread.links) + 1
    link = next(each for each in thread.links if each.item)
    given = {"item": link.item, "decision": "unrelated", "name": "Tavita", "why": "another matter"}
    assert "Tavita: unrelated (another matter)" in client.post(f"/t/{thread.id}/judge", data=given, headers=SITE).text
    assert record.judgements(f"{thread.id}>{link.item}")[-1].by == "Tavita"


def test_a_verdict_of_a_person_stands(client: TestClient, record: Record) -> None:
    thread = next(iter(record.threads(verdict="no-report")))
    client.post(f"/t/{thread.id}/judge", data={"decision": "retracted", "name": "Mere"}, headers=SITE)
    assert client.get(f"/api/threads/{thread.id}").json()["verdict"] == "retracted"


@pytest.mark.parametrize("path", ["/i/{}/judge", "/t/{}/judge"])
def test_a_judgement_without_a_name_is_not_kept(client: TestClient, record: Record, path: str) -> None:
    id = next(iter(record.commitments())).id
    answer = client.post(path.format(id), data={"decision": "accept", "name": " "}, headers=SITE)
    assert (answer.status_code, "needs the name" in answer.text) == (400, True)


def figure(value: float, date: str = "2024-01-01") -> Kept:
    return Kept("id", Figure(0, 1, "q", value, "tonne"), "doc", date, "", "", "made")


def test_intervals_are_drawn_in_order_and_without_end_to_the_edge() -> None:
    points = (Point(figure(100), 100, inf, "stated", "", None), Point(figure(300), 270, 330, "stated", "", None))
    first, second = drawn(points)
    assert first.endless
    assert not second.endless
    assert first.low == first.at < second.low < second.at < second.high < first.high


def test_labels_are_counted(record: Record) -> None:
    rows = list(record.relations())
    assert sum(each.n for each in labels(rows)) == len(rows)


def test_engagements_of_an_actor_by_year_and_mode(client: TestClient, record: Record) -> None:
    code, _ = record.partners("engagements")[0]
    held = Counter((each.date or "")[:4] for each in record.engagements(actor=code))
    page = client.get(f"/a/{code}").text
    twin = client.get(f"/api/years?of=engagements&actor={code}").json()
    assert held.total() == sum(each["n"] for each in twin) > 0
    assert {each["value"] for each in twin} <= {"meeting", "call", "visit"}
    for year in filter(None, held):
        assert f"/engagements?actor={code}&amp;since={year}&amp;until={year}" in page
        assert sum(each["n"] for each in twin if each["year"] == year) == held[year]


def test_a_page_says_what_it_is_waiting_for(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.web.pages.board.followed", lambda *_: False)
    answer = client.get("/board")
    assert answer.status_code == 202
    assert re.search(r"being followed now", answer.text)


def test_a_review_of_a_large_record_is_written_beside_the_desk(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    written = client.get("/review?actor=KEN&year=2023").text
    monkeypatch.setattr("communique.web.reviewing.SMALL", 0)
    answer = client.get("/review?actor=KEN&year=2023")  # a reader sees at once that it is being written
    assert answer.status_code == 202
    assert "being written" in answer.text
    for _ in range(600):  # and the page asks until it is there
        answer = client.get("/review?actor=KEN&year=2023")
        if answer.status_code == 200:
            break
        time.sleep(0.1)
    assert answer.text == written
