"""The cost of following: ``python -m benchmarks.follow`` makes records of growing size and follows every promise in them.

The synthetic record is made of the words of real ones: clauses of the form of commitments, outcomes and positions drawn from a
vocabulary whose words are as rare as the shipped table says, by a fixed generator, for 200 actors of very unequal size over ten years;
one promise in ten is taken up later by its own words, changed.  Twenty assertions for each promise.  It is a record on disk, made by
plain inserts, and followed by what ``Record.threads`` calls.

followed    seconds on the clock from a record nobody followed to all threads kept in it; ``processor`` the seconds of all processes
memory      the most that this process and those that help it held together, in megabytes: the sum of their proportional set sizes
            (what several share is counted once), looked at twice a second, pages of files they look into among it
one more    milliseconds of processor time to follow again after one more statement of twenty assertions, kept: the median of twenty,
            and the slowest; ``on clock`` the median on the clock
"""

from __future__ import annotations

import argparse
import os
import resource
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from sqlalchemy import func, insert, select

from communique.records import Act, Assertion, Event, Kept, Reading, Statement, Topic, digest
from communique.service import follow
from communique.store import rows, writing
from communique.store.columns import ordinal
from communique.store.opening import Store, open_store
from communique.store.tables import assertions, documents, links, readings, statements, texts, threads
from communique.vocabulary.frequency import counts

SIZES = (1_000, 3_000, 10_000, 30_000, 100_000)
EACH = 20  # assertions for each promise
READER = "made 1"
VERBS = {
    Act.COMMITMENT: ("will provide", "will launch", "plans to host", "will continue to support", "agreed to establish", "intends to sign"),
    Act.OUTCOME: ("has provided", "launched", "hosted", "has supported", "established", "signed"),
    Act.POSITION: ("supports", "welcomes", "rejects", "believes in", "attaches weight to", "stands by"),
}
EVENTS = (Event.AID, Event.COOPERATE, Event.CONSULT, Event.SUPPORT, Event.COOPERATE, Event.AGREE)
FIRST = date(2015, 1, 1)


@dataclass
class Words:
    """Draws words as common as the table says."""

    dice: np.random.Generator
    words: list[str]
    chances: np.ndarray
    drawn: np.ndarray = field(default_factory=lambda: np.zeros(0, int))
    at: int = 0

    def some(self, many: int) -> list[str]:
        """A handful of words, some written as names."""
        if self.at + many > len(self.drawn):
            self.drawn, self.at = self.dice.choice(len(self.words), 500_000, p=self.chances), 0
        drawn = self.drawn[self.at : self.at + many].tolist()
        self.at += many
        return [self.words[number].title() if number % 4 == 0 else self.words[number] for number in drawn]


def record(promises: int, seed: int = 3) -> Iterator[Kept]:
    """A synthetic record with that many promises among ``EACH`` times as many assertions, in the order of their dates."""
    dice = np.random.default_rng(seed)
    known = [(word, count) for word, count in counts().items() if word.isalpha() and len(word) > 2]
    rare = [(f"{word}{ending}", 2) for word, _ in known[::2] for ending in ("ia", "stan", "port")]  # names nobody counted
    share = np.array([count for _, count in known + rare], float)
    words = Words(dice, [word for word, _ in known + rare], share / share.sum())
    total = promises * EACH
    actors = np.minimum(dice.zipf(1.3, total), 200)
    days = np.sort(dice.integers(0, 3650, total // EACH + 1))
    return _assertions(words, total, actors, days)


def _assertions(words: Words, total: int, actors: np.ndarray, days: np.ndarray) -> Iterator[Kept]:
    dice, made = words.dice, []
    for number in range(total):
        act = Act.COMMITMENT if number % EACH == 0 else Act.OUTCOME if number % 3 else Act.POSITION
        kind = int(dice.integers(0, 6))
        actor = f"A{actors[number // EACH * EACH]:03d}"
        said = words.some(int(dice.integers(6, 14)))
        if act is Act.OUTCOME and made and dice.random() < 0.005 * EACH:
            kind, actor, said = made[int(dice.integers(0, len(made)))]
        elif act is Act.COMMITMENT:
            made.append((kind, actor, said))
        quote = f"{VERBS[act][kind]} {' '.join(said)}"
        doc, day = f"d{number // EACH}", (FIRST + timedelta(days=int(days[number // EACH]))).isoformat()
        start = number % EACH * 120
        item = Assertion(start, start + len(quote), quote, act, EVENTS[kind], (actor,), topic=Topic.OTHER, specific=True)
        yield Kept(f"{number:x}", item, doc, day, actor, "", "made")


def told(kept: Iterator[Kept]) -> Iterator[Reading]:
    """Every twenty assertions as one statement that says nothing else."""
    while some := list(islice(kept, EACH)):
        text, items = "", []
        for each in some:
            item = each.item
            assert isinstance(item, Assertion)
            start = len(text)
            text += item.quote + ". "
            items.append(Assertion(start, start + len(item.quote), item.quote, item.act, item.event, item.actors, specific=True))
        first = some[0]
        said = Statement(first.doc, text, first.doc, date=first.date, publisher=first.publisher)
        yield Reading(said, assertions=tuple(items), reader=READER)


def laid_down(store: Store, made: Iterator[Reading]) -> None:
    """Puts statements into a record by plain inserts: only what following reads of them."""
    pk = 0
    while lot := list(islice(made, 1000)):
        into: dict[str, list[dict[str, object]]] = {name: [] for name in ("texts", "statements", "documents", "readings", "assertions")}
        for number, reading in enumerate(lot, pk + 1):
            said = reading.statement
            order = ordinal(said.date, said.id)
            into["texts"].append({"sha256": said.sha256, "length": len(said.text), "text": said.text})
            own = {"pk": number, "version": 1, "supersedes": None, "sha256": said.sha256, "ordinal": order, "added": ""}
            into["statements"].append(rows.statement_row(said) | own)
            into["documents"].append({"id": said.id, "current": number})
            read = {"pk": number, "statement": number, "reader": READER, "at": "", "items": EACH, "aside": 0, "replaced": None}
            into["readings"].append(read)
            for place, item in enumerate(reading.assertions):
                row = {"pk": number * EACH + place, "id": digest(said.id, place), "statement": number, "reading": number, "ordinal": order}
                into["assertions"].append(rows.item_row(item) | row | {"standing": "asserted", "aside": False, "as_read": None})
        pk += len(lot)
        with store.writing() as connection:
            for table in (texts, statements, documents, readings, assertions):
                connection.execute(insert(table), into[table.name])


def spent() -> float:
    """Seconds of processor time, this process and its children: what a busy machine does not falsify."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


class Held(threading.Thread):
    """The most memory that this process and its children held together while it ran, in megabytes."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most, self._ended = 0.0, threading.Event()

    def run(self) -> None:
        """Looks until it is told to end."""
        while not self._ended.wait(0.5):
            self.most = max(self.most, self._now())

    def _now(self) -> float:
        own = os.getpid()
        children = Path(f"/proc/{own}/task/{own}/children").read_text().split()
        return sum(_proportional(pid) for pid in (str(own), *children)) / 1024

    def end(self) -> float:
        """The most, with a last look."""
        self._ended.set()
        self.join()
        self.most = max(self.most, self._now())
        return self.most


def _proportional(pid: str) -> int:
    """The proportional set size of a process in kilobytes; nothing of one that is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def one_more(store: Store, size: int) -> tuple[float, float, float]:
    """Milliseconds to follow again after one more statement: the median of twenty, the slowest, and the median on the clock."""
    times, clock = [], []
    for number, each in enumerate(islice(told(record(20 + size % 7, seed=4)), 20)):
        said = each.statement
        day = (FIRST + timedelta(days=3650 + number)).isoformat()
        new = Statement(f"more{number}", said.text, f"more{number}", date=day, publisher=said.publisher)
        read = Reading(new, assertions=each.assertions, reader=READER)
        with store.writing() as connection:
            writing.keep(connection, read, writing.Arrival(new.id, "", own_id=True), "")
        begun, ticks = time.process_time(), time.perf_counter()
        follow.ensure(store, "2100")
        times.append(1000 * (time.process_time() - begun))
        clock.append(1000 * (time.perf_counter() - ticks))
    return float(np.median(times)), max(times), float(np.median(clock))


def row(size: int, folder: Path) -> str:
    """The figures of one size."""
    store = open_store(str(folder / "record.db"))
    laid_down(store, told(record(size)))
    return figures(store, size)


def figures(store: Store, size: int) -> str:
    """The figures of a record that nobody followed."""
    clock, processor, held = time.perf_counter(), spent(), Held()
    held.start()
    follow.ensure(store, "2100")
    clock, processor, most = time.perf_counter() - clock, spent() - processor, held.end()
    with store.reading() as connection:
        done, tied = (connection.execute(select(func.count()).select_from(table)).scalar_one() for table in (threads, links))
    middle, slowest, ticked = one_more(store, size)
    store.close()
    shown = f"{done:>11,}{size * EACH:>11,}{clock:>11.1f}{processor:>11.1f}{1000 * processor / done:>11.2f}{tied:>11,}"
    return f"{shown}{most:>11,.0f}{middle:>11.0f}{slowest:>11.0f}{ticked:>11.0f}{os.getloadavg()[0]:>11.1f}"


def main() -> None:
    """The table."""
    parser = argparse.ArgumentParser(prog="benchmarks.follow", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=list(SIZES), help="promises; assertions are twenty times as many")
    parser.add_argument("--folder", type=Path, help="where the records are made; a temporary place otherwise")
    options = parser.parse_args()
    heads = ("threads", "assertions", "followed s", "process. s", "ms each", "links", "MB", "one more", "slowest", "on clock")
    print("".join(f"{name:>11}" for name in (*heads, "load")), flush=True)
    for size in options.sizes:
        with TemporaryDirectory(dir=options.folder) as folder:
            print(row(size, Path(folder)), flush=True)


if __name__ == "__main__":
    main()
