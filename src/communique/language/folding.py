"""Look-alike characters made one, each for one, so that offsets into the folded text are offsets into the text."""

from __future__ import annotations

import unicodedata


def _table() -> dict[int, str]:
    table = dict.fromkeys(map(ord, "’‘ʼ`´"), "'") | dict.fromkeys(map(ord, "‐‑‒–—"), "-")
    table |= dict.fromkeys(map(ord, "\n\t\r\u00a0\u2007\u2009\u202f"), " ")
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii():
            table[code] = base
    letters = {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ə": "e"}
    table |= {ord(letter): base for letter, base in letters.items()}
    return table | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


TABLE = _table()


FOLDED = {chr(code): plain for code, plain in TABLE.items()}


def fold(text: str) -> str:
    """``text`` with accents, apostrophes, dashes and white space made plain; the same length."""
    for letter in sorted(FOLDED.keys() & set(text)):  # some ten replacements, each at the speed of memchr; translate() is five times slower
        text = text.replace(letter, FOLDED[letter])
    return text
