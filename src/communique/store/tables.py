"""The tables of a record.  Read this to know what is kept, and where.

    texts ── statements ── readings ── assertions, figures, agreements, relations ── *_parties
               │    └───── passages (searched through passages_fts)
               └ documents (which version is current)     arrivals (what has come in)     problems
    judgements (a person's words on any id above)     followings ── threads ── links
    tallies, crossings, sources, silences (counts kept up to date)
    filed, keyed, laid ... (what following needs to follow again only what a change touches)

Texts, statements and judgements never change (triggers refuse it); a newer reading replaces the items of an older one.
``ordinal`` is the order of the record (date, then id), so that any listing is a walk along an index.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, UniqueConstraint
from sqlalchemy.types import BigInteger

from communique.store.columns import Codes, Pairs, Words

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMES)

# ------------------------------------------------------------------------------------------------ what was said

texts = Table(
    "texts",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("length", Integer, nullable=False),  # in characters, as offsets count them
    Column("text", Words, nullable=False),
)

statements = Table(
    "statements",
    metadata,
    Column("pk", Integer, primary_key=True),
    Column("id", Words, nullable=False),
    Column("version", Integer, nullable=False),
    Column("supersedes", Integer, ForeignKey("statements.pk")),
    Column("sha256", String, ForeignKey("texts.sha256"), nullable=False),
    Column("ordinal", BigInteger, nullable=False),
    Column("date", String),
    Column("publisher", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("lang", Words, nullable=False),
    Column("url", Words, nullable=False),
    Column("source", Words, nullable=False),
    Column("speakers", Pairs, nullable=False),
    Column("issuers", Codes, nullable=False),
    Column("found", Pairs, nullable=False),
    Column("added", String, nullable=False),
    UniqueConstraint("id", "version"),
    Index(None, "sha256"),
    Index(None, "url"),
    Index(None, "source"),
    Index(None, "ordinal"),
    Index(None, "publisher", "ordinal"),
)

documents = Table(
    "documents",
    metadata,
    Column("id", Words, primary_key=True),
    Column("current", Integer, ForeignKey("statements.pk"), nullable=False, unique=True),
)

arrivals = Table(
    "arrivals",
    metadata,
    Column("given", String, primary_key=True),  # hash of everything that came, text and metadata
    Column("statement", Integer, ForeignKey("statements.pk"), nullable=False, index=True),
    Column("source", Words, nullable=False),
    Column("at", String, nullable=False),
)

# ------------------------------------------------------------------------------------------------ what was read

readings = Table(
    "readings",
    metadata,
    Column("pk", Integer, primary_key=True),
    Column("statement", Integer, ForeignKey("statements.pk"), nullable=False, index=True),
    Column("reader", Words, nullable=False),  # name and version
    Column("at", String, nullable=False),
    Column("items", Integer, nullable=False),
    Column("aside", Integer, nullable=False),
    Column("replaced", String),  # when a newer reading took its place
)

passages = Table(
    "passages",
    metadata,
    Column("pk", Integer, primary_key=True),
    Column("statement", Integer, ForeignKey("statements.pk"), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("role", String, nullable=False),
    Column("paragraph", Integer, nullable=False),
    Column("speaker", Words, nullable=False),
    Column("voice", Codes, nullable=False),
    Column("words", Words),  # only where SQL cannot cut them out of the text: NULs, broken Unicode, very long texts
    Index(None, "statement", "start"),
)


def _items(name: str, *columns: Column[object]) -> Table:
    """A table of cited items: where they stand, their words, and how they stand now."""
    return Table(
        name,
        metadata,
        Column("pk", Integer, primary_key=True),
        Column("id", String, nullable=False),
        Column("statement", Integer, ForeignKey("statements.pk"), nullable=False),
        Column("reading", Integer, ForeignKey("readings.pk"), nullable=False),
        Column("ordinal", BigInteger, nullable=False),
        Column("standing", String, nullable=False),  # asserted, aside, rejected, superseded
        Column("start", Integer, nullable=False),
        Column("end", Integer, nullable=False),
        Column("quote", Words, nullable=False),
        *columns,
        Column("confidence", Float, nullable=False),
        Column("aside", Boolean(create_constraint=False), nullable=False),  # as read: below the floor
        Column("as_read", Pairs),  # the fields a person changed, as the reader had them
        UniqueConstraint("id", "statement"),
        Index(None, "statement"),
    )


assertions = _items(
    "assertions",
    Column("act", String, nullable=False),
    Column("event", String, nullable=False),
    Column("actors", Codes, nullable=False),
    Column("targets", Codes, nullable=False),
    Column("topic", String, nullable=False),
    Column("when", String),
    Column("specific", Boolean(create_constraint=False), nullable=False),
    Column("strength", String),
    Column("speaker", Words, nullable=False),
    Column("people", Codes, nullable=False),
    Column("reported", Boolean(create_constraint=False), nullable=False),
    Column("grounds", Pairs),
    Column("mode", String, nullable=False, server_default=""),  # of an engagement: meeting, call or visit
    Column("passage", Integer),  # the passage it stands in, where it stands in one
)
Index(
    "ix_assertions_passage",  # all that a search asks of an assertion
    *(assertions.c[name] for name in ("passage", "standing", "act", "topic", "event", "ordinal")),
)
Index(None, assertions.c.standing, assertions.c.act, assertions.c.ordinal)
Index(None, assertions.c.standing, assertions.c.act, assertions.c.event, assertions.c.ordinal)
Index(None, assertions.c.standing, assertions.c.act, assertions.c.topic, assertions.c.ordinal)

figures = _items(
    "figures",
    Column("value", Float, nullable=False),
    Column("value_high", Float),
    Column("rel", String, nullable=False),
    Column("unit", Words, nullable=False),
    Column("of", Words, nullable=False),
    Column("giver", Codes, nullable=False),
    Column("receiver", Codes, nullable=False),
    Column("when", String),
)
Index(None, figures.c.standing, figures.c.ordinal)
Index(None, figures.c.standing, figures.c.unit, figures.c.ordinal)

agreements = _items(
    "agreements",
    Column("name", Words, nullable=False),
    Column("short", Words, nullable=False),
    Column("parties", Codes, nullable=False),
    Column("stage", String, nullable=False),
)
Index(None, agreements.c.standing, agreements.c.ordinal)
Index(None, agreements.c.standing, agreements.c.stage, agreements.c.ordinal)

relations = _items("relations", Column("parties", Codes, nullable=False), Column("label", Words, nullable=False))
Index(None, relations.c.standing, relations.c.ordinal)

ITEMS: dict[str, Table] = {"assertion": assertions, "figure": figures, "agreement": agreements, "relation": relations}


def _parties(items: Table) -> Table:
    """Who an item names, one row a code and role: the index behind ``--actor`` and ``--with``."""
    return Table(
        f"{items.name[:-1]}_parties",
        metadata,
        Column("code", Words, primary_key=True),
        Column("act", String, primary_key=True),  # empty where the kind has none
        Column("ordinal", BigInteger, primary_key=True),
        Column("item", Integer, ForeignKey(items.c.pk), primary_key=True),
        Column("role", String, nullable=False),  # actor, target, giver, receiver, party, issuer
        Index(None, "item"),
        sqlite_with_rowid=False,
    )


PARTIES: dict[str, Table] = {kind: _parties(items) for kind, items in ITEMS.items()}

# ------------------------------------------------------------------------------------------------ faults and judgements

problems = Table(
    "problems",
    metadata,
    Column("id", String, primary_key=True),
    Column("statement", Integer, ForeignKey("statements.pk"), index=True),  # empty for an input that gave no statement
    Column("stage", String, nullable=False),
    Column("code", String, nullable=False),
    Column("message", Words, nullable=False),
    Column("about", Words, nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("at", String, nullable=False),
    Column("cleared", String),  # when the input was read after all
)

judgements = Table(
    "judgements",
    metadata,
    Column("pk", Integer, primary_key=True),
    Column("about", Words, nullable=False, index=True),  # an item, a thread, or "thread>item"
    Column("decision", String, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", String, nullable=False),
    Column("why", Words, nullable=False),
    Column("changes", Pairs, nullable=False),
)

# ------------------------------------------------------------------------------------------------ following

followings = Table(
    "followings",
    metadata,
    Column("as_of", String, primary_key=True),
    Column("state", String, nullable=False),  # of what the record held when it was followed
    Column("at", String, nullable=False),
)

threads = Table(
    "threads",
    metadata,
    Column("pk", Integer, primary_key=True),
    Column("as_of", String, ForeignKey("followings.as_of"), nullable=False),
    Column("assertion", Integer, ForeignKey("assertions.pk"), nullable=False),
    Column("id", String, nullable=False),
    Column("ordinal", BigInteger, nullable=False),
    Column("verdict", String, nullable=False),  # the machine's; a person's judgement stands above it
    Column("rule", Words, nullable=False),
    Column("read", Integer, nullable=False),
    UniqueConstraint("as_of", "assertion"),
    Index(None, "assertion"),
    Index(None, "id", "as_of"),
    Index(None, "as_of", "verdict", "ordinal"),
    Index(None, "as_of", "ordinal"),
)

links = Table(
    "links",
    metadata,
    Column("thread", Integer, ForeignKey("threads.pk"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("statement", Integer, ForeignKey("statements.pk"), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Words, nullable=False),
    Column("label", String, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("item", String, nullable=False),  # id of the assertion linked; empty for a sentence that carries none
    Column("grade", String, nullable=False),
    Column("rule", Words, nullable=False),
)
Index(None, links.c.item)

# ------------------------------------------------------------------------------------------------ following again
# ``service/refollow.py`` says how these are used; the arrays in the blobs are those of ``filing.py``, ``bars.py`` and ``keying.py``.

unfiled = Table(
    "unfiled",  # statements that changed since they were filed; triggers write it: a new text, another reading, a judgement on an item
    metadata,
    Column("statement", Integer, ForeignKey("statements.pk"), primary_key=True),
    Column("turn", Integer, nullable=False),
)

filed = Table(
    "filed",  # of each statement its rows: place, weight and keys of every assertion and loose sentence
    metadata,
    Column("statement", Integer, ForeignKey("statements.pk"), primary_key=True),
    Column("day", Integer, nullable=False, index=True),
    Column("rows", LargeBinary, nullable=False),
    Column("hashes", LargeBinary, nullable=False),
)

keyed = Table(
    "keyed",  # under each key the promises that are found by it, in the order of the record
    metadata,
    Column("key", BigInteger, primary_key=True),
    Column("entries", LargeBinary, nullable=False),
)

spare = Table(
    "spare",  # the promises that come after as many as a key is good for
    metadata,
    Column("key", BigInteger, primary_key=True),
    Column("ordinal", BigInteger, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("assertion", Integer, primary_key=True),
    Column("worth", Integer, nullable=False),
    sqlite_with_rowid=False,
)

laid = Table(
    "laid",  # each promise as it is compared, so that it need not be read again
    metadata,
    Column("assertion", Integer, primary_key=True),
    Column("statement", Integer, nullable=False, index=True),
    Column("place", Integer, nullable=False),
    Column("row", LargeBinary, nullable=False),
)

refiled = Table(
    "refiled",  # what a statement was before it was filed again, for followings of other dates to catch up on
    metadata,
    Column("pk", Integer, primary_key=True),
    Column("statement", Integer, ForeignKey("statements.pk"), nullable=False),
    Column("rows", LargeBinary, nullable=False),
    Column("hashes", LargeBinary, nullable=False),
    Column("moved", LargeBinary, nullable=False),  # assertions of other promises of which a key went out of use or came back
)

reached = Table(
    "reached",  # how far a following came, and the least share at which each of its promises takes a candidate
    metadata,
    Column("as_of", String, ForeignKey("followings.as_of", ondelete="CASCADE"), primary_key=True),
    Column("upto", Integer, nullable=False),
    Column("bars", LargeBinary, nullable=False),
)

compared = Table(
    "compared",  # of each thread the rows its promise was compared with, and the row of each link
    metadata,
    Column("thread", Integer, ForeignKey("threads.pk", ondelete="CASCADE"), primary_key=True),
    Column("rows", LargeBinary, nullable=False),
    Column("linked", LargeBinary, nullable=False),
)

parts = Table(
    "parts",
    metadata,
    Column("thread", Integer, ForeignKey("threads.pk", ondelete="CASCADE"), primary_key=True),
    Column("umbrella", String, nullable=False, index=True),  # id of the promise that this one is a part of
)

verdicts = Table(
    "verdicts",  # threads of a following: all, of each actor, and that name each party; the machine's verdict, whatever people said
    metadata,
    Column("as_of", String, ForeignKey("followings.as_of", ondelete="CASCADE"), primary_key=True),
    Column("actor", Words, primary_key=True),  # empty: anybody
    Column("partner", Words, primary_key=True),  # who is named, actor or not, whoever acts; empty: anybody or nobody
    Column("topic", String, primary_key=True),
    Column("year", String, primary_key=True),  # in which it was promised
    Column("verdict", String, primary_key=True),
    Column("part", Boolean(create_constraint=False), primary_key=True),  # of another promise
    Column("passed", Boolean(create_constraint=False), primary_key=True),  # over in silence
    Column("due", String, primary_key=True),  # the last day by which what is open was to be done; empty: none
    Column("n", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# ------------------------------------------------------------------------------------------------ counts

tallies = Table(
    "tallies",
    metadata,
    Column("kind", String, primary_key=True),  # an act, or figure, agreement, relation, statement
    Column("field", String, primary_key=True),  # "", actor, partner, topic, event, publisher, year, unit, stage ...
    Column("value", Words, primary_key=True),
    Column("n", Integer, nullable=False),
    Index(None, "kind", "field", "n"),
    sqlite_with_rowid=False,
)

crossings = Table(
    "crossings",  # items of an actor (empty: of anybody), alone and with each other party, by event, mode and year
    metadata,
    Column("actor", Words, primary_key=True),
    Column("kind", String, primary_key=True),  # an act, or figure, agreement, relation
    Column("partner", Words, primary_key=True),
    Column("what", String, primary_key=True),  # the event of an assertion, the stage of an agreement
    Column("mode", String, primary_key=True),  # of an engagement
    Column("year", String, primary_key=True),  # empty: undated
    Column("n", Integer, nullable=False),
    sqlite_with_rowid=False,
)

sources = Table(
    "sources",  # current statements of a publisher, and the items read from them: all, and those that speak for each side
    metadata,
    Column("publisher", Words, primary_key=True),
    Column("year", String, primary_key=True),  # empty: undated
    Column("kind", Words, primary_key=True),
    Column("side", Words, primary_key=True),  # empty: all
    Column("statements", Integer, nullable=False),
    Column("items", Integer, nullable=False),
    sqlite_with_rowid=False,
)

silences = Table(
    "silences",  # long stretches without a statement of a publisher, by the statement that ended them
    metadata,
    Column("statement", Integer, ForeignKey("statements.pk"), primary_key=True),
    Column("since", Integer, ForeignKey("statements.pk"), nullable=False),
    Column("months", Integer, nullable=False),
)
