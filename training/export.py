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

    The tag scores stay in float: they are a thousandth of the work and every bit of them counts.
    """
    last = [node.name for node in model.graph.node if node.op_type == "MatMul"][-1]
    with tempfile.TemporaryDirectory() as work:
        plain = Path(work) / "plain.onnx"
        onnx.save(model, str(plain))
        quantize_dynamic(
            plain,
            path,
            weight_type=QuantType.QInt8,
            per_channel=True,
            nodes_to_exclude=[last],
            op_types_to_quantize=["MatMul", "Gather"],
            extra_options={"DefaultTensorType": 1},
        )
