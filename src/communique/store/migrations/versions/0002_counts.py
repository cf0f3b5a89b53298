"""Counts by actor, partner, event, mode and year; the mode of an engagement; and the passage that an assertion stands in."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

MODES = {
    "call": re.compile(r"\b(?:call(?:s|ed)?|phone\w*|telephon\w*|spoke by|video ?conferenc\w*|virtual(?:ly)?)\b", re.IGNORECASE),
    "visit": re.compile(r"\b(?:visit\w*|travel\w*|trip|arriv\w*)\b", re.IGNORECASE),
}
PASSAGE = """UPDATE assertions SET passage = (
    SELECT passages.pk FROM passages
    WHERE passages.statement = assertions.statement AND passages.start <= assertions.start AND passages."end" >= assertions."end"
    ORDER BY passages.start DESC, passages.pk DESC LIMIT 1)"""
KINDS = {
    "assertion": ("items.act", "items.event", "items.mode"),
    "figure": ("'figure'", "''", "''"),
    "agreement": ("'agreement'", "items.stage", "''"),
    "relation": ("'relation'", "''", "''"),
}
YEAR = "substr(coalesce(statements.date, ''), 1, 4)"
ACTS = "('actor', 'giver', 'party', 'issuer')"


def counts(kind: str) -> list[str]:
    """The counts of one kind: of anybody and of each actor, of all and with each partner."""
    act, what, mode = KINDS[kind]
    one = f"JOIN {kind}_parties AS one ON one.item = items.pk AND one.role IN {ACTS} AND one.code <> ''"
    other = f"JOIN {kind}_parties AS other ON other.item = items.pk AND other.role <> 'issuer' AND other.code <> ''"
    found = []
    for actor, partner, joins in (
        ("''", "''", ""),
        ("''", "other.code", other),
        ("one.code", "''", one),
        ("one.code", "other.code", f"{one} {other} AND other.code <> one.code"),
    ):
        found.append(
            f"INSERT INTO crossings SELECT {actor}, {act}, {partner}, {what}, {mode}, {YEAR}, count(*) "
            f"FROM {kind}s AS items JOIN statements ON statements.pk = items.statement {joins} "
            "WHERE items.standing = 'asserted' GROUP BY 1, 2, 3, 4, 5, 6"
        )
    return found


def upgrade() -> None:
    """Adds the columns and the table, and fills them from what the record holds."""
    op.add_column("assertions", sa.Column("mode", sa.String(), nullable=False, server_default=""))
    op.add_column("assertions", sa.Column("passage", sa.Integer(), nullable=True))
    op.create_table(
        "crossings",
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("partner", sa.Text(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("year", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("actor", "kind", "partner", "what", "mode", "year", name=op.f("pk_crossings")),
        sqlite_with_rowid=False,
    )
    connection = op.get_bind()
    connection.exec_driver_sql(PASSAGE)
    engaged = "SELECT pk, quote FROM assertions WHERE act = 'outcome' AND event = 'CONSULT'"
    modes = [(_mode(quote), pk) for pk, quote in connection.exec_driver_sql(engaged)]
    if modes:
        connection.exec_driver_sql("UPDATE assertions SET mode = ? WHERE pk = ?", modes)
    op.create_index(op.f("ix_assertions_passage"), "assertions", ["passage", "standing", "act", "topic", "event", "ordinal"], unique=False)
    for kind in KINDS:
        for statement in counts(kind):
            connection.exec_driver_sql(statement)


def _mode(quote: str | bytes) -> str:
    said = quote.decode("utf-8", "surrogatepass") if isinstance(quote, bytes) else quote
    return next((name for name, pattern in MODES.items() if pattern.search(said)), "meeting")
