"""On from the weights that ship: some more rounds over all marked statements, those written since among them.

    python -m training.onward --version 4 [--rounds 5] [--gold ../shared/gold] [--corpus ../shared/corpus] [--out training/runs]

    1 marks     what the shipped network reads in statements nobody marked          runs/onward-unmarked.pkl
    2 fit       the rounds, with the rounding of int8 felt; then sentence vectors   runs/onward.pt
    3 export    int8 graphs and card; the dials stay                                src/communique/readers/model/

Steps whose file is there are skipped; a fit that was cut off goes on after its last whole round.  The dials were tuned by
``training.train`` on statements that its network had not seen; a network that went on from the shipped one has seen them all, so it
cannot tune them again.  A round takes ten minutes of one core.
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
PLAN = replace(ONWARD, epochs=7, vectors=0.0, hide=0.12, hide_names=0.3, smooth=0.08, noise=1.5, extra=0.3, ours=0.45, seed=11)
UNMARKED, EACH = 7000, 3  # windows, of one statement


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--gold", type=Path, default=GOLD)
    asked.add_argument("--corpus", type=Path, default=GOLD.parent / "corpus")
    asked.add_argument("--out", type=Path, default=ROOT / "runs")
    asked.add_argument("--version", required=True, help="the name of the weights that are made")
    asked.add_argument("--rounds", type=int, default=PLAN.epochs)
    given = asked.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    words = tokenizer(weights_folder())
    network = shipped()
    dials = Dials.of(json.loads((HERE / "dials.json").read_text("utf-8"))["dials"])
    shop = Workshop(given.gold, given.corpus, given.out)
    documents = shop.documents()
    shown = [window.ids for one in documents for window in windows(one, words, None)]
    fitted = given.out / "onward.pt"
    if not fitted.exists():
        extra = shop.marks([network], "onward-unmarked", dials, UNMARKED, EACH)
        network = shipped()  # as float32 again
        with rounded(network, loudest(network, shown)):
            fit(network, documents, words, replace(PLAN, epochs=given.rounds), {}, extra=extra, part_way=given.out / "onward.part")
        refit(network, documents, words, given.out / "vectors.pkl")
        torch.save({"net": network.state_dict()}, fitted)
    network.load_state_dict(torch.load(fitted)["net"])
    export(network.float().eval(), HERE, given.version, dials, shown)
    return card.main()


if __name__ == "__main__":
    sys.exit(main())
