"""Marked statements read back: plain text, offsets, and a fault for each kind of bad mark."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))
from training.marked import MarkError, counts, load, main, parse

ROOT = Path(__file__).parents[2]
LEARNT = ("training/written", "training/counterparts")
KEPT_OUT = ("training/held", "quality/cases")
KINDS = ("assertions", "figures", "agreements", "relations")
HEAD = "id: t-1\npublisher: JP-MOFA\ndate: 2022-03-19\nkind: readout\ntitle: Talks\nspeakers: Aiko Mori | envoy | JPN\n---\n"


def test_marks_become_places_in_the_plain_text():
    read = parse(
        HEAD
        + "Good morning.\n@ Aiko Mori\n"
        + '{C AID JPN>KEN,"org:Blue Crane" health firm + when=2023 | Japan will send '
        + '{F 40..45 ~ "fire engine" giver=JPN of="engines sent" | some 40 to 45 fire engines}} '
        + "under {G signed parties=JPN,KEN | the Rift Valley Accord (RVA)}.\n\n"
        + "- One {R JPN,KEN | a lasting bond}.\n- Two.\n"
    )
    assert read["text"] == (
        "Good morning. Japan will send some 40 to 45 fire engines under the Rift Valley Accord (RVA).\n\n- One a lasting bond.\n- Two."
    )
    promise, figure, accord, bond = (read[kind][0] for kind in KINDS)
    assert (promise["quote"], promise["targets"], promise["speaker"]) == (
        "Japan will send some 40 to 45 fire engines",
        ["KEN", "org:Blue Crane"],
        "Aiko Mori",
    )
    assert (figure["value"], figure["value_high"], figure["rel"], figure["unit"]) == (40, 45, "~", "fire engine")
    assert (accord["name"], accord["short"], accord["stage"]) == ("Rift Valley Accord", "RVA", "signed")
    assert (bond["label"], bond["parties"]) == ("lasting bond", ["JPN", "KEN"])
    assert len(read["sentences"]) == 4


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{C AID JPN>KEN health | Japan will help}.", "commitment takes"),
        ("{O AID JPN>KEN health firm | Japan helped}.", "outcome takes"),
        ("{P AID JPN>KEN health | Japan backs it}.", "event of position"),
        ("{O GIVE JPN>KEN health | Japan gave}.", "event 'GIVE'"),
        ("{O AID JPN>KEN medicine | Japan gave}.", "topic 'medicine'"),
        ("{O AID JPN>Kenya health | Japan gave}.", "'Kenya' is not a code"),
        ("{O AID JPN health | Japan gave}.", "ACTORS>TARGETS"),
        ("{O AID JPN> health when=soon | Japan gave}.", "when=soon"),
        ("{O AID JPN> health | Japan {O AID KEN> health | gave}}.", "overlap"),
        ("{O AID JPN> health | Japan gave.", "never closed"),
        ("Japan gave}.", "never opened"),
        ("{O AID JPN> health | Japan gave }.", "begins and ends with a word"),
        ("{F many mask | many masks}.", "not a number"),
        ("{G agreed | the accord}.", "stage 'agreed'"),
        ("{X | words}.", "begins with O"),
        ("{O AID JPN> health mood=glad | Japan gave}.", "unknown option mood"),
    ],
)
def test_a_bad_mark_names_the_line_and_the_fault(line, what):
    with pytest.raises(MarkError, match=r"bad\.txt, line 9: ") as fault:
        parse(HEAD + "All is well.\n" + line, "bad.txt")
    assert what in str(fault.value)


@pytest.mark.parametrize("folder", [*LEARNT, *KEPT_OUT])
def test_every_quote_of_the_written_statements_is_in_its_sentence(folder):
    for read in load(ROOT / folder):
        for kind in KINDS:
            for item in read[kind]:
                assert read["text"][item["start"] : item["end"]] == item["quote"]
                assert any(s["start"] <= item["start"] and item["end"] <= s["end"] for s in read["sentences"]), (read["id"], item)


def test_nothing_that_is_kept_out_is_learnt_from():
    learnt = [read for folder in LEARNT for read in load(ROOT / folder)]
    kept_out = [read for folder in KEPT_OUT for read in load(ROOT / folder)]
    assert not {read["id"] for read in learnt} & {read["id"] for read in kept_out}
    assert not {read["text"] for read in learnt} & {read["text"] for read in kept_out}


def test_check_counts_what_is_marked(capsys):
    assert counts([parse(HEAD + "Nothing here.\n{O AID JPN>KEN health | Japan gave}.")])["without assertion"] == 1
    assert main([str(ROOT / "training/written"), "--check"]) == 0
    assert "statements" in capsys.readouterr().out
