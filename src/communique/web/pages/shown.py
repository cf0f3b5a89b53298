"""How a page is shown: the templates, and the words and links that all of them use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request, Response
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from communique.records import Assertion, Item, Kept, kind_of
from communique.vocabulary.actors import load

templates = Environment(
    loader=PackageLoader("communique.web"),
    autoescape=select_autoescape(default=True, default_for_string=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(request: Request, template: str, title: str, *, twin: str = "", status: int = 200, **values: Any) -> Response:
    """A template filled in; ``twin`` is the API address of the same thing as JSON."""
    account = request.app.state.access.account(request)
    html = templates.get_template(template).render(
        title=title, twin=twin, path=request.url.path, query=dict(request.query_params), account=account, **values
    )
    return Response(html.encode("utf-8", "replace"), status, media_type="text/html; charset=utf-8")


def fault_page(request: Request, status: int, code: str, message: str) -> Response:
    """A fault as a page."""
    return page(request, "fault.html", message, status=status, code=code, message=message)


def named(code: str) -> str:
    """An actor's code in words: "Kenya", "developing countries", "Red Crescent"."""
    if code.startswith("grp:"):
        return code[4:].replace("-", " ")
    return code[4:] if code.startswith("org:") else load().names.get(code, code)


def address(doc: str, start: int | None = None, end: int | None = None) -> str:
    """The permanent address of a statement, or of words in it; the fragment lights them, the query does so without a script."""
    base = f"/s/{quote(doc, safe='')}"
    return base if start is None else f"{base}?c={start}-{end}#c={start}-{end}"


def kind(item: Item) -> str:
    """The act of an assertion, or the kind of any other item: what its colour and shape go by."""
    return item.act.value if isinstance(item, Assertion) else kind_of(item)


def sides(item: Item) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who an item is about: those who act or are party, and those towards whom."""
    match item:
        case Assertion():
            return item.actors, item.targets
        case _ if kind_of(item) == "figure":
            return getattr(item, "giver", ()), getattr(item, "receiver", ())
        case _:
            return getattr(item, "parties", ()), ()


def link(path: str, values: Mapping[str, Any]) -> str:
    """An address with a query, empty values left out."""
    given = {name: value for name, value in values.items() if value not in ("", None, ())}
    return f"{path}?{urlencode(given, doseq=True)}" if given else path


def judged(kept: Kept) -> str:
    """How people left an item: "accepted by A. Njoroge", or nothing."""
    last = kept.judgements[-1] if kept.judgements else None
    words = {"accept": "accepted", "reject": "rejected", "edit": "edited", "undo": "undone"}
    return f"{words.get(last.decision, last.decision)} by {last.by}" if last else ""


def _compact(value: float) -> str:
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{value / size:,.4g} {word}"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,g}"


RELATIONS = {"=": "", ">": "over ", ">=": "at least ", "<": "nearly ", "<=": "up to ", "~": "about "}


def amount(figure: Any) -> str:
    """A figure in words: "over 220 billion mask"."""
    high = f"–{_compact(figure.value_high)}" if figure.value_high is not None else ""
    return f"{RELATIONS[figure.rel]}{_compact(figure.value)}{high} {figure.unit}".strip()


templates.globals.update(
    named=named, address=address, kind=kind, sides=sides, link=link, judged=judged, amount=amount, kind_of=kind_of, version_words=str
)
del templates.globals["version_words"]
