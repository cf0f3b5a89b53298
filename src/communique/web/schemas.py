"""The shapes of the API for its OpenAPI description; answers are written by ``shapes``, fields are only ever added."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """An object that may gain fields."""

    model_config = ConfigDict(extra="allow")


class ErrorBody(BaseModel):
    code: str
    message: str


class Fault(Shape):
    """RFC 9457 problem details."""

    type: str
    title: str
    status: int
    detail: str
    error: ErrorBody


class JudgementShape(Shape):
    about: str
    decision: str
    by: str
    at: str
    why: str
    changes: dict[str, Any]


class ItemShape(Shape):
    """A cited item with the statement it stands in; which further fields it has depends on its kind."""

    id: str
    kind: Literal["assertion", "figure", "agreement", "relation"]
    start: int
    end: int
    quote: str
    confidence: float
    doc: str
    date: str | None
    publisher: str
    title: str
    reader: str
    judgements: list[JudgementShape]


class ItemsPage(BaseModel):
    items: list[ItemShape]
    next: str | None


class StatementShape(Shape):
    id: str
    date: str | None
    publisher: str
    title: str
    kind: str
    lang: str
    sha256: str
    length: int


class StatementsPage(BaseModel):
    items: list[StatementShape]
    next: str | None


class HitShape(Shape):
    doc: str
    date: str | None
    publisher: str
    title: str
    score: float


class HitsPage(BaseModel):
    items: list[HitShape]
    next: str | None


class ProblemShape(Shape):
    stage: str
    code: str
    message: str
    about: str
    start: int
    end: int


class ProblemsPage(BaseModel):
    items: list[ProblemShape]
    next: str | None


class LinkShape(Shape):
    doc: str
    start: int
    end: int
    quote: str
    label: str
    confidence: float


class ThreadShape(Shape):
    id: str
    doc: str
    start: int
    end: int
    quote: str
    actors: list[str]
    when: str | None
    specific: bool
    verdict: str
    score: int | None
    as_of: str
    rule: str
    links: list[LinkShape]
    umbrella: str
    parts: list[str]


class ThreadsPage(BaseModel):
    items: list[ThreadShape]
    next: str | None


class CountShape(Shape):
    """A value and how many items have it."""

    value: str
    n: int


class YearShape(Shape):
    """A year, a value, and how many items have both; an empty year: undated."""

    year: str
    value: str
    n: int


class PointShape(Shape):
    low: float
    high: float | None
    kind: str
    stage: str
    when: str | None
    figure: ItemShape


class SeriesShape(Shape):
    giver: list[str]
    receiver: list[str]
    thing: str
    unit: str
    points: list[PointShape]
    contradictions: list[list[str]]


class ClaimShape(Shape):
    claimed: float
    held: list[str]
    figure: ItemShape


class DifferenceShape(Shape):
    """A number (``figure``) or time (``when``) that two matched assertions give differently, in the words of each."""

    kind: str
    first: str
    second: str


class BothShape(Shape):
    first: ItemShape
    second: ItemShape
    differences: list[DifferenceShape]


class ReadoutsShape(Shape):
    """One engagement as two statements tell it; ``one_text``: the same words published twice."""

    first: ItemShape
    second: ItemShape
    one_text: bool
    both: list[BothShape]
    only_first: list[ItemShape]
    only_second: list[ItemShape]
    left_out: int


class ReadoutsPage(BaseModel):
    items: list[ReadoutsShape]
    next: str | None


class StatementIn(BaseModel):
    """A statement to add, as one line of ``.jsonl``."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=60_000_000)
    id: str = Field("", max_length=500)
    date: str | None = Field(None, max_length=40)
    publisher: str = Field("", max_length=500)
    title: str = Field("", max_length=2000)
    kind: str = Field("", max_length=100)
    url: str = Field("", max_length=4000)
    lang: str = Field("", max_length=35)


class ActorShape(Shape):
    actor: str
    counts: dict[str, int]
    newest: dict[str, list[ItemShape]]
    years: list[YearShape]
    engagements: list[YearShape]
    partners: list[CountShape]


class HomeShape(Shape):
    counts: dict[str, int]
    newest: list[StatementShape]
    queue: list[ItemShape]
    problems: list[CountShape]


class SettingShape(Shape):
    name: str
    value: Any
    help: str


class SettingsShape(Shape):
    version: str
    record: str | None
    account: str
    role: str
    settings: list[SettingShape]


class AddedShape(Shape):
    new: list[str]
    unchanged: int
    superseding: list[str]
    items: int
    problems: list[ProblemShape]


class JudgementIn(BaseModel):
    """A judgement on an item, a thread or a link; ``seen`` is how many judgements the judge had seen, to catch a conflict."""

    model_config = ConfigDict(extra="forbid")

    decision: str = Field(max_length=40)
    by: str = Field("", max_length=200)
    why: str = Field("", max_length=4000)
    changes: dict[str, Any] = Field(default_factory=dict)
    seen: int | None = Field(None, ge=0)
