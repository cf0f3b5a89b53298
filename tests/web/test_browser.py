"""The desk in a real browser: every page, every key, light both ways, judging, access for everyone, and attacks."""

from __future__ import annotations

import os
import re
import time
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

import communique
from communique.records import Draft, Given
from tests.web.conftest import Complaints, serving
from tests.web.test_pages import PAGES

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW = 360


def found_by_axe(page: Page) -> list[str]:
    """What axe finds serious on a page."""
    page.evaluate(AXE)
    found: dict[str, Any] = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
    grave = [each for each in found["violations"] if each["impact"] in ("serious", "critical")]
    return [f"{each['id']}: {node['target']} {node['failureSummary']}" for each in grave for node in each["nodes"][:3]]


def statement_of(record: communique.Record) -> str:
    """A statement with many items."""
    return max(record.statements(), key=lambda entry: entry.items).id


@pytest.fixture
def here(page: Page, record: communique.Record) -> Page:
    """A statement's page."""
    page.goto(f"/s/{statement_of(record)}")
    return page


# ------------------------------------------------------------------------------------------------ every page


@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_without_complaint_and_for_everyone(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.locator("h1").first).to_be_visible()
    assert found_by_axe(page) == []
    page.emulate_media(color_scheme="dark")
    assert found_by_axe(page) == []
    page.set_viewport_size({"width": NARROW, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW


def test_a_thread_and_an_item_open_without_complaint_and_for_everyone(page: Page, record: communique.Record) -> None:
    thread = max(record.threads(), key=lambda each: len(each.links))
    for path in (f"/t/{thread.id}", f"/i/{thread.id}", f"/s/{thread.doc}"):
        page.goto(path)
        assert found_by_axe(page) == []
        page.emulate_media(color_scheme="dark")
        assert found_by_axe(page) == []


NOT_PRINTED = (".top", "footer", ".tabs", ".filters", ".pager", ".narrow", ".verdicts", "details", ".aside", "#said")


@pytest.mark.parametrize("path", ["/review?actor=KEN&year=2023", "/commitments", "/a/KEN", "/coverage", "/t/", "/s/", "/i/"])
def test_on_paper_there_is_what_was_said_and_no_control(page: Page, record: communique.Record, path: str) -> None:
    thread = max(record.threads(), key=lambda each: len(each.links))
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(path + {"/t/": thread.id, "/i/": thread.id, "/s/": thread.doc}.get(path, ""))
    for name in NOT_PRINTED:
        assert [each.is_visible() for each in page.locator(name).all()].count(True) == 0, name
    if path != "/commitments":
        expect(page.locator("h1").first).to_be_visible()
    assert page.locator("main input:visible, main select:visible, main button:visible").count() == 0
    paper = page.evaluate("[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector('main')).color]")
    assert paper == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    assert page.evaluate("[...document.querySelectorAll('main *')].every(each => getComputedStyle(each).overflowY !== 'auto')")


def test_the_first_words_come_soon(page: Page) -> None:
    page.goto("/")
    painted = None
    for _ in range(100):  # not wait_for_function, which asks for the eval that the policy forbids
        painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime")
        if painted is not None:
            break
        page.wait_for_timeout(50)
    assert painted is not None
    assert painted < 3000  # on an idle machine a tenth of this


# ------------------------------------------------------------------------------------------------ light both ways


def test_an_item_lights_its_words_and_words_light_their_item(here: Page) -> None:
    second = here.locator(".item").nth(1)
    second.locator(".line").click()
    assert "".join(here.locator(".text .lit").all_text_contents()) == second.locator("blockquote").inner_text()
    words = here.locator(".text .hl").first
    words.click()
    assert here.locator(".item.now").get_attribute("id") == "i-" + str(words.get_attribute("data-items")).split()[0]


def test_an_address_lights_its_words(page: Page, record: communique.Record) -> None:
    kept = next(iter(record.commitments(actor="KEN")))
    page.goto(f"/s/{kept.doc}#c={kept.item.start}-{kept.item.end}")
    expect(page.locator(".text .lit").first).to_be_visible()
    assert "".join(page.locator(".text .lit").all_text_contents()) == kept.item.quote


# ------------------------------------------------------------------------------------------------ every key


def test_j_and_k_move_and_escape_lets_go(here: Page) -> None:
    for key, at in (("j", 0), ("j", 1), ("k", 0), ("k", 0)):
        here.keyboard.press(key)
        expect(here.locator(".item").nth(at)).to_have_class(re.compile(r"\bnow\b"))
    here.keyboard.press("Escape")
    expect(here.locator(".item.now")).to_have_count(0)


def test_a_x_and_u_judge(here: Page) -> None:
    here.keyboard.press("j")
    item = here.locator(".item").first
    for key, words in (("a", "accepted by Ada"), ("x", "rejected by Ada"), ("u", "undone by Ada")):
        with here.expect_response("**/judge") as answer:
            here.keyboard.press(key)
        assert answer.value.status == 303
        expect(item.locator(".judged")).to_have_text(words)
        expect(item).not_to_have_class(re.compile("htmx-request"))
        expect(item).to_be_focused()
    here.reload()
    expect(here.locator(".item").first.locator(".judged")).to_have_text("undone by Ada")


def test_e_edits_a_field_and_shows_what_it_was(page: Page, record: communique.Record) -> None:
    kept = next(each for each in record.commitments(actor="JPN") if each.item.topic.value == "other")
    page.goto(f"/i/{kept.id}")
    page.keyboard.press("j")
    page.keyboard.press("e")
    box = page.get_by_role("dialog", name="Edit")
    topic = box.get_by_label("topic")
    expect(topic).to_have_value("other")
    expect(box.locator("label", has_text="topic").locator("code")).to_have_text("other")
    topic.select_option("health")
    with page.expect_response("**/judge") as answer:
        box.get_by_role("button", name="Keep").click()
    assert answer.value.status == 303
    for _ in range(2):
        expect(page.locator(".item .tags")).to_contain_text("health")
        expect(page.locator("#judgements ol")).to_contain_text('Ada: edit, topic to "health"')
        page.reload()


def test_c_copies_a_citation(here: Page) -> None:
    here.keyboard.press("j")
    here.keyboard.press("c")
    expect(here.locator("#said")).to_contain_text("Copied")
    assert here.locator(".item.now blockquote").inner_text() in here.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize(("words", "begins"), [("Markdown", "> "), ("BibTeX", "@misc{"), ("CSL-JSON", '[{"id"'), ("Plain text", "")])
def test_an_item_is_copied_in_the_form_that_is_asked_for(page: Page, record: communique.Record, words: str, begins: str) -> None:
    kept = next(iter(record.commitments(actor="BRA")))
    page.goto(f"/i/{kept.id}")
    page.get_by_role("button", name=f"Copy as {words}").click()
    expect(page.locator("#said")).to_contain_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(begins)
    assert str(kept.item.start) in copied


def test_a_search_is_kept_and_forgotten(page: Page) -> None:
    page.goto("/search?q=summit&since=2023")
    page.get_by_role("button", name="keep it in this browser").click()
    page.goto("/search")
    kept = page.locator("#kept li")
    expect(kept).to_contain_text("summit, since 2023")
    kept.get_by_role("link").click()
    page.wait_for_url("**/search?q=summit&since=2023")
    page.get_by_role("button", name="forget the search").click()
    expect(page.locator("#kept")).to_be_hidden()


def test_slash_searches_and_question_mark_shows_the_keys(here: Page) -> None:
    here.keyboard.press("?")
    box = here.get_by_role("dialog", name="Keys")
    expect(box).to_be_visible()
    here.keyboard.press("Escape")
    expect(box).to_be_hidden()
    here.keyboard.press("/")
    here.keyboard.type("summit")
    here.keyboard.press("Enter")
    here.wait_for_url("**/search?q=summit")
    expect(here.locator("mark.lit").first).to_contain_text(re.compile("summit", re.IGNORECASE))


def test_enter_opens_the_source(page: Page) -> None:
    page.goto("/commitments")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/s/**")
    expect(page.locator(".text .lit").first).to_be_visible()


def test_the_first_judgement_asks_for_a_name(browser: Browser, served: str, complaints: Complaints) -> None:
    context = browser.new_context(base_url=served)
    page = complaints.watch(context.new_page())
    page.goto("/judge")
    page.keyboard.press("j")
    page.keyboard.press("a")
    box = page.get_by_role("dialog", name="Your name")
    box.get_by_role("textbox").fill("Wanjiru")
    page.keyboard.press("Enter")
    expect(page.locator(".item").first.locator(".judged")).to_have_text("accepted by Wanjiru")
    context.close()
    assert complaints == []


def test_the_keyboard_alone_reaches_everything(page: Page) -> None:
    page.goto("/judge")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    seen = set()
    for _ in range(12):
        seen.add(page.evaluate("document.activeElement.tagName"))
        page.keyboard.press("Tab")
    assert {"A", "BUTTON"} <= seen


# ------------------------------------------------------------------------------------------------ judging


def test_two_who_judge_at_once_are_told(here: Page, record: communique.Record, complaints: Complaints) -> None:
    here.keyboard.press("j")
    item = here.locator(".item").first
    record.mark(str(item.get_attribute("data-id")), "accept", by="Luz")
    with here.expect_response("**/judge") as answer:
        here.keyboard.press("x")
    assert answer.value.status == 409
    expect(here.locator("#said")).to_contain_text("Luz judged this (accept)")
    expect(item.locator(".judged")).to_have_text("accepted by Luz")  # mine is not kept, and what stands is shown
    with here.expect_response("**/judge") as again:
        here.keyboard.press("x")
    assert again.value.status == 303
    expect(item.locator(".judged.no")).to_have_text("rejected by Ada")
    assert [each for each in complaints if "409" in each] == complaints  # the browser's own note of the answer
    complaints.clear()


def test_a_judgement_is_kept_at_once(page: Page) -> None:
    page.goto("/judge")
    took = []
    for _ in range(30):
        page.keyboard.press("j")
        with page.expect_request_finished(lambda asked: "/i/" in asked.url and asked.method == "GET") as shown:
            page.keyboard.press("a")
        kept = shown.value.redirected_from
        assert kept is not None
        took.append(kept.timing["responseEnd"] + shown.value.timing["responseEnd"])
    took.sort()
    print(f"a judgement is kept in {took[15]:.0f} ms, at 95 % in {took[28]:.0f} ms")
    crowd = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))  # how many others want the same processor
    assert took[28] < 100 * crowd


# ------------------------------------------------------------------------------------------------ without a script


def test_everything_can_be_done_without_a_script(browser: Browser, served: str, record: communique.Record) -> None:
    context = browser.new_context(base_url=served, java_script_enabled=False)
    page = context.new_page()
    page.goto("/commitments?actor=BRA")
    page.locator(".item blockquote a").first.click()
    assert page.locator(".text .lit").count() > 0
    page.goto("/judge")
    form = page.locator(".item .verdicts").first
    form.get_by_label("Your name").fill("Ines")
    form.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("Ines: accept")).to_be_visible()
    page.goto("/board")
    page.locator(".item blockquote a").first.click()
    page.locator("form.verdicts").last.get_by_label("Your name").fill("Ines")
    page.locator("form.verdicts").last.get_by_role("button", name="Keep").click()
    expect(page.get_by_text(re.compile("Ines: "))).to_be_visible()
    context.close()


# ------------------------------------------------------------------------------------------------ attacks and odd texts


def test_an_attack_runs_nothing_and_keeps_the_layout(page: Page) -> None:
    for path in ("/s/hostile", "/s", "/", "/search?q=summit", "/judge"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.querySelectorAll('main script, main svg[onload], main img').length") == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 1300
    page.goto("/s/hostile")
    assert page.locator("h1").bounding_box()["x"] < 100  # type: ignore[index]  # an override of direction stays inside the title
    assert page.locator("a[href^='javascript']").count() == 0


class Nothing:
    """A reader that proposes nothing."""

    name, version = "nothing", "1"

    def read(self, *_: object) -> Draft:
        return Draft()


def test_right_to_left_text_and_a_line_of_ten_megabytes(browser: Browser, complaints: Complaints, tmp_path: Path) -> None:
    arabic = "وزارة الخارجية\n\nترحب الوزارة بالاتفاق بين كينيا واليابان.\n"
    long = "Fiji will host " + "averylongword" * 400 + " talks of peace and trade" * 400_000
    with communique.open(tmp_path / "odd.db") as record:
        odd = Given(id="rtl", source="r", lang="ar", title="بيان", text=arabic), Given(id="long", source="l", title="w" * 900, text=long)
        record.add(*odd, reader=Nothing(), workers=1)
    with serving(tmp_path / "odd.db") as address:
        context = browser.new_context(base_url=address, viewport={"width": NARROW, "height": 800})
        page = complaints.watch(context.new_page())
        page.goto("/s/rtl")
        box = page.locator(".text .p").last
        assert box.evaluate("each => getComputedStyle(each).direction") == "rtl"
        for line in page.locator(".text .p").all():  # each stands at the right edge, the short heading too
            assert line.evaluate("each => each.closest('.text').getBoundingClientRect().right - each.getBoundingClientRect().right") < 40
        begun = time.monotonic()
        page.goto("/s/long")
        assert time.monotonic() - begun < 20
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
        page.goto("/s/long?part=70")
        assert len(page.locator(".text").inner_text()) > 50_000
        context.close()
    assert complaints == []
