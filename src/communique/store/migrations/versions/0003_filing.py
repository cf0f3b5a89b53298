"""What following keeps to follow again only what a change touches; what was followed before is followed anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

NOTE = "INSERT INTO unfiled(statement, turn) VALUES ({}, 1) ON CONFLICT(statement) DO UPDATE SET turn = turn + 1;"
TRIGGERS = {
    "AFTER INSERT ON readings": ("NEW.statement",),
    "AFTER INSERT ON documents": ("NEW.current",),
    "AFTER UPDATE OF current ON documents": ("OLD.current", "NEW.current"),
    "AFTER UPDATE ON assertions": ("NEW.statement",),
}


def upgrade() -> None:
    """The tables, the triggers, and every statement on the list."""
    for table in ("links", "threads", "followings"):
        op.execute(f"DELETE FROM {table}")
    op.create_index(op.f("ix_links_item"), "links", ["item"], unique=False)
    op.create_table(
        "filed",
        sa.Column("statement", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("rows", sa.LargeBinary(), nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["statement"], ["statements.pk"], name=op.f("fk_filed_statement")),
        sa.PrimaryKeyConstraint("statement", name=op.f("pk_filed")),
    )
    op.create_index(op.f("ix_filed_day"), "filed", ["day"], unique=False)
    op.create_table(
        "unfiled",
        sa.Column("statement", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["statement"], ["statements.pk"], name=op.f("fk_unfiled_statement")),
        sa.PrimaryKeyConstraint("statement", name=op.f("pk_unfiled")),
    )
    op.create_table(
        "refiled",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("statement", sa.Integer(), nullable=False),
        sa.Column("rows", sa.LargeBinary(), nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.Column("moved", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["statement"], ["statements.pk"], name=op.f("fk_refiled_statement")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_refiled")),
    )
    op.create_table(
        "keyed",
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("assertion", sa.Integer(), nullable=False),
        sa.Column("worth", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "ordinal", "place", "assertion", name=op.f("pk_keyed")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "reached",
        sa.Column("as_of", sa.String(), nullable=False),
        sa.Column("upto", sa.Integer(), nullable=False),
        sa.Column("bars", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["as_of"], ["followings.as_of"], name=op.f("fk_reached_as_of"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("as_of", name=op.f("pk_reached")),
    )
    op.create_table(
        "compared",
        sa.Column("thread", sa.Integer(), nullable=False),
        sa.Column("rows", sa.LargeBinary(), nullable=False),
        sa.Column("linked", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["thread"], ["threads.pk"], name=op.f("fk_compared_thread"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("thread", name=op.f("pk_compared")),
    )
    for number, (event, changed) in enumerate(TRIGGERS.items(), 1):
        notes = " ".join(NOTE.format(each) for each in changed)
        op.execute(f"CREATE TRIGGER unfiled_{number} {event} BEGIN {notes} END")
    op.execute("INSERT INTO unfiled(statement, turn) SELECT current, 1 FROM documents")
