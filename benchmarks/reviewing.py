"""How long a review takes on a record of 2,000 statements."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from statistics import median

import communique
from benchmarks.texts import WRITTEN
from training.marked import load

STATEMENTS = 2_000
RUNS = 5


def _spread(folder: Path) -> Path:
    """A JSON-lines file of 2,000 of our statements: the written ones again and again, under new ids and dates."""
    import msgspec

    written = list(load(WRITTEN))
    path = folder / "statements.jsonl"
    with path.open("wb") as out:
        for number in range(STATEMENTS):
            source = written[number % len(written)]
            year, month, day = 2018 + number % 7, 1 + number % 12, 1 + number % 28
            line = {key: source.get(key) or "" for key in ("title", "publisher", "kind", "text")}
            line |= {"id": f"b{number}", "date": f"{year}-{month:02}-{day:02}", "text": f"{line['text']}\n{number}"}
            out.write(msgspec.json.encode(line) + b"\n")
    return path


def review_time() -> dict[str, float]:
    """Seconds to add 2,000 statements, and the median of five reviews."""
    with tempfile.TemporaryDirectory() as name:
        path = _spread(Path(name))
        with communique.open(Path(name) / "record.db") as record:
            start = time.perf_counter()
            record.add(path)
            added = time.perf_counter() - start
            times = []
            for _ in range(RUNS):
                start = time.perf_counter()
                record.review(actor="JPN", year=2022).to_markdown()
                times.append(time.perf_counter() - start)
    return {f"seconds to add {STATEMENTS:,} statements": added, "seconds to write one review": median(times)}
