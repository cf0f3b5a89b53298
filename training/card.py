"""The model card: ``python -m training.card`` scores the shipped weights and writes ``card.md`` beside them.

The validation scores are those of the network that had not seen those statements, when the dials were tuned on it
(``training/validation.json``); those on ``gold/dev`` are of what ships, through the whole pipeline.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from communique import shapes
from communique.pipeline import read
from communique.readers.model import ModelReader
from communique.readers.model.reader import HERE
from communique.records import Given
from communique.settings import ReadSettings
from training.evaluate import GOLD, scorer
from training.tune import calibration_error

FLOOR = ReadSettings().floor  # of the confidence, in the validation columns too
CARD = HERE.parent / "card.md"
NOTES = Path(__file__).parent / "card_notes.md"
VALIDATION = Path(__file__).parent / "validation.json"
Scores = dict[str, Any]
ROWS = (
    ("sentence-act F1", "f1", "sentence-act"),
    ("span F1", "f1", "span"),
    ("span + act F1", "f1", "act"),
    ("who does what to whom F1", "f1", "who-does-what-to-whom"),
    ("outcome F1", "f1", "act:outcome"),
    ("commitment F1", "f1", "act:commitment"),
    ("position F1", "f1", "act:position"),
    ("appeal F1", "f1", "act:appeal"),
    ("event", "accuracy", "event"),
    ("topic", "accuracy", "topic"),
    ("specific", "accuracy", "specific"),
    ("strength", "accuracy", "strength"),
    ("when", "accuracy", "when"),
    ("actors F1", "f1", "actors"),
    ("targets F1", "f1", "targets"),
    ("figure value F1", "f1", "figure value"),
    ("figure value + relation + unit F1", "f1", "figure value+rel+unit"),
    ("agreement F1", "f1", "agreement"),
    ("agreement stage", "accuracy", "agreement stage"),
    ("relation F1", "f1", "relation"),
)


def readings(marks: Sequence[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Every marked statement through the whole pipeline."""
    reader = ModelReader()
    made = {}
    for one in marks:
        given = Given(one["text"], one["id"], one["id"], one["title"], one["date"], one["publisher"], one["kind"])
        made[one["id"]] = shapes.reading(read(given, reader))
    return made


def value(result: Scores, part: str, key: str) -> str:
    found = result[part].get(key)
    if found is None or found.get("pred", found.get("n")) == 0:
        return "-"
    return f"{found['f1' if part == 'f1' else 'acc']:.1f}"


def table(columns: dict[str, Scores]) -> str:
    lines = ["| | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    lines += [f"| {name} | " + " | ".join(value(column, part, key) for column in columns.values()) + " |" for name, part, key in ROWS]
    return "\n".join(lines)


def grouped(gold: dict[str, Any], read_as: dict[str, Any], key: str) -> str:
    """Scores by publisher or kind, those with most statements first."""
    groups: dict[str, dict[str, Any]] = defaultdict(dict)
    for id, one in gold.items():
        name = one[key] if key == "kind" or not one[key].endswith("-GOV") else "UN General Debate"
        groups[name][id] = one
    lines = [f"| {key} | statements | assertions | sentence-act | span + act | who does what |", "|---|---|---|---|---|---|"]
    for name, part in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])):
        f = scorer().score(part, read_as)["f1"]
        lines.append(
            f"| {name} | {len(part)} | {f['act']['gold']} | "
            + " | ".join(str(f[task]["f1"]) for task in ("sentence-act", "act", "who-does-what-to-whom"))
            + " |"
        )
    return "\n".join(lines)


def error(gold: dict[str, Any], read_as: dict[str, Any]) -> float:
    """The expected calibration error of the confidence of assertions."""
    confidence, right = [], []
    for id, one in gold.items():
        low, high = one.get("annotated") or (0, len(one["text"]))
        made = [a for a in read_as[id]["assertions"] if low <= a["start"] < high]
        hits = {id_of(b) for a, b in scorer().match(one["assertions"], made) if a["act"] == b["act"]}
        confidence += [a["confidence"] for a in made]
        right += [float(id_of(a) in hits) for a in made]
    return calibration_error(np.array(confidence), np.array(right))


def id_of(item: dict[str, Any]) -> tuple[int, int]:
    return item["start"], item["end"]


def main() -> int:
    marks = [json.loads(path.read_text("utf-8")) for path in sorted((GOLD / "dev").glob("*.json"))]
    gold = {one["id"]: one for one in marks}
    read_as = readings(marks)
    columns = {"dev": scorer().score(gold, read_as)}
    columns = {**json.loads(VALIDATION.read_text("utf-8")), **columns}
    text = NOTES.read_text("utf-8").format(
        scores=table(columns), publishers=grouped(gold, read_as, "publisher"), kinds=grouped(gold, read_as, "kind"),
        calibration=f"{error(gold, read_as):.1f}", floor=FLOOR, version=ModelReader().version,
    )  # fmt: skip
    CARD.write_text(text, "utf-8")
    print(table(columns))
    return 0


if __name__ == "__main__":
    sys.exit(main())
