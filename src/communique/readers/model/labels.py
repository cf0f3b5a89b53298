"""What the model tells apart, in the order of its outputs.  Training and reading share these lists."""

from __future__ import annotations

from communique.records import Act, Event, Stage, Strength, Topic

ACTS = tuple(Act)
EVENTS = tuple(Event)
TOPICS = tuple(Topic)
STRENGTHS = tuple(Strength)
STAGES = tuple(Stage)

# Tags of a word: outside, then "begins" and "goes on" for each act; and the same, without acts, for the three other kinds.
OUTSIDE = 0
TAGS = ("O", *(f"B-{act}" for act in ACTS), *(f"I-{act}" for act in ACTS))
SIDE_TAGS = ("O", "B", "I")
SIDES = ("figure", "agreement", "relation")
WIDTHS = (len(TAGS), *(len(SIDE_TAGS) for _ in SIDES))  # the tagger's outputs, side by side


def begins(act: int) -> int:
    """The tag of a word that begins a span of ``ACTS[act]``."""
    return 1 + act


def goes_on(act: int) -> int:
    """The tag of a word inside a span of ``ACTS[act]``."""
    return 1 + len(ACTS) + act


# What is asked of a span, and how many answers there are; "right": whether span and act are those a careful reader would mark;
# "targeted": whether the deed has a target, whoever that is.
SIZES = {
    "act": len(ACTS),
    "event": len(EVENTS),
    "topic": len(TOPICS),
    "specific": 2,
    "strength": len(STRENGTHS),
    "stage": len(STAGES),
    "right": 2,
    "targeted": 2,
}

# What a named or implied party is to an assertion.
NOBODY, ACTOR, TARGET = 0, 1, 2
PARTS = ("nobody", "actor", "target")
