"""How well ingest finds metadata, and segment speakers and boundaries: ``python quality/metadata.py [CORPUS.jsonl.xz] [GOLD_FOLDER]``.

From the corpus (statements whose metadata is known) one field at a time is taken away and found again; from the marked
statements the speaker of each assertion, the statement's speakers and the sentence boundaries are compared.
"""

from __future__ import annotations

import json
import lzma
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from communique.language.offices import same, words
from communique.language.speakers import bare
from communique.language.stamps import MONTHS
from communique.records import Given
from communique.stages.ingest import ingest
from communique.stages.segment import segment
from communique.vocabulary.kinds import settled
from communique.vocabulary.publishers import is_media, sides

OWN = ("speech", "statement", "remarks")
Doc = dict[str, object]


class Rate:
    """Right out of all, and the misses."""

    def __init__(self) -> None:
        self.right = self.all = 0
        self.misses: list[str] = []

    def add(self, right: bool, miss: str = "") -> None:
        self.right, self.all = self.right + right, self.all + 1
        if not right:
            self.misses.append(miss)

    def __str__(self) -> str:
        return f"{100 * self.right / self.all:5.1f} %  of {self.all}" if self.all else "  none"


def corpus(path: Path, step: int) -> Iterator[dict[str, str]]:
    """Every ``step``-th statement."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % step == 0:
                yield json.loads(line)


def states_its_date(text: str, iso: str) -> bool:
    """Whether the date stands written out near the top or the foot of a text."""
    day = date.fromisoformat(iso)
    month = MONTHS[day.month - 1]
    lines = [line for line in (text[:3000] + "\n" + text[-500:]).casefold().splitlines() if len(line) < 200 and line.strip()[-1:] != "."]
    near = "\n".join(lines)  # in a line of its own or a headline: in running text a date is of an event
    written = (
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{month} {day.day} {day.year}",
        f"{day.day:02d} {month} {day.year}",
    )
    forms = (iso, *written)
    return any(form in near for form in forms)


def metadata(docs: Iterator[dict[str, str]]) -> dict[str, Rate]:
    """Each field taken away and found again."""
    rates: dict[str, Rate] = defaultdict(Rate)
    for doc in docs:
        text, given = doc["text"], {name: doc[name] for name in ("title", "publisher", "kind")}
        bare, _ = ingest(Given(text, "statement.txt"))
        titled, _ = ingest(Given(text, "statement.txt", title=given["title"], publisher=given["publisher"]))
        if not doc.get("date_precision"):
            if states_its_date(text, doc["date"]):
                rates["date, where the text states it"].add(bare.date == doc["date"], f"{doc['id']} {doc['date']} {bare.date}")
            if bare.date:
                rates["date, when one is given"].add(
                    bare.date == doc["date"], f"{doc['id']} {doc['date']} {bare.date} {dict(bare.found)['date']}"
                )
        kind = settled(given["kind"])
        rates["kind, from title, publisher and text"].add(
            titled.kind == kind, f"{doc['id']} {kind} -> {titled.kind} | {given['title'][:90]}"
        )
        rates["kind, from the text alone"].add(bare.kind == kind, f"{doc['id']} {kind} -> {bare.kind} ({dict(bare.found)['kind']})")
        if bare.publisher and not is_media(given["publisher"]):
            rates["side, where a publisher is found"].add(
                bool({*sides(given["publisher"])} & {*bare.issuers}), f"{doc['id']} {given['publisher']} -> {bare.publisher} {bare.issuers}"
            )
        rates["publisher found in the text"].add(bool(bare.publisher), doc["id"])
    return rates


def marked(folder: Path) -> dict[str, Rate]:
    """Speakers and boundaries against the marked statements of a folder."""
    rates: dict[str, Rate] = defaultdict(Rate)
    for path in sorted(folder.glob("*.json")):
        doc = json.loads(path.read_text("utf-8"))
        statement, _ = ingest(Given(doc["text"], doc["id"], doc["id"], doc["title"], doc["date"], doc["publisher"], doc["kind"]))
        passages = segment(statement)
        _speakers(doc, statement.speakers, rates)
        _assertions(doc, passages, rates)
        ours = {(one.start, one.end) for one in passages}
        for sentence in doc["sentences"]:
            place = sentence["start"], sentence["end"]
            rates["sentence boundaries"].add(place in ours, doc["text"][slice(*place)][:80])
    return rates


def _speakers(doc: dict, found: tuple, rates: dict[str, Rate]) -> None:
    for one in doc["speakers"]:
        match = next((other for other in found if same(bare(one["name"]) or one["name"], other.name)), None)
        rates["statement speakers found"].add(match is not None, f"{doc['id']} {one['name']} not in {[other.name for other in found]}")
        if match:
            rates["their side"].add(match.side == one["for"], f"{doc['id']} {one['name']} {one['for']} -> {match.side}")


def _assertions(doc: dict, passages: tuple, rates: dict[str, Rate]) -> None:
    for item in doc["assertions"]:
        one = next((one for one in passages if one.start <= item["start"] < one.end), None)
        where = f"{doc['id'][:40]} [{item['speaker']}] -> "
        if one is None:
            rates["assertions in a passage"].add(False, where)
            continue
        quote = item["quote"][:90]
        rates["assertions in body"].add(one.role == "body", f"{where}{one.role}: {quote}")
        sole = doc["speakers"][0]["name"] if len(doc["speakers"]) == 1 else None
        named, told = item["speaker"], one.speaker
        if doc["kind"] in OWN and sole:  # marked either way in a speaker's own text; the codebook leaves it empty
            named, told = ("" if one_and_same(sole, name) else name for name in (named, told))
        right = agrees(named, told)
        rates["speaker of assertions"].add(right, f"{doc['kind']} {where}[{one.speaker}]: {doc['text'][one.start : one.end][:150]}")
        rates["  " + doc["kind"]].add(right)


def one_and_same(sole: str, name: str) -> bool:
    """Whether a name is the only speaker's."""
    return bool(name) and same(sole, bare(name) or name)


def agrees(marked: str, found: str) -> bool:
    """The same person or body, or nobody in both; an office alone ("the spokesperson") by its last word."""
    if not marked or not found:
        return not marked and not found
    marked = bare(marked) or marked
    return same(marked, found) or (bool(words(marked)) and words(marked)[-1:] == words(found)[-1:])


def main() -> None:
    """Print the table; with ``-v`` the misses too."""
    paths = [Path(arg) for arg in sys.argv[1:] if not arg.startswith("-")]
    show = next((int(arg[2:] or 20) for arg in sys.argv[1:] if arg.startswith("-v")), 0)
    for path in paths:
        rates = marked(path) if path.is_dir() else metadata(corpus(path, 4))
        print(path.name)
        for name, rate in rates.items():
            print(f"  {name:40} {rate}")
            for miss in rate.misses[:: max(1, len(rate.misses) // show)] if show and "  " not in name else ():
                print("      ", miss)


if __name__ == "__main__":
    main()
