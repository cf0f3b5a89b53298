"""``.jsonl``: one statement a line, streamed; a broken line is a ``Problem`` with its number and the rest is read.

A line is ``{"id", "text", "date"?, "publisher"?, "title"?, "kind"?, "url"?, "lang"?}``; other keys are ignored.
Strings that cannot be stored as they are (half a surrogate pair, a NUL) are refused rather than altered.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

from communique.formats.encoding import MARKS, decode, faults
from communique.formats.joined import Joined
from communique.records import Given, Problem

FIELDS = ("id", "title", "date", "publisher", "kind", "url", "lang")
UNSTORABLE = re.compile("[\0\ud800-\udfff]")
CHUNK = 1 << 18  # bytes read at once
WIDE = {mark: encoding for mark, encoding in MARKS if encoding != "utf-8"}


class JsonLines:
    """One JSON object a line."""

    suffixes = (".jsonl", ".ndjson")

    def read(self, stream: BinaryIO, source: str) -> Iterator[Given | Problem]:
        """The documents of the file, one line in memory at a time."""
        empty = True
        for number, raw in enumerate(_lines(stream), 1):
            if raw.strip():
                empty = False
                yield from _document(raw, f"{source}:{number}")
        if empty:
            yield Problem("formats", "empty", f"{source} is empty; there is nothing to read.", source)


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Lines as UTF-8 bytes, without the byte order mark; UTF-16 and UTF-32 with a mark are converted on the way."""
    head = stream.read(4)
    encoding = next((encoding for mark, encoding in WIDE.items() if head.startswith(mark)), None)
    body = io.BufferedReader(Joined(head, stream), CHUNK)
    if encoding is not None:
        reader = io.TextIOWrapper(body, encoding, errors="replace", newline="\n")
        for line in reader:
            yield line.removeprefix("\ufeff").encode("utf-8", "surrogatepass")
        return
    for number, raw in enumerate(body):
        yield raw.removeprefix(b"\xef\xbb\xbf") if number == 0 else raw


def _document(raw: bytes, place: str) -> Iterator[Given | Problem]:
    text = None
    with suppress(UnicodeDecodeError):
        text = raw.decode()
    if text is None:
        decoded = decode(raw)
        notice = faults(raw, place, decoded)
        if notice is not None:
            yield notice
        if decoded.text is None:
            return
        text = decoded.text
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as fault:
        yield _problem("bad-json", place, f"is not JSON ({_reason(fault)}); the line was left out")
        return
    if not isinstance(value, dict):
        yield _problem("bad-json", place, f"holds {_kind(value)} where an object with a \"text\" is wanted; the line was left out")
        return
    yield from _given(value, place)


def _given(value: dict[str, object], place: str) -> Iterator[Given | Problem]:
    text = value.get("text")
    if not isinstance(text, str):
        yield _problem("no-text", place, f'has {_kind(text)} as its "text", which must be a string; the line was left out')
        return
    if not text.strip():
        yield _problem("empty", place, 'has an empty "text"; there is nothing to read')
        return
    bad = UNSTORABLE.search(text)
    if bad is not None:
        what = "a NUL character" if bad[0] == "\0" else "half of a surrogate pair"
        said = f'holds {what} at character {bad.start()} of its "text", which cannot be stored; the line was left out'
        yield _problem("unstorable", place, said)
        return
    fields: dict[str, str] = {}
    for name in FIELDS:
        fault = _take(fields, name, value.get(name), place)
        if fault is not None:
            yield fault
    yield Given(text, place, **fields)


def _take(fields: dict[str, str], name: str, value: object, place: str) -> Problem | None:
    """Keeps a usable field; says what is wrong with one that is not."""
    if value is None or value == "":
        return None
    if isinstance(value, str) and (value.isascii() or not UNSTORABLE.search(value)) and "\0" not in value:
        fields[name] = value.strip()
        return None
    if name == "id" and isinstance(value, int) and not isinstance(value, bool):
        fields[name] = str(value)
        return _problem("bad-type", place, f'has the number {value} as its "id", which must be a string; read as "{value}"')
    what = "characters that cannot be stored" if isinstance(value, str) else _kind(value)
    return _problem("bad-type", place, f'has {what} as its "{name}", which must be a string; the field was ignored')


def _problem(code: str, place: str, said: str) -> Problem:
    return Problem("formats", code, f"{place} {said}.", place)


def _kind(value: object) -> str:
    if value is None:
        return "nothing"
    names = {bool: "true or false", int: "a number", float: "a number", str: "a string", list: "a list", dict: "an object"}
    return names.get(type(value), type(value).__name__)


def _reason(fault: Exception) -> str:
    return f"{fault.msg.lower()}, column {fault.colno}" if isinstance(fault, json.JSONDecodeError) else "nested too deep"
