"""The cost of following: ``python -m benchmarks.follow`` makes records of growing size and follows every promise in them.

The synthetic record is made of the words of real ones: clauses of the form of commitments, outcomes and positions drawn from a
vocabulary whose words are as rare as the shipped table says, by a fixed generator, for 200 actors of very unequal size over ten years;
one promise in ten is taken up later by its own words, changed.  Twenty assertions for each promise.

seconds     of processor time to make and lay out the record, and to follow every promise; divide the second by the cores used
memory      the most this took, in megabytes
one more    milliseconds to follow again what one new statement of twenty assertions can touch
"""

from __future__ import annotations

import argparse
import os
import pickle
import resource
from array import array
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, overload

import numpy as np

from communique.records import Act, Assertion, Event, Kept, Topic
from communique.stages.follow import TOGETHER, Follower
from communique.vocabulary.frequency import counts

SIZES = (1_000, 3_000, 10_000, 30_000, 100_000)
EACH = 20  # assertions for each promise
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


def _spent() -> float:
    """Seconds of processor time, this process and its children: what a busy machine does not falsify."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


class Shelf(Sequence[Kept]):
    """Assertions on disk, one by one, as a store has them: written once as they pass, read back by number."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file: BinaryIO = path.open("w+b")
        self.starts = array("Q")

    def passing(self, kept: Iterable[Kept]) -> Iterator[Kept]:
        """The same assertions, each written as it passes."""
        for each in kept:
            self.starts.append(self.file.tell())
            pickle.dump(each, self.file)
            yield each
        self.file.flush()

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, place: int) -> Kept: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Kept]: ...
    def __getitem__(self, place: int | slice) -> Kept | Sequence[Kept]:
        assert isinstance(place, int)
        found: Kept = pickle.loads(os.pread(self.file.fileno(), 4096, self.starts[place]))
        return found


_FOLLOWER: Follower | None = None


def _some(span: tuple[int, int]) -> tuple[int, int, tuple[int, int], np.ndarray]:
    assert _FOLLOWER is not None
    rows = [place for place in range(*span) if place % EACH == 0]
    done = links = 0
    for start in range(0, len(rows), TOGETHER):
        for thread in _FOLLOWER.some(rows[start : start + TOGETHER]):
            done, links = done + 1, links + len(thread.links)
    return done, links, span, _FOLLOWER.least[slice(*span)]


def everything(shelf: Shelf, kept: Iterable[Kept], workers: int) -> tuple[float, float, int, int]:
    """Seconds to lay out the index, and to follow every promise; how many there were, and how many links were found."""
    global _FOLLOWER
    begun = _spent()
    _FOLLOWER = Follower(shelf.passing(kept), "2100", shelf=shelf)
    laid = _spent() - begun
    spans = [(start, min(start + 2000, len(shelf))) for start in range(0, len(shelf), 2000)]
    if workers == 1:
        found = list(map(_some, spans))
    else:
        with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
            found = list(pool.map(_some, spans))
    for _, _, span, least in found:
        _FOLLOWER.least[slice(*span)] = least
    return laid, _spent() - begun - laid, sum(one for one, *_ in found), sum(links for _, links, *_ in found)


def one_more(shelf: Shelf) -> float:
    """Milliseconds to follow again the promises that a new statement of ``EACH`` assertions touches; the median of twenty."""
    assert _FOLLOWER is not None
    times = []
    for start in range(len(shelf) - EACH * 20, len(shelf), EACH):
        begun = _spent()
        _FOLLOWER.links(*_FOLLOWER.touched(range(start, start + EACH)))
        times.append(1000 * (_spent() - begun))
    return float(np.median(times))


def main() -> None:
    """The table."""
    parser = argparse.ArgumentParser(prog="benchmarks.follow", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=list(SIZES), help="promises; assertions are twenty times as many")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    heads = ("promises", "assertions", "laid out, s", "followed, s", "ms each", "links", "MB", "one more, ms")
    print("".join(f"{name:>13}" for name in heads), flush=True)
    for size in options.sizes:
        with TemporaryDirectory() as folder:
            shelf = Shelf(Path(folder) / "shelf")
            laid, seconds, done, links = everything(shelf, record(size), options.workers)
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            each = 1000 * seconds / done
            figures = f"{done:>13,}{len(shelf):>13,}{laid:>13.1f}{seconds:>13.1f}{each:>13.2f}{links:>13,}{memory:>13,.0f}"
            print(f"{figures}{one_more(shelf):>13.1f}", flush=True)


if __name__ == "__main__":
    main()
