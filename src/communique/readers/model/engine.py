"""Where the arithmetic runs: two ONNX graphs, one thread each call, nothing padded and nothing batched together."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from communique.readers.model.asking import Asked

Floats = NDArray[np.float32]


class Engine(Protocol):
    """Runs the two halves of the network on one window."""

    def tag(self, ids: NDArray[np.int64]) -> tuple[Floats, Floats]:
        """States (tokens, width) and tag scores (tokens, tags)."""
        ...

    def label(self, states: Floats, asked: Asked) -> tuple[Floats, Floats]:
        """Label scores (spans, labels) and party scores (pairs, parts)."""
        ...


class OnnxEngine:
    """The shipped graphs."""

    def __init__(self, folder: Path) -> None:
        self._tagger = _session(folder / "tagger.onnx")
        self._heads = _session(folder / "heads.onnx")

    def tag(self, ids: NDArray[np.int64]) -> tuple[Floats, Floats]:
        states, scores = self._tagger.run(None, {"ids": ids})
        return states, scores

    def label(self, states: Floats, asked: Asked) -> tuple[Floats, Floats]:
        labels, parts = self._heads.run(None, {"states": states, **asked.arrays()})
        return labels, parts


def _session(path: Path) -> Any:
    """A session on one thread: what it computes does not depend on the machine's load or number of cores."""
    import onnxruntime as ort  # type: ignore[import-untyped]  # here: it takes a fifth of a second

    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.use_deterministic_compute", "1")
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
