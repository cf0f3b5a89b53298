"""Following, over a record: worked out once for a date and a state of the record, then read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from communique import shapes
from communique.errors import BadFilter
from communique.records import Filters, Judgement, Thread, Verdict
from communique.service.adding import now
from communique.service.afresh import Afresh
from communique.service.refiling import file_changes
from communique.service.refollow import catch_up
from communique.stages.follow.index import day_of
from communique.stages.follow.judged import standing
from communique.store import asking, filing, following, judging, promised
from communique.store.ending import OPEN, PASSED_OVER, Ends
from communique.store.listing import Cursor
from communique.store.opening import Store
from communique.store.results import Listing

SOON = 8  # changed statements that are followed again while one waits
FEW = 20  # changed statements that are always followed one by one
PART = 8  # of all: where more than one in so many changed, everything is followed
NEVER = "0001-01-01"  # the date of a record without dated statements: nothing was said by then


def until(store: Store, as_of: str | None) -> str:
    """The date to follow to: the one asked for, or that of the latest statement."""
    if as_of is not None:
        return asking.date_of("as_of", as_of)
    with store.reading() as connection:
        return following.latest(connection) or NEVER


def ready(store: Store, as_of: str | None) -> bool:
    """Whether what is asked for a date was worked out already, or can be at once."""
    date = until(store, as_of)
    with store.reading() as connection:
        behind = following.behind(connection, following.key_of(connection, date))
    return behind is not None and behind <= SOON


def verdicts(asked: str | Iterable[str]) -> tuple[str, ...]:
    """The verdicts asked for."""
    chosen = (asked,) if isinstance(asked, str) else tuple(asked)
    known = [each.value for each in Verdict]
    for each in chosen:
        if each not in known:
            raise BadFilter("verdict", each, "one of " + ", ".join(known))
    return chosen


def threads(store: Store, filters: Filters, as_of: str | None, wanted: tuple[str, ...], only: promised.Tests = ()) -> Listing[Thread]:
    """The threads of a date that match, each as people left it by that date; without a date, as they leave it now."""
    date = until(store, as_of)

    def turn(size: int, after: Cursor | None) -> tuple[tuple[Thread, ...], Cursor | None]:
        key = ensure(store, date)
        with store.reading() as connection:
            found, last = following.page(connection, key, date, filters, wanted, only=only, size=size, after=after)
            said = judging.about(connection, _judged(found))
        return tuple(standing(each, _of(each, said, always=as_of is None)) for each in found), last

    def count(upto: int | None) -> int:
        key = ensure(store, date)
        with store.reading() as connection:
            return promised.count(connection, key, filters, wanted, only, upto)

    return Listing(turn, count, shapes.thread, filters.limit)


def ends(store: Store, filters: Filters, as_of: str | None) -> Ends:
    """By the machine's verdict, how many of those threads there are, and how many are parts."""
    key = ensure(store, until(store, as_of))
    with store.reading() as connection:
        return promised.ends(connection, key, filters)


def thread(store: Store, id: str, as_of: str | None) -> Thread | None:
    """One thread of a date, as people left it by that date; without a date, as they leave it now."""
    date = until(store, as_of)
    key = ensure(store, date)
    with store.reading() as connection:
        found = following.one(connection, key, id, date)
        said = judging.about(connection, _judged([found])) if found else {}
    return standing(found, _of(found, said, always=as_of is None)) if found else None


def overdue(found: Iterable[Thread]) -> Iterator[Thread]:
    """Those whose stated time is past at the date of the verdict, and which nothing reports kept or called off."""
    for each in found:
        due = day_of(each.when, last=True)
        if each.verdict in OPEN and 0 < due < day_of(each.as_of, last=True):
            yield each


def vanished(found: Iterable[Thread]) -> Iterator[Thread]:
    """Specific promises without a word about them in ``PASSED_OVER`` comparable later statements or more."""
    silent = (each for each in found if each.verdict is Verdict.NO_REPORT and each.rule != "nothing-sure")
    return (each for each in silent if each.specific and each.read >= PASSED_OVER)


def _judged(found: Iterable[Thread]) -> list[str]:
    return [name for each in found for name in (each.id, *(f"{each.id}>{link.item}" for link in each.links))]


def _of(thread: Thread, said: judging.Said, always: bool) -> list[Judgement]:
    """The judgements on a thread and its links; ``always``: whenever they were taken."""
    found = [judgement for name in _judged([thread]) for judgement in said.get(name, ())]
    return [replace(each, at=thread.as_of) for each in found] if always else found


def ensure(store: Store, as_of: str) -> str:
    """Follows to a date what was not followed yet, or what changed since; the key that the threads are kept under."""
    with store.reading() as connection:
        key = following.key_of(connection, as_of)
        if following.is_followed(connection, key):
            return key
        waiting = len(filing.waiting(connection))
        anew = following.is_of_old(connection) or (waiting > FEW and waiting > filing.how_many(connection) // PART)
    if anew:
        _anew(store)
        return ensure(store, as_of)
    with store.writing() as connection:
        known = file_changes(connection)
        if following.behind(connection, key) is not None:
            catch_up(connection, key, known)
            return key
    with store.reading() as connection:
        made, state = Afresh(connection, key, as_of, _target(store)), filing.top(connection)
    with store.writing() as connection:
        if filing.top(connection) == state:
            made.keep(connection, key, now())
            return key
    return ensure(store, as_of)


def _anew(store: Store) -> None:
    """Follows the whole record from the start."""
    with store.reading() as connection:
        latest = following.latest(connection) or NEVER
        made, state = Afresh(connection, following.NOW, latest, _target(store)), filing.top(connection)
    with store.writing() as connection:
        if filing.top(connection) != state:
            return
        with filing.through(connection):
            filing.reset(connection)
            made.file(connection)
            made.keep(connection, following.NOW, now())
            filing.settled(connection, made.turns)


def _target(store: Store) -> str | None:
    """Where other processes find the record."""
    return None if store.target == ":memory:" else store.target
