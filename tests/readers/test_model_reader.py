"""The shipped reader on statements written for the purpose: what it finds, and that it finds the same however it is run."""

import os
import subprocess
import sys
import time

import numpy as np
import pytest

from communique.pipeline import read
from communique.readers import load
from communique.readers.model import ModelReader
from communique.readers.model.reader import denied
from communique.records import Act, Assertion, Event, Given, Topic

READOUT = """Readout of the meeting between the Foreign Ministers of Japan and Kenya

NAIROBI, 12 March 2023

Foreign Minister Hayashi met Foreign Minister Mutua in Nairobi today. Japan will provide 30 million dollars for the port of Mombasa. \
The two ministers agreed to hold the next round of talks by the end of the year. \
Japan strongly condemns the attack on the hospital. Kenya urged all parties to exercise restraint. The weather in Nairobi was mild.
"""
BRIEFING = """Spokesperson's regular press conference

2 May 2024

Q: Will the government condemn the decision and send troops to the border next week?

A: We firmly oppose the new tariffs. We have sent 200 tonnes of rice to Malawi.
"""


@pytest.fixture(scope="module")
def reader() -> ModelReader:
    return ModelReader()


def acts(text, reader, **given):
    return [(item.quote, item.act, item.event) for item in read(Given(text, "test", **given), reader).assertions]


def test_a_readout_is_read_act_by_act(reader):
    found = acts(READOUT, reader, kind="readout")
    assert ("Japan will provide 30 million dollars for the port of Mombasa", Act.COMMITMENT, Event.AID) in found
    assert any(act is Act.OUTCOME and event is Event.CONSULT and "met Foreign Minister Mutua" in quote for quote, act, event in found)
    assert any(act is Act.APPEAL and "restraint" in quote for quote, act, _ in found)
    assert any(act is Act.POSITION and "condemns" in quote for quote, act, _ in found)
    assert not any("weather" in quote for quote, _, _ in found)


def test_parties_are_those_the_words_name(reader):
    made = {item.quote: item for item in read(Given(READOUT, "test", kind="readout"), reader).assertions}
    gift = made["Japan will provide 30 million dollars for the port of Mombasa"]
    assert gift.actors == ("JPN",)
    assert all(ground.start == ground.end or READOUT[ground.start : ground.end].strip() for ground in gift.grounds)


def test_a_question_carries_nothing(reader):
    found = acts(BRIEFING, reader, kind="press-conference", publisher="NOR-MFA")
    assert found
    assert not any("troops" in quote or "condemn" in quote for quote, _, _ in found)
    assert any(act is Act.POSITION and "oppose" in quote for quote, act, _ in found)


@pytest.mark.parametrize("text", ["", " \n\r\n", "?", "\ud83d", "🙂 " * 40, "word " * 3000, "A.\r\nB will help C.\u0301\r\n"])
def test_odd_texts_are_read_without_fault(text, reader):
    reading = read(Given(text, "odd"), reader)
    assert all(text[item.start : item.end] == item.quote for item in reading.items)


def test_the_same_text_reads_the_same_alone_and_after_others(reader):
    alone = read(Given(READOUT, "test"), ModelReader())
    for text in (BRIEFING, READOUT * 3, READOUT):
        last = read(Given(text, "test"), reader)
    assert last == alone


def test_the_number_of_threads_changes_nothing(tmp_path):
    (tmp_path / "a.txt").write_text(READOUT, "utf-8")
    told = set()
    for threads in ("1", "2", "7"):
        run = subprocess.run(
            [sys.executable, "-c", "from communique.cli import main; main()", "read", "--jsonl", str(tmp_path / "a.txt")],
            capture_output=True,
            env={**os.environ, **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS"), threads)},
            check=False,
        )  # fmt: skip
        told.add(run.stdout)
    assert len(told) == 1
    assert b'"commitment"' in told.pop()


def test_confidence_is_a_probability_and_not_always_the_same(reader):
    shares = [item.confidence for item in read(Given(READOUT + BRIEFING, "test"), reader).assertions]
    assert all(0 <= share <= 1 for share in shares)
    assert len(set(shares)) > 1


def test_vectors_are_near_where_meanings_are(reader):
    told = reader.vectors(["Japan will give aid to Kenya", "Tokyo pledges assistance to Nairobi", "The minister met the press", ""])
    assert told.shape == (4, 384)
    assert told.dtype == np.float32
    assert np.allclose(np.linalg.norm(told[:3], axis=1), 1, atol=1e-5)
    assert not told[3].any()
    assert told[0] @ told[1] > told[0] @ told[2] + 0.1


def test_topics_tell_health_from_trade(reader):
    text = """Statement by the Foreign Minister

Norway has donated two million doses of vaccine to Ghana. Norway will cut tariffs on imports of cocoa from Ghana.
"""
    first, second = read(Given(text, "test", publisher="NOR-MFA"), reader).assertions[:2]
    assert (first.topic, second.topic) == (Topic.HEALTH, Topic.ECONOMY)


def test_the_reader_is_the_default_and_loads_without_torch():
    code = (
        "import sys; from communique.readers import load; load('model'); sys.exit('torch' in sys.modules or 'transformers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    assert load("model").name == "model"


def test_time_grows_with_the_text_and_no_faster(reader):
    """Eight times the text takes less than twelve times as long (a pairwise step would take sixty-four)."""

    def seconds(times):
        began = time.process_time()
        read(Given(READOUT * times, "test"), reader)
        return time.process_time() - began

    seconds(4)
    assert seconds(64) < 12 * seconds(8) + 0.5


@pytest.mark.parametrize(
    ("text", "quote", "event", "expected"),
    [
        ("We lend. Nor do we tie our loans to votes.", "we tie our loans to votes", Event.NONE, "Nor do we tie our loans to votes"),
        ("Nor do we join the levy.", "we join the levy", Event.COOPERATE, "we join the levy"),  # the door's to refuse
        ("We do not only lend money.", "only lend money", Event.NONE, "only lend money"),
        ("We lend money.", "lend money", Event.NONE, "lend money"),
    ],
)
def test_a_denial_is_part_of_the_words(text: str, quote: str, event: Event, expected: str) -> None:
    start = text.index(quote)
    item = Assertion(start, start + len(quote), quote, act=Act.POSITION, event=event, actors=("TUV",))
    made = denied(text, 0, item)
    assert made.quote == expected == text[made.start : made.end]
    assert denied(text, start, item) == item
