"""Where quotes begin and end: the edges of a span, settled by the letters around them."""

import pytest

from communique.language.names import find
from communique.readers.model.edges import edges

# text with the span in square brackets | the words that are quoted
CASES = """
Today [Peru will deepen ties with its neighbours in] the years that lie ahead.   | Peru will deepen ties with its neighbours
Today [we defend the rights, which] others in the hall still deny.               | we defend the rights
Today [Fiji honours the calls it is asked for], as ever.                         | Fiji honours the calls it is asked for
Today [Malta opened a school] in Accra.                                          | Malta opened a school in Accra
Today [Malta opened a school] in Accra, the capital.                             | Malta opened a school
We [will train divers for co]-development, and more.                             | will train divers for co-development
The envoy[, also announced new help]. More.                                      | also announced new help
They [met at the Summit] of the Andes in May, as planned.                        | met at the Summit of the Andes
They [finished by August 31] st and left the yard, to be sure.                   | finished by August 31 st
A sum [of USD3].4 billion will be paid.                                          | of USD3.4
We [joined the Reef Fund (RF], a new body.                                       | joined the Reef Fund
We [joined the Reef Fund (RF]), a new body.                                      | joined the Reef Fund (RF)
We [are determined to work with others to]: save water.                          | are determined to work with others
We [agreed to fight cholera,] and left with the last boat.                       | agreed to fight cholera
They [condemned the raid on the United] Nations, again.                          | condemned the raid on the United Nations
We [will lend to the green and digital] sectors.                                 | will lend to the green and digital sectors
They [built a port] of call; it is open.                                         | built a port of call
"""


@pytest.mark.parametrize("row", CASES.strip().splitlines())
def test_a_quote_has_whole_words_and_loses_what_lost_its_rest(row: str) -> None:
    shown, expected = (part.strip() for part in row.split("|"))
    start, end = shown.index("["), shown.index("]") - 1
    text = shown.replace("[", "").replace("]", "")
    first, last = edges(text, start, end, len(text), find(text))
    assert text[first:last] == expected


def test_a_quote_does_not_grow_into_the_next() -> None:
    text = "We will train divers for co-development."
    assert edges(text, 0, 27, 27) == (0, 27)
