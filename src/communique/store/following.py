"""What was followed, kept by date: asked again for the same date of the same record, the answer is read, not worked out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, case, delete, func, insert, literal, or_, select, tuple_

from communique.records import Assertion, Filters, Kept, Label, Link, Passage, Statement, Thread, Verdict
from communique.store import listing, rows, sqlite
from communique.store.columns import span
from communique.store.listing import Cursor
from communique.store.tables import ITEMS, documents, followings, judgements, links, passages, readings, statements, texts, threads

SOME = 400
FOLLOWER = "f2"  # raised when the rules or weights of following change, so that what was kept is followed again
UNSURE = 0.3  # confidence from which an item set aside is followed: on marked chains 6 promises in 100 more, no link in 100 less sure
Read = tuple[Statement, tuple[Passage, ...], tuple[Kept, ...]]


def latest(connection: Connection) -> str | None:
    """The date of the latest statement: "now", as far as the record knows."""
    query = select(func.max(statements.c.date)).join(documents, documents.c.current == statements.c.pk)
    found = connection.execute(query).scalar()
    return str(found).rpartition("/")[2] if found else None


def state(connection: Connection) -> str:
    """What following depends on: the statements, the readings, and what people said of items."""
    said = judgements.c.decision.in_(("accept", "reject", "edit", "undo")) & judgements.c.about.not_like("%>%")
    tops = (func.max(statements.c.pk), func.max(readings.c.pk))
    parts = [connection.execute(select(top)).scalar() or 0 for top in tops]
    parts.append(connection.execute(select(func.count()).select_from(judgements).where(said)).scalar_one())
    return "-".join(map(str, (*parts, FOLLOWER)))


def is_followed(connection: Connection, as_of: str) -> bool:
    """Whether the threads of that date are those of the record as it is."""
    found = connection.execute(select(followings.c.state).where(followings.c.as_of == as_of)).scalar()
    return bool(found == state(connection))


def everything(connection: Connection, as_of: str) -> Iterator[Read]:
    """Every current statement up to a date with its passages and assertions, in the order of the record."""
    _, high = span(None, as_of)
    query = select(statements.c.pk).join(documents, documents.c.current == statements.c.pk)
    query = query.where(statements.c.ordinal < high, statements.c.date.is_not(None)).order_by(statements.c.ordinal)
    pks = connection.execute(query).scalars().all()
    for start in range(0, len(pks), SOME):
        yield from _read(connection, pks[start : start + SOME])


def _read(connection: Connection, pks: Sequence[int]) -> Iterator[Read]:
    table = ITEMS["assertion"]
    held = select(statements, texts.c.text).join(texts, texts.c.sha256 == statements.c.sha256).where(statements.c.pk.in_(pks))
    said: dict[int, list[Passage]] = {pk: [] for pk in pks}
    for row in connection.execute(select(passages).where(passages.c.statement.in_(pks)).order_by(passages.c.pk)).mappings():
        said[row["statement"]].append(rows.passage_of(row))
    kept: dict[str, list[Kept]] = {}
    keys = connection.execute(select(table.c.pk).where(table.c.statement.in_(pks), _followed(table))).scalars().all()
    for start in range(0, len(keys), SOME):
        for each in listing.fetch(connection, "assertion", keys[start : start + SOME]):
            kept.setdefault(each.doc, []).append(each)
    found = {row["pk"]: row for row in connection.execute(held).mappings()}
    for pk in pks:
        statement = rows.statement_of(found[pk], found[pk]["text"], found[pk]["id"])
        yield statement, tuple(said[pk]), tuple(kept.get(statement.id, ()))


def _followed(table: Table) -> ColumnElement[bool]:
    """What following looks at: what is asserted, and what was set aside as unsure but is no mere guess."""
    standing = table.c.standing.concat("")  # no index on it: the walk is by statement
    return or_(standing == "asserted", and_(standing == "aside", table.c.confidence >= UNSURE))


# ------------------------------------------------------------------------------------------------ keeping


def keep(connection: Connection, as_of: str, found: Iterable[Thread], at: str) -> None:
    """Puts the threads of a date in the place of those kept for it before."""
    old = select(threads.c.pk).where(threads.c.as_of == as_of)
    connection.execute(delete(links).where(links.c.thread.in_(old)))
    connection.execute(delete(threads).where(threads.c.as_of == as_of))
    sqlite.replace(connection, followings, {"as_of": as_of, "state": state(connection), "at": at})
    table = ITEMS["assertion"]
    query = select(table.c.id, table.c.pk, table.c.ordinal).where(_followed(table))
    keys = {id: (pk, ordinal) for id, pk, ordinal in connection.execute(query)}
    docs = {row.id: row.current for row in connection.execute(select(documents.c.id, documents.c.current))}
    first = int(connection.execute(select(func.max(threads.c.pk))).scalar() or 0) + 1
    new, tied = [], []
    for pk, thread in enumerate(found, first):
        assertion, ordinal = keys[thread.id]
        own = {"pk": pk, "as_of": as_of, "assertion": assertion, "id": thread.id, "ordinal": ordinal}
        new.append(own | {"verdict": thread.verdict.value, "rule": thread.rule, "read": thread.read})
        tied += [_link_row(link, pk, place, docs) for place, link in enumerate(thread.links, 1)]
    for into, some in ((threads, new), (links, tied)):
        if some:
            connection.execute(insert(into), some)


def _link_row(link: Link, thread: int, place: int, docs: dict[str, int]) -> dict[str, object]:
    names = ("start", "end", "quote", "confidence", "item", "grade", "rule")
    row = {name: getattr(link, name) for name in names}
    return row | {"thread": thread, "place": place, "statement": docs[link.doc], "label": link.label.value}


def forget(connection: Connection, statement: int) -> None:
    """Drops every following that used a statement whose reading is about to go."""
    table = ITEMS["assertion"]
    own = select(table.c.pk).where(table.c.statement == statement)
    used = select(threads.c.pk).where(threads.c.assertion.in_(own)).union(select(links.c.thread).where(links.c.statement == statement))
    gone = connection.execute(used).scalars().all()
    for start in range(0, len(gone), SOME):
        some = gone[start : start + SOME]
        connection.execute(delete(links).where(links.c.thread.in_(some)))
        connection.execute(delete(threads).where(threads.c.pk.in_(some)))


# ------------------------------------------------------------------------------------------------ reading


def page(
    connection: Connection, as_of: str, filters: Filters, verdicts: Sequence[str] = (), *, size: int = 50, after: Cursor | None = None
) -> tuple[list[Thread], Cursor | None]:
    """Threads of a date in the order of the record, by the filters of their promise and the machine's verdict."""
    query = _matching(as_of, filters, verdicts)
    if after is not None:
        query = query.where(tuple_(threads.c.ordinal, threads.c.assertion) > tuple_(*(literal(part) for part in after)))
    found = connection.execute(query.order_by(threads.c.ordinal, threads.c.assertion).limit(size + 1)).all()
    shown = found[:size]
    following = (int(shown[-1].ordinal), int(shown[-1].assertion)) if len(found) > size else None
    return _threads(connection, [row.pk for row in shown], as_of), following


def count(connection: Connection, as_of: str, filters: Filters, verdicts: Sequence[str] = ()) -> int:
    """How many threads of a date the filters keep."""
    return int(connection.execute(select(func.count()).select_from(_matching(as_of, filters, verdicts).subquery())).scalar_one())


def verdicts_of(connection: Connection, as_of: str) -> dict[str, int]:
    """How many threads there are of each of the machine's verdicts."""
    query = select(threads.c.verdict, func.count()).where(threads.c.as_of == as_of).group_by(threads.c.verdict)
    return {verdict: int(n) for verdict, n in connection.execute(query.order_by(threads.c.verdict))}


def one(connection: Connection, id: str, as_of: str) -> Thread | None:
    """The thread of a commitment at a date."""
    pk = connection.execute(select(threads.c.pk).where(threads.c.id == id, threads.c.as_of == as_of)).scalars().first()
    return None if pk is None else _threads(connection, [pk], as_of)[0]


def _matching(as_of: str, filters: Filters, verdicts: Sequence[str]) -> Select[int, int, int]:
    table = ITEMS["assertion"]
    query = select(threads.c.pk, threads.c.ordinal, threads.c.assertion).join(table, table.c.pk == threads.c.assertion)
    query = query.where(threads.c.as_of == as_of)
    low, high = span(filters.since, filters.until)
    if low is not None:
        query = query.where(threads.c.ordinal >= low)
    if high is not None:
        query = query.where(threads.c.ordinal < high)
    if verdicts:
        query = query.where(threads.c.verdict.in_(verdicts))
    return query.where(*listing.fits("assertion", filters))


def _threads(connection: Connection, pks: Sequence[int], as_of: str) -> list[Thread]:
    doc = case((documents.c.id.is_not(None), statements.c.id), else_=statements.c.id.concat("@").concat(statements.c.version))
    tied: dict[int, list[Link]] = {pk: [] for pk in pks}
    query = (
        select(links, doc.label("doc"))
        .join(statements, statements.c.pk == links.c.statement)
        .outerjoin(documents, documents.c.current == statements.c.pk)
        .where(links.c.thread.in_(pks))
    )
    for row in connection.execute(query.order_by(links.c.thread, links.c.place)).mappings():
        names = ("doc", "start", "end", "quote", "confidence", "item", "grade", "rule")
        tied[row["thread"]].append(Link(label=Label(row["label"]), **{name: row[name] for name in names}))
    held = {row["pk"]: row for row in connection.execute(select(threads).where(threads.c.pk.in_(pks))).mappings()}
    kept = {each.id: each for each in listing.fetch(connection, "assertion", [held[pk]["assertion"] for pk in pks])}
    return [_thread(held[pk], kept[held[pk]["id"]], tuple(tied[pk]), as_of) for pk in pks]


def _thread(row: rows.Columns, kept: Kept, tied: tuple[Link, ...], as_of: str) -> Thread:
    item = kept.item
    assert isinstance(item, Assertion)
    own = {name: getattr(item, name) for name in ("start", "end", "quote", "actors", "when", "specific")}
    verdict = Verdict(row["verdict"])
    return Thread(id=kept.id, doc=kept.doc, verdict=verdict, as_of=as_of, rule=row["rule"], links=tied, read=row["read"], **own)
