"""Two readouts of one engagement on pages, in the API, and in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from starlette.testclient import TestClient

import communique
from communique.web import create
from tests.sides import Sides, readouts
from tests.web.conftest import Complaints, serving
from tests.web.test_browser import NARROW, found_by_axe

PAIR = "/readouts/pair?first=ghana&second=togo"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of readouts by two sides each."""
    target = tmp_path_factory.mktemp("readouts") / "record.db"
    with communique.open(target) as record:
        record.add(*readouts(), reader=Sides(), workers=1)
    return target


@pytest.fixture
def desk(told: Path) -> Iterator[TestClient]:
    with communique.open(told) as record:
        yield TestClient(create(record))


def test_the_list_has_every_joined_engagement_and_leads_to_each(desk: TestClient) -> None:
    page = desk.get("/readouts").text
    assert page.count('<li class="item') == 5
    assert "/readouts/pair?first=ghana&amp;second=togo" in page
    assert page.index("first=norway") < page.index("first=peru")
    assert desk.get("/readouts?actor=TGO").text.count('<li class="item') == 1
    assert "Show all" in desk.get("/readouts?actor=TGO&since=2023").text


def test_a_pair_lays_matched_words_side_by_side_and_names_what_differs(desk: TestClient) -> None:
    page = desk.get(PAIR).text
    assert "The numbers differ: “21 engineers” here, “31 engineers” there" in page
    assert "Only GHA-PRESIDENT mentions" in page
    assert "is no denial" in page
    for word in ("denies", "denied", "omits"):
        assert word not in page
    first = desk.get("/api/readouts/pair?first=ghana&second=togo").json()["both"][1]["first"]
    assert f'href="/s/ghana?c={first["start"]}-{first["end"]}#c={first["start"]}-{first["end"]}"' in page


def test_statement_actor_and_pair_lead_to_the_readouts(desk: TestClient) -> None:
    assert "/readouts/pair?first=norway&amp;second=finland" in desk.get("/s/finland").text
    assert 'href="/readouts?actor=FIN"' in desk.get("/a/FIN").text
    assert 'href="/readouts?actor=FIN&amp;with=NOR"' in desk.get("/pair/FIN/NOR").text
    assert 'href="/readouts"' in desk.get("/engagements").text


def test_the_api_has_the_same(desk: TestClient) -> None:
    whole = desk.get("/api/readouts").json()
    assert (len(whole["items"]), whole["next"]) == (5, None)
    one = desk.get("/api/readouts?limit=1").json()
    two = desk.get(f"/api/readouts?limit=4&cursor={one['next']}").json()
    assert one["items"] + two["items"] == whole["items"]
    assert desk.get("/api/readouts/of?statement=finland").json() == [whole["items"][0]]
    assert desk.get("/api/readouts/pair?first=ghana&second=peru").status_code == 404
    assert desk.get("/readouts/pair?first=ghana&second=peru").status_code == 404
    assert len(desk.get("/api/readouts?format=jsonl").text.splitlines()) == 5


def test_both_pages_open_without_complaint_and_for_everyone(browser: Browser, told: Path, complaints: Complaints) -> None:
    with serving(told) as address:
        context = browser.new_context(base_url=address, viewport={"width": 1300, "height": 900})
        page = complaints.watch(context.new_page())
        for path in ("/readouts", PAIR, "/s/ghana", "/readouts?actor=PRY"):
            page.emulate_media(color_scheme="light")
            page.set_viewport_size({"width": 1300, "height": 900})
            page.goto(path)
            expect(page.locator("h1").first).to_be_visible()
            assert found_by_axe(page) == []
            page.emulate_media(color_scheme="dark")
            assert found_by_axe(page) == []
            page.set_viewport_size({"width": NARROW, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
        page.set_viewport_size({"width": 1300, "height": 900})
        page.goto(PAIR)
        left, right = (page.locator(".plain .two").nth(1).locator(".item").nth(n).bounding_box() for n in (0, 1))
        assert left
        assert right
        assert abs(left["y"] - right["y"]) < 2
        page.locator(".plain blockquote a").nth(2).click()
        assert "".join(page.locator(".text .lit").all_text_contents()) == "Ghana will send 21 engineers to Togo for its harbours"
        context.close()
    assert complaints == []
