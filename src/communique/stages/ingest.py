"""``ingest(given)``: a ``Statement`` with the metadata that came with it or was found in its words, and what could not be found.

Given metadata wins.  ``Statement.found`` tells, field by field, whether it was given or by which rule it was found.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath

from communique.language import heads, stamps
from communique.language.issuers import issuers
from communique.language.letterheads import Letterhead, letterhead
from communique.language.speakers import speakers
from communique.records import Given, Problem, Statement, digest
from communique.vocabulary.kinds import settled
from communique.vocabulary.publishers import is_media, sides

Found = tuple[str, str]  # a value and how it was found
OPENING = "its opening words"
_HALVES = re.compile("[\ud800-\udfff]")  # lone surrogates
SLUG = 48  # characters of the title kept in an id


def ingest(given: Given) -> tuple[Statement, tuple[Problem, ...]]:
    """The statement that a document is."""
    arrived, given = given, _whole(given)
    source = given.source
    head = letterhead(heads.lines(given.text), given.text)
    title, title_how = _title(given, head.lines if head else ())
    publisher, publisher_how = _given(given.publisher) or heads.publisher(given.text, given.url) or _headed(head) or ("", "not found")
    stamp = _date(given, title if title_how != OPENING else "", publisher)
    kind, kind_how = _kind(given, title, publisher)
    people, people_how = speakers(given.text, title, kind, publisher, stamp.iso)
    sides_of, sides_how = issuers(given.text, title, kind, publisher, people)
    lang, lang_how = _given(given.lang) or heads.lang(given.text)
    id = given.id or _id(stamp.iso, title, given.text)
    found = (
        ("id", "given" if given.id else "made from date, title and text"),
        ("title", title_how),
        ("date", stamp.how),
        ("publisher", publisher_how),
        ("kind", kind_how),
        ("lang", lang_how),
        ("speakers", people_how),
        ("issuers", sides_how),
    )
    statement = Statement(id, given.text, source, title, stamp.iso, publisher, kind, given.url, lang, people, sides_of, found)
    return statement, tuple(_problems(arrived, statement, stamp))


def _whole(given: Given) -> Given:
    """The document with every half of a broken character replaced by U+FFFD, one for one, so that no offset moves."""
    text = given.text if given.text.isascii() else _HALVES.sub("\ufffd", given.text)
    return given if text == given.text else replace(given, text=text)


def _given(value: str) -> Found | None:
    return (value, "given") if value else None


def _title(given: Given, letterhead: tuple[str, ...]) -> Found:
    return _given(given.title) or heads.title(given.text, letterhead) or (heads.opening(given.text), OPENING)


def _headed(head: Letterhead | None) -> Found | None:
    return (head.name, "letterhead") if head else None


def _date(given: Given, title: str, publisher: str) -> stamps.Stamp:
    """Given, else borne by the text, else in the file name or address; a date that cannot be read is not a date."""
    iso = stamps.written(given.date) if given.date else None
    if iso is not None:
        return stamps.Stamp(iso, "given" if iso == given.date else f'given, as "{given.date}"')
    months_first = True if "USA" in sides(publisher) else None
    stamp = stamps.stamp(given.text, title, months_first)
    if stamp.iso is not None:
        return stamp
    for name, what in ((PurePath(given.source).name, "file name"), (given.url, "address")):
        iso = stamps.in_address(name)
        if iso is not None:
            return stamps.Stamp(iso, f"in the {what}")
    return stamp


def _kind(given: Given, title: str, publisher: str) -> Found:
    if given.kind:
        return settled(given.kind), "given"
    if "CABINET" in publisher:
        return "decision", "publisher"
    return heads.kind(given.text, title, is_media(publisher))


def _id(date: str | None, title: str, text: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:SLUG].strip("-")
    return "-".join(part for part in (date.replace("/", "-") if date else "undated", slug, digest(text, length=8)) if part)


def _problems(given: Given, statement: Statement, stamp: stamps.Stamp) -> list[Problem]:
    faults = []
    broken = None if given.text == statement.text else _HALVES.search(given.text)
    if broken:
        said = f"{given.source}: half of a character at {broken.start()} (and wherever U+FFFD stands); supply the text in whole Unicode."
        faults.append(Problem("ingest", "broken-character", said, statement.id, broken.start(), broken.end()))
    if given.date and not stamp.how.startswith("given"):
        said = f'{given.source}: "{given.date}" is not a date that can be read; give it as YYYY-MM-DD.'
        faults.append(Problem("ingest", "bad-date", said, statement.id))
    if statement.date is None:
        said = f"{given.source}: no date ({stamp.how}); give one with the document, as YYYY-MM-DD."
        faults.append(Problem("ingest", "no-date", said, statement.id, stamp.start, stamp.end))
    return faults
