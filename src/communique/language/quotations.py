"""Quotation marks: ``left_open(words, before)`` counts those not yet closed, ``outside(words)`` blanks what they hold."""

from __future__ import annotations

import re

OPENS, CLOSES = "“\"", "”\""
# A straight mark opens before a word and closes after one.
MARK = re.compile(r"(?P<opens>“|(?<![\w.,;!?…’'”)%])\"(?=\S))|[”\"]")


def left_open(words: str, before: int = 0) -> int:
    """How many marks are open after the words, where ``before`` were so."""
    for mark in MARK.finditer(words):
        before = before + 1 if mark["opens"] else max(0, before - 1)
    return before


def goes_on(text: str, start: int) -> bool:
    """Whether a quotation open at a new paragraph holds it too: the next mark closes."""
    mark = MARK.search(text, start)
    return mark is not None and not mark["opens"]


def outside(words: str) -> str:
    """The words with their quotations blanked, same length, each ending in ”."""
    marks = list(MARK.finditer(words))
    if not marks:
        return words
    kept, depth, begun = list(words), 0, 0
    for at, mark in enumerate(marks):
        if mark["opens"]:
            begun = begun if depth else mark.start()
            depth += 1
        if not mark["opens"] and (depth or at == 0):  # the first may close what an earlier sentence opened
            depth = max(0, depth - 1)
            if not depth:
                kept[begun : mark.end()] = " " * (mark.start() - begun) + "”"
    if depth:
        kept[begun:] = " " * (len(words) - begun - 1) + "”"
    return "".join(kept)
