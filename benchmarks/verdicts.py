"""Made verdicts for a made record, so that its board and threads can be measured without following it.

    python -m benchmarks.verdicts --record scale.db

One promise in three gets a year by which it is due; each gets a verdict and up to four links to later statements, in the
shares that following leaves on real ones, through the writers that following itself uses.  For made records alone.
"""

from __future__ import annotations

import argparse
import random
from collections import deque
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sqlalchemy import Connection, select

import communique
from communique.records import Label, Link, Thread, Verdict
from communique.service import Record
from communique.store import filing, following
from communique.store.bars import BAR
from communique.store.columns import DAY
from communique.store.tables import ITEMS, statements

NEAR = 4000  # later items among which the links of a promise are chosen
LOT = 2000  # threads written at a time
SHARES = {Verdict.NO_REPORT: 70, Verdict.REPEATED: 14, Verdict.IN_PROGRESS: 10, Verdict.FULFILLED: 5, Verdict.RETRACTED: 1}
MEANT = {
    Verdict.REPEATED: (Label.REPEATS, "pledged-again"),
    Verdict.IN_PROGRESS: (Label.ADVANCES, "step"),
    Verdict.FULFILLED: (Label.FULFILS, "done"),
    Verdict.RETRACTED: (Label.RETRACTS, "called-off"),
}


class Item(NamedTuple):
    """An assertion as far as a thread shows it."""

    pk: int
    id: str
    statement: int
    ordinal: int
    act: str
    start: int
    end: int
    quote: str
    actors: tuple[str, ...]
    when: str | None
    specific: bool
    doc: str


def dated(connection: Connection) -> None:
    """Gives one promise in three the year after it was made as its time."""
    connection.exec_driver_sql(
        'UPDATE assertions SET "when" = (SELECT CAST(substr(date, 1, 4) AS INTEGER) + 1 FROM statements WHERE pk = assertions.statement) '
        "WHERE act = 'commitment' AND pk % 3 = 0 AND \"when\" IS NULL"
    )


def later_first(connection: Connection) -> Iterator[Item]:
    """Every promise and deed, the latest first."""
    table = ITEMS["assertion"]
    names = ("pk", "id", "statement", "ordinal", "act", "start", "end", "quote", "actors", "when", "specific")
    query = select(*(table.c[name] for name in names), statements.c.id).join(statements, statements.c.pk == table.c.statement)
    query = query.where(table.c.standing == "asserted", table.c.act.in_(("commitment", "outcome")), table.c.ordinal >= DAY)
    for row in connection.execute(query.order_by(table.c.ordinal.desc(), table.c.pk.desc()).execution_options(yield_per=5000)):
        yield Item(*row)


def made(connection: Connection, as_of: str, seed: int = 7) -> Iterator[following.Tied]:
    """A thread for every promise, the latest first."""
    chance = random.Random(seed)
    verdicts, shares = list(SHARES), list(SHARES.values())
    later: deque[Item] = deque(maxlen=NEAR)
    for each in later_first(connection):
        if each.act == "commitment":
            verdict = chance.choices(verdicts, shares)[0] if later else Verdict.NO_REPORT
            tied = [] if verdict is Verdict.NO_REPORT else chance.sample(list(islice(later, 200)), min(len(later), chance.randint(1, 4)))
            label, rule = MEANT.get(verdict, (Label.UNRELATED, "silence"))
            links = tuple(
                Link(one.doc, one.start, one.end, one.quote, label, round(0.5 + chance.random() / 2, 2), one.id, "own-specific", rule)
                for one in tied
            )
            thread = Thread(each.id, each.doc, each.start, each.end, each.quote, each.actors, each.when, each.specific,
                            verdict, as_of, rule, links, chance.randrange(40))  # fmt: skip
            linked = np.array([(one.statement, 0, 0.5) for one in tied], filing.PAIR)
            yield following.Tied(each.pk, each.ordinal, thread, linked, linked)
        later.appendleft(each)


def fill(record: Record) -> int:
    """Keeps made threads as the following of everything; how many."""
    n, lot, bars = 0, [], []
    with record._store.writing() as connection:
        dated(connection)
        as_of = following.latest(connection) or str(date.today())
        filing.reset(connection)
        following.begin(connection, following.NOW, as_of)
        with record._store.reading() as seen:
            for each in made(seen, as_of):
                lot.append(each)
                bars.append((each.assertion, 0.5))
                n += 1
                if len(lot) == LOT:
                    following.put(connection, following.NOW, lot)
                    lot.clear()
        following.put(connection, following.NOW, lot)
        filing.keep_bars(connection, following.NOW, filing.top(connection), np.sort(np.array(bars, BAR), order="assertion"))
        filing.settled(connection, filing.waiting(connection))
    return n


def main() -> None:
    """Fills the record that is named."""
    given = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    given.add_argument("--record", type=Path, required=True)
    with communique.open(given.parse_args().record) as record:
        if not any(entry.source.startswith("made:") for entry in record.versions("s1")):
            raise SystemExit("this record is no made one; nothing is written into it")
        print(f"{fill(record):,} threads")


if __name__ == "__main__":
    main()
