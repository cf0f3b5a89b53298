"""The words that label the tie between parties."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick


@dataclass(frozen=True, slots=True)
class Labels:
    """A pattern of one label (its qualifiers, its head and what completes it) and the words it is judged by."""

    pattern: re.Pattern[str]
    telling: re.Pattern[str]
    applied: frozenset[str]
    kin: frozenset[str]  # heads that make a label only behind one of ``kindred``
    kindred: tuple[str, ...]
    named: re.Pattern[str]
    triggers: AhoCorasick  # a passage without any of these holds no label


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


@cache
def labels() -> Labels:
    """The labels of ``relations.toml``, read once."""
    words: dict[str, list[str]] = tomllib.loads(files(__package__).joinpath("relations.toml").read_text("utf-8"))
    qualifiers, heads = _any(words["telling"] + words["plain"]), _any(words["heads"])
    pattern = re.compile(
        rf"(?<![\w-])(?P<label>(?:(?:{qualifiers})(?:,\s(?:and\s)?|\sand\s|\s))+(?P<head>{heads})"
        r"|(?P<lasting>(?:allies|partners|friends|neighbou?rs|brothers|sisters|(?:a )?(?:friend|neighbou?r|partner)) of "
        r"(?:(?:a|many|more than a|one|long)\s)?(?:(?:hundred|thousand|half|old|long)\s)*"
        r"(?:years|standing|centuries|generations|womb|blood|decades))"
        r"|(?P<most>(?:the )?closest of (?:partners|allies|friends|neighbou?rs))"
        r"|(?P<forged>bonds? (?:forged|sealed|tempered|steeled|born) (?:in|by|of|through) [a-z-]+(?: and [a-z-]+)?)"
        r"|(?P<pair>[A-Z][\w.]*[-–][A-Z][\w.]*\s[Aa]lliance))(?![\w-])"
        r"(?P<rest>\s(?:of|for)\s(?:mutual\s|strategic\s)?(?:coordination|cooperation|collaboration|trust|choice|first\schoice)"
        r"(?:\s(?:for|in)\s(?:a\s|the\s)new\sera)?)?",
        re.IGNORECASE,
    )
    named = re.compile(rf"(?:{_any(words['named_plain'])})\s(?:{_any(words['named'])})$", re.IGNORECASE)
    stems = {*words["kindred"], *(head for head in words["heads"] if head not in words["kin"])}
    triggers = AhoCorasick(sorted({form for stem in stems for form in (stem, stem.capitalize(), stem.upper())}))
    telling = re.compile(rf"(?<![\w-])(?:{_any(words['telling'])})(?![\w-])", re.IGNORECASE)
    return Labels(pattern, telling, frozenset(words["applied"]), frozenset(words["kin"]), tuple(words["kindred"]), named, triggers)
