"""What pairs of a promise and a later row are to each other: features, the models' proposals, and the rules of evidence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from communique.records import Act, Label, Link
from communique.stages.follow.anchors import begun, concerned, doer_held, doer_same, supposed, taken_back
from communique.stages.follow.features import NAMES, compare
from communique.stages.follow.index import Floats, Index, Places, assertion
from communique.stages.follow.loose import is_loose
from communique.stages.follow.revised import revisions
from communique.stages.follow.rules import Evidence, grade, ruled
from communique.stages.follow.weights import Weights

__all__ = ["Placed", "linked"]

HELPED = 0.85  # how likely help to the very body that was promised support is a link
OBJECT = 0.3  # least share of what the deed is about, weighed by rarity, that a report of it must name
WHOLE = 0.8  # and that one in the promise's own words names
_AT = {name: place for place, name in enumerate(NAMES)}


@dataclass(frozen=True, slots=True)
class Placed:
    """A link with the row of the index it points to."""

    place: int
    link: Link

    @property
    def label(self) -> Label:
        return self.link.label

    @property
    def confidence(self) -> float:
        return self.link.confidence


def linked(index: Index, known: Weights, mine: Places, theirs: Places) -> dict[int, list[Placed]]:
    """The links among pairs of a promise and a later row, by promise."""
    full = index.vectors is not None
    rows = compare(index, mine, theirs)
    likely = np.where(rows[:, _AT["helped"]] > 0, HELPED, 0.0)
    sure, chances = known.link[full].at_least(rows, known.floor[full])
    likely[sure] = np.maximum(likely[sure], chances)
    chosen = np.flatnonzero(likely >= known.floor[full])
    model = known.label[full]
    found: dict[int, list[Placed]] = {}
    for at, chances in zip(chosen.tolist(), model.probabilities(rows[chosen]), strict=True):
        chance = dict(zip(model.classes, (float(value) for value in chances), strict=True))
        link = _link(index, int(mine[at]), int(theirs[at]), rows[at], float(likely[at]), chance)
        if link is not None:
            found.setdefault(int(mine[at]), []).append(Placed(int(theirs[at]), link))
    return found


def _link(index: Index, mine: int, theirs: int, row: Floats, likely: float, chance: dict[str, float]) -> Link | None:
    """The link a likely pair makes under the rules of evidence."""
    promise, later = index.kept[mine], index.kept[theirs]
    label, rule = ruled(_evidence(index, mine, theirs, row, chance))
    if label is Label.UNRELATED:
        return None
    item = assertion(later)
    if label is Label.REPEATS and (changed := revisions(assertion(promise), item)):
        rule = f"{rule}, {' and '.join(changed)} changed"
    sure = likely * (chance["fulfils"] if label is Label.FULFILS else 1.0)
    return Link(
        doc=later.doc, start=item.start, end=item.end, quote=item.quote, label=label, confidence=round(sure, 4),
        item="" if is_loose(later) else later.id, grade=grade(promise, later), rule=rule,
    )  # fmt: skip


def _evidence(index: Index, place: int, later: int, row: Floats, chance: dict[str, float]) -> Evidence:
    promise, said = assertion(index.kept[place]), assertion(index.kept[later])
    act_held = bool(row[_AT["verb_shared"]] or row[_AT["deed_done"]] or row[_AT["exists"]])
    return Evidence(
        probabilities=chance,
        promised=int(index.cues[place]),
        said=int(index.cues[later]),
        act=said.act,
        numbers=len(index.numbers.row(place)) > 0,
        met=bool(row[_AT["numbers_shared"]] or row[_AT["numbers_more"]]),
        early=bool(index.opens[place] and index.day[later] < index.opens[place]),
        act_held=act_held,
        object_held=bool(row[_AT["object"]] >= OBJECT),
        doer_held=doer_held(promise.quote, said.quote),
        begun=begun(promise.quote, said.quote),
        own_words=bool(act_held and row[_AT["once"]] and row[_AT["object"]] >= WHOLE and not row[_AT["same_day"]]),
        helped=bool(row[_AT["helped"]]),
        told=not is_loose(index.kept[later]) or said.act is not Act.POSITION,
        other=bool(row[_AT["ordinals_clash"]] or row[_AT["body_clash"]]),
        verbatim=promise.quote.casefold() == said.quote.casefold(),
        concerned=concerned(index.kept[place], index.kept[later]),
        doer_same=doer_same(index.kept[place], index.kept[later]),
        taken_back=taken_back(promise, said),
        supposed=supposed(said.quote),
        general=not promise.specific,
    )
