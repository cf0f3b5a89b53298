"""Everything the record holds about an actor between two dates: what a report is written from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from sqlalchemy import Connection, exists, select

from communique.records import Kept, Problem, Statement
from communique.store import listing, rows
from communique.store.columns import span
from communique.store.tables import ITEMS, PARTIES, documents, problems, statements, texts

Key = TypeVar("Key", int, str)
SOME = 400  # keys in one question


def dossier(connection: Connection, actor: str, since: str, until: str) -> tuple[list[Kept], list[Statement], list[Problem]]:
    """Every item, set-aside and rejected ones too, of the statements that name the actor or speak for it; those; their problems."""
    pks = _concerning(connection, actor, since, until)
    return _kept(connection, pks), _statements(connection, pks), _problems(connection, pks)


def told_in(connection: Connection, ids: Iterable[str]) -> list[Statement]:
    """The statements of these ids, as they stand."""
    found: list[int] = []
    for some in _chunks(sorted(ids)):
        current = select(statements.c.pk).join(documents, documents.c.current == statements.c.pk)
        found += connection.execute(current.where(statements.c.id.in_(some))).scalars()
    return _statements(connection, found)


def _concerning(connection: Connection, actor: str, since: str, until: str) -> list[int]:
    low, high = span(since, until)
    inside = (statements.c.ordinal >= low, statements.c.ordinal < high)
    current = exists().where(documents.c.current == statements.c.pk)
    own = select(statements.c.pk).where(*inside, current, statements.c.issuers.like(f'%"{actor}"%'))
    found = set(connection.execute(own).scalars())
    for kind, table in ITEMS.items():
        side = PARTIES[kind]
        named = select(table.c.statement).join(side, side.c.item == table.c.pk)
        acts = ("outcome", "commitment", "position", "appeal") if kind == "assertion" else ("",)
        where = (side.c.code == actor, side.c.act.in_(acts), side.c.ordinal >= low, side.c.ordinal < high)
        found |= set(connection.execute(named.where(*where, table.c.standing != "superseded").distinct()).scalars())
    return sorted(found)


def _chunks(pks: Sequence[Key]) -> list[Sequence[Key]]:
    return [pks[start : start + SOME] for start in range(0, len(pks), SOME)]


def _kept(connection: Connection, pks: Sequence[int]) -> list[Kept]:
    found: list[Kept] = []
    for kind, table in ITEMS.items():
        for some in _chunks(pks):
            keys = connection.execute(select(table.c.pk).where(table.c.statement.in_(some))).scalars().all()
            for part in _chunks(keys):
                found += listing.fetch(connection, kind, part)
    return sorted(found, key=lambda each: (each.date or "", each.doc, each.item.start, each.item.end, each.id))


def _statements(connection: Connection, pks: Sequence[int]) -> list[Statement]:
    found: list[Statement] = []
    for some in _chunks(pks):
        query = select(statements, texts.c.text).join(texts, texts.c.sha256 == statements.c.sha256).where(statements.c.pk.in_(some))
        found += [rows.statement_of(row, row["text"], row["id"]) for row in connection.execute(query).mappings()]
    return sorted(found, key=lambda each: (each.date or "", each.id))


def _problems(connection: Connection, pks: Sequence[int]) -> list[Problem]:
    found: list[Problem] = []
    for some in _chunks(pks):
        query = select(problems).where(problems.c.statement.in_(some), problems.c.cleared.is_(None))
        found += [rows.problem_of(row) for row in connection.execute(query).mappings()]
    return sorted(found, key=lambda each: (each.about, each.start, each.code))
