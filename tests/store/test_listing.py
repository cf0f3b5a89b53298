"""Listings against the plainest possible answer: every item, tested one by one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import communique
from communique.errors import BadFilter
from communique.records import Agreement, Assertion, Figure, Kept, Relation
from communique.service import Record
from tests.stubs import given as document
from tests.stubs import install, lines, many

CODES = ("KEN", "PER", "JPN", "NOR", "WSM", "QAT", "CHL", "UGA")
METHODS = ("commitments", "outcomes", "positions", "figures", "agreements", "relations", "engagements")


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """Sixty statements, some of which name a pair, an accord and a tie."""
    install()
    folder = tmp_path_factory.mktemp("full")
    rows = list(many(60))
    for number, row in enumerate(rows):
        if number % 3 == 0:
            row["text"] += " Japan has signed the Lima Accord with Peru. Japan and Peru are strategic partners. Norway met with Samoa."
    rows[7]["date"] = rows[8]["date"]
    with communique.open(folder / "record.db") as record:
        record.add(lines(folder / "all.jsonl", rows), reader="stub", workers=1)
        record.add(document("Kenya will host a summit.", "undated", date=""), reader="stub", workers=1)
        yield record


def named(kept: Kept) -> tuple[set[str], set[str]]:
    """Who acts in an item, and everyone named in it."""
    item = kept.item
    if isinstance(item, Assertion):
        return set(item.actors), {*item.actors, *item.targets}
    if isinstance(item, Figure):
        return set(item.giver), {*item.giver, *item.receiver}
    assert isinstance(item, Agreement | Relation)
    return set(item.parties), set(item.parties)


def fits(kept: Kept, asked: dict[str, object]) -> bool:
    """Whether an item passes the filters, by the book."""
    item = kept.item
    acts, everyone = named(kept)
    date = kept.date or ""
    return all(
        (
            not asked.get("actor") or acts & set(asked["actor"]),  # type: ignore[call-overload]
            not asked.get("partner") or everyone & set(asked["partner"]),  # type: ignore[call-overload]
            not asked.get("topic") or (isinstance(item, Assertion) and item.topic.value in asked["topic"]),  # type: ignore[operator]
            not asked.get("event") or (isinstance(item, Assertion) and item.event.value in asked["event"]),  # type: ignore[operator]
            not asked.get("publisher") or kept.publisher in asked["publisher"],  # type: ignore[operator]
            not asked.get("since") or date >= str(asked["since"]),
            not asked.get("until") or (date and date[: len(str(asked["until"]))] <= str(asked["until"])),
        )
    )


SOME = st.lists(st.sampled_from(CODES), max_size=2, unique=True).map(tuple)
ASKED = st.fixed_dictionaries(
    {},
    optional={
        "actor": SOME,
        "partner": SOME,
        "topic": st.sampled_from([("health",), ("other",), ("health", "other")]),
        "event": st.sampled_from([("AID",), ("CONSULT",), ("AID", "CONSULT"), ("AGREE",)]),
        "publisher": st.sampled_from([("Ministry of Kenya",), ("Ministry of Peru", "Ministry of Japan"), ("Nobody",)]),
        "since": st.sampled_from(["2016", "2018-05", "2020-01-02"]),
        "until": st.sampled_from(["2017", "2019-02", "2021-12-31"]),
    },
)


@settings(max_examples=120, deadline=None)
@given(method=st.sampled_from(METHODS), asked=ASKED, size=st.sampled_from([1, 3, 50]), newest=st.booleans())
def test_a_listing_is_what_testing_every_item_gives(full: Record, method: str, asked: dict[str, object], size: int, newest: bool) -> None:
    assume(str(asked.get("since") or "") <= str(asked.get("until") or "9999"))
    if method == "engagements" and "event" in asked:
        asked = {name: value for name, value in asked.items() if name != "event"}
    if method == "figures" and asked.get("actor"):
        asked["actor"] = ()  # a figure without giver belongs to whose statement it is: tested below
    every = list(getattr(full, method)())
    expected = [each.id for each in every if fits(each, asked)]
    found = getattr(full, method)(**asked, newest=newest)
    paged, cursor = [], ""
    while True:
        page = found.page(size, cursor)
        paged += [each.id for each in page.rows]
        cursor = page.next
        if not cursor:
            break
    assert paged == (expected[::-1] if newest else expected)
    assert len(found) == len(expected)
    assert found.count(upto=5) >= min(5, len(expected))


def test_the_order_is_by_date_and_does_not_depend_on_the_order_of_adding(full: Record, tmp_path: Path) -> None:
    dates = [each.date for each in full.commitments()]
    assert dates == sorted(dates, key=lambda date: date or "")
    rows = [row | {"id": row["id"]} for row in many(60)][::-1]
    with communique.open(tmp_path / "one.db") as one, communique.open(tmp_path / "two.db") as two:
        one.add(lines(tmp_path / "a.jsonl", rows), reader="stub", workers=1)
        two.add(lines(tmp_path / "b.jsonl", rows[::-1]), reader="stub", workers=1)
        assert [each.id for each in one.outcomes()] == [each.id for each in two.outcomes()]
        assert [each.id for each in one.statements()] == [each.id for each in two.statements()]


def test_a_limit_holds_for_iterating_and_counting(full: Record) -> None:
    some = full.commitments(limit=7)
    assert len(list(some)) == len(some) == 7
    assert not full.commitments(limit=0)


def test_names_are_as_good_as_codes(full: Record) -> None:
    assert full.commitments(actor="Kenya", with_="peru").to_dicts() == full.commitments(actor="KEN", partner="PER").to_dicts() != []


def test_a_figure_without_giver_belongs_to_whose_statement_it_is(record: Record) -> None:
    record.add(
        document("Kenya will send 10 doctors to Uganda.", publisher="Ministry of Foreign Affairs of Kenya"), reader="stub", workers=1
    )
    issuers = record.statement("s1").statement.issuers
    assert issuers == ("KEN",)
    assert len(record.figures(actor="KEN")) == 1
    assert not record.figures(actor="UGA")


@pytest.mark.parametrize(
    "asked",
    [
        {"topic": "weather"}, {"event": "PARTY"}, {"since": "soon"}, {"until": "2020-13"}, {"limit": -1}, {"colour": "red"},
        {"act": "deed"}, {"since": "2021", "until": "2020"}, {"since": "2020-09-01", "until": "2020-08"},
    ],
)
def test_a_filter_that_cannot_be_used_says_what_it_takes(full: Record, asked: dict[str, object]) -> None:
    with pytest.raises(BadFilter, match=r"takes|one of"):
        full.assertions(**asked)


def test_facets_count_what_listings_list(full: Record) -> None:
    for value, count in full.facets("commitment", "actor"):
        assert count == len(list(full.commitments(actor=value)))
    assert dict(full.facets("figure", "unit")) == {"doctor": 61 - 1, "truck": 61 - 1}


def test_columns_for_data_frames(full: Record) -> None:
    frame = full.commitments(limit=5).to_polars()
    assert frame.height == 5
    assert frame["actors"].to_list() == [list(row["actors"]) for row in full.commitments(limit=5).to_dicts()]
    assert list(full.figures(limit=3).to_pandas()["value"]) == [row["value"] for row in full.figures(limit=3).to_dicts()]
    assert full.relations(limit=2).to_arrow().num_rows == 2


def test_statements_that_carry_what_is_asked(full: Record) -> None:
    ids = {each.doc for each in full.assertions(actor="NOR", event="CONSULT")}
    assert {each.id for each in full.statements(actor="NOR", event="CONSULT")} == ids != set()
    assert len(full.statements()) == 61
    assert [each.id for each in full.statements(since="2016", until="2016")] == [
        each.id for each in full.statements() if (each.date or "")[:4] == "2016"
    ]


@pytest.mark.parametrize(
    ("name", "asked"),
    [("commitments", {"act": "outcome"}), ("engagements", {"event": "AID"}), ("engagements", {"act": ("outcome", "appeal")})],
)
def test_a_listing_cannot_be_asked_for_what_it_is_not(full: Record, name: str, asked: dict[str, object]) -> None:
    with pytest.raises(BadFilter, match=f"in a listing of {name}"):
        getattr(full, name)(**asked)
    assert len(full.commitments(act="commitment")) == len(full.commitments())
