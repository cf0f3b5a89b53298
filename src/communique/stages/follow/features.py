"""What a commitment and a later assertion share and lack, as numbers: one row a pair, the columns named in ``NAMES``."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from communique.records import Event
from communique.stages.follow.cues import CUES, DEEDS
from communique.stages.follow.index import ACTS, EVENTS, Floats, Index, Places, Ragged

__all__ = ["NAMES", "compare"]

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


def compare(index: Index, commitment: int, places: Places) -> Floats:
    """The columns of ``NAMES`` for one commitment and many later assertions."""
    out = np.zeros((len(places), len(NAMES)), np.float32)
    _words(index, commitment, places, out)
    _marks(index, commitment, places, out)
    _meaning(index, commitment, places, out)
    _time(index, commitment, places, out)
    _manner(index, commitment, places, out)
    return out


def _words(index: Index, commitment: int, places: Places, out: Floats) -> None:
    """Stems, names, neighbouring pairs, initials and head nouns in common, each weighed by its rarity."""
    mine, names = index.stems.row(commitment), index.names.row(commitment)
    mass = max(float(index.mass[commitment]), 1.0)
    shared, rarest = _worth(index.stems, places, mine, index.weight)
    covered, covers = shared / mass, shared / np.maximum(index.mass[places], 1.0)
    out[:, _AT["covered"]] = covered
    out[:, _AT["covers"]] = covers
    out[:, _AT["dice"]] = 2 * covered * covers / np.maximum(covered + covers, 1e-6)
    out[:, _AT["rarest"]] = rarest
    held, _ = _worth(index.stems, places, names, index.weight)
    own = float(index.weight[names].sum())
    out[:, _AT["names_cover"]] = held / own if own else 0.5
    theirs, _ = _worth(index.names, places, None, index.weight)
    both, _ = _worth(index.names, places, mine, index.weight)
    out[:, _AT["names_extra"]] = np.log1p(np.maximum(theirs - both, 0.0))
    out[:, _AT["pairs_shared"]] = _hits(index.pairs, places, index.pairs.row(commitment))
    out[:, _AT["initials"]] = _hits(index.names, places, index.initials.row(commitment)) + _hits(index.initials, places, names)
    out[:, _AT["first_verb"]] = _hits(index.stems, places, mine[:2])
    _heads(index, commitment, places, out)
    _objects(index, commitment, places, out)


def _objects(index: Index, commitment: int, places: Places, out: Floats) -> None:
    """How much of what the deed is about, the words right after its verb, stands on the other side; and of who does it."""
    mine, subject = index.objects.row(commitment), index.subjects.row(commitment)
    weight = index.weight
    for name, rows, wanted in (("object", index.stems, mine), ("objects", index.objects, mine), ("subject", index.stems, subject)):
        own = float(weight[wanted].sum())
        held, most = _worth(rows, places, wanted, weight)
        out[:, _AT[name]] = held / own if own else 0.5
        if name == "objects":
            out[:, _AT["object_rarest"]] = most
    theirs, _ = _worth(index.objects, places, None, weight)
    both, _ = _worth(index.objects, places, index.stems.row(commitment), weight)
    out[:, _AT["object_back"]] = np.where(theirs > 0, both / np.maximum(theirs, 1e-6), 0.5)


def _heads(index: Index, commitment: int, places: Places, out: Floats) -> None:
    """How far the same head noun is the same thing: "climate working group" against "space working group".

    -1 where no head noun of the commitment stands in the assertion, else the share of its modifiers found there; 0 without one.
    A clash is a head noun written as a name on both sides with modifiers on both and none in common.
    """
    mine, names = index.heads.row(commitment), index.names.row(commitment)
    if not len(mine):
        return
    best = np.full(len(places), -1.0, np.float32)
    clash, alike = np.zeros(len(places), np.bool_), np.zeros(len(places), np.bool_)
    modified = index.modified.row(commitment)
    own = index.modifies.row(commitment)
    theirs_of, owner = index.modifies.take(places)
    for head in dict.fromkeys(mine.tolist()):
        pairs = modified[own == head]
        here = _hits(index.heads, places, np.array([head])) > 0
        share = _hits(index.modified, places, pairs) / max(len(pairs), 1)
        best = np.where(here, np.maximum(best, share), best).astype(np.float32)
        if head in names and len(pairs):
            theirs = np.bincount(owner, theirs_of == head, len(places)) > 0
            named = here & theirs & (_hits(index.names, places, np.array([head])) > 0)
            clash |= named & (share == 0)
            alike |= here & (share > 0)
    out[:, _AT["head_mod"]] = best
    out[:, _AT["body_clash"]] = clash & ~alike


def _marks(index: Index, commitment: int, places: Places, out: Floats) -> None:
    """Numbers, ordinals and months: shared, clashing, missing or surpassed."""
    mine = index.numbers.row(commitment)
    hit = _hits(index.numbers, places, mine)
    values, owner = index.numbers.take(places)
    count = np.bincount(owner, minlength=len(places))
    if len(mine):
        out[:, _AT["numbers_clash"]] = (count > 0) & (hit == 0)
        out[:, _AT["numbers_missing"]] = count == 0
        more = np.zeros(len(places), np.float32)
        np.maximum.at(more, owner, ((values >= mine.max()) & (values <= 20 * mine.max())).astype(np.float32))
        out[:, _AT["numbers_more"]] = more
    out[:, _AT["numbers_shared"]] = np.minimum(hit, 2)
    for name, rows in (("ordinals_clash", index.ordinals), ("months_clash", index.months)):
        own = rows.row(commitment)
        if len(own):
            there = np.bincount(rows.take(places)[1], minlength=len(places))
            out[:, _AT[name]] = (there > 0) & (_hits(rows, places, own) == 0)
    more_bit = 1 << _CUES.index("more")
    out[:, _AT["more_extra"]] = ((index.cues[places] & more_bit) > 0) & (not index.cues[commitment] & more_bit)


def _meaning(index: Index, commitment: int, places: Places, out: Floats) -> None:
    """Closeness of the sentence vectors, alone and against the closest of all and of the same document."""
    if index.vectors is None or not len(places):
        return
    cosine = index.vectors[places].astype(np.float32) @ index.vectors[commitment].astype(np.float32)
    docs, where = np.unique(index.doc[places], return_inverse=True)
    top = np.full(len(docs), -1.0, np.float32)
    np.maximum.at(top, where, cosine)
    out[:, _AT["cosine"]] = cosine
    out[:, _AT["best_cosine"]] = cosine - cosine.max()
    out[:, _AT["doc_best_cosine"]] = cosine - top[where]
    out[:, _AT["around"]] = _around(index, commitment, places)


def _around(index: Index, commitment: int, places: Places) -> Floats:
    """Closeness of the likest neighbour in the same document: a list names its subject once and then says "the group will"."""
    best = np.zeros(len(places), np.float32)
    vectors = index.vectors
    assert vectors is not None
    for offset in (-2, -1, 1):
        near = np.clip(places + offset, 0, len(index.doc) - 1)
        there = (index.doc[near] == index.doc[places]) & (near != commitment) & (near != places)
        best = np.maximum(best, np.where(there, vectors[near] @ vectors[commitment], 0.0))
    return best.astype(np.float32)


def _time(index: Index, commitment: int, places: Places, out: Floats) -> None:
    out[:, _AT["same_doc"]] = index.doc[places] == index.doc[commitment]
    out[:, _AT["same_day"]] = index.day[places] == index.day[commitment]
    out[:, _AT["gap"]] = np.log1p(np.maximum(index.day[places] - index.day[commitment], 0))
    out[:, _AT["due"]] = index.due[commitment] > 0
    out[:, _AT["due_past"]] = (index.due[commitment] > 0) & (index.day[places] >= index.opens[commitment])


def _manner(index: Index, commitment: int, places: Places, out: Floats) -> None:
    """Who and how: actors, event, topic, act, and the cues on both sides."""
    mine = index.actors.row(commitment)
    out[:, _AT["actors"]] = np.minimum(_hits(index.parties, places, mine), 1)
    out[:, _AT["same_event"]] = index.event[places] == index.event[commitment]
    out[:, _AT["same_topic"]] = index.topic[places] == index.topic[commitment]
    for place, name in enumerate(_ACTS):
        out[:, _AT[f"e_{name}"]] = index.act[places] == place
    theirs, own = index.cues[places], int(index.cues[commitment])
    for place, name in enumerate(_CUES):
        out[:, _AT[f"e_{name}"]] = (theirs >> place) & 1
        out[:, _AT[f"c_{name}"]] = (own >> place) & 1
    told = out[:, _AT["e_position"]] * np.maximum(out[:, _AT["e_complete"]], out[:, _AT["e_perfect"]])
    done = (out[:, _AT["e_outcome"]] + told) > 0
    out[:, _AT["done"]] = done
    for deed in DEEDS:
        both = out[:, _AT[f"e_{deed}"]] * out[:, _AT[f"c_{deed}"]]
        out[:, _AT[f"both_{deed}"]] = both
        out[:, _AT[f"done_{deed}"]] = both * done
    _verbs(index, commitment, places, out, done)


def _verbs(index: Index, commitment: int, places: Places, out: Floats, done: npt.NDArray[np.bool_]) -> None:
    """The main verbs on both sides, and whether the promised deed happens once (launch, host, sign) or goes on (support)."""
    verb, deed = index.verb[commitment], int(index.deed[commitment])
    shared = _hits(index.stems, places, np.array([verb])) > 0
    same = index.deed[places] == deed
    once = deed in (0, 1, 2)
    out[:, _AT["verb_shared"]] = shared
    out[:, _AT["verb_same"]] = index.verb[places] == verb
    out[:, _AT["verb_done"]] = shared & done
    out[:, _AT["deed_done"]] = same & done & (deed >= 0)
    out[:, _AT["once"]] = once
    out[:, _AT["once_done"]] = once & same & done
    if index.event[commitment] in HELP and out[0, _AT["c_helping"]]:
        helps = done & (index.event[places] == EVENTS[Event.AID]) & (out[:, _AT["actors"]] > 0)
        out[:, _AT["helped"]] = helps & (_hits(index.targets, places, index.targets.row(commitment)) > 0)
    out[:, _AT["once_told"]] = once & shared & done
    out[:, _AT["exists"]] = (deed == 0) & done & (out[:, _AT["head_mod"]] > 0.5)
    counted = len(index.numbers.row(commitment)) > 0
    met = (out[:, _AT["numbers_shared"]] > 0) | (out[:, _AT["numbers_more"]] > 0)
    out[:, _AT["met"]] = done & counted & met
    out[:, _AT["unmet"]] = done & counted & ~met
    for place, name in enumerate(DEEDS):
        out[:, _AT[f"v_{name}"]] = deed == place
        out[:, _AT[f"w_{name}"]] = index.deed[places] == place


HELP = (EVENTS[Event.AID], EVENTS[Event.SUPPORT], EVENTS[Event.COOPERATE])


def _worth(rows: Ragged, places: Places, wanted: npt.NDArray[np.generic] | None, weight: Floats) -> tuple[Floats, Floats]:
    """For each place the summed and the greatest weight of the values that are wanted (all of them: None)."""
    values, owner = rows.take(places)
    gained = weight[values] if wanted is None else np.where(np.isin(values, wanted), weight[values], 0.0)
    total = np.bincount(owner, gained, len(places)).astype(np.float32)
    most = np.zeros(len(places), np.float32)
    np.maximum.at(most, owner, gained)
    return total, most


def _hits(rows: Ragged, places: Places, wanted: npt.NDArray[np.generic]) -> Floats:
    """How many of ``wanted`` each row holds."""
    if not len(wanted):
        return np.zeros(len(places), np.float32)
    values, owner = rows.take(places)
    return np.bincount(owner, np.isin(values, wanted), len(places)).astype(np.float32)
