"""The data files of publishers, furniture and kinds are whole, and the rules for codes hold."""

from __future__ import annotations

import pytest

from communique.vocabulary.actors import load
from communique.vocabulary.furniture import folded, furniture
from communique.vocabulary.kinds import kinds
from communique.vocabulary.publishers import at_host, is_media, publishers, sides, states


def test_every_side_is_a_known_code() -> None:
    names = load().names
    unknown = {side for found in publishers().values() for side in found.sides if side not in names}
    assert unknown == set()


def test_every_publisher_has_one_kind_and_media_no_side() -> None:
    for found in publishers().values():
        assert found.kind in ("state", "organisation", "media"), found
        assert bool(found.sides) != (found.kind == "media"), found


def test_no_two_publishers_share_a_name_or_a_host() -> None:
    for field in ("names", "hosts"):
        every = [value for found in publishers().values() for value in getattr(found, field)]
        assert sorted(value for value in set(every) if every.count(value) > 1) == []


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("LK-PRESIDENT", "LKA"),
        ("CHN-GOV", "CHN"),
        ("UK-FCDO", "GBR"),
        ("JOINT-US+PARTNER", "USA"),
        ("ASEAN-US", "ASEAN USA"),
        ("FR-DE", "FRA DEU"),
        ("EU-COUNCIL", "EU"),
        ("FIN-PM", "FIN"),
    ],
)
def test_codes_are_read_by_rule(code: str, expected: str) -> None:
    assert " ".join(sides(code)) == expected


@pytest.mark.parametrize("code", ["PH-INQUIRER", "DAILY-NATION", "LAGOS-TRIBUNE", "TASS"])
def test_a_paper_has_no_side(code: str) -> None:
    assert is_media(code)
    assert sides(code) == ()


def test_hosts() -> None:
    found = at_host("https://www.mofa.go.jp/press/1.html")
    assert found is not None
    assert found.sides == ("JPN",)
    assert at_host("https://example.org/mofa.go.jp") is None


def test_states_have_both_codes() -> None:
    assert (states()["KE"], states()["KEN"], states()["XK"]) == ("KEN", "KEN", "XKX")
    assert len(set(states().values())) > 240


def test_furniture_is_folded() -> None:
    assert folded("<Suggest To A Friend>") in furniture().lines
    assert all(start == start.casefold() for start in furniture().starts)


def test_kinds_are_known() -> None:
    ours = "press-conference remarks readout communique joint-statement interview speech statement fact-sheet decision"
    assert {name for name, _ in kinds()} == set(ours.split())
