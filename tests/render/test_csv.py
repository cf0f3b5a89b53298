import csv as standard
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.render import csv
from communique.render.columns import AGREEMENT, ASSERTION, FIGURE, RELATION


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (True, "true"),
        (0, "0"),
        (-2.5, "-2.5"),
        (["KEN", "UGA"], "KEN; UGA"),
        ("=1+1", "'=1+1"),
        ("+254 700", "'+254 700"),
        ("-SUM(A1)", "'-SUM(A1)"),
        ("@cmd", "'@cmd"),
        (["=HYPERLINK()", "x"], "'=HYPERLINK(); x"),
        ("=", "="),
        ("a\x00b", "ab"),
        ("half \ud83d", "half ?"),
    ],
)
def test_cell(value: object, expected: str) -> None:
    assert csv.cell(value) == expected


@given(st.text(max_size=60))
def test_no_text_comes_out_as_a_formula_and_every_row_reads_back(text: str) -> None:
    written = "".join(csv.table(["quote", "n"], [{"quote": text, "n": 1}]))
    head, row = standard.reader(StringIO(written, newline=""))
    assert head == ["quote", "n"]
    assert row == [csv.cell(text), "1"]
    assert not (len(row[0]) > 1 and row[0][0] in "=+-@\t\r")


def test_the_order_of_columns_is_kept() -> None:
    """Columns are only ever added, at the end of their group or before the quote: scripts read them by name and by place."""
    assert list(ASSERTION)[:8] == ["id", "doc", "date", "publisher", "title", "act", "event", "actors"]
    assert list(FIGURE)[5:9] == ["value", "value_high", "rel", "unit"]
    for columns in (ASSERTION, FIGURE, AGREEMENT, RELATION):
        assert list(columns)[-5:] == ["start", "end", "quote", "confidence", "reader"]
