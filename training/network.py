"""The network: an encoder, word tags over it, and heads over the spans that the tags make.

``Network.forward`` is what ``export`` writes as one ONNX graph, ``Heads.forward`` as another: the second runs on the spans
decoded from the first.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from communique.readers.model.candidates import FEATURES, RULES
from communique.readers.model.labels import PARTS, SIZES, WIDTHS
from training.encoder import Encoder

INNER, PAIR = 384, 160


class Heads(nn.Module):
    """Labels of spans, and what each candidate party is to them.

    ``states`` (tokens, width); ``first``, ``last`` (spans,) token indices; ``inside``, ``around``, ``whole`` (spans, tokens) weights that
    average the span, its sentence and its window; ``names`` (candidates, tokens) weights that average a mention (zeros where it is
    implied); ``span``, ``name`` (pairs,) indices; ``rule`` (pairs,) index into ``RULES``; ``features`` (pairs, ``FEATURES``).
    """

    def __init__(self, width: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.span = nn.Linear(5 * width, INNER)
        self.labels = nn.Linear(INNER, sum(SIZES.values()))
        self.ask, self.answer = nn.Linear(INNER, PAIR), nn.Linear(width, PAIR)
        self.rules = nn.Embedding(len(RULES), PAIR)
        self.features = nn.Linear(FEATURES, PAIR)
        self.pair = nn.Linear(3 * PAIR, PAIR)
        self.part = nn.Linear(PAIR, len(PARTS))
        self.drop = nn.Dropout(dropout)

    def forward(
        self,
        states: Tensor,
        first: Tensor,
        last: Tensor,
        inside: Tensor,
        around: Tensor,
        whole: Tensor,
        names: Tensor,
        span: Tensor,
        name: Tensor,
        rule: Tensor,
        features: Tensor,
    ) -> tuple[Tensor, Tensor]:
        """Label scores (spans, all labels side by side) and party scores (pairs, ``PARTS``)."""
        seen = torch.cat([states[first], states[last], inside @ states, around @ states, whole @ states], -1)
        inner = self.drop(F.gelu(self.span(self.drop(seen))))
        labels = self.labels(inner)
        asked = self.ask(inner)[span]
        given = self.answer(self.drop(names @ states))[name] + self.rules(rule)
        pair = torch.cat([asked + given, asked * given, self.features(features)], -1)
        return labels, self.part(self.drop(F.gelu(self.pair(F.gelu(pair)))))


class Network(nn.Module):
    """Token ids to states and tag scores; ``heads`` go on from there."""

    def __init__(self, encoder: Encoder, dropout: float = 0.1) -> None:
        super().__init__()
        width = encoder.shape.width
        self.encoder = encoder
        self.tags = nn.Linear(width, sum(WIDTHS))
        self.vector = nn.Linear(width, width)
        nn.init.eye_(self.vector.weight)
        nn.init.zeros_(self.vector.bias)
        self.heads = Heads(width, 2 * dropout)
        self.drop = nn.Dropout(dropout)

    def forward(self, ids: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """``ids`` (batch, length) -> states (batch, length, width), tag scores (batch, length, tags)."""
        states = self.encoder(ids, mask)
        return states, self.tags(self.drop(states))


def split_labels(scores: Tensor) -> dict[str, Tensor]:
    """The label scores of spans, by name."""
    return dict(zip(SIZES, scores.split(list(SIZES.values()), -1), strict=True))
