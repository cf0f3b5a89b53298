"""From what the model says of a span to an assertion: one label of each kind that fits the others, parties with their grounds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from communique.language.polarity import strength
from communique.readers.model.labels import ACTS, EVENTS, STRENGTHS, TOPICS
from communique.readers.model.reading import Found, Told
from communique.records import Act, Assertion, Event, Ground, Passage, Statement

POSITIONS = {Event.SUPPORT, Event.REJECT, Event.ACCUSE, Event.NONE}
FITS = {
    act: np.array(
        [event is Event.REQUEST if act is Act.APPEAL else event in POSITIONS if act is Act.POSITION else True for event in EVENTS]
    )
    for act in ACTS
}


_OPENING = 6  # characters into a quote in which "we" is its subject
_WORLD = re.compile(
    r"\b(?:world|worldwide|globe|global|globally|universal|international|countries|nations|states|peoples|humanity|humankind|mankind|"
    r"each other)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Dials:
    """Thresholds, set on statements that the network was not fitted to (``training.tune``; they lie beside the weights)."""

    leaning: float = 0.0  # added to the score of "no assertion here"
    actor: float = 0.5
    target: float = 0.5
    targeted: float = 0.5  # where the deed has a target from this chance on, the likeliest is taken if none is sure
    heads: float = 0.5  # weight of the heads against the tags when the act is chosen
    confidence: tuple[float, ...] = ()  # weights of ``evidence``, the last one the constant
    specific: float = -0.5  # log odds from which a deed is specific; best on marked statements seen and unseen (``training/log.md``)
    figure: float = -4.4  # log odds under which a number in words is no figure; unseen statements: value F1 +0.5 to +0.7

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Dials:
        """Dials as they are kept in JSON."""
        return cls(**{**kept, "confidence": tuple(kept["confidence"])})


def act_scores(found: Found, told: Told, heads: float) -> NDArray[np.float64]:
    """Probability of each act, tags and heads together."""
    tags = np.log(np.array(found.acts) + 1e-6)
    scores = heads * told.labels["act"] + (1 - heads) * tags
    shares: NDArray[np.float64] = np.exp(scores - scores.max())
    shares /= shares.sum()
    return shares


def evidence(found: Found, told: Told, act: int, share: float) -> list[float]:
    """What the confidence is computed from: the tags of the span, the heads' act, and what the heads think of the span itself."""
    right = told.labels["right"]
    return [
        found.score,
        found.least,
        found.open,
        float(np.log(share + 1e-6)),
        float(told.labels["act"][act]),
        float(np.log(1 + found.last - found.first)),
        float(right[1] - right[0]),
        float(act == found.act),
    ]


def confidence(values: list[float], weights: tuple[float, ...]) -> float:
    """The calibrated probability that span and act are right."""
    if not weights:
        return round(float(np.exp(values[0])), 3)
    return round(float(1 / (1 + np.exp(-(np.dot(values, weights[:-1]) + weights[-1])))), 3)


def parties(told: Told, dials: Dials, everyone: bool = True) -> tuple[list[Ground], list[Ground]]:
    """Actors and targets: every code that some candidate gives away surely enough; no assertion is without an actor.

    All countries are a target that nobody names only where the words may mean ``everyone``.
    """
    chances: dict[str, tuple[float, float]] = {}
    grounds: dict[str, tuple[float, Ground]] = {}
    for candidate, actor, target in told.parts:
        for code in candidate.codes:
            one, other = chances.get(code, (0.0, 0.0))
            chances[code] = (1 - (1 - one) * (1 - actor), 1 - (1 - other) * (1 - target))
            if code not in grounds or max(actor, target) > grounds[code][0]:
                grounds[code] = (max(actor, target), Ground(code, candidate.rule, candidate.start, candidate.end))
    actors = [grounds[code][1] for code, (actor, target) in chances.items() if actor >= dials.actor and actor >= target]
    if not actors and told.parts:
        surest = max(told.parts, key=lambda part: part[1])[0]
        actors = [Ground(code, surest.rule, surest.start, surest.end) for code in surest.codes]
    named = {ground.code for ground in actors}
    named |= {code for code, (_, ground) in grounds.items() if ground.rule == "countries" and not everyone}
    others = {code: target for code, (_, target) in chances.items() if code not in named}
    targets = [grounds[code][1] for code, target in others.items() if target >= dials.target]
    if not targets and others and np.exp(told.labels["targeted"][1]) >= dials.targeted:
        targets = [grounds[max(others, key=lambda code: others[code])][1]]
    if len(targets) > 1:  # "we call on all donors": all countries only where nobody is named
        targets = [ground for ground in targets if ground.rule != "countries"]
    return actors, targets


def ours(told: Told, start: int, actors: list[Ground], targets: list[Ground]) -> tuple[list[Ground], list[Ground]]:
    """The parties where "we" opens the words at ``start``: all of us act, not one of us nor somebody who is only named."""
    we = next((one for one, _, _ in told.parts if one.rule == "we" and start <= one.start <= start + _OPENING), None)
    named = {ground.code for ground in actors}
    if we is None or (named & set(we.codes) and not named <= set(we.codes)):
        return actors, targets
    return [Ground(code, we.rule, we.start, we.end) for code in we.codes], [one for one in targets if one.code not in we.codes]


def assertion(
    statement: Statement, passage: Passage, start: int, end: int, found: Found, told: Told, dials: Dials
) -> tuple[Assertion, list[float]]:
    """The assertion that a span and its labels make, and the evidence its confidence comes from."""
    shares = act_scores(found, told, dials.heads)
    at = int(shares.argmax())
    act = ACTS[at]
    event = EVENTS[int(np.where(FITS[act], told.labels["event"], -np.inf).argmax())]
    everyone = act is Act.APPEAL or _WORLD.search(statement.text, passage.start, passage.end) is not None
    actors, targets = parties(told, dials, everyone)
    actors, targets = ours(told, start, actors, targets)
    known = evidence(found, told, at, float(shares[at]))
    quote = statement.text[start:end]
    made = Assertion(
        start=start,
        end=end,
        quote=quote,
        act=act,
        event=event,
        actors=tuple(dict.fromkeys(ground.code for ground in actors)),
        targets=tuple(dict.fromkeys(ground.code for ground in targets)),
        topic=TOPICS[int(told.labels["topic"].argmax())],
        specific=bool(told.labels["specific"] @ (-1, 1) > dials.specific),
        strength=(strength(quote) or STRENGTHS[int(told.labels["strength"].argmax())]) if act is Act.COMMITMENT else None,
        speaker=passage.speaker,
        confidence=confidence(known, dials.confidence),
        grounds=(*actors, *targets),
    )
    return made, known
