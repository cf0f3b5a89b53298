"""The board of promises over a record: how many came to what, which are late, and which were passed over in silence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from communique import shapes
from communique.records import Filters, Thread, Verdict
from communique.service import follow
from communique.store import promised
from communique.store.ending import Split
from communique.store.listing import Cursor
from communique.store.opening import Store
from communique.store.promised import Aside
from communique.store.results import Listing, cursor, written

__all__ = ["late", "passed_over", "split"]
Told = Callable[[Iterable[Thread]], Iterator[Thread]]  # those of threads, as people left them, that an aside is of


def split(store: Store, filters: Filters, as_of: str | None, upto: int) -> dict[str, Split]:
    """How many promises that match, and how many of them are parts of another: overdue, passed over ("vanished"), of each verdict.

    The first two as people left them, with 0 not at all, and up to a number where they are not kept counted; the last as the machine says.
    """
    asides = {"overdue": _late(store, as_of), "vanished": _PASSED_OVER} if upto else {}
    found = {name: _counted(store, filters, as_of, *each, upto) for name, each in asides.items()}
    ends = follow.ends(store, filters, as_of)
    return found | {each.value: ends.get(each.value, (0, 0)) for each in Verdict}


def late(store: Store, filters: Filters, as_of: str | None) -> Listing[Thread]:
    """Promises whose stated time is past and which nothing reports kept or called off, in the order of the record."""
    return _those(store, filters, as_of, *_late(store, as_of))


def passed_over(store: Store, filters: Filters, as_of: str | None) -> Listing[Thread]:
    """Specific promises that later statements which could have spoken of them pass over, in the order of the record."""
    return _those(store, filters, as_of, *_PASSED_OVER)


def _late(store: Store, as_of: str | None) -> tuple[Aside, Told]:
    return promised.late(follow.until(store, as_of)), follow.overdue


_PASSED_OVER: tuple[Aside, Told] = promised.passed_over(), follow.vanished


def _those(store: Store, filters: Filters, as_of: str | None, aside: Aside, told: Told) -> Listing[Thread]:
    """Threads of an aside as people left them."""

    def turn(size: int, after: Cursor | None) -> tuple[tuple[Thread, ...], Cursor | None]:
        tests = (promised.standing_as(aside.verdicts), aside.told)
        found = follow.threads(store, filters, as_of, (), tests).page(size, written(after))
        return tuple(told(found.rows)), cursor(found.next)

    def count(upto: int | None) -> int:
        return _counted(store, filters, as_of, aside, told, upto)[0]

    return Listing(turn, count, shapes.thread, filters.limit)


def _counted(store: Store, filters: Filters, as_of: str | None, aside: Aside, told: Told, upto: int | None) -> Split:
    """How many threads of an aside there are, and how many are parts: those nobody judged, and those that are so as people left them."""
    key = follow.ensure(store, follow.until(store, as_of))
    with store.reading() as connection:
        kept = promised.counted(connection, key, filters, aside)
        n, inside = promised.walked(connection, key, filters, aside, upto) if kept is None else kept
        judged = promised.judged(connection, key, filters, (aside.told,))
    left = [found for id in judged if (found := follow.thread(store, id, as_of))]
    parts = [bool(each.umbrella) for each in told(left)]
    n, inside = n + len(parts), inside + sum(parts)
    return (n, inside) if kept is not None or upto is None else (min(n, upto), min(inside, upto))
