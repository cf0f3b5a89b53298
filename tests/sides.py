"""Readouts of two sides, written for the tests, and a plain reader of them: a sentence an item, its actors the names in it, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from communique.records import Act, Assertion, Draft, Event, Figure, Given, Mention, Passage, Role, Statement, Strength

MEETINGS = (  # host, its publisher, guest, its publisher, the day, the day the guest tells of it, place
    ("Peru", "PER-PRESIDENT", "Bolivia", "BOL-PRESIDENT", "2021-10-30", "2021-10-31", "Lima"),
    ("Ghana", "GHA-PRESIDENT", "Togo", "TGO-PRESIDENT", "2022-05-11", "2022-05-11", "Accra"),
    ("Vietnam", "VNM-MOFA", "Laos", "LAO-MOFA", "2022-12-31", "2023-01-01", "Hanoi"),
    ("Norway", "NOR-PM", "Finland", "FIN-PM", "2023-03-14", "2023-03-15", "Oslo"),
    ("Fiji", "FJI-PM", "Tonga", "TON-PM", "2023-03-14", "2023-03-14", "Suva"),
)
_SEND = "{host} will send {n} engineers to {guest} for its harbours."


def readouts() -> Iterator[Given]:
    """Both sides' readouts of each meeting: one number differs, and each tells one thing that the other does not."""
    for place, (host, ours, guest, theirs, day, later, town) in enumerate(MEETINGS):
        met = f"The President of {host} met the President of {guest} in {town}."
        words = f"{met}\n\n{_SEND.format(host=host, guest=guest, n=20 + place)} {host} will open a trade office in {guest}."
        yield Given(words, "made", host.lower(), title=f"{host} and {guest} meet", date=day, publisher=ours, kind="readout")
        met = f"The President of {guest} met the President of {host} in {town}."
        words = f"{met}\n\n{_SEND.format(host=host, guest=guest, n=30 + place)} {guest} asked {host} to lift its levy on timber."
        yield Given(words, "made", guest.lower(), title=f"{guest}'s visit to {host}", date=later, publisher=theirs, kind="readout")


class Sides:
    """Reads the sentences above."""

    name = "sides"
    version = "1"

    def read(self, statement: Statement, passages: Sequence[Passage], mentions: Sequence[Mention]) -> Draft:
        """A meeting, a promise or an appeal a sentence, and the engineers in it."""
        assertions, figures = [], []
        for passage in passages:
            words = statement.text[passage.start : passage.end].rstrip(" .\n")
            named = [each.codes[0] for each in mentions if passage.start <= each.start < passage.end and len(each.codes[0]) == 3]
            codes = tuple(dict.fromkeys(named))
            if passage.role is not Role.BODY or len(codes) < 2:
                continue
            act, event, strength = (
                (Act.OUTCOME, Event.CONSULT, None) if " met " in words
                else (Act.COMMITMENT, Event.COOPERATE, Strength.FIRM) if " will " in words
                else (Act.APPEAL, Event.REQUEST, None)
            )  # fmt: skip
            end = passage.start + len(words)
            assertions.append(Assertion(passage.start, end, words, act, event, codes[:1], codes[1:], strength=strength))
            if count := re.search(r"(\d+) engineers", words):
                start = passage.start + count.start()
                figures.append(Figure(start, start + len(count[0]), count[0], float(count[1]), "engineer", of="engineers"))
        return Draft(tuple(assertions), tuple(figures))
