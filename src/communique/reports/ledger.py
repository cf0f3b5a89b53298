"""Assistance: one row for each thing claimed, delivered or pledged, with its recipients; pledges and deliveries are never added."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from communique.records import Act, Assertion, Event, Figure, Kept
from communique.reports.amounts import amount, compared, is_money, same_quantity, units
from communique.reports.merging import content, merged
from communique.reports.periods import spoken
from communique.reports.phrasing import deed, listed, tidy
from communique.reports.ranking import group
from communique.reports.scope import Scope
from communique.reports.sources import Notebook
from communique.reports.values import Block, Line, Row

HEAD = ("given", "claimed", "to", "stage", "as of", "source")
RECEIVED = ("received", "claimed", "from", "stage", "as of", "source")
_RECIPIENT = frozenset(
    "country nation state territory organization organisation partner region people person family refugee woman child student "
    "household farmer worker patient beneficiary community island economy agency member".split()
)
_MEASURES = frozenset("tonne ton kilogram kilometre litre dose piece item set batch percent times hectare megawatt barrel".split())
_TOWARDS = re.compile(r"\b(?:to|for|in|across|reaching|benefiting|serving|among)\b", re.I)
_NEXT_DEED = re.compile(r"\b(?:and|,)\s+(?:also\s+)?(?:\w+ed|sent|gave|given|built)\b", re.I)
_ROWS, _PLAIN, _WIDE = 12, 3, 90


@dataclass(frozen=True)
class Entry:
    """One thing given or pledged: the figure of it (if counted), the deed it stands in, the figures of its recipients."""

    deed: Kept
    goods: Kept | None
    recipients: tuple[Kept, ...]

    @property
    def item(self) -> Assertion:
        """The deed."""
        return _assertion(self.deed)


def entries(scope: Scope, kept: Sequence[Kept], deeds: Sequence[Kept]) -> list[Entry]:
    """Entries of the aid deeds given, in order: one a figure of goods or money, one for a deed that counts only its recipients."""
    wanted = {each.id: each for each in deeds}
    figures: dict[str, list[Kept]] = defaultdict(list)
    for each in kept:
        if isinstance(each.item, Figure) and (host := scope.sources.host(each)) and host.id in wanted:
            figures[host.id].append(each)
    found = []
    for each in deeds:
        counted = sorted(figures.get(each.id, ()), key=lambda figure: figure.item.start)
        recipients = tuple(figure for figure in counted if _recipient(figure.item))
        goods = [figure for figure in counted if figure not in recipients and getattr(figure.item, "unit", "") not in ("percent", "times")]
        found += [Entry(each, figure, tuple(one for one in recipients if _reaches(each, figure, one))) for figure in goods]
        alone = tuple(one for one in recipients if not any(_reaches(each, figure, one) for figure in goods))
        if alone:
            found.append(Entry(each, None, alone))
    return found


def _reaches(deed: Kept, goods: Kept, recipient: Kept) -> bool:
    """Whether the words lead from a thing given to its recipients: "36 teams to 34 countries", no other deed between."""
    between = deed.item.quote[max(0, goods.item.end - deed.item.start) : max(0, recipient.item.start - deed.item.start)]
    return bool(_TOWARDS.search(between)) and not _NEXT_DEED.search(between)


def _recipient(figure: object) -> bool:
    assert isinstance(figure, Figure)
    return any(word in _RECIPIENT or units(word) in _RECIPIENT for word in figure.unit.lower().replace("-", " ").split())


def given(scope: Scope, kept: Sequence[Kept]) -> list[Kept]:
    """Aid the actor gave in the year or pledged in it."""
    return [each for each in kept if _aid(each, scope) and scope.actor in getattr(each.item, "actors", ())]


def received(scope: Scope, kept: Sequence[Kept]) -> list[Kept]:
    """Aid another gave, or pledged, to the actor in the year."""
    return [each for each in kept if _aid(each, scope) and scope.actor not in getattr(each.item, "actors", ())]


def _aid(kept: Kept, scope: Scope) -> bool:
    item = kept.item
    if not isinstance(item, Assertion) or item.event is not Event.AID or scope.actor not in (*item.actors, *item.targets):
        return False
    if item.act is Act.OUTCOME:
        return scope.deed(kept)
    return item.act is Act.COMMITMENT and scope.in_year(kept.date)


def block(scope: Scope, notebook: Notebook, title: str, found: Sequence[Entry], deeds: Sequence[Kept]) -> Block | None:
    """The ledger as a table, same quantities joined, and aid without a figure below it; nothing when no aid is told."""
    rows: list[list[Entry]] = []
    for entry in sorted(found, key=lambda each: (each.deed.date or "9999", each.deed.doc, _place(each))):
        home = next((row for row in rows if _same(row[0], entry)), None)
        rows.append([entry]) if home is None else home.append(entry)
    ranked = sorted(rows, key=lambda row: (row[0].item.act is not Act.OUTCOME, -len({each.deed.doc for each in row}), row[0].goods is None))
    told = tuple(_row(scope, notebook, row) for row in ranked)
    counted = {entry.deed.id for entry in found}
    plain = merged(each for each in deeds if each.id not in counted and getattr(each.item, "act", None) is Act.OUTCOME)
    groups = (group(notebook, scope.sources, "Without a figure", plain, _PLAIN),) if plain else ()
    if not told and not groups:
        return None
    head = HEAD if not deeds or scope.actor in _assertion(deeds[0]).actors else RECEIVED
    return Block(title, (), head if told else (), told, min(len(told), _ROWS), groups, len(groups), _aside(ranked))


def _aside(rows: Sequence[Sequence[Entry]]) -> str:
    pledged = any(row[0].item.act is Act.COMMITMENT for row in rows)
    return "Pledged and delivered sums are separate claims and are not added together." if pledged and len(rows) > 1 else ""


def _assertion(kept: Kept) -> Assertion:
    assert isinstance(kept.item, Assertion)
    return kept.item


def _place(entry: Entry) -> int:
    return entry.goods.item.start if entry.goods else entry.deed.item.start


def _same(one: Entry, other: Entry) -> bool:
    if one.item.act is not other.item.act or (one.deed.doc == other.deed.doc and _claimed(one) != _claimed(other)):
        return False
    if one.goods is None or other.goods is None:
        return one.goods is other.goods and _unit(one) == _unit(other) and _alike(one, other)
    first, second = one.goods.item, other.goods.item
    assert isinstance(first, Figure)
    assert isinstance(second, Figure)
    counted = not is_money(first.unit) and first.unit == second.unit and first.unit not in _MEASURES
    return same_quantity(first, second) or (counted and bool(first.receiver) and set(first.receiver) == set(second.receiver))


def _alike(one: Entry, other: Entry) -> bool:
    """Whether two deeds that count only their recipients are told in much the same words."""
    first, second = set(content(one.item.quote)), set(content(other.item.quote))
    return 2 * len(first & second) >= min(len(first), len(second))


def _unit(entry: Entry) -> frozenset[str]:
    return frozenset(word.rstrip("s").replace("organisation", "organization") for each in entry.recipients for word in _words(each))


def _words(kept: Kept) -> list[str]:
    assert isinstance(kept.item, Figure)
    return [word for word in kept.item.unit.lower().split() if word not in {"or", "and", "international"}]


def _row(scope: Scope, notebook: Notebook, row: Sequence[Entry]) -> Row:
    claims = [(figure.item, figure.date) for each in row for figure in (each.goods, *each.recipients)[: 1 if each.goods else 2] if figure]
    distinct = list(dict.fromkeys(_claimed(each) for each in row))
    verdict = compared([(item, date) for item, date in claims if isinstance(item, Figure)]) if len(distinct) > 1 else ""
    claimed = "; later ".join(distinct) + (f" ({verdict})" if verdict else "")
    cited = [figure for each in row for figure in ((each.goods,) if each.goods else each.recipients)]
    dates = list(dict.fromkeys(each.deed.date or "undated" for each in row))
    source = notebook.line("", [each for each in cited if each is not None])
    stage = "delivered" if row[0].item.act is Act.OUTCOME else "pledged"
    texts = (_given(scope, row), claimed, _to(scope, row), stage, "; ".join(_month(date) for date in dates))
    return Row((*((Line(text),) for text in texts), (source,)))


def _month(date: str) -> str:
    return spoken(date[:7]) if date[:4].isdigit() else date


def _claimed(entry: Entry) -> str:
    figures = (entry.goods,) if entry.goods else entry.recipients
    return " and ".join(_amount(figure.item, entry) for figure in figures if figure and isinstance(figure.item, Figure))


def _amount(figure: Figure, entry: Entry) -> str:
    """The claim; the unit is left out when the first column already names it."""
    told = amount(figure)
    named = entry.goods and figure.unit not in _MEASURES and not is_money(figure.unit)
    return told.removesuffix(f" {units(figure.unit)}") if named else told


def _given(scope: Scope, row: Sequence[Entry]) -> str:
    names = []
    for entry in row:
        if entry.goods and isinstance(entry.goods.item, Figure):
            figure = entry.goods.item
            names.append(_money(entry, figure) if is_money(figure.unit) else _measured(figure))
        else:
            names.append(_object(scope, entry))
    kinds = list(dict.fromkeys(name for name in names if name))
    return "; ".join(kind if len(kind) <= _WIDE else kind[: kind.rfind(" ", 0, _WIDE)] + " …" for kind in kinds[:2]) or "aid"


def _money(entry: Entry, figure: Figure) -> str:
    """ "money", with what it is for where no recipient is named."""
    named = figure.receiver or entry.item.targets or entry.recipients
    if named or not figure.of:
        return "money"
    return f"money {tidy(figure.of)}" if re.match(r"(?:for|to|in|towards?)\b", figure.of) else f"money: {tidy(figure.of)}"


def _measured(figure: Figure) -> str:
    """What is measured: for a unit of measure the words after it, else the unit itself."""
    if figure.unit in _MEASURES and figure.of:
        words = re.split(r"\s+(?:and|,)\s+(?=\d)", figure.of)[0]
        return tidy(re.sub(rf"^\W*(?:{re.escape(units(figure.unit))}|{re.escape(figure.unit)})\s+(?:of\s+)?", "", words))
    return units(figure.unit)


_GAVE = re.compile(
    r"^(?:\w+ly\s+)?(?:provided?|gave|given|giving|gives?|sent|sends?|sending|delivere?d?|donate[ds]?|offere?d?|extende?d?|shipped|supplied)\s+",
    re.I,
)


def _object(scope: Scope, entry: Entry) -> str:
    """The thing given, when only its recipients are counted: the words between the verb and "to"; else the whole deed."""
    start = entry.recipients[0].item.start - entry.item.start
    before = entry.item.quote[: max(start, 0)]
    deeds = list(_NEXT_DEED.finditer(before))
    words = tidy(re.sub(r"^(?:and|,)\s+", "", before[deeds[-1].start() :]) if deeds else before)
    words = deed(replace(entry.item, quote=words, grounds=()), scope.sources.name(scope.actor)) if words else ""
    given = re.sub(r"\s+(?:to|for|in|across|with)$", "", words, flags=re.I)
    return scope.sources.line(entry.item, entry.deed.doc) if given == words else _GAVE.sub("", given)


def _to(scope: Scope, row: Sequence[Entry]) -> str:
    if scope.actor not in row[0].item.actors:
        return listed([scope.sources.name(code) for code in row[0].item.actors[:3]]) or "not named"
    if any(entry.goods and entry.recipients for entry in row):
        told = [amount(each.item) for entry in row for each in entry.recipients if isinstance(each.item, Figure)]
        return listed(list(dict.fromkeys(told))[:3])
    codes: dict[str, None] = {}
    for entry in row:
        own = entry.goods.item.receiver if entry.goods and isinstance(entry.goods.item, Figure) else ()
        parties = own or scope.sources.others(entry.item)
        codes |= dict.fromkeys(code for code in parties if not (code == "grp:some-countries" or entry.recipients))
    return listed([scope.sources.name(code) for code in list(codes)[:4]]) or "not named"
