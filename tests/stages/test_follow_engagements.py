"""Claimed counts against the engagements held."""

from __future__ import annotations

from communique.records import Act, Assertion, Event, Figure, Kept
from communique.stages.follow.engagements import claims, held


def told(
    doc: str, publisher: str, date: str, quote: str, actors: str, event: Event = Event.CONSULT, act: Act = Act.OUTCOME, at: int = 0
) -> Kept:
    item = Assertion(at, at + len(quote), quote, act, event, tuple(actors.split(",")), when=date)
    return Kept(f"{doc}-{at}", item, doc, date, publisher, "", "")


QUITO = [
    told("ecu", "ECU-MFA", "2024-03-04", "met the Foreign Minister of Chile in Quito", "CHL,ECU"),
    told("ecu", "ECU-MFA", "2024-03-04", "agreed to open another border crossing", "CHL,ECU", Event.AGREE, Act.COMMITMENT, 60),
    told("chl", "CHL-MFA", "2024-03-05", "the Foreign Minister met his counterpart of Ecuador", "CHL,ECU"),
    told("chl", "CHL-MFA", "2024-03-05", "both sides agreed to open another border crossing", "CHL,ECU", Event.AGREE, Act.COMMITMENT, 60),
    told("chl", "CHL-MFA", "2024-03-05", "raised the fate of three fishermen", "CHL", Event.REQUEST, Act.APPEAL, 130),
]


def test_a_call_of_the_same_day_is_another_engagement() -> None:
    call = told("chl2", "CHL-MFA", "2024-03-04", "spoke by phone with the Foreign Minister of Ecuador", "CHL,ECU")
    assert len(held([QUITO[0], call])) == 2


def test_a_claimed_count_is_set_beside_those_held_and_not_expanded() -> None:
    quote = "87 meetings and calls"
    figure = Figure(0, len(quote), quote, 87, "meeting", of="meetings and calls", giver=("CHL",), when="2024")
    claim = Kept("f", figure, "sum", "2024-12-30", "CHL-MFA", "", "")
    other_year = told("old", "CHL-MFA", "2023-03-05", "met the Foreign Minister of Peru", "CHL,PER")
    (found,) = claims([claim], [*QUITO, other_year])
    assert found.claimed == 87
    assert [each.doc for each in found.held] == ["ecu"]  # both sides' accounts are one meeting
