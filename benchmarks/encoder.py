"""The encoder's arithmetic beside the most that this machine's int8 product does, both on one thread in the same run."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
import onnx
import onnxruntime as ort  # type: ignore[import-untyped]
from onnx import TensorProto, helper, numpy_helper

from communique.readers.model.reader import HERE
from communique.readers.model.windows import LIMIT

SIDE = 1024  # of the square matrices whose product sets the rate
RUNS = 60


def _session(path: Path) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _product(folder: Path) -> ort.InferenceSession:
    """One product of a ``SIDE`` square of unsigned and a ``SIDE`` square of signed bytes."""
    weight = np.random.default_rng(1).integers(-127, 127, (SIDE, SIDE)).astype(np.int8)
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["x", "w"], ["y"])],
        "product",
        [helper.make_tensor_value_info("x", TensorProto.UINT8, [SIDE, SIDE])],
        [helper.make_tensor_value_info("y", TensorProto.INT32, [SIDE, SIDE])],
        [numpy_helper.from_array(weight, "w")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)])
    model.ir_version = 10
    onnx.save(model, str(folder / "product.onnx"))
    return _session(folder / "product.onnx")


def operations(graph: onnx.GraphProto, tokens: int) -> int:
    """Multiplications and additions of the products in a graph over one window: those with weights, and those of attention."""
    sizes = {each.name: tuple(each.dims) for each in graph.initializer}
    found = [sizes[node.input[1]] for node in graph.node if "MatMul" in node.op_type and len(sizes.get(node.input[1], ())) == 2]
    width = next(inner for inner, outer in found if outer == 3 * inner)
    layers = sum(size == (width, 3 * width) for size in found)
    return 2 * tokens * sum(inner * outer for inner, outer in found) + layers * 4 * tokens * tokens * width


def share() -> dict[str, float]:
    """Operations a second of both, medians of interleaved runs, and the ratio."""
    path = HERE / "tagger.onnx"
    work = operations(onnx.load(str(path)).graph, LIMIT)
    ids = np.random.default_rng(2).integers(1000, 30000, LIMIT)
    square = np.random.default_rng(3).integers(0, 255, (SIDE, SIDE)).astype(np.uint8)
    with tempfile.TemporaryDirectory() as folder:
        product, encoder = _product(Path(folder)), _session(path)
        spent = _interleaved(lambda: product.run(None, {"x": square}), lambda: encoder.run(None, {"ids": ids}))
    ours = [work / seconds for seconds in spent[1]]
    most = [2 * SIDE**3 / seconds for seconds in spent[0]]
    return {
        "10^9 operations/s: one int8 product": median(most) / 1e9,
        "10^9 operations/s: the encoder on a window": median(ours) / 1e9,
        "ratio: encoder / int8 product": median(a / b for a, b in zip(ours, most, strict=True)),
    }


def _interleaved(*runs: Callable[[], object]) -> list[list[float]]:
    """Processor seconds of each call, one of each in turn."""
    spent: list[list[float]] = [[] for _ in runs]
    for turn in range(RUNS + 5):
        for times, run in zip(spent, runs, strict=True):
            begun = time.process_time()
            run()
            if turn >= 5:
                times.append(time.process_time() - begun)
    return spent
