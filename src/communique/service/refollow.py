"""Following again only what a change can touch, to the very result that following everything would give.

Every pair of a promise and a later row is judged by itself, and a promise is compared with the later rows that share the most with it.
So a changed statement touches the promises that share a key with one of its rows, old or new, and at least as much as the least that
counts for them; the promises it holds; those of which a key came into use or went out of it; and those that are told again by such.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from sqlalchemy import Connection

from communique.records import Kept, Link
from communique.service.adding import now
from communique.service.comparing import (
    Candidates,
    Order,
    Spot,
    afresh,
    compared_again,
    leasts_of,
    merged,
    news_of,
    pairs_of,
    read_of,
    rows_of,
)
from communique.service.lots import told
from communique.service.refiling import Fresh, fresh_of
from communique.stages.follow.follower import is_again, threaded, with_restated
from communique.stages.follow.index import Index
from communique.stages.follow.laying import Part, part_of
from communique.stages.follow.linking import Placed, linked
from communique.stages.follow.packing import unpacked
from communique.stages.follow.verdict import RESTATED
from communique.stages.follow.weights import weights
from communique.store import filing, following
from communique.store.bars import BAR, GONE
from communique.store.filing import NOTHING, Filed, Rows
from communique.store.following import Compared

__all__ = ["catch_up"]

EARLY = "0001"  # no as-of date: what is followed here was chosen by its day already


def catch_up(connection: Connection, key: str, fresh: Mapping[int, Fresh]) -> None:
    """Brings a following to the record as it is filed; ``fresh``: statements filed just now."""
    held = filing.bars(connection, key)
    assert held is not None
    upto, bars = held
    was, moved = filing.since(connection, upto)
    changed = _Change(connection, key, bars, was, fresh).followed(moved) if was else bars[:0]
    filing.change_bars(connection, key, filing.top(connection), changed)
    filing.prune(connection)
    following.touch(connection, key, now())


@dataclass
class _Own:
    """A promise being followed again: its row, the rows compared, and its own links by the row they point to."""

    spot: Spot
    rows: Rows
    links: dict[Spot, Link] = field(default_factory=dict)


class _Change:
    """What some changed statements do to a following."""

    def __init__(self, connection: Connection, key: str, bars: Rows, was: dict[int, Filed], fresh: Mapping[int, Fresh]) -> None:
        self.connection, self.key, self.bars = connection, key, bars
        self.last = following.last_day(key)
        days = filing.days_of(connection, was)
        self.was = {pk: each for pk, each in was.items() if days[pk] <= self.last}
        found = filing.filing_of(connection, self.was)
        self.new = {pk: found.get(pk, NOTHING) for pk in self.was}
        self.changed = set(self.was)
        self.order = Order(connection)
        self.fresh = dict(fresh)
        self.rows: dict[int, list[Kept]] = {pk: each.rows for pk, each in fresh.items()}
        self.laid: dict[int, filing.Laid] = {}

    def followed(self, moved: set[int]) -> Rows:
        """Follows again what is touched, and gives the bars that changed; ``moved``: promises of which a key changed its use."""
        gone, promised = set(_promises(self.was)), _promises(self.new)
        news = news_of(self.connection, self.order, self.was, self.new, self.bars)
        known = following.compared(self.connection, self.key, _among(self.bars, news.keys() | moved) - gone)
        self.laid = filing.laid_of(self.connection, known.keys() | promised.keys())
        told = merged(self.order, self.changed, {one: each for one, each in known.items() if one not in moved}, news)
        found = {assertion: each for assertion, each in told.items() if each is not None}
        whole = {each: (self.laid[each].statement, self.laid[each].place) for each in known.keys() - found.keys()} | promised
        for assertion, pairs in afresh(self.connection, whole, self.last).items():
            before = pairs_of(known[assertion].rows) if assertion in known else {}
            found[assertion] = compared_again(before, pairs, self.changed)
        own = self._judged(found, known)
        self._settle(own, found, known)
        self._write(own, found, gone, promised)
        return _bars(gone, found)

    # -------------------------------------------------------------------------------------------- links

    def _judged(self, found: Mapping[int, Candidates], known: Mapping[int, Compared]) -> dict[int, _Own]:
        """The promises whose own links change, with the links they now have."""
        links = self._links([(assertion, spot) for assertion, each in found.items() for spot in each.added])
        changed = set(links)
        for assertion, each in found.items():
            if assertion not in known or (len(known[assertion].linked) and self._unlinks(known[assertion].linked, each.dropped)):
                changed.add(assertion)
        again = following.held(self.connection, self.key, changed & known.keys())
        own = {}
        for assertion in sorted(changed):
            rows = found[assertion].rows
            mine = _Own((self.laid[assertion].statement, self.laid[assertion].place), rows)
            compared = pairs_of(rows).keys()
            for link, pk, place in again[assertion].links if assertion in again else ():
                if (pk, place) in compared and pk not in self.changed and not link.rule.endswith(RESTATED):
                    mine.links[pk, place] = link
            mine.links |= links.get(assertion, {})
            own[assertion] = mine
        return own

    def _unlinks(self, linked: Rows, dropped: set[Spot]) -> bool:
        """Whether a row that a link points to is no longer compared, or changed."""
        return any(spot[0] in self.changed or spot in dropped for spot in pairs_of(linked))

    def _links(self, asked: Sequence[tuple[int, Spot]]) -> dict[int, dict[Spot, Link]]:
        """The links among pairs of a promise and a row."""
        if not asked:
            return {}
        mine = sorted({assertion for assertion, _ in asked})
        laid = [self.laid[assertion] for assertion in mine]
        parts = [unpacked([each.row for each in laid], [str(each.statement) for each in laid])]
        theirs: list[Spot] = []
        for part, spots in self._parts({spot for _, spot in asked}):
            parts.append(part)
            theirs += spots
        promise = {assertion: place for place, assertion in enumerate(mine)}
        row = {spot: place for place, spot in enumerate(theirs, len(mine))}
        index = Index(parts, _Rows(self, mine, theirs))
        here, there = ([*each] for each in zip(*((promise[one], row[spot]) for one, spot in asked), strict=True))
        found = linked(index, weights(), np.array(here, np.int64), np.array(there, np.int64))
        return {mine[at]: {theirs[each.place - len(mine)]: each.link for each in links} for at, links in found.items()}

    def _parts(self, spots: set[Spot]) -> list[tuple[Part, list[Spot]]]:
        """Later rows laid out, and which they are: whole statements that were laid out just now, single rows of others."""
        fresh = sorted({pk for pk, _ in spots} & self.fresh.keys())
        made = [(replace(self.fresh[pk].part, docs=[str(pk)]), [(pk, place) for place in range(len(self.rows[pk]))]) for pk in fresh]
        others = sorted(spot for spot in spots if spot[0] not in self.fresh)
        if not others:
            return made
        self._load(pk for pk, _ in others)
        docs = [str(pk) for pk in dict.fromkeys(pk for pk, _ in others)]
        return [*made, (replace(part_of(self.rows[pk][place] for pk, place in others), docs=docs), others)]

    def _load(self, statements: Iterable[int]) -> None:
        for each in following.read(self.connection, sorted(set(statements) - self.rows.keys())):
            self.rows[each.pk] = [kept for kept, _ in told(each)]

    # -------------------------------------------------------------------------------------------- keeping

    def _settle(self, own: Mapping[int, _Own], found: Mapping[int, Candidates], known: Mapping[int, Compared]) -> None:
        """Notes the rows compared of the promises whose links stay as they are."""
        same = [one for one, each in found.items() if one not in own and each.rows is not known[one].rows]
        rows = [found[one].rows for one in same]
        read = read_of(rows, [self.laid[one].statement for one in same])
        following.keep_compared(self.connection, [*zip((known[one] for one in same), rows, read, strict=True)])

    def _write(self, own: dict[int, _Own], found: Mapping[int, Candidates], gone: set[int], promised: Mapping[int, Spot]) -> None:
        """Puts the threads that changed, with those of promises that are told again by one of them."""
        kept = dict(zip(own, following.assertions(self.connection, [*own]), strict=True))
        ids = {each.id: assertion for assertion, each in kept.items()}
        tellers = following.repeated_in(self.connection, self.key, ids) - own.keys() - gone
        held = following.held(self.connection, self.key, tellers)
        laid = filing.laid_of(self.connection, held)
        for assertion, thread in held.items():
            rows = found[assertion].rows if assertion in found else thread.compared
            own[assertion] = _Own((laid[assertion].statement, laid[assertion].place), rows, _direct(thread))
        kept |= dict(zip(held, following.assertions(self.connection, [*held]), strict=True))
        starts = dict(ids)
        repeats = {link.item for each in own.values() for link in each.links.values() if is_again(link) and link.item}
        others = following.of_items(self.connection, self.key, repeats - starts.keys())
        starts.update({id: assertion for id, assertion in others.items() if assertion not in gone or assertion in promised})
        answers = following.held(self.connection, self.key, set(starts.values()) - own.keys())
        theirs = {assertion: _direct(thread) for assertion, thread in answers.items()}
        theirs |= {assertion: each.links for assertion, each in own.items()}
        wholes = self._wholes(own.keys(), promised)
        following.take_out(self.connection, self.key, own.keys() | gone)
        made = [self._tied(assertion, kept[assertion], each, starts, theirs, wholes) for assertion, each in sorted(own.items())]
        following.put(self.connection, self.key, made)

    def _wholes(self, own: Iterable[int], promised: Mapping[int, Spot]) -> dict[str, str]:
        """Of promises that are parts of another one their id and the id of that other."""
        wholes = following.umbrellas(self.connection, self.key, set(own) - promised.keys())
        for pk in sorted({pk for pk, _ in promised.values()}):
            if pk not in self.fresh:
                self.fresh[pk] = fresh_of(self.connection, pk)
            wholes |= self.fresh[pk].lot.wholes
        return wholes

    def _tied(
        self,
        assertion: int,
        kept: Kept,
        own: _Own,
        starts: Mapping[str, int],
        theirs: Mapping[int, dict[Spot, Link]],
        wholes: Mapping[str, str],
    ) -> following.Tied:
        """The thread of a promise from its own links and those of its restatements."""
        again = {spot: theirs[starts[link.item]] for spot, link in own.links.items() if is_again(link) and link.item in starts}
        order = self.order.sorted({*own.links, *(spot for links in again.values() for spot in links)})
        number = {spot: place for place, spot in enumerate(order)}
        placed = [Placed(number[spot], link) for spot, link in own.links.items()]
        answers = [
            (own.links[spot].confidence, [Placed(number[other], link) for other, link in again[spot].items()])
            for spot in self.order.sorted(again)
        ]
        found = with_restated(placed, answers)
        read = len(set(own.rows["statement"].tolist()) - {own.spot[0]})
        thread = threaded(kept, EARLY, read, [each.link for each in found], wholes.get(kept.id, ""))
        to = rows_of(dict.fromkeys(order, 0.0), [order[each.place] for each in found])
        return following.Tied(assertion, filing.ordinal_of(self.connection, own.spot[0]), thread, own.rows, to)


class _Rows(Sequence[Kept]):
    """The items of promises, then of later rows, read when they are asked for: few pairs are likely enough."""

    def __init__(self, change: _Change, promises: Sequence[int], later: Sequence[Spot]) -> None:
        self._change, self._promises, self._later = change, promises, later
        self._read: dict[int, Kept] = {}

    def __len__(self) -> int:
        return len(self._promises) + len(self._later)

    def __getitem__(self, place: int) -> Kept:  # type: ignore[override]
        if place >= len(self._promises):
            pk, row = self._later[place - len(self._promises)]
            return self._change.rows[pk][row]
        if place not in self._read:
            self._read[place] = following.assertions(self._change.connection, [self._promises[place]])[0]
        return self._read[place]


def _promises(filed: Mapping[int, Filed]) -> dict[int, Spot]:
    """The promises among the rows of statements."""
    found = {}
    for pk, each in filed.items():
        for place in np.flatnonzero(each.rows["promise"]).tolist():
            found[int(each.rows["assertion"][place])] = (pk, place)
    return found


def _direct(thread: following.Held) -> dict[Spot, Link]:
    """The links of a thread that are not those of a restatement."""
    return {(pk, place): link for link, pk, place in thread.links if not link.rule.endswith(RESTATED)}


def _among(bars: Rows, assertions: Iterable[int]) -> set[int]:
    """Those of assertions that a following holds."""
    wanted = np.array(sorted(assertions), np.uint32)
    held = np.append(bars["assertion"], np.uint32(0))  # no assertion has the key 0
    return set(wanted[held[np.searchsorted(held[:-1], wanted)] == wanted].tolist())


def _bars(gone: set[int], found: Mapping[int, Candidates]) -> Rows:
    """The bars of promises that are gone or followed again."""
    out = sorted(gone - found.keys())
    made = np.zeros(len(found) + len(out), BAR)
    made["assertion"] = [*found, *out]
    made["least"] = np.append(leasts_of([each.rows for each in found.values()]), np.full(len(out), GONE))
    return made
