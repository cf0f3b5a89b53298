"""The desk on a record of the examples, read by the dictionary reader: in process, and served to a real browser."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from starlette.testclient import TestClient

import communique
from communique.records import Given
from communique.service import Record
from communique.web import create

EXAMPLES = Path(__file__).parent.parent.parent / "examples" / "statements"
HOSTILE = Given(
    id="hostile",
    source="hostile",
    date="2024-03-01",
    publisher='"><script>alert(1)</script>',
    title="<img src=x onerror=alert(2)> \u202etxet desrever",
    url="javascript:alert(3)",
    text=(
        "Ministry of Foreign Affairs of Peru\n\nPeru will host the <script>alert(4)</script> summit in Lima. "
        "Peru supports <svg onload=alert(5)> open trade & fair rules. \u202eحفظ السلام\u202c Peru condemns 'attacks' on \"journalists\".\n"
    ),
)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of the examples and of one statement that is an attack."""
    target = tmp_path_factory.mktemp("desk") / "record.db"
    with communique.open(target) as record:
        record.add(EXAMPLES, HOSTILE, reader="cues", workers=1)
    return target


@pytest.fixture
def record(filled: Path) -> Iterator[Record]:
    with communique.open(filled) as opened:
        yield opened


@pytest.fixture
def client(record: Record) -> TestClient:
    return TestClient(create(record))


@contextmanager
def serving(target: Path) -> Iterator[str]:
    """The address of the desk of a record, served for real on this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    record = communique.open(target)
    server = uvicorn.Server(uvicorn.Config(create(record), host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    for _ in range(400):
        if server.started:
            break
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)
    record.close()


@pytest.fixture(scope="session")
def served(filled: Path) -> Iterator[str]:
    with serving(filled) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; without it these tests are skipped on a desk, and fail where every change is tested."""
    program = shutil.which("chromium")
    if program is None:
        words = "these tests drive Debian's Chromium: apt-get install chromium"
        pytest.fail(words) if os.environ.get("CI") else pytest.skip(words)
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]
    with sync_playwright() as playwright:
        yield (opened := playwright.chromium.launch(executable_path=program, args=[*quiet, "--disable-component-update"]))
        opened.close()


class Complaints(list[str]):
    """What a page complained of: errors in its console, breaches of its policy, faults in its scripts."""

    def hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.append(message.text)

    def watch(self, page: Page) -> Page:
        page.on("console", self.hear)
        page.on("pageerror", lambda fault: self.append(str(fault)))
        page.on("dialog", lambda dialog: self.append(f"a dialog opened: {dialog.message}"))
        return page


@pytest.fixture
def complaints() -> Complaints:
    return Complaints()


@pytest.fixture
def page(browser: Browser, served: str, complaints: Complaints) -> Iterator[Page]:
    """A page of a fresh visitor that has told its name; any complaint of it fails the test."""
    context = browser.new_context(base_url=served, viewport={"width": 1300, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    context.set_default_timeout(30_000)
    context.add_init_script("localStorage.setItem('communique-name', 'Ada')")
    yield complaints.watch(context.new_page())
    context.close()
    assert complaints == []
