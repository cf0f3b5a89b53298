"""The desk on a record of the examples, read by the dictionary reader: in process, and served to a real browser."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
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


@pytest.fixture(scope="session")
def served(filled: Path) -> Iterator[str]:
    """The address of the desk, served for real on this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    record = communique.open(filled)
    server = uvicorn.Server(uvicorn.Config(create(record), host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    for _ in range(200):
        if server.started:
            break
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)
    record.close()
