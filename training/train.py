"""From marked statements to the weights that ship, in one command.

    python -m training.train [--gold ../shared/gold] [--corpus ../shared/corpus] [--out training/runs]

    1 adapt      masked words over public statements                        runs/adapt/adapted.pt
    2 check      a network without the validation statements; dials         runs/check.pt, runs/dials.json
    3 fit        networks on all marked statements, from several seeds      runs/seed-N.pt
    4 export     their average, in int8, beside the tokenizer and the card  src/communique/readers/model/weights

Every step leaves a file and is skipped when the file is there: a run that was cut off goes on where it stopped.
Seeded throughout.  On two cores: about 25, 12, 40 and 2 minutes.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch

from communique.readers.model.assemble import Dials
from communique.readers.model.reader import HERE
from communique.readers.model.windows import tokenizer
from training import marked
from training.adapt import adapt
from training.data import Document, load, prepare
from training.encoder import published, weights_folder
from training.evaluate import GOLD, TorchEngine, evaluate, line, torch_reader
from training.export import export
from training.fit import Plan, fit
from training.network import Network
from training.tune import tune
from training.vectors import texts, vectors

ROOT = Path(__file__).resolve().parent
SEEDS = (1, 2, 3, 4)
VERSION = "1"


@dataclass
class Workshop:
    """Where things come from and go to."""

    gold: Path
    corpus: Path
    out: Path

    def documents(self) -> list[Document]:
        """All marked statements: those of ``gold/train`` and our own."""
        words = tokenizer(weights_folder())
        marks = [*load(self.gold / "train"), *marked.load(ROOT / "written")]
        return [prepare(one, words) for one in marks]

    def adapted(self) -> Path:
        path = self.out / "adapt" / "adapted.pt"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            adapt(self.corpus, path.parent, steps_wanted=600, tokens=16_000_000)
        return path

    def network(self, documents: list[Document], seed: int, name: str) -> Network:
        """A network fitted to ``documents``; from its file if that is there."""
        encoder = published()
        encoder.load_state_dict({key: value.float() for key, value in torch.load(self.adapted()).items()})
        torch.manual_seed(0)  # the heads begin alike, so that networks from several seeds can be averaged
        network = Network(encoder)
        path = self.out / f"{name}.pt"
        if path.exists():
            network.load_state_dict(torch.load(path)["net"])
            return network.eval()
        aims = vectors(texts(documents), self.out / "vectors.pkl")
        fit(network, documents, tokenizer(weights_folder()), replace(Plan(), seed=seed), aims)
        torch.save({"net": network.state_dict()}, path)
        return network


def split(documents: list[Document]) -> tuple[list[Document], list[Document], list[Document]]:
    """Those to fit, and those held out by publisher and by statement (``splits.json``)."""
    held = json.loads((ROOT / "splits.json").read_text("utf-8"))
    publishers = [d for d in documents if d.marks["publisher"] in held["publishers"] and not d.marks["id"].startswith("wr-")]
    statements = [d for d in documents if d.marks["id"] in held["statements"]]
    out = {id(d) for d in (*publishers, *statements)}
    return [d for d in documents if id(d) not in out], publishers, statements


def averaged(networks: list[Network]) -> Network:
    """The mean of the weights."""
    first = networks[0]
    states = [network.state_dict() for network in networks]
    first.load_state_dict({key: torch.stack([state[key].float() for state in states]).mean(0) for key in states[0]})
    return first


def dials(shop: Workshop, documents: list[Document]) -> Dials:
    """Dials tuned on the validation statements with a network that has not seen them."""
    path = shop.out / "dials.json"
    if path.exists():
        return Dials.of(json.loads(path.read_text("utf-8")))
    fitted, publishers, statements = split(documents)
    network = shop.network(fitted, 1, "check")
    found = tune(TorchEngine(network), [*publishers, *statements])
    for name, part in (("publishers held out", publishers), ("statements held out", statements)):
        print(name, line(evaluate(torch_reader(network, found), part)))
    path.write_text(json.dumps(asdict(found)), "utf-8")
    return found


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--gold", type=Path, default=GOLD)
    asked.add_argument("--corpus", type=Path, default=GOLD.parent / "corpus")
    asked.add_argument("--out", type=Path, default=ROOT / "runs")
    given = asked.parse_args()
    shop = Workshop(given.gold, given.corpus, given.out)
    shop.out.mkdir(parents=True, exist_ok=True)
    documents = shop.documents()
    set_to = dials(shop, documents)
    network = averaged([shop.network(documents, seed, f"seed-{seed}") for seed in SEEDS])
    export(network, HERE, VERSION, set_to)
    return 0


if __name__ == "__main__":
    sys.exit(main())
