"""From a fitted network to what ships: two graphs, the tokenizer, the dials; the encoder in int8, everything checked against torch."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from communique.readers.model.assemble import Dials
from training import graph
from training.encoder import weights_folder
from training.network import Network

LOUD = (
    8  # channels of a product that stay out of its int8 scale: with 0, 1, 2, 4, 8 of them scores are 0.118, 0.059, 0.050, 0.045, 0.044 off
)
WINDOWS = 200  # looked at to find them


def export(network: Network, folder: Path, version: str, dials: Dials, windows: Sequence[NDArray[np.int64]] = ()) -> None:
    """Write the package's ``weights`` folder; in int8 where there are ``windows`` (token ids) to see the size of things from."""
    folder.mkdir(parents=True, exist_ok=True)
    network = network.float().eval()
    if windows:
        _quantised(*graph.tagger(network, loudest(network, windows)), folder / "tagger.onnx")
    else:
        onnx.save(graph.tagger(network)[0], str(folder / "tagger.onnx"))
    onnx.save(graph.heads(network), str(folder / "heads.onnx"))
    shutil.copy(weights_folder() / "tokenizer.json", folder / "tokenizer.json")
    vector = np.concatenate([network.vector.weight.detach().numpy().T, network.vector.bias.detach().numpy()[None]]).astype(np.float16)
    np.save(folder / "vector.npy", vector)
    (folder / "dials.json").write_text(json.dumps({"version": version, "dials": asdict(dials)}, indent=1) + "\n", "utf-8")


def loudest(network: Network, windows: Sequence[NDArray[np.int64]]) -> list[graph.Loud]:
    """For each layer, the ``LOUD`` channels with the largest inputs to either half of its feed-forward pair, in some of the windows."""
    blocks = network.encoder.blocks
    products = [(at, name, getattr(block, name)) for at, block in enumerate(blocks) for name in ("up", "down")]
    tops = {(at, name): torch.zeros(product.in_features) for at, name, product in products}

    def look(key: tuple[int, str]) -> Callable[[nn.Module, tuple[Tensor, ...]], None]:
        def seen(_: nn.Module, given: tuple[Tensor, ...]) -> None:
            tops[key] = torch.maximum(tops[key], given[0].abs().amax((0, 1)))

        return seen

    watches = [product.register_forward_pre_hook(look((at, name))) for at, name, product in products]
    with torch.no_grad():
        for ids in windows[:: max(1, len(windows) // WINDOWS)]:
            network(torch.from_numpy(ids)[None])
    for watch in watches:
        watch.remove()
    chosen = {key: sorted(top.topk(LOUD).indices.tolist()) for key, top in tops.items()}
    return [{name: chosen[at, name] for name in ("up", "down")} for at in range(len(blocks))]


def _quantised(model: onnx.ModelProto, plain: list[str], path: Path) -> None:
    """Weights to int8, one scale a column; activations are scaled as they come, a window at a time.

    In float stay the products in ``plain``: the tag scores (a thousandth of the work, and every bit of them counts) and the few loud
    channels, one of which would otherwise stretch the scale of all others fourfold.
    """
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
