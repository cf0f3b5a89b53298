"""Promises that are parts of another one of the same statement: a package and what it holds, a sum and the shares of it.

    of which     "20 billion, of which we will give 5 billion to ...": in one sentence, behind words that open the whole up
    list         "will launch a plan with three parts:" and the promises of the bulleted or numbered list below it
    pointing     "this initiative will ...", "under the plan, ...", "of this sum, ...": within three sentences of the whole
    named        "as part of the Clean Harbours Programme, ...", where an earlier sentence launches it by that name

A whole has a head that holds others (package, plan, fund) or a sum.  A sum that is not less than that of the whole is no part of it.
Precise before complete: two promises that merely stand side by side are two.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence

from communique.records import Kept, Passage, Role
from communique.stages.follow.words import number_values

__all__ = ["umbrellas"]

_Test = Callable[[str], bool]

NEAR = 3  # sentences between a whole and words that point back to it
SUM = 1000  # numbers from here on may be sums and shares of them
_HEADS = (
    r"package|initiative|plan(?! to\b)|programme|program|partnership|fund(?! the\b)|scheme|roadmap|agenda|strategy|campaign|compact|"
    r"framework|facility"
)
_HEAD = re.compile(rf"\b(?:{_HEADS})\b", re.IGNORECASE)
_OPENS_UP = re.compile(
    r"\b(?:of which|out of which|including(?! (?:through|by|in|with|for|on|via|at|as|to|from|of)\b)|among (?:them|which)|"
    r"consist(?:s|ing) of|compris(?:es|ing)|made up of|composed of|(?:through|under|within) which)\b",
    re.IGNORECASE,
)
_ANEW = re.compile(
    r";|[.!?]\s|\b(?:and|but|while|whereas)\s+(?:we|it|they|he|she|I|both sides|the [a-z]+|[A-Z]\w+)\s+"
    r"(?:\w+ly\s+)?(?:will|also|has|have|is|are|shall|plans?|intends?|agreed|announced)\b"
)
_COUNTED = re.compile(
    r"\b(?:following|(?:two|three|four|five|six|seven|eight|nine|ten|\d+)(?: \w+)?) "
    r"(?:steps|measures|actions|commitments|parts|pillars|components|elements|projects|promises|undertakings)\b",
    re.IGNORECASE,
)
_PLANS = re.compile(r"\b(?:announc\w+|pledg\w+|undert\w+|agree\w*|decided|will|shall|plans)\b", re.IGNORECASE)
_BULLET = re.compile(r"\s*(?:[-–—•*·‣▪●]\s|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s)")
_POINTING = re.compile(
    rf"\b(?i:(?:under|within|through|as part of|in the framework of|as a component of)\s+(?:this|the|that|its|our)|this)\s+"
    rf"(?:[a-z-]+\s+){{0,2}}(?P<head>(?i:{_HEADS}))\b"
)
_IT_HOLDS = re.compile(
    rf"^\W*(?:it|(?:the|this)\s+(?:[a-z-]+\s+){{0,2}}(?P<head>{_HEADS}))\s+(?:also\s+|will\s+(?:also\s+)?)?"
    r"(?:includes?|comprises?|consists?|contains?|provides? for)\b",
    re.IGNORECASE,
)
_OF_SUM = re.compile(r"\b(?:out )?of (?:this|that) (?:sum|amount|total|money|funding|figure|pledge|support)\b", re.IGNORECASE)
_NAMED = re.compile(
    r"\b(?i:as (?:a )?part of|under|through|within|in the framework of|as a component of) (?:the|our|its) "
    r"(?P<name>(?:[A-Z][\w’'-]*|of|for|and|the|on|in)(?: (?:[A-Z][\w’'-]*|of|for|and|the|on|in))*)"
)
_NEW = re.compile(
    r"\b(?:launch|establish|creat|announc|unveil|set(?:ting)? up|start|introduc|propos|inaugurat|adopt|devis|draw(?:ing)? up|put in place)",
    re.IGNORECASE,
)


def umbrellas(text: str, passages: Sequence[Passage], promises: Sequence[Kept]) -> dict[str, str]:
    """For each promise of a statement that is a part of another one the id of that other; ``promises`` in any order."""
    if len(promises) < 2:
        return {}
    seen = _Seen(text, passages, sorted(promises, key=lambda each: (each.item.start, -each.item.end, each.id)))
    found = {}
    for place, part in enumerate(seen.promises):
        whole = seen.whole_of(place)
        if whole is not None and _may_hold(whole, part):
            found[part.id] = whole.id
    return found


class _Seen:
    """The promises of a statement in order, with the sentence each stands in."""

    def __init__(self, text: str, passages: Sequence[Passage], promises: Sequence[Kept]) -> None:
        self.text = text
        self.promises = promises
        self.body = [each for each in passages if each.role is Role.BODY]
        starts = [each.start for each in self.body]
        self.sentence = [bisect_right(starts, each.item.start) - 1 for each in promises]
        self.lists = self._lists()

    def whole_of(self, place: int) -> Kept | None:
        """The promise that this one is a part of."""
        if self.sentence[place] < 0:
            return None
        return self._beside(place) or self.lists.get(place) or self._pointed_to(place) or self._named(place)

    def _beside(self, place: int) -> Kept | None:
        """In the same sentence, behind words that open the whole up."""
        part = self.promises[place].item
        for before in range(place - 1, -1, -1):
            if self.sentence[before] != self.sentence[place]:
                return None
            whole = self.promises[before].item
            if whole.start == part.start:
                continue
            stretch = self.text[whole.start : min(part.end, part.start + 20)]
            for opened in _OPENS_UP.finditer(stretch):
                at = whole.start + opened.start()
                head = self.text[whole.start : at]
                after = self.text[whole.start + opened.end() : part.start]
                if at <= part.start + 2 and _holds(head) and not _ANEW.search(head) and not _ANEW.search(after):
                    return self.promises[before]
        return None

    def _lists(self) -> dict[int, Kept]:
        """The promises of the items of a list, each with the promise that the list spells out."""
        found: dict[int, Kept] = {}
        for place, each in enumerate(self.promises):
            at = self.sentence[place]
            if at < 0 or not self._heads_list(each, self.body[at]):
                continue
            items = self._items_below(at)
            found |= {other: each for other, where in enumerate(self.sentence) if where in items}
        return found

    def _heads_list(self, each: Kept, sentence: Passage) -> bool:
        quote = self.text[each.item.start : sentence.end]
        return quote.rstrip().endswith(":") and bool(_HEAD.search(quote) or _COUNTED.search(quote) or _PLANS.search(quote))

    def _items_below(self, at: int) -> set[int]:
        """The sentences of the list that begins below a sentence."""
        items: set[int] = set()
        for next_ in range(at + 1, len(self.body)):
            passage = self.body[next_]
            line = self.text[self.text.rfind("\n", 0, passage.start) + 1 : passage.end]
            goes_on = bool(items) and passage.paragraph == self.body[next_ - 1].paragraph and line.strip() != ""
            if not (_BULLET.match(line) or (goes_on and "\n" not in self.text[self.body[next_ - 1].end : passage.start])):
                break
            items.add(next_)
        return items

    def _pointed_to(self, place: int) -> Kept | None:
        """Named a few sentences before, and pointed back to."""
        part, at = self.promises[place].item, self.sentence[place]
        said = self.text[self.body[at].start : part.end]
        if self._shared(place) and (shown := _OF_SUM.search(said)):
            return self._nearest(place, shown.start(), lambda quote: max(number_values(quote), default=0) >= SUM)
        if (shown := _POINTING.search(said)) or (shown := _IT_HOLDS.search(said)):
            like = re.compile(
                rf"(?<!\bthis )(?<!\bthat )(?<!\bthe )\b{re.escape(shown['head'])}\b" if shown["head"] else _HEAD.pattern, re.IGNORECASE
            )
            return self._nearest(place, shown.start(), lambda quote: bool(like.search(quote)), NEAR if shown["head"] else 1)
        return None

    def _shared(self, place: int) -> bool:
        return bool(number_values(self.promises[place].item.quote))

    def _nearest(self, place: int, shown: int, is_whole: _Test, reach: int = NEAR) -> Kept | None:
        """The last promise before the pointing words that is such a whole, not further back than so many sentences."""
        at = self.sentence[place]
        for before in range(place - 1, -1, -1):
            each = self.promises[before]
            if at - self.sentence[before] > reach:
                return None
            if each.item.start < self.body[at].start + shown and is_whole(each.item.quote):
                return each
        return None

    def _named(self, place: int) -> Kept | None:
        """Launched by name earlier in the statement."""
        part, at = self.promises[place].item, self.sentence[place]
        for shown in _NAMED.finditer(self.text[self.body[at].start : part.end]):
            name = re.sub(r"(?: (?:of|for|and|the|on|in))+$", "", shown["name"])
            if len(re.findall(r"\b[A-Z]", name)) < 2 or not _HEAD.search(name):
                continue
            for before in range(place):
                quote = self.promises[before].item.quote
                if self.sentence[before] < at and name.lower() in quote.lower() and _NEW.search(quote):
                    return self.promises[before]
        return None


def _holds(words: str) -> bool:
    """Whether words name something that has parts."""
    return bool(_HEAD.search(words)) or max(number_values(words), default=0) >= SUM


def _may_hold(whole: Kept, part: Kept) -> bool:
    """Whether the sums allow it: a part of a sum is less than it."""
    all_of_it = max(number_values(whole.item.quote), default=0)
    share = max(number_values(part.item.quote), default=0)
    return not (all_of_it >= SUM and share >= SUM and share >= all_of_it)
