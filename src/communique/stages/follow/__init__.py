"""What became of each commitment: the later words about it, and a verdict at a date.

    commitments, assertions ── index ── candidates ── features ── weights ── rules ──> links ── verdict ──> Thread

Pure: the same records and the same date give the same threads for ever.  Similarity finds candidates and orders them; the rules of
evidence decide what a link may be (``rules``), and the links alone make the verdict (``verdict``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from communique.records import Assertion, Judgement, Kept, Label, Link, Thread
from communique.stages.follow.candidates import LEAST, MOST, Postings, keys
from communique.stages.follow.features import NAMES, compare
from communique.stages.follow.index import Floats, Index, Places, assertion, day_of
from communique.stages.follow.judged import standing
from communique.stages.follow.loose import is_loose, loose
from communique.stages.follow.promised import promises
from communique.stages.follow.revised import revisions
from communique.stages.follow.rules import Evidence, grade, ruled
from communique.stages.follow.verdict import concluded
from communique.stages.follow.weights import Weights, weights

__all__ = ["Follower", "follow", "keys", "loose", "promises"]

Vectors = Callable[[Sequence[str]], Floats]
NEAREST = 40  # later assertions taken for their meaning, beside those that share keys
SHARING = 24
HELPED = 0.85  # how likely help to the very body that was promised support is a link
OBJECT = 0.3  # least share of what the deed is about, weighed by rarity, that a report of it must name
_AT = {name: place for place, name in enumerate(NAMES)}


def follow(
    commitments: Iterable[Kept],
    assertions: Iterable[Kept],
    as_of: str,
    *,
    vectors: Vectors | Floats | None = None,
    judgements: Sequence[Judgement] = (),
) -> tuple[Thread, ...]:
    """A thread for each commitment made by ``as_of``, in the order of date, document and place.

    ``vectors``: a callable from texts to unit vectors, or one row for each of ``assertions`` in the order given.
    """
    found = Follower(assertions, as_of, vectors)
    wanted = {each.id for each in commitments}
    return tuple(standing(thread, judgements) for thread in found.threads(wanted))


class Follower:
    """The assertions known by a date, laid out so that each commitment among them can be followed."""

    def __init__(
        self,
        assertions: Iterable[Kept],
        as_of: str,
        vectors: Vectors | Floats | None = None,
        known: Weights | None = None,
        shelf: Sequence[Kept] | None = None,
    ) -> None:
        """``shelf``: the same assertions by number, already dated and in order, where they are too many to hold."""
        self.known = known or weights()
        self.as_of = as_of
        rows: Floats | None = None
        if shelf is None:
            assertions, rows = self._ordered(list(assertions), as_of, vectors)
        found = Postings()
        self.index = Index(found.passing(assertions), shelf)
        self.index.vectors = rows
        self.postings = found
        found.close()
        self._least = np.full(len(self.index), LEAST, np.float32)
        self._after = np.arange(len(self.index), dtype=np.int64)

    def _ordered(self, given: list[Kept], as_of: str, vectors: Vectors | Floats | None) -> tuple[list[Kept], Floats | None]:
        """What was said by the date, in order, with its vectors."""
        last = day_of(as_of, last=True)
        chosen = [place for place, each in enumerate(given) if isinstance(each.item, Assertion) and 0 < day_of(each.date) <= last]
        chosen.sort(key=lambda place: _order(given[place]))
        kept = [given[place] for place in chosen]
        if vectors is None or not kept:
            return kept, None
        return kept, self.known.reduced(vectors([each.item.quote for each in kept]) if callable(vectors) else vectors[chosen])

    def threads(self, wanted: set[str] | None = None) -> Iterator[Thread]:
        """The threads of the commitments of those ids, or of all."""
        for place, each in enumerate(self.index.kept):
            if promises(each) and (wanted is None or each.id in wanted):
                yield self.thread(place)

    def starts(self, place: int) -> bool:
        """Whether the item in that row of the index starts a thread."""
        return promises(self.index.kept[place])

    def thread(self, place: int) -> Thread:
        """The thread of the commitment in that row of the index."""
        promise = self.index.kept[place]
        item = assertion(promise)
        places = self.candidates(place)
        links = tuple(self.links(place, places)) if len(places) else ()
        verdict, rule = concluded(links)
        read = len({int(doc) for doc in self.index.doc[places]} - {int(self.index.doc[place])})
        return Thread(
            id=promise.id, doc=promise.doc, start=item.start, end=item.end, quote=item.quote, actors=item.actors, when=item.when,
            specific=item.specific, verdict=verdict, as_of=self.as_of, rule=rule, links=links, read=read,
        )  # fmt: skip

    def candidates(self, place: int) -> Places:
        """The later rows a commitment is compared with."""
        index = self.index
        most = MOST if index.vectors is None else SHARING
        sharing, self._least[place] = self.postings.later(index, place, keys(index.kept[place]), most)
        if index.vectors is None:
            return sharing
        later = self._after[place + 1 :]
        later = later[(index.doc[later] != index.doc[place]) | (index.start[later] >= index.end[place])]
        close = index.vectors[later] @ index.vectors[place]
        nearest = later[np.argsort(-close, kind="stable")[:NEAREST]]
        return np.union1d(sharing, nearest)

    def touched(self, places: Iterable[int]) -> dict[int, Places]:
        """For new rows: the promises that have them among what they are compared with, each with those rows.

        A pair is judged by itself, so ``links`` of these pairs, added to the links a promise has, are all there is to follow again.
        """
        found: dict[int, list[int]] = {}
        for place in places:
            for row in self.postings.earlier(self.index, place, keys(self.index.kept[place]), self._least).tolist():
                if self.starts(row):
                    found.setdefault(row, []).append(place)
        return {row: np.array(found[row], np.int64) for row in sorted(found)}

    def compare(self, place: int, places: Places) -> Floats:
        """The features of a commitment and later assertions, ``features.NAMES`` by column."""
        return compare(self.index, place, places)

    def links(self, place: int, places: Places) -> Iterator[Link]:
        """The links that a promise has among later rows."""
        known, index = self.known, self.index
        full = index.vectors is not None
        rows = self.compare(place, places)
        likely = known.link[full].probabilities(rows)[:, 0]
        likely = np.where(rows[:, _AT["helped"]] > 0, np.maximum(likely, HELPED), likely)
        chosen = np.flatnonzero(likely >= known.floor[full])
        if not len(chosen):
            return
        model = known.label[full]
        labels = model.probabilities(rows[chosen])
        for row, chances in zip(chosen, labels, strict=True):
            later = index.kept[int(places[row])]
            item = assertion(later)
            chance = dict(zip(model.classes, (float(value) for value in chances), strict=True))
            label, rule = ruled(self._evidence(place, int(places[row]), rows[row], chance))
            if label is Label.UNRELATED:
                continue
            if label is Label.REPEATS and (changed := revisions(assertion(index.kept[place]), item)):
                rule = f"{rule}, {' and '.join(changed)} changed"
            sure = float(likely[row]) * (chance["fulfils"] if label is Label.FULFILS else 1.0)
            yield Link(
                doc=later.doc, start=item.start, end=item.end, quote=item.quote, label=label, confidence=round(sure, 4),
                item="" if is_loose(later) else later.id, grade=grade(index.kept[place], later), rule=rule,
            )  # fmt: skip

    def _evidence(self, place: int, later: int, row: Floats, chance: dict[str, float]) -> Evidence:
        index = self.index
        return Evidence(
            probabilities=chance,
            promised=int(index.cues[place]),
            said=int(index.cues[later]),
            act=assertion(index.kept[later]).act,
            numbers=len(index.numbers.row(place)) > 0,
            met=bool(row[_AT["numbers_shared"]] or row[_AT["numbers_more"]]),
            early=bool(index.opens[place] and index.day[later] < index.opens[place]),
            act_held=bool(row[_AT["verb_shared"]] or row[_AT["deed_done"]] or row[_AT["exists"]]),
            object_held=bool(row[_AT["object"]] >= OBJECT),
            helped=bool(row[_AT["helped"]]),
            other=bool(row[_AT["ordinals_clash"]] or row[_AT["body_clash"]]),
        )


def _order(kept: Kept) -> tuple[str, str, int, int, str]:
    item = kept.item
    return (kept.date or "", kept.doc, item.start, -item.end, kept.id)
