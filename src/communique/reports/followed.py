"""What became of the priorities announced before: one row a promise, its verdict at a date, the words that decide it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from communique.records import Assertion, Kept, Label, Link, Thread, Verdict
from communique.reports.periods import bounds
from communique.reports.phrasing import tidy
from communique.reports.scope import Scope
from communique.reports.sources import Notebook
from communique.reports.values import Block, Line, Row

HEAD = ("promised", "on", "verdict", "words")
_ORDER = (Verdict.FULFILLED, Verdict.RETRACTED, Verdict.IN_PROGRESS, Verdict.REPEATED, Verdict.NO_REPORT)
_DECIDES = {
    Verdict.FULFILLED: (Label.FULFILS,),
    Verdict.RETRACTED: (Label.RETRACTS,),
    Verdict.IN_PROGRESS: (Label.ADVANCES, Label.FULFILS),
    Verdict.REPEATED: (Label.REPEATS,),
}
_ROWS = 16


def announced(scope: Scope, kept: Kept) -> bool:
    """Whether an item is a promise of the actor that looked to the year: made in it or in the year before, not for later."""
    item = kept.item
    if not isinstance(item, Assertion) or item.act != "commitment" or scope.actor not in item.actors or not kept.date:
        return False
    found = bounds(item.when)
    early = kept.date[:4] in {str(scope.year - 1), str(scope.year)}
    return early and (found is None or (found[0] <= scope.until and found[1] >= scope.since))


def block(scope: Scope, notebook: Notebook, threads: Sequence[Thread], by_id: Mapping[str, Kept]) -> Block | None:
    """The table of promises and verdicts: concrete first, decided before silent; nothing when none was followed."""
    mine = [thread for thread in threads if thread.id in by_id and announced(scope, by_id[thread.id])]
    if not mine:
        return None
    ordered = sorted(mine, key=lambda one: (_ORDER.index(one.verdict), not one.specific, -len(one.links), one.doc, one.start))
    rows = tuple(_row(scope, notebook, thread, by_id) for thread in ordered)
    aside = f"Verdicts as of {max(thread.as_of for thread in mine)}. Silence is no failure: it says only that no later word was read."
    return Block("", head=HEAD, rows=rows, shown_rows=min(len(rows), _ROWS), aside=aside)


def _row(scope: Scope, notebook: Notebook, thread: Thread, by_id: Mapping[str, Kept]) -> Row:
    kept = by_id[thread.id]
    assert isinstance(kept.item, Assertion)
    promised = notebook.line(scope.sources.line(kept.item, kept.doc), [kept])
    decided = [link for link in thread.links if link.label in _DECIDES.get(thread.verdict, ())]
    words = tuple(_words(notebook, link, by_id) for link in decided[:2])
    return Row(((promised,), (Line(kept.date or ""),), (Line(_verdict(thread, decided)),), words or (Line(""),)))


def _words(notebook: Notebook, link: Link, by_id: Mapping[str, Kept]) -> Line:
    kept = by_id.get(link.item)
    words = tidy(link.quote)
    words = words if len(words) <= 150 else words[: words.rfind(" ", 0, 150)] + " …"
    return notebook.line(f"“{words}”", [kept] if kept else ())


def _verdict(thread: Thread, decided: Sequence[Link]) -> str:
    if thread.verdict is Verdict.NO_REPORT:
        return f"no report in {thread.read} later statement{'s' if thread.read != 1 else ''}"
    grade = next((link.grade for link in decided if link.grade), "")
    told = {"in-progress": "in progress", "repeated": "promised again"}.get(thread.verdict.value, thread.verdict.value)
    detail = ", ".join(part for part in (_GRADES.get(grade, grade), thread.rule) if part)
    return f"{told} ({detail})" if detail else told


_GRADES = {
    "independent": "independent account",
    "counterpart": "the counterpart's account",
    "own-specific": "own account, specific",
    "own-general": "own account, general",
    "media": "media report",
}
