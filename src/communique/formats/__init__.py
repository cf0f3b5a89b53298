"""Kinds of input: a path, a folder or standard input in; ``Given`` documents and ``Problem`` faults out.

One file a kind.  A kind is an object of the shape of ``Format``; adding one is a file here and a line in ``FORMATS``.
A fault in one document never stops the others: it is yielded as a ``Problem`` in its place.
"""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from communique.errors import NoSuchPath
from communique.formats import jsonl, markdown, text
from communique.formats.joined import Joined
from communique.records import Given, Problem

STDIN = "-"
MARGIN = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"  # byte order marks, blanks, and the other half of a UTF-16 letter


class Format(Protocol):
    """Reads one kind of file."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """File endings in lower case, with the dot."""
        ...

    def read(self, stream: BinaryIO, source: str) -> Iterator[Given | Problem]:
        """The documents in an open file; ``source`` is how the user named it."""
        ...


FORMATS: tuple[Format, ...] = (text.Text(), markdown.Markdown(), jsonl.JsonLines())


def documents(path: str | os.PathLike[str]) -> Iterator[Given | Problem]:
    """The documents at ``path``: a file, a folder (recursive, in order of name, hidden entries skipped) or ``-``.

    Raises ``NoSuchPath`` at once when nothing is there; every later fault is a ``Problem``.
    """
    name = os.fspath(path)
    if name == STDIN:
        return _stdin()
    found = Path(name)
    if not name or not os.path.lexists(found):  # "" would be the folder one stands in
        raise NoSuchPath(name)
    return _folder(found) if found.is_dir() else _file(found)


def suffixes() -> tuple[str, ...]:
    """Every file ending that can be read."""
    return tuple(suffix for kind in FORMATS for suffix in kind.suffixes)


def _folder(folder: Path) -> Iterator[Given | Problem]:
    faults: list[Problem] = []
    for here, names, files in os.walk(folder, onerror=lambda fault: faults.append(_unreadable(str(fault.filename), fault))):
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                yield from _file(Path(here) / name)
        yield from faults
        faults.clear()
    yield from faults


def _file(path: Path) -> Iterator[Given | Problem]:
    source = str(path)
    kind = next((kind for kind in FORMATS if path.name.lower().endswith(kind.suffixes)), None)
    if kind is None:
        readable = ", ".join(suffixes())
        yield Problem("formats", "unsupported", f"{source}: this kind of file is not read; give one of {readable}.", source)
        return
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe or a device could block for ever
            yield Problem("formats", "not-a-file", f"{source} is not a regular file; it was left out.", source)
            return
        with path.open("rb") as stream:
            yield from kind.read(stream, source)
    except OSError as fault:
        yield _unreadable(source, fault)


def _stdin() -> Iterator[Given | Problem]:
    head = sys.stdin.buffer.read(64)
    stream = io.BufferedReader(Joined(head, sys.stdin.buffer))
    kind: Format = jsonl.JsonLines() if head.strip(MARGIN).startswith(b"{") else text.Text()
    yield from kind.read(stream, STDIN)


def _unreadable(source: str, fault: OSError) -> Problem:
    why = (fault.strerror or str(fault)).lower()
    return Problem("formats", "unreadable", f"{source} could not be read ({why}); check its permissions and add it again.", source)
