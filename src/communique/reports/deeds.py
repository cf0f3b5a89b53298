"""Everything else done: by partner, by region, by forum, by subject; and the figures claimed, as a table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from communique.language import names
from communique.records import Act, Assertion, Figure, Kept
from communique.reports.amounts import amount, compared, same_quantity
from communique.reports.merging import Told, content
from communique.reports.periods import spoken
from communique.reports.phrasing import TOPICS, sentence, tidy
from communique.reports.places import at_home, heading, label
from communique.reports.ranking import group
from communique.reports.scope import Scope
from communique.reports.sources import Notebook
from communique.reports.values import Block, Line, Row

FIGURES = ("what", "claimed", "period", "said", "source")
_SHOWN = {"partner": (8, 3), "region": (6, 3), "forum": (6, 3), "other": (10, 3)}
_TITLES = {"partner": "By partner", "region": "By region and group", "forum": "By forum", "other": "Other work and initiatives"}
_ROWS, _WIDE = 12, 170
_PREPOSITION = re.compile(r"(?:for|in|on|to|of|from|by|with|at)\b", re.I)
_ARTICLE = re.compile(r"^(?:an?|the)\s+")
_TELLING = 4  # words that say what is measured; fewer only repeat the unit, and the sentence says more
_NEAR = 40  # letters between a figure and the percentage that says how it moved


def blocks(scope: Scope, notebook: Notebook, told: Sequence[Told]) -> list[Block]:
    """Deeds under the headings of a ministry's review, those without a named partner by subject."""
    under: dict[str, dict[str, list[Told]]] = {kind: defaultdict(list) for kind in _TITLES}
    for one in told:
        kind, key = _place(scope, one.item)
        under[kind][key].append(one)
    return [_block(scope, notebook, kind, groups) for kind, groups in under.items() if groups]


def _place(scope: Scope, item: Assertion) -> tuple[str, str]:
    others = scope.sources.others(item)
    for kind in ("partner", "region", "forum"):
        found = [code for code in others if heading(code) == kind and not at_home(code, scope.actor)]
        if found:
            return kind, label(found[0]) if len(found) == 1 else "Several partners" if len(found) > 2 else " and ".join(map(label, found))
    return "other", TOPICS[item.topic.value]


def _block(scope: Scope, notebook: Notebook, kind: str, under: dict[str, list[Told]]) -> Block:
    groups, shown = _SHOWN[kind]
    ordered = sorted(under.items(), key=_weight if kind != "other" else _subject)
    told = tuple(group(notebook, scope.sources, name, rows, shown) for name, rows in ordered)
    return Block(_TITLES[kind], groups=told, shown_groups=min(len(told), groups))


def _weight(entry: tuple[str, list[Told]]) -> tuple[int, int, str]:
    name, rows = entry
    return -sum(one.item.specific for one in rows), -len(rows), name


def _subject(entry: tuple[str, list[Told]]) -> int:
    return list(TOPICS.values()).index(entry[0])


def figures(scope: Scope, notebook: Notebook, kept: Sequence[Kept]) -> tuple[Block | None, set[str]]:
    """Figures claimed of the year as a table, same quantities joined and compared; and the deeds they tell, by id."""
    rows: list[list[Kept]] = []
    changes: dict[str, list[Kept]] = defaultdict(list)
    last: Kept | None = None
    for each in sorted(kept, key=lambda one: (one.date or "9999", one.doc, one.item.start)):
        if last and _change(last, each):
            changes[last.id].append(each)
            continue
        last = each
        home = next((row for row in rows if _same(row[0], each)), None)
        rows.append([each]) if home is None else home.append(each)
    if not rows:
        return None, set()
    ordered = sorted(rows, key=lambda row: (-len({each.doc for each in row}), not _abroad(scope, row[0])))
    told = tuple(_row(scope, notebook, some, changes) for some in _side_by_side(scope, ordered))
    hosts = {host.id for row in ordered for each in row if (host := scope.sources.host(each))}
    return Block("Figures claimed", head=FIGURES, rows=told, shown_rows=min(len(told), _ROWS)), hosts


def _abroad(scope: Scope, kept: Kept) -> bool:
    """Whether another party is named where a figure stands: those come before figures of home affairs."""
    host = scope.sources.host(kept)
    others = scope.sources.others(host.item) if host and isinstance(host.item, Assertion) else ()
    parties = (*others, *getattr(kept.item, "giver", ()), *getattr(kept.item, "receiver", ()))
    return any(code != scope.actor and heading(code) != "other" for code in parties)


def _of_another(scope: Scope, kept: Kept) -> bool:
    """Whether the sentence of a figure begins with someone else: "Norway pledged ..." is no figure of the actor's."""
    words = scope.sources.words(kept)[2]
    first = next(iter(names.find(words)), None)
    return first is not None and first.start <= len("The ") and scope.actor not in first.codes


def _side_by_side(scope: Scope, rows: Sequence[list[Kept]]) -> list[list[list[Kept]]]:
    """Quantities that one deed or one sentence tells stand in one row: "180 countries; 110 partnerships"."""
    joined: dict[str, list[list[Kept]]] = {}
    for row in rows:
        start, end, _ = scope.sources.words(row[0])
        joined.setdefault(f"{row[0].doc}:{start}-{end}" if len(row) == 1 else row[0].id, []).append(row)
    return list(joined.values())


def claimed(scope: Scope, kept: Sequence[Kept], spent: Callable[[Kept], bool]) -> list[Kept]:
    """Figures of the year that the actor claims of itself and that no other table holds."""
    found = []
    for each in kept:
        if not isinstance(each.item, Figure) or spent(each) or not scope.deed(each):
            continue
        host = scope.sources.host(each)
        if host is None:
            parties = (*each.item.giver, *each.item.receiver)
            mine = scope.actor in parties or (not parties and scope.sources.own(each.doc) and not _of_another(scope, each))
        else:
            mine = isinstance(host.item, Assertion) and host.item.act is Act.OUTCOME
            mine = mine and scope.actor in (*getattr(host.item, "actors", ()), *getattr(host.item, "targets", ()))
        if mine:
            found.append(each)
    return found


_LARGE = 50  # from here on the same number of one thing in one text is one quantity, however it is put


def _same(one: Kept, other: Kept) -> bool:
    assert isinstance(one.item, Figure)
    assert isinstance(other.item, Figure)
    told_twice = one.doc != other.doc or amount(one.item) == amount(other.item)  # two numbers of one text count two things
    if one.doc == other.doc and told_twice and one.item.value >= _LARGE and {*content(one.item.of)} & {*content(other.item.of)}:
        return True  # "the Rs. 3,000 allowance" again and again
    return bool(one.item.of) and told_twice and same_quantity(one.item, other.item)


def _change(last: Kept, kept: Kept) -> bool:
    """Whether a percentage says how much the figure right before it rose or fell."""
    percent = isinstance(kept.item, Figure) and kept.item.unit == "percent"
    after = last.doc == kept.doc and 0 <= kept.item.start - last.item.end <= _NEAR
    return percent and after and getattr(last.item, "unit", "") != "percent"


def _row(scope: Scope, notebook: Notebook, rows: Sequence[list[Kept]], changes: Mapping[str, Sequence[Kept]]) -> Row:
    every = [each for row in rows for each in row]
    when = next((found for each in every if (found := scope.when(each))), None)
    said = list(dict.fromkeys(each.date or "undated" for each in every))
    told = "; ".join(_claimed(row, changes) for row in rows)
    cells = (_what(scope, every[0]), told, spoken(when), "; ".join(said[:3]))
    return Row((*((Line(text),) for text in cells), (notebook.line("", every),)))


def _claimed(row: Sequence[Kept], changes: Mapping[str, Sequence[Kept]]) -> str:
    items = [(each.item, each.date) for each in row if isinstance(each.item, Figure)]
    amounts = list(dict.fromkeys(amount(item) for item, _ in items))
    verdict = f" ({compared(items)})" if len(amounts) > 1 else ""
    moved = [change.item for each in row for change in changes.get(each.id, ()) if isinstance(change.item, Figure)]
    change = "".join(f", {amount(item)} {_ARTICLE.sub('', tidy(item.of))}".rstrip() for item in moved[:1])
    return "; later ".join(amounts) + verdict + change


def _what(scope: Scope, kept: Kept) -> str:
    host = scope.sources.host(kept)
    assert isinstance(kept.item, Figure)
    if host and isinstance(host.item, Assertion) and len(host.item.quote) <= _WIDE:
        return scope.sources.line(host.item, host.doc)
    if len(kept.item.of.split()) >= _TELLING and not _PREPOSITION.match(kept.item.of):
        return sentence(tidy(kept.item.of))
    return sentence(tidy(scope.sources.words(kept)[2]), _WIDE)
