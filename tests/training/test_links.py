"""Written chains: what their lines say, and that the files can be read."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))
from training.links import FOLDER, chain_of, chains_in

CHAIN = """ferry line
@ 2017-05-09 GRC-GOV | Joint statement
p1 | We will open a ferry line.
p2 | We will build a pier.
@ 2018-07-02 GRC-GOV | Visit to Izmir
a1,r2 | The licence for the line and the pier was signed.
u | A ferry to Lesbos carried 30,000 passengers.
"""


def test_a_line_says_what_it_is_to_each_promise_before_it() -> None:
    chain, statements = chain_of(CHAIN)
    first, second = chain["threads"]
    assert [link["label"] for link in first["links"]] == ["unrelated", "advances", "unrelated"]
    assert [link["label"] for link in second["links"]] == ["repeats", "unrelated"]
    texts = {given.id: given.text for given in statements}
    for place in (first, second, *first["links"]):
        assert texts[place["doc"]][place["start"] : place["end"]] == place["quote"]


def test_an_answer_to_no_promise_is_named() -> None:
    with pytest.raises(ValueError, match="promise 3"):
        chain_of(CHAIN.replace("a1,r2", "a3"))


def test_every_written_chain_can_be_read() -> None:
    chains = [chain for path in sorted(FOLDER.glob("*.txt")) for chain, _ in chains_in(path)]
    assert len(chains) >= 40
    assert len({chain["chain"] for chain in chains}) == len(chains)
    assert all(chain["threads"] for chain in chains)
