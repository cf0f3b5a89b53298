"""Agreements: each instrument once, the stages it is put at with their dates, and what the record says of the next step."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from communique.records import Agreement, Kept, Stage
from communique.reports.identity import instruments
from communique.reports.periods import spoken
from communique.reports.phrasing import listed, tidy
from communique.reports.scope import Scope
from communique.reports.sources import Notebook
from communique.reports.values import Block, Line, Row

HEAD = ("agreement", "with", "stage, with date", "next")
_ORDER = {stage: place for place, stage in enumerate(Stage)}
_ROWS = 12
_UNRATIFIED = re.compile(r"memorand|understanding|\bMOU\b|declaration|statement|communiqu|arrangement|roadmap|letter|plan\b", re.I)
_TALKING = {Stage.PROPOSED, Stage.NEGOTIATING}
_STAGE = {Stage.CONCLUDED: "talks concluded", Stage.IN_FORCE: "in force"}


def block(scope: Scope, notebook: Notebook, mentions: Sequence[Kept]) -> Block | None:
    """The table of agreements; those only mentioned, at no stage, stay off the page."""
    named = instruments(mentions, scope.actor)
    ever = {row.id: rows for rows in instruments(scope.sources.kept, scope.actor).values() for row in rows}
    if not named:
        return None
    staged = {name: rows for name, rows in named.items() if any(_stage(row) is not Stage.MENTIONED for row in rows)}
    ranked = sorted(staged.values(), key=_rank)
    bare = [rows for name, rows in named.items() if name not in staged]
    rows = tuple(_row(scope, notebook, each, ever[each[0].id]) for each in (*ranked, *bare))
    aside = f"{_count(len(bare))} named without a stage (listed in JSON)." if bare else ""
    return Block("Agreements", head=HEAD, rows=rows, shown_rows=min(len(ranked), _ROWS), aside=aside)


def _count(number: int) -> str:
    return "One more instrument is" if number == 1 else f"{number} more instruments are"


def _agreement(kept: Kept) -> Agreement:
    assert isinstance(kept.item, Agreement)
    return kept.item


def _stage(kept: Kept) -> Stage:
    return _agreement(kept).stage


def _rank(rows: Sequence[Kept]) -> tuple[int, int, str, int]:
    furthest = max(_ORDER[_stage(row)] for row in rows if _stage(row) is not Stage.MENTIONED)
    done = _ORDER[Stage.SIGNED] <= furthest <= _ORDER[Stage.IN_FORCE] or furthest == _ORDER[Stage.CONCLUDED]
    return -len({row.doc for row in rows}), not done, rows[0].date or "", rows[0].item.start


def _row(scope: Scope, notebook: Notebook, rows: Sequence[Kept], ever: Sequence[Kept]) -> Row:
    items = [row.item for row in rows if isinstance(row.item, Agreement)]
    name = max((item.name or tidy(item.quote) for item in items), key=lambda text: (len(text), text))
    short = next((item.short for item in items if item.short), "")
    title = f"{name} ({short})" if short and short.lower() not in name.lower() else name
    parties = dict.fromkeys(code for item in items for code in item.parties if code != scope.actor)
    named = [code for code in parties if not code.startswith("grp:")] or list(parties)
    others = [scope.sources.name(code) for code in named]
    with_ = listed(others if len(others) <= 4 else [*others[:3], f"{len(others) - 3} more"])
    return Row(((Line(_cased(title)),), (Line(with_),), _stages(scope, notebook, rows), (Line(_next(scope, rows, ever)),)))


def _cased(title: str) -> str:
    bare = re.sub(r"^(?:the|a|an)\s+", "", title)
    return bare[:1].upper() + bare[1:]


def _stages(scope: Scope, notebook: Notebook, rows: Sequence[Kept]) -> tuple[Line, ...]:
    told: dict[Stage, list[Kept]] = defaultdict(list)
    for row in sorted(rows, key=lambda each: (each.date or "9999", _ORDER[_stage(each)], each.doc, each.item.start)):
        if _stage(row) is not Stage.MENTIONED or all(_stage(each) is Stage.MENTIONED for each in rows):
            told[_stage(row)].append(row)
    return tuple(notebook.line(_STAGE.get(stage, stage.value), group, _dated(scope, group[0])) for stage, group in told.items())


def _dated(scope: Scope, kept: Kept) -> str:
    when = scope.when(kept)
    said = kept.date or "undated"
    return f"{said}" if not when or when == said else f"in {spoken(when)}, said {said}" if len(when) < 10 else f"{when}, said {said}"


def _next(scope: Scope, rows: Sequence[Kept], ever: Sequence[Kept]) -> str:
    """What the whole record says after the last stage: a later stage, or that there is no later word."""
    last = max(rows, key=lambda row: (row.date or "", row.item.start))
    after = [each for each in ever if (each.date or "") > (last.date or "")]
    later = [each for each in after if _ORDER[_stage(last)] <= _ORDER[_stage(each)] < _ORDER[Stage.MENTIONED]]
    if later:
        first = min(later, key=lambda each: (-_ORDER[_stage(each)], each.date or "", each.doc, each.item.start))
        still = "still " if _stage(first) is _stage(last) else ""
        return f"{still}{_STAGE.get(_stage(first), _stage(first).value)} (said {first.date})"
    if _stage(last) is Stage.CONCLUDED:
        return "no word of signature in the record"
    if _stage(last) is Stage.SIGNED:
        return "" if _UNRATIFIED.search(_agreement(last).name) else "no word of ratification in the record"
    read = sum(1 for doc, found in scope.sources.statements.items() if (found.date or "") > (last.date or "") and scope.sources.own(doc))
    return f"no later word in {read} statement{'s' if read != 1 else ''}" if _stage(last) in _TALKING and read else ""
