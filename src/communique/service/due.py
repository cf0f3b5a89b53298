"""The board of promises over a record: how many came to what, which are late, and which were passed over in silence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from sqlalchemy import ColumnElement

from communique import shapes
from communique.records import Filters, Thread, Verdict
from communique.service import follow
from communique.store import promised
from communique.store.listing import Cursor
from communique.store.opening import Store
from communique.store.results import Listing, cursor, written

__all__ = ["by_verdict", "late", "passed_over"]


def by_verdict(store: Store, filters: Filters, as_of: str | None) -> dict[str, int]:
    """How many promises that match came to each verdict of the machine, as of a date."""
    return {name: n for name, (n, _) in follow.ends(store, filters, as_of).items()}


def late(store: Store, filters: Filters, as_of: str | None) -> Listing[Thread]:
    """Promises whose stated time is past and which nothing reports kept or called off, in the order of the record."""
    test = promised.late(follow.until(store, as_of))
    return _those(store, filters, as_of, promised.OPEN, test, follow.overdue)


def passed_over(store: Store, filters: Filters, as_of: str | None) -> Listing[Thread]:
    """Specific promises that later statements which could have spoken of them pass over, in the order of the record."""
    return _those(store, filters, as_of, promised.SILENT, promised.passed_over(follow.PASSED_OVER), follow.vanished)


def _those(
    store: Store,
    filters: Filters,
    as_of: str | None,
    verdicts: Sequence[Verdict],
    test: ColumnElement[bool],
    told: Callable[[Iterable[Thread]], Iterator[Thread]],
) -> Listing[Thread]:
    """Threads that pass a test by the machine's verdict and are what ``told`` says as people left them."""

    def turn(size: int, after: Cursor | None) -> tuple[tuple[Thread, ...], Cursor | None]:
        found = follow.threads(store, filters, as_of, (), (promised.standing_as(verdicts), test)).page(size, written(after))
        return tuple(told(found.rows)), cursor(found.next)

    def count(upto: int | None) -> int:
        n = follow.threads(store, filters, as_of, tuple(verdicts), (promised.unjudged(), test)).count(upto)
        key = follow.ensure(store, follow.until(store, as_of))
        with store.reading() as connection:
            judged = promised.judged(connection, key, filters, (test,))
        left = [found for id in judged if (found := follow.thread(store, id, as_of))]
        n += sum(1 for _ in told(left))
        return n if upto is None else min(upto, n)

    return Listing(turn, count, shapes.thread, filters.limit)
