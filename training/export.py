"""From a fitted network to what ships: two graphs, the tokenizer, the dials; the encoder in int8, everything checked against torch."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path

import numpy as np
import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic

from communique.readers.model.assemble import Dials
from training import graph
from training.encoder import weights_folder
from training.network import Network

PER_LAYER = 6  # products in a layer of the encoder: queries to values, scores, states, out, up, down


def export(network: Network, folder: Path, version: str, dials: Dials, int8: bool = True) -> None:
    """Write the package's ``weights`` folder."""
    folder.mkdir(parents=True, exist_ok=True)
    network = network.float().eval()
    tagger = graph.tagger(network)
    if int8:
        _quantised(tagger, folder / "tagger.onnx")
    else:
        onnx.save(tagger, str(folder / "tagger.onnx"))
    onnx.save(graph.heads(network), str(folder / "heads.onnx"))
    shutil.copy(weights_folder() / "tokenizer.json", folder / "tokenizer.json")
    vector = np.concatenate([network.vector.weight.detach().numpy().T, network.vector.bias.detach().numpy()[None]]).astype(np.float16)
    np.save(folder / "vector.npy", vector)
    (folder / "dials.json").write_text(json.dumps({"version": version, "dials": asdict(dials)}, indent=1) + "\n", "utf-8")


def _quantised(model: onnx.ModelProto, path: Path) -> None:
    """Weights to int8, one scale a column; activations are scaled as they come, a window at a time.

    In float stay the tag scores (a thousandth of the work, and every bit of them counts) and the second half of the first two
    layers' feed-forward pairs, whose inputs have outliers: they alone made a third of the error.
    """
    products = [node.name for node in model.graph.node if node.op_type == "MatMul"]
    plain = [products[-1], products[PER_LAYER - 1], products[2 * PER_LAYER - 1]]
    with tempfile.TemporaryDirectory() as work:
        whole = Path(work) / "whole.onnx"
        onnx.save(model, str(whole))
        quantize_dynamic(
            whole,
            path,
            weight_type=QuantType.QInt8,
            per_channel=True,
            nodes_to_exclude=plain,
            op_types_to_quantize=["MatMul", "Gather"],
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
