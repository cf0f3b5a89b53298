"""The words that label the tie between parties."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def pattern() -> re.Pattern[str]:
    """A pattern of one label: its qualifiers, its head and what completes it ("of coordination for a new era")."""
    words = tomllib.loads(files(__package__).joinpath("relations.toml").read_text("utf-8"))
    heads = "|".join(sorted(words["heads"], key=len, reverse=True))
    capitals = "|".join(head.title() for head in sorted(words["heads"], key=len, reverse=True))
    labels = "|".join(re.escape(label) for label in sorted(words["labels"], key=len, reverse=True))
    return re.compile(
        rf"(?<![\w-])(?P<label>(?:(?:very|most|more|so)\s)?(?:{labels})(?:(?:,\s(?:and\s)?|\s(?:and\s)?)(?:{labels}))*\s(?:{heads}|{capitals}))(?![\w-])"
        r"(?P<rest>\s(?:of|for)\s(?:mutual\s|strategic\s)?(?:coordination|cooperation|collaboration|trust|choice|first\schoice)(?:\s(?:for|in)\s(?:a\s|the\s)new\sera)?)?",
        re.IGNORECASE,
    )
