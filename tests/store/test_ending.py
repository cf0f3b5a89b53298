"""How promises ended, kept counted: beside every thread gone through, after any changes."""

from __future__ import annotations

import random
from importlib import import_module
from typing import Any

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection

import communique
from communique.records import Act, Assertion, Event, Label, Passage, Reading, Statement, Topic, Verdict
from communique.service import Record, follow
from communique.store import asking, ending, filing, following, sqlite, writing

DEEDS = ("will build", "will fund", "has built", "has funded", "will no longer fund")
THINGS = "seawall ferry clinic Suva Apia quay teachers harbour barge cable textbooks turbine".split()
PLANS = ("", "", " in a plan", " under this plan")
TIMES = (None, None, "2020", "2020-06", "2020-11/2021-04", "2021-05-04", "2022", "2030")
ASKED: tuple[dict[str, Any], ...] = (
    {}, {"actor": "FJI"}, {"actor": "PER"}, {"topic": "health"}, {"topic": ("health", "other"), "actor": "FJI"}, {"since": "2021"},
    {"until": "2020", "actor": "FJI"}, {"since": "2021", "until": "2021", "topic": "security-defence"}, {"actor": ("FJI", "PER")},
    {"partner": "TUV"}, {"partner": "PER", "topic": "health"}, {"partner": "FJI", "since": "2021"}, {"partner": "PER", "actor": "FJI"},
    {"since": "2020-03"}, {"actor": "FJI", "publisher": "FJI-GOV"}, {"event": "AID", "topic": "health"},
)  # fmt: skip
AS_OF = (None, "2021-05", "2025")
EVERY = 10_000  # more than there are


def keep(record: Record, dice: random.Random, id: str, date: str) -> None:
    text = " ".join(f"Fiji {dice.choice(DEEDS)} {' '.join(dice.choices(THINGS, k=4))}{dice.choice(PLANS)}." for _ in range(3))
    read(record, dice, Statement(id, text, id, date=date, publisher="FJI-GOV", issuers=("FJI",)), "made 1")


def read(record: Record, dice: random.Random, statement: Statement, reader: str) -> None:
    """Reads a statement, each time as the dice have it."""
    items, passages, start = [], [], 0
    for quote in statement.text.rstrip(".").split(". "):
        act = Act.COMMITMENT if "will" in quote else Act.OUTCOME
        actors, targets = dice.choice((("FJI",), ("FJI", "PER"), ("PER",), ())), dice.choice((("TUV",), ("TUV", "FJI"), ()))
        topic, specific = dice.choice((Topic.HEALTH, Topic.SECURITY, Topic.OTHER)), dice.random() < 0.7
        own = (act, Event.AID, actors, targets, topic, dice.choice(TIMES))
        items.append(Assertion(start, start + len(quote), quote, *own, specific=specific))
        passages.append(Passage(start, start + len(quote) + 1))
        start += len(quote) + 2
    made = Reading(statement, passages=tuple(passages), assertions=tuple(items), reader=reader)
    with record._store.writing() as connection:
        writing.keep(connection, made, writing.Arrival(f"{statement.sha256} {reader}", "", own_id=True), "2024-01-01T00:00:00Z")


def change(record: Record, dice: random.Random, step: int) -> None:
    """A new statement, other words or another reading of an old one, or a judgement, which the next question follows."""
    kind = dice.choice(("add", "add", "read", "judge", "judge", "verdict", "label"))
    if kind == "add":
        return keep(record, dice, f"s{dice.randrange(12)}", f"{dice.choice((2020, 2021, 2022))}-0{dice.randrange(1, 9)}-11")
    if kind == "read":
        old = dice.choice(sorted(each.id for each in record.statements()))
        return read(record, dice, record.statement(old).statement, f"made {step + 2}")
    edits = ({"topic": "security-defence"}, {"actors": ["PER"]}, {"targets": ["PER"]}, {"act": "outcome"}, {"act": "commitment"},
             {"when": "2021-02"}, {"when": None}, {"specific": True}, {"specific": False})  # fmt: skip
    decision = dice.choice(("edit", "edit", "edit", "reject", "accept", "undo"))
    about = dice.choice(sorted(each.id for each in record.assertions()))
    threads = list(record.threads()) if kind in ("verdict", "label") else []
    linked = [f"{each.id}>{link.item}" for each in threads for link in each.links if link.item]
    if kind == "verdict" and threads:
        about, decision = dice.choice(threads).id, dice.choice([each.value for each in Verdict])
    elif kind == "label" and linked:
        about, decision = dice.choice(linked), dice.choice([each.value for each in Label])
    record.mark(about, decision, by="A. Analyst", **({"changes": dice.choice(edits)} if decision == "edit" else {}))


def counts(record: Record, given: dict[str, Any]) -> list[dict[str, int]]:
    """Wholes and parts, as they are counted."""
    return [told(**given, upto=EVERY) for told in (record.verdicts, record.parts)]


def gone_through(record: Record, given: dict[str, Any]) -> list[dict[str, int]]:
    """The same, thread by thread: the verdicts are the machine's, what is overdue or passed over is so as people left it."""
    threads = list(record.threads(**given))
    date = follow.until(record._store, given["as_of"])
    with record._store.reading() as connection:
        asked = asking.filters(None, **{name: value for name, value in given.items() if name != "as_of"})
        machine, _ = following.page(connection, following.key_of(connection, date), date, asked, size=EVERY)
    found = {"overdue": [*follow.overdue(threads)], "vanished": [*follow.vanished(threads)]}
    found |= {verdict.value: [each for each in machine if each.verdict is verdict] for verdict in Verdict}
    return [{name: sum(bool(each.umbrella) is part for each in some) for name, some in found.items()} for part in (False, True)]


@pytest.mark.parametrize("seed", [0, 1, 4])
def test_what_is_kept_counted_is_what_threads_say(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The counts kept, those made by walking along threads, and every thread gone through."""
    dice = random.Random(seed)
    with communique.open(":memory:") as record:
        for number in range(10):
            keep(record, dice, f"s{number}", f"202{number % 3}-0{1 + number % 8}-11")
        for step in range(12):
            for asked in ASKED if step % 3 == 2 else ():  # changes are followed now and then, and counted at all times
                given = {"as_of": dice.choice(AS_OF), **asked}
                kept = counts(record, given)
                assert kept == gone_through(record, given), given
                with monkeypatch.context() as walking:
                    walking.setattr(ending, "holds", lambda *_: None)
                    walking.setattr(sqlite, "held", lambda connection, question, ask, **_: ask())
                    assert kept == counts(record, given), given
            change(record, dice, step)
            with record._store.reading() as connection:
                assert list(ending.wrong(connection)) == []


def seen_by(connection: Connection, read: int) -> None:
    """As if so many later statements could have told of each promise."""
    for key, assertion in connection.exec_driver_sql("SELECT as_of, assertion FROM threads").all():
        for old in following.compared(connection, key, [assertion]).values():
            following.keep_compared(connection, [(old, old.rows, read)])


def test_a_promise_is_passed_over_from_the_third_later_statement_on() -> None:
    dice = random.Random(1)
    with communique.open(":memory:") as record:
        for number in range(8):
            keep(record, dice, f"s{number}", f"202{number % 2}-0{1 + number}-11")
        silent = [each for each in record.threads(verdict="no-report") if each.specific and each.rule == "silence"]
        for read, n in ((2, 0), (3, len(silent)), (7, len(silent)), (0, 0)):
            with record._store.writing() as connection:
                seen_by(connection, read)
                assert list(ending.wrong(connection)) == []
            assert record.vanished().count() == len(list(record.vanished())) == n
        assert silent


def test_an_older_record_gets_its_counts() -> None:
    dice = random.Random(1)
    with communique.open(":memory:") as record:
        for number in range(16):
            keep(record, dice, f"s{number}", f"202{number % 2}-0{1 + number % 8}-11")
        record.threads().count()
        with record._store.writing() as connection:
            seen_by(connection, 3)
            before = sorted(connection.exec_driver_sql("SELECT * FROM verdicts WHERE n").all())
            assert all(any(row[place] for row in before) for place in range(1, 9))  # something of each key
            connection.exec_driver_sql("DROP TABLE verdicts")
            with Operations.context(MigrationContext.configure(connection)):
                for name in ("0007_verdicts", "0008_asides"):
                    import_module(f"communique.store.migrations.versions.{name}").upgrade()
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
