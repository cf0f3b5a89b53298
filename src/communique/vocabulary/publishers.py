"""Who publishes statements: their codes, the sides they speak for, and the ways their pages name them.

``publishers.csv`` lists the well known; any other code is read by rule: an ISO 3166 prefix (``LK-PRESIDENT``,
``CHN-GOV``), several codes (``US-EU``, ``JOINT-US+PARTNER``), a body (``ASEAN``), or a paper's name (no side).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

MEDIA_WORDS = frozenset(
    "POST TIMES NEWS GLOBE DAILY TRIBUNE HERALD INQUIRER STAR NATION MAIL GAZETTE PRESS JOURNAL TV RADIO BROADCASTING AGENCY "
    "WIRE NEWSWIRE TELEGRAPH GUARDIAN STANDARD OBSERVER EXPRESS CHRONICLE WEEKLY MAGAZINE OUTLOOK TODAY ONLINE MIRROR".split()
)
OFFICES = frozenset("PM FM PR PS SG CM SH MS MP SC UM BZ NA MNE MEF".split())  # letters of offices that are a state's too: FI-UM is Finland
FILLERS = frozenset({"JOINT", "MULTI", "PARTNER", "PARTNERS", "AND", "OTHERS"})


@dataclass(frozen=True, slots=True)
class Publisher:
    """Someone who publishes statements."""

    code: str
    name: str
    kind: str  # state, organisation, media
    sides: tuple[str, ...]  # whose "we" it is; empty for media
    hosts: tuple[str, ...]
    names: tuple[str, ...]


@cache
def publishers() -> dict[str, Publisher]:
    """The well-known publishers by code."""
    rows = csv.reader(_lines("publishers.csv"))
    next(rows)
    return {
        code: Publisher(code, name, kind, _parts(side, "+"), _parts(hosts, "|"), _parts(names, "|"))
        for code, name, kind, side, hosts, names in rows
    }


@cache
def states() -> dict[str, str]:
    """Alpha-3 codes by alpha-2 and by alpha-3 code."""
    rows = csv.reader(_lines("state_codes.csv"))
    next(rows)
    pairs = [(two, three) for two, three in rows]
    return dict(pairs) | {three: three for _, three in pairs} | {"UK": "GBR"}


@cache
def bodies() -> frozenset[str]:
    """Codes of organisations and groups that can stand in a publisher's code."""
    return frozenset(row[0] for row in csv.reader(_lines("organisations.csv")) if ":" not in row[0])


def known(publisher: str) -> Publisher | None:
    """The well-known publisher of that code, name or own way of naming itself."""
    return publishers().get(publisher) or _by_name().get(publisher.casefold())


def sides(publisher: str) -> tuple[str, ...]:
    """The codes a publisher's own voice stands for; empty for media and for names that say nothing of it."""
    found = known(publisher)
    if found is not None:
        return found.sides
    if not re.fullmatch(r"[A-Z0-9+_-]+", publisher):
        return ()
    first, *others = [part for part in re.split(r"[-+_]", publisher) if part] or [""]
    parts = [first, *(part for part in others if part not in OFFICES)]
    if is_media(publisher):
        return ()
    codes = [code for part in parts if (code := _code(part)) is not None]
    several = parts[0] == "JOINT" or all(_code(part) or part in FILLERS for part in parts)
    return tuple(dict.fromkeys(codes)) if several else (_code(parts[0]) or "",) if _code(parts[0]) else ()


def is_media(publisher: str) -> bool:
    """Whether it is a news agency, a paper or a broadcaster: it reports, and has no side of its own."""
    found = known(publisher)
    if found is not None:
        return found.kind == "media"
    return bool(MEDIA_WORDS.intersection(re.split(r"[^A-Z]+", publisher.upper())))


def is_open(publisher: str) -> bool:
    """Whether the code leaves others unnamed (``JOINT-US+PARTNER``, ``US-MULTI``)."""
    return bool(FILLERS.intersection(re.split(r"[-+_]", publisher)))


def at_host(address: str) -> Publisher | None:
    """The publisher of a web address, by its host; the longest listed ending wins."""
    match = re.match(r"(?:https?://)?(?:www\.)?([\w.-]+)", address.lower())
    if match is None:
        return None
    ends = [(host, found) for found in publishers().values() for host in found.hosts]
    fitting = [(len(host), found.code) for host, found in ends if match[1] == host or match[1].endswith("." + host)]
    return publishers()[max(fitting)[1]] if fitting else None


@cache
def _by_name() -> dict[str, Publisher]:
    return {name.casefold(): found for found in publishers().values() for name in (found.name, *found.names)}


def _code(part: str) -> str | None:
    return states().get(part) or (part if part in bodies() else None)


def _parts(cell: str, by: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(by) if part.strip())


def _lines(name: str) -> Iterable[str]:
    text = files("communique.vocabulary").joinpath(name).read_text("utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))
