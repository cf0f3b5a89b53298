"""Whether two statements tell one engagement: the day, the parties, the persons and offices, and how they met.

    "met the Foreign Minister of Chile in Quito" (Ecuador, 4 March)
    "the Foreign Minister received his counterpart" (Chile, 5 March)          one meeting: a day apart at most
    "spoke by phone with the Foreign Minister" (Chile, 4 March)               another: a call is no meeting
    "met the Ambassador of Chile" (Ecuador, 4 March)                          another: other offices
    a paper's report of the meeting                                           no side's own account

A look back ("met last November") is no readout, nor is an announcement of what is to come.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from math import ceil

from communique.language.folding import fold
from communique.records import Act, Assertion, Event, Kept
from communique.stages.follow.index import day_of
from communique.vocabulary.actors import current, table
from communique.vocabulary.publishers import is_media, is_open, sides

__all__ = ["RECENT", "Account", "account", "alike", "engagement", "whole"]

RECENT = 7  # days after an engagement by which a statement of it is a readout and no look back
OPENING = 900  # characters: what is told there is what the statement is about
_SHARED = 0.6  # least share of the persons of the shorter list that both must name
_MET = re.compile(
    r"\b(?:met|meet(?:s|ing|ings)?|talks|summit|summits|hosted|hosts|welcom\w+|receiv\w+|visit\w*|conven\w+|gather\w+|held|consultations?|"
    r"dialogue|co-?host\w*|spoke|speaks|conversations?|calls?|called|phone\w*|telephon\w*|video ?conferenc\w*|virtual\w*)\b",
    re.IGNORECASE,
)
_CALL = re.compile(r"\b(?:calls?|called|phone\w*|telephon\w*|video ?conferenc\w*|video ?link|virtual\w*)\b", re.IGNORECASE)
_IN_PERSON = re.compile(
    r"\b(?:met|meet(?:s|ing)?|talks|hosted|hosts|welcom\w+|receiv\w+|visit\w*|travel\w*|arriv\w+|in[- ]person|face[- ]to[- ]face)\b",
    re.IGNORECASE,
)
_VIRTUAL = re.compile(r"\b(?:virtual\w*|video ?conferenc\w*|video ?link|online)\b", re.IGNORECASE)
_AHEAD = re.compile(r"\b(?:preview\w*|ahead of|upcoming|forthcoming|to (?:visit|travel|host|meet|attend|hold))\b", re.IGNORECASE)
_NOT_YET = re.compile(r"\b(?:invit\w+|look(?:s|ed|ing)? forward|prepar\w+ for|tomorrow\w*)\b", re.IGNORECASE)
_OFFICES = (  # the first that fits a stretch of words takes it
    ("deputy", r"(?:vice|deputy)[- ](?:president|prime minister|premier)s?"),
    ("foreign", r"(?:foreign|external (?:relations|affairs)) (?:affairs )?(?:ministers?|secretar(?:y|ies))|(?:foreign|external) ministers?|"
                r"ministers? (?:of|for) (?:foreign|external)|secretar(?:y|ies) of state|high representative"),
    ("defence", r"defen[cs]e (?:ministers?|secretar(?:y|ies))|ministers? (?:of|for) defen[cs]e|secretar(?:y|ies) of defen[cs]e"),
    ("economy", r"(?:finance|trade|economy|treasury|commerce) (?:ministers?|secretar(?:y|ies))|ministers? (?:of|for) (?:finance|trade|"
                r"commerce|the economy)|secretar(?:y|ies) of (?:the treasury|commerce)|trade representative"),
    ("adviser", r"national security advis[eo]rs?|head of the (?:president's |presidential )?office"),
    ("envoy", r"ambassadors?|envoys?|high commissioners?|charg[eé]"),
    ("head", r"presidents?|prime ministers?|premiers?|chancellors?|taoiseach|kings?|queens?|emirs?|amirs?|sultans?|leaders?|leaders'|"
             r"heads of (?:state|government)"),
)  # fmt: skip
_OFFICE = re.compile("|".join(rf"\b(?P<{name}>{form})\b" for name, form in _OFFICES), re.IGNORECASE)
_NO_NAME = frozenset(
    "states kingdom republic chancellor president minister prime secretary government ministry union excellency his her the jr mr mrs ms "
    "dr of and sir hon representative trade general foreign".split()
)


@dataclass(frozen=True, slots=True)
class Account:
    """An engagement as one statement tells it, and what two accounts of it can be compared by."""

    kept: Kept
    day: int
    dated: bool  # whether the words give the day; otherwise it is the statement's
    opening: bool
    call: bool
    in_person: bool
    parties: frozenset[str]
    persons: tuple[frozenset[str], ...]  # the words of each name
    offices: frozenset[str]
    told: frozenset[str]  # the words it is told in
    sides: frozenset[str]  # whose account it is; empty where the publisher's name does not say

    @property
    def item(self) -> Assertion:
        """The engagement."""
        assert isinstance(self.kept.item, Assertion)
        return self.kept.item


def engagement(kept: Kept) -> Assertion | None:
    """The assertion, where it is a meeting, call or visit that took place."""
    item = kept.item
    if isinstance(item, Assertion) and item.act is Act.OUTCOME and item.event is Event.CONSULT:
        return item
    return None


def account(kept: Kept) -> Account | None:
    """What a statement tells of an engagement, or nothing: a look back, an announcement, a paper's report, a day unknown."""
    item = engagement(kept)
    if item is None or is_media(kept.publisher) or _AHEAD.search(kept.title) or _NOT_YET.search(item.quote):
        return None
    parties = whole({*item.actors, *item.targets})
    own = whole(sides(kept.publisher))
    if len(parties) < 2 or (own and not own & parties and not is_open(kept.publisher)):
        return None
    opening = item.start < OPENING
    when = _day(kept, item)
    told = f"{item.quote} {kept.title}" if opening else item.quote
    if when is None or not _MET.search(told):
        return None
    day, dated = when
    call, in_person = _mode(item.quote, kept.title if opening else "")
    offices = frozenset(match.lastgroup or "" for match in _OFFICE.finditer(fold(told)))
    return Account(kept, day, dated, opening, call, in_person, parties, tuple(_persons(item)), offices, _words(told), own)


def _day(kept: Kept, item: Assertion) -> tuple[int, bool] | None:
    """The day of the engagement and whether the words give it; nothing where it is a look back or the day is not known."""
    said = day_of(kept.date) if kept.date and len(kept.date) == 10 else 0
    if item.when is None:
        return (said, False) if said else None
    first, last = day_of(item.when), day_of(item.when, last=True)
    if not first or last - first > 1 or (said and not -1 <= said - last <= RECENT):
        return None
    return last, True


def _mode(quote: str, title: str) -> tuple[bool, bool]:
    """Whether it can have been a call, and a meeting in person; "spoke with" can be either, and the title may tell."""
    for words in (quote, title):
        if _VIRTUAL.search(words):
            return True, False
        call, in_person = bool(_CALL.search(words)), bool(_IN_PERSON.search(words))
        if call or in_person:
            return call, in_person and not (call and words is quote and not title)
    return True, True


def whole(codes: tuple[str, ...] | set[str]) -> frozenset[str]:
    """States and bodies, a small body as its members; loose groups and other names left out, and bodies where states met there."""
    members = current().members
    found = {part for code in codes if not code.startswith(("grp:", "org:")) for part in members.get(code, (code,))}
    states = found & _states()
    return frozenset(states if len(states) > 1 else found)


@cache
def _states() -> frozenset[str]:
    return frozenset(row["code"] for row in table("states.csv"))


def _persons(item: Assertion) -> list[frozenset[str]]:
    return [found for name in item.people if (found := _words(name) - _NO_NAME)]


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]{2,}", fold(text).lower()))


def alike(one: Account, other: Account) -> int:
    """How surely two accounts are of one engagement; 0: they are not, or nothing but the day says so."""
    if one.kept.publisher == other.kept.publisher or one.kept.doc == other.kept.doc or one.parties != other.parties:
        return 0
    if abs(one.day - other.day) > (not one.sides & other.sides):  # a day apart: two sides' calendars, not two offices of one
        return 0
    if not ((one.call and other.call) or (one.in_person and other.in_person)):
        return 0
    shared = _named_by_both(one, other)
    offices = one.offices & other.offices
    if shared is None or (not shared and one.offices and other.offices and not offices) or _by_a_deputy(one, other):
        return 0
    dated = one.day == other.day and one.dated + other.dated
    opening = one.opening + other.opening
    if not (shared or opening > 1 or (offices and dated + opening > 1)):
        return 0
    return 3 * shared + dated + opening + bool(offices)


def _by_a_deputy(one: Account, other: Account) -> bool:
    """Whether a deputy met the guest of a state in one account, and the head did in the other; to a summit a deputy is sent."""
    named = bool(one.offices and other.offices)
    return named and len(one.parties) == 2 and one.parties <= _states() and ("deputy" in one.offices) is not ("deputy" in other.offices)


def _named_by_both(one: Account, other: Account) -> int | None:
    """How many persons both name; nothing where each names several, and they are others.

    A side often names its guest alone, so that one name on either side may be two ends of one meeting.
    """
    if not one.persons or not other.persons:
        return 0
    shared = max(_found(one.persons, other), _found(other.persons, one))
    fewer, more = sorted((len(one.persons), len(other.persons)))
    return shared if shared >= ceil(_SHARED * fewer) or more == 1 else None


def _found(persons: tuple[frozenset[str], ...], other: Account) -> int:
    return sum(any(name & each for each in (*other.persons, other.told)) for name in persons)
