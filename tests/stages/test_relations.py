"""Relations of statements: the labels put on ties, and between whom."""

from __future__ import annotations

import pytest

from communique.language import names
from communique.records import Passage, Relation, Role, Statement
from communique.stages.relations import relations


def read(text: str, *, issuers: tuple[str, ...] = ()) -> tuple[Relation, ...]:
    """The relations of a text taken as one sentence."""
    statement = Statement(id="s", text=text, source="test", date="2021-01-03", issuers=issuers)
    found = relations(statement, (Passage(0, len(text), Role.BODY, voice=issuers),), names.find(text), ())
    assert all(text[one.start : one.end] == one.quote for one in found)
    return found


# text | issuers | label | parties
CASES = """
China and the EU are comprehensive strategic partners.                              |         | comprehensive strategic partners | CHN EU
Pakistan and China are all-weather friends.                                         |         | all-weather friends              | PAK CHN
Our comprehensive partnership of cooperation with Mali grows. | CHN | comprehensive partnership of cooperation | CHN MLI
They praised the ironclad alliance between Japan and the Philippines.               |         | ironclad alliance                | JPN PHL
Our enduring friendship with Kenya grows.                                           | IND     | enduring friendship              | IND KEN
Ghana reaffirmed the special relationship between Ghana and Jamaica.                |         | special relationship             | GHA JAM
The U.S.-ROK Alliance is strong.                                                    |         | U.S.-ROK Alliance                | USA KOR
Laos and Cuba called their tie a bond forged in hardship and hope.                  |         | bond forged in hardship and hope | LAO CUB
Fiji spoke of the fraternal ties between Fiji and Samoa.                            |         | fraternal ties                   | FJI WSM
Niger and Mali share a well between brotherly neighbours.                      |         | brotherly neighbours             | NER MLI
Norway values Iceland as its closest neighbour.                                     |         | closest neighbour                | NOR ISL
Strategic partners for a decade, India and Vietnam met.                             |         | Strategic partners               | IND VNM
Serbia and Greece are allies of a hundred years.                                    |         | allies of a hundred years        | SRB GRC
Oman praised the allied relations of Oman and Chad.                                 |         | allied relations                 | OMN TCD
NATO praised the strategic partnership between Nepal and Laos.                      |         | strategic partnership            | NPL LAO
Kenya remains a Major Non-NATO Ally.                                                | USA     | Major Non-NATO Ally              | KEN USA
The United States regards Chile as a Major Defense Partner.                         |         | Major Defense Partner            | USA CHL
Ghana and Togo are the closest of neighbours.                                       |         | the closest of neighbours        | GHA TGO
"""


@pytest.mark.parametrize("line", CASES.strip().splitlines(), ids=lambda line: line.split("|")[0].strip())
def test_a_label_and_its_parties(line: str) -> None:
    text, issuers, label, parties = (part.strip() for part in line.split("|"))
    (found,) = read(text, issuers=tuple(issuers.split()))
    assert found.label == label
    assert sorted(found.parties) == sorted(parties.split())


@pytest.mark.parametrize(
    "text",
    [
        "Peru works with its development partners in Asia.", "Chile and Peru discussed their bilateral relationship.",
        "Chile values a strategic partnership.",
        "Japan joined the Minerals Security Partnership with India.", "Kenya signed the Trans-Pacific Partnership with Chile.",
        "France and Italy work with close partners.", "Friends of Chad met in Mali.",
        "Egypt and Sudan discussed bilateral ties.", "Brazil and Peru have diplomatic relations.",
    ],
)  # fmt: skip
def test_plain_words_and_names_are_no_labels(text: str) -> None:
    assert [one.label for one in read(text)] == []
