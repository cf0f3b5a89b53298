"""The words beside a place in a text."""

from __future__ import annotations

import re

AFTER = re.compile(r"[ ]?([^\W_][\w'-]*)")
INSIDE = frozenset("'.&-_")  # what a word may hold besides letters and digits


def word_before(text: str, start: int) -> str:
    """The word that ends where ``start`` begins, a space apart at most."""
    end = start - 1 if start and text[start - 1] == " " else start
    begin = end
    while begin and (text[begin - 1].isalnum() or text[begin - 1] in INSIDE):
        begin -= 1
    return text[begin:end].lstrip("'.&-_")


def word_after(text: str, end: int) -> str:
    """The word that begins at ``end``, a space apart at most."""
    match = AFTER.match(text, end)
    return match[1] if match else ""
