"""What has become of a promise, from its links alone."""

from __future__ import annotations

from collections.abc import Sequence

from communique.records import Label, Link, Verdict
from communique.stages.follow.rules import NAMED

__all__ = ["RESTATED", "concluded"]

RESTATED = ", of a restatement"  # how the rule of a link ends that reaches a promise through its repetition

BAR = 0.2  # the least summed confidence of "fulfils" links for a verdict of fulfilled; false "done" under 2 % on chains left out
SETTLED = 0.8  # the least confidence of a step or restatement that sets a verdict; weaker links are shown and settle nothing
PLAIN = (Label.FULFILS, Label.RETRACTS)  # what is told in so many words sets a verdict by its rule


def concluded(links: Sequence[Link]) -> tuple[Verdict, str]:
    """The verdict, and the rule it rests on."""
    sure = [link for link in links if not link.rule.startswith(NAMED) and (link.label in PLAIN or link.confidence >= SETTLED)]
    by = {label: [link for link in sure if link.label is label] for label in Label}
    if by[Label.RETRACTS]:
        last = by[Label.RETRACTS][-1]
        return Verdict.RETRACTED, last.rule
    done = [link for link in by[Label.FULFILS] if not link.rule.endswith(RESTATED)]  # a report must hold the promise's own anchors
    if done and _together(done) >= BAR:
        return Verdict.FULFILLED, max(done, key=lambda link: link.confidence).rule
    if steps := by[Label.ADVANCES]:
        return Verdict.IN_PROGRESS, max(steps, key=lambda link: link.confidence).rule
    if by[Label.FULFILS]:
        return Verdict.IN_PROGRESS, "step"
    if by[Label.REPEATS]:
        return Verdict.REPEATED, "pledged-again"
    told = any(link.label is not Label.UNRELATED for link in links)
    return Verdict.NO_REPORT, "nothing-sure" if told else "silence"


def _together(links: Sequence[Link]) -> float:
    """The chance that at least one of the reports is right."""
    wrong = 1.0
    for link in links:
        wrong *= 1.0 - link.confidence
    return 1.0 - wrong
