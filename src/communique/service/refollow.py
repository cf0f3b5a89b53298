"""Following again only what a change can touch, to the very result that following everything would give.

Every pair of a promise and a later row is judged by itself, and a promise is compared with the later rows that share the most with it.
So a changed statement touches the promises that share a key with one of its rows, old or new, and at least as much as the least that
counts for them; the promises it holds; those of which a key came into use or went out of it; and those that are told again by such.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from sqlalchemy import Connection

from communique.records import Assertion, Kept, Link
from communique.service.adding import now
from communique.stages.follow import Follower, promises
from communique.stages.follow.candidates import FAMILIAR, LEAST, MOST, Postings, share
from communique.stages.follow.follower import Placed, is_again, threaded, with_restated
from communique.stages.follow.index import Index
from communique.stages.follow.laying import part_of
from communique.stages.follow.loose import loose
from communique.stages.follow.umbrella import umbrellas
from communique.stages.follow.verdict import RESTATED
from communique.store import filing, following
from communique.store.filing import BAR, NOTHING, PAIR, ROW, Filed, Rows

EARLY = "0001"  # no as-of date: what is followed here was chosen by its day already
Spot = tuple[int, int]  # a statement and the place of a row in it


def told(read: following.Read) -> list[tuple[Kept, int]]:
    """The rows of a statement in order, each with the key of its assertion.

    Sentences that carry none are weaker evidence of what became of a promise, and have the key 0.
    """
    rows = list(zip(read.kept, read.keys, strict=True))
    items = [each.item for each in read.kept if isinstance(each.item, Assertion)]
    rows += [(each, 0) for each in loose(read.statement, read.passages, items)]
    return sorted(rows, key=lambda each: (each[0].item.start, -each[0].item.end, each[0].id))


def wholes(read: following.Read) -> dict[str, str]:
    """For each promise of a statement that is a part of another one the id of that other."""
    return umbrellas(read.statement.text, read.passages, [each for each in read.kept if promises(each)])


def filed_of(index: Index, first: int, end: int, assertions: Sequence[int]) -> Filed:
    """The rows of one statement, ``first`` to ``end`` of an index, as they are filed."""
    rows = np.zeros(end - first, ROW)
    rows["start"], rows["end"] = index.start[first:end], index.end[first:end]
    rows["mass"], rows["promise"] = index.mass[first:end], index.promise[first:end]
    rows["assertion"] = assertions
    ends = index.keys.ends[first : end + 1].astype(np.int64)
    rows["keys"] = np.diff(ends)
    return Filed(rows, index.keys.flat[ends[0] : ends[-1]])


def keyed_of(index: Index, first: int, ordinal: int, filed: Filed) -> list[tuple[int, int, int, int, int]]:
    """Key, ordinal, place, assertion and worth for every key of every promise of a statement."""
    found = []
    for place in np.flatnonzero(filed.rows["promise"]).tolist():
        assertion = int(filed.rows["assertion"][place])
        pairs = zip(index.keys.row(first + place).tolist(), index.worths.row(first + place).tolist(), strict=True)
        found += [(key, ordinal, place, assertion, worth) for key, worth in pairs]
    return found


# ------------------------------------------------------------------------------------------------ filing


def file_changes(connection: Connection) -> None:
    """Files the statements that changed, and notes what they were."""
    changed = filing.waiting(connection)
    if not changed:
        return
    known = filing.current(connection, changed)
    was = filing.filing_of(connection, changed)
    reads = {each.pk: each for each in following.read(connection, sorted(known))}
    for pk in sorted(changed):
        _file(connection, pk, was.get(pk, NOTHING), reads.get(pk))
    filing.settled(connection, changed)


def _file(connection: Connection, pk: int, was: Filed, read: following.Read | None) -> None:
    new, made = NOTHING, []
    if read is not None:
        rows = told(read)
        kept = [each for each, _ in rows]
        index = Index([part_of(kept)], kept)
        new = filed_of(index, 0, len(kept), [key for _, key in rows])
        made = keyed_of(index, 0, read.ordinal, new)
    if not len(was.rows) and not len(new.rows):
        return
    gone = _keyed_before(connection, pk, was)
    keys = sorted({key for key, *_ in (*gone, *made)})
    before = filing.last_in_use(connection, keys, FAMILIAR)
    filing.unkey(connection, gone)
    filing.key_all(connection, made)
    after = filing.last_in_use(connection, keys, FAMILIAR)
    moved: set[int] = set()
    for key in keys:
        low, high = before.get(key), after.get(key)
        if low != high:
            first, last = (low, high) if high is None or (low is not None and low < high) else (high, low)
            moved |= filing.between(connection, key, first, last)
    filing.log(connection, pk, was, moved)
    if read is None:
        filing.unfile(connection, pk)
    else:
        filing.file(connection, [(pk, read.day, new)])


def _keyed_before(connection: Connection, pk: int, was: Filed) -> list[tuple[int, int, int, int]]:
    if not len(was.rows):
        return []
    ordinal = filing.ordinal_of(connection, pk)
    places = np.flatnonzero(was.rows["promise"]).tolist()
    return [(key, ordinal, place, int(was.rows["assertion"][place])) for place in places for key in was.of(place).tolist()]


# ------------------------------------------------------------------------------------------------ following again


def catch_up(connection: Connection, key: str) -> None:
    """Brings a following to the record as it is filed."""
    held = filing.bars(connection, key)
    assert held is not None
    upto, bars = held
    was, moved = filing.since(connection, upto)
    if was:
        bars = _Change(connection, key, bars, was, moved).followed()
    filing.keep_bars(connection, key, filing.top(connection), bars)
    filing.prune(connection)
    following.touch(connection, key, now())


@dataclass
class _Own:
    """A promise being followed again: its row, the rows compared, and its own links by the row they point to."""

    spot: Spot
    pairs: dict[Spot, float]
    links: dict[Spot, Link] = field(default_factory=dict)


class _Change:
    """What some changed statements do to a following."""

    def __init__(self, connection: Connection, key: str, bars: Rows, was: dict[int, Filed], moved: set[int]) -> None:
        self.connection, self.key, self.bars, self.moved = connection, key, bars, moved
        last = following.last_day(key)
        days = filing.days_of(connection, was)
        self.was = {pk: each for pk, each in was.items() if days[pk] <= last}
        found = filing.filing_of(connection, self.was)
        self.new = {pk: found.get(pk, NOTHING) for pk in self.was}
        self.last = last
        self.orders: dict[int, tuple[int, str]] = {}
        self.rows: dict[int, list[tuple[Kept, int]]] = {}
        self.wholes: dict[str, str] = {}  # of a promise that is a part the one it is a part of

    def followed(self) -> Rows:
        """Follows again what is touched, and gives the bars as they then are."""
        gone = set(_promises(self.was))
        fresh = _promises(self.new)
        standing = set(self.bars["assertion"].tolist()) - gone
        scores = self._scores()
        known = following.compared(self.connection, self.key, (scores.keys() | self.moved) & standing)
        spots = filing.spots_of(self.connection, known)
        self._learn({pk for pk, _ in spots.values()} | self.was.keys())
        pairs: dict[int, dict[Spot, float]] = {}
        whole: dict[int, Spot] = dict(fresh)
        for assertion, (_, compared, _) in known.items():
            merged = None if assertion in self.moved else self._merged(spots[assertion], _pairs(compared), scores.get(assertion, {}))
            if merged is None:
                whole[assertion] = spots[assertion]
            else:
                pairs[assertion] = merged
        pairs |= self._compared_afresh(whole)
        own = self._judged(pairs, spots | whole, known)
        self._settle(own, pairs, known, spots)
        return self._write(own, pairs, gone, fresh)

    def _scores(self) -> dict[int, dict[Spot, float]]:
        """For each promise that a changed row could matter to, what the new rows share with it; nothing for rows that are gone."""
        keys = {int(key) for side in (self.was, self.new) for each in side.values() for key in each.keys.tolist()}
        table = filing.promises_under(self.connection, sorted(keys), FAMILIAR)
        held, first = np.unique(table[:, 0], return_index=True)
        starts = dict(zip(held.tolist(), first.tolist(), strict=True))
        ends = dict(zip(held.tolist(), [*first.tolist()[1:], len(table)], strict=False))
        least = dict(zip(self.bars["assertion"].tolist(), self.bars["least"].tolist(), strict=True))
        found: dict[int, dict[Spot, float]] = {}
        for side in (self.was, self.new):
            for pk, each in side.items():
                ordinal = filing.ordinal_of(self.connection, pk)
                last = np.cumsum(each.rows["keys"], dtype=np.int64).tolist()
                for place, row in enumerate(each.rows):
                    mine = [key for key in each.keys[last[place] - int(row["keys"]) : last[place]].tolist() if key in starts]
                    if not mine:
                        continue
                    some = np.concatenate([table[starts[key] : ends[key]] for key in mine])
                    some = some[(some[:, 1] >> 32) <= (ordinal >> 32)]
                    who, where = np.unique(some[:, 3], return_inverse=True)
                    worth = np.bincount(where, some[:, 4], len(who)).astype(np.int64)
                    shares = share(worth, np.full(len(who), row["mass"], np.float32))
                    for assertion, value in zip(who.tolist(), shares.tolist(), strict=True):
                        if value >= least.get(assertion, 9e9):
                            spots = found.setdefault(assertion, {})
                            if side is self.new:
                                spots[pk, place] = value
        return found

    def _merged(self, mine: Spot, old: dict[Spot, float], new: dict[Spot, float]) -> dict[Spot, float] | None:
        """The rows a promise is now compared with, or nothing where they cannot be told from those it was compared with."""
        before = self.orders[mine[0]]
        new = {spot: value for spot, value in new.items() if self.orders[spot[0]] > before}
        kept = {spot: value for spot, value in old.items() if spot[0] not in self.was}
        merged = kept | new
        if len(old) < MOST:
            return self._most(merged)
        cut = min(old.values())
        if any(value == cut for value in new.values()):
            edge = max(self._place(spot) for spot, value in old.items() if value == cut)
            merged = kept | {spot: value for spot, value in new.items() if value != cut or self._place(spot) <= edge}
        merged = {spot: value for spot, value in merged.items() if value >= cut}
        return self._most(merged) if len(merged) >= MOST else None

    def _most(self, pairs: dict[Spot, float]) -> dict[Spot, float]:
        """Those that share the most, the earlier first where they share the same."""
        if len(pairs) <= MOST:
            return pairs
        cut = sorted(pairs.values(), reverse=True)[MOST - 1]
        over = {spot: value for spot, value in pairs.items() if value > cut}
        even = [spot for spot, value in pairs.items() if value == cut]
        if len(over) + len(even) > MOST:
            even = self._sorted(even)[: MOST - len(over)]
        return over | dict.fromkeys(even, cut)

    def _place(self, spot: Spot) -> tuple[int, str, int]:
        self._learn({spot[0]})
        return (*self.orders[spot[0]], spot[1])

    def _learn(self, statements: Iterable[int]) -> None:
        """The order of statements."""
        self.orders.update(filing.orders_of(self.connection, set(statements) - self.orders.keys()))

    def _compared_afresh(self, wanted: dict[int, Spot]) -> dict[int, dict[Spot, float]]:
        """The rows promises are compared with, found among all that is filed from the first of them on."""
        if not wanted:
            return {}
        days = filing.days_of(self.connection, {pk for pk, _ in wanted.values()})
        scan = _Scan(self.connection, min(days.values()), self.last)
        found = {}
        for assertion, (pk, place) in wanted.items():
            filed = scan.statement(pk)
            at = (filing.ordinal_of(self.connection, pk), place, assertion)
            keys = filing.keys_in_use(self.connection, at, filed.of(place).tolist(), FAMILIAR)
            found[assertion] = scan.later((pk, place), keys)
        return found

    def _judged(
        self, pairs: dict[int, dict[Spot, float]], spots: dict[int, Spot], known: dict[int, tuple[int, Rows, Rows]]
    ) -> dict[int, _Own]:
        """The promises whose own links change, with the links they now have."""
        asked: list[tuple[int, Spot]] = []
        changed = set()
        for assertion, each in pairs.items():
            before = set(_pairs(known[assertion][1])) if assertion in known else set()
            asked += [(assertion, spot) for spot in each if spot not in before or spot[0] in self.was]
            linked = _pairs(known[assertion][2]) if assertion in known else {}
            if assertion not in known or any(spot[0] in self.was or (spot in before and spot not in each) for spot in linked):
                changed.add(assertion)
        links = self._links(asked, spots)
        changed |= links.keys()
        again = following.held(self.connection, self.key, changed & known.keys())
        own = {}
        for assertion in sorted(changed):
            mine = _Own(spots[assertion], pairs[assertion])
            for link, pk, place in again[assertion].links if assertion in again else ():
                if (pk, place) in mine.pairs and pk not in self.was and not link.rule.endswith(RESTATED):
                    mine.links[pk, place] = link
            mine.links |= links.get(assertion, {})
            own[assertion] = mine
        return own

    def _links(self, asked: list[tuple[int, Spot]], spots: dict[int, Spot]) -> dict[int, dict[Spot, Link]]:
        """The links among pairs of a promise and a row."""
        if not asked:
            return {}
        mine = sorted({assertion for assertion, _ in asked})
        theirs = sorted({spot for _, spot in asked})
        kept = [*following.assertions(self.connection, mine), *self._kept(theirs)]
        promise = {assertion: place for place, assertion in enumerate(mine)}
        row = {spot: place for place, spot in enumerate(theirs, len(mine))}
        follower = Follower(kept, EARLY, shelf=kept)
        here, there = ([*each] for each in zip(*((promise[one], row[spot]) for one, spot in asked), strict=True))
        found = follower.links(np.array(here, np.int64), np.array(there, np.int64))
        return {mine[at]: {theirs[each.place - len(mine)]: each.link for each in links} for at, links in found.items()}

    def _settle(
        self, own: dict[int, _Own], pairs: dict[int, dict[Spot, float]], known: dict[int, tuple[int, Rows, Rows]], spots: dict[int, Spot]
    ) -> None:
        """Notes the rows compared of the promises whose links stay as they are."""
        same = []
        for assertion, each in pairs.items():
            if assertion not in own:
                made = _rows(each, each)
                same.append((known[assertion][0], made, len({pk for pk, _ in each} - {spots[assertion][0]})))
        following.keep_compared(self.connection, same)

    def _kept(self, spots: Sequence[Spot]) -> list[Kept]:
        """The rows at those places."""
        self._load({pk for pk, _ in spots})
        return [self.rows[pk][place][0] for pk, place in spots]

    def _load(self, statements: Iterable[int]) -> None:
        for each in following.read(self.connection, sorted(set(statements) - self.rows.keys())):
            self.rows[each.pk] = told(each)
            self.wholes |= wholes(each)

    def _write(self, own: dict[int, _Own], pairs: dict[int, dict[Spot, float]], gone: set[int], fresh: dict[int, Spot]) -> Rows:
        """Puts the threads that changed, with those of promises that are told again by one of them."""
        self._load({each.spot[0] for each in own.values()})
        ids = {assertion: self._id(each.spot) for assertion, each in own.items()}
        tellers = following.repeated_in(self.connection, self.key, ids.values()) - own.keys() - gone
        held = following.held(self.connection, self.key, tellers)
        spots = filing.spots_of(self.connection, held)
        for assertion, thread in held.items():
            links = {(pk, place): link for link, pk, place in thread.links if not link.rule.endswith(RESTATED)}
            own[assertion] = _Own(spots[assertion], pairs.get(assertion) or _pairs(thread.compared), links)
        starts = {id: assertion for assertion, id in ids.items()}
        repeats = {link.item for each in own.values() for link in each.links.values() if is_again(link) and link.item}
        others = following.of_items(self.connection, self.key, repeats - starts.keys())
        starts.update({id: assertion for id, assertion in others.items() if assertion not in gone or assertion in fresh})
        answers = following.held(self.connection, self.key, set(starts.values()) - own.keys())
        theirs = {
            assertion: {(pk, place): link for link, pk, place in thread.links if not link.rule.endswith(RESTATED)}
            for assertion, thread in answers.items()
        }
        theirs |= {assertion: each.links for assertion, each in own.items()}
        self._load({each.spot[0] for each in own.values()})
        following.take_out(self.connection, self.key, own.keys() | gone)
        following.put(self.connection, self.key, [self._tied(assertion, each, starts, theirs) for assertion, each in sorted(own.items())])
        return _bars(self.bars, gone, pairs)

    def _id(self, spot: Spot) -> str:
        return self.rows[spot[0]][spot[1]][0].id

    def _tied(self, assertion: int, own: _Own, starts: dict[str, int], theirs: dict[int, dict[Spot, Link]]) -> following.Tied:
        """The thread of a promise from its own links and those of its restatements."""
        again = {spot: theirs[starts[link.item]] for spot, link in own.links.items() if is_again(link) and link.item in starts}
        every = {*own.links, *(spot for links in again.values() for spot in links)}
        order = self._sorted(every)
        number = {spot: place for place, spot in enumerate(order)}
        placed = [Placed(number[spot], link) for spot, link in own.links.items()]
        answers = [
            (own.links[spot].confidence, [Placed(number[other], link) for other, link in again[spot].items()])
            for spot in self._sorted(again)
        ]
        found = with_restated(placed, answers)
        pairs = _rows(own.pairs, own.pairs)
        read = len(set(pairs["statement"].tolist()) - {own.spot[0]})
        promise = self._kept([own.spot])[0]
        thread = threaded(promise, EARLY, read, [each.link for each in found], self.wholes.get(promise.id, ""))
        linked = _rows(dict.fromkeys(order, 0.0), [order[each.place] for each in found])
        return following.Tied(assertion, filing.ordinal_of(self.connection, own.spot[0]), thread, pairs, linked)

    def _sorted(self, spots: Iterable[Spot]) -> list[Spot]:
        some = list(spots)
        self._learn({pk for pk, _ in some})
        return sorted(some, key=lambda spot: (self.orders[spot[0]], spot[1]))


class _Scan:
    """Everything filed from a day on, as postings."""

    def __init__(self, connection: Connection, first: int, last: int) -> None:
        found = list(filing.from_day(connection, first, last))
        self.pks = [pk for pk, _, _ in found]
        self.number = {pk: place for place, pk in enumerate(self.pks)}
        rows = np.frombuffer(b"".join(each for _, each, _ in found), ROW)
        keys = np.frombuffer(b"".join(each for _, _, each in found), np.uint32)
        sizes = np.array([len(each) // ROW.itemsize for _, each, _ in found], np.int64)
        self.first = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
        self.ends = np.concatenate([np.zeros(1, np.int64), np.cumsum(rows["keys"], dtype=np.int64)])
        self.doc = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
        self.start, self.end = rows["start"].astype(np.int32), rows["end"].astype(np.int32)
        self.mass = rows["mass"].astype(np.float32)
        self.all, self.keys = rows, keys
        row = np.repeat(np.arange(len(rows), dtype=np.int32), rows["keys"])
        self.postings = Postings(keys, row, np.zeros(len(rows), np.int8), np.zeros(len(rows), np.int64))

    def statement(self, pk: int) -> Filed:
        """What is filed of a statement."""
        low, high = self.first[self.number[pk] : self.number[pk] + 2].tolist()
        return Filed(self.all[low:high], self.keys[self.ends[low] : self.ends[high]])

    def later(self, spot: Spot, keys: dict[int, int]) -> dict[Spot, float]:
        """The rows a promise is compared with."""
        place = int(self.first[self.number[spot[0]]]) + spot[1]
        asked, worth = np.array([*keys], np.uint32), np.array([*keys.values()], np.int64)
        rows, shares = self.postings.later(self, place, asked, worth, MOST)
        docs = self.doc[rows].tolist()
        spots = [(self.pks[doc], int(row) - int(self.first[doc])) for row, doc in zip(rows.tolist(), docs, strict=True)]
        return dict(zip(spots, shares.tolist(), strict=True))


def _promises(filed: dict[int, Filed]) -> dict[int, Spot]:
    """The promises among the rows of statements."""
    found = {}
    for pk, each in filed.items():
        for place in np.flatnonzero(each.rows["promise"]).tolist():
            found[int(each.rows["assertion"][place])] = (pk, place)
    return found


def _pairs(compared: Rows) -> dict[Spot, float]:
    spots = zip(compared["statement"].tolist(), compared["place"].tolist(), strict=True)
    return dict(zip(spots, compared["share"].tolist(), strict=True))


def _rows(pairs: dict[Spot, float], order: Iterable[Spot]) -> Rows:
    return np.array([(pk, place, pairs[pk, place]) for pk, place in order], PAIR)


def least_of(shares: Iterable[float]) -> float:
    """The least share at which a promise takes one more candidate."""
    some = list(shares)
    return min(some) if len(some) >= MOST else LEAST


def _bars(old: Rows, gone: set[int], pairs: dict[int, dict[Spot, float]]) -> Rows:
    """The bars with those of promises that are gone or followed again exchanged."""
    out = np.isin(old["assertion"], np.array(sorted(gone | pairs.keys()), np.uint32))
    new = np.array([(assertion, least_of(each.values())) for assertion, each in pairs.items()], BAR)
    made = np.concatenate([old[~out], new])
    return made[np.argsort(made["assertion"], kind="stable")]
