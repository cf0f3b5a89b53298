from communique.render import markdown
from communique.reports.coverage import Drawn, Fault, Group, Silence, Span, Voice, coverage


def test_the_coverage_counts_names_silences_and_lists_faults() -> None:
    drawn = Drawn(
        [
            Group("Nairobi", "2021", "remarks", 2, 6),
            Group("Nairobi", "2022", "remarks", 1, 3),
            Group("Nairobi", "", "", 1, 3),
            Group("Lima", "2021", "statement", 1, 3),
        ],
        [Voice("Nairobi", "EU", 1), Voice("Nairobi", "KEN", 4)],
        [Span("Nairobi", "2021-01-05", "2022-02-01"), Span("Lima", "2021-05-01", "2021-05-01")],
        [Silence("Nairobi", "2021-03-01", "2022-02-01", 11)],
        [Fault("formats", "empty", 1, "a.txt is empty.")],
    )
    told = markdown.report(coverage(drawn))
    assert "*5 statements of 2 publishers, 2021-01-05 to 2022-02-01, 15 items. 1 without a date. 1 problem listed below.*" in told
    assert "| Nairobi   | 4          | 2021-01-05 | 2022-02-01 | remarks, unknown | KEN, EU    | 12    |" in told
    assert "| Nairobi   | 2021-03-01 | 2022-02-01 |" in told
    assert "| undated | 1          | 1          | 3     |" in told
    assert "| empty | 1     | a.txt is empty. |" in told


def test_an_empty_record_has_an_empty_coverage() -> None:
    told = markdown.report(coverage(Drawn()))
    assert "0 statements of 0 publishers, 0 items." in told
    assert "Nothing that the record knows of." in told
