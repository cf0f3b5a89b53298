"""The first schema."""

from __future__ import annotations

from alembic import op

from communique.store import sqlite
from communique.store.tables import metadata
from communique.store.views import VIEWS

revision = "0001"
down_revision = None


def upgrade() -> None:
    """All tables, the full text, the views, and the triggers that keep what was said as it was."""
    metadata.create_all(op.get_bind())
    for ddl in (*sqlite.FULL_TEXT, *VIEWS, *sqlite.guards()):
        op.execute(ddl)
