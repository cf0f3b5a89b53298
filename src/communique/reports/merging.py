"""Items that say the same thing, joined with all their sources.

Two assertions are one when act, event, parties, numbers and negations are the same and their content words agree in
order.  Order matters ("A urges B" is not "B urges A"), and no measure of likeness alone ever joins different numbers.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from communique.records import Act, Assertion, Kept

_WORD = re.compile(r"\d[\d,.]*|[^\W\d_][\w'’-]*")
_EMPTY = frozenset(
    """a an the of to in on at for and or with by from as its their our his her this that these those will shall has have had is are was
    were be been being we it they he she also very more most further continue continues continued would it's own all other others""".split()
)
_DENIAL = frozenset("not no never nor neither without cannot refuse refuses refused reject rejects rejected oppose opposes opposed".split())
_ALIKE = 0.8  # how much shorter the one may be; below it, different deeds on one subject were joined on the seeds
_BEGINNING = 4  # content words that can name a deed
_NAMED = re.compile(r"\b[A-Z][\w'’-]+ (?:of |the |for |and )*[A-Z]")
_NEARLY = 0.9  # share of words in common order when both have words of their own


@dataclass(frozen=True)
class Told:
    """An assertion and the other items that tell the same."""

    kept: tuple[Kept, ...]  # best source first

    @cached_property
    def best(self) -> Kept:
        """The item whose words stand for all."""
        return self.kept[0]

    @property
    def item(self) -> Assertion:
        """The best source's assertion."""
        assert isinstance(self.best.item, Assertion)
        return self.best.item

    @property
    def docs(self) -> int:
        """How many statements say it."""
        return len({each.doc for each in self.kept})


def merged(kept: Iterable[Kept]) -> list[Told]:
    """Assertions grouped by what they say, in the order of their statements' dates."""
    rows = [(each, each.item, content(each.item.quote)) for each in sorted(kept, key=_order) if isinstance(each.item, Assertion)]
    rarity = Counter(word for _, _, words in rows for word in set(words))
    groups: list[list[Row]] = []
    index: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for row in rows:
        same = _key(row[1], row[2])
        handles = [(same, word) for word in _rarest(row[2], rarity)]
        near = sorted({number for handle in handles for number in index[handle]})
        home = next((number for number in near if _same(groups[number][0], row)), None)
        if home is None:
            home = len(groups)
            groups.append([])
            for handle in handles:
                index[handle].append(home)
        groups[home].append(row)
    told = [Told(tuple(_best_first([each for each, _, _ in group]))) for group in _begun(groups)]
    return sorted(told, key=lambda one: _order(one.best))


Row = tuple[Kept, Assertion, list[str]]


def _begun(groups: Sequence[list[Row]]) -> list[list[Row]]:
    """Groups of checkable deeds and promises whose words only begin another's ("hosted the summit", "... in Nairobi in May") join it."""
    at = {(_plain_key(group[0]), tuple(group[0][2])): number for number, group in enumerate(groups) if len(group[0][2]) >= _BEGINNING}
    home = list(range(len(groups)))
    for number, group in enumerate(groups):
        _, item, words = group[0]
        if not item.specific or item.act not in (Act.OUTCOME, Act.COMMITMENT):
            continue
        for length in range(_BEGINNING, len(words)):
            start = at.get((_plain_key(group[0]), tuple(words[:length])))
            if start is not None and _NAMED.search(groups[start][0][0].item.quote, 1):
                home[start] = number
    return [[row for number, group in enumerate(groups) if _end(home, number) == place for row in group] for place in _ends(home)]


def _end(home: Sequence[int], number: int) -> int:
    while home[number] != number:
        number = home[number]
    return number


def _ends(home: Sequence[int]) -> list[int]:
    return [number for number, place in enumerate(home) if number == place]


def _plain_key(row: Row) -> tuple[object, ...]:
    act, actors, _, denials = _key(row[1], row[2])
    return act, actors, denials


def _rarest(words: Sequence[str], rarity: Counter[str]) -> list[str]:
    """The rarest third of the words: lists that agree in four fifths must share one of them (prefix filtering)."""
    ordered = sorted(set(words), key=lambda word: (rarity[word], word))
    return ordered[: len(ordered) // 3 + 1] or [""]


def _same(one: Row, other: Row) -> bool:
    targets, others = set(one[1].targets), set(other[1].targets)
    return (not targets or not others or bool(targets & others)) and alike(one[2], other[2])


def content(quote: str) -> list[str]:
    """The words that carry the meaning, lower case, in order."""
    return [_stem(word) for word in _WORD.findall(quote.lower().replace("’", "'")) if word not in _EMPTY]


def alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two lists of content words say the same in the same order.

    The shorter must stand in the longer, which may add a fifth; or nine in ten must agree.  A word put in the
    place of another ("pumps" for "tractors") makes a short text another one.
    """
    short, long = sorted((list(one), list(other)), key=len)
    if not short or len(short) < _ALIKE * len(long):
        return short == long
    following = iter(long)
    if all(word in following for word in short):
        return True
    common = len(set(short) & set(long))
    return 2 * common >= _NEARLY * len({*short, *long}) and SequenceMatcher(None, short, long, autojunk=False).ratio() >= _NEARLY


def _key(item: Assertion, words: list[str]) -> tuple[object, ...]:
    numbers = tuple(word for word in words if word[0].isdigit())
    denials = sum(word in _DENIAL or word.endswith("n't") for word in words)
    return item.act, frozenset(item.actors), numbers, denials


def _stem(word: str) -> str:
    word = word.removesuffix("'s").removesuffix("'")
    for ending in ("ing", "ed", "es", "s"):
        if len(word) > len(ending) + 3 and word.endswith(ending):
            return word.removesuffix(ending)
    return word


def _order(kept: Kept) -> tuple[str, str, int, str]:
    return kept.date or "9999", kept.doc, kept.item.start, kept.id


def _best_first(group: list[Kept]) -> list[Kept]:
    def merit(each: Kept) -> tuple[bool, float, int]:
        item = each.item
        specific = isinstance(item, Assertion) and item.specific
        return not specific, -round(item.confidence, 1), -min(len(item.quote), 120)

    best = min(group, key=merit)
    return [best, *(each for each in group if each is not best)]
