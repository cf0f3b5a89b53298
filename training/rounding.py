"""The rounding of int8 products, felt while learning: what ships is what was learned with.

Inputs are rounded to 256 steps of a window's range and weights to 255 of their column, as ONNX Runtime does; gradients pass through.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import MethodType

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.graph import Loud
from training.network import Network


@contextmanager
def rounded(network: Network, loud: Sequence[Loud]) -> Iterator[None]:
    """Inside, the encoder's products are rounded but for their ``loud`` channels (one mapping a layer)."""
    products: list[nn.Linear] = []
    for block, channels in zip(network.encoder.blocks, loud, strict=True):
        for name in ("qkv", "out", "up", "down"):
            product: nn.Linear = getattr(block, name)
            quiet = torch.ones(product.in_features)
            quiet[list(channels.get(name, ()))] = 0
            product.register_buffer("quiet", quiet.to(product.weight.dtype), persistent=False)
            product.forward = MethodType(_forward, product)  # type: ignore[method-assign]
            products.append(product)
    try:
        yield
    finally:
        for product in products:
            del product.forward, product.quiet


def _forward(product: nn.Linear, x: Tensor) -> Tensor:
    quiet = product.quiet
    return F.linear(_inputs(x, quiet), _weights(product.weight, quiet), product.bias)


def _inputs(x: Tensor, quiet: Tensor) -> Tensor:
    """``x`` (batch, length, channels), each window in 256 even steps from its least to its greatest value."""
    with torch.no_grad():
        shown = x * quiet
        step = (shown.amax((1, 2), keepdim=True).clamp(min=0) - shown.amin((1, 2), keepdim=True).clamp(max=0)).clamp(min=1e-6) / 255
        change = (torch.round(shown / step) * step - shown) * quiet
    return x + change


def _weights(weight: Tensor, quiet: Tensor) -> Tensor:
    """``weight`` (out, channels), each row in even steps to its greatest size."""
    with torch.no_grad():
        shown = weight * quiet
        step = shown.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        change = (torch.round(shown / step) * step - shown) * quiet
    return weight + change
