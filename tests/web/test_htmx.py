"""What changes in an open page: a part alone where htmx asks, never mixed up with the whole, and nothing of a statement in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect
from starlette.testclient import TestClient

import communique
from communique.records import Given
from communique.service import Record
from communique.web.pages.shown import templates
from tests.web.conftest import Complaints, serving
from tests.web.test_pages import PAGES

HX = {"HX-Request": "true"}
SITE = {"Origin": "http://testserver"}
SPELL = '<b hx-get="/enter" hx-trigger="load" hx-on:click="alert(6)" data-hx-post="/leave" hx-swap-oob="true" id="main">Peru</b>'
MORE = Given(
    id="spell", source="spell", date="2024-04-01", publisher=SPELL, title=f"Remarks {SPELL}", url="https://example.org/",
    text=f"Ministry of Foreign Affairs of Peru\n\nPeru will host the {SPELL} summit in Lima in 2025. Peru signed the accord.\n",
)  # fmt: skip


# ------------------------------------------------------------------------------------------------ whole and part


@pytest.mark.parametrize("path", PAGES)
def test_an_address_answers_whole_or_in_part_and_no_cache_confuses_them(client: TestClient, path: str) -> None:
    whole, part = client.get(path), client.get(path, headers=HX)
    assert whole.text.startswith("<!doctype html>")
    assert part.text.startswith("<title>")
    assert '<header class="top">' not in part.text
    assert len(part.text) < len(whole.text)
    for answer in (whole, part):
        assert "HX-Request" in answer.headers["vary"]
        assert answer.headers["cache-control"] == "no-cache"
    main = re.compile(r"<main.*</main>", re.DOTALL)
    assert main.findall(part.text) == main.findall(whole.text)
    assert whole.headers["etag"] != part.headers["etag"]
    same = {"If-None-Match": whole.headers["etag"]}
    assert client.get(path, headers=same).status_code == 304
    assert "HX-Request" in client.get(path, headers=same).headers["vary"]
    assert client.get(path, headers=same | HX).text == part.text


def test_a_fault_of_a_filter_stands_where_the_results_would(client: TestClient) -> None:
    answer = client.get("/commitments?since=yesterday", headers=HX)
    assert answer.status_code == 400
    assert "HX-Request" in answer.headers["vary"]
    assert re.search(r'<div id="results" role="alert">\s*<p[^>]*>since &#39;yesterday&#39; is not usable', answer.text)


def test_a_fault_of_a_change_leaves_the_page_and_is_said(client: TestClient, record: Record) -> None:
    item = next(iter(record.outcomes())).id
    answer = client.post(f"/i/{item}/judge", data={"decision": "accept", "name": ""}, headers=SITE | HX)
    assert (answer.status_code, answer.headers["hx-reswap"]) == (400, "none")
    assert "needs the name" in answer.headers["hx-trigger"]


def test_what_a_statement_says_stands_where_htmx_looks_for_nothing() -> None:
    """Words of statements take their direction from themselves: wherever a template says so, htmx is told to keep out."""
    assert templates.loader is not None
    for name in templates.loader.list_templates():
        source = templates.loader.get_source(templates, name)[0]
        inside = {"parts.html": 'class="told"', "statement.html": 'class="text"'}.get(name)
        for tag in re.findall(r'<[^>]*dir="auto"[^>]*>', re.sub(r"\{[%{].*?[%}]\}", "", source)):
            shut = inside and re.search(rf"<[^>]*{inside}[^>]*hx-disable", source) and re.match(r"<(blockquote|span)", tag)
            assert "hx-disable" in tag or shut, (name, tag)


@pytest.mark.parametrize(
    ("field", "words", "kept"),
    [("topic", "health", '"health"'), ("actors", "KEN, UGA", '["KEN", "UGA"]'), ("specific", "no", "false"), ("when", "", "null")],
)
def test_a_field_is_edited_in_a_form(client: TestClient, record: Record, field: str, words: str, kept: str) -> None:
    each = next(each for each in record.commitments(specific=True) if each.item.when and each.item.topic.value != "health")  # type: ignore[union-attr]
    page = client.get(f"/i/{each.id}").text
    assert f'name="to.{field}"' in page
    given = {"decision": "edit", "name": "Noor", f"to.{field}": words, "to.speaker": each.item.speaker}  # type: ignore[union-attr]
    assert "Noor: edit" in client.post(f"/i/{each.id}/judge", data=given, headers=SITE).text
    assert record.judgements(each.id)[-1].changes == ((field, kept),)
    assert client.post(f"/i/{each.id}/judge", data=given, headers=SITE).status_code == 400  # nothing is other than it was


def test_an_amount_that_is_no_number_is_refused(client: TestClient, record: Record) -> None:
    figure = next(iter(record.figures()))
    given = {"decision": "edit", "name": "Noor", "to.value": "many"}
    answer = client.post(f"/i/{figure.id}/judge", data=given, headers=SITE)
    assert (answer.status_code, "takes a number" in answer.text) == (400, True)
    assert "edit" in client.post(f"/i/{figure.id}/judge", data=given | {"to.value": "1,250.5"}, headers=SITE).text
    assert client.get(f"/api/items/{figure.id}").json()["value"] == 1250.5


# ------------------------------------------------------------------------------------------------ in a browser


class Loads(list[str]):
    """The addresses of the documents that a page loaded whole."""

    def watch(self, page: Page) -> Loads:
        page.on("request", self.hear)
        return self

    def hear(self, request: Request) -> None:
        if request.resource_type == "document":
            self.append(request.url)


def test_filters_and_facets_change_the_results_alone(page: Page, served: str) -> None:
    page.goto("/commitments")
    loads = Loads().watch(page)
    before = page.locator("#rows > li").count()
    page.locator("#f-actor").fill("KEN")
    page.keyboard.press("Enter")
    expect(page.locator(".chosen")).to_contain_text("Kenya")
    assert page.url == f"{served}/commitments?actor=KEN"  # and no empty field
    expect(page.locator("#f-actor")).to_be_focused()
    assert 0 < page.locator("#rows > li").count() < before
    expect(page.locator("#heard")).to_have_text(f"{page.locator('#rows > li').count()}, newest first")
    expect(page.locator("#kinds a").nth(1)).to_have_attribute("href", "/outcomes?actor=KEN")
    expect(page.locator("#twin a")).to_have_attribute("href", "/api/commitments?actor=KEN")
    topic = page.locator("#f-topic")
    topic.focus()
    topic.select_option("health")
    expect(page.locator(".chosen")).to_contain_text("health")
    expect(topic).to_be_focused()
    page.get_by_label("remove the filter actor").click()
    page.wait_for_url("**/commitments?topic=health")
    expect(page.locator("#f-actor")).to_have_value("")
    page.locator(".narrow a").first.click()
    page.wait_for_url(re.compile(r"actor=\w+"))
    expect(page.locator("#f-actor")).not_to_have_value("")
    assert loads == []
    page.reload()
    expect(page.locator(".chosen")).to_contain_text("health")


def test_back_and_forward_bring_whole_pages(page: Page) -> None:
    page.goto("/commitments")
    page.locator("#f-topic").select_option("health")
    page.wait_for_url("**/commitments?topic=health")
    expect(page.locator(".chosen")).to_contain_text("health")
    page.goto("/map")
    page.go_back()
    expect(page.locator("header.top")).to_be_visible()
    expect(page.locator(".chosen")).to_contain_text("health")
    page.go_back()
    expect(page.locator("header.top")).to_be_visible()
    expect(page.locator("#rows > li").first).to_be_visible()
    expect(page.locator(".chosen")).to_have_count(0)
    page.go_forward()
    expect(page.locator("header.top")).to_be_visible()
    expect(page.locator(".chosen")).to_contain_text("health")
    assert page.evaluate("Object.keys(sessionStorage).filter(each => each.includes('cache')).length") == 0


@pytest.mark.parametrize(
    ("path", "name", "value", "shown"),
    [
        ("/board", "actor", "KEN", "#results .item"),
        ("/series", "actor", "JPN", "#results"),
        ("/map", "of", "commitments", "#results svg"),
        ("/s", "since", "2024", "#rows > li"),
        ("/search?q=police", "q", "summit", "mark.lit"),
        ("/stages", "actor", "KEN", "#results"),
        ("/readouts", "actor", "JPN", "#results"),
    ],
)
def test_every_page_with_filters_changes_in_place(page: Page, path: str, name: str, value: str, shown: str) -> None:
    page.goto(path)
    loads = Loads().watch(page)
    field = page.locator(f"#f-{name}")
    if field.evaluate("each => each.tagName") == "SELECT":
        field.focus()
        field.select_option(value)
    else:
        field.fill(value)
        field.press("Enter")
    page.wait_for_url(f"**{value}**")
    expect(page.locator(shown).first).to_be_visible()
    expect(field).to_be_focused()
    expect(page.locator("main")).to_have_count(1)
    assert loads == []
    page.get_by_role("button", name=re.compile("Show|Search")).click()
    expect(page.locator("#results")).to_have_count(1)
    assert loads == []


def test_more_comes_below_what_stands(page: Page, record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.web.pages.listings.SHOWN", 12)
    page.goto("/outcomes")
    loads = Loads().watch(page)
    assert page.locator("#rows > li").count() == 12
    more = page.get_by_role("link", name="More", exact=True)
    more.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#rows > li").nth(12)).to_be_visible()
    expect(more.or_(page.locator("#pager[hidden]"))).to_have_count(1)
    expect(page.locator("#heard")).to_have_text(f"{page.locator('#rows > li').count()} shown")
    while more.count():
        n = page.locator("#rows > li").count()
        more.click()
        expect(page.locator("#rows > li").nth(n)).to_be_visible()
    assert page.locator("#rows > li").count() == record.outcomes().count()
    assert loads == []
    read = "all => all.map(each => each.id)"
    ids = page.locator("#rows > li").evaluate_all(read)
    assert len(set(ids)) == len(ids)
    assert page.url.endswith(f"/outcomes?pages={-(-len(ids) // 12)}")
    page.reload()
    assert page.locator("#rows > li").evaluate_all(read) == ids


def test_more_is_shown_without_a_script_too(browser: Browser, served: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.web.pages.listings.SHOWN", 10)
    context = browser.new_context(base_url=served, java_script_enabled=False)
    page = context.new_page()
    page.goto("/outcomes?act=outcome")
    for n in (10, 20):
        assert page.locator("#rows > li").count() == n
        page.get_by_role("link", name="More", exact=True).click()
    assert page.url.endswith("/outcomes?act=outcome&pages=3")
    context.close()


def test_a_fault_is_shown_in_place_and_the_filters_stay(page: Page, complaints: Complaints) -> None:
    page.goto("/commitments")
    page.locator("#f-since").fill("yesterday")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("is not usable")
    page.locator("#f-since").fill("2023")
    page.keyboard.press("Enter")
    expect(page.locator("#rows > li").first).to_be_visible()
    assert [each for each in complaints if "400" in each] == complaints
    complaints.clear()


def test_a_page_that_waits_comes_by_itself(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.web.pages.board.followed", lambda *_: False)
    page.goto("/board?actor=KEN")
    loads = Loads().watch(page)
    expect(page.get_by_role("status").first).to_contain_text("being followed now")
    assert page.locator("meta[http-equiv]").count() == 0  # without a script alone it is loaded again
    monkeypatch.undo()
    expect(page.locator("#results .item").first).to_be_visible()
    assert loads == []


def test_a_judgement_that_does_not_arrive_is_taken_back(page: Page, complaints: Complaints) -> None:
    page.goto("/positions")
    page.keyboard.press("j")
    item = page.locator(".item").first
    page.route("**/judge", lambda route: route.abort())
    page.keyboard.press("a")
    expect(page.locator("#said")).to_contain_text("nothing was kept")
    expect(item.locator(".judged")).to_have_text("")
    complaints.clear()


def test_a_verdict_is_kept_without_loading_the_promise_again(page: Page, record: Record) -> None:
    thread = next(iter(record.threads(verdict="no-report", actor="JPN")))
    page.goto(f"/t/{thread.id}")
    loads = Loads().watch(page)
    form = page.locator("form.verdicts").last
    expect(form.get_by_label("Your name")).to_have_value("Ada")
    form.get_by_label("Verdict").select_option("in-progress")
    form.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("Ada: in-progress")).to_be_visible()
    assert loads == []
    assert page.url.endswith(f"/t/{thread.id}")


# ------------------------------------------------------------------------------------------------ attacks


@pytest.fixture(scope="module")
def bewitched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    target = tmp_path_factory.mktemp("spell") / "record.db"
    with communique.open(target) as record:
        record.add(MORE, reader="cues", workers=1)
    with serving(target) as address:
        yield address


def test_a_statement_that_speaks_htmx_does_nothing(browser: Browser, bewitched: str, complaints: Complaints) -> None:
    context = browser.new_context(base_url=bewitched)
    page = complaints.watch(context.new_page())
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("/", "/s", "/s/spell", "/commitments", "/search?q=summit", "/board", "/judge", "/outcomes", "/problems", "/a/PER", "/map"):
        page.goto(path)
        if page.locator("#asking").count():
            page.locator("#asking button").click()
            page.wait_for_load_state("networkidle")
        assert page.locator("main b, main [hx-on\\:click], main [data-hx-post], main [hx-swap-oob]").count() == 0
        assert page.locator("[id=main]").count() == 1
    page.goto("/s/spell")
    expect(page.locator(".text")).to_contain_text(SPELL)
    assert not [each for each in asked if each.endswith(("/enter", "/leave"))]
    context.close()
    assert complaints == []


def test_htmx_is_kept_beside_its_licence_and_told_to_run_nothing(client: TestClient) -> None:
    static = Path(communique.__file__).parent / "web" / "static"
    assert "Zero-Clause BSD" in (static / "htmx.LICENSE").read_text("utf-8")
    settings = re.search(r"<meta name=\"htmx-config\" content='([^']*)'", client.get("/").text)
    assert settings
    for given in ("allowEval", "includeIndicatorStyles", "allowScriptTags"):
        assert f"&#34;{given}&#34;: false" in settings[1]
    assert "&#34;selfRequestsOnly&#34;: true" in settings[1]
