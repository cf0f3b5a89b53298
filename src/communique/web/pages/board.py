"""Promises: the board by verdict with what is due, and a thread with every quote, its label, rule and grade."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from communique.records import Entry, Judgement, Label, Link, Thread, Verdict
from communique.service import Listing, Record, follow
from communique.web.access import By, Reader, record_of
from communique.web.asking import Asked, Turned
from communique.web.following import dated, followed
from communique.web.pages.judging import Seen, judge_named
from communique.web.pages.shown import link, page, templates
from communique.web.pages.words import named

router = APIRouter()
AsOf = Annotated[str, Query(max_length=20, description="what was known by this date; empty: by the latest statement")]
SHOWN, MANY = 6, 40  # threads of a column; of a page, where counting thread by thread stops too
ASIDE = ("overdue", "vanished")  # what a board shows beside the verdicts
WORDS = {
    "done-numbers-met": "the deed is reported done, and every number promised is met",
    "done": "the deed is reported done; nothing countable was promised",
    "step": "something was done towards it, or a number or date promised is not met yet",
    "help-to-named": "help of that kind to the one named is reported, which is a step",
    "named": "the words name it and tell no deed; no verdict rests on them",
    "pledged-again": "it was promised or recalled again, which is no progress",
    "called-off": "it was withdrawn, put off or reversed in so many words",
    "silence": "nothing later in the record speaks of it; silence is no failure",
    "nothing-sure": "later words may be about it, none surely enough to say what became of it",
}
GRADES = {
    "independent": "a third side says so",
    "counterpart": "the other side says so",
    "own-specific": "the promiser says so, with particulars",
    "own-general": "the promiser says so, in general",
    "media": "the press says so",
}


def is_overdue(thread: Thread) -> bool:
    """Whether its time had passed by the date followed to, with no report that it was done."""
    return any(follow.overdue([thread]))


def listed(record: Record, verdict: str, asked: dict[str, Any], as_of: str | None) -> Listing[Thread]:
    """The promises of a verdict, or those that are overdue or were passed over ("vanished"), the oldest first."""
    if verdict in ASIDE:
        found: Listing[Thread] = getattr(record, verdict)(**asked, as_of=as_of)
        return found
    return record.threads(**asked, as_of=as_of, verdict=verdict)


@router.get("/board", dependencies=[Reader])
def board(request: Request, asked: Asked, turn: Turned, verdict: str = "", as_of: AsOf = "") -> Response:
    """What became of promises: a column a verdict, or all of one."""
    record, date = record_of(request), dated(as_of)
    if not followed(record, date):
        return page(request, "waiting.html", "What became of promises", status=202)
    counts, inside = (told(**asked, as_of=date, upto=MANY) for told in (record.verdicts, record.parts))
    held = [] if verdict else [name for name, n in counts.items() if n + inside[name]]
    found = turn.of(listed(record, verdict, asked, date).page, MANY) if verdict else None
    return page(
        request,
        "board.html",
        "What became of promises",
        twin=_twin(request, verdict),
        columns=[(name, listed(record, name, asked, date).page(SHOWN).rows) for name in held],
        counts=counts,
        inside=inside,
        verdict=verdict,
        rows=found.rows if found else (),
        many=MANY,
        next=found.next if found else "",
        actors=[(code, named(code)) for code, _ in record.facets("commitment", "actor", limit=40)],
    )


def _twin(request: Request, verdict: str) -> str:
    """The API's address of the board: its counts, or the threads of one verdict."""
    return link("/api/threads" if verdict else "/api/verdicts", dict(request.query_params))


@dataclass(frozen=True, slots=True)
class Step:
    """A later passage of a thread with the statement it stands in and what people said of the tie."""

    link: Link
    entry: Entry | None
    said: tuple[Judgement, ...]


@router.get("/t/{id}", dependencies=[Reader])
def thread(request: Request, id: str, as_of: AsOf = "") -> Response:
    """One promise with the later words about it."""
    record = record_of(request)
    record.show(id)  # what the record does not hold is said at once
    date = dated(as_of)
    if not followed(record, date):
        return page(request, "waiting.html", "What became of a promise", status=202)
    found = record.thread(id, date)
    entries = {doc: _entry(record, doc) for doc in {each.doc for each in found.links} | {found.doc}}
    steps = [Step(each, entries[each.doc], record.judgements(f"{id}>{each.item}") if each.item else ()) for each in found.links]
    steps.sort(key=lambda each: (each.entry.date or "" if each.entry else "", each.link.start))
    return page(
        request,
        "thread.html",
        found.quote,
        twin=link(f"/api/threads/{quote(id, safe='')}", {"as_of": as_of}),
        thread=found,
        entry=entries[found.doc],
        steps=steps,
        said_of=record.judgements(id),
        words=WORDS,
        grades=GRADES,
        labels=[each.value for each in Label],
        verdicts=[each.value for each in Verdict],
    )


def _entry(record: Record, doc: str) -> Entry | None:
    return next((each for each in record.versions(doc) if each.id == doc), None)


@router.post("/t/{id}/judge")
def judged(
    request: Request,
    id: str,
    by: By,
    decision: Annotated[str, Form(max_length=40)],
    item: Annotated[str, Form(max_length=64)] = "",
    why: Annotated[str, Form(max_length=4000)] = "",
    name: Annotated[str, Form(max_length=200)] = "",
    seen: Seen = None,
) -> Response:
    """A person's verdict on a promise, or label on one of its links; back to the thread."""
    judge_named(request, f"{id}>{item}" if item else id, decision, by or name, why, seen)
    return RedirectResponse(f"/t/{quote(id, safe='')}", 303)


templates.globals["overdue"] = is_overdue
