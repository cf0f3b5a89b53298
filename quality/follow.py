"""How well promises are followed: ``python -m quality.follow`` scores the shipped follower and three baselines on marked chains.

A chain is a set of statements read end to end by careful readers: promises, the later passages that fulfil, advance, repeat or retract
them, and near misses.  A predicted promise or link is a marked one when their characters overlap by 0.3 of their union.

found            marked promises that are followed at all
link recall      marked links predicted with any real label
link precision   of judged predictions (marked links and near misses); ``unjudged`` links are counted apart
labels           share of the links found that carry the marked label
verdicts         share of found promises with the marked verdict; ``macro F1`` over the verdicts that occur
false done       promises not fulfilled whose verdict is ``fulfilled``, of those found and not fulfilled

"left out" is refitted for each chain on the other chains (needs the extra ``train``): what to expect of chains never seen.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log
from typing import Any

from communique import readers
from communique.records import Act, Kept, Label, Link, Thread, Verdict
from communique.stages.follow import Follower, promises
from communique.stages.follow.index import assertion
from communique.stages.follow.verdict import concluded
from communique.stages.follow.weights import from_json
from communique.stages.follow.words import words
from training import follow as fitting
from training.chains import CHAINS, Material, chains, materials

Json = dict[str, Any]
Follow = Callable[[Material], Iterable[Thread]]
REAL = ("fulfils", "advances", "repeats", "retracts")
FLOORS = {"found": 85.0, "link recall": 40.0, "link precision": 87.0, "labels": 73.0, "false done": 2.0}  # the last from above
WIDTH = 14


@dataclass
class Tally:
    """Counts over chains."""

    promises: int = 0
    found: int = 0
    wanted: int = 0
    hits: int = 0
    near: int = 0
    unjudged: int = 0
    labelled: int = 0
    not_done: int = 0
    false_done: int = 0
    pairs: Counter[tuple[str, str]] = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        self.pairs = Counter()

    def table(self) -> dict[str, float]:
        """The scores in percent, and the counts of wrong links and wrong "done"."""
        right = sum(count for (marked, told), count in self.pairs.items() if marked == told)
        return {
            "found": share(self.found, self.promises),
            "link recall": share(self.hits, self.wanted),
            "link precision": share(self.hits, self.hits + self.near),
            "false links": self.near,
            "unjudged links": self.unjudged,
            "labels": share(self.labelled, self.hits),
            "verdicts": share(right, sum(self.pairs.values())),
            "macro F1": self.macro(),
            "false done": share(self.false_done, self.not_done),
            "false done, n": self.false_done,
        }

    def macro(self) -> float:
        """The mean F1 of the verdicts that the marks hold."""
        scores = []
        for verdict in Verdict:
            marked = sum(count for (one, _), count in self.pairs.items() if one == verdict)
            told = sum(count for (_, one), count in self.pairs.items() if one == verdict)
            if marked:
                scores.append(200 * self.pairs[(verdict.value, verdict.value)] / (marked + told))
        return sum(scores) / len(scores) if scores else 0.0


def share(part: int, whole: int) -> float:
    """In percent; 0 of nothing."""
    return 100 * part / whole if whole else 0.0


def add(tally: Tally, chain: Json, threads: Iterable[Thread]) -> None:
    """Counts one chain."""
    made = [place(thread) | {"thread": thread} for thread in threads]
    for marked in chain["threads"]:
        real = [link for link in marked["links"] if link["label"] in REAL]
        misses = [link for link in marked["links"] if link["label"] not in REAL]
        tally.promises += 1
        tally.wanted += len(real)
        found = nearest(marked, made)
        if found is None:
            continue
        thread: Thread = found["thread"]
        tally.found += 1
        tally.pairs[(marked["verdict"], thread.verdict.value)] += 1
        if marked["verdict"] != "fulfilled":
            tally.not_done += 1
            tally.false_done += thread.verdict is Verdict.FULFILLED
        _links(tally, thread, real, misses, set(chain["documents"]))


def _links(tally: Tally, thread: Thread, real: Sequence[Json], misses: Sequence[Json], docs: set[str]) -> None:
    taken: list[Json] = []
    for link in thread.links:
        if link.doc not in docs or link.label not in REAL:
            continue
        hit = nearest(place(link), real)
        if hit is None:
            missed = nearest(place(link), misses) is not None
            tally.near += missed
            tally.unjudged += not missed
        elif not any(hit is one for one in taken):
            taken.append(hit)
            tally.hits += 1
            tally.labelled += hit["label"] == link.label


def place(record: Thread | Link) -> Json:
    """Where a record stands."""
    return {"doc": record.doc, "start": record.start, "end": record.end}


def nearest(item: Json, others: Sequence[Json]) -> Json | None:
    """The one that overlaps it most, by 0.3 of their union at least."""
    best = max(others, key=lambda other: fitting.overlap(item, other), default=None)
    return best if best is not None and fitting.overlap(item, best) >= 0.3 else None


# ------------------------------------------------------------------------------------------------ who follows


def shipped(material: Material) -> Iterator[Thread]:
    """The follower as it is shipped: words alone."""
    return Follower(material.kept, "2100").threads()


def left_out(found: Sequence[Material], own: fitting.Own = fitting.NOTHING) -> Follow:
    """For each chain a follower fitted on the others, and on pairs of our own."""
    base, followers = fitting.followers(Material(each.chain, each.kept, None) for each in found)
    pairs = [fitting.pairs(chain, follower) for chain, follower in followers]

    def follow(material: Material) -> Iterator[Thread]:
        others = [each for each in pairs if each.chain != material.chain["chain"]]
        known = from_json(fitting.shown(base, others, own, ("words",)))
        return Follower(material.kept, "2100", known=known).threads()

    return follow


def by_likeness(likeness: Callable[[Material], Callable[[int, int], float]], least: float) -> Follow:
    """A baseline: each promise is tied to its likest later item in every document, and what that item does decides."""

    def follow(material: Material) -> Iterator[Thread]:
        alike = likeness(material)
        index = Follower(material.kept, "2100").index
        order = {each.id: number for number, each in enumerate(material.kept)}
        rows = [order[each.id] for each in index.kept]
        for mine, promise in enumerate(index.kept):
            if not promises(promise):
                continue
            best: dict[int, tuple[float, int]] = {}
            for later in range(mine + 1, len(index.kept)):
                score = alike(rows[mine], rows[later])
                doc = int(index.doc[later])
                if score >= least and score > best.get(doc, (0.0, 0))[0]:
                    best[doc] = (score, later)
            yield _thread(promise, [index.kept[later] for _, later in sorted(best.values(), key=lambda one: one[1])])

    return follow


def _thread(promise: Kept, later: Sequence[Kept]) -> Thread:
    """What a baseline makes of likeness alone: an outcome fulfils, a promise repeats, anything else advances."""
    labels = {Act.OUTCOME: Label.FULFILS, Act.COMMITMENT: Label.REPEATS}
    links = tuple(
        Link(one.doc, one.item.start, one.item.end, one.item.quote, labels.get(assertion(one).act, Label.ADVANCES), 1.0, one.id)
        for one in later
    )
    item = assertion(promise)
    verdict, rule = concluded(links)
    return Thread(
        promise.id, promise.doc, item.start, item.end, item.quote, item.actors, item.when, item.specific, verdict, "2100", rule, links
    )


def cosine(material: Material) -> Callable[[int, int], float]:
    """Closeness of the reader's sentence vectors."""
    vectors = material.vectors
    assert vectors is not None
    whole = vectors @ vectors.T
    return lambda one, other: float(whole[one, other])


def bm25(material: Material) -> Callable[[int, int], float]:
    """Okapi BM25 of the later item for the promise, as a share of what the promise scores for itself."""
    terms = [Counter(words(each.item.quote).stems) for each in material.kept]
    seen = Counter(stem for each in terms for stem in each)
    mean = sum(map(len, terms)) / len(terms)
    worth = {stem: log(1 + (len(terms) - count + 0.5) / (count + 0.5)) for stem, count in seen.items()}

    def score(one: int, other: int) -> float:
        there, size = terms[other], 0.25 + 0.75 * len(terms[other]) / mean
        return sum(worth[stem] * there[stem] * 2.2 / (there[stem] + 1.2 * size) for stem in terms[one] if stem in there)

    whole = [score(number, number) or 1.0 for number in range(len(terms))]
    return lambda one, other: score(one, other) / whole[one]


def same_deed(material: Material) -> Callable[[int, int], float]:
    """Same actor, same event, same topic."""
    items = [assertion(each) for each in material.kept]

    def alike(one: int, other: int) -> float:
        first, second = items[one], items[other]
        return float(bool(set(first.actors) & set(second.actors)) and first.event == second.event and first.topic == second.topic)

    return alike


def report(reader: str = "model", *, fit: bool = True) -> int:
    """Print the table; 1 when the shipped follower is below a floor."""
    known = readers.load(reader)
    found = list(materials(chains(), known))
    ways: dict[str, Follow] = {"shipped": shipped}
    if fit:
        ways["left out"] = left_out(found, fitting.written(known))
    if all(each.vectors is not None for each in found):
        ways["cosine"] = by_likeness(cosine, 0.6)
    ways |= {"BM25": by_likeness(bm25, 0.35), "same deed": by_likeness(same_deed, 0.5)}
    columns = {}
    for name, way in ways.items():
        tally = Tally()
        for material in found:
            add(tally, material.chain, way(material))
        columns[name] = tally.table()
    print(f"{'':<18}" + "".join(f"{name:>{WIDTH}}" for name in columns))
    for row in next(iter(columns.values())):
        print(f"{row:<18}" + "".join(f"{column[row]:>{WIDTH}.1f}" for column in columns.values()))
    fallen = [
        f"following: {name} is {columns['shipped'][name]:.1f}, its floor is {floor:.1f}"
        for name, floor in FLOORS.items()
        if (columns["shipped"][name] > floor if name == "false done" else columns["shipped"][name] < floor)
    ]
    print(*fallen, sep="\n")
    return 1 if fallen else 0


def main() -> int:
    """Score, where the marked chains are."""
    parser = argparse.ArgumentParser(prog="quality.follow", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reader", default="model", help="the reader of the documents")
    parser.add_argument("--no-fit", action="store_true", help="leave the column out that is fitted chain by chain")
    options = parser.parse_args()
    if not CHAINS.is_dir():
        print(f"no marked chains at {CHAINS}")
        return 0
    return report(options.reader, fit=not options.no_fit)


if __name__ == "__main__":
    sys.exit(main())
