"""The first schema: tables, full text, views, and the triggers that keep what was said as it was."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

DDL = (
    """CREATE VIEW passage_words AS
    SELECT passages.pk AS pk, statements.id AS statement, statements.date AS date, passages.role AS role, passages.start AS start,
           passages."end" AS "end",
           coalesce(passages.words, substr(texts.text, passages.start + 1, passages."end" - passages.start)) AS words
    FROM passages JOIN statements ON statements.pk = passages.statement JOIN texts ON texts.sha256 = statements.sha256
    WHERE passages.role <> 'furniture'""",
    """CREATE VIRTUAL TABLE passages_fts USING fts5(
    words, content='passage_words', content_rowid='pk', tokenize='unicode61 remove_diacritics 2')""",
    """CREATE VIEW commitments AS
    SELECT items.id, items.actors, items.targets, items.event, items.topic, items."when", items.specific, items.strength,
    statements.id AS doc, statements.date, statements.publisher, statements.title, items.start, items."end", items.quote
    FROM assertions AS items JOIN statements ON statements.pk = items.statement
    WHERE items.standing = 'asserted' AND items.act = 'commitment'""",
    """CREATE VIEW outcomes AS
    SELECT items.id, items.actors, items.targets, items.event, items.topic, items."when", items.specific, items.people,
    statements.id AS doc, statements.date, statements.publisher, statements.title, items.start, items."end", items.quote
    FROM assertions AS items JOIN statements ON statements.pk = items.statement
    WHERE items.standing = 'asserted' AND items.act = 'outcome'""",
    """CREATE VIEW positions AS
    SELECT items.id, items.actors, items.targets, items.event, items.topic, items."when", items.specific,
    statements.id AS doc, statements.date, statements.publisher, statements.title, items.start, items."end", items.quote
    FROM assertions AS items JOIN statements ON statements.pk = items.statement
    WHERE items.standing = 'asserted' AND items.act = 'position'""",
    """CREATE VIEW appeals AS
    SELECT items.id, items.actors, items.targets, items.event, items.topic, items."when", items.specific,
    statements.id AS doc, statements.date, statements.publisher, statements.title, items.start, items."end", items.quote
    FROM assertions AS items JOIN statements ON statements.pk = items.statement
    WHERE items.standing = 'asserted' AND items.act = 'appeal'""",
    """CREATE VIEW engagements AS
    SELECT items.id, items.actors, items.targets, items.event, items.topic, items."when", items.specific, items.people,
    statements.id AS doc, statements.date, statements.publisher, statements.title, items.start, items."end", items.quote
    FROM assertions AS items JOIN statements ON statements.pk = items.statement
    WHERE items.standing = 'asserted' AND items.act = 'outcome' AND items.event = 'CONSULT'""",
    """CREATE VIEW claimed_figures AS
    SELECT items.id, items.value, items.value_high, items.rel, items.unit, items."of", items.giver, items.receiver,
    statements.id AS doc, statements.date, statements.publisher, statements.title, items.start, items."end", items.quote
    FROM figures AS items JOIN statements ON statements.pk = items.statement
    WHERE items.standing = 'asserted'""",
    """CREATE VIEW named_agreements AS
    SELECT items.id, items.name, items.short, items.parties, items.stage,
    statements.id AS doc, statements.date, statements.publisher, statements.title, items.start, items."end", items.quote
    FROM agreements AS items JOIN statements ON statements.pk = items.statement
    WHERE items.standing = 'asserted'""",
    """CREATE VIEW labelled_relations AS
    SELECT items.id, items.parties, items.label,
    statements.id AS doc, statements.date, statements.publisher, statements.title, items.start, items."end", items.quote
    FROM relations AS items JOIN statements ON statements.pk = items.statement
    WHERE items.standing = 'asserted'""",
    """CREATE VIEW followed AS
    SELECT threads.as_of, threads.verdict, threads.rule, commitments.id, commitments.actors, commitments.quote, commitments.doc,
    links.label, links.quote AS later_quote, later.id AS later_doc, later.date AS later_date, links.start, links."end", links.confidence
    FROM threads JOIN commitments ON commitments.id = threads.id
    LEFT JOIN links ON links.thread = threads.pk LEFT JOIN statements AS later ON later.pk = links.statement""",
    """CREATE VIEW current_statements AS
    SELECT statements.* FROM statements JOIN documents ON documents.current = statements.pk""",
    """CREATE TRIGGER texts_no_update BEFORE UPDATE ON texts
    BEGIN SELECT RAISE(ABORT, 'texts are never changed: a record of what was said is only added to'); END""",
    """CREATE TRIGGER texts_no_delete BEFORE DELETE ON texts
    BEGIN SELECT RAISE(ABORT, 'texts are never changed: a record of what was said is only added to'); END""",
    """CREATE TRIGGER statements_no_update BEFORE UPDATE ON statements
    BEGIN SELECT RAISE(ABORT, 'statements are never changed: a record of what was said is only added to'); END""",
    """CREATE TRIGGER statements_no_delete BEFORE DELETE ON statements
    BEGIN SELECT RAISE(ABORT, 'statements are never changed: a record of what was said is only added to'); END""",
    """CREATE TRIGGER judgements_no_update BEFORE UPDATE ON judgements
    BEGIN SELECT RAISE(ABORT, 'judgements are never changed: a record of what a person decided is only added to'); END""",
    """CREATE TRIGGER judgements_no_delete BEFORE DELETE ON judgements
    BEGIN SELECT RAISE(ABORT, 'judgements are never changed: a record of what a person decided is only added to'); END""",
)


def upgrade() -> None:
    """Everything."""
    op.create_table(
        "followings",
        sa.Column("as_of", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("as_of", name=op.f("pk_followings")),
    )
    op.create_table(
        "judgements",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_judgements")),
    )
    op.create_index(op.f("ix_judgements_about"), "judgements", ["about"], unique=False)
    op.create_table(
        "tallies",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "field", "value", name=op.f("pk_tallies")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_tallies_kind_field_n"), "tallies", ["kind", "field", "n"], unique=False)
    op.create_table(
        "texts",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_texts")),
    )
    op.create_table(
        "statements",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("supersedes", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("date", sa.String(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("speakers", sa.Text(), nullable=False),
        sa.Column("issuers", sa.Text(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("added", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["texts.sha256"], name=op.f("fk_statements_sha256")),
        sa.ForeignKeyConstraint(["supersedes"], ["statements.pk"], name=op.f("fk_statements_supersedes")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_statements")),
        sa.UniqueConstraint("id", "version", name=op.f("uq_statements_id_version")),
    )
    op.create_index(op.f("ix_statements_ordinal"), "statements", ["ordinal"], unique=False)
    op.create_index(op.f("ix_statements_publisher_ordinal"), "statements", ["publisher", "ordinal"], unique=False)
    op.create_index(op.f("ix_statements_sha256"), "statements", ["sha256"], unique=False)
    op.create_index(op.f("ix_statements_source"), "statements", ["source"], unique=False)
    op.create_index(op.f("ix_statements_url"), "statements", ["url"], unique=False)
    op.create_table(
        "arrivals",
        sa.Column("given", sa.String(), nullable=False),
        sa.Column("statement", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["statement"], ["statements.pk"], name=op.f("fk_arrivals_statement")),
        sa.PrimaryKeyConstraint("given", name=op.f("pk_arrivals")),
    )
    op.create_index(op.f("ix_arrivals_statement"), "arrivals", ["statement"], unique=False)
    op.create_table(
        "documents",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("current", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["current"], ["statements.pk"], name=op.f("fk_documents_current")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("current", name=op.f("uq_documents_current")),
    )
    op.create_table(
        "passages",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("statement", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("paragraph", sa.Integer(), nullable=False),
        sa.Column("speaker", sa.Text(), nullable=False),
        sa.Column("voice", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["statement"], ["statements.pk"], name=op.f("fk_passages_statement")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_passages")),
    )
    op.create_index(op.f("ix_passages_statement_start"), "passages", ["statement", "start"], unique=False)
    op.create_table(
        "problems",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("statement", sa.Integer(), nullable=True),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("cleared", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["statement"], ["statements.pk"], name=op.f("fk_problems_statement")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problems")),
    )
    op.create_index(op.f("ix_problems_about"), "problems", ["about"], unique=False)
    op.create_index(op.f("ix_problems_statement"), "problems", ["statement"], unique=False)
    op.create_table(
        "readings",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("statement", sa.Integer(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("aside", sa.Integer(), nullable=False),
        sa.Column("replaced", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["statement"], ["statements.pk"], name=op.f("fk_readings_statement")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_readings")),
    )
    op.create_index(op.f("ix_readings_statement"), "readings", ["statement"], unique=False)
    op.create_table(
        "agreements",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("statement", sa.Integer(), nullable=False),
        sa.Column("reading", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short", sa.Text(), nullable=False),
        sa.Column("parties", sa.Text(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("aside", sa.Boolean(), nullable=False),
        sa.Column("as_read", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["reading"], ["readings.pk"], name=op.f("fk_agreements_reading")),
        sa.ForeignKeyConstraint(["statement"], ["statements.pk"], name=op.f("fk_agreements_statement")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_agreements")),
        sa.UniqueConstraint("id", "statement", name=op.f("uq_agreements_id_statement")),
    )
    op.create_index(op.f("ix_agreements_standing_ordinal"), "agreements", ["standing", "ordinal"], unique=False)
    op.create_index(op.f("ix_agreements_standing_stage_ordinal"), "agreements", ["standing", "stage", "ordinal"], unique=False)
    op.create_index(op.f("ix_agreements_statement"), "agreements", ["statement"], unique=False)
    op.create_table(
        "assertions",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("statement", sa.Integer(), nullable=False),
        sa.Column("reading", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("actors", sa.Text(), nullable=False),
        sa.Column("targets", sa.Text(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("when", sa.String(), nullable=True),
        sa.Column("specific", sa.Boolean(), nullable=False),
        sa.Column("strength", sa.String(), nullable=True),
        sa.Column("speaker", sa.Text(), nullable=False),
        sa.Column("people", sa.Text(), nullable=False),
        sa.Column("reported", sa.Boolean(), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("aside", sa.Boolean(), nullable=False),
        sa.Column("as_read", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["reading"], ["readings.pk"], name=op.f("fk_assertions_reading")),
        sa.ForeignKeyConstraint(["statement"], ["statements.pk"], name=op.f("fk_assertions_statement")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_assertions")),
        sa.UniqueConstraint("id", "statement", name=op.f("uq_assertions_id_statement")),
    )
    op.create_index(op.f("ix_assertions_standing_act_event_ordinal"), "assertions", ["standing", "act", "event", "ordinal"], unique=False)
    op.create_index(op.f("ix_assertions_standing_act_ordinal"), "assertions", ["standing", "act", "ordinal"], unique=False)
    op.create_index(op.f("ix_assertions_standing_act_topic_ordinal"), "assertions", ["standing", "act", "topic", "ordinal"], unique=False)
    op.create_index(op.f("ix_assertions_statement"), "assertions", ["statement"], unique=False)
    op.create_table(
        "figures",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("statement", sa.Integer(), nullable=False),
        sa.Column("reading", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("value_high", sa.Float(), nullable=True),
        sa.Column("rel", sa.String(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("of", sa.Text(), nullable=False),
        sa.Column("giver", sa.Text(), nullable=False),
        sa.Column("receiver", sa.Text(), nullable=False),
        sa.Column("when", sa.String(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("aside", sa.Boolean(), nullable=False),
        sa.Column("as_read", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["reading"], ["readings.pk"], name=op.f("fk_figures_reading")),
        sa.ForeignKeyConstraint(["statement"], ["statements.pk"], name=op.f("fk_figures_statement")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_figures")),
        sa.UniqueConstraint("id", "statement", name=op.f("uq_figures_id_statement")),
    )
    op.create_index(op.f("ix_figures_standing_ordinal"), "figures", ["standing", "ordinal"], unique=False)
    op.create_index(op.f("ix_figures_standing_unit_ordinal"), "figures", ["standing", "unit", "ordinal"], unique=False)
    op.create_index(op.f("ix_figures_statement"), "figures", ["statement"], unique=False)
    op.create_table(
        "relations",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("statement", sa.Integer(), nullable=False),
        sa.Column("reading", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("parties", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("aside", sa.Boolean(), nullable=False),
        sa.Column("as_read", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["reading"], ["readings.pk"], name=op.f("fk_relations_reading")),
        sa.ForeignKeyConstraint(["statement"], ["statements.pk"], name=op.f("fk_relations_statement")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_relations")),
        sa.UniqueConstraint("id", "statement", name=op.f("uq_relations_id_statement")),
    )
    op.create_index(op.f("ix_relations_standing_ordinal"), "relations", ["standing", "ordinal"], unique=False)
    op.create_index(op.f("ix_relations_statement"), "relations", ["statement"], unique=False)
    op.create_table(
        "agreement_parties",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["item"], ["agreements.pk"], name=op.f("fk_agreement_parties_item")),
        sa.PrimaryKeyConstraint("code", "act", "ordinal", "item", name=op.f("pk_agreement_parties")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_agreement_parties_item"), "agreement_parties", ["item"], unique=False)
    op.create_table(
        "assertion_parties",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["item"], ["assertions.pk"], name=op.f("fk_assertion_parties_item")),
        sa.PrimaryKeyConstraint("code", "act", "ordinal", "item", name=op.f("pk_assertion_parties")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_assertion_parties_item"), "assertion_parties", ["item"], unique=False)
    op.create_table(
        "figure_parties",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["item"], ["figures.pk"], name=op.f("fk_figure_parties_item")),
        sa.PrimaryKeyConstraint("code", "act", "ordinal", "item", name=op.f("pk_figure_parties")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_figure_parties_item"), "figure_parties", ["item"], unique=False)
    op.create_table(
        "relation_parties",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["item"], ["relations.pk"], name=op.f("fk_relation_parties_item")),
        sa.PrimaryKeyConstraint("code", "act", "ordinal", "item", name=op.f("pk_relation_parties")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_relation_parties_item"), "relation_parties", ["item"], unique=False)
    op.create_table(
        "threads",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.String(), nullable=False),
        sa.Column("assertion", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["as_of"], ["followings.as_of"], name=op.f("fk_threads_as_of")),
        sa.ForeignKeyConstraint(["assertion"], ["assertions.pk"], name=op.f("fk_threads_assertion")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_threads")),
        sa.UniqueConstraint("as_of", "assertion", name=op.f("uq_threads_as_of_assertion")),
    )
    op.create_index(op.f("ix_threads_as_of_ordinal"), "threads", ["as_of", "ordinal"], unique=False)
    op.create_index(op.f("ix_threads_as_of_verdict_ordinal"), "threads", ["as_of", "verdict", "ordinal"], unique=False)
    op.create_index(op.f("ix_threads_assertion"), "threads", ["assertion"], unique=False)
    op.create_index(op.f("ix_threads_id_as_of"), "threads", ["id", "as_of"], unique=False)
    op.create_table(
        "links",
        sa.Column("thread", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("statement", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["statement"], ["statements.pk"], name=op.f("fk_links_statement")),
        sa.ForeignKeyConstraint(["thread"], ["threads.pk"], name=op.f("fk_links_thread")),
        sa.PrimaryKeyConstraint("thread", "place", name=op.f("pk_links")),
    )
    op.create_index(op.f("ix_links_statement"), "links", ["statement"], unique=False)

    for ddl in DDL:
        op.execute(ddl)
