"""Views for people who open the record in another tool: one listing each, joined to its statement, current words only."""

from __future__ import annotations

_STATEMENT = 'statements.id AS doc, statements.date, statements.publisher, statements.title, items.start, items."end", items.quote'
_FROM = "AS items JOIN statements ON statements.pk = items.statement\n    WHERE items.standing = 'asserted'"
_ASSERTION = 'items.actors, items.targets, items.event, items.topic, items."when", items.specific'


def _view(name: str, columns: str, table: str, where: str = "") -> str:
    return f"CREATE VIEW {name} AS\n    SELECT items.id, {columns},\n    {_STATEMENT}\n    FROM {table} {_FROM}{where}"


def _acts(name: str, act: str, more: str = "", where: str = "") -> str:
    return _view(name, _ASSERTION + more, "assertions", f" AND items.act = '{act}'{where}")


VIEWS: tuple[str, ...] = (
    _acts("commitments", "commitment", ", items.strength"),
    _acts("outcomes", "outcome", ", items.people"),
    _acts("positions", "position"),
    _acts("appeals", "appeal"),
    _acts("engagements", "outcome", ", items.people", " AND items.event = 'CONSULT'"),
    _view("claimed_figures", 'items.value, items.value_high, items.rel, items.unit, items."of", items.giver, items.receiver', "figures"),
    _view("named_agreements", "items.name, items.short, items.parties, items.stage", "agreements"),
    _view("labelled_relations", "items.parties, items.label", "relations"),
    """CREATE VIEW followed AS
    SELECT threads.as_of, threads.verdict, threads.rule, commitments.id, commitments.actors, commitments.quote, commitments.doc,
    links.label, links.quote AS later_quote, later.id AS later_doc, later.date AS later_date, links.start, links."end", links.confidence
    FROM threads JOIN commitments ON commitments.id = threads.id
    LEFT JOIN links ON links.thread = threads.pk LEFT JOIN statements AS later ON later.pk = links.statement""",
    """CREATE VIEW current_statements AS
    SELECT statements.* FROM statements JOIN documents ON documents.current = statements.pk""",
)
