"""``python -m quality``: how well the reader reads, on our own cases always and on the marked statements where they are.

Fails (status 1) below a floor of ``quality/floors.json``; ``--raise`` lifts floors to what was reached, never lowers one.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from communique import pipeline, readers, shapes
from communique.records import Given
from quality import follow
from quality.measure import Scores, measure
from training.marked import load

HERE = Path(__file__).parent
GOLD = HERE.parent.parent / "shared" / "gold"
FLOORS = HERE / "floors.json"
SLACK = 1.0  # a floor stands this many points below what was reached


def marked(folder: Path) -> list[dict[str, Any]]:
    """Marked statements of a folder of JSON, in the order of their names."""
    return [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]


def given(document: dict[str, Any]) -> Given:
    """A marked statement as it arrives: its text and the metadata that a collection has."""
    known = {key: document.get(key) or "" for key in ("id", "title", "publisher", "kind")}
    return Given(text=document["text"], source=document["id"], date=document.get("date"), **known)


def read_all(documents: Iterable[dict[str, Any]], reader: readers.Reader) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each marked statement with what the whole path reads from its text."""
    for document in documents:
        yield document, shapes.reading(pipeline.read(given(document), reader))


def table(columns: dict[str, Scores]) -> str:
    """The scores side by side: F1 first, then accuracies."""
    flat = {name: scores.flat() for name, scores in columns.items()}
    width = max(18, *(len(name) + 2 for name in flat))
    lines = [f"{'':<26}" + "".join(f"{name:>{width}}" for name in flat)]
    lines.append(f"{'statements':<26}" + "".join(f"{scores.documents:>{width}}" for scores in columns.values()))
    for task in dict.fromkeys(task for values in flat.values() for task in values):
        lines.append(f"{task:<26}" + "".join(f"{values.get(task, 0.0):>{width}.1f}" for values in flat.values()))
    return "\n".join(lines)


def below(columns: dict[str, Scores], floors: dict[str, dict[str, float]]) -> list[str]:
    """A line for each score under its floor."""
    return [
        f"{name}: {task} is {value:.1f}, its floor is {floors[name][task]:.1f}"
        for name, scores in columns.items()
        for task, value in scores.flat().items()
        if value < floors.get(name, {}).get(task, 0.0)
    ]


def lift(columns: dict[str, Scores], floors: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """Floors raised to just under what was reached; none goes down."""
    for name, scores in columns.items():
        kept = floors.setdefault(name, {})
        for task, value in scores.flat().items():
            kept[task] = round(max(kept.get(task, 0.0), value - SLACK), 1)
    return floors


def main() -> int:
    """Print the table, then what fell below its floor."""
    parser = argparse.ArgumentParser(prog="quality", description=__doc__)
    parser.add_argument("--reader", action="append", help="reader to score (again for a second column); default: model and cues")
    parser.add_argument("--raise", dest="lift", action="store_true", help="raise the floors to what was reached")
    parser.add_argument("--by", choices=["publisher", "kind"], help="also by publisher or kind")
    options = parser.parse_args()
    sets = {"own": list(load(HERE / "cases"))}
    if (GOLD / "dev").is_dir():
        sets["dev"] = marked(GOLD / "dev")
    columns: dict[str, Scores] = {}
    for reader in map(readers.load, options.reader or ["model", "cues"]):
        for name, documents in sets.items():
            pairs = list(read_all(documents, reader))
            columns[f"{name}/{reader.name}"] = measure(pairs)
            if options.by:
                for group in sorted({str(gold.get(options.by)) for gold, _ in pairs}):
                    columns[f"{name}/{reader.name}/{group}"] = measure(pair for pair in pairs if str(pair[0].get(options.by)) == group)
    print(table(columns))
    floors = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    if options.lift:
        FLOORS.write_text(json.dumps(lift(columns, floors), indent=1, sort_keys=True) + "\n", "utf-8")
    fallen = below(columns, floors)
    print(*fallen, sep="\n")
    followed = follow.report(fit=False) if follow.CHAINS.is_dir() and not options.reader else 0
    return 1 if fallen else followed


if __name__ == "__main__":
    sys.exit(main())
