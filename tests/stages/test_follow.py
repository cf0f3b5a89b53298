"""What following makes of small records: cases as text, then time, order, people's marks and silence."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from communique.records import Act, Assertion, Event, Judgement, Kept, Label, Link, Thread, Verdict, digest
from communique.stages.follow import Follower, follow, promises
from communique.stages.follow.anchors import concerned, doer_same, supposed, taken_back
from communique.stages.follow.cues import cues
from communique.stages.follow.revised import revisions
from communique.stages.follow.rules import Evidence, ruled
from communique.stages.follow.verdict import concluded

CASES = Path(__file__).parent.parent / "cases" / "follow" / "verdicts.txt"
LINE = re.compile(
    r"(?P<date>\S+) (?P<publisher>\S+) \| (?P<act>\w+) (?P<event>\w+) (?P<actors>\S+)"
    r"(?: > (?P<targets>\S+))?(?: @(?P<when>\S+))? \| (?P<quote>.+)"
)


@dataclass
class Case:
    name: str
    kept: list[Kept]
    labels: dict[str, str]
    verdict: str
    rule: str


def kept(line: str, doc: str, start: int = 0) -> Kept:
    """An assertion as a case writes it."""
    found = LINE.fullmatch(line)
    assert found, line
    codes = {name: tuple((found[name] or "").split(",")) if found[name] else () for name in ("actors", "targets")}
    quote = found["quote"]
    act, event = Act(found["act"]), Event(found["event"])
    item = Assertion(start, start + len(quote), quote, act, event, **codes, when=found["when"], specific=True)
    return Kept(digest(doc, start), item, doc, found["date"], found["publisher"], "", "test")


def cases() -> Iterator[Case]:
    """The cases of the file."""
    for block in CASES.read_text("utf-8").split("\ncase: ")[1:]:
        name, *lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        case = Case(name, [], {}, "", "")
        for line in lines:
            if line.startswith("=> "):
                case.verdict, case.rule = line[3:].split()
            elif line.startswith("-> "):
                case.labels[case.kept[-1].id] = line[3:]
            else:
                case.kept.append(kept(line, f"{name} {len(case.kept)}"))
        yield case


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: case.name)
def test_a_promise_and_what_was_said_later(case: Case) -> None:
    thread = follow(case.kept[:1], case.kept, "2100")[0]
    linked = {link.item: link.label.value for link in thread.links}
    for id, label in case.labels.items():
        assert linked.get(id, "none") == label
    assert (thread.verdict.value, thread.rule) == (case.verdict, case.rule)


def pact() -> list[Kept]:
    """A promise and the report of its completion."""
    return next(case.kept for case in cases() if case.name.startswith("a trade pact"))


def one(kept: list[Kept], as_of: str, *said: Judgement) -> Thread:
    return follow(kept[:1], kept, as_of, judgements=said)[0]


def test_what_is_said_after_the_date_is_not_known() -> None:
    assert one(pact(), "2020-12-31").verdict is Verdict.NO_REPORT
    assert one(pact(), "2021").verdict is Verdict.FULFILLED


def test_a_promise_made_after_the_date_has_no_thread() -> None:
    assert follow(pact()[:1], pact(), "2019") == ()


def test_what_was_said_before_is_no_evidence() -> None:
    promise, report = pact()
    early = Kept(report.id, report.item, report.doc, "2019-05-01", report.publisher, "", "test")
    assert one([promise, early], "2100").verdict is Verdict.NO_REPORT


def test_silence_counts_the_comparable_statements_read() -> None:
    silent = next(case.kept for case in cases() if case.name.startswith("the second forum"))
    thread = one(silent, "2100")
    assert (thread.verdict, thread.verdict.score, thread.read) == (Verdict.NO_REPORT, None, 1)


def test_the_order_of_what_is_given_does_not_matter() -> None:
    everything = [each for case in cases() for each in case.kept]
    straight = list(Follower(everything, "2100").threads())
    random.Random(5).shuffle(everything)
    assert list(Follower(everything, "2100").threads()) == straight


def test_links_point_to_words_of_later_items() -> None:
    everything = [each for case in cases() for each in case.kept]
    known = {each.id: each for each in everything}
    for thread in Follower(everything, "2100").threads():
        for link in thread.links:
            assert known[link.item].item.quote == link.quote
            assert (known[link.item].date or "") >= (known[thread.id].date or "")
            assert link.rule
            assert link.grade


def mark(about: str, decision: str, at: str) -> Judgement:
    return Judgement(about, decision, "Ana", at)


def test_a_rejected_link_takes_its_verdict_along() -> None:
    link = f"{pact()[0].id}>{pact()[1].id}"
    thread = one(pact(), "2022", mark(link, "reject", "2021-05-01T10:00:00Z"))
    assert thread.verdict is Verdict.NO_REPORT
    assert [each.label for each in thread.links] == [Label.UNRELATED]


def test_a_persons_verdict_stands_above_the_machines_until_undone() -> None:
    id = pact()[0].id
    said = mark(id, "in-progress", "2021-05-01T10:00:00Z")
    thread = one(pact(), "2022", said)
    assert (thread.verdict, thread.rule) == (Verdict.IN_PROGRESS, "marked by Ana")
    assert one(pact(), "2022", said, mark(id, "undo", "2021-06-01T10:00:00Z")).verdict is Verdict.FULFILLED


def test_a_mark_made_after_the_date_is_not_yet_there() -> None:
    said = mark(pact()[0].id, "retracted", "2023-05-01T10:00:00Z")
    assert one(pact(), "2022", said).verdict is Verdict.FULFILLED


@pytest.mark.parametrize(
    ("line", "starts"),
    [
        ("2024-01-01 FRA-GOV | commitment AID FRA | France will send two ships", True),
        ("2024-01-01 FRA-GOV | outcome AID FRA | France announced 20 million euros for the port of Aden", True),
        ("2024-01-01 FRA-GOV | outcome COOPERATE FRA | France is establishing a liaison office in Suva", True),
        ("2024-01-01 FRA-GOV | outcome AID FRA | France sent two ships", False),
        ("2024-01-01 FRA-GOV | position NONE FRA | dialogue is the only way", False),
    ],
)
def test_what_starts_a_thread(line: str, starts: bool) -> None:
    assert promises(kept(line, "doc")) is starts


@pytest.mark.parametrize(
    ("first", "again", "changed"),
    [
        ("commitment AID JPN > LAO @2022 | will give 20 buses", "commitment AID JPN > LAO @2022 | will give 30 buses", ("number",)),
        ("commitment AID JPN > LAO @2022 | will give 20 buses", "commitment AID JPN > LAO @2023 | will give 20 buses", ("date",)),
        ("commitment AID JPN > LAO | will give 20 buses", "commitment AID JPN > LAO | will give up to 20 buses", ("scope",)),
        ("commitment AID JPN > LAO | will give 20 buses", "commitment AID JPN > KHM | will give 20 buses", ("beneficiary",)),
        ("commitment AID JPN > LAO | will give 20 buses", "commitment AID JPN | will give 20 buses", ()),
    ],
)
def test_a_promise_made_again_names_what_changed(first: str, again: str, changed: tuple[str, ...]) -> None:
    one, other = (kept(f"2021-01-01 JPN-MOFA | {line}", line).item for line in (first, again))
    assert isinstance(one, Assertion)
    assert isinstance(other, Assertion)
    assert revisions(one, other) == changed


def test_words_that_name_a_thing_and_tell_no_deed_settle_nothing() -> None:
    seen = Evidence(
        probabilities={"fulfils": 0.1, "advances": 0.8, "repeats": 0.1},
        promised=cues("Ghana will open a cocoa research centre in Lima"),
        said=cues("On the cocoa research centre in Lima, the minister"),
        act=Act.POSITION,
        numbers=False,
        met=False,
        early=False,
    )
    for told, expected in ((False, Verdict.NO_REPORT), (True, Verdict.IN_PROGRESS)):
        label, rule = ruled(replace(seen, told=told))
        link = Link("later", 0, 10, "words", label, 0.95, "", "own-general", rule)
        assert label is Label.ADVANCES
        assert concluded([link])[0] is expected


def evidence(promise: str, report: str, act: Act, **rest: bool) -> Evidence:
    """A pair that the models take for a step."""
    chances = {"fulfils": 0.2, "advances": 0.5, "repeats": 0.3}
    return Evidence(chances, cues(promise), cues(report), act, numbers=False, met=False, early=False, **rest)


def test_a_deed_told_in_the_promises_own_words_is_done() -> None:
    told = evidence("will launch a Harbour Task Force", "the partners launched the Harbour Task Force", Act.OUTCOME, own_words=True)
    assert ruled(told) == (Label.FULFILS, "done")
    assert ruled(replace(told, doer_held=False)) == (Label.ADVANCES, "step")
    assert ruled(replace(told, numbers=True)) == (Label.ADVANCES, "step")
    assert ruled(replace(told, begun=True)) == (Label.ADVANCES, "step")
    assert ruled(replace(told, own_words=False)) == (Label.ADVANCES, "step")
    assert ruled(replace(told, doer_same=False)) == (Label.ADVANCES, "step")
    assert ruled(replace(told, supposed=True)) == (Label.ADVANCES, "step")
    assert ruled(replace(told, general=True)) == (Label.ADVANCES, "step")
    assert ruled(replace(told, concerned=False)) == (Label.UNRELATED, "another-party")


def test_what_is_going_on_is_not_done() -> None:
    seen = evidence("will take 12 fellows", "We are taking 12 fellows", Act.OUTCOME)
    assert ruled(replace(seen, probabilities={"fulfils": 0.9, "repeats": 0.1})) == (Label.ADVANCES, "step")


def test_the_same_words_again_report_nothing() -> None:
    seen = evidence("Peru announces a fund of $5 million", "Peru announces a fund of $5 million", Act.OUTCOME, verbatim=True)
    assert ruled(replace(seen, probabilities={"fulfils": 0.9, "repeats": 0.1})) == (Label.REPEATS, "pledged-again")


def test_asking_others_to_give_something_up_retracts_nothing() -> None:
    seen = evidence("will strengthen the patrols", "urge the smugglers to abandon their routes", Act.APPEAL, taken_back=True)
    assert ruled(seen)[0] is not Label.RETRACTS
    assert ruled(replace(seen, act=Act.OUTCOME))[0] is Label.RETRACTS


PROMISE = "2021-01-01 FJI-GOV | commitment AID FJI > TON | We will repair the harbour of Tonga"


@pytest.mark.parametrize(
    ("later", "about", "same"),
    [
        ("2022-01-01 FJI-GOV | outcome AID FJI > TON | We repaired the harbour", True, True),
        ("2022-01-01 TON-GOV | outcome AID TON > FJI | We thank Fiji, which repaired the harbour", True, True),
        ("2022-01-01 TON-GOV | position SUPPORT WSM > FJI | Samoa welcomed the works of Fiji", True, False),
        ("2022-01-01 WSM-GOV | outcome AID WSM > TON | Samoa repaired the harbour", False, False),
        ("2022-01-01 FJI-GOV | outcome AID WSM > TON | Samoa repaired the harbour", True, False),
        ("2022-01-01 NGO | outcome AID grp:donors > TON | The harbour was repaired", False, False),
    ],
)
def test_others_deeds_answer_no_promise(later: str, about: bool, same: bool) -> None:
    promise, report = kept(PROMISE, "first"), kept(later, "later")
    assert concerned(promise, report) is about
    assert doer_same(promise, report) is same


def test_a_member_acts_for_its_group_but_does_not_take_its_word_back() -> None:
    promise = kept("2021-01-01 QUAD | commitment COOPERATE QUAD | We will launch a fellowship", "first")
    launched = kept("2022-01-01 IND-GOV | outcome COOPERATE IND | India launched the fellowship", "launched")
    left = kept("2022-01-01 IND-GOV | outcome RETREAT IND | India withdrew from the fellowship", "left")
    ended = kept("2022-01-01 QUAD | outcome RETREAT QUAD | The partners suspended the fellowship", "ended")
    assert concerned(promise, launched)
    assert doer_same(promise, launched)
    assert not taken_back(promise.item, left.item)
    assert taken_back(promise.item, ended.item)


@pytest.mark.parametrize(
    ("words", "only"),
    [
        ("If the accord is not ratified, talks go on", True),
        ("Peru has yet to join the forum", True),
        ("The council would have opened in May", True),
        ("To join the forum Peru reformed its ports", True),
        ("Peru joined the forum", False),
        ("To date Peru has sent 30 doctors", False),
        ("Toronto has joined the forum", False),
    ],
)
def test_a_deed_only_supposed(words: str, only: bool) -> None:
    assert supposed(words) is only
