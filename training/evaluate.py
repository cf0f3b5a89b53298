"""Scores of a network on marked statements, through the very reader that ships."""

from __future__ import annotations

import importlib.util
import types
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from communique.readers.model.asking import Asked
from communique.readers.model.assemble import Dials
from communique.readers.model.engine import Floats
from communique.readers.model.reader import ModelReader
from training.data import Document
from training.encoder import weights_folder
from training.network import Network

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"


class TorchEngine:
    """The network itself, before it is exported."""

    def __init__(self, network: Network) -> None:
        self.network = network.eval()

    @torch.no_grad()
    def tag(self, ids: NDArray[np.int64]) -> tuple[Floats, Floats]:
        states, scores = self.network(torch.from_numpy(ids)[None])
        return states[0].numpy(), scores[0].numpy()

    @torch.no_grad()
    def label(self, states: Floats, asked: Asked) -> tuple[Floats, Floats]:
        labels, parts = self.network.heads(
            torch.from_numpy(states), **{key: torch.from_numpy(value) for key, value in asked.arrays().items()}
        )
        return labels.numpy(), parts.numpy()


def scorer() -> types.ModuleType:
    """``score.py`` beside the marked statements."""
    spec = importlib.util.spec_from_file_location("score", GOLD / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def predictions(reader: ModelReader, documents: Sequence[Document], floor: float = 0.0, whole: bool = False) -> dict[str, dict[str, Any]]:
    """What the reader finds, in the shape ``score.py`` reads; only assertions unless ``whole``."""
    made = {}
    for document in documents:
        read = reader.read if whole else reader.judge
        draft = read(document.statement, document.passages, document.mentions)
        made[document.marks["id"]] = {
            "id": document.marks["id"],
            "assertions": [asdict(a) for a in draft.assertions if a.confidence >= floor],
            "figures": [asdict(f) for f in draft.figures],
            "agreements": [asdict(a) for a in draft.agreements],
            "relations": [asdict(r) for r in draft.relations],
        }
    return made


def evaluate(reader: ModelReader, documents: Sequence[Document], floor: float = 0.0, whole: bool = False) -> dict[str, Any]:
    gold = {document.marks["id"]: document.marks for document in documents}
    result: dict[str, Any] = scorer().score(gold, predictions(reader, documents, floor, whole))
    return result


def line(result: dict[str, Any]) -> str:
    """The main scores in one line."""
    f, a = result["f1"], result["accuracy"]
    acts = " ".join(f"{act[:3]} {f['act:' + act]['f1']}" for act in ("outcome", "commitment", "position", "appeal"))
    return (
        f"sent {f['sentence-act']['f1']} span {f['span']['f1']} act {f['act']['f1']} (P {f['act']['p']} R {f['act']['r']}) "
        f"wdw {f['who-does-what-to-whom']['f1']} | "
        f"{acts} | ev {a['event']['acc']} top {a['topic']['acc']} spec {a['specific']['acc']} str {a['strength']['acc']} "
        f"actors {f['actors']['f1']} targets {f['targets']['f1']}"
    )


def torch_reader(network: Network, dials: Dials | None = None) -> ModelReader:
    return ModelReader(weights_folder(), TorchEngine(network), dials or Dials())
