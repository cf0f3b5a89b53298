"""What became of the priorities announced before: one row a promise, its verdict at a date, the words that decide it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from communique.records import Assertion, Kept, Label, Link, Thread, Verdict
from communique.reports.merging import content, merged
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
PART = "part of another promise of the same statement"
_WIDE = 150
_ROWS, _ROWS_AT_LEAST, _GENERAL = 16, 8, 3


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
    by_promise = {thread.id: thread for thread in mine}
    groups = [_first([by_promise[each.id] for each in told.kept]) for told in merged(by_id[thread.id] for thread in mine)]
    ordered = sorted(groups, key=lambda group: _place(group[0]))
    shown = sum(_standing(group[0]) < _GENERAL for group in ordered)
    rows = tuple(_row(scope, notebook, group, by_id) for group in ordered)
    aside = f"Verdicts as of {max(thread.as_of for thread in mine)}. Silence is no failure: it says only that no later word was read."
    return Block("", head=HEAD, rows=rows, shown_rows=min(len(rows), max(_ROWS_AT_LEAST, min(shown, _ROWS))), aside=aside)


def _standing(thread: Thread) -> int:
    """Which promises come first: those decided, then concrete ones, then general ones promised again, then general silence."""
    if thread.verdict in (Verdict.FULFILLED, Verdict.RETRACTED):
        return 0
    if thread.verdict is Verdict.IN_PROGRESS:
        return 1
    return 2 if thread.specific else _GENERAL if thread.verdict is Verdict.REPEATED else _GENERAL + 1


def _place(thread: Thread) -> tuple[object, ...]:
    return _standing(thread), not thread.specific, _ORDER.index(thread.verdict), thread.doc, thread.start


def _first(threads: Sequence[Thread]) -> list[Thread]:
    """Threads of one promise made again and again, the one that says most of what became of it first."""
    return sorted(threads, key=_place)


def _row(scope: Scope, notebook: Notebook, threads: Sequence[Thread], by_id: Mapping[str, Kept]) -> Row:
    thread = threads[0]
    kept = by_id[thread.id]
    assert isinstance(kept.item, Assertion)
    remark = PART if thread.umbrella in by_id else ""
    promised = notebook.line(scope.sources.line(kept.item, kept.doc), [kept, *(by_id[each.id] for each in threads[1:])], remark)
    decided = [link for link in thread.links if link.label in _DECIDES.get(thread.verdict, ())]
    best = max(decided, key=lambda link: (_near(thread, link), link.confidence, link.doc, -link.start), default=None)
    words = (_words(notebook, thread, best, len(decided) - 1, by_id),) if best else (Line(""),)
    dates = sorted({by_id[each.id].date or "undated" for each in threads})
    return Row(((promised,), (Line("; ".join(dates)),), (Line(_verdict(thread, best)),), words))


def _near(thread: Thread, link: Link) -> int:
    """How many tenths of the promise's words a passage has: of those that decide, the page quotes the one nearest to the promise."""
    promised = set(content(thread.quote))
    return 10 * len(promised & set(content(link.quote))) // max(1, len(promised))


def _words(notebook: Notebook, thread: Thread, link: Link, more: int, by_id: Mapping[str, Kept]) -> Line:
    words = tidy(link.quote)
    words = words if len(words) <= _WIDE else words[: words.rfind(" ", 0, _WIDE)] + " …"
    remark = f"and {more} more passage{'s' if more > 1 else ''}" if more else ""
    return notebook.line(f"“{words}”", [by_id.get(link.item) or notebook.evidence(link, thread.actors)], remark)


def _verdict(thread: Thread, best: Link | None) -> str:
    if thread.verdict is Verdict.NO_REPORT and not thread.read:
        return "no later statement read"
    if thread.verdict is Verdict.NO_REPORT:
        said = "nothing sure" if thread.rule == "nothing-sure" else "no report"
        return f"{said} in {thread.read} later statement{'s' if thread.read != 1 else ''}"
    told = _TOLD.get(thread.rule, thread.rule)
    grade = f" ({_GRADES.get(best.grade, best.grade)})" if best and best.grade and thread.verdict is not Verdict.REPEATED else ""
    return f"{_VERDICTS.get(thread.verdict, thread.verdict.value)}{': ' + told if told else ''}{grade}"


_VERDICTS = {Verdict.IN_PROGRESS: "in progress", Verdict.REPEATED: "promised again, nothing reported done"}
_TOLD = {
    "done-numbers-met": "the deed is reported, every number promised is met",
    "done": "the deed is reported",
    "step": "a step is reported",
    "help-to-named": "help to the one named is reported",
    "called-off": "withdrawn or put off in so many words",
    "pledged-again": "",
    "silence": "",
}
_GRADES = {
    "independent": "independent account",
    "counterpart": "the counterpart's account",
    "own-specific": "own account, specific",
    "own-general": "own account, general",
    "media": "media report",
}
