"""Following again only what a change touches gives, byte for byte, what following everything gives."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

import communique
from communique.records import Act, Assertion, Event, Passage, Reading, Statement, item_id
from communique.service import Record, afresh, comparing, crew, follow, refiling
from communique.service.afresh import Afresh
from communique.shapes import thread as shown
from communique.stages.follow import Follower, follower
from communique.stages.follow import candidates as dials
from communique.store import bars, filing, following, writing

AHEAD = ("will provide", "will launch", "intends to sign", "will continue to support")
DONE = ("has provided", "launched", "signed", "supported")
THINGS = (
    "seawall desalination plant Funafuti teachers nurses cable hospital barge fisheries accord harbour ferry clinic Suva Apia textbooks "
    "vaccine turbine quay compact scholarship radar observatory"
).split()
DATES = ("2020-01-05", "2020-03-10", "2020-03", "2021-06-01", "2021-06-01", "2022-09-09", "2023-01-01")
AS_OF = ("2020-03-31", "2021-06-01", "2100")


def reading(dice: random.Random, id: str, date: str) -> Reading:
    """A statement of a few sentences about few things, so that many promises and reports meet."""
    text, items, passages = "", [], []
    for _ in range(dice.randint(1, 5)):
        ahead = dice.random() < 0.5
        deed = dice.choice(AHEAD if ahead else DONE)
        quote = f"Fiji {deed} {' '.join(dice.choices(THINGS, k=dice.randint(2, 5)))}" + dice.choice(("", f" {dice.randint(13, 15)} ships"))
        quote += ("", " in a plan", " under this plan")[len(quote) % 3]
        start = len(text)
        text += quote + ". "
        passages.append(Passage(start, start + len(quote) + 1))
        if dice.random() < 0.8:
            act = Act.COMMITMENT if ahead else Act.OUTCOME
            items.append(Assertion(start, start + len(quote), quote, act, Event.AID, ("FJI",), ("TUV",), specific=True))
    statement = Statement(id, text, id, date=date, publisher="FJI-GOV", issuers=("FJI",))
    return Reading(statement, passages=tuple(passages), assertions=tuple(items), reader="made 1")


def keep(record: Record, made: Reading) -> None:
    came = writing.Arrival(f"{made.statement.sha256} {made.reader}", "", own_id=True)
    with record._store.writing() as connection:
        writing.keep(connection, made, came, "2024-01-01T00:00:00Z")


def anew(record: Record, as_of: str) -> list[object]:
    """Everything followed anew, nothing kept."""
    with record._store.reading() as connection:
        made = Afresh(connection, following.key_of(connection, as_of), as_of)
        found = [(each.assertion, shown(each.thread), sorted(each.compared.tolist()), each.linked.tolist()) for each in made.threads()]
    for _, thread, *_ in found:
        thread["parts"] = [other["id"] for _, other, *_ in sorted(found, key=lambda one: one[0]) if other["umbrella"] == thread["id"]]
    return found


def kept(record: Record, as_of: str) -> list[object]:
    """What is kept, brought up to date."""
    key = follow.ensure(record._store, as_of)
    with record._store.reading() as connection:
        held = following.held(connection, key, filing.bars(connection, key)[1]["assertion"].tolist())
        found = []
        for each in held.values():
            thread = following.one(connection, key, each.id, as_of)
            assert thread is not None
            linked = [(pk, place, 0.0) for _, pk, place in each.links]
            found.append((each.assertion, shown(thread), sorted(each.compared.tolist()), linked))
        return found


def by_assertion(found: list[object]) -> list[object]:
    return sorted(found, key=lambda each: each[0])  # type: ignore[index]


@pytest.mark.parametrize("seed", range(12))
def test_a_change_followed_again_is_everything_followed(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tight = seed % 2  # few candidates and early familiar keys, so that rows push others out
    for module in (dials, follower, afresh, comparing):
        monkeypatch.setattr(module, "MOST", 4 if tight else 96)
    for module in (dials, afresh, refiling):
        monkeypatch.setattr(module, "FAMILIAR", 3 if tight else 250)
    monkeypatch.setattr(follow, "FEW", 6)
    monkeypatch.setattr(bars, "FEW", 4)
    dice = random.Random(seed)
    with communique.open(tmp_path / "record.db") as record:
        for number in range(8):
            keep(record, reading(dice, f"s{number}", dice.choice(DATES)))
        for step in range(14):
            change(record, dice, step)
            for as_of in AS_OF:
                if dice.random() < 0.6:
                    assert by_assertion(kept(record, as_of)) == by_assertion(anew(record, as_of)), (step, as_of)
        for as_of in AS_OF:
            kept(record, as_of)  # what no one asked for since the last change may still point to words that are gone
        assert [each for each in record.verify() if each.code != "judgement"] == []  # a later reading may lack a judged item


def change(record: Record, dice: random.Random, step: int) -> None:
    """One thing that happens to a record: a new statement, a text issued again, another reading, a judgement or its undoing."""
    ids = sorted(each.id for each in record.statements())
    kind = dice.choice(("add", "add", "issue", "read", "mark", "mark", "undo"))
    if kind == "add":
        keep(record, reading(dice, f"n{step}", dice.choice(DATES)))
    elif kind == "issue":
        id = dice.choice(ids)
        keep(record, reading(dice, id, record.statement(id).statement.date or ""))
    elif kind == "read":
        old = record.statement(dice.choice(ids)).statement
        spans = [(at, old.text.index(". ", at)) for at in range(len(old.text)) if old.text.startswith("Fiji", at)]
        items = [
            Assertion(start, end, old.text[start:end], dice.choice((Act.COMMITMENT, Act.OUTCOME)), Event.AID, ("FJI",), specific=True)
            for start, end in spans
            if dice.random() < 0.7
        ]
        passages = tuple(Passage(start, end + 1) for start, end in spans)
        keep(record, Reading(old, passages=passages, assertions=tuple(items), reader=f"made {step + 2}"))
    else:
        said = [each.id for each in (*record.commitments(), *record.outcomes(), *record.commitments(standing="rejected"))]
        if said:
            id = dice.choice(said)
            how = "undo" if kind == "undo" else dice.choice(("reject", "accept", "edit"))
            edits = ({"act": "outcome"}, {"act": "commitment"}, {"topic": "health"}, {"actors": ["KEN", "FJI"]})
            record.mark(id, how, by="A. Analyst", **({"changes": dice.choice(edits)} if how == "edit" else {}))


def test_processes_that_help_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(5)
    with communique.open(tmp_path / "record.db") as record:
        for number in range(30):
            keep(record, reading(dice, f"s{number}", dice.choice(DATES)))
        alone = anew(record, "2100")
        monkeypatch.setattr(afresh, "MANY", 1)
        monkeypatch.setattr(afresh, "LOT", 4)
        monkeypatch.setattr(afresh, "SPAN", 8)
        assert by_assertion(kept(record, "2100")) == by_assertion(alone)


def test_a_process_that_dies_costs_time_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(5)
    monkeypatch.setattr(afresh, "MANY", 1)
    monkeypatch.setattr(afresh, "LOT", 4)
    lost = []

    def dying(hand: crew.Crew, jobs: Iterable[crew.Job[object]]) -> Iterator[object]:
        for number, answer in enumerate(each(hand, jobs)):
            if number == 1:
                hand._hands[0].kill()
                lost.append(hand._hands[0].wait())
            yield answer

    each = crew.Crew.each
    with communique.open(tmp_path / "record.db") as record:
        for number in range(30):
            keep(record, reading(dice, f"s{number}", dice.choice(DATES)))
        alone = anew(record, "2100")
        monkeypatch.setattr(crew.Crew, "each", dying)
        assert by_assertion(kept(record, "2100")) == by_assertion(alone)
    assert lost


def test_a_following_that_is_broken_off_leaves_nothing_and_the_next_completes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(6)
    with communique.open(tmp_path / "record.db") as record:
        for number in range(30):
            keep(record, reading(dice, f"s{number}", dice.choice(DATES)))
        with monkeypatch.context() as broken:
            broken.setattr(filing, "keep_bars", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                follow.ensure(record._store, "2100")
        with record._store.reading() as connection:
            left = [connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar() for name in ("threads", "filed", "keyed", "laid")]
        assert left == [0, 0, 0, 0]
        assert by_assertion(kept(record, "2100")) == by_assertion(anew(record, "2100"))


def test_a_statement_read_again_while_everything_is_followed_is_followed_after(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(7)
    with communique.open(tmp_path / "record.db") as record:
        for number in range(30):
            keep(record, reading(dice, f"s{number}", "2021-06-01"))
        old = record.statement("s3").statement
        quote = old.text.split(". ")[0]
        item = Assertion(0, len(quote), quote, Act.COMMITMENT, Event.AID, ("FJI",), specific=True)
        begun = Afresh.__init__

        def meanwhile(made: Afresh, *given: object, **named: object) -> None:
            begun(made, *given, **named)  # type: ignore[arg-type]
            monkeypatch.setattr(Afresh, "__init__", begun)
            keep(record, Reading(old, passages=(Passage(0, len(quote) + 1),), assertions=(item,), reader="made 9"))

        monkeypatch.setattr(Afresh, "__init__", meanwhile)
        assert by_assertion(kept(record, "2100")) == by_assertion(anew(record, "2100"))


def test_the_same_record_gives_the_same_threads_however_it_was_built(tmp_path: Path) -> None:
    dice = random.Random(3)
    made = [reading(dice, f"s{number}", dice.choice(DATES)) for number in range(10)]
    told = []
    for order in (made, made[::-1]):
        with communique.open(tmp_path / f"{len(told)}.db") as record:
            for one in order:
                keep(record, one)
                list(record.threads())
            told.append([shown(each) for each in record.threads(as_of="2100")])
    assert told[0] == told[1]
    assert any(each["links"] for each in told[0])


def test_a_statement_after_the_date_changes_nothing_that_is_kept(tmp_path: Path) -> None:
    dice = random.Random(1)
    with communique.open(tmp_path / "record.db") as record:
        for number in range(8):
            keep(record, reading(dice, f"s{number}", DATES[number % len(DATES)]))
        before = [shown(each) for each in record.threads(as_of="2021")]
        keep(record, reading(dice, "later", "2024-01-01"))
        assert [shown(each) for each in record.threads(as_of="2021")] == before


def test_only_what_is_touched_is_written_again(tmp_path: Path) -> None:
    dice = random.Random(2)
    with communique.open(tmp_path / "record.db") as record:
        for number in range(30):
            keep(record, reading(dice, f"s{number}", DATES[number % len(DATES)]))
        list(record.threads())
        with record._store.reading() as connection:
            before = connection.exec_driver_sql("SELECT pk, assertion FROM threads").all()
        text = "Peru will host a zoological congress."
        item = Assertion(0, len(text) - 1, text[:-1], Act.COMMITMENT, Event.CONSULT, ("PER",), specific=True)
        said = Statement("p", text, "p", date="2023-05-05")
        keep(record, Reading(said, passages=(Passage(0, len(text)),), assertions=(item,), reader="made 1"))
        list(record.threads())
        with record._store.reading() as connection:
            after = connection.exec_driver_sql("SELECT pk, assertion FROM threads").all()
        assert set(before) < set(after)
        assert len(after) == len(before) + 1


def test_what_is_kept_is_what_the_follower_says(tmp_path: Path) -> None:
    dice = random.Random(4)
    with communique.open(tmp_path / "record.db") as record:
        for number in range(12):
            keep(record, reading(dice, f"s{number}", DATES[number % len(DATES)]))
        items = [each for kind in (record.commitments(), record.outcomes()) for each in kind]
        assert {item_id(record.statement(each.doc).statement, each.item) for each in items} == {each.id for each in items}
        bare = {each.id for each in Follower(items, "2100").threads()}
        assert {each.id for each in record.threads()} == bare


def test_a_statement_followed_again_goes_through_no_table_from_end_to_end(tmp_path: Path) -> None:
    dice, asked = random.Random(8), set[str]()
    with communique.open(tmp_path / "record.db") as record:
        for number in range(30):
            keep(record, reading(dice, f"s{number}", dice.choice(DATES)))
        list(record.threads())
        quotes = [f"Fiji will launch {' '.join(dice.choices(THINGS, k=3))}" for _ in range(60)]  # many: SQLite chooses its way by number
        said = Statement("more", ". ".join(quotes), "more", date="2021-02-02")
        spans = [(quote, said.text.index(quote)) for quote in quotes]
        items = tuple(Assertion(at, at + len(quote), quote, Act.COMMITMENT, Event.AID, ("FJI",)) for quote, at in spans)
        keep(record, Reading(said, assertions=items, reader="made 1"))
        event.listen(record._store.made, "checkout", lambda connection, *_: connection.set_trace_callback(asked.add))
        follow.ensure(record._store, "2100")
        event.listen(record._store.made, "checkout", lambda connection, *_: connection.set_trace_callback(None))
        deeds = [each for each in asked if each.startswith(("SELECT", "INSERT", "UPDATE", "DELETE")) and "LIMIT" not in each]
        with record._store.reading() as connection:
            raw = connection.connection.driver_connection
            ways = {(way, deed) for deed in deeds for *_, way in raw.execute(f"EXPLAIN QUERY PLAN {deed}")}
    assert {way.split()[1] for way, _ in ways} > {"threads", "links", "laid", "statements", "assertion_parties"}
    small = ("unfiled", "refiled", "reached", "followings", "CONSTANT")
    through = [each for each in ways if each[0].startswith("SCAN ") and "VIRTUAL" not in each[0]]  # what is virtual is a list we give
    assert [each for each in through if each[0].split()[1] not in small] == []
    assert [each for each in ways if each[0].startswith("SEARCH threads ") and each[0].endswith("(as_of=?)")] == []
