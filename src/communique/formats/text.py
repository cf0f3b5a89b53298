"""``.txt``: the whole file is one statement, its text unchanged (CRLF and all), so that offsets are into that very text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from communique.formats.encoding import decode, faults
from communique.records import Given, Problem


class Text:
    """Plain text, one statement a file."""

    suffixes = (".txt", ".text")

    def read(self, stream: BinaryIO, source: str) -> Iterator[Given | Problem]:
        """The one document of the file, after a word on its encoding where that was assumed."""
        raw = stream.read()
        decoded = decode(raw)
        fault = faults(raw, source, decoded)
        if fault is not None:
            yield fault
        if decoded.text is not None and decoded.text.strip():
            yield Given(decoded.text, source)
