"""Views for people who open the record in another tool: one listing each, joined to its statement, current words only."""

from __future__ import annotations

_STATEMENT = 'statements.id AS doc, statements.date, statements.publisher, statements.title, items.start, items."end", items.quote'
_FROM = "AS items JOIN statements ON statements.pk = items.statement WHERE items.standing = 'asserted'"
_ASSERTION = 'items.actors, items.targets, items.event, items.topic, items."when", items.specific'


def _acts(name: str, act: str, more: str) -> str:
    return f"CREATE VIEW {name} AS SELECT items.id, {_ASSERTION}{more}, {_STATEMENT} FROM assertions {_FROM} AND items.act = '{act}'"


VIEWS: tuple[str, ...] = (
    _acts("commitments", "commitment", ", items.strength"),
    _acts("outcomes", "outcome", ", items.people"),
    _acts("positions", "position", ""),
    _acts("appeals", "appeal", ""),
    _acts("engagements", "outcome", ", items.people") + " AND items.event = 'CONSULT'",
    "CREATE VIEW current_statements AS SELECT statements.* FROM statements JOIN documents ON documents.current = statements.pk",
)
