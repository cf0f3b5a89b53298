"""Bytes to text, saying what was assumed: UTF-8 first, then byte order marks, then what the bytes look like."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from communique.records import Problem

# Longer marks first: the UTF-32 mark begins with the UTF-16 one.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SAMPLE = 65_536  # bytes shown to the detector: it is slow, and more does not change its mind
RUNS = re.compile(rb"[\x80-\xff]{3,}")  # accents and curly quotes stand alone or in pairs; Cyrillic, Arabic, Chinese letters in runs
# What pages and files are written in; without the list the detector takes Cyrillic for a Macintosh's.
PAGES = tuple(
    "cp1251 koi8_r koi8_u cp1256 cp1253 cp1255 cp1250 cp1254 cp1257 cp1258 iso8859_2 iso8859_5 iso8859_6 iso8859_7 iso8859_9 gb18030 big5 "
    "shift_jis euc_jp euc_kr tis_620 cp1252".split()
)
CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r\f\x0b\x1b\x1c\x1d\x1e\x1f")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text and how it was decoded; ``text`` is ``None`` when the bytes are no text."""

    text: str | None
    encoding: str = ""
    assumed: bool = False  # guessed from the bytes, not stated by a mark and not UTF-8


def decode(raw: bytes) -> Decoded:
    """The text of ``raw``; a byte order mark is not part of it."""
    for mark, encoding in MARKS:
        if raw.startswith(mark):
            return _strict(raw[len(mark) :], encoding) or Decoded(None, encoding)
    if b"\0" in raw:
        return _wide(raw)
    utf8 = _strict(raw, "utf-8")
    if utf8 is not None:
        return utf8
    if _binary(raw):
        return Decoded(None)
    return _detected(raw)


def faults(raw: bytes, source: str, decoded: Decoded) -> Problem | None:
    """What is to be said about the decoding: nothing, an assumption, or that this is no text."""
    if decoded.text is None:
        said = f"{source} is not text (binary data); give the text itself, or a file of a kind that is read."
        return Problem("formats", "binary", said, source)
    if decoded.assumed:
        said = f"{source} is not UTF-8; read as {decoded.encoding}. Save it as UTF-8 if letters look wrong."
        return Problem("formats", "encoding-assumed", said, source)
    if not decoded.text.strip():
        return Problem("formats", "empty", f"{source} is empty; there is nothing to read.", source)
    return None


def _strict(raw: bytes, encoding: str, assumed: bool = False) -> Decoded | None:
    try:
        return Decoded(raw.decode(encoding), encoding, assumed)
    except UnicodeDecodeError:
        return None


def _wide(raw: bytes) -> Decoded:
    """UTF-16 or UTF-32 without a mark shows as NUL bytes in a regular place; NULs anywhere else are binary data."""
    sample = raw[: SAMPLE // 4 * 4]
    share = [sample[place::4].count(0) / max(1, len(sample[place::4])) for place in range(4)]
    wide = {
        "utf-32-le": share[1] + share[2] + share[3] > 2.7,
        "utf-32-be": share[0] + share[1] + share[2] > 2.7,
        "utf-16-le": share[1] > 0.7 and share[3] > 0.7 and share[0] + share[2] < 0.1,
        "utf-16-be": share[0] > 0.7 and share[2] > 0.7 and share[1] + share[3] < 0.1,
    }
    encoding = next((name for name, fits in wide.items() if fits), None)
    return (_strict(raw, encoding, assumed=True) if encoding else None) or Decoded(None)


def _binary(raw: bytes) -> bool:
    sample = raw[:SAMPLE]
    return len(sample) - len(sample.translate(None, CONTROLS)) > len(sample) * 0.01


def _detected(raw: bytes) -> Decoded:
    """Windows-1252 where accents stand among ASCII letters (the detector is unsure of short texts), else the detector's best."""
    high_byte = re.search(rb"[\x80-\xff]", raw)
    first = high_byte.start() if high_byte else 0
    sample = raw[max(0, first - SAMPLE // 2) : first + SAMPLE // 2]
    high = sum(byte > 127 for byte in sample)
    names = ["windows-1252", "latin-1"]
    if sum(map(len, RUNS.findall(sample))) > high * 0.3:
        best = from_bytes(sample, cp_isolation=list(PAGES)).best()
        names[:0] = [best.encoding] if best else []
    for name in names:
        decoded = _strict(raw, name, assumed=True)
        if decoded is not None:
            return decoded
    return Decoded(None)  # unreachable: every byte is a letter of latin-1
