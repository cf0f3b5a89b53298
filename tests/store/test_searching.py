"""Words in, passages out."""

from __future__ import annotations

import pytest

from communique.service import Record
from communique.store.sqlite import query
from tests.stubs import given as document

A = "Kenya will send 10 doctors to Uganda. The São Tomé programme is open to all. Kenya and Uganda are strategic partners."
B = "Peru will send 3 trucks to Chile. The programme in Quito is closed."


@pytest.fixture
def two(record: Record) -> Record:
    record.add(document(A, "a", publisher="One"), document(B, "b", publisher="Two", date="2022-01-01"), reader="stub", workers=1)
    return record


@pytest.mark.parametrize(
    ("words", "docs"),
    [
        ("programme", ["a", "b"]),
        ("programme open", ["a"]),
        ("program*", ["a", "b"]),
        ('"strategic partners"', ["a"]),
        ('"partners strategic"', []),
        ("programme -closed", ["a"]),
        ("sao tome", ["a"]),
        ("SÃO", ["a"]),
        ("nothing", []),
        ("", []),
        ('"', []),
        ("NEAR( AND OR NOT", []),
        ("programme)", ["a", "b"]),
        ("-", []),
        ("*", []),
        ("words:programme", []),
    ],
)
def test_words_find_passages(two: Record, words: str, docs: list[str]) -> None:
    found = two.search(words)
    assert sorted({hit.doc for hit in found}) == docs
    assert len(found) == len(list(found))


def test_a_hit_has_its_words_its_place_and_its_items(two: Record) -> None:
    hit = next(iter(two.search("doctors")))
    text = two.statement("a").statement.text
    assert text[hit.passage.start : hit.passage.end] == hit.words == "Kenya will send 10 doctors to Uganda."
    assert [each.item.quote for each in hit.items] == ["Kenya will send 10 doctors to Uganda", "10 doctors"]


def test_filters_narrow_a_search(two: Record) -> None:
    assert [hit.doc for hit in two.search("send", actor="PER")] == ["b"]
    assert [hit.doc for hit in two.search("send", publisher="One")] == ["a"]
    assert [hit.doc for hit in two.search("send", since="2022")] == ["b"]
    assert [hit.doc for hit in two.search("send", act="outcome")] == []


def test_pages_of_a_search_do_not_overlap(record: Record) -> None:
    for number in range(7):
        record.add(document(f"Kenya will send {number + 1} trucks to Peru.", f"s{number}"), reader="stub", workers=1)
    first = record.search("trucks").page(4)
    second = record.search("trucks").page(4, first.next)
    assert len({hit.doc for hit in (*first.rows, *second.rows)}) == 7
    assert second.next == ""


@pytest.mark.parametrize("words", ["a\0b", "\ud800", "x" * 10_000, "(" * 500, "a" + " b" * 300])
def test_any_words_can_be_searched(two: Record, words: str) -> None:
    assert two.search(words).to_dicts() == []


def test_a_query_never_reaches_the_engine_as_syntax() -> None:
    assert query('a OR b "c d" e* -f') == '("a" AND "OR" AND "b" AND "c d" AND "e"*) NOT "f"'


def test_common_words_are_found_to_the_last_whatever_is_asked_with_them(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ways a common word is gone through, made to happen with few passages."""
    for number in range(30):
        who, other = ("Kenya", "Peru") if number % 3 else ("Samoa", "Chile")
        said = f"{who} will send {number + 1} trucks to {other}."
        record.add(document(said, f"s{number}", date=f"{2015 + number % 5}-02-03", publisher=who), reader="stub", workers=1)
    plain = {name: [hit.doc for hit in record.search("trucks", **asked)] for name, asked in ASKED.items()}
    for ranked, seek, asked_costs in ((7, 4000, 2.2), (7, 4000, 1e9), (7, 0, 1e9), (7, 0, 0.0), (0, 4000, 2.2)):
        monkeypatch.setattr("communique.store.sqlite.RANKED", ranked)
        monkeypatch.setattr("communique.store.searching.SEEK", seek)
        monkeypatch.setattr("communique.store.narrowing.ASKED", asked_costs)
        record.search("trucks", actor="FRA").count()  # another question between, so that nothing is left of the same one
        for name, asked in ASKED.items():
            listing, found, cursor = record.search("trucks", **asked), [], ""
            while True:
                page = listing.page(4, cursor)
                found += [hit.doc for hit in page.rows]
                cursor = page.next
                if not cursor:
                    break
            assert sorted(found) == sorted(plain[name]), name
            assert len(listing) == len(found)


def test_what_filters_leave_is_read_again_when_something_was_added(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.store.sqlite.RANKED", 0)
    monkeypatch.setattr("communique.store.narrowing.ASKED", 1e9)
    for number in range(4):
        record.add(document(f"Samoa will send {number + 1} trucks to Chile.", f"s{number}"), reader="stub", workers=1)
        found = record.search("trucks", actor="WSM")
        assert (len(found.page(9).rows), found.count()) == (number + 1, number + 1)


ASKED: dict[str, dict[str, str]] = {
    "all": {},
    "actor": {"actor": "WSM"},
    "partner": {"partner": "CHL", "since": "2016"},
    "publisher": {"publisher": "Kenya"},
    "publisher and actor": {"publisher": "Kenya", "actor": "KEN", "since": "2017-01"},
    "dates": {"since": "2016", "until": "2017"},
    "a day": {"since": "2017-02-03", "until": "2017-02-03"},
    "event and topic": {"event": "AID", "act": "commitment"},
    "none": {"actor": "JPN"},
}
