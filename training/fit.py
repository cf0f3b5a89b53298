"""One network fitted to marked statements (and to the softer marks of earlier networks)."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from communique.readers.model.asking import Span, ask
from communique.readers.model.candidates import FEATURES
from communique.readers.model.labels import SIDES, WIDTHS
from communique.readers.model.reading import Found, found
from communique.records import Passage
from training import batches
from training.batches import Batch
from training.data import IGNORED, Document, Example, example, windows
from training.half import Masters
from training.network import Network, split_labels
from training.rounds import Rounds


@dataclass(frozen=True)
class Plan:
    """How a network is fitted; the defaults are those that did best on the validation statements (``log.md``)."""

    epochs: int = 10
    tokens: int = 3600  # in one step
    rate: float = 3e-4  # of the top layer of the encoder
    decay: float = 0.9  # of the rate, for each layer further down
    head_rate: float = 1e-3
    warm: float = 0.1
    smooth: float = 0.05
    vectors: float = 0.5
    average: float = 0.99  # of the weights over the steps; 0 for none
    hide: float = 0.08  # share of words hidden
    hide_names: float = 0.2
    extra: float = 0.5  # share of the windows marked by other networks that an epoch shows
    ours: float = 1.0  # share of the statements of ``training/written`` that an epoch shows; all others are shown
    noise: float = 1.0  # times the dropout that the network was made with
    seed: int = 1
    half: bool = True


MASK = 103
NOWHERE = (Passage(0, 0), None, (), ())
WEIGHTS = {"act": 0.3, "event": 0.6, "topic": 0.6, "specific": 0.3, "strength": 0.2, "stage": 0.1, "right": 0.3, "targeted": 0.3}


def groups(network: Network, plan: Plan) -> list[dict[str, object]]:
    """Parameters by rate: the deeper in the encoder, the slower."""
    depth = len(network.encoder.blocks)
    made: dict[float, list[torch.nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        if name.startswith("encoder.blocks."):
            rate = plan.rate * plan.decay ** (depth - 1 - int(name.split(".")[2]))
        elif name.startswith("encoder."):
            rate = plan.rate * plan.decay**depth
        else:
            rate = plan.head_rate
        made.setdefault(rate, []).append(parameter)
    return [{"params": parameters, "lr": rate, "weight_decay": 0.01} for rate, parameters in made.items()]


def party_loss(parts: Tensor, held: Tensor, parties: Tensor) -> Tensor:
    """A party is an actor (a target) if any of its candidates is: the chance that none is, multiplied out."""
    chance = parts.softmax(-1)[:, 1:]
    none = torch.zeros_like(parties).index_add_(0, held[:, 1], torch.log1p(-chance.clamp(max=1 - 1e-4))[held[:, 0]])
    yes = torch.log1p(-none.exp().clamp(max=1 - 1e-5))
    return -(parties * yes + (1 - parties) * none).mean()


def hidden(batch: Batch, plan: Plan) -> Tensor:
    """The ids with some words hidden, names more often: what is read should not hang on one word."""
    share = torch.where(batch.named, plan.hide_names, plan.hide)
    return torch.where((torch.rand(batch.ids.shape, device=batch.ids.device) < share) & (batch.tags[..., 0] != IGNORED), MASK, batch.ids)


def proposals(batch: Batch, scores: Tensor, flat: Tensor) -> tuple[dict[str, Tensor], Tensor] | None:
    """The spans that the tags make as they stand, for the heads to judge, and whether each is right."""
    read = scores.detach().float().cpu().numpy()
    windows = [e.window for e in batch.examples]
    longest = batch.ids.shape[1]
    asked, right = [], []
    for at, (e, spans) in enumerate(zip(batch.examples, found(windows, list(read)), strict=True)):
        kept = [span for span in spans if e.tags[span.first, 0] != IGNORED]
        if kept:
            asked.append((at, ask(e.window, [Span(span.first, span.last, *NOWHERE) for span in kept])))
            right += [is_right(e, span) for span in kept]
    if not right:
        return None
    heads: dict[str, Tensor] = {}
    for key in ("first", "last"):
        heads[key] = torch.from_numpy(np.concatenate([getattr(one, key) + at * longest for at, one in asked]))
    for key in ("inside", "around", "whole"):
        rows = [
            np.pad(getattr(one, key), ((0, 0), (at * longest, flat.shape[0] - at * longest - getattr(one, key).shape[1])))
            for at, one in asked
        ]
        heads[key] = torch.from_numpy(np.concatenate(rows)).to(flat.dtype)
    none = torch.zeros(0, dtype=torch.int64)
    heads |= {"names": flat.new_zeros(0, flat.shape[0]), "span": none, "name": none, "rule": none, "features": flat.new_zeros(0, FEATURES)}
    return {key: value.to(flat.device) for key, value in heads.items()}, torch.tensor(right, device=flat.device)


def is_right(example: Example, span: Found) -> int:
    """Whether some marked span of that act shares half of what the two cover together."""
    start, end = int(example.window.starts[span.first]), int(example.window.ends[span.last])
    for low, high, act in example.spans:
        shared = min(end, high) - max(start, low)
        if act == span.act and shared > 0 and 2 * shared >= max(end, high) - min(start, low):
            return 1
    return 0


def loss(network: Network, batch: Batch, plan: Plan, vectors: dict[str, Tensor]) -> dict[str, Tensor]:
    """The losses of a batch, by name, weighted."""
    states, scores = network(hidden(batch, plan), batch.mask)
    flat = states.flatten(0, 1)
    out: dict[str, Tensor] = {}
    weight = batch.weights[:, None].expand(batch.ids.shape).flatten()
    for at, (part, name) in enumerate(zip(scores.flatten(0, 1).split(WIDTHS, -1), ("tags", *SIDES), strict=True)):
        answer = batch.tags[..., at].flatten()
        asked = answer != IGNORED
        if not asked.any():
            continue
        right = batch.soft.flatten(0, 1)[asked] if at == 0 else answer[asked]
        each = F.cross_entropy(part[asked].float(), right, reduction="none")
        out[name] = (each * weight[asked]).sum() / weight[asked].sum() * (1.0 if at == 0 else 0.3)
    if len(batch.heads["first"]):
        heads = {key: value.to(flat.dtype) if value.is_floating_point() else value for key, value in batch.heads.items()}
        labels, parts = network.heads(flat, **heads)
        for name, part in split_labels(labels).items():
            if name in batch.labels and (batch.labels[name] != IGNORED).any():
                out[name] = WEIGHTS[name] * F.cross_entropy(
                    part.float(), batch.labels[name], ignore_index=IGNORED, label_smoothing=plan.smooth
                )
        if len(parts):
            out["parts"] = 4 * party_loss(parts.float(), batch.held, batch.parties)
    proposed = proposals(batch, scores, flat)
    if proposed is not None:
        heads, right = proposed
        labels, _ = network.heads(flat, **heads)
        out["right"] = WEIGHTS["right"] * F.cross_entropy(split_labels(labels)["right"].float(), right)
    if plan.vectors and vectors:
        known = [at for at, text in enumerate(batch.texts) if text in vectors]
        if known:
            mine = network.vector(batch.sentences[known].to(flat.dtype) @ flat).float()
            theirs = torch.stack([vectors[batch.texts[at]] for at in known]).to(flat.device)
            out["vectors"] = plan.vectors * (1 - F.cosine_similarity(mine, theirs, dim=-1)).mean()
    return out


def fit(
    network: Network,
    documents: Sequence[Document],
    words: Tokenizer,
    plan: Plan,
    vectors: dict[str, Tensor],
    say: Callable[[str], None] = print,
    extra: Sequence[Example] = (),
    part_way: Path | None = None,
) -> Network:
    """The fitted network, in float32 (the running average of its weights, where the plan asks for one).

    ``part_way`` is written after every round and gone at the end; a fit that finds it there goes on from it, with the same result.
    """
    torch.manual_seed(plan.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    network.to(device)
    for layer in network.modules():
        if isinstance(layer, torch.nn.Dropout):
            layer.p *= plan.noise
    if plan.half:
        network.bfloat16()
    optimiser = Masters(groups(network, plan))
    averages = [master.detach().clone() for _, master in optimiser.pairs]
    at = Rounds(network, optimiser, averages, np.random.default_rng(plan.seed), random.Random(plan.seed))
    if part_way is not None:
        at.go_on(part_way)
    began = time.monotonic()
    while at.done < plan.epochs:
        shown = [document for document in documents if document.marks.get("ours") != "written" or at.dice.random() < plan.ours]
        examples = [example(document, window) for document in shown for window in windows(document, words, at.dice)]
        examples += [extra[number] for number in at.rng.permutation(len(extra))[: int(plan.extra * len(extra))]]
        made = batches.groups([e for e in examples if (e.tags[:, 0] >= 0).any()], plan.tokens, at.rng)
        at.total = at.total or len(made) * plan.epochs
        network.train()
        ready = time.monotonic() - began
        sums: dict[str, float] = {}
        for group in made:
            parts = loss(network, batches.batch(group).to(device), plan, vectors)
            torch.stack(list(parts.values())).sum().backward()
            progress = at.step / at.total
            optimiser.step(min(1.0, progress / plan.warm) if progress < plan.warm else max(0.02, (1 - progress) / (1 - plan.warm)))
            if plan.average:
                keep = min(plan.average, (1 + at.step) / (10 + at.step))
                torch._foreach_lerp_(averages, [master.detach() for _, master in optimiser.pairs], 1 - keep)
            at.step += 1
            for name, value in parts.items():
                sums[name] = sums.get(name, 0.0) + value.item() / len(made)
        at.done += 1
        if part_way is not None:
            at.keep(part_way)
        say(
            f"round {at.done} {len(made)} steps {ready:.0f}-{time.monotonic() - began:.0f}s "
            + " ".join(f"{name} {value:.3f}" for name, value in sums.items())
        )
    optimiser.restore()
    network.float().eval()
    if plan.average:
        with torch.no_grad():
            for (parameter, _), average in zip(optimiser.pairs, averages, strict=True):
                parameter.copy_(average)
    if part_way is not None:
        part_way.unlink(missing_ok=True)
    return network.cpu()
