"""The promises under a key as one row, and each promise laid out; what was followed before is followed anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """The tables, and every current statement on the list of those to file."""
    for table in ("parts", "compared", "links", "threads", "reached", "followings", "refiled", "filed", "unfiled"):
        op.execute(f"DELETE FROM {table}")
    op.drop_table("keyed")
    op.create_table(
        "keyed",
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("entries", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_keyed")),
    )
    op.create_table(
        "spare",
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("assertion", sa.Integer(), nullable=False),
        sa.Column("worth", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "ordinal", "place", "assertion", name=op.f("pk_spare")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "laid",
        sa.Column("assertion", sa.Integer(), nullable=False),
        sa.Column("statement", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("row", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("assertion", name=op.f("pk_laid")),
    )
    op.create_index(op.f("ix_laid_statement"), "laid", ["statement"], unique=False)
    op.execute("INSERT INTO unfiled(statement, turn) SELECT current, 1 FROM documents")
