"""A promise put by as bytes comes back as it was laid out."""

from __future__ import annotations

import numpy as np

from communique.records import Act, Assertion, Event, Kept
from communique.stages.follow.laying import LENGTHS, ONES, RAGGED, WORDED, Part, part_of
from communique.stages.follow.packing import packed, unpacked

QUOTES = (
    "Kenya will host the third Ocean Forum in Mombasa by 2027",
    "will provide 250 million shillings and 13 boats to the Coast Guard Service of Tonga",
    "würde an office in Nuku’alofa open",
    "x",
)


def kept(quote: str) -> Kept:
    item = Assertion(7, 7 + len(quote), quote, Act.COMMITMENT, Event.AID, ("KEN",), ("TON", "grp:pif"), when="2027", specific=True)
    return Kept(quote[:4], item, "doc " + quote[:3], "2025-03-01", "KEN-GOV", "", "made")


def row(part: Part, place: int) -> dict[str, object]:
    """A row with its words by name and weight, without what it is filed under."""
    words = list(zip(part.words.tolist(), part.weights.tolist(), strict=True))
    found: dict[str, object] = {}
    for name in RAGGED:
        if name not in ("keys", "worths"):
            lengths = part.columns[name + LENGTHS].astype(int)
            start = int(lengths[:place].sum())
            values = part.columns[name][start : start + lengths[place]].tolist()
            found[name] = [words[value] for value in values] if name in WORDED else values
    for name in ONES:
        value = int(part.columns[name][place])
        found[name] = words[value] if name in WORDED else part.docs[value] if name == "doc" else value
    return found


def test_every_column_comes_back() -> None:
    some = [kept(quote) for quote in QUOTES]
    part = part_of(some)
    again = unpacked(list(packed(part, range(len(some)))), [each.doc for each in some])
    for place in range(len(some)):
        assert row(again, place) == row(part, place)
    assert row(part, 1)["numbers"] == [250e6, 13.0]


def test_some_rows_of_many_can_be_put_by() -> None:
    some = [kept(quote) for quote in QUOTES]
    part = part_of(some)
    one, three = packed(part, (0, 2))
    again = unpacked([three, one], [some[2].doc, some[0].doc])
    assert row(again, 0) == row(part, 2)
    assert row(again, 1) == row(part, 0)
    assert np.array_equal(again.columns["promise"], [1, 1])
