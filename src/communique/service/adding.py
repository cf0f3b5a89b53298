"""One run of ``add``: documents in, each statement kept in a transaction of its own, and the tale of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from communique import readers
from communique.engines import Engine, work
from communique.formats import documents
from communique.readers import Reader
from communique.records import Added, Given, Problem, Reading
from communique.settings import ReadSettings
from communique.store import writing
from communique.store.opening import Store
from communique.store.writing import Change, Ungrounded

Progress = Callable[["Step"], None]
SOME, LETTERS = 64, 500_000  # documents, or letters, looked up together


@dataclass(frozen=True, slots=True)
class Step:
    """One document handled while adding: which, and what became of it ("new", "unchanged", ..., "problem")."""

    source: str
    change: str
    done: int
    items: int = 0


class Adding:
    """One run of ``add``: documents in, each kept in its own transaction, and the tale of it."""

    def __init__(self, store: Store, reader: str | Reader, settings: ReadSettings, progress: Progress | None) -> None:
        self.store, self.reader, self.settings, self.progress = store, reader, settings, progress
        loaded = readers.load(reader) if isinstance(reader, str) else reader
        self.stamp = f"{loaded.name} {loaded.version}"
        self.ids: dict[Change, list[str]] = {change: [] for change in Change}
        self.unchanged = self.done = self.items = 0
        self.problems: list[Problem] = []
        self.faults: dict[str, list[Problem]] = {}  # met and not yet kept, by source
        self.reading: set[str] = set()  # sources of documents that are being read

    def run(self, engine: Engine, paths: Iterable[str | os.PathLike[str] | Given]) -> Added:
        """Everything at the paths; what is finished is kept, however this ends."""
        began, whole = moment(), [path if isinstance(path, Given) else _whole(path) for path in paths]
        found = [[path] if isinstance(path, Given) else documents(path) for path in whole]
        waiting = self._unseen(each for some in found for each in some)
        try:
            with closing(engine.run(partial(work.reading, self.reader, self.settings), waiting)) as answers:  # type: ignore[type-var]
                for given, answer in answers:
                    self._keep(given, answer)
        finally:
            self._keep_faults(list(self.faults))
        with self.store.writing() as connection:
            writing.settle(connection, [path for path in whole if isinstance(path, str)], began, moment())
        return Added(
            new=tuple(self.ids[Change.NEW]),
            unchanged=self.unchanged,
            superseding=tuple(self.ids[Change.SUPERSEDING]),
            reread=tuple(self.ids[Change.REREAD]),
            items=self.items,
            problems=tuple(self.problems),
        )

    # -------------------------------------------------------------------------------------------- documents in

    def _unseen(self, found: Iterable[Given | Problem]) -> Iterator[Given]:
        """Documents that still need reading, looked up some at a time."""
        some: list[Given] = []
        size = 0
        for each in found:
            if isinstance(each, Problem):
                self._met(each)
                continue
            some.append(each)
            size += len(each.text)
            if len(some) >= SOME or size >= LETTERS:
                yield from self._new(some)
                some, size = [], 0
        yield from self._new(some)

    def _new(self, some: list[Given]) -> Iterator[Given]:
        arrivals = [writing.arrival(given).given for given in some]
        with self.store.reading() as connection:
            seen = writing.seen(connection, arrivals, self.stamp)
        for given, arrival in zip(some, arrivals, strict=True):
            if arrival in seen:
                self.faults.pop(given.source, None)  # kept when it was first read
                self.unchanged += 1
                self._tell(given.source, Change.UNCHANGED.value)
            else:
                self.reading.add(given.source)
                yield given

    def _met(self, problem: Problem) -> None:
        """Notes a fault; one about a document that is still being read is kept with it."""
        self.faults.setdefault(problem.about, []).append(problem)
        if len(self.faults) > SOME * 8:
            self._keep_faults([about for about in self.faults if about not in self.reading and about != problem.about])

    # -------------------------------------------------------------------------------------------- readings out

    def _keep(self, given: Given, answer: Reading | Problem) -> None:
        self.reading.discard(given.source)
        if isinstance(answer, Problem):
            self._refuse(given, answer)
            return
        faults = self.faults.pop(given.source, [])
        try:
            with self.store.writing() as connection:
                change, id = writing.keep(connection, answer, writing.arrival(given), now(), faults)
        except Ungrounded as refusal:
            self._refuse(given, refusal.problem)
            return
        if change is Change.UNCHANGED:
            self.unchanged += 1
        else:
            self.ids[change].append(id)
            self.items += len(answer.items)
            self.problems += [*faults, *answer.problems]
        self._tell(given.source, change.value, len(answer.items))

    def _refuse(self, given: Given, problem: Problem) -> None:
        """Keeps why a document was left out."""
        self.faults.setdefault(given.source, []).append(problem)
        self._keep_faults([given.source])

    def _keep_faults(self, sources: Iterable[str]) -> None:
        met = [problem for source in sources for problem in self.faults.pop(source)]
        if not met:
            return
        with self.store.writing() as connection:
            writing.keep_problems(connection, met, moment())
        self.problems += met
        for problem in met:
            self._tell(problem.about, "problem")

    def _tell(self, source: str, change: str, items: int = 0) -> None:
        self.done += 1
        if self.progress is not None:
            self.progress(Step(source, change, self.done, items))


def _whole(path: str | os.PathLike[str]) -> str:
    """The full path, so that a file is known again from any folder."""
    name = os.fspath(path)
    return name if name in ("-", "") or "://" in name else str(Path(name).absolute())


def now() -> str:
    """The time, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def moment() -> str:
    """The time, UTC, fine enough to tell what one run met from what the run before did."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
