"""What the door does with readers' own marks: it should refuse next to none of them.

A refusal of a careful reader's mark is either a fault of the door or of the mark; the listing tells which field.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from communique.records import Draft, Passage, Problem, Role, Speaker, Statement
from communique.shapes import KINDS, item_from
from communique.stages.check import check


def refused(document: dict[str, Any]) -> tuple[int, tuple[Problem, ...]]:
    """How many marks a statement has, and those the door refuses."""
    known = {key: document.get(key) or "" for key in ("id", "title", "publisher", "kind")}
    speakers = tuple(Speaker(each["name"], each["role"], each["for"]) for each in document["speakers"])
    statement = Statement(
        text=document["text"], source=document["id"], date=document["date"], speakers=speakers, issuers=_issuers(document), **known
    )
    voice = tuple(dict.fromkeys(code for item in document["assertions"] for code in item["actors"]))
    passages = tuple(Passage(each["start"], each["end"], Role.BODY, voice=voice) for each in document["sentences"])
    draft = Draft(**{kind + "s": tuple(item_from(kind, mark) for mark in document[kind + "s"]) for kind in KINDS})  # type: ignore[arg-type]
    marks = sum(len(document[kind + "s"]) for kind in KINDS)
    return marks, check(statement, passages, draft, reader="marks").problems


def _issuers(document: dict[str, Any]) -> tuple[str, ...]:
    """The sides that the statement's voice acts for most."""
    counted = Counter(tuple(item["actors"]) for item in document["assertions"])
    return counted.most_common(1)[0][0] if counted else ()


def summary(documents: Iterable[dict[str, Any]]) -> tuple[int, Counter[str], list[Problem]]:
    """Marks in all, refusals by reason, and the refusals themselves."""
    total, reasons, listed = 0, Counter[str](), []
    for document in documents:
        marks, problems = refused(document)
        total += marks
        reasons.update(problem.message.split(": ")[1] for problem in problems)
        listed += problems
    return total, reasons, listed
