from communique.records import Entry, Problem, Speaker
from communique.render import markdown
from communique.reports.coverage import coverage


def entry(id: str, date: str | None, publisher: str, items: int = 3) -> Entry:
    where = (date, publisher, id, "remarks", "en", "", f"{id}.txt")
    return Entry(id, 1, True, *where, "0" * 64, 100, (Speaker("X", side="KEN"),), (), "", "", items, 0)


def test_the_coverage_counts_names_silences_and_lists_faults() -> None:
    dates = ("2021-01-05", "2021-03-01", "2022-02-01", None)
    found = [entry(f"ke-{n}", date, "Nairobi") for n, date in enumerate(dates)] + [entry("pe", "2021-05-01", "Lima")]
    told = markdown.report(coverage(found, [Problem("formats", "empty", "a.txt is empty.", "a.txt")]))
    assert "*5 statements of 2 publishers, 2021-01-05 to 2022-02-01, 15 items. 1 without a date. 1 problem listed below.*" in told
    assert "| Nairobi   | 4          | 2021-01-05 | 2022-02-01 | remarks | KEN        | 12    |" in told
    assert "| Nairobi   | 2021-03-01 | 2022-02-01 |" in told
    assert "| empty | 1     | a.txt is empty. |" in told


def test_an_empty_record_has_an_empty_coverage() -> None:
    told = markdown.report(coverage([]))
    assert "0 statements of 0 publishers, 0 items." in told
    assert "Nothing that the record knows of." in told
