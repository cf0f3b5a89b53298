"""Two statements of one engagement beside each other: what both say, what only one says, and where numbers or dates differ.

A joint statement that two publish is one text, not two accounts.  That one side is silent is no denial, and is never worded as one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log

from communique.records import Assertion, Figure, Item, Kept
from communique.stages.follow.accounts import RECENT, Account, account, alike, engagement, whole
from communique.stages.follow.index import day_of
from communique.stages.follow.series import interval, thing
from communique.stages.follow.words import words
from communique.vocabulary.publishers import sides

__all__ = ["APART", "Difference", "Joined", "Pair", "Row", "accounts", "joined", "pairs"]

APART = RECENT + 1  # days between two statements of one engagement, at most
_ALIKE = 0.3  # least weighted share of common words for two assertions to say the same; read on 40 joined pairs
_SAME_WORDS = 0.6  # share of one statement's assertions that stand word for word in the other: it is one text
_LONG = 60  # assertions; a longer statement tells of more than the engagement

Pair = tuple[Account, Account]


@dataclass(frozen=True, slots=True)
class Difference:
    """A number or a time that two matched assertions do not give alike, in the words of each."""

    kind: str  # figure, when
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Row:
    """What both say, in the words of each."""

    first: Kept
    second: Kept
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Joined:
    """One engagement as two statements tell it."""

    first: Kept
    second: Kept
    both: tuple[Row, ...]
    only_first: tuple[Kept, ...]
    only_second: tuple[Kept, ...]
    one_text: bool = False  # the same words published twice
    left_out: int = 0  # assertions of long statements that are not about the other party
    kinds: tuple[str, str] = ("", "")  # of the two statements: readout, remarks, joint-statement ...


def accounts(items: Iterable[Kept]) -> list[Account]:
    """The engagements that statements tell as their own side's account."""
    return [found for each in items if (found := account(each)) is not None]


def pairs(older: Sequence[Account], newer: Sequence[Account]) -> Iterator[Pair]:
    """Each two statements that tell one engagement, by the two accounts that show it most surely; those of one day once."""
    place = {id(each): at for at, each in enumerate(newer)}
    by_party: dict[tuple[str, str], list[Account]] = defaultdict(list)
    for each in newer:
        for two in combinations(sorted(each.parties)[:12], 2):
            by_party[two].append(each)
    best: dict[tuple[str, str], tuple[int, Pair]] = {}
    for one in older:
        near = {id(other): other for two in combinations(sorted(one.parties)[:12], 2) for other in by_party[two]}
        for other in sorted(near.values(), key=lambda each: place[id(each)]):
            sure = alike(one, other)
            pair = (one, other) if _order(one) <= _order(other) else (other, one)
            key = (pair[0].kept.doc, pair[1].kept.doc)
            if sure and (key not in best or sure > best[key][0]):
                best[key] = (sure, pair)
    for _, pair in sorted(best.values(), key=lambda each: (_order(each[1][0]), _order(each[1][1]))):
        yield pair


def _order(one: Account) -> tuple[str, str]:
    return one.kept.date or "", one.kept.doc


def joined(items: Sequence[Kept]) -> Iterator[Joined]:
    """Every engagement that two of these statements tell."""
    by_doc: dict[str, list[Kept]] = defaultdict(list)
    for each in sorted(items, key=lambda kept: (kept.date or "", kept.doc, kept.item.start)):
        by_doc[each.doc].append(each)
    told = accounts(each for kept in by_doc.values() for each in kept)
    for first, second in pairs(told, told):
        yield join(first.kept, second.kept, by_doc[first.kept.doc], by_doc[second.kept.doc])


def join(first: Kept, second: Kept, ours: Sequence[Kept], theirs: Sequence[Kept]) -> Joined:
    """Pair off what both statements say, the likest first; ``ours`` and ``theirs`` are all asserted items of the two."""
    mine, yours = _about(first, ours), _about(second, theirs)
    met = next((x, y) for x, one in enumerate(mine) for y, other in enumerate(yours) if (one.id, other.id) == (first.id, second.id))
    matched = _matched(mine, yours, met)
    left, right = {x for x, _ in matched}, {y for _, y in matched}
    return Joined(
        first,
        second,
        tuple(Row(mine[x], yours[y], tuple(_differences(mine[x], yours[y], ours, theirs))) for x, y in sorted(matched)),
        tuple(each for x, each in enumerate(mine) if x not in left),
        tuple(each for y, each in enumerate(yours) if y not in right),
        _one_text(_assertions(ours), _assertions(theirs)),
        len(_assertions(ours)) + len(_assertions(theirs)) - len(mine) - len(yours),
    )


def _assertions(items: Iterable[Kept]) -> list[Kept]:
    return [each for each in items if isinstance(each.item, Assertion)]


def _about(told: Kept, items: Sequence[Kept]) -> list[Kept]:
    """The assertions of a statement that can be of the engagement: all; of one that tells of more, those naming the other party."""
    said = _assertions(items)
    parties = _parties(told.item)
    others = parties - whole(sides(told.publisher)) or parties
    met = [whole({*item.actors, *item.targets}) - whole(sides(told.publisher)) for each in said if (item := engagement(each))]
    if len(said) <= _LONG and all(not each or each & others for each in met):
        return said
    return [each for each in said if each.id == told.id or _parties(each.item) & others]


def _parties(item: Item) -> frozenset[str]:
    return whole({*item.actors, *item.targets}) if isinstance(item, Assertion) else frozenset()


def _matched(ours: Sequence[Kept], theirs: Sequence[Kept], met: tuple[int, int]) -> list[tuple[int, int]]:
    """Places of assertions that say the same: common words weighed by how few assertions of the two statements have them.

    ``met``: the places of the engagement itself, which both tell in whatever words.
    """
    stems = {id(each): frozenset(words(each.item.quote).stems) for each in (*ours, *theirs)}
    spread = Counter(stem for found in stems.values() for stem in found)
    weight = {stem: log(1 + len(stems) / n) for stem, n in spread.items()}
    having: dict[str, list[int]] = defaultdict(list)
    for y, other in enumerate(theirs):
        for stem in stems[id(other)]:
            having[stem].append(y)
    scored = []
    for x, one in enumerate(ours):
        for y in sorted({y for stem in stems[id(one)] for y in having[stem]}):
            share = _share(stems[id(one)], stems[id(theirs[y])], weight) * _kin(one.item, theirs[y].item)
            if share >= _ALIKE:
                scored.append((-share, x, y))
    left, right, found = {met[0]}, {met[1]}, [met]
    for _, x, y in sorted(scored):
        if x not in left and y not in right:
            left.add(x)
            right.add(y)
            found.append((x, y))
    return found


def _share(one: frozenset[str], other: frozenset[str], weight: Mapping[str, float]) -> float:
    both = sum(weight[stem] for stem in sorted(one & other))
    return both / max(sum(weight[stem] for stem in sorted(one | other)), 1e-9)


def _kin(one: Item, other: Item) -> float:
    """Acts of one kind say the same sooner than others: a report and a promise of one thing are two things said."""
    assert isinstance(one, Assertion)
    assert isinstance(other, Assertion)
    return 1.0 if one.act is other.act else 0.75


def _differences(one: Kept, other: Kept, ours: Sequence[Kept], theirs: Sequence[Kept]) -> Iterator[Difference]:
    mine, yours = _figures(one, ours), _figures(other, theirs)
    for unit in sorted({each.unit for each in mine} & {each.unit for each in yours}):
        first, second = ([each for each in found if each.unit == unit] for found in (mine, yours))
        for a in first:
            same = second if len(first) == len(second) == 1 else [b for b in second if thing(b) == thing(a)]
            if same and not any(_meet(a, b) for b in same):
                yield Difference("figure", a.quote, same[0].quote)
    a_when, b_when = (each.item.when if isinstance(each.item, Assertion) else None for each in (one, other))
    if a_when and b_when and (day_of(a_when, last=True) < day_of(b_when) or day_of(b_when, last=True) < day_of(a_when)):
        yield Difference("when", a_when, b_when)


def _figures(told: Kept, items: Sequence[Kept]) -> list[Figure]:
    """The figures that stand in an assertion."""
    inside = (each.item for each in items if isinstance(each.item, Figure))
    return [each for each in inside if told.item.start <= each.start and each.end <= told.item.end]


def _meet(one: Figure, other: Figure) -> bool:
    (low, high), (least, most) = interval(one), interval(other)
    return low <= most and least <= high


def _one_text(ours: Sequence[Kept], theirs: Sequence[Kept]) -> bool:
    first, second = ({" ".join(each.item.quote.casefold().split()) for each in found} for found in (ours, theirs))
    fewer = min(len(first), len(second))
    return fewer > 2 and len(first & second) >= _SAME_WORDS * fewer
