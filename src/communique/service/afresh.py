"""Following everything: each statement read once and laid out, then every promise followed, on as many cores as there are.

Nothing large is held: rows, columns, and what was found of each promise are on disk until they are kept, and kept they are in one
transaction, so that a record has the whole of a following or none of it.
"""

from __future__ import annotations

import os
import pickle
from array import array
from collections.abc import Iterator, Sequence

import numpy as np
from sqlalchemy import Connection

from communique.service.crew import Crew, Job
from communique.service.laid_out import Following, Laying, direct_of
from communique.service.lots import Lot, lot_of
from communique.service.spooled import Spool
from communique.stages.follow.candidates import FAMILIAR, LEAST, MOST
from communique.stages.follow.follower import is_again, threaded, with_restated
from communique.store import filing, following, keying
from communique.store.bars import BAR
from communique.store.filing import PAIR, ROW, Filed
from communique.store.keying import ENTRY

__all__ = ["Afresh", "least_of"]

MANY = 1_500  # statements from which other processes help
LOT = 200  # statements read at a time
SPAN = 320  # promises followed at a time
PUT = 2_000  # rows put into the record at a time


class Afresh:
    """A record read, laid out and followed as far as a following looks: what is filed of it, and its threads."""

    def __init__(self, connection: Connection, key: str, as_of: str, target: str | None = None) -> None:
        """``target``: where other processes find the record; without one none help."""
        self.as_of = as_of
        self.turns = filing.waiting(connection)
        self._pks, self._ordinals, self._days, self._ends = array("q"), array("q"), array("q"), array("q", [0])
        self._assertions = array("q")
        self._wholes: dict[str, str] = {}
        self._laid, self._found = Spool(), Spool()
        laying = Laying()
        pks = following.everything(connection, key)
        with Crew(workers_for(len(pks)) if target else 0, target or "", laying.files()) as crew:
            for lot in crew.each(_lots(connection, pks)):
                laying.add(lot)
                self._note(lot)
            ends = np.array(self._ends, np.int64)
            self._shown = laying.done(np.repeat(np.array(self._ordinals, np.int64), ends[1:] - ends[:-1]))
            self._laying = laying  # its files stay open
            self._following = Following(self._shown)
            self.promises = self._following.promises
            for pieces in crew.each(self._spans()):
                self._found.add(pieces)

    def _note(self, lot: Lot) -> None:
        self._pks.extend(lot.pks)
        self._ordinals.extend(lot.ordinals)
        self._days.extend(lot.days)
        self._assertions.extend(lot.assertions)
        self._wholes |= lot.wholes
        for size in lot.sizes:
            self._ends.append(self._ends[-1] + size)
        self._laid.add([pickle.dumps(lot.laid, pickle.HIGHEST_PROTOCOL)])

    def _spans(self) -> Iterator[Job[list[bytes]]]:
        for first in range(0, len(self.promises), SPAN):
            end = min(first + SPAN, len(self.promises))
            yield Job("span", (self._shown, first, end), lambda first=first, end=end: self._following.span(first, end))  # type: ignore[misc]

    # -------------------------------------------------------------------------------------------- what is kept

    def file(self, connection: Connection) -> None:
        """Files every statement, each promise laid out, and the keys of every promise."""
        made = self._filed()
        while some := [each for each, _ in zip(made, range(PUT), strict=False)]:
            filing.file(connection, some)
        for lot in self._laid:
            filing.lay(connection, pickle.loads(lot))
        keying.fill(connection, *self._keyed(), FAMILIAR)

    def _filed(self) -> Iterator[tuple[int, int, Filed]]:
        """Key, day and rows of every statement."""
        index, assertions = self._following.index, np.array(self._assertions, np.int64)
        ends = index.keys.ends
        for place, pk in enumerate(self._pks):
            first, end = self._ends[place], self._ends[place + 1]
            rows = np.zeros(end - first, ROW)
            rows["start"], rows["end"] = index.start[first:end], index.end[first:end]
            rows["mass"], rows["promise"] = index.mass[first:end], index.promise[first:end]
            rows["assertion"], rows["keys"] = assertions[first:end], np.diff(ends[first : end + 1].astype(np.int64))
            yield pk, self._days[place], Filed(rows, index.keys.flat[ends[first] : ends[end]])

    def _keyed(self) -> tuple[np.ndarray, np.ndarray]:
        """Every key of every promise with the promise, in order."""
        index, rows = self._following.index, self.promises
        keys, owner = index.keys.take(rows)
        worth, _ = index.worths.take(rows)
        ends = np.array(self._ends, np.int64)
        statement = np.searchsorted(ends, rows, "right") - 1
        entries = np.zeros(len(keys), ENTRY)
        entries["ordinal"], entries["place"] = np.array(self._ordinals, np.int64)[statement][owner], (rows - ends[statement])[owner]
        entries["assertion"], entries["worth"] = np.array(self._assertions, np.int64)[rows][owner], worth
        order = np.lexsort((entries["assertion"], entries["place"], entries["ordinal"], keys))
        return keys[order], entries[order]

    def threads(self) -> Iterator[following.Tied]:
        """The thread of every promise, in the order of the record."""
        ends, pks, index = np.array(self._ends, np.int64), np.array(self._pks, np.int64), self._following.index
        number = {row: place for place, row in enumerate(self.promises.tolist())}
        for piece in self._found:
            own = direct_of(piece)
            again = [(each.confidence, number[each.place]) for each in own.links if is_again(each.link) and each.place in number]
            links = with_restated(own.links, [(sure, direct_of(self._found[other]).links) for sure, other in again])
            rows = np.array([own.row, *own.compared.tolist(), *(each.place for each in links)], np.int64)
            owner = np.searchsorted(ends, rows, "right") - 1
            at = np.zeros(len(rows), PAIR)
            at["statement"], at["place"] = pks[owner], rows - ends[owner]
            compared, linked = at[1 : 1 + len(own.compared)], at[1 + len(own.compared) :]
            compared["share"] = own.shares
            read = len(set(owner[1 : 1 + len(own.compared)].tolist()) - {int(owner[0])})
            promise = index.kept[own.row]
            thread = threaded(promise, self.as_of, read, [each.link for each in links], self._wholes.get(promise.id, ""))
            yield following.Tied(self._assertions[own.row], self._ordinals[int(owner[0])], thread, compared, linked)

    def keep(self, connection: Connection, key: str, at: str) -> None:
        """Keeps the threads as the following of a key; those of statements that changed meanwhile are left to be followed again."""
        following.begin(connection, key, at)
        changed = {pk for pk, turn in filing.waiting(connection).items() if turn != self.turns.get(pk)}
        gone = {assertion for pk, each in filing.filing_of(connection, changed).items() for assertion in each.rows["assertion"].tolist()}
        bars = np.zeros(len(self.promises), BAR)
        lot: list[following.Tied] = []
        many = 0
        for each in self.threads():
            if each.assertion in gone:
                continue
            bars[many] = (each.assertion, least_of(each.compared["share"]))
            many += 1
            lot.append(each)
            if len(lot) == PUT:
                following.put(connection, key, lot)
                lot.clear()
        following.put(connection, key, lot)
        bars = bars[:many]
        filing.keep_bars(connection, key, filing.top(connection), bars[np.argsort(bars["assertion"], kind="stable")])


def _lots(connection: Connection, pks: Sequence[int]) -> Iterator[Job[Lot]]:
    for start in range(0, len(pks), LOT):
        some = pks[start : start + LOT]
        yield Job("lot", (some,), lambda some=some: lot_of(connection, some))  # type: ignore[misc]


def least_of(shares: np.ndarray) -> float:
    """The least share at which a promise takes one more candidate."""
    return float(shares.min()) if len(shares) >= MOST else LEAST


def workers_for(statements: int) -> int:
    """How many processes help: one a core for a large record."""
    return len(os.sched_getaffinity(0)) if statements >= MANY else 0
