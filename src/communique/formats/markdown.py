"""``.md``: as plain text, with the metadata of a front matter block (``---`` lines around ``key: value``) taken as given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from communique.formats.text import Text
from communique.records import Given, Problem

FRONT = re.compile(r"\A---[ \t]*\r?\n(.{0,4000}?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
LINE = re.compile(r"^(id|title|date|publisher|kind|url|lang)[ \t]*:[ \t]*(.*)$", re.MULTILINE | re.IGNORECASE)


class Markdown:
    """Markdown, one statement a file; the front matter stays in the text, where segmenting leaves it uncited."""

    suffixes = (".md", ".markdown")

    def read(self, stream: BinaryIO, source: str) -> Iterator[Given | Problem]:
        """The one document of the file."""
        for found in Text().read(stream, source):
            yield replace(found, **front_matter(found.text)) if isinstance(found, Given) else found


def front_matter(text: str) -> dict[str, str]:
    """The metadata a Markdown file states about itself; values unquoted, empty ones left out."""
    block = FRONT.match(text)
    if block is None:
        return {}
    pairs = ((key.lower(), value.strip().strip("\"'")) for key, value in LINE.findall(block[1]))
    return {key: value for key, value in pairs if value}
