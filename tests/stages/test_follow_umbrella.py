"""Promises that are parts of another: linked where the words say so, and only there.  ``[ ]`` marks a promise in the text."""

from __future__ import annotations

import re

import pytest

from communique.records import Act, Assertion, Event, Kept, Statement
from communique.stages.follow.umbrella import umbrellas
from communique.stages.segment import segment

PARTS = [
    # in one sentence
    "Norway [will set aside 20 billion kroner for the oceans], of which [5 billion will go to coastal states of West Africa].",
    "Chile [will present a water plan] that includes three dams, including [building a reservoir above Copiapó].",
    "Samoa [intends to establish a resilience fund], through which [it will repair 40 schools].",
    # a list
    "Kenya [will carry out a drought programme with three parts]:\n\n- [drilling 300 wells in Turkana]\n- [vaccinating two million goats]",
    "The ministers [agreed on a work plan with the following steps]:\n\n1. [open a joint office in Tashkent]\n"
    "2. [train 60 customs officers]",
    # words that point back
    "Japan [will launch an initiative on early warning]. This initiative [will place 90 gauges along the Mekong].",
    "Peru [will adopt a forest strategy next year]. The regions asked for it. Under the strategy, [rangers will be hired in Loreto].",
    "Qatar [pledged 80 million dollars for schools]. Of this sum, [12 million dollars will be spent in Gaza].",
    "The Union [will put forward a package for farmers]. It includes [a reserve of 450 million euros].",
    # a name
    "Egypt [will launch the Green Canal Programme]. The Minister thanked the engineers. They worked all summer. It was hot. "
    "The work was hard. As part of the Green Canal Programme, [Egypt will plant trees along the banks].",
]
APART = [
    "Norway [will set aside 20 billion kroner for the oceans], and [it will host the ministers in Bergen].",
    "Samoa [intends to establish a resilience fund]. [It will repair 40 schools].",
    "Japan [will launch an initiative on early warning]. The Minister left for Hanoi. He met nobody. It rained. "
    "This initiative [will place 90 gauges along the Mekong].",
    "Peru [will adopt a forest strategy next year]. This partnership [will bring rangers to Loreto].",
    "Qatar [pledged 80 million dollars for schools]. Of this sum, [120 million dollars will be spent in Gaza].",
    "Egypt [will defend the Green Canal Programme]. Much was said of it. As part of the Green Canal Programme, [it will plant trees].",
    "Canada [will send 3,000 tents], including by air; [it will also open a consulate in Nadi].",
    "Norway [plans to deepen ties with the islands], including [sending 40 nurses].",
    "Ghana [will build up the programme of the coast guard], including by [training 200 sailors].",
    "This fund [will lend to farmers]. Through the fund, [cooperatives will buy mills].",
    "Kenya [will carry out a drought programme]:\n\nThe President arrived on Monday. [Kenya will host the Council in May].",
]


def wholes(marked: str) -> list[tuple[int, int]]:
    """The parts found, each as its place among the promises with that of its whole."""
    text, spans = "", []
    for piece in re.split(r"(\[[^]]*\])", marked):
        if piece.startswith("["):
            spans.append((len(text), len(text) + len(piece) - 2))
        text += piece.strip("[]") if piece.startswith("[") else piece
    statement = Statement("s1", text, "s1", date="2021-01-01")
    promises = [
        Kept(f"p{place}", Assertion(start, end, text[start:end], Act.COMMITMENT, Event.COOPERATE, ()), "s1", "2021-01-01", "", "", "made")
        for place, (start, end) in enumerate(spans)
    ]
    found = umbrellas(text, segment(statement), promises)
    assert umbrellas(text, segment(statement), promises[::-1]) == found
    return sorted((int(part[1:]), int(whole[1:])) for part, whole in found.items())


@pytest.mark.parametrize("marked", PARTS)
def test_a_part_names_its_whole(marked: str) -> None:
    assert wholes(marked) == [(part, 0) for part in range(1, marked.count("["))]


@pytest.mark.parametrize("marked", APART)
def test_promises_side_by_side_stay_apart(marked: str) -> None:
    assert wholes(marked) == []
