"""How fast a record of 100,000 statements and 2,000,000 items answers.

    python -m benchmarks.scale [--statements 10000] [--record PATH]

The record is made of generated rows, written past the reader but into the real tables; actors, publishers and words are
as unevenly spread as they are in life.  Each question is asked with several actors, words and places, and the slow end is shown.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, insert, select

import communique
from communique.records import (
    Act,
    Agreement,
    Assertion,
    Event,
    Figure,
    Given,
    Item,
    Passage,
    Relation,
    Stage,
    Statement,
    Strength,
    Topic,
    item_id,
    kind_of,
)
from communique.service import Record
from communique.store import crossing, rows, sources, sqlite, tables, writing
from communique.store.columns import ordinal
from communique.vocabulary.actors import load

SENTENCES = 20
MIX = ("assertion",) * 12 + ("figure",) * 5 + ("agreement",) * 2 + ("relation",)  # items of a statement: twenty
ACTS = (Act.OUTCOME, Act.COMMITMENT, Act.POSITION, Act.APPEAL)
EVENTS = (Event.CONSULT, Event.COOPERATE, Event.AID, Event.AGREE, Event.SUPPORT, Event.REJECT, Event.SANCTION)
UNITS = ("USD", "EUR", "percent", "country", "tonne", "dose", "person", "project")
AT = "2026-01-01T00:00:00Z"
BATCH = 1000


class Spread:
    """Choices of which the first is the commonest, as in Zipf's law."""

    def __init__(self, chance: random.Random, values: list[str], power: float = 0.9) -> None:
        self.chance, self.values = chance, values
        self.weights = list(accumulate(1 / (place + 1) ** power for place in range(len(values))))

    def some(self, count: int) -> list[str]:
        """So many, with repetition."""
        return self.chance.choices(self.values, cum_weights=self.weights, k=count)


class Maker:
    """Makes statements with items from a seed."""

    def __init__(self, seed: int = 7) -> None:
        self.chance = random.Random(seed)
        codes = sorted(code for code in load().names if len(code) == 3 and code.isalpha())
        self.chance.shuffle(codes)
        self.codes = Spread(self.chance, codes)
        self.publishers = Spread(self.chance, [f"Ministry of {code}" for code in codes[:150]])
        syllables = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "ion")]
        made = {"".join(self.chance.choices(syllables, k=self.chance.randint(1, 4))) for _ in range(30_000)}
        self.words = Spread(self.chance, sorted(made), power=1.0)
        self.common, self.rare = self.words.values[3], self.words.values[20_000]

    def statement(self, number: int) -> tuple[Statement, tuple[Passage, ...], list[Item]]:
        """A statement of twenty sentences with twenty items."""
        parts, passages, items, at = [], [], [], 0
        for kind in MIX:
            said = " ".join(self.words.some(14)).capitalize() + ". "
            parts.append(said)
            passages.append(Passage(at, at + len(said) - 1))
            items.append(self.item(kind, at, at + len(said) - 2, said[:-2]))
            at += len(said)
        day = date(1995, 1, 1) + timedelta(days=self.chance.randrange(11_000))
        publisher = self.publishers.some(1)[0]
        text = "".join(parts)
        return (
            Statement(f"s{number}", text, f"made:{number}", f"Statement {number}", str(day), publisher, issuers=(publisher[-3:],)),
            tuple(passages),
            items,
        )

    def item(self, kind: str, start: int, end: int, quote: str) -> Item:
        """An item of a kind with those places."""
        codes = tuple(dict.fromkeys(self.codes.some(2)))
        if kind == "figure":
            return Figure(
                start,
                end,
                quote,
                float(self.chance.randrange(10_000)),
                self.chance.choice(UNITS),
                of=quote[:40],
                giver=codes[:1],
                receiver=codes[1:],
            )
        if kind == "agreement":
            return Agreement(start, end, quote, quote[:30], parties=codes, stage=self.chance.choice(list(Stage)))
        if kind == "relation":
            return Relation(start, end, quote, codes, quote[:30])
        act, topic = self.chance.choice(ACTS), self.chance.choice(list(Topic))
        strength = Strength.FIRM if act is Act.COMMITMENT else None
        return Assertion(start, end, quote, act, self.chance.choice(EVENTS), codes[:1], codes[1:], topic, specific=True, strength=strength)


def fill(record: Record, count: int, maker: Maker) -> None:
    """Writes made statements into a record until it has ``count``, many to a transaction; goes on where it was stopped."""
    done = record.counts()["statement"]
    for number in range(done):
        maker.statement(number)  # the same chances, in the same order
    with record._store.reading() as connection:
        tops = {name: connection.execute(select(func.max(table.c.pk))).scalar() or 0 for name, table in tables.ITEMS.items()}
    keys = Counter({name: top + 1 for name, top in tops.items()})
    while done < count:
        with record._store.writing() as connection:
            some = range(done, min(done + BATCH, count))
            write(connection, ((number, *maker.statement(number)) for number in some), keys)
        done += BATCH


def write(connection: Connection, made: Iterator[Any], keys: Counter[str]) -> None:
    """One batch of statements, a bulk insert a table."""
    new: dict[Any, list[dict[str, Any]]] = {table: [] for table in tables.metadata.sorted_tables}
    words: list[tuple[int, str]] = []
    counted: Counter[tuple[str, str, str]] = Counter()
    crossed: Counter[rows.Crossing] = Counter()
    for number, statement, passages, items in made:
        pk, sha = number + 1, sha256(statement.text.encode()).hexdigest()
        held = rows.statement_row(statement) | {"pk": pk, "version": 1, "supersedes": None, "sha256": sha, "added": AT}
        held["ordinal"] = ordinal(statement.date, statement.id)
        new[tables.texts].append({"sha256": sha, "length": len(statement.text), "text": statement.text})
        new[tables.statements].append(held)
        new[tables.documents].append({"id": statement.id, "current": pk})
        new[tables.readings].append(
            {"pk": pk, "statement": pk, "reader": "made 1", "at": AT, "items": len(items), "aside": 0, "replaced": None}
        )
        counted.update(writing.statement_tally(statement))
        for place, passage in enumerate(passages):
            own = {"pk": number * SENTENCES + place + 1, "statement": pk, "words": None}
            new[tables.passages].append(rows.passage_row(passage) | own)
            words.append((own["pk"], statement.text[passage.start : passage.end]))
        for item in items:
            kind = kind_of(item)
            row = rows.item_row(item) | {"standing": "asserted", "aside": False, "as_read": None}
            if kind == "assertion":
                row["passage"] = number * SENTENCES + [each.start for each in passages].index(item.start) + 1
            own = {"pk": keys[kind], "id": item_id(statement, item), "statement": pk, "reading": pk, "ordinal": held["ordinal"]}
            keys[kind] += 1
            new[tables.ITEMS[kind]].append(row | own)
            for code, role in rows.parties_of(item, statement.issuers):
                side = {"code": code, "act": rows.act_of(item), "role": role, "ordinal": held["ordinal"], "item": own["pk"]}
                new[tables.PARTIES[kind]].append(side)
            counted.update(rows.tally_of(item, statement.issuers, statement.publisher, statement.date[:4]))
            crossed.update(rows.crossings_of(item, statement.issuers, statement.date[:4]))
    for table, found in new.items():
        if found:
            connection.execute(insert(table), found)
    sqlite.index_words(connection, words)
    sqlite.add_up(connection, tables.tallies, [{"kind": k, "field": f, "value": v, "n": n} for (k, f, v), n in counted.items()])
    crossing.add(connection, crossed, 1)
    for held in new[tables.statements]:
        sources.count(connection, held["id"], 1)


# ------------------------------------------------------------------------------------------------ asking


def questions(record: Record, maker: Maker) -> dict[str, list[Callable[[], object]]]:
    """What pages and commands ask, each with several actors, words and places."""
    often, rarely = maker.codes.values[:3], maker.codes.values[-3:]
    house = maker.publishers.values
    middle = record.commitments().page(1).next and record.commitments(since="2010").page(50).next
    ids = [each.id for each in record.statements().page(5).rows]
    items = [each.id for each in record.commitments().page(5).rows]

    def first(name: str, *asked: dict[str, Any]) -> list[Callable[[], object]]:
        return [lambda each=each: getattr(record, name)(**each).page(50) for each in asked or ({},)]

    def counts(*asked: dict[str, Any]) -> list[Callable[[], object]]:
        return [lambda each=each: record.commitments(**each).count(upto=10_000) for each in asked]

    names = ("outcomes", "commitments", "positions", "appeals", "engagements", "figures", "agreements", "relations", "assertions")
    return {
        "a listing": [ask for name in names for ask in first(name)],
        "newest first": first("commitments", {"newest": True}, {"newest": True, "actor": often[0]}),
        "a page in the middle": [lambda: record.commitments().page(50, middle)],
        "of a common actor": first("commitments", *({"actor": code} for code in often)),
        "of a rare actor": first("commitments", *({"actor": code} for code in rarely)),
        "of all acts of an actor": first("assertions", *({"actor": code} for code in (*often, *rarely))),
        "of two actors": first("outcomes", {"actor": tuple(often[:2])}, {"actor": (often[0], rarely[0])}),
        "of a pair": first(
            "commitments",
            {"actor": often[0], "partner": rarely[0]},
            {"actor": rarely[0], "partner": often[1]},
            {"actor": often[0], "partner": often[1]},
        ),
        "of an actor and a topic": first("commitments", {"actor": often[0], "topic": "health"}, {"actor": rarely[0], "topic": "other"}),
        "of an actor and a publisher": first(
            "commitments", {"actor": often[0], "publisher": house[149]}, {"actor": rarely[1], "publisher": house[0]}
        ),
        "of a publisher": first("commitments", {"publisher": house[0]}, {"publisher": house[149]}),
        "of an event and a year": first("outcomes", {"event": "SANCTION", "since": "2020", "until": "2020"}),
        "figures of a unit": first("figures", {"unit": "EUR"}, {"unit": "EUR", "actor": rarely[0]}),
        "statements": first("statements", {}, {"publisher": house[0]}, {"actor": rarely[0]}, {"since": "2020", "newest": True}),
        "counting": counts(
            {"actor": often[0]}, {"actor": often[0], "since": "2020"}, {"actor": often[0], "topic": "health"}, {"publisher": house[0]}
        ),
        "facets": [lambda: record.facets("commitment", "actor"), record.counts],
        "a statement": [lambda id=id: record.statement(id) for id in ids],
        "an item": [lambda id=id: record.show(id) for id in items],
        "search, a common word": [lambda: record.search(maker.common).page(20)],
        "search, a rare word": [lambda: record.search(maker.rare).page(20)],
        "search, two words": [lambda: record.search(f"{maker.common} {maker.words.values[5]}").page(20)],
        "search, with filters": [
            lambda: record.search(maker.common, actor=rarely[0]).page(20),
            lambda: record.search(maker.words.values[900], since="2020").page(20),
        ],
        "a review": [lambda: record.review(rarely[0], 2015), lambda: record.review(often[0], 2015)],
        "a judgement": [lambda id=id: record.mark(id, "accept", by="bench") for id in items],
        "adding one statement": [
            lambda: record.add(Given(f"Kenya will send {time.time_ns()} trucks.", "x", title="T"), reader="cues", workers=1)
        ],
    }


def main() -> None:
    """Makes the record where it is missing, asks, and prints a table."""
    given = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    given.add_argument("--statements", type=int, default=10_000)
    given.add_argument("--record", type=Path)
    asked = given.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = asked.record or Path(folder) / "record.db"
        with communique.open(path) as record:
            maker = Maker()
            began = time.perf_counter()
            if record.counts()["statement"] < asked.statements:
                fill(record, asked.statements, maker)
                print(f"made in {time.perf_counter() - began:.0f} s")
            size = path.stat().st_size / 1e6
            held = record.counts()
            print(f"{held['statement']:,} statements, {sum(held.values()) - held['statement']:,} items, {size:,.0f} MB")
            print(f"{'question':32} {'median ms':>10} {'slowest ms':>11} {'of which CPU':>13}")
            for name, asks in questions(record, maker).items():
                times = sorted(timed(ask) for ask in asks for _ in range(3))
                print(f"{name:32} {times[len(times) // 2][0]:10.1f} {times[-1][0]:11.1f} {max(cpu for _, cpu in times):13.1f}", flush=True)


def timed(ask: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock, and of this process's own work: on a shared machine the first is the larger."""
    began, worked = time.perf_counter(), time.process_time()
    ask()
    return (time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000


if __name__ == "__main__":
    main()
