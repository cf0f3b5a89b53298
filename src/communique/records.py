"""The records of Communique, in the order the pipeline makes them.

Everything here is a frozen value that imports nothing of ours.  Offsets are Python ``str``
indices into ``Statement.text``, end exclusive, and for every item ``text[start:end] == quote``.
Codes are ISO 3166-1 alpha-3 for states (``CHN``), usual acronyms for organisations (``ASEAN``),
``grp:kebab-words`` for loose groups and ``org:Name`` for anything else that can act.
Dates are ISO 8601 strings of stated precision: ``2020``, ``2020-08``, ``2020-08-11`` or ``start/end``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from typing import Literal

__all__ = [
    "Act", "Added", "Agreement", "Assertion", "Draft", "Entry", "Event", "Figure", "Filters", "Given", "Ground", "Hit", "Item", "Judgement",
    "Kept", "Label", "Link", "Mention", "Passage", "Problem", "Reading", "Relation", "Role", "Speaker", "Stage", "Statement",
    "Strength", "Thread", "Topic", "Verdict", "digest", "item_id", "kind_of",
]


class Act(StrEnum):
    """What the words of an assertion do (codebook, "act")."""

    OUTCOME = "outcome"
    COMMITMENT = "commitment"
    POSITION = "position"
    APPEAL = "appeal"


class Event(StrEnum):
    """The kind of deed, named as PLOVER names it; the act is kept apart."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"
    NONE = "NONE"


class Topic(StrEnum):
    """The one main subject of an assertion."""

    HEALTH = "health"
    ECONOMY = "economy-trade"
    DEVELOPMENT = "development"
    CLIMATE = "climate-environment"
    SECURITY = "security-defence"
    RIGHTS = "human-rights"
    SOVEREIGNTY = "sovereignty-territory"
    TECHNOLOGY = "technology-cyber"
    CULTURE = "people-culture-education"
    GOVERNANCE = "global-governance"
    ENERGY = "energy-infrastructure"
    HUMANITARIAN = "humanitarian"
    MIGRATION = "consular-migration"
    BILATERAL = "bilateral-relations"
    OTHER = "other"


class Strength(StrEnum):
    """How firmly a commitment is worded."""

    FIRM = "firm"
    INTENDED = "intended"
    ASPIRATIONAL = "aspirational"


class Stage(StrEnum):
    """Where an instrument stands, in the order of treaty practice."""

    PROPOSED = "proposed"
    NEGOTIATING = "negotiating"
    CONCLUDED = "concluded"
    SIGNED = "signed"
    RATIFIED = "ratified"
    IN_FORCE = "in-force"
    IMPLEMENTING = "implementing"
    EXTENDED = "extended"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    MENTIONED = "mentioned"


class Label(StrEnum):
    """What a later passage is to a commitment."""

    FULFILS = "fulfils"
    ADVANCES = "advances"
    REPEATS = "repeats"
    RETRACTS = "retracts"
    UNRELATED = "unrelated"


class Verdict(StrEnum):
    """What has become of a commitment by a date, from the record alone."""

    FULFILLED = "fulfilled"
    IN_PROGRESS = "in-progress"
    REPEATED = "repeated"
    RETRACTED = "retracted"
    NO_REPORT = "no-report"

    @property
    def score(self) -> int | None:
        """The -1 / 0 / +1 of summit-compliance research; ``None`` for silence, which is no failure."""
        return {"fulfilled": 1, "in-progress": 0, "retracted": -1}.get(self.value)


class Role(StrEnum):
    """What a passage is in its statement; only BODY carries items."""

    BODY = "body"
    HEADING = "heading"
    QUESTION = "question"
    CAPTION = "caption"
    FURNITURE = "furniture"


# ------------------------------------------------------------------------------------------------ the statement


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person or body whose words a statement carries, and the side they speak for."""

    name: str
    role: str = ""
    side: str = ""  # a code; "for" in JSON, which Python reserves


@dataclass(frozen=True, slots=True)
class Given:
    """A document as it arrives: its text and whatever metadata came with it (which wins over what is found)."""

    text: str
    source: str
    id: str = ""
    title: str = ""
    date: str | None = None
    publisher: str = ""
    kind: str = ""
    url: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One official document: its unchanged text and what is known about it."""

    id: str
    text: str
    source: str
    title: str = ""
    date: str | None = None
    publisher: str = ""
    kind: str = ""
    url: str = ""
    lang: str = "en"
    speakers: tuple[Speaker, ...] = ()
    issuers: tuple[str, ...] = ()  # codes: whose voice the document is; "we" outside quotations
    found: tuple[tuple[str, str], ...] = ()  # (field, how): "given", or the rule and place it was found by

    @property
    def sha256(self) -> str:
        """The hash of the text, UTF-8; lone surrogates survive through ``surrogatepass``."""
        return _hash(self.text)


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence (or a line of furniture) with the voice it is said in."""

    start: int
    end: int
    role: Role = Role.BODY
    paragraph: int = 0
    speaker: str = ""  # as named, when the words are attributed; "" in the publisher's own voice
    voice: tuple[str, ...] = ()  # codes that "we" and "our" mean here


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that stand for an actor, the codes they resolve to, and the rule that resolved them."""

    start: int
    end: int
    codes: tuple[str, ...]
    rule: str  # name, adjective, demonym, capital, official, organisation, group, we, sides, they, he, side


# ------------------------------------------------------------------------------------------------ what is read


@dataclass(frozen=True, slots=True)
class Ground:
    """Why an actor or target is believed: a code, the rule that gave it, and the words (``start == end``: implied)."""

    code: str
    rule: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Assertion:
    """One act by one actor, with its exact words."""

    start: int
    end: int
    quote: str
    act: Act
    event: Event
    actors: tuple[str, ...]
    targets: tuple[str, ...] = ()
    topic: Topic = Topic.OTHER
    when: str | None = None
    specific: bool = False
    strength: Strength | None = None  # commitments only
    speaker: str = ""
    people: tuple[str, ...] = ()
    confidence: float = 1.0
    reported: bool = False  # told by another side than the actor's own
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity the statement claims; money in currency units, percent in points of a hundred."""

    start: int
    end: int
    quote: str
    value: float
    unit: str
    rel: Literal["=", ">", ">=", "<", "<=", "~"] = "="
    value_high: float | None = None
    of: str = ""
    giver: tuple[str, ...] = ()
    receiver: tuple[str, ...] = ()
    when: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Agreement:
    """A named instrument and the stage the words put it at."""

    start: int
    end: int
    quote: str
    name: str
    short: str = ""
    parties: tuple[str, ...] = ()
    stage: Stage = Stage.MENTIONED
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Relation:
    """A label the statement puts on the tie between parties."""

    start: int
    end: int
    quote: str
    parties: tuple[str, ...]
    label: str
    confidence: float = 1.0


Item = Assertion | Figure | Agreement | Relation


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault in an input, kept like data: what, where, and what to do."""

    stage: str
    code: str
    message: str
    about: str = ""  # statement id or source
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reader proposes: nothing in it is believed until ``stages.check`` has held it against the words."""

    assertions: tuple[Assertion, ...] = ()
    figures: tuple[Figure, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A statement with everything read from it."""

    statement: Statement
    passages: tuple[Passage, ...] = ()
    assertions: tuple[Assertion, ...] = ()
    figures: tuple[Figure, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    relations: tuple[Relation, ...] = ()
    aside: tuple[Item, ...] = ()  # below the confidence floor: kept for review, not asserted
    problems: tuple[Problem, ...] = ()
    reader: str = ""  # name and version of what produced it: "model 1"

    @property
    def items(self) -> tuple[Item, ...]:
        """Every asserted item, kind by kind, each in the order of the text; ``aside`` is not among them."""
        return (*self.assertions, *self.figures, *self.agreements, *self.relations)


# ------------------------------------------------------------------------------------------------ what follows


@dataclass(frozen=True, slots=True)
class Link:
    """A later passage tied to a commitment, with the anchors that tie it."""

    doc: str
    start: int
    end: int
    quote: str
    label: Label
    confidence: float = 1.0
    item: str = ""  # id of the assertion linked
    grade: str = ""  # independent, counterpart, own-specific, own-general, media
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """A commitment, the later words about it, and the verdict at a date."""

    id: str
    doc: str
    start: int
    end: int
    quote: str
    actors: tuple[str, ...]
    when: str | None
    specific: bool
    verdict: Verdict
    as_of: str
    rule: str
    links: tuple[Link, ...] = ()
    read: int = 0  # comparable later statements read
    umbrella: str = ""  # id of the promise of the same statement that this one is a part of: count one of the two
    parts: tuple[str, ...] = ()  # ids of the promises that are parts of it


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's word on an item, a link or a verdict: appended, never overwritten."""

    about: str  # the id of an item or a thread, or "thread>item" for a link
    decision: str  # accept, reject, edit, undo; or a Verdict, or a Label for a link
    by: str
    at: str  # ISO 8601 UTC
    why: str = ""
    changes: tuple[tuple[str, str], ...] = ()  # field, JSON value


# ------------------------------------------------------------------------------------------------ what is asked for


@dataclass(frozen=True, slots=True)
class Filters:
    """What a listing keeps; the same on the command line, in Python, in REST and on pages.  Empty keeps all."""

    actor: tuple[str, ...] = ()
    partner: tuple[str, ...] = ()  # "with": among the actors or targets, beside the actor
    topic: tuple[str, ...] = ()
    act: tuple[str, ...] = ()
    event: tuple[str, ...] = ()
    since: str | None = None  # statement date, inclusive, any ISO precision
    until: str | None = None  # inclusive to the end of the stated year, month or day
    publisher: tuple[str, ...] = ()
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """An item as the record holds it, with the statement it stands in and any judgements on it."""

    id: str
    item: Item
    doc: str
    date: str | None
    publisher: str
    title: str
    reader: str
    judgements: tuple[Judgement, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement as a list of the record shows it: everything but its text."""

    id: str  # "X"; an older version "X@1"
    version: int
    current: bool
    date: str | None
    publisher: str
    title: str
    kind: str
    lang: str
    url: str
    source: str
    sha256: str
    length: int
    speakers: tuple[Speaker, ...]
    issuers: tuple[str, ...]
    added: str
    reader: str
    items: int
    aside: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that holds the words searched for, with the items that stand in it."""

    doc: str
    date: str | None
    publisher: str
    title: str
    passage: Passage
    words: str
    score: float
    items: tuple[Kept, ...] = ()


@dataclass(frozen=True, slots=True)
class Added:
    """What an addition did: statement ids by what became of them, and the faults met."""

    new: tuple[str, ...] = ()
    unchanged: int = 0
    superseding: tuple[str, ...] = ()
    reread: tuple[str, ...] = ()
    items: int = 0
    problems: tuple[Problem, ...] = ()


# ------------------------------------------------------------------------------------------------ ids


def kind_of(item: Item) -> str:
    """``assertion``, ``figure``, ``agreement`` or ``relation``."""
    return type(item).__name__.lower()


def item_id(statement: Statement, item: Item) -> str:
    """An id that depends on the text and the place alone, so a judgement outlives the reader that proposed the item."""
    return digest(statement.sha256, kind_of(item), item.start, item.end)


@lru_cache(maxsize=2)
def _hash(text: str) -> str:
    """The hash of a text, worked out once while the items of its statement are named."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def digest(*parts: object, length: int = 16) -> str:
    """A stable id from what makes a record itself; equal parts give equal ids on every machine."""
    joined = "\x1f".join(str(part) for part in parts)
    return sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:length]
