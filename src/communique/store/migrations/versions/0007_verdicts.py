"""Counts of threads by actor, topic, year and verdict, and of how many are parts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

COUNTED = """INSERT INTO verdicts
    SELECT threads.as_of, {actor}, assertions.topic, substr(statements.date, 1, 4), threads.verdict, parts.thread IS NOT NULL, count(*)
    FROM threads JOIN assertions ON assertions.pk = threads.assertion JOIN statements ON statements.pk = assertions.statement
    LEFT JOIN parts ON parts.thread = threads.pk {named} GROUP BY 1, 2, 3, 4, 5, 6"""
NAMED = "JOIN assertion_parties AS side ON side.item = assertions.pk AND side.role = 'actor'"


def upgrade() -> None:
    """The table, filled from the threads."""
    op.create_table(
        "verdicts",
        sa.Column("as_of", sa.String(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("year", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("part", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["as_of"], ["followings.as_of"], name=op.f("fk_verdicts_as_of"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("as_of", "actor", "topic", "year", "verdict", "part", name=op.f("pk_verdicts")),
        sqlite_with_rowid=False,
    )
    op.execute(COUNTED.format(actor="''", named=""))
    op.execute(COUNTED.format(actor="side.code", named=NAMED))
