"""What a report must hold of a promise beside its words: whose it is, who was to do it, and the whole of it rather than its beginning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from communique.language import names
from communique.language.polarity import Claim, claim
from communique.records import Assertion, Event, Kept
from communique.stages.follow.index import assertion
from communique.stages.follow.loose import is_loose
from communique.stages.follow.words import PROMISING, stem, words
from communique.vocabulary.actors import current

__all__ = ["begun", "concerned", "doer_held", "doer_same", "supposed", "taken_back"]

_ANYBODY = frozenset(
    stem(word)
    for word in "administration country countries department government governments leader leaders member members nation nations "
    "participants parties partner partners party president side sides state states forward".split()
)  # say no more of who acts than the codes of the actors do


def doer_held(promise: str, report: str) -> bool:
    """Whether a report names whom the promise names before its verb, by any common noun of it: "finance ministers will meet".

    True where the promise names nobody so, but "we", a name or "the two sides".
    """
    read = words(promise)
    first = 1 if promise.lstrip(" -•–—")[:1].isupper() else 0  # a capital that opens a quote may be a name
    before = read.stems[first : read.stems.index(read.verb)] if read.verb in read.stems else ()
    named = {root for root in before if root not in read.names | _ANYBODY | PROMISING and not root.isdigit()}
    return not named or not named.isdisjoint(words(report).stems)


_BEGUN = re.compile(r"\b(?:beg[aiu]n(?:s|ning)?|start(?:s|ed|ing)?|(?:initial|first) steps?)\b", re.IGNORECASE)


def begun(promise: str, report: str) -> bool:
    """Whether a report tells a beginning where more than that was promised: "have begun to ship" for "will donate"."""
    return bool(_BEGUN.search(report)) and not _BEGUN.search(promise)


def concerned(promise: Kept, later: Kept) -> bool:
    """Whether later words are by or about one who promised, or published by the same, and of the same counterpart.

    Others' deeds answer no promise, and an accord with the Emirates is not the one promised to the Union.
    """
    owner, word = assertion(promise), assertion(later)
    if _with_another(promise, later):
        return False
    told = _whole((*word.actors, *word.targets, *_named(word.quote), later.publisher.split("-")[0]))
    loosely = not any(not code.startswith("grp:") for code in (*word.actors, *word.targets))
    return not _whole(owner.actors).isdisjoint(told) or (loosely and bool(promise.publisher) and promise.publisher == later.publisher)


_BETWEEN = frozenset({Event.AGREE, Event.CONSULT})  # deeds of two sides
_FEW = 3  # sides; where more are named, one more or less says little
_SIDE_NAMES = frozenset({"name", "adjective", "demonym", "organisation"})


def _with_another(promise: Kept, later: Kept) -> bool:
    """Whether an accord or a meeting promised with one is told of another: each of the two names a side that the other does not."""
    owner, word = assertion(promise), assertion(later)
    if not {owner.event, word.event} <= _BETWEEN:
        return False
    promised, told = _sides(owner), _sides(word)
    if max(len(promised), len(told)) > _FEW:
        return False
    publishers = {one.publisher.split("-")[0] for one in (promise, later)}
    return bool(promised - told - publishers) and bool(told - promised - publishers)


def _sides(one: Assertion) -> frozenset[str]:
    """The states and bodies that take part in a deed or that its words name; no loose groups, no capitals (where things happen)."""
    named = (code for mention in names.find(one.quote) if mention.rule in _SIDE_NAMES for code in mention.codes)
    return frozenset(code for code in (*named, *one.actors, *one.targets) if ":" not in code)


def doer_same(promise: Kept, later: Kept) -> bool:
    """Whether one who promised does what later words tell, or it is told by those it was promised to.

    A sentence without an assertion has no doer of its own: whoever it names may be.
    """
    owner, word = assertion(promise), assertion(later)
    mine = _whole(owner.actors)
    doers = _whole((*word.actors, *(_named(word.quote) if is_loose(later) else ())))
    by_them = not mine.isdisjoint(_whole(word.targets)) and not _whole(owner.targets).isdisjoint(doers)
    return not mine.isdisjoint(doers) or by_them


_IF = re.compile(r"\W*(?:(?:if|unless|whether|should|in order)\b|to (?!date\b|this end\b))", re.IGNORECASE)


def supposed(report: str) -> bool:
    """Whether a report only supposes the deed or denies it: "if the accord is not ratified", "has yet to join"."""
    return bool(_IF.match(report)) or claim(report) in (Claim.SUPPOSED, Claim.DENIED)


_OFF = re.compile(
    r"\b(?:cancel|postpon|withdr[ae]w|suspend|abandon|revok|rescind|terminat|repeal|scrapp?ed|halt|reneg|freez|froze)\w*"
    r"|\b(?:no longer|called off|relocated|change of (?:location|venue)|changed? (?:of|in) plans?)\b"
    r"|\b(?:put|pull|back|broke|break)\w* (?:off|out)\b|\brevers\w+ (?:its|the|our|their|his|her|course)\b",
    re.IGNORECASE,
)


def taken_back(promise: Assertion, later: Assertion) -> bool:
    """Whether one who promised calls something off, in so many words; a member of a body does not speak for it."""
    return bool(_OFF.search(later.quote)) and not set(promise.actors).isdisjoint(later.actors)


def _whole(codes: Iterable[str]) -> frozenset[str]:
    """The codes, and the members of the small bodies among them."""
    members = current().members
    return frozenset(part for code in codes for part in (code, *members.get(code, ())))


def _named(quote: str) -> Iterator[str]:
    """The codes of those whom words name."""
    return (code for mention in names.find(quote) for code in mention.codes)
