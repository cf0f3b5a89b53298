"""What was followed, kept so that adding a statement follows again only what it can touch."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, select

from communique.store.tables import anchors, links, threads


def forget(connection: Connection, assertions: Sequence[int]) -> None:
    """Drops threads of, and links to, assertions that are about to go; threads that lose a link are followed anew."""
    for start in range(0, len(assertions), 500):
        some = assertions[start : start + 500]
        touched = select(threads.c.pk).where(threads.c.assertion.in_(some))
        linked = select(links.c.thread).where(links.c.assertion.in_(some))
        gone = list(connection.execute(touched).scalars()) + list(connection.execute(linked).scalars())
        connection.execute(delete(links).where(links.c.thread.in_(gone)))
        connection.execute(delete(threads).where(threads.c.pk.in_(gone)))
        connection.execute(delete(anchors).where(anchors.c.assertion.in_(some)))
