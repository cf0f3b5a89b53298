import pytest

from communique.reports.periods import bounds, overlap, spoken


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2020", ("2020-01-01", "2020-12-31")),
        ("2020-08", ("2020-08-01", "2020-08-31")),
        ("2020-08-11", ("2020-08-11", "2020-08-11")),
        ("2020-01/2020-09", ("2020-01-01", "2020-09-31")),
        (None, None),
        ("soon", None),
    ],
)
def test_bounds(when: str | None, expected: tuple[str, str] | None) -> None:
    assert bounds(when) == expected


def test_overlap() -> None:
    assert overlap("2019-12/2020-01", "2020-01-01", "2020-12-31")
    assert not overlap("2021", "2020-01-01", "2020-12-31")
    assert not overlap(None, "2020-01-01", "2020-12-31")


def test_spoken() -> None:
    assert [spoken(when) for when in ("2020-08", "2020", "2020-08-11", "2020-01/2020-09", None)] == [
        "August 2020", "2020", "2020-08-11", "January 2020 to September 2020", ""
    ]  # fmt: skip
