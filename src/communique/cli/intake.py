"""Reading and adding at the command line: documents in, results as they come, a progress line on a terminal, faults listed."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from communique import shapes
from communique.cli.options import note, screen, write
from communique.records import Added, Kept, Problem, Reading, item_id
from communique.render import csv, json, terminal
from communique.render.columns import ASSERTION

if TYPE_CHECKING:
    from communique.service import Record, Step

_LISTED = 20  # problems named at the end of a run; the rest stay in the record


def show(paths: Sequence[str], form: str | None, *, reader: str | None, workers: int) -> int:
    """Reads and writes what is found; 1 when something could not be read or did not hold."""
    from communique.engines import once
    from communique.settings import ReadSettings

    problems: list[Problem] = []
    read = _kept_apart(once.readings(*paths, reader=reader or ReadSettings().reader, workers=workers), problems)
    if form == "csv":
        write(csv.table(list(ASSERTION), (shapes.kept(each) for reading in read for each in _items(reading) if "act" in shapes.kept(each))))
    elif form:
        write(_flushed((json.array if form == "json" else json.lines)(shapes.reading(reading) for reading in read)))
    else:
        at = screen()
        write(_flushed(line + "\n" for reading in read for line in entry(at, reading)))
    return _list(problems, "")


def _kept_apart(read: Iterable[Reading | Problem], problems: list[Problem]) -> Iterator[Reading]:
    for each in read:
        if isinstance(each, Problem):
            problems.append(each)
        else:
            problems += each.problems
            yield each


def _flushed(parts: Iterable[str]) -> Iterator[str]:
    """Each part, sent on its way before the next is made: the first result shows while the second is being read."""
    for part in parts:
        yield part
        sys.stdout.flush()


def _items(reading: Reading) -> Iterator[Kept]:
    said = reading.statement
    for item in sorted(reading.items, key=lambda each: (each.start, -each.end)):
        yield Kept(item_id(said, item), item, said.id, said.date, said.publisher, said.title, reading.reader)


def entry(at: terminal.Terminal, reading: Reading) -> Iterator[str]:
    """A reading for a person: what is known about the statement, then its items in the order of the text."""
    yield from terminal.statement(at, reading.statement, len(reading.items), reading.reader)
    yield ""
    for each in _items(reading):
        yield from terminal.kept(at, each)


def add(record: Record, paths: Sequence[str], *, reader: str | None, workers: int) -> int:
    """Adds to the record, with progress on a terminal, and says what was done; 1 when there were problems."""
    with _Progress() as progress:
        added = record.add(*paths, reader=reader, workers=workers, progress=progress.step)
    note(summary(added, record.target))
    return _list(added.problems, "; `communique ls --problems` lists those the record keeps")


def summary(added: Added, target: str) -> str:
    """What an addition did, in one sentence."""
    superseding, reread = len(added.superseding), len(added.reread)
    changes = {"new": len(added.new), "already there": added.unchanged, "in a new version": superseding, "read again": reread}
    told = ", ".join(f"{count:,} {what}" for what, count in changes.items() if count) or "none"
    return f"Statements: {told}; {added.items:,} item{'s' if added.items != 1 else ''} added to {target}."


def _list(problems: Sequence[Problem], where: str) -> int:
    """The faults of inputs, on standard error, and the exit status they make.

    What the reader proposed and the words did not bear out is no fault of an input: it is counted in a line and changes no status.
    """
    at = terminal.Terminal.of(sys.stderr)
    faults = [each for each in problems if each.stage != "check"]
    if len(problems) > len(faults):
        refused = len(problems) - len(faults)
        note(f"{refused:,} proposal{'s' if refused != 1 else ''} of the reader refused: the words did not bear them out.")
    if faults:
        note(f"{len(faults):,} problem{'s' if len(faults) != 1 else ''}:")
    for each in faults[:_LISTED]:
        for line in terminal.problem(at, each):
            note(line)
    if len(faults) > _LISTED:
        note(f"  and {len(faults) - _LISTED:,} more{where}.")
    return 1 if faults else 0


class _Progress:
    """A live line on a terminal; nothing elsewhere."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._task: Any = None
        self._items = 0

    def __enter__(self) -> _Progress:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

            told = TextColumn("{task.completed} read, {task.fields[items]} items")
            columns = (SpinnerColumn(), told, TimeElapsedColumn(), TextColumn("{task.description}"))
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task("", total=None, items=0)
        return self

    def __exit__(self, *fault: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def step(self, step: Step) -> None:
        """One document done."""
        self._items += step.items
        if self._bar is not None:
            self._bar.update(self._task, completed=step.done, items=f"{self._items:,}", description=terminal.safe(step.source)[-60:])
