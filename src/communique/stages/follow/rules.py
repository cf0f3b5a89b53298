"""The rules of evidence: what a later assertion may count as, whatever its likeness.

The models propose; a rule here lowers what they propose, but for a deed reported in the promise's own words.  Every link names the rule
it stands on.

    done-numbers-met     the deed is reported done by who promised it, of the same kind, on the same object; a number promised is met
    done                 the deed is reported done by who promised it, of the same kind, on the same object; no number was promised
    step                 something was done towards it; or an anchor is missing, or a number or date promised is not met
    help-to-named        support was promised to somebody named; goods or money for the same are reported, which is a step
    named                the words left over of a sentence name it and tell no deed of anybody: shown, and no verdict rests on them
    pledged-again        the words look ahead or recall the promise: a promise again is no progress
    another-body         the third forum, or a task force of another name, does not answer the promise of the second: no link
    another-party        words that are neither by nor about one who promised, or an accord or a meeting with somebody else: no link
    called-off           withdrawn, put off or reversed in so many words by who promised; asking somebody to give it up is not it
"""

from __future__ import annotations

from dataclasses import dataclass

from communique.records import Act, Assertion, Kept, Label
from communique.stages.follow.cues import has

__all__ = ["NAMED", "Evidence", "grade", "ruled"]

NAMED = "named"
SURE = 0.5  # the least probability of "fulfils" that may stand as such


@dataclass(frozen=True, slots=True)
class Evidence:
    """One pair as the rules see it."""

    probabilities: dict[str, float]  # of fulfils, advances, repeats
    promised: int  # cues of the commitment
    said: int  # cues of the later assertion
    act: Act
    numbers: bool  # the commitment promises a number
    met: bool  # and one that meets it is reported
    early: bool  # said before the time the deed is promised for
    act_held: bool = True  # the promised deed, or one of its kind, is what is reported
    object_held: bool = True  # what the deed is about stands in the report
    doer_held: bool = True  # and whom the promise names as the one to do it
    begun: bool = False  # only a beginning of it is told
    own_words: bool = False  # a deed done once, told later by its verb or one of its kind, with nearly all it was to be about
    helped: bool = False  # help promised to somebody named, and help to the same reported
    told: bool = True  # the words hold a deed, a promise or a stance: an assertion does, what one leaves over of its sentence may not
    other: bool = False  # "the third forum" against "the second", "Shipping Task Force" against "Space Task Force"
    verbatim: bool = False  # the very words of the promise
    concerned: bool = True  # the words are by or about one who promised
    doer_same: bool = True  # and the deed they tell is done by one who promised
    taken_back: bool = False  # or calls something off
    supposed: bool = False  # they suppose the deed, or deny it
    general: bool = False  # the promise is general: it is repeated and advanced, never kept


def ruled(seen: Evidence) -> tuple[Label, str]:
    """The label a later assertion may carry, and the rule."""
    if seen.other:
        return Label.UNRELATED, "another-body"
    if not seen.concerned:
        return Label.UNRELATED, "another-party"
    if seen.verbatim:
        return Label.REPEATS, "pledged-again"
    if _called_off(seen):
        return Label.RETRACTS, "called-off"
    best = max(sorted(seen.probabilities), key=lambda name: seen.probabilities[name])
    if not seen.told:
        return Label.REPEATS if best == "repeats" else Label.ADVANCES, NAMED
    if seen.helped and best != "fulfils":
        return Label.ADVANCES, "help-to-named"
    if seen.own_words and _reported(seen) and _anchored(seen):
        return Label.FULFILS, _done(seen)
    if best == "repeats":
        told = seen.act is Act.OUTCOME and has(seen.said, "perfect") and not (has(seen.said, "pledge") or has(seen.said, "announce"))
        return (Label.ADVANCES, "step") if told else (Label.REPEATS, "pledged-again")
    if best == "advances" or seen.probabilities["fulfils"] < SURE * (1 - seen.probabilities["repeats"]):
        return Label.ADVANCES, "step"
    if seen.act in (Act.COMMITMENT, Act.APPEAL) or (has(seen.said, "ahead") and not has(seen.said, "done")):
        return Label.REPEATS, "pledged-again"
    if has(seen.said, "pledge") and not has(seen.promised, "issued"):
        return Label.REPEATS, "pledged-again"
    going_on = has(seen.said, "doing") and not (has(seen.said, "done") or has(seen.said, "perfect"))
    return (Label.FULFILS, _done(seen)) if _anchored(seen) and not going_on else (Label.ADVANCES, "step")


def _anchored(seen: Evidence) -> bool:
    """Whether the report holds who does what to what, all of it, meets the number promised and does not come before its time."""
    held = seen.act_held and seen.object_held and seen.doer_held and seen.doer_same
    return held and (seen.met or not seen.numbers) and not (seen.early or seen.begun or seen.supposed or seen.general)


def _called_off(seen: Evidence) -> bool:
    """Whether one who promised takes the promised thing back in so many words."""
    off = has(seen.said, "called_off") and not has(seen.promised, "called_off") and not has(seen.said, "not")
    return off and seen.act is not Act.APPEAL and seen.taken_back and seen.object_held and not seen.supposed


def _reported(seen: Evidence) -> bool:
    """Whether the words tell a deed as done, or praise it as complete, and nothing else beside it."""
    praised = seen.act is Act.POSITION and has(seen.said, "welcome") and has(seen.said, "complete")
    done = has(seen.said, "done") or has(seen.said, "perfect")
    return (seen.act is Act.OUTCOME or praised) and done and not any(has(seen.said, cue) for cue in ("pledge", "announce", "asks", "doing"))


def _done(seen: Evidence) -> str:
    return "done-numbers-met" if seen.numbers else "done"


def grade(promise: Kept, later: Kept) -> str:
    """How independent the later words are: media, independent, counterpart, or the promiser's own, specific or general."""
    owner, word = promise.item, later.item
    assert isinstance(owner, Assertion)
    assert isinstance(word, Assertion)
    if later.publisher and later.publisher == promise.publisher:
        return "own-specific" if word.specific else "own-general"
    side = later.publisher.split("-")[0]
    if side in owner.actors:
        return "own-specific" if word.specific else "own-general"
    if side in owner.targets:
        return "counterpart"
    return "independent" if word.reported else ("own-specific" if word.specific else "own-general")
