"""How a page is shown: the templates, and the words and links that all of them use."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request, Response
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from communique.records import Act, Event, Stage, Strength, Topic, kind_of
from communique.web.asking import MOST_PAGES
from communique.web.pages import words

PARTS = {
    "s": "Statements",
    "commitments": "Items",
    "board": "Promises",
    "a": "Actors",
    "map": "Map",
    "review": "Review",
    "judge": "Judge",
}
ITEM_PAGES = ("commitments", "outcomes", "positions", "appeals", "engagements", "figures", "agreements", "relations")
_PART = {"t": "board", "pair": "a"} | dict.fromkeys(("series", "stages", "readouts", *ITEM_PAGES), "commitments")
CHOICES = {"act": Act, "event": Event, "topic": Topic, "strength": Strength, "stage": Stage}
HTMX = json.dumps(  # nothing inline, no eval, nothing of another site, and no copy of a page in the browser's storage
    {
        "allowEval": False,
        "allowScriptTags": False,
        "includeIndicatorStyles": False,
        "selfRequestsOnly": True,
        "historyCacheSize": 0,
        "refreshOnHistoryMiss": True,
        "scrollIntoViewOnBoost": False,
        "responseHandling": [
            {"code": "204", "swap": False},
            {"code": "[23]..", "swap": True},
            {"code": "...", "swap": True, "error": True},
        ],
    }
)
PAGING = ("cursor", "pages", "at")  # of an address: which rows its page shows
ENDS = 5  # words of each end of a long quotation that a text fragment names
LASTING = ("actor", "with", "since", "until", "publisher")  # filters that mean the same for every kind of item

templates = Environment(
    loader=PackageLoader("communique.web"),
    autoescape=select_autoescape(default=True, default_for_string=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(request: Request, template: str, title: str, *, twin: str = "", status: int = 200, **values: Any) -> Response:
    """A template filled in: the whole page, or its main part alone where htmx asks; ``twin`` is the API address of the same as JSON."""
    account = request.app.state.access.account(request)
    query = {given: value for given, value in request.query_params.items() if value}
    first = request.url.path.split("/")[1]
    html = templates.get_template(template).render(
        title=title, twin=twin, path=request.url.path, here=_PART.get(first, first), query=query, account=account,
        whole=not in_part(request), may_judge=account is not None and account.may("judge"), **values,
    )  # fmt: skip
    return Response(html.encode("utf-8", "replace"), status, {"Vary": "HX-Request"}, "text/html; charset=utf-8")


def in_part(request: Request) -> bool:
    """Whether a page that is open already asks for what changes in it."""
    return request.headers.get("hx-request") == "true"


def fault_page(request: Request, status: int, code: str, message: str) -> Response:
    """A fault as a page; where a change was asked for from an open page, as words for it to show, and nothing of it changes."""
    shown = page(request, "fault.html", message, status=status, code=status, message=message)
    if in_part(request) and request.method == "POST":
        shown.headers.update({"HX-Reswap": "none", "HX-Trigger": json.dumps({"said": message})})
    return shown


def address(doc: str, start: int | None = None, end: int | None = None) -> str:
    """The permanent address of a statement, or of words in it; the fragment lights them, the query does so without a script."""
    base = f"/s/{quote(doc, safe='')}"
    return base if start is None else f"{base}?c={start}-{end}#c={start}-{end}"


def fragment(words: str) -> str:
    """A text fragment that lights the words on a live page: all of few, the first and the last of many."""
    said = [quote(word, safe="").replace("-", "%2D") for word in words.split()]
    if len(said) <= 2 * ENDS:
        return "#:~:text=" + "%20".join(said)
    return f"#:~:text={'%20'.join(said[:ENDS])},{'%20'.join(said[-ENDS:])}"


def link(path: str, values: Mapping[str, Any]) -> str:
    """An address with a query, empty values left out."""
    given = {name: value for name, value in values.items() if value not in ("", None, ())}
    return f"{path}?{urlencode(given, doseq=True)}" if given else path


def without(query: Mapping[str, str], *names: str) -> dict[str, str]:
    """A query less some of its parts; which rows a page shows goes with them."""
    return {given: value for given, value in query.items() if given not in (*names, *PAGING)}


def lasting(query: Mapping[str, str]) -> dict[str, str]:
    """The part of a query that another kind of item understands too."""
    return {given: value for given, value in query.items() if given in LASTING}


templates.globals.update(
    address=address, choices=CHOICES, htmx=HTMX, kind_of=kind_of, kinds_of_item=ITEM_PAGES, kept_filters=lasting, link=link,
    most_pages=MOST_PAGES, nav_parts=PARTS, without=without,
    **{each.__name__: each for each in words.ALL},
)  # fmt: skip
