"""Judging: the queue of what matters, a judgement without a script, and signing in with a token."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from communique.records import Assertion, Kept, Reading
from communique.service import Record
from communique.web.access import COOKIE, By, Reader, record_of
from communique.web.faults import Refused
from communique.web.pages.shown import page
from communique.web.pages.words import edited

router = APIRouter()
Changes = dict[str, Any]
QUEUE = 40
DUE = 0.25  # what a stated time adds to the doubt about an item


def weight(kept: Kept) -> float:
    """How much a judgement of a commitment matters: the less sure it is the more, and more where it says by when it is due."""
    due = isinstance(kept.item, Assertion) and bool(kept.item.when)
    return round(1 - kept.item.confidence + (DUE if due else 0), 6)


def queue(record: Record, size: int = QUEUE) -> list[Kept]:
    """What to judge first: specific commitments that nobody judged, by ``weight``, then what was kept aside."""
    waiting = [each for each in record.commitments(specific=True, newest=True).page(200).rows if not each.judgements]
    waiting.sort(key=lambda each: (-weight(each), each.date or "", each.id))
    aside = record.assertions(standing="aside", newest=True).page(size).rows
    return [*waiting[: size - min(len(aside), size // 2)], *aside][:size]


@router.get("/judge", dependencies=[Reader])
def judge(request: Request) -> Response:
    """The queue."""
    return page(request, "judge.html", "To judge", twin="/api/queue", rows=queue(record_of(request)))


Seen = Annotated[int | None, Form(ge=0, description="how many judgements the page showed")]


async def _given(request: Request) -> dict[str, str]:
    """The fields of an item as a form gives them."""
    return {name.removeprefix("to."): str(value) for name, value in (await request.form()).items() if name.startswith("to.")}


def judge_named(request: Request, about: str, decision: str, by: str, why: str, seen: int | None, changes: Changes | None = None) -> None:
    """Keeps a judgement, if somebody stands by it who had seen the latest."""
    if not by.strip():
        raise Refused(400, "name-needed", "A judgement needs the name of who makes it.")
    record_of(request).mark(about, decision, by=by.strip(), why=why, changes=changes, seen=seen)


def _changes(record: Record, id: str, given: Mapping[str, str]) -> Changes:
    shown = record.show(id)
    changes = {} if isinstance(shown, Reading) else edited(shown.kept.item, given)
    if not changes:
        raise Refused(400, "nothing-changed", "Every field is as it was.")
    return changes


@router.post("/i/{id}/judge")
def judged(
    request: Request,
    id: str,
    by: By,
    given: Annotated[dict[str, str], Depends(_given)],
    decision: Annotated[str, Form(max_length=40)],
    why: Annotated[str, Form(max_length=4000)] = "",
    name: Annotated[str, Form(max_length=200)] = "",
    seen: Seen = None,
) -> Response:
    """A judgement given in a form; back to the item."""
    changes = _changes(record_of(request), id, given) if decision == "edit" else None
    judge_named(request, id, decision, by or name, why, seen, changes)
    return RedirectResponse(f"/i/{quote(id, safe='')}", 303)


@router.get("/enter")
def enter(request: Request) -> Response:
    """Where a token is given."""
    return page(request, "enter.html", "Sign in")


@router.post("/enter")
def entered(request: Request, token: Annotated[str, Form(max_length=200)]) -> Response:
    """Keeps a known token in a cookie that no script can read and no other site can use."""
    access = request.app.state.access
    if access.tokens is not None and access.tokens.account(token) is None:
        if not access.attempts.take(request.client.host if request.client else ""):
            raise Refused(429, "too-many-requests", "Too many attempts; wait a minute.", {"Retry-After": "60"})
        raise Refused(401, "token-unknown", "That token is not known here.")
    answer = RedirectResponse("/", 303)
    answer.set_cookie(COOKIE, token, httponly=True, samesite="strict", secure=request.url.scheme == "https", max_age=60 * 60 * 24 * 30)
    return answer


@router.post("/leave")
def leave(request: Request) -> Response:
    """Forgets the token."""
    answer = RedirectResponse("/enter", 303)
    answer.delete_cookie(COOKIE)
    return answer
