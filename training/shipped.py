"""The network that ships, read back from its graphs: what ``graph`` wrote, undone; int8 weights are their rounded values."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from communique.readers.model.reader import HERE
from training.encoder import Block, Encoder, Shape
from training.network import Network


def shipped(folder: Path = HERE) -> Network:
    """The network of the ``weights`` folder, in float32."""
    tagger, heads = _constants(folder / "tagger.onnx"), _constants(folder / "heads.onnx")
    network = Network(Encoder(Shape()))
    encoder = network.encoder
    with torch.no_grad():
        _put(encoder.words.weight, next(tagger))
        _put(encoder.positions.weight, next(tagger))
        _norm(encoder.norm, tagger)
        for block in encoder.blocks:
            assert isinstance(block, Block)
            _block(block, tagger)
        _linear(network.tags, tagger)
        h = network.heads
        for layer in (h.span, h.labels, h.ask, h.answer):
            _linear(layer, heads)
        _put(h.rules.weight, next(heads))
        for layer in (h.features, h.pair, h.part):
            _linear(layer, heads)
        vector = torch.from_numpy(np.load(folder / "vector.npy").astype(np.float32))
        _put(network.vector.weight, vector[:-1].T)
        _put(network.vector.bias, vector[-1])
    return network.eval()


def _constants(path: Path) -> Iterator[Tensor]:
    """The float constants of a graph in the order in which they were written, rounded ones multiplied out."""
    held = {one.name: numpy_helper.to_array(one) for one in onnx.load(str(path)).graph.initializer}
    made: dict[int, np.ndarray] = {}
    for name, value in held.items():
        if name.endswith("_quantized"):
            stem = name.removesuffix("_quantized")
            scale, zero = held[f"{stem}_scale"], held[f"{stem}_zero_point"]
            made[int(stem[1:])] = (value.astype(np.float32) - zero) * scale
        elif name[1:].isdigit():
            made[int(name[1:])] = value
    return (torch.from_numpy(made[at].copy()) for at in sorted(made))


def _floats(constants: Iterator[Tensor]) -> Tensor:
    return next(one for one in constants if one.is_floating_point())


def _put(parameter: nn.Parameter | Tensor, value: Tensor) -> None:
    assert parameter.shape == value.shape, f"{tuple(value.shape)} where {tuple(parameter.shape)} was written"
    parameter.copy_(value)


def _norm(layer: nn.LayerNorm, constants: Iterator[Tensor]) -> None:
    _put(layer.weight, _floats(constants))
    _put(layer.bias, _floats(constants))


def _linear(layer: nn.Linear, constants: Iterator[Tensor]) -> None:
    _put(layer.weight, _floats(constants).T)
    _put(layer.bias, _floats(constants))


def _loud(layer: nn.Linear, constants: Iterator[Tensor]) -> None:
    """A product whose loud channels have one of their own."""
    _floats(constants)  # the mask that hides the loud channels
    weight, loud = _floats(constants), next(constants)
    weight[loud] = _floats(constants)
    _put(layer.weight, weight.T)
    _put(layer.bias, _floats(constants))


def _block(block: Block, constants: Iterator[Tensor]) -> None:
    _linear(block.qkv, constants)
    width = block.out.weight.shape[0]
    scale = (width // block.heads) ** 0.5  # the graph folds its inverse into the queries
    block.qkv.weight[:width] *= scale
    block.qkv.bias[:width] *= scale
    _linear(block.out, constants)
    _norm(block.norm1, constants)
    _loud(block.up, constants)
    _loud(block.down, constants)
    _norm(block.norm2, constants)
