"""Following everything: each statement read once and laid out, then every promise followed, on as many cores as there are."""

from __future__ import annotations

import os
import threading
from array import array
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

import numpy as np
from sqlalchemy import Connection

from communique.records import Kept
from communique.service.refollow import filed_of, keyed_of, least_of, told, wholes
from communique.service.shelf import Shelf
from communique.stages.follow import TOGETHER, Follower
from communique.stages.follow.follower import Followed
from communique.store import filing, following
from communique.store.filing import BAR, PAIR

MANY = 30_000  # rows from which other processes help
SPAN = 20 * TOGETHER  # promises that a process follows at a time
LOT = 2_000  # statements filed at a time


class Afresh:
    """A record read and laid out as far as a following looks: what is filed of it, and its threads."""

    def __init__(self, connection: Connection, key: str, as_of: str) -> None:
        self.turns = filing.waiting(connection)
        self._pks, self._ordinals, self._days, self._ends = array("q"), array("q"), array("q"), array("q", [0])
        self._assertions = array("q")
        self._wholes: dict[str, str] = {}
        shelf = Shelf()
        workers = workers_for(20 * following.how_many(connection, key))
        self._follower = Follower(shelf.passing(self._rows(connection, key)), as_of, shelf=shelf, workers=workers)

    def _rows(self, connection: Connection, key: str) -> Iterator[Kept]:
        for read in following.everything(connection, key):
            rows = told(read)
            self._wholes |= wholes(read)
            self._pks.append(read.pk)
            self._ordinals.append(read.ordinal)
            self._days.append(read.day)
            self._assertions.extend([assertion for _, assertion in rows])
            self._ends.append(len(self._assertions))
            yield from (each for each, _ in rows)

    def filed(self) -> Iterator[tuple[int, int, filing.Filed]]:
        """Key, day and rows of every statement."""
        for place, pk in enumerate(self._pks):
            first, end = self._ends[place], self._ends[place + 1]
            yield pk, self._days[place], filed_of(self._follower.index, first, end, self._assertions[first:end])

    def file(self, connection: Connection) -> None:
        """Files every statement and the keys of every promise."""
        lot: list[tuple[int, int, filing.Filed]] = []
        keyed: list[tuple[int, int, int, int, int]] = []
        for place, each in enumerate(self.filed()):
            lot.append(each)
            keyed += keyed_of(self._follower.index, self._ends[place], self._ordinals[place], each[2])
            if len(lot) == LOT:
                filing.file(connection, lot)
                lot.clear()
        filing.file(connection, lot)
        keyed.sort()
        filing.key_all(connection, keyed)

    def threads(self) -> Iterator[following.Tied]:
        """The thread of every promise, in the order of the record."""
        ends = np.array(self._ends, np.int64)
        pks = np.array(self._pks, np.int64)
        for found in followed(self._follower):
            rows = np.array([found.row, *found.compared.tolist(), *found.places], np.int64)
            owner = np.searchsorted(ends, rows, "right") - 1
            at = np.zeros(len(rows), PAIR)
            at["statement"], at["place"] = pks[owner], rows - ends[owner]
            compared, linked = at[1 : 1 + len(found.compared)], at[1 + len(found.compared) :]
            compared["share"] = found.shares
            thread = replace(found.thread, umbrella=self._wholes.get(found.thread.id, ""))
            yield following.Tied(self._assertions[found.row], self._ordinals[owner[0]], thread, compared, linked)

    def keep(self, connection: Connection, key: str, found: Iterable[following.Tied], at: str) -> None:
        """Keeps the threads as the following of a key."""
        following.begin(connection, key, at)
        bars = np.zeros(int(self._follower.index.promise.sum()), BAR)
        lot: list[following.Tied] = []
        for place, each in enumerate(found):
            bars[place] = (each.assertion, least_of(each.compared["share"].tolist()))
            lot.append(each)
            if len(lot) == LOT:
                following.put(connection, key, lot)
                lot.clear()
        following.put(connection, key, lot)
        filing.keep_bars(connection, key, filing.top(connection), bars[np.argsort(bars["assertion"], kind="stable")])


def workers_for(rows: int) -> int:
    """How many processes help: one a core for a large record, none where threads run that a copy of this process would lack."""
    return len(os.sched_getaffinity(0)) if rows >= MANY and threading.active_count() == 1 else 1


_FOLLOWER: Follower | None = None  # what the processes that are copies of this one follow


def followed(follower: Follower) -> Iterator[Followed]:
    """Every promise followed, in order."""
    global _FOLLOWER
    rows = np.flatnonzero(follower.index.promise).tolist()
    spans = [rows[start : start + SPAN] for start in range(0, len(rows), SPAN)]
    workers = workers_for(len(follower.index))
    if workers == 1:
        for span in spans:
            yield from _some(follower, span)
        return
    _FOLLOWER = follower
    with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
        for some in pool.map(_span, spans):
            yield from some
    _FOLLOWER = None


def _some(follower: Follower, rows: list[int]) -> list[Followed]:
    return [each for start in range(0, len(rows), TOGETHER) for each in follower.followed(rows[start : start + TOGETHER])]


def _span(rows: list[int]) -> list[Followed]:
    assert _FOLLOWER is not None
    return _some(_FOLLOWER, rows)
