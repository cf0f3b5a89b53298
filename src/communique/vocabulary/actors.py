"""Who can act: states, organisations, loose groups, and every word that stands for one of them.

The tables beside this file say where each comes from.  A user's own file (CSV: ``code,form,rule``) adds forms or wins
over ours, and hides a form when its code is empty.  Whoever starts a process (service, command line, pool worker) names
it once with ``use``; everything below takes a ``Vocabulary`` or the one in use.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from communique.errors import BadVocabulary

RULES = frozenset({"name", "adjective", "demonym", "capital", "official", "organisation", "group"})
STATE_RULES = {"name": "name", "others": "name", "adjectives": "adjective", "people": "demonym", "capital": "capital", "seats": "official"}


@dataclass(frozen=True, slots=True)
class Form:
    """Words that stand for actors, and the rule by which they do; no codes: words that only look like a name."""

    text: str
    codes: tuple[str, ...]
    rule: str  # name, adjective, demonym, capital, official, organisation, group, blocker


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every actor known, by code, and every form that names one."""

    names: dict[str, str]
    forms: tuple[Form, ...]
    members: dict[str, tuple[str, ...]]

    def name(self, code: str) -> str:
        """The English name of a code; loose groups read as their own words."""
        return self.names.get(code) or code.removeprefix("grp:").removeprefix("org:").replace("-", " ")

    def __hash__(self) -> int:
        return id(self)


def table(name: str) -> list[dict[str, str]]:
    """The rows of a data file, comments left out."""
    lines = files(__package__).joinpath(name).read_text("utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def split(cell: str | None) -> list[str]:
    """The values of a cell that holds several."""
    return [part.strip() for part in (cell or "").split(";") if part.strip()]


@cache
def load(own: Path | None = None) -> Vocabulary:
    """The vocabulary of the package, with the user's own file over it."""
    yours = tuple(_own(own)) if own else ()
    forms = [*yours, *_blockers(), *_states(), *_organisations(), *_groups()]
    first = {form.text: form for form in reversed(forms)}
    names = {row["code"]: row["name"] for row in (*table("states.csv"), *table("organisations.csv"))}
    names |= {code: form.text for form in reversed(yours) for code in form.codes if code not in names}
    members = {row["code"]: tuple(row["members"].split()) for row in table("organisations.csv") if row["members"]}
    return Vocabulary(names, tuple(first.values()), members)


_in_use: list[Vocabulary] = []


def use(own: Path | str | None) -> Vocabulary:
    """Make the package's vocabulary, with the user's own file over it, the one in use in this process."""
    _in_use[:] = [load(Path(own) if own else None)]
    return _in_use[0]


def current() -> Vocabulary:
    """The vocabulary in use in this process: the package's, unless ``use`` named a file."""
    return _in_use[0] if _in_use else load()


def _states() -> Iterator[Form]:
    for row in table("states.csv"):
        code = (row["code"],)
        for column, rule in STATE_RULES.items():
            yield from (Form(text, code, rule) for text in split(row[column]))
        yield from (Form(text.rsplit(" ", 1)[0], code, "name") for text in split(row["former"]))
        yield from (Form(text + "s", code, "demonym") for text in split(row["adjectives"]) if text.endswith(("an", "i", "ian")))
    yield Form("Koreas", ("KOR", "PRK"), "name")
    yield Form("Congos", ("COD", "COG"), "name")
    yield Form("Sudans", ("SDN", "SSD"), "name")


def _organisations() -> Iterator[Form]:
    for row in table("organisations.csv"):
        for text in (row["name"], *split(row["others"])):
            yield Form(text, (row["code"],), "organisation")
        for text in split(row["heads"]):
            yield Form(text, (row["code"],), "official")
        for text in split(row["capital"]):
            yield Form(text, (row["code"],), "capital")


def _groups() -> Iterator[Form]:
    for row in table("groups.csv"):
        yield from (Form(text, (row["code"],), "group") for text in split(row["forms"]))


def _blockers() -> Iterator[Form]:
    lines = files(__package__).joinpath("blockers.txt").read_text("utf-8").splitlines()
    yield from (Form(line, (), "blocker") for line in lines if line and not line.startswith("#"))


def _own(path: Path) -> Iterator[Form]:
    """The forms of a user's file; an empty code hides the form, an empty rule is ``name``."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise BadVocabulary(path, getattr(fault, "strerror", None) or "is not UTF-8 text") from fault
    rows = csv.DictReader(line for line in lines if line.strip() and not line.startswith("#"))
    if not {"code", "form"} <= set(rows.fieldnames or ()):
        raise BadVocabulary(path, "its first line does not name the columns")
    for row in rows:
        form, rule = (row["form"] or "").strip(), (row.get("rule") or "name").strip()
        if not form or rule not in RULES:
            raise BadVocabulary(path, f"form {form!r} with rule {rule!r}: the rules are {', '.join(sorted(RULES))}")
        codes = tuple(split(row["code"]))
        yield Form(form, codes, rule if codes else "blocker")
