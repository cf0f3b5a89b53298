"""Break the file in every way there is; ``verify`` names each break."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

import communique
from communique.records import Draft, Mention, Passage, Statement
from tests.stubs import given as document
from tests.stubs import install

WORDS = "Kenya will send 10 doctors to Uganda. Kenya has signed the Lima Accord with Peru. Kenya and Uganda are strategic partners."


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A record in which all holds."""
    install()
    path = tmp_path_factory.mktemp("sound") / "record.db"
    with communique.open(path) as record:
        record.add(document(WORDS, publisher="Ministry of Kenya"), document("Peru will host a summit.", "s2"), reader="stub", workers=1)
        record.mark(next(iter(record.commitments())).id, "accept", by="A. Analyst")
        assert record.verify() == []
    return path.read_bytes()


@pytest.fixture
def path(tmp_path: Path, sound: bytes) -> Path:
    (tmp_path / "record.db").write_bytes(sound)
    return tmp_path / "record.db"


def broken(path: Path, *deeds: str) -> set[str]:
    """The codes of what is found after somebody wrote into the file behind our back."""
    with sqlite3.connect(path) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for deed in deeds:
            connection.execute(deed)
    connection.close()
    with communique.open(path) as record:
        found = record.verify()
    assert all(each.stage == "verify" and each.message for each in found)
    return {each.code for each in found}


@pytest.mark.parametrize(
    ("deed", "codes"),
    [
        ("UPDATE texts SET text = replace(text, '10 doctors', '90 doctors')", {"hash", "quote", "index"}),
        ("UPDATE texts SET text = text || '.'", {"hash", "length"}),
        (
            "UPDATE assertions SET quote = 'Kenya will send 11 doctors to Uganda' WHERE act = 'commitment' AND start = 0 AND \"end\" = 36",
            {"quote"},
        ),
        ("UPDATE figures SET start = start + 1", {"quote", "id"}),
        ("UPDATE agreements SET start = start + 4, quote = substr(quote, 5)", {"id"}),
        ('UPDATE relations SET "end" = 10000', {"quote", "id"}),
        ('UPDATE passages SET "end" = 10000 WHERE start = 0', {"passage", "index"}),
        ("DELETE FROM assertion_parties WHERE code = 'UGA'", {"actors"}),
        ("UPDATE relation_parties SET code = 'RWA' WHERE code = 'UGA'", {"actors"}),
        ("UPDATE relation_parties SET item = 999 WHERE code = 'UGA'", {"file", "orphan", "actors"}),
        ("DELETE FROM documents WHERE id = 's2'", {"orphan", "count"}),
        ("UPDATE documents SET current = 99 WHERE id = 's2'", {"file", "count"}),
        ("UPDATE tallies SET n = n + 1 WHERE kind = 'figure' AND field = ''", {"count"}),
        ("UPDATE tallies SET n = n + 1 WHERE kind = 'commitment' AND field = 'topic'", {"count"}),
        ("UPDATE crossings SET n = n + 1 WHERE actor = 'KEN' AND partner = 'UGA'", {"count"}),
        ("DELETE FROM crossings WHERE kind = 'agreement' AND actor = '' AND partner = ''", {"count"}),
        ("UPDATE sources SET items = items + 1 WHERE side = ''", {"count"}),
        ("DELETE FROM sources WHERE side <> ''", {"count"}),
        ("INSERT INTO silences SELECT max(pk), min(pk), 7 FROM statements WHERE publisher <> ''", {"count"}),
        ("INSERT INTO crossings VALUES ('PER', 'outcome', '', 'CONSULT', 'visit', '2020', 2)", {"count"}),
        ("DELETE FROM relation_parties", {"actors"}),
        ("DELETE FROM passages WHERE start > 0", {"index"}),
        ("UPDATE judgements SET about = 'ffff'", {"judgement"}),
        ("DELETE FROM texts WHERE text LIKE 'Peru%'", {"text", "file", "index"}),
        ("INSERT INTO passages_fts(passages_fts) VALUES ('delete-all')", {"index"}),
        (
            "INSERT INTO followings VALUES ('2022', '', '');"
            "INSERT INTO threads(pk, assertion, id, as_of, verdict, rule, read, ordinal)"
            " SELECT 1, pk, id, '2022', 'fulfilled', '', 1, ordinal FROM assertions LIMIT 1;"
            "INSERT INTO links SELECT 1, 1, statement, start, \"end\", 'other words', 'fulfils', 1, id, '', '' FROM assertions LIMIT 1",
            {"link", "count"},
        ),
        ("INSERT INTO links VALUES (7, 1, 1, 0, 5, 'Kenya', 'fulfils', 1, '', '', '')", {"link", "file"}),
    ],
)
def test_every_break_is_named(path: Path, deed: str, codes: set[str]) -> None:
    assert broken(path, *deed.split(";")) == codes


class Silent:
    """Reads nothing."""

    name, version = "silent", "1"

    def read(self, statement: Statement, passages: Sequence[Passage], mentions: Sequence[Mention]) -> Draft:
        return Draft()


def test_links_of_an_older_following_wait_until_it_is_asked_for_again(tmp_path: Path) -> None:
    install()
    promise = document("Kenya will send 10 doctors to Uganda.", "s1", date="2021-01-05")
    report = document("Kenya has sent 10 doctors to Uganda.", "s2", date="2021-02-05")
    with communique.open(tmp_path / "record.db") as record:
        record.add(promise, report, document("Peru will host a summit.", "s3", date="2023-01-05"), reader="stub", workers=1)
        for as_of in ("2021-03", "2022", None):
            (thread,) = record.threads(actor="KEN", as_of=as_of)
            assert [bool(each.item) for each in thread.links] == [True]
        record.add(report, reader=Silent(), workers=1)
        assert record.verify() == []
        assert [link.item for each in record.threads(actor="KEN") for link in each.links] == [""]
        assert record.verify() == []  # the followings of older dates wait still
        assert [link.item for each in record.threads(actor="KEN", as_of="2022") for link in each.links] == [""]
        assert record.verify() == []
    with sqlite3.connect(tmp_path / "record.db") as connection:
        connection.execute("DELETE FROM refiled")
    connection.close()
    assert broken(tmp_path / "record.db") == {"link"}


def test_a_page_of_the_file_overwritten_is_damage(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'assertions'").fetchone()[0]
    connection.close()
    raw = bytearray(path.read_bytes())
    raw[(root - 1) * 4096 : root * 4096] = b"\xff" * 4096
    path.write_bytes(raw)
    with pytest.raises(communique.errors.RecordDamaged, match="damaged"), communique.open(path) as record:
        list(record.assertions())
