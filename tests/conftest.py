"""Fixtures of the tests of the record: every test of the store runs on every kind of store there is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import communique
from communique.service import Record
from tests.stubs import install

STORES = ("file", "memory")  # "postgresql" joins here


@pytest.fixture(params=STORES)
def record(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Record]:
    """An empty record."""
    install()
    target = tmp_path / "record.db" if request.param == "file" else ":memory:"
    with communique.open(target) as opened:
        yield opened


@pytest.fixture
def stub() -> None:
    """The reader "stub" is installed."""
    install()
