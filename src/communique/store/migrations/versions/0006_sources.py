"""Counts of what a record was drawn from: statements by publisher, year, kind and side, and the silences between them."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

CURRENT = """SELECT statements.publisher, substr(coalesce(statements.date, ''), 1, 4), statements.kind,
    statements.issuers, statements.speakers, coalesce(readings.items, 0)
    FROM statements JOIN documents ON documents.current = statements.pk
    LEFT JOIN readings ON readings.statement = statements.pk AND readings.replaced IS NULL"""
MONTH = "(12 * CAST(substr({0}, 1, 4) AS INTEGER) + CAST(substr({0}, 6, 2) AS INTEGER))"
SILENCES = f"""INSERT INTO silences(statement, since, months)
    SELECT pk, since, {MONTH.format("date")} - {MONTH.format("before")} AS months FROM (
        SELECT statements.pk, statements.date, lag(statements.pk) OVER line AS since, lag(statements.date) OVER line AS before
        FROM statements JOIN documents ON documents.current = statements.pk
        WHERE statements.ordinal >= 4294967296 AND length(statements.date) >= 7 AND statements.publisher <> ''
        WINDOW line AS (PARTITION BY statements.publisher ORDER BY statements.ordinal, statements.pk))
    WHERE since IS NOT NULL AND months >= 6"""


def upgrade() -> None:
    """The tables, filled from the statements."""
    op.create_table(
        "sources",
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("year", sa.String(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("statements", sa.Integer(), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("publisher", "year", "kind", "side", name=op.f("pk_sources")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "silences",
        sa.Column("statement", sa.Integer(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["statement"], ["statements.pk"], name=op.f("fk_silences_statement")),
        sa.ForeignKeyConstraint(["since"], ["statements.pk"], name=op.f("fk_silences_since")),
        sa.PrimaryKeyConstraint("statement", name=op.f("pk_silences")),
    )
    counted, told = Counter[tuple[Any, ...]](), Counter[tuple[Any, ...]]()
    for *key, issuers, speakers, items in op.get_bind().exec_driver_sql(CURRENT):
        for side in {"", *json.loads(issuers), *(each[2] for each in json.loads(speakers))}:
            counted[(*key, _stored(side))] += 1
            told[(*key, _stored(side))] += items
    rows = [(*key, n, told[key]) for key, n in counted.items()]
    if rows:
        op.get_bind().exec_driver_sql("INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?)", rows)
    op.execute(SILENCES)


def _stored(code: str) -> str | bytes:
    """Half a surrogate pair has no UTF-8, and is kept as bytes."""
    try:
        code.encode()
    except UnicodeEncodeError:
        return code.encode("utf-8", "surrogatepass")
    return code
