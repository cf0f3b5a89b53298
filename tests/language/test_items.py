"""Who acts in the items of a list, by the line above it."""

import pytest

from communique.language.items import line_above, subject
from communique.language.names import find
from communique.records import Statement
from communique.stages.segment import segment

LIST = "{}\n\n- Dredge the port by 2026.\n- Train 400 pilots.\n- Open a line to Zanzibar.\n- Build a school.\n\nThe fair opens today."


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("The plan was agreed today. Together, Japan and Kenya will:", ("JPN", "KEN")),
        ("In addition, Peru has committed to:", ("PER",)),
        ("The Governments of Chad, Niger and Mali have decided to:", ("TCD", "NER", "MLI")),
        ("The partners will:", ()),
        ("Results for Kenya were made known, including:", ()),
    ],
)
def test_the_line_above_a_list_names_who_acts(line: str, codes: tuple[str, ...]) -> None:
    text = LIST.format(line)
    passages = segment(Statement(id="s", text=text, source="test", issuers=("USA",)))
    last = next(at for at, one in enumerate(passages) if "school" in text[one.start : one.end])
    above = line_above(text, passages, last)
    assert above is not None
    assert text[above.start : above.end] == line.rsplit(". ", 1)[-1]
    assert subject(text, above, find(text)) == codes
    assert line_above(text, passages, len(passages) - 1) is None
