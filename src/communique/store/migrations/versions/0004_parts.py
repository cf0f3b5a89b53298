"""Which promise another one is a part of; what was followed before is followed anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """One table beside the threads."""
    op.create_table(
        "parts",
        sa.Column("thread", sa.Integer(), nullable=False),
        sa.Column("umbrella", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["thread"], ["threads.pk"], name=op.f("fk_parts_thread"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("thread", name=op.f("pk_parts")),
    )
    op.create_index(op.f("ix_parts_umbrella"), "parts", ["umbrella"], unique=False)
