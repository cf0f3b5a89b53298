"""How well a reader reads: its items against items marked by careful readers.

The measure of the field for text spans: a predicted item is a marked one when their characters overlap by at
least half of their union (a third for figures, agreements and relations), one to one, best overlap first.
Spans and sets give precision, recall and F1; fields of matched pairs give accuracy.  Everything in percent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Marks = Mapping[str, Any]
Pair = tuple[Marks, Marks]


@dataclass
class Tally:
    """Counts behind one F1, or (with ``wanted`` alone) one accuracy."""

    hits: int = 0
    made: int = 0
    wanted: int = 0

    def add(self, hits: int, made: int, wanted: int) -> None:
        """Counts of one more document."""
        self.hits, self.made, self.wanted = self.hits + hits, self.made + made, self.wanted + wanted

    @property
    def precision(self) -> float:
        return 100 * self.hits / self.made if self.made else 0.0

    @property
    def recall(self) -> float:
        return 100 * self.hits / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        both = self.made + self.wanted
        return 200 * self.hits / both if both else 0.0


@dataclass
class Scores:
    """F1 by task and accuracy by field."""

    f1: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    accuracy: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    documents: int = 0

    def flat(self) -> dict[str, float]:
        """Task or field -> percent with one decimal."""
        return {name: round(tally.f1, 1) for name, tally in self.f1.items()} | {
            name: round(tally.recall, 1) for name, tally in self.accuracy.items()
        }


def overlap(a: Marks, b: Marks) -> float:
    """Intersection over union of two spans, in characters."""
    shared = min(a["end"], b["end"]) - max(a["start"], b["start"])
    return max(0, shared) / (max(a["end"], b["end"]) - min(a["start"], b["start"]))


def paired(gold: Sequence[Marks], made: Sequence[Marks], least: float) -> list[Pair]:
    """One-to-one pairs, best overlap first; among equals the same act, then the order of the text."""
    ranked = sorted(
        (
            (-value, g.get("act") != m.get("act"), i, j)
            for i, g in enumerate(gold)
            for j, m in enumerate(made)
            if (value := overlap(g, m)) >= least
        )
    )
    taken_gold: set[int] = set()
    taken_made: set[int] = set()
    pairs = []
    for _, _, i, j in ranked:
        if i not in taken_gold and j not in taken_made:
            taken_gold.add(i)
            taken_made.add(j)
            pairs.append((gold[i], made[j]))
    return pairs


def classes(item: Marks, key: str) -> set[str]:
    """Actor codes; loose groups count as one class, unlisted bodies as another."""
    return {code[:3] if code.startswith(("grp:", "org:")) else code for code in item.get(key) or ()}


def measure(documents: Iterable[tuple[Marks, Marks]]) -> Scores:
    """Scores over (marked document, reading) pairs; only items that begin inside the marked region count."""
    scores = Scores()
    for gold, made in documents:
        scores.documents += 1
        first, last = gold.get("annotated") or (0, len(gold["text"]))

        def inside(source: Marks, kind: str, first: int = first, last: int = last) -> list[Marks]:
            return [item for item in source.get(kind) or () if first <= item["start"] < last]

        _assertions(scores, inside(gold, "assertions"), inside(made, "assertions"))
        sentences = [s for s in gold.get("sentences", ()) if first <= s["start"] < last]
        _sentences(scores.f1["sentence-act"], sentences, inside(gold, "assertions"), inside(made, "assertions"))
        _figures(scores, inside(gold, "figures"), inside(made, "figures"))
        wanted, found = inside(gold, "agreements"), inside(made, "agreements")
        pairs = paired(wanted, found, 0.3)
        scores.f1["agreement"].add(len(pairs), len(found), len(wanted))
        _agree(scores.accuracy["agreement stage"], pairs, lambda item: item.get("stage"))
        wanted, found = inside(gold, "relations"), inside(made, "relations")
        scores.f1["relation"].add(len(paired(wanted, found, 0.3)), len(found), len(wanted))
    return scores


def _assertions(scores: Scores, gold: list[Marks], made: list[Marks]) -> None:
    pairs = paired(gold, made, 0.5)
    right = [(g, m) for g, m in pairs if g["act"] == m["act"]]
    scores.f1["span"].add(len(pairs), len(made), len(gold))
    scores.f1["act"].add(len(right), len(made), len(gold))
    whole = [
        (g, m) for g, m in right if g["event"] == m["event"] and all(classes(g, key) == classes(m, key) for key in ("actors", "targets"))
    ]
    scores.f1["who-does-what-to-whom"].add(len(whole), len(made), len(gold))
    for act in ("outcome", "commitment", "position", "appeal"):
        counts = [sum(item["act"] == act for item in group) for group in ([g for g, _ in right], made, gold)]
        scores.f1[f"act:{act}"].add(*counts)
    for key in ("actors", "targets"):
        for g, m in right:
            x, y = classes(g, key), classes(m, key)
            scores.f1[key].add(len(x & y), len(y), len(x))
    for name in ("event", "topic"):
        _agree(scores.accuracy[name], right, lambda item, name=name: item.get(name))  # type: ignore[misc]
    _agree(scores.accuracy["specific"], right, lambda item: bool(item.get("specific")))
    _agree(scores.accuracy["when"], right, lambda item: item.get("when") or None)
    _agree(scores.accuracy["when (stated)"], [pair for pair in right if pair[0].get("when")], lambda item: item.get("when"))
    _agree(scores.accuracy["strength"], [pair for pair in right if pair[0]["act"] == "commitment"], lambda item: item.get("strength"))


def _agree(tally: Tally, pairs: Sequence[Pair], value: Callable[[Marks], object]) -> None:
    tally.add(sum(value(g) == value(m) for g, m in pairs), len(pairs), len(pairs))


def _sentences(tally: Tally, sentences: Sequence[Marks], gold: Sequence[Marks], made: Sequence[Marks]) -> None:
    """Which acts does each sentence carry?  An item belongs to the sentence that holds its middle."""
    for sentence in sentences:
        acts = [
            {item["act"] for item in items if sentence["start"] <= (item["start"] + item["end"]) // 2 < sentence["end"]}
            for items in (gold, made)
        ]
        tally.add(len(acts[0] & acts[1]), len(acts[1]), len(acts[0]))


def _figures(scores: Scores, gold: list[Marks], made: list[Marks]) -> None:
    same = [(g, m) for g, m in paired(gold, made, 0.3) if abs(g["value"] - m["value"]) <= 1e-6 * max(1, abs(g["value"]))]
    whole = sum(g["rel"] == m["rel"] and g["unit"].lower() == m["unit"].lower() for g, m in same)
    scores.f1["figure value"].add(len(same), len(made), len(gold))
    scores.f1["figure value+rel+unit"].add(whole, len(made), len(gold))
