"""On from the weights that ship: some more rounds over all marked statements, those written since among them.

    python -m training.onward [--version 8] [--rounds 7] [--gold ../shared/gold] [--corpus ../shared/corpus] [--out training/runs]

    1 marks     what the shipped network reads in statements nobody marked          runs/8/unmarked.pkl
    2 fit       the rounds, with the rounding of int8 felt; then sentence vectors   runs/8/onward.pt
    3 dials     set on the statements of ``held``, which no network was fitted to   runs/8/dials.json
    4 export    int8 graphs and card                                                src/communique/readers/model/

Steps whose file is there are skipped; a fit that was cut off goes on after its last whole round.  On one core a round takes
thirteen minutes, the marks some ten by what three networks took; the whole was not measured in one go.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path

import torch

from communique.readers.model.assemble import Dials
from communique.readers.model.reader import HERE
from communique.readers.model.windows import tokenizer
from training import card
from training.data import windows
from training.encoder import weights_folder
from training.evaluate import GOLD
from training.export import export, loudest
from training.fit import fit
from training.rounding import rounded
from training.shipped import shipped
from training.train import ONWARD, ROOT, Workshop
from training.vectors import refit

# The shipped network knows most marked statements by heart (span + act 93 there, 71 on unseen ones): more noise, more unmarked windows.
PLAN = replace(ONWARD, epochs=7, vectors=0.0, hide=0.12, hide_names=0.3, smooth=0.08, noise=1.5, extra=0.15, ours=0.25, seed=12)
UNMARKED, EACH = 7000, 3  # windows, of one statement


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--gold", type=Path, default=GOLD)
    asked.add_argument("--corpus", type=Path, default=GOLD.parent / "corpus")
    asked.add_argument("--out", type=Path, default=ROOT / "runs")
    asked.add_argument("--version", help="the name of the weights that are made; the next number")
    asked.add_argument("--rounds", type=int, default=PLAN.epochs)
    given = asked.parse_args()
    words = tokenizer(weights_folder())
    network = shipped()
    kept = json.loads((HERE / "dials.json").read_text("utf-8"))
    dials, version = Dials.of(kept["dials"]), given.version or str(int(kept["version"]) + 1)
    shop = Workshop(given.gold, given.corpus, given.out / version)
    shop.out.mkdir(parents=True, exist_ok=True)
    documents = shop.documents()
    shown = [window.ids for one in documents for window in windows(one, words, None)]
    fitted = shop.out / "onward.pt"
    if not fitted.exists():
        extra = shop.marks([network], dials=dials, count=UNMARKED, each=EACH)
        network = shipped()  # as float32 again
        with rounded(network, loudest(network, shown)):
            fit(network, documents, words, replace(PLAN, epochs=given.rounds), {}, extra=extra, part_way=shop.out / "onward.part")
        refit(network, documents, words, shop.out / "vectors.pkl")
        torch.save({"net": network.state_dict()}, fitted)
    network.load_state_dict(torch.load(fitted)["net"])
    network.float().eval()
    export(network, HERE, version, shop.dials(network, {"held": shop.held()}, dials), shown)
    return card.main()


if __name__ == "__main__":
    sys.exit(main())
