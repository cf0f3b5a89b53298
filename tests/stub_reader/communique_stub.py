"""A reader for tests, installed the way a third party's is: one pattern a kind, a few names, very fast.

A statement may ask it to misbehave: "FAIL HERE" raises, "DIE HERE" kills the process that reads it.
"""

import os
import re
import signal
import time

from communique.records import Act, Agreement, Assertion, Draft, Event, Figure, Relation, Role, Stage, Strength, Topic

CODES = {"Kenya": "KEN", "Uganda": "UGA", "Peru": "PER", "Japan": "JPN", "Norway": "NOR", "Samoa": "WSM", "Qatar": "QAT", "Chile": "CHL"}
NAMES = "|".join(CODES)
PROMISE = re.compile(rf"({NAMES}) will (host|send|build)\b[^.]*?(?: (?:to|for|with) ({NAMES}))?(?=\.)")
DEED = re.compile(rf"({NAMES}) (?:has )?(sent|signed|met)\b[^.]*?(?: (?:to|with) ({NAMES}))?(?=\.)")
COUNT = re.compile(r"\b(\d+) (doctors|trucks|schools)")
PACT = re.compile(r"the ([A-Z]\w+ Accord)")
TIE = re.compile(r"strategic partners")
EVENTS = {"host": Event.CONSULT, "met": Event.CONSULT, "signed": Event.AGREE}


class Stub:
    """Reads promises, deeds, counts, accords and one label."""

    name = "stub"
    version = "1"
    pause = 0.0

    def read(self, statement, passages, mentions):
        text = statement.text
        if "DIE HERE" in text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "FAIL HERE" in text:
            raise ValueError("the words are too much")
        time.sleep(self.pause)
        found = {"assertions": [], "figures": [], "agreements": [], "relations": []}
        for passage in passages:
            if passage.role is Role.BODY:
                self.passage(text, passage, found)
        return Draft(**{kind: tuple(items) for kind, items in found.items()})

    def passage(self, text, passage, found):
        place = (text, passage.start, passage.end)
        for pattern, act in ((PROMISE, Act.COMMITMENT), (DEED, Act.OUTCOME)):
            for match in pattern.finditer(*place):
                found["assertions"].append(self.assertion(match, act))
        for match in COUNT.finditer(*place):
            found["figures"].append(Figure(*match.span(), match[0], float(match[1]), match[2].rstrip("s")))
        for match in PACT.finditer(*place):
            stage = Stage.SIGNED if "signed" in text[passage.start : passage.end] else Stage.MENTIONED
            found["agreements"].append(Agreement(*match.span(), match[0], match[1], stage=stage))
        for match in TIE.finditer(*place):
            found["relations"].append(Relation(*match.span(), match[0], self.parties(place), match[0]))

    def parties(self, place):
        return tuple(dict.fromkeys(CODES[name] for name in re.compile(NAMES).findall(*place)))

    def assertion(self, match, act):
        targets = (CODES[match[3]],) if match[3] else ()
        strength = Strength.FIRM if act is Act.COMMITMENT else None
        event = EVENTS.get(match[2], Event.AID)
        return Assertion(*match.span(), match[0], act, event, (CODES[match[1]],), targets, Topic.HEALTH, strength=strength, specific=True)


class Next(Stub):
    """The same reader, a version later: it no longer reads counts."""

    version = "2"

    def passage(self, text, passage, found):
        super().passage(text, passage, found)
        found["figures"].clear()


class Slow(Stub):
    """The same, a fifth of a second a statement."""

    pause = 0.2
