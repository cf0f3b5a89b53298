"""How promises ended, kept counted: beside every thread gone through, after any changes."""

from __future__ import annotations

import random
from collections import Counter
from importlib import import_module
from typing import Any

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations

import communique
from communique.records import Act, Assertion, Event, Passage, Reading, Statement, Topic, Verdict
from communique.service import Record
from communique.store import ending, filing, writing

DEEDS = ("will build", "will fund", "has built", "has funded", "will no longer fund")
THINGS = ("the pier of Suva in a plan", "the clinic of Apia", "ten ferries under this plan", "a school in a plan", "a quay under this plan")
ASKED: tuple[dict[str, Any], ...] = (
    {}, {"actor": "FJI"}, {"actor": "PER"}, {"topic": "health"}, {"topic": ("health", "other"), "actor": "FJI"}, {"since": "2021"},
    {"until": "2020", "actor": "FJI"}, {"since": "2021", "until": "2021", "topic": "security-defence"}, {"actor": ("FJI", "PER")},
    {"partner": "TUV"}, {"since": "2020-03"}, {"actor": "FJI", "publisher": "FJI-GOV"}, {"event": "AID", "topic": "health"},
)  # fmt: skip


def keep(record: Record, dice: random.Random, id: str, date: str) -> None:
    text, items, passages = "", [], []
    for _ in range(3):
        deed = dice.choice(DEEDS)
        quote, start = f"Fiji {deed} {dice.choice(THINGS)}", len(text)
        text += quote + ". "
        act = Act.COMMITMENT if "will" in deed else Act.OUTCOME
        actors = dice.choice((("FJI",), ("FJI", "PER"), ("PER",), ()))
        topic = dice.choice((Topic.HEALTH, Topic.SECURITY, Topic.OTHER))
        items.append(Assertion(start, start + len(quote), quote, act, Event.AID, actors, ("TUV",), topic, specific=True))
        passages.append(Passage(start, start + len(quote) + 1))
    statement = Statement(id, text, id, date=date, publisher="FJI-GOV", issuers=("FJI",))
    made = Reading(statement, passages=tuple(passages), assertions=tuple(items), reader="made 1")
    with record._store.writing() as connection:
        writing.keep(connection, made, writing.Arrival(statement.sha256, "", own_id=True), "2024-01-01T00:00:00Z")


def change(record: Record, dice: random.Random, step: int) -> None:
    """A new statement, other words of an old one, or a judgement, which the next question follows."""
    if dice.random() < 0.4:
        keep(record, dice, f"s{dice.randrange(12)}", f"{dice.choice((2020, 2021, 2022))}-0{dice.randrange(1, 9)}-11")
        return
    edits = ({"topic": "security-defence"}, {"actors": ["PER"]}, {"actors": []}, {"act": "outcome"}, {"act": "commitment"})
    decision = dice.choice(("edit", "edit", "reject", "accept", "undo"))
    id = dice.choice(sorted(each.id for each in record.assertions()))
    record.mark(id, decision, by="A. Analyst", **({"changes": dice.choice(edits)} if decision == "edit" else {}))


@pytest.mark.parametrize("seed", range(3))
def test_what_is_kept_counted_is_what_threads_say(seed: int) -> None:
    dice = random.Random(seed)
    with communique.open(":memory:") as record:
        for number in range(10):
            keep(record, dice, f"s{number}", f"202{number % 3}-0{1 + number % 8}-11")
        for step in range(12):
            if step % 3 == 2:  # changes are followed now and then, and counted at all times
                for asked in ASKED:
                    found = list(record.threads(**asked))
                    told, parts = (Counter(each.verdict.value for each in some) for some in (found, [t for t in found if t.umbrella]))
                    assert record.verdicts(**asked, upto=0) == {each.value: told[each.value] for each in Verdict}, asked
                    assert record.parts(**asked) == {each.value: parts[each.value] for each in Verdict}, asked
                record.threads(as_of="2021-05").count()
            change(record, dice, step)
            with record._store.reading() as connection:
                assert list(ending.wrong(connection)) == []
        assert any(record.parts().values())


def test_an_older_record_gets_its_counts() -> None:
    dice = random.Random(2)
    with communique.open(":memory:") as record:
        for number in range(8):
            keep(record, dice, f"s{number}", f"202{number % 2}-0{1 + number}-11")
        record.threads().count()
        with record._store.writing() as connection:
            before = sorted(connection.exec_driver_sql("SELECT * FROM verdicts").all())
            assert any(part for *_, part, _ in before)
            connection.exec_driver_sql("DROP TABLE verdicts")
            with Operations.context(MigrationContext.configure(connection)):
                import_module("communique.store.migrations.versions.0007_verdicts").upgrade()
            assert sorted(connection.exec_driver_sql("SELECT * FROM verdicts").all()) == before


def test_a_following_that_goes_takes_its_counts_along() -> None:
    dice = random.Random(1)
    with communique.open(":memory:") as record:
        for number in range(5):
            keep(record, dice, f"s{number}", f"2021-0{1 + number}-11")
        record.threads(as_of="2021-03").count()
        record.threads().count()
        with record._store.writing() as connection:
            counted = "SELECT count(*) FROM verdicts"
            both = connection.exec_driver_sql(counted).scalar_one()
            filing.drop(connection, "2021-03")
            assert 0 < connection.exec_driver_sql(counted).scalar_one() < both
