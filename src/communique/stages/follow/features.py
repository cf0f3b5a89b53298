"""What a commitment and a later assertion share and lack, as numbers: one row a pair, the columns named in ``NAMES``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from communique.records import Event
from communique.stages.follow.cues import CUES, DEEDS
from communique.stages.follow.index import ACTS, EVENTS, Floats, Index, Ints, Places, Ragged
from communique.stages.follow.membership import inside

__all__ = ["NAMES", "compare"]

Truths = npt.NDArray[np.bool_]
_CUES = tuple(CUES)
_ACTS = tuple(act.value for act in ACTS)
NAMES = (
    "covered", "covers", "dice", "rarest", "names_cover", "names_extra", "pairs_shared", "initials", "head_mod", "first_verb",
    "object", "object_back", "objects", "subject", "object_rarest",
    "numbers_shared", "numbers_clash", "numbers_missing", "numbers_more", "ordinals_clash", "months_clash", "body_clash", "more_extra",
    "actors", "same_event", "same_topic", "cosine", "best_cosine", "doc_best_cosine", "around", "same_doc", "same_day",
    "gap", "due", "due_past",
    *(f"e_{act}" for act in _ACTS),
    *(f"e_{cue}" for cue in _CUES),
    *(f"c_{cue}" for cue in _CUES),
    *(f"both_{deed}" for deed in DEEDS),
    *(f"done_{deed}" for deed in DEEDS),
    "verb_shared", "verb_same", "verb_done", "deed_done", "once", "once_done", "once_told", "exists", "done", "met", "unmet", "helped",
    *(f"v_{deed}" for deed in DEEDS),
    *(f"w_{deed}" for deed in DEEDS),
)  # fmt: skip
_AT = {name: place for place, name in enumerate(NAMES)}


def compare(index: Index, promises: Places, places: Places) -> Floats:
    """The columns of ``NAMES`` for pairs: a promise and a later assertion, row by row of the index."""
    both = _Pairs(index, promises, places, *np.unique(promises, return_inverse=True))
    out = np.zeros((len(places), len(NAMES)), np.float32)
    if not len(places):
        return out
    _words(both, out)
    _objects(both, out)
    _heads(both, out)
    _marks(both, out)
    _meaning(both, out)
    _time(both, out)
    _manner(both, out)
    _verbs(both, out)
    return out


@dataclass(frozen=True)
class _Pairs:
    """Pairs of rows of an index; ``mine`` the promise, ``theirs`` the later assertion."""

    index: Index
    mine: Places
    theirs: Places
    owners: Places  # the promises, each once
    group: Places  # for each pair the place of its promise among them

    def shared(self, wanted: Ragged, rows: Ragged) -> tuple[npt.NDArray[Any], Places, Truths]:
        """The values of ``rows`` of the later side, the pair each belongs to, and whether the promise has it in ``wanted``."""
        values, owner = rows.take(self.theirs)
        asked, asker = wanted.take(self.owners)
        return values, owner, inside(_keyed(self.group[owner], values), _keyed(asker, asked))

    def hits(self, wanted: Ragged, rows: Ragged) -> Floats:
        """How many values of ``wanted`` each later side holds in ``rows``."""
        _, owner, found = self.shared(wanted, rows)
        return np.bincount(owner, found, len(self.mine)).astype(np.float32)

    def has(self, value: Ints, rows: Ragged) -> Truths:
        """Whether each later side holds one value, given for each pair."""
        values, owner = rows.take(self.theirs)
        return np.bincount(owner, values == value[owner], len(self.mine)) > 0

    def worth(self, wanted: Ragged, rows: Ragged) -> tuple[Floats, Floats]:
        """The summed and the greatest weight of the values of ``rows`` that the promise has in ``wanted``."""
        values, owner, found = self.shared(wanted, rows)
        gained = np.where(found, self.index.weight[values], 0.0)
        most = np.zeros(len(self.mine), np.float32)
        np.maximum.at(most, owner, gained)
        return np.bincount(owner, gained, len(self.mine)).astype(np.float32), most

    def mass(self, rows: Ragged, side: Places) -> Floats:
        """The summed weight of a row of each pair's side."""
        values, owner = rows.take(side)
        return np.bincount(owner, self.index.weight[values], len(side)).astype(np.float32)

    def count(self, rows: Ragged, side: Places) -> Places:
        """How many values a row of each pair's side has."""
        return rows.ends[side + 1].astype(np.int64) - rows.ends[side]


def _keyed(owner: Places, values: npt.NDArray[Any]) -> Places:
    """Values that are equal only within one pair."""
    return np.asarray((owner << 32) | values.astype(np.int64), np.int64)


def _share(part: Floats, whole: Floats) -> Floats:
    """A share; a half where there is nothing to share in."""
    return np.where(whole > 0, part / np.maximum(whole, 1e-6), 0.5).astype(np.float32)


def _words(both: _Pairs, out: Floats) -> None:
    """Stems, names, neighbouring pairs and initials in common, each weighed by its rarity."""
    index, mine, theirs = both.index, both.mine, both.theirs
    shared, rarest = both.worth(index.stems, index.stems)
    covered, covers = shared / np.maximum(index.mass[mine], 1.0), shared / np.maximum(index.mass[theirs], 1.0)
    out[:, _AT["covered"]] = covered
    out[:, _AT["covers"]] = covers
    out[:, _AT["dice"]] = 2 * covered * covers / np.maximum(covered + covers, 1e-6)
    out[:, _AT["rarest"]] = rarest
    out[:, _AT["names_cover"]] = _share(both.worth(index.names, index.stems)[0], both.mass(index.names, mine))
    apart = both.mass(index.names, theirs) - both.worth(index.stems, index.names)[0]
    out[:, _AT["names_extra"]] = np.log1p(np.maximum(apart, 0.0))
    out[:, _AT["pairs_shared"]] = both.hits(index.pairs, index.pairs)
    out[:, _AT["initials"]] = both.hits(index.initials, index.names) + both.hits(index.names, index.initials)
    out[:, _AT["first_verb"]] = both.hits(index.openings, index.stems)


def _objects(both: _Pairs, out: Floats) -> None:
    """How much of what the deed is about, the words right after its verb, stands on the other side; and of who does it."""
    index = both.index
    whole = both.mass(index.objects, both.mine)
    out[:, _AT["object"]] = _share(both.worth(index.objects, index.stems)[0], whole)
    held, most = both.worth(index.objects, index.objects)
    out[:, _AT["objects"]] = _share(held, whole)
    out[:, _AT["object_rarest"]] = most
    out[:, _AT["subject"]] = _share(both.worth(index.subjects, index.stems)[0], both.mass(index.subjects, both.mine))
    out[:, _AT["object_back"]] = _share(both.worth(index.stems, index.objects)[0], both.mass(index.objects, both.theirs))


def _heads(both: _Pairs, out: Floats) -> None:
    """How far the same head noun is the same thing: "climate working group" against "space working group".

    -1 where no head noun of the commitment stands in the assertion, else the share of its modifiers found there; 0 without one.
    A clash is a head noun written as a name on both sides with modifiers on both and none in common.
    """
    index, mine, theirs = both.index, both.mine, both.theirs
    heads, owner = index.heads.take(mine)
    if not len(heads):
        return
    keys = _keyed(owner, heads)
    modifiers, of_pair = index.modified.take(mine)
    asked = _keyed(of_pair, index.modifies.take(mine)[0])
    answers, answerer = index.modified.take(theirs)
    found = inside(_keyed(of_pair, modifiers), _keyed(answerer, answers))
    order = np.argsort(keys, kind="stable")
    at = order[np.searchsorted(keys, asked, sorter=order)] if len(asked) else np.zeros(0, np.int64)
    many, got = np.bincount(at, minlength=len(keys)), np.bincount(at, found, len(keys))
    there, there_of = index.heads.take(theirs)
    here = inside(keys, _keyed(there_of, there))
    share = got / np.maximum(many, 1)
    best = np.where(both.count(index.heads, mine) > 0, -1.0, 0.0).astype(np.float32)
    np.maximum.at(best, owner[here], share[here].astype(np.float32))
    named = (
        here & (many > 0) & inside(keys, _keyed(*index.names.take(mine)[::-1])) & inside(keys, _keyed(*index.names.take(theirs)[::-1]))
    )
    modified = named & inside(keys, _keyed(answerer, index.modifies.take(theirs)[0]))
    clash = np.bincount(owner, modified & (share == 0), len(mine)) > 0
    alike = np.bincount(owner, here & (many > 0) & (share > 0), len(mine)) > 0
    out[:, _AT["head_mod"]] = best
    out[:, _AT["body_clash"]] = clash & ~alike


def _marks(both: _Pairs, out: Floats) -> None:
    """Numbers, ordinals and months: shared, clashing, missing or surpassed."""
    index, mine, theirs = both.index, both.mine, both.theirs
    hit = both.hits(index.amounts, index.amounts)
    own, count = both.count(index.numbers, mine) > 0, both.count(index.numbers, theirs)
    out[:, _AT["numbers_shared"]] = np.minimum(hit, 2)
    out[:, _AT["numbers_clash"]] = own & (count > 0) & (hit == 0)
    out[:, _AT["numbers_missing"]] = own & (count == 0)
    values, owner = index.numbers.take(theirs)
    asked, asker = index.numbers.take(mine)
    top = np.zeros(len(mine))
    np.maximum.at(top, asker, asked)
    more = np.zeros(len(mine), np.float32)
    np.maximum.at(more, owner, (own[owner] & (values >= top[owner]) & (values <= 20 * top[owner])).astype(np.float32))
    out[:, _AT["numbers_more"]] = more
    for name, rows in (("ordinals_clash", index.ordinals), ("months_clash", index.months)):
        stated = (both.count(rows, mine) > 0) & (both.count(rows, theirs) > 0)
        out[:, _AT[name]] = stated & (both.hits(rows, rows) == 0)
    bit = 1 << _CUES.index("more")
    out[:, _AT["more_extra"]] = ((index.cues[theirs] & bit) > 0) & ((index.cues[mine] & bit) == 0)


def _meaning(both: _Pairs, out: Floats) -> None:
    """Closeness of the sentence vectors, alone and against the closest of the promise and of the same document."""
    index, mine, theirs = both.index, both.mine, both.theirs
    if index.vectors is None:
        return
    cosine = np.einsum("ij,ij->i", index.vectors[mine], index.vectors[theirs]).astype(np.float32)
    out[:, _AT["cosine"]] = cosine
    out[:, _AT["best_cosine"]] = cosine - _best(cosine, mine)
    out[:, _AT["doc_best_cosine"]] = cosine - _best(cosine, _keyed(mine, index.doc[theirs]))
    out[:, _AT["around"]] = _around(both)


def _best(values: Floats, group: Places) -> Floats:
    """The greatest value of each row's group."""
    _, where = np.unique(group, return_inverse=True)
    top = np.full(int(where.max()) + 1, -1.0, np.float32)
    np.maximum.at(top, where, values)
    return top[where]


def _around(both: _Pairs) -> Floats:
    """Closeness of the likest neighbour in the same document: a list names its subject once and then says "the group will"."""
    index, mine, theirs = both.index, both.mine, both.theirs
    best = np.zeros(len(mine), np.float32)
    vectors = index.vectors
    assert vectors is not None
    for offset in (-2, -1, 1):
        near = np.clip(theirs + offset, 0, len(index.doc) - 1)
        there = (index.doc[near] == index.doc[theirs]) & (near != mine) & (near != theirs)
        best = np.maximum(best, np.where(there, np.einsum("ij,ij->i", vectors[near], vectors[mine]), 0.0))
    return best.astype(np.float32)


def _time(both: _Pairs, out: Floats) -> None:
    index, mine, theirs = both.index, both.mine, both.theirs
    out[:, _AT["same_doc"]] = index.doc[theirs] == index.doc[mine]
    out[:, _AT["same_day"]] = index.day[theirs] == index.day[mine]
    out[:, _AT["gap"]] = np.log1p(np.maximum(index.day[theirs] - index.day[mine], 0))
    out[:, _AT["due"]] = index.due[mine] > 0
    out[:, _AT["due_past"]] = (index.due[mine] > 0) & (index.day[theirs] >= index.opens[mine])


def _manner(both: _Pairs, out: Floats) -> None:
    """Who and how: actors, event, topic, act, and the cues on both sides."""
    index, mine, theirs = both.index, both.mine, both.theirs
    out[:, _AT["actors"]] = np.minimum(both.hits(index.actors, index.parties), 1)
    out[:, _AT["same_event"]] = index.event[theirs] == index.event[mine]
    out[:, _AT["same_topic"]] = index.topic[theirs] == index.topic[mine]
    first = _AT[f"e_{_ACTS[0]}"]
    out[:, first : first + len(_ACTS)] = index.act[theirs][:, None] == np.arange(len(_ACTS))
    bits = np.arange(len(_CUES))
    first = _AT[f"e_{_CUES[0]}"]
    out[:, first : first + len(_CUES)] = (index.cues[theirs][:, None] >> bits) & 1
    first = _AT[f"c_{_CUES[0]}"]
    out[:, first : first + len(_CUES)] = (index.cues[mine][:, None] >> bits) & 1
    told = out[:, _AT["e_position"]] * np.maximum(out[:, _AT["e_complete"]], out[:, _AT["e_perfect"]])
    done = (out[:, _AT["e_outcome"]] + told) > 0
    out[:, _AT["done"]] = done
    for deed in DEEDS:
        same = out[:, _AT[f"e_{deed}"]] * out[:, _AT[f"c_{deed}"]]
        out[:, _AT[f"both_{deed}"]] = same
        out[:, _AT[f"done_{deed}"]] = same * done


def _verbs(both: _Pairs, out: Floats) -> None:
    """The main verbs on both sides, and whether the promised deed happens once (launch, host, sign) or goes on (support)."""
    index, mine, theirs = both.index, both.mine, both.theirs
    done = out[:, _AT["done"]] > 0
    deed = index.deed[mine]
    shared = both.has(index.verb[mine], index.stems)
    same = index.deed[theirs] == deed
    once = (deed >= 0) & (deed <= 2)
    out[:, _AT["verb_shared"]] = shared
    out[:, _AT["verb_same"]] = index.verb[theirs] == index.verb[mine]
    out[:, _AT["verb_done"]] = shared & done
    out[:, _AT["deed_done"]] = same & done & (deed >= 0)
    out[:, _AT["once"]] = once
    out[:, _AT["once_done"]] = once & same & done
    out[:, _AT["once_told"]] = once & shared & done
    out[:, _AT["exists"]] = (deed == 0) & done & (out[:, _AT["head_mod"]] > 0.5)
    promised = np.isin(index.event[mine], HELP) & (out[:, _AT["c_helping"]] > 0)
    given = done & (index.event[theirs] == EVENTS[Event.AID]) & (out[:, _AT["actors"]] > 0)
    out[:, _AT["helped"]] = promised & given & (both.hits(index.targets, index.targets) > 0)
    counted = both.count(index.numbers, mine) > 0
    met = (out[:, _AT["numbers_shared"]] > 0) | (out[:, _AT["numbers_more"]] > 0)
    out[:, _AT["met"]] = done & counted & met
    out[:, _AT["unmet"]] = done & counted & ~met
    first = _AT[f"v_{DEEDS[0]}"]
    out[:, first : first + len(DEEDS)] = deed[:, None] == np.arange(len(DEEDS))
    first = _AT[f"w_{DEEDS[0]}"]
    out[:, first : first + len(DEEDS)] = index.deed[theirs][:, None] == np.arange(len(DEEDS))


HELP = (EVENTS[Event.AID], EVENTS[Event.SUPPORT], EVENTS[Event.COOPERATE])
