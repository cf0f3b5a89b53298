"""An item as a citation: plain, Markdown, BibTeX, CSL-JSON, and a W3C annotation with position and quote selectors."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from communique.records import Kept
from communique.web.pages.shown import address, fragment


def permanent(base: str, kept: Kept) -> str:
    """The address of the words."""
    return base.rstrip("/") + address(kept.doc, kept.item.start, kept.item.end)


def plain(base: str, kept: Kept) -> str:
    """One line: publisher, date, title, the words, where they stand."""
    where = f"{kept.publisher or 'Publisher unknown'}, {kept.title or kept.doc}, {kept.date or 'undated'}"
    return f"{where}: “{kept.item.quote}” ({kept.doc}, characters {kept.item.start}–{kept.item.end}; {permanent(base, kept)})"


def markdown(base: str, kept: Kept) -> str:
    """A quotation with its source."""
    words = re.sub(r"([\\`*_\[\]<>])", r"\\\1", kept.item.quote)
    where = re.sub(r"([\\`*_\[\]<>])", r"\\\1", f"{kept.publisher or 'Publisher unknown'}, {kept.date or 'undated'}")
    return f"> {words}\n>\n> — [{where}]({permanent(base, kept)})"


def bibtex(base: str, kept: Kept) -> str:
    """A ``@misc`` entry of the statement, the words in its note."""
    fields = {
        "author": f"{{{kept.publisher}}}" if kept.publisher else "",
        "title": kept.title or kept.doc,
        "year": (kept.date or "")[:4],
        "date": kept.date or "",
        "note": f"“{kept.item.quote}”, characters {kept.item.start}--{kept.item.end}",
        "url": permanent(base, kept),
    }
    lines = ",\n".join(f"  {name} = {{{_tex(value)}}}" for name, value in fields.items() if value)
    return f"@misc{{{re.sub('[^A-Za-z0-9-]', '', kept.doc)},\n{lines}\n}}"


def _tex(value: str) -> str:
    return re.sub(r"([&%$#_])", r"\\\1", value).replace("\n", " ")


def csl(base: str, kept: Kept) -> dict[str, Any]:
    """A CSL-JSON item."""
    parts = [int(part) for part in (kept.date or "").split("/")[0].split("-") if part.isdecimal()]
    shown: dict[str, Any] = {"id": kept.doc, "type": "document", "title": kept.title or kept.doc, "URL": permanent(base, kept)}
    if kept.publisher:
        shown["author"] = [{"literal": kept.publisher}]
    if parts:
        shown["issued"] = {"date-parts": [parts]}
    return shown | {"note": kept.item.quote, "locator": f"{kept.item.start}-{kept.item.end}"}


def annotation(base: str, kept: Kept, before: str, after: str, url: str) -> dict[str, Any]:
    """A W3C annotation: the words by position and by quotation, and a text fragment of the live page where there is one."""
    selectors = [
        {"type": "TextPositionSelector", "start": kept.item.start, "end": kept.item.end},
        {"type": "TextQuoteSelector", "exact": kept.item.quote, "prefix": before[-32:], "suffix": after[:32]},
    ]
    shown = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"{base.rstrip('/')}/i/{kept.id}",
        "type": "Annotation",
        "target": {"source": f"{base.rstrip('/')}/s/{quote(kept.doc, safe='')}", "selector": selectors},
    }
    return shown | ({"via": url.partition("#")[0] + fragment(kept.item.quote)} if url.startswith(("http://", "https://")) else {})
