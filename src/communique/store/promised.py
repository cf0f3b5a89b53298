"""Which threads of a following a question asks for, and how many: by what the promise names, how it ended, whether it is late."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Select, and_, func, literal, or_, select

from communique.records import Filters, Verdict
from communique.store import ending, listing, sqlite
from communique.store.columns import span
from communique.store.ending import Ends, Split
from communique.store.tables import ITEMS, PARTIES, judgements, parts, threads
from communique.store.tables import verdicts as counts

SOME = 400  # ids in one question
FEW = 15_000  # assertions of an actor that are sooner listed than every thread is asked whose it is
Tests = Sequence[ColumnElement[bool]]


@dataclass(frozen=True)
class Aside:
    """What is told of promises beside their verdicts: of which verdicts, and as a test of a thread and of the counts."""

    name: str
    verdicts: tuple[Verdict, ...]
    told: ColumnElement[bool]
    counted: ColumnElement[bool]


def matching(connection: Connection, key: str, filters: Filters, verdicts: Sequence[str] = (), only: Tests = ()) -> Select[int, int, int]:
    """Key, ordinal and assertion of the threads that the filters keep; any order along an index of threads is still open."""
    query = select(threads.c.pk, threads.c.ordinal, threads.c.assertion).where(*only)
    few = _few(connection, key, filters)
    if few is not None:
        return query.where(sqlite.among(threads.c.pk, few), *_tests(filters, verdicts, walked=False))
    query = query.where(threads.c.as_of == key, *_tests(filters, verdicts))
    if not _asks_of_the_promise(filters):
        return query
    table = ITEMS["assertion"]
    return query.join(table, table.c.pk == threads.c.assertion).where(*listing.fits("assertion", filters))


def _few(connection: Connection, key: str, filters: Filters) -> str | None:
    """The threads of the promises that the filters keep, where these are few: gone through once for all that a page asks of them."""
    if not _asks_of_the_promise(filters) or _how_many(connection, filters) > FEW:
        return None

    def listed() -> str:
        query = select(threads.c.pk).where(threads.c.as_of == key, threads.c.assertion.in_(_promises(filters)))
        return json.dumps([int(pk) for pk in connection.execute(query).scalars()])

    return sqlite.held(connection, (key, filters), listed, last_of="threads of few promises")


def count(
    connection: Connection, key: str, filters: Filters, verdicts: Sequence[str] = (), only: Tests = (), upto: int | None = None
) -> int:
    """How many threads the filters keep; with ``upto``, counting stops there."""
    if only or upto is not None:
        return _counted(connection, matching(connection, key, filters, verdicts, only).limit(upto))
    return sum(n for name, (n, _) in ends(connection, key, filters).items() if not verdicts or name in verdicts)


def ends(connection: Connection, key: str, filters: Filters) -> Ends:
    """How many threads of each verdict, the machine's, the filters keep, and how many of these are parts of another promise."""
    return sqlite.held(connection, ("ends", key, filters), lambda: _ends(connection, key, filters))


def _ends(connection: Connection, key: str, filters: Filters) -> Ends:
    kept = ending.holds(key, filters)
    if kept is not None:
        return ending.by_verdict(connection, kept)
    verdict = threads.c.verdict.concat("")  # no walk along it
    few = _few(connection, key, filters)
    tests = [*_tests(filters, ()), threads.c.as_of == key if few is None else sqlite.among(threads.c.pk, few)]
    if few is None and _asks_of_the_promise(filters):
        tests.append(threads.c.assertion.in_(_promises(filters)))
    walk = threads.outerjoin(parts, parts.c.thread == threads.c.pk)
    return ending.ends(connection, select(verdict, func.count(), func.count(parts.c.thread)).select_from(walk).where(*tests))


def late(as_of: str) -> Aside:
    """Promises with a time that was past at a date, a day of any precision."""
    when = _TOLD.c.when
    due = when.is_not(None), ending.last_day(when) < _end(as_of)
    return Aside(f"overdue {as_of}", ending.OPEN, _promise(*due), and_(counts.c.due != "", counts.c.due < _end(as_of)))


def passed_over() -> Aside:
    """Specific promises that enough later statements could have spoken of, none of which may be about them."""
    return Aside("passed over", (Verdict.NO_REPORT,), and_(ending.unmentioned(), _promise(_TOLD.c.specific)), counts.c.passed)


_TOLD = ITEMS["assertion"].alias("told")


def _promise(*tests: ColumnElement[bool]) -> ColumnElement[bool]:
    """That the promise of a thread stands these tests."""
    return select(_TOLD.c.pk).where(_TOLD.c.pk == threads.c.assertion, *tests).exists()


def counted(connection: Connection, key: str, filters: Filters, aside: Aside) -> Split | None:
    """How many threads of an aside that nobody judged the filters keep, and how many are parts; nothing where it is not kept counted."""
    kept = ending.holds(key, filters)
    if kept is None:
        return None

    def asked() -> Split:
        n, inside = ending.split(connection, [*kept, aside.counted])
        for some in _some_judged(connection):
            less, parts_less = _walked(connection, matching(connection, key, filters, aside.verdicts, (aside.told, some)))
            n, inside = n - less, inside - parts_less
        return n, inside

    return sqlite.held(connection, (aside.name, key, filters), asked)


def walked(connection: Connection, key: str, filters: Filters, aside: Aside, upto: int | None) -> Split:
    """The same, thread by thread; with ``upto``, the walk stops there."""
    query = matching(connection, key, filters, aside.verdicts, (aside.told, _nobody_judged())).limit(upto)
    return sqlite.held(connection, (aside.name, key, filters, upto), lambda: _walked(connection, query))


def _walked(connection: Connection, query: Select[int, int, int]) -> Split:
    """How many threads a question finds, and how many are parts."""
    found = query.subquery()
    n, inside = connection.execute(
        select(func.count(), func.count(parts.c.thread)).select_from(found.outerjoin(parts, parts.c.thread == found.c.pk))
    ).one()
    return int(n), int(inside)


def standing_as(verdicts: Sequence[Verdict]) -> ColumnElement[bool]:
    """That a thread has one of the verdicts, or may have it by what a person said of it or of its links."""
    return or_(threads.c.verdict.in_([each.value for each in verdicts]), threads.c.id.in_(_judged()))


def _nobody_judged() -> ColumnElement[bool]:
    """That nobody gave a thread a verdict or one of its links a label."""
    return threads.c.id.not_in(_judged())


def judged(connection: Connection, key: str, filters: Filters, only: Tests) -> list[str]:
    """The ids of the threads that a person gave a verdict, or a label to one of their links."""
    found: list[str] = []
    for some in _some_judged(connection):
        query = matching(connection, key, filters, (), (some, *only)).with_only_columns(threads.c.id)
        found += connection.execute(query).scalars()
    return sorted(found)


def _some_judged(connection: Connection) -> Iterator[ColumnElement[bool]]:
    """That a thread is one of those people judged, so many at a time."""
    ids = connection.execute(_judged()).scalars().all()
    for start in range(0, len(ids), SOME):
        yield threads.c.id.in_(ids[start : start + SOME])


def _judged() -> Select[str]:
    about = judgements.c.about
    said = or_(about.like("%>%"), judgements.c.decision.in_([each.value for each in Verdict]))
    return select(func.substr(about, 1, func.instr(about.concat(">"), ">") - 1)).where(said).distinct()


def _counted(connection: Connection, query: Select[int, int, int]) -> int:
    return int(connection.execute(select(func.count()).select_from(query.subquery())).scalar_one())


def _tests(filters: Filters, verdicts: Sequence[str], walked: bool = True) -> Iterator[ColumnElement[bool]]:
    """Dates and verdicts; sums and joined strings keep SQLite from walking along an index of these."""
    ordinal, verdict = (threads.c.ordinal, threads.c.verdict) if walked else (threads.c.ordinal + 0, threads.c.verdict.concat(""))
    low, high = span(filters.since, filters.until)
    if low is not None:
        yield ordinal >= low
    if high is not None:
        yield ordinal < high
    if verdicts:
        yield verdict.in_(verdicts)


def _asks_of_the_promise(filters: Filters) -> bool:
    return bool(filters.actor or filters.partner or filters.topic or filters.event or filters.act or filters.publisher)


def _how_many(connection: Connection, filters: Filters) -> int:
    """How many assertions the narrowest of the filters on parties keeps."""
    asked = ((filters.actor, "actor"), (filters.partner, "named"))
    acts = filters.act or listing.ACTS
    return min((listing.tally(connection, acts, field, codes) for codes, field in asked if codes), default=FEW + 1)


def _promises(filters: Filters) -> Select[int]:
    """The promises that the filters on them keep, along the index of whom they name where they ask that."""
    table, side, acts = ITEMS["assertion"], PARTIES["assertion"], filters.act or listing.ACTS
    name = "actor" if filters.actor else "partner" if filters.partner else ""
    if not name:
        standing = table.c.standing.in_(("asserted", "aside"))  # what was set aside as unsure may be followed too
        return select(table.c.pk).where(standing, table.c.act.in_(acts), *listing.fits("assertion", filters))
    own = (side.c.code.in_(getattr(filters, name)), side.c.act.in_(acts), side.c.role.in_(listing.ROLES[name]))
    rest = list(listing.fits("assertion", filters, name))
    if not rest:
        return select(side.c.item).where(*own)
    return select(side.c.item).join(table, table.c.pk == side.c.item).where(*own, *rest)


def _end(as_of: str) -> ColumnElement[str]:
    return literal({4: f"{as_of}-12-31", 7: f"{as_of}-31"}.get(len(as_of), as_of))
