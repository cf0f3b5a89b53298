"""Following, over a record: worked out once for a date and a state of the record, then read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from communique import shapes
from communique.errors import BadFilter
from communique.records import Assertion, Filters, Judgement, Kept, Thread, Verdict
from communique.service.adding import now
from communique.stages.follow import Follower
from communique.stages.follow.index import day_of
from communique.stages.follow.judged import standing
from communique.stages.follow.loose import loose
from communique.store import asking, following, judging
from communique.store.listing import Cursor
from communique.store.opening import Store
from communique.store.results import Listing

PASSED_OVER = 3  # later statements
NEVER = "0001-01-01"  # the date of a record without dated statements: nothing was said by then


def until(store: Store, as_of: str | None) -> str:
    """The date to follow to: the one asked for, or that of the latest statement."""
    if as_of is not None:
        return asking.date_of("as_of", as_of)
    with store.reading() as connection:
        return following.latest(connection) or NEVER


def ready(store: Store, as_of: str | None) -> bool:
    """Whether what is asked for a date was worked out already, for the record as it is."""
    date = until(store, as_of)
    with store.reading() as connection:
        return following.is_followed(connection, date)


def verdicts(asked: str | Iterable[str]) -> tuple[str, ...]:
    """The verdicts asked for."""
    chosen = (asked,) if isinstance(asked, str) else tuple(asked)
    known = [each.value for each in Verdict]
    for each in chosen:
        if each not in known:
            raise BadFilter("verdict", each, "one of " + ", ".join(known))
    return chosen


def threads(store: Store, filters: Filters, as_of: str | None, wanted: tuple[str, ...]) -> Listing[Thread]:
    """The threads of a date that match, each as people left it by that date; without a date, as they leave it now."""
    date = until(store, as_of)

    def turn(size: int, after: Cursor | None) -> tuple[tuple[Thread, ...], Cursor | None]:
        ensure(store, date)
        with store.reading() as connection:
            found, last = following.page(connection, date, filters, wanted, size=size, after=after)
            said = judging.about(connection, _judged(found))
        return tuple(standing(each, _of(each, said, always=as_of is None)) for each in found), last

    def count(upto: int | None) -> int:
        ensure(store, date)
        with store.reading() as connection:
            return following.count(connection, date, filters, wanted)

    return Listing(turn, count, shapes.thread, filters.limit)


def thread(store: Store, id: str, as_of: str | None) -> Thread | None:
    """One thread of a date, as people left it by that date; without a date, as they leave it now."""
    date = until(store, as_of)
    ensure(store, date)
    with store.reading() as connection:
        found = following.one(connection, id, date)
        said = judging.about(connection, _judged([found])) if found else {}
    return standing(found, _of(found, said, always=as_of is None)) if found else None


def overdue(found: Iterable[Thread]) -> Iterator[Thread]:
    """Those whose stated time is past at the date of the verdict, and which nothing reports kept or called off."""
    open_ = (Verdict.NO_REPORT, Verdict.REPEATED, Verdict.IN_PROGRESS)
    for each in found:
        due = day_of(each.when, last=True)
        if each.verdict in open_ and 0 < due < day_of(each.as_of, last=True):
            yield each


def vanished(found: Iterable[Thread]) -> Iterator[Thread]:
    """Specific promises without a word about them in ``PASSED_OVER`` comparable later statements or more."""
    return (each for each in found if each.verdict is Verdict.NO_REPORT and each.specific and each.read >= PASSED_OVER)


def _judged(found: Iterable[Thread]) -> list[str]:
    return [name for each in found for name in (each.id, *(f"{each.id}>{link.item}" for link in each.links))]


def _of(thread: Thread, said: judging.Said, always: bool) -> list[Judgement]:
    """The judgements on a thread and its links; ``always``: whenever they were taken."""
    found = [judgement for name in _judged([thread]) for judgement in said.get(name, ())]
    return [replace(each, at=thread.as_of) for each in found] if always else found


def ensure(store: Store, as_of: str) -> None:
    """Follows everything to a date, unless that was done and the record is as it was."""
    with store.reading() as connection:
        if following.is_followed(connection, as_of):
            return
        found = list(Follower(_told(following.everything(connection, as_of)), as_of).threads())
    with store.writing() as connection:
        following.keep(connection, as_of, found, now())


def _told(read: Iterable[following.Read]) -> Iterator[Kept]:
    """Assertions, and the sentences that carry none: weaker evidence of what became of a promise."""
    for statement, passages, kept in read:
        yield from kept
        yield from loose(statement, passages, [each.item for each in kept if isinstance(each.item, Assertion)])
