"""The event type of the PLOVER gold-standard sentences, by the reader: ``python -m training.peers PLOVER.jsonl``.

PLOVER files promises under AGREE and signatures under SUPPORT, and has no type for a principle; what the reader says of a
sentence's surest span (of the whole sentence, where it marks none) is converted so.  Nothing is fitted to these sentences.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

from communique.readers.model import ModelReader
from communique.readers.model.assemble import FITS
from communique.readers.model.labels import ACTS, EVENTS
from communique.readers.model.reader import span_of
from communique.readers.model.reading import found, told
from communique.readers.model.windows import cut, header, pieces
from communique.records import Act, Event, Passage, Statement

PROMISED = {Event.AID, Event.CONSULT, Event.COOPERATE, Event.SUPPORT, Event.CONCEDE, Event.AGREE, Event.RETREAT}


def converted(act: Act, event: Event) -> str:
    """PLOVER's type for an act and an event of ours; empty where it has none."""
    if act is Act.APPEAL:
        return "REQUEST"
    if act is Act.COMMITMENT and event in PROMISED:
        return "AGREE"
    if act is Act.COMMITMENT and event in (Event.SANCTION, Event.COERCE, Event.ASSAULT):
        return "THREATEN"
    if act is Act.OUTCOME and event is Event.AGREE:
        return "AGREE"
    return "" if event is Event.NONE else str(event)


def event_type(reader: ModelReader, text: str) -> str:
    """The likeliest PLOVER type of one sentence."""
    statement = Statement(id="peer", text=text, source="peer", kind="news-report")
    passages = (Passage(0, len(text)),)
    window = cut(header(statement, reader.words), pieces(statement, passages, reader.words))[0]
    states, scores = reader.engine.tag(window.ids)
    spans = found([window], [scores])[0]
    real = np.flatnonzero(window.piece >= 0)
    places = [(s.first, s.last, s.score) for s in spans] or [(int(real[0]), int(real[-1]), 0.0)]
    answers = told(reader.engine, window, states, [span_of(statement, passages, (), window, first, last) for first, last, _ in places])
    votes: dict[str, float] = defaultdict(float)
    for answer, (_, _, score) in zip(answers, places, strict=True):
        for a, act in enumerate(ACTS):
            events = np.where(FITS[act], np.exp(answer.labels["event"]), 0)
            for e, event in enumerate(EVENTS):
                votes[converted(act, event)] += float(np.exp(score + answer.labels["act"][a]) * events[e] / max(1e-9, events.sum()))
    votes.pop("", None)
    return max(sorted(votes), key=lambda kind: votes[kind])


def main(path: Path) -> int:
    reader = ModelReader()
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    pairs = [(row["event_type"], event_type(reader, row["text"])) for row in rows]
    right = Counter(gold for gold, read in pairs if gold == read)
    print(f"event type: {100 * right.total() / len(pairs):.1f} % of {len(pairs)}")
    for kind, count in Counter(gold for gold, _ in pairs).most_common():
        print(f"  {kind:<10} {right[kind]:>3} of {count}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
