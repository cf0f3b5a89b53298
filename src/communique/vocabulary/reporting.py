"""Verbs of reporting: ``reporting(text)`` gives the place of each in a text, in one pass."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick, MatchKind

_LONE = re.compile("[\ud800-\udfff]")


@cache
def _automaton() -> AhoCorasick:
    lines = files("communique.vocabulary").joinpath("reporting.txt").read_text("utf-8").splitlines()
    return AhoCorasick([line for line in lines if line and not line.startswith("#")], matchkind=MatchKind.LeftmostLongest)


def reporting(text: str) -> list[tuple[int, int]]:
    """``(start, end)`` of every verb of reporting that stands as a word of its own."""
    whole = text if text.isascii() else _LONE.sub("\ufffd", text)  # the automaton takes no lone surrogates
    found = _automaton().find_matches_as_indexes(whole)
    return [(start, end) for _, start, end in found if not _joined(text, start, end)]


def _joined(text: str, start: int, end: int) -> bool:
    return (start > 0 and text[start - 1].isalnum()) or (end < len(text) and text[end].isalnum())
