"""The network written out as ONNX graphs, node by node: nothing in them that is not in the network, and no exporter to depend on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from communique.readers.model.candidates import FEATURES
from training.encoder import Block, Encoder
from training.network import Heads, Network

OPSET, IR = 20, 10
Loud = Mapping[str, Sequence[int]]  # channels of a layer whose inputs dwarf the others, by product ("up", "down")


class Graph:
    """A graph being written; each method adds nodes and returns the name of their output."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self.fine: list[str] = []  # outputs of products that stay in float
        self.count = 0

    def constant(self, value: np.ndarray) -> str:
        self.count += 1
        name = f"c{self.count}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def weight(self, value: Tensor) -> str:
        return self.constant(value.detach().float().numpy())

    def node(self, kind: str, *inputs: str, name: str = "", **attributes: object) -> str:
        self.count += 1
        out = name or f"n{self.count}"
        self.nodes.append(helper.make_node(kind, list(inputs), [out], name=f"{kind}_{self.count}", **attributes))
        return out

    def linear(self, layer: nn.Linear, x: str, name: str = "", loud: Sequence[int] = ()) -> str:
        """``layer`` over ``x``; inputs of the ``loud`` channels go through a small product of their own (its output is in ``fine``)."""
        weight = layer.weight.detach().float().numpy().T.copy()
        if not loud:
            return self.node("Add", self.node("MatMul", x, self.constant(weight)), self.weight(layer.bias), name=name)
        kept, quiet = weight[list(loud)].copy(), np.ones(len(weight), np.float32)
        weight[list(loud)], quiet[list(loud)] = 0, 0
        rest = self.node("MatMul", self.node("Mul", x, self.constant(quiet)), self.constant(weight))
        own = self.node("MatMul", self.node("Gather", x, self.ints(*loud), axis=1), self.constant(kept))
        self.fine.append(own)
        return self.node("Add", self.node("Add", rest, self.weight(layer.bias)), own, name=name)

    def norm(self, layer: nn.LayerNorm, x: str) -> str:
        return self.node("LayerNormalization", x, self.weight(layer.weight), self.weight(layer.bias), epsilon=float(layer.eps), axis=-1)

    def gelu(self, x: str) -> str:
        return self.node("Gelu", x)

    def ints(self, *values: int) -> str:
        return self.constant(np.array(values, np.int64))

    def model(self, inputs: list[onnx.ValueInfoProto], outputs: list[onnx.ValueInfoProto]) -> onnx.ModelProto:
        graph = helper.make_graph(self.nodes, "communique", inputs, outputs, self.constants)
        made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="communique")
        made.ir_version = IR
        onnx.checker.check_model(made)
        return made


def block(graph: Graph, layer: Block, x: str, loud: Loud) -> str:
    """One layer of the encoder over the tokens of one window."""
    width = layer.out.weight.shape[0]
    heads, size = layer.heads, width // layer.heads
    scaled = layer.qkv.weight.detach().clone(), layer.qkv.bias.detach().clone()
    scaled[0][:width] *= size**-0.5  # the scale of the scores, folded into the queries
    scaled[1][:width] *= size**-0.5
    qkv = graph.node("Add", graph.node("MatMul", x, graph.weight(scaled[0].T)), graph.weight(scaled[1]))
    folded = graph.node("Transpose", graph.node("Reshape", qkv, graph.ints(-1, 3, heads, size)), perm=[1, 2, 0, 3])
    q, k, v = (
        graph.node("Squeeze", graph.node("Slice", folded, graph.ints(i), graph.ints(i + 1), graph.ints(0)), graph.ints(0)) for i in range(3)
    )
    scores = graph.node("MatMul", q, graph.node("Transpose", k, perm=[0, 2, 1]))
    seen = graph.node("MatMul", graph.node("Softmax", scores, axis=-1), v)
    joined = graph.node("Reshape", graph.node("Transpose", seen, perm=[1, 0, 2]), graph.ints(-1, width))
    x = graph.norm(layer.norm1, graph.node("Add", x, graph.linear(layer.out, joined)))
    up = graph.gelu(graph.linear(layer.up, x, loud=loud.get("up", ())))
    return graph.norm(layer.norm2, graph.node("Add", x, graph.linear(layer.down, up, loud=loud.get("down", ()))))


def states(graph: Graph, encoder: Encoder, ids: str, loud: Sequence[Loud]) -> str:
    words = graph.node("Gather", graph.weight(encoder.words.weight), ids)
    length = graph.node("Shape", ids)
    places = graph.node("Slice", graph.weight(encoder.positions.weight), graph.ints(0), length, graph.ints(0))
    x = graph.norm(encoder.norm, graph.node("Add", words, places))
    for at, layer in enumerate(encoder.blocks):
        assert isinstance(layer, Block)
        x = block(graph, layer, x, loud[at] if loud else {})
    return x


def tagger(network: Network, loud: Sequence[Loud] = ()) -> tuple[onnx.ModelProto, list[str]]:
    """Token ids of one window (tokens,) -> ``states`` (tokens, width), ``scores`` (tokens, tags).

    ``loud`` names the loud channels of each layer.  Beside the graph: the names of the products that should stay in float.
    """
    graph = Graph()
    x = states(graph, network.encoder, "ids", loud)
    graph.node("Identity", x, name="states")
    graph.linear(network.tags, x, name="scores")
    width, tags = network.tags.weight.shape[1], network.tags.weight.shape[0]
    made = graph.model(
        [helper.make_tensor_value_info("ids", TensorProto.INT64, ["tokens"])],
        [
            helper.make_tensor_value_info("states", TensorProto.FLOAT, ["tokens", width]),
            helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["tokens", tags]),
        ],
    )
    products = [node for node in graph.nodes if node.op_type == "MatMul"]
    return made, [node.name for node in products if node.output[0] in graph.fine or node is products[-1]]


def heads(network: Network) -> onnx.ModelProto:
    """``Heads.forward``, input for input."""
    graph, h = Graph(), network.heads
    seen = [graph.node("Gather", "states", at) for at in ("first", "last")]
    seen += [graph.node("MatMul", weights, "states") for weights in ("inside", "around", "whole")]
    inner = graph.gelu(graph.linear(h.span, graph.node("Concat", *seen, axis=-1)))
    graph.linear(h.labels, inner, name="labels")
    asked = graph.node("Gather", graph.linear(h.ask, inner), "span")
    named = graph.node("Gather", graph.linear(h.answer, graph.node("MatMul", "names", "states")), "name")
    given = graph.node("Add", named, graph.node("Gather", graph.weight(h.rules.weight), "rule"))
    pair = graph.node(
        "Concat", graph.node("Add", asked, given), graph.node("Mul", asked, given), graph.linear(h.features, "features"), axis=-1
    )
    graph.linear(h.part, graph.gelu(graph.linear(h.pair, graph.gelu(pair))), name="parts")
    return graph.model(
        _head_inputs(h),
        [
            helper.make_tensor_value_info("labels", TensorProto.FLOAT, ["spans", h.labels.weight.shape[0]]),
            helper.make_tensor_value_info("parts", TensorProto.FLOAT, ["pairs", h.part.weight.shape[0]]),
        ],
    )


def _head_inputs(h: Heads) -> list[onnx.ValueInfoProto]:
    width = h.answer.weight.shape[1]
    made = [helper.make_tensor_value_info("states", TensorProto.FLOAT, ["tokens", width])]
    made += [helper.make_tensor_value_info(name, TensorProto.INT64, ["spans"]) for name in ("first", "last")]
    made += [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["spans", "tokens"]) for name in ("inside", "around", "whole")]
    made += [helper.make_tensor_value_info("names", TensorProto.FLOAT, ["candidates", "tokens"])]
    made += [helper.make_tensor_value_info(name, TensorProto.INT64, ["pairs"]) for name in ("span", "name", "rule")]
    return [*made, helper.make_tensor_value_info("features", TensorProto.FLOAT, ["pairs", FEATURES])]
