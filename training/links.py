"""Chains of promises and later words that were written for this project, read like the marked ones: the label model learns from both.

A file of ``links/`` holds chains; a chain begins with "= its name" and holds statements in the order of their dates:

    = ferry line
    @ 2017-05-09 GRC-GOV | Joint statement of the leaders      a statement: date, publisher, title
    p1 | We will open a ferry line by the summer.               starts a promise, the first of the chain
    a1 | The licence for the line was signed.                   to promise 1 it is what the letter says
    u | A ferry to Lesbos carried 30,000 passengers.            near a promise, an answer to none

Letters: ``f`` fulfils, ``a`` advances, ``r`` repeats, ``x`` retracts; "-" is background.  Whatever is not named is unrelated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from communique import pipeline
from communique.readers import Reader
from communique.records import Given
from training.chains import Material, kept

Json = dict[str, Any]
FOLDER = Path(__file__).parent / "links"
LABELS = {"f": "fulfils", "a": "advances", "r": "repeats", "x": "retracts"}


def written(reader: Reader, folder: Path = FOLDER) -> Iterator[Material]:
    """Each chain of a folder read with ``reader``, without sentence vectors."""
    for path in sorted(folder.glob("*.txt")):
        for chain, statements in chains_in(path):
            yield Material(chain, tuple(one for given in statements for one in kept(pipeline.read(given, reader))), None)


def chains_in(path: Path) -> Iterator[tuple[Json, list[Given]]]:
    """The chains of a file."""
    return map(chain_of, re.split(r"^= ", path.read_text("utf-8"), flags=re.MULTILINE)[1:])


def chain_of(told: str) -> tuple[Json, list[Given]]:
    """A chain as the marked ones are kept, and its statements."""
    name, *parts = re.split(r"^@ ", told, flags=re.MULTILINE)
    known = re.sub(r"\W+", "-", name.strip())
    threads: dict[str, Json] = {}
    statements = []
    for number, part in enumerate(parts):
        head, *lines = part.strip().splitlines()
        (when, publisher), title = head.split("|")[0].split(), head.split("|")[1].strip()
        id = f"written-{known}-{number}"
        text = ""
        for mark, words in (line.split(" | ", 1) for line in lines):
            _mark(threads, mark, {"doc": id, "start": len(text), "end": len(text) + len(words), "quote": words})
            text += words + "\n\n"
        statements.append(Given(text=text, source=id, id=id, title=title, publisher=publisher, date=when, kind=""))
    return {"chain": name.strip(), "documents": [each.id for each in statements], "threads": list(threads.values())}, statements


def _mark(threads: dict[str, Json], mark: str, place: Json) -> None:
    """What a line is to the promises before it; and the promise that it starts."""
    labels = {each[1:]: LABELS[each[0]] for each in mark.split(",") if each[0] in LABELS}
    for number in labels.keys() - threads.keys():
        raise ValueError(f"{mark!r} names promise {number}, which no line before it starts: {place['quote'][:60]}")
    for number, thread in threads.items():
        thread["links"].append(place | {"label": labels.get(number, "unrelated")})
    if mark[0] == "p":
        threads[mark[1:]] = place | {"verdict": "", "links": []}
