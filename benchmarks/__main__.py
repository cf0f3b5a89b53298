"""``python -m benchmarks``: what is measured, beside what, in one run; ratios and medians, for absolute times mean little.

read      words a second of the whole path, text in to JSON out, beside spaCy's blank tokenizer with sentencizer
          (one process each) and beside a small spaCy pipeline (tok2vec, tagger, parser, ner; 96 wide, 4 deep; two processes each)
encoder   the encoder's operations a second beside those of one large int8 product
growth    seconds a word from ten thousand words to a million
review    seconds to write a review from a record of 2,000 statements
start     seconds from a cold start to the first result of ``communique read``
"""

from __future__ import annotations

import argparse
import json
import platform
from datetime import date
from pathlib import Path

from benchmarks import encoder, reading, reviewing

RESULTS = Path(__file__).parent / "results"
PARTS = {
    "read": reading.against_spacy,
    "encoder": encoder.share,
    "growth": reading.growth,
    "start": reading.cold_start,
    "review": reviewing.review_time,
}


def main() -> None:
    """Run the named parts (all by default), print each as it is done, keep them under ``results/``."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="what to measure")
    parser.add_argument("--keep", action="store_true", help="write the figures to benchmarks/results/DATE.json")
    options = parser.parse_args()
    measured = {}
    for name in options.parts or PARTS:
        measured[name] = PARTS[name]()
        for what, figure in measured[name].items():
            print(f"{name:<10}{what:<58}{figure:>14,.3f}", flush=True)
    if options.keep:
        RESULTS.mkdir(exist_ok=True)
        shown = {"machine": platform.processor() or platform.machine(), "python": platform.python_version(), "measured": measured}
        (RESULTS / f"{date.today().isoformat()}.json").write_text(json.dumps(shown, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
