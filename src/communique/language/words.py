"""The words beside a place in a text."""

from __future__ import annotations

import re

BEFORE = re.compile(r"([^\W_][\w'.&-]*)[ ]?$")
AFTER = re.compile(r"[ ]?([^\W_][\w'-]*)")
REACH = 24  # characters looked back for one word


def word_before(text: str, start: int) -> str:
    """The word that ends where ``start`` begins, a space apart at most."""
    match = BEFORE.search(text, max(0, start - REACH), start)
    return match[1] if match else ""


def word_after(text: str, end: int) -> str:
    """The word that begins at ``end``, a space apart at most."""
    match = AFTER.match(text, end)
    return match[1] if match else ""
