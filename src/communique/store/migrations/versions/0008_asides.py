"""Counts of threads also by who is named, by whether they were passed over, and by the day by which they were to be done."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

END = """substr(assertions."when", instr(assertions."when", '/') + 1)"""
DUE = f"""CASE WHEN threads.verdict NOT IN ('no-report', 'repeated', 'in-progress') OR assertions."when" IS NULL THEN ''
    WHEN length({END}) = 4 THEN {END} || '-12-31' WHEN length({END}) = 7 THEN {END} || '-31' ELSE {END} END"""
PASSED = "threads.verdict = 'no-report' AND threads.rule <> 'nothing-sure' AND threads.read >= 3 AND assertions.specific"
COUNTED = f"""INSERT INTO verdicts
    SELECT threads.as_of, {{actor}}, {{partner}}, assertions.topic, substr(statements.date, 1, 4), threads.verdict,
        parts.thread IS NOT NULL, {PASSED}, {DUE}, count(*)
    FROM threads JOIN assertions ON assertions.pk = threads.assertion JOIN statements ON statements.pk = assertions.statement
    LEFT JOIN parts ON parts.thread = threads.pk {{named}} GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9"""
NAMED = "JOIN assertion_parties AS side ON side.item = assertions.pk AND side.role IN ({})"


def upgrade() -> None:
    """The table anew, filled from the threads."""
    op.drop_table("verdicts")
    op.create_table(
        "verdicts",
        sa.Column("as_of", sa.String(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("partner", sa.Text(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("year", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("part", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("passed", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("due", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["as_of"], ["followings.as_of"], name=op.f("fk_verdicts_as_of"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint(
            "as_of", "actor", "partner", "topic", "year", "verdict", "part", "passed", "due", name=op.f("pk_verdicts")
        ),
        sqlite_with_rowid=False,
    )
    op.execute(COUNTED.format(actor="''", partner="''", named=""))
    op.execute(COUNTED.format(actor="side.code", partner="''", named=NAMED.format("'actor'")))
    op.execute(COUNTED.format(actor="''", partner="side.code", named=NAMED.format("'actor', 'target'")))
