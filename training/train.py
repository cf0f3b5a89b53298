"""From the bare encoder and marked statements to weights, in one command (``training.onward`` goes on from those that ship).

    python -m training.train [--gold ../shared/gold] [--corpus ../shared/corpus] [--out training/runs/anew]

    1 adapt     masked words over public statements                                   runs/adapt/adapted.pt
    2 check     two networks that have not seen the validation statements             runs/check-1.pt, check-2.pt
    3 marks     what the two together read in statements nobody marked                runs/unmarked.pkl
    4 tune      one of them goes on with those marks; dials and scores of validation  runs/tuned.pt, dials.json; validation.json
    5 fit       the same steps on all marked statements                               runs/all.pt, final.pt
    6 export    int8 graphs, tokenizer, dials, card                                   src/communique/readers/model/

Every step leaves a file and is skipped when the file is there: a run that was cut off goes on where it stopped, a fit after its last
whole round.
Seeded throughout.  A GPU is used when torch finds one (not tried yet).  On two cores some seven hours, reckoned from the steps one by
one (adapt 37 minutes, 31 rounds of up to thirteen), not measured in one go.
"""

from __future__ import annotations

import argparse
import json
import pickle
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch

from communique.readers.model.assemble import Dials
from communique.readers.model.reader import HERE
from communique.readers.model.windows import tokenizer
from training import card, marked
from training.adapt import adapt
from training.data import Document, Example, load, prepare, windows
from training.encoder import published, weights_folder
from training.evaluate import GOLD, TorchEngine, evaluate, torch_reader
from training.export import export
from training.fit import Plan, fit
from training.network import Network
from training.selftrain import marked_by
from training.tune import tune
from training.vectors import texts, vectors

ROOT = Path(__file__).resolve().parent
VERSION = "8"  # of the weights that are made next
FIRST = Plan(epochs=7)
ONWARD = Plan(epochs=5, rate=2e-4, head_rate=5e-4, warm=0.05, extra=0.4, seed=3)  # from a fitted network, with the marks of others
UNMARKED, EACH = 3000, 2  # windows, of one statement


@dataclass
class Workshop:
    """Where things come from and go to."""

    gold: Path
    corpus: Path
    out: Path

    def documents(self) -> list[Document]:
        """All marked statements that a network is fitted to: those of ``gold/train`` and our own."""
        words = tokenizer(weights_folder())
        return [prepare(one, words) for one in (*load(self.gold / "train"), *ours("written"), *ours("counterparts"))]

    def held(self) -> list[Document]:
        """Counterparts that no network is fitted to: the dials are set on them."""
        words = tokenizer(weights_folder())
        return [prepare(one, words) for one in ours("held")]

    def fresh(self) -> Network:
        """The adapted encoder under heads that always begin alike."""
        path = self.out / "adapt" / "adapted.pt"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            adapt(self.corpus, path.parent, steps_wanted=770, tokens=16_000_000)
        encoder = published()
        encoder.load_state_dict({key: value.float() for key, value in torch.load(path).items()})
        torch.manual_seed(0)
        return Network(encoder)

    def fitted(self, name: str, documents: Sequence[Document], plan: Plan, start: str = "", extra: Sequence[Example] = ()) -> Network:
        """The network of that name: from its file, or fitted, from ``start`` or afresh."""
        network, path = self.fresh(), self.out / f"{name}.pt"
        if not path.exists():
            if start:
                network.load_state_dict(torch.load(self.out / f"{start}.pt")["net"])
            aims = vectors([*texts(documents), *(text for one in extra for text in one.texts)], self.out / "vectors.pkl")
            fit(network, documents, tokenizer(weights_folder()), plan, aims, extra=extra, part_way=self.out / f"{name}.part")
            torch.save({"net": network.state_dict()}, path)
        network.load_state_dict(torch.load(path)["net"])
        return network.float().eval()

    def marks(
        self, networks: Sequence[Network], name: str = "unmarked", dials: Dials | None = None, count: int = UNMARKED, each: int = EACH
    ) -> list[Example]:
        """``count`` windows of unmarked statements with what the networks read in them; nothing from ``gold/dev``."""
        path = self.out / f"{name}.pkl"
        if not path.exists():
            without = {json.loads(one.read_text("utf-8"))["id"] for one in (self.gold / "dev").glob("*.json")}
            path.write_bytes(pickle.dumps(marked_by(networks, dials or Dials(), self.corpus, without, count, each=each)))
        made: list[Example] = pickle.loads(path.read_bytes())
        return made

    def dials(self, network: Network, parts: Mapping[str, Sequence[Document]], start: Dials | None = None) -> Dials:
        """Dials tuned on statements that the network has not seen, by name of their part; the scores there are written for the card."""
        path = self.out / "dials.json"
        if not path.exists():
            found = tune(TorchEngine(network), [one for part in parts.values() for one in part], start)
            reader = torch_reader(network, found)
            scores = {f"validation, {name}": evaluate(reader, part, card.FLOOR) for name, part in parts.items()}
            card.VALIDATION.write_text(json.dumps(scores, indent=1) + "\n", "utf-8")
            path.write_text(json.dumps(asdict(found)), "utf-8")
        return Dials.of(json.loads(path.read_text("utf-8")))


def ours(folder: str) -> Iterator[dict]:
    """The statements of one of our own folders, each with its folder's name."""
    return ({**one, "ours": folder} for one in marked.load(ROOT / folder))


def split(documents: Sequence[Document]) -> tuple[list[Document], list[Document], list[Document]]:
    """Those to fit, and those held out by publisher and by statement (``splits.json``).

    No counterparts are among the first: some do what a held-out statement does.
    """
    held = json.loads((ROOT / "splits.json").read_text("utf-8"))
    publishers = [d for d in documents if d.marks["publisher"] in held["publishers"] and not d.marks.get("ours")]
    statements = [d for d in documents if d.marks["id"] in held["statements"]]
    out = {id(d) for d in (*publishers, *statements)}
    return [d for d in documents if id(d) not in out and d.marks.get("ours") != "counterparts"], publishers, statements


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--gold", type=Path, default=GOLD)
    asked.add_argument("--corpus", type=Path, default=GOLD.parent / "corpus")
    asked.add_argument("--out", type=Path, default=ROOT / "runs" / "anew")
    given = asked.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    shop = Workshop(given.gold, given.corpus, given.out)
    documents = shop.documents()
    some, publishers, statements = split(documents)
    checks = [shop.fitted(f"check-{seed}", some, replace(FIRST, seed=seed)) for seed in (1, 2)]
    extra = shop.marks(checks)
    dials = shop.dials(shop.fitted("tuned", some, ONWARD, "check-1", extra), {"publishers": publishers, "statements": statements})
    shop.fitted("all", documents, FIRST)
    final = shop.fitted("final", documents, ONWARD, "all", extra)
    export(final, HERE, VERSION, dials, [window.ids for one in documents for window in windows(one, tokenizer(weights_folder()), None)])
    return card.main()


if __name__ == "__main__":
    sys.exit(main())
