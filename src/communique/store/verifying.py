"""The whole record held against itself: every quote, every hash, every end of every link, every count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256

from sqlalchemy import Connection, func, select

from communique.records import Filters, Problem, digest
from communique.store import covering, crossing, ending, filing, rows, sources, sqlite
from communique.store.listing import ACTS
from communique.store.tables import ITEMS, PARTIES, documents, followings, judgements, links, passages, statements, tallies, texts, threads

Tally = Counter[tuple[str, str, str]]  # by kind, field and value


def verify(connection: Connection, writes: bool = True) -> Iterator[Problem]:
    """Every break in the record, named with its place; nothing when all holds."""
    yield from (_problem("file", f"the file itself: {found}") for found in sqlite.file_is_sound(connection))
    yield from _texts(connection)
    yield from _statements(connection)
    counted: Tally = Counter()
    yield from _items(connection, counted)
    yield from _tallies(connection, counted)
    yield from _sources(connection)
    yield from _links(connection)
    for key, kept, there in ending.wrong(connection):
        yield _problem("count", f"{kept} threads are counted of {' / '.join(key)}, and {there} are there")
    yield from _judgements(connection)
    unsound = sqlite.words_are_sound(connection, writes)
    if unsound:
        yield _problem("index", f"the search index does not match the passages ({unsound}); search may miss words")


def _problem(code: str, message: str, about: str = "", start: int = 0, end: int = 0) -> Problem:
    return Problem("verify", code, message, about, start, end)


def _texts(connection: Connection) -> Iterator[Problem]:
    """Texts against their hashes, and against everything cited from them."""
    for sha in connection.execute(select(texts.c.sha256).order_by(texts.c.sha256)).scalars().all():
        text, length = connection.execute(select(texts.c.text, texts.c.length).where(texts.c.sha256 == sha)).one()
        named = connection.execute(select(statements.c.pk, statements.c.id).where(statements.c.sha256 == sha)).all()
        about = named[0].id if named else sha
        if sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != sha:
            yield _problem("hash", f"{about}: the text is not the one that was added (its hash is not {sha[:12]}...)", about)
        if len(text) != length:
            yield _problem("length", f"{about}: the text has {len(text)} characters, and {length} were added", about)
        if not named:
            yield _problem("orphan", f"text {sha[:12]}... belongs to no statement", sha)
        for pk, id in named:
            yield from _cited(connection, pk, id, text, sha)


def _cited(connection: Connection, pk: int, id: str, text: str, sha: str) -> Iterator[Problem]:
    for kind, table in ITEMS.items():
        columns = (table.c.id, table.c.start, table.c.end, table.c.quote)
        for item, start, end, quote in connection.execute(select(*columns).where(table.c.statement == pk).order_by(table.c.pk)):
            if not 0 <= start < end <= len(text) or text[start:end] != quote:
                yield _problem("quote", f"{id}: the quote of {kind} {item} is not what stands at {start}-{end}", id, start, end)
            if digest(sha, kind, start, end) != item:
                yield _problem("id", f"{id}: {kind} {item} does not stand where its id says", id, start, end)
    span = (passages.c.start, passages.c.end)
    for start, end in connection.execute(select(*span).where(passages.c.statement == pk).order_by(passages.c.pk)):
        if not 0 <= start <= end <= len(text):
            yield _problem("passage", f"{id}: passage {start}-{end} lies outside the text", id, start, end)


def _statements(connection: Connection) -> Iterator[Problem]:
    """Every document has a current version, and every version its document."""
    lost = select(statements.c.id).where(statements.c.id.not_in(select(documents.c.id))).distinct()
    for id in connection.execute(lost.order_by(statements.c.id)).scalars():
        yield _problem("orphan", f"{id}: no version of it is current", id)
    crossed = select(documents.c.id).join(statements, statements.c.pk == documents.c.current).where(statements.c.id != documents.c.id)
    for id in connection.execute(crossed.order_by(documents.c.id)).scalars():
        yield _problem("current", f"{id}: its current version is another document's", id)
    without = select(statements.c.id).outerjoin(texts, texts.c.sha256 == statements.c.sha256).where(texts.c.sha256.is_(None))
    for id in connection.execute(without.order_by(statements.c.id)).scalars():
        yield _problem("text", f"{id}: its text is gone", id)


def _items(connection: Connection, counted: Tally) -> Iterator[Problem]:
    """Who an item names, in the item and in the index, agree; and so do the counts by actor and partner.  Counts what is asserted."""
    for kind, table in ITEMS.items():
        side = PARTIES[kind]
        orphans = select(func.count()).select_from(side).where(side.c.item.not_in(select(table.c.pk)))
        lost = connection.execute(orphans).scalar_one()
        if lost:
            yield _problem("orphan", f"{lost} names of actors in {side.name} belong to no {kind}")
        about = (statements.c.issuers, statements.c.id.label("doc"), statements.c.date, statements.c.publisher)
        query = select(table, *about).join(statements, statements.c.pk == table.c.statement)
        found = connection.execute(query.order_by(table.c.pk).execution_options(yield_per=1000)).mappings()
        crossed: Counter[rows.Crossing] = Counter()
        while some := found.fetchmany(1000):
            yield from _named(connection, kind, some)
            for row in (each for each in some if each["standing"] == "asserted"):
                item, year = rows.item_of(kind, row), (row["date"] or "")[:4]
                counted.update(rows.tally_of(item, row["issuers"], row["publisher"], year))
                crossed.update(rows.crossings_of(item, row["issuers"], year))
        for key, kept, there in crossing.wrong(connection, ACTS if kind == "assertion" else (kind,), crossed):
            yield _problem("count", f"{kept} are counted of {' / '.join(key)}, and {there} are there")


def _named(connection: Connection, kind: str, some: Sequence[rows.Columns]) -> Iterator[Problem]:
    side = PARTIES[kind]
    inside = side.c.item.between(some[0]["pk"], some[-1]["pk"])
    indexed: dict[int, set[tuple[str, str, str, int]]] = {}
    for row in connection.execute(select(side.c.item, side.c.code, side.c.role, side.c.act, side.c.ordinal).where(inside)):
        indexed.setdefault(row[0], set()).add((row[1], row[2], row[3], row[4]))
    for each in some:
        item = rows.item_of(kind, each)
        issuers: Sequence[str] = each["issuers"]
        said = {(code, role, rows.act_of(item), each["ordinal"]) for code, role in rows.parties_of(item, issuers)}
        if said != indexed.get(each["pk"], set()):
            doc = str(each["doc"])
            yield _problem("actors", f"{doc}: {kind} {each['id']} is not indexed under those it names", doc, item.start, item.end)


def _links(connection: Connection) -> Iterator[Problem]:
    """Both ends of every link: the thread it starts from, and the words it points to."""
    lost = select(links.c.thread).where(links.c.thread.not_in(select(threads.c.pk))).distinct()
    for thread in connection.execute(lost).scalars():
        yield _problem("link", f"links of thread {thread} belong to no thread")
    changed = {key: _changed(connection, key) for key in connection.execute(select(followings.c.as_of)).scalars()}
    query = (
        select(links, threads.c.id.label("from_id"), threads.c.as_of, statements.c.id.label("doc"), statements.c.sha256)
        .join(threads, threads.c.pk == links.c.thread)
        .join(statements, statements.c.pk == links.c.statement)
        .order_by(links.c.statement, links.c.thread, links.c.place)
    )
    sha, text = "", ""
    for row in connection.execute(query.execution_options(yield_per=1000)).mappings():
        if row["sha256"] != sha:
            sha = row["sha256"]
            text = connection.execute(select(texts.c.text).where(texts.c.sha256 == sha)).scalar() or ""
        followed = row["item"] and row["statement"] not in changed[row["as_of"]]
        if text[row["start"] : row["end"]] != row["quote"] or (followed and not _stands(connection, row)):
            said = f"{row['from_id']}: a link points to {row['doc']} {row['start']}-{row['end']}, where other words or none are kept"
            yield _problem("link", said, row["doc"], row["start"], row["end"])


def _changed(connection: Connection, key: str) -> set[int]:
    """The statements read again since a following: its links into them are made anew when it is next asked for."""
    was, _ = filing.since(connection, filing.upto(connection, key) or 0)
    return {*filing.waiting(connection), *was}


def _stands(connection: Connection, link: rows.Columns) -> bool:
    """Whether the assertion a link names stands where it points."""
    table = ITEMS["assertion"]
    where = (table.c.id == link["item"], table.c.statement == link["statement"], table.c.start == link["start"], table.c.end == link["end"])
    return connection.execute(select(table.c.pk).where(*where)).first() is not None


def _judgements(connection: Connection) -> Iterator[Problem]:
    """Judgements whose item no reading holds any more: kept, and named here so that none is forgotten."""
    ids = connection.execute(select(judgements.c.about).distinct().order_by(judgements.c.about)).scalars().all()
    for about in ids:
        for id in about.split(">"):
            if not any(connection.execute(select(t.c.pk).where(t.c.id == id).limit(1)).first() for t in ITEMS.values()):
                yield _problem("judgement", f"a judgement is about {about}, and no item {id} is in the record", about)


def _tallies(connection: Connection, counted: Tally) -> Iterator[Problem]:
    """The counts kept against the rows counted."""
    kept = {(k, f, v): n for k, f, v, n in connection.execute(select(tallies)) if n}
    current = select(func.count()).select_from(documents.join(statements, statements.c.pk == documents.c.current))
    counted[("statement", "", "")] = connection.execute(current).scalar_one()
    year = func.substr(func.coalesce(statements.c.date, ""), 1, 4)
    for name, value in (("publisher", statements.c.publisher), ("year", year), ("kind", statements.c.kind)):
        query = select(value, func.count()).join(documents, documents.c.current == statements.c.pk).group_by(value)
        counted.update({("statement", name, said): n for said, n in connection.execute(query)})
    for key in sorted(kept.keys() | counted.keys()):
        if kept.get(key, 0) != counted.get(key, 0):
            of = " ".join(part for part in key if part)
            yield _problem("count", f"{kept.get(key, 0)} are counted of {of}, and {counted.get(key, 0)} are there")


def _sources(connection: Connection) -> Iterator[Problem]:
    """What is kept counted of what the record was drawn from, against the statements counted."""
    names = ("statements", "sides", "dates", "silences")
    for name, kept, there in zip(names, sources.kept(connection, 1), covering.counted(connection, Filters(), 1), strict=True):
        for row in sorted({*kept} ^ {*there}, key=str):
            said = " / ".join(str(part) for part in row)
            yield _problem("count", f"{said}: kept among the {name} of publishers, and not there" if row in kept else
                           f"{said}: not kept among the {name} of publishers, and there")  # fmt: skip
