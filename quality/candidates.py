"""How often the actors and targets a careful reader marked are among the candidates that ``stages.resolve`` offers.

    python quality/candidates.py [GOLD] [--misses N]

For each gold assertion the candidates are the codes mentioned in its sentence and the one before, the voice, the issuers,
and all countries (whom "we must" and "let us" address); loose groups and unnamed bodies compare as one class each, as in
the scorer.  Printed by publisher, so that a publisher the vocabulary knows too well does not hide one it does not.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from communique.records import Mention, Passage, Speaker, Statement
from communique.stages.resolve import resolve

ROOT = Path(__file__).resolve().parents[1]


def coarse(code: str) -> str:
    """A code as the scorer compares it."""
    return "grp" if code.startswith("grp:") else "org" if code.startswith("org:") else code


def stage(document: dict) -> tuple[Statement, tuple[Passage, ...]]:
    """A gold document as the pipeline sees it."""
    from communique.records import Given
    from communique.stages.ingest import ingest
    from communique.stages.segment import segment

    given = Given(text=document["text"], source=document["id"], id=document["id"], title=document["title"], date=document["date"],
                  publisher=document["publisher"], kind=document["kind"])
    statement, _ = ingest(given)
    return statement, segment(statement)


def sketch(document: dict) -> tuple[Statement, tuple[Passage, ...]]:
    """A gold document with its own sentences and, as issuers, whoever it lets act most often: what resolution alone can do."""
    speakers = tuple(Speaker(s["name"], s["role"], s["for"]) for s in document["speakers"])
    own = Counter(tuple(item["actors"]) for item in document["assertions"]).most_common(1)
    together = Counter(tuple(sorted(item["actors"])) for item in document["assertions"] if len(item["actors"]) > 1).most_common(1)
    joint = document["kind"] in ("joint-statement", "communique")
    issuers = (together if joint and together and not own[0][0][0].startswith("G7") else own or [((),)])[0][0]
    statement = Statement(id=document["id"], text=document["text"], source=document["id"], title=document["title"], date=document["date"],
                          publisher=document["publisher"], kind=document["kind"], speakers=speakers, issuers=issuers)
    return statement, tuple(Passage(s["start"], s["end"], voice=issuers) for s in document["sentences"])


def offered(statement: Statement, passages: tuple[Passage, ...], mentions: tuple[Mention, ...], start: int) -> tuple[set[str], int]:
    """The candidate codes for an assertion that starts at ``start``, and the number of the passage it stands in."""
    number = max((i for i, passage in enumerate(passages) if passage.start <= start), default=0)
    here = passages[number]
    least = passages[max(0, number - 1)].start
    named = {code for mention in mentions if least <= mention.start < here.end for code in mention.codes}
    return {coarse(code) for code in named | set(here.voice) | set(statement.issuers) | {"grp:all-countries"}}, number


def guess(statement: Statement, passage: Passage, mentions: tuple[Mention, ...], item: dict) -> set[str]:
    """The plain heuristic: whoever is mentioned first where the assertion begins or just before it, else the voice."""
    at = [m for m in mentions if passage.start <= m.start < passage.end]
    inside = [m for m in at if item["start"] <= m.start < item["start"] + 40 and m.start - item["start"] < 8]
    before = [m for m in at if m.end <= item["start"]]
    chosen = inside[:1] or before[-1:]
    return {coarse(code) for m in chosen for code in m.codes} or {coarse(code) for code in passage.voice or statement.issuers}


def documents(gold: Path) -> Iterator[dict]:
    """The gold documents of a folder, in order."""
    for path in sorted(gold.glob("*.json")):
        yield json.loads(path.read_text("utf-8"))


def main() -> None:
    """Print candidate recall by publisher, and the misses when asked."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("gold", nargs="?", type=Path, default=ROOT.parent / "shared" / "gold" / "train")
    arguments.add_argument("--misses", type=int, default=0)
    arguments.add_argument("--sketch", action="store_true", help="gold sentences and issuers, instead of ingest and segment")
    asked = arguments.parse_args()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    missed: Counter[str] = Counter()
    shown: list[str] = []
    for document in documents(asked.gold):
        statement, passages = (sketch if asked.sketch else stage)(document)
        mentions = resolve(statement, passages)
        for item in document["assertions"]:
            codes, number = offered(statement, passages, mentions, item["start"])
            told = guess(statement, passages[number], mentions, item)
            actors = {coarse(code) for code in item["actors"]}
            for key in (document["publisher"], "ALL"):
                counts[key]["tp"] += len(told & actors)
                counts[key]["told"] += len(told)
                counts[key]["offered"] += len(codes)
                counts[key]["items"] += 1
            for role in ("actors", "targets"):
                for code in {coarse(code) for code in item[role]}:
                    for key in (document["publisher"], "ALL"):
                        counts[key][role] += 1
                        counts[key][role + " met"] += code in codes
                    if code not in codes:
                        missed[f"{role} {code}"] += 1
                        full = [c for c in item[role] if coarse(c) == code]
                        place = passages[number]
                        shown.append(f"{document['id']} {role} {full} not in {sorted(codes)}; issuers {statement.issuers}\n    "
                                     f"{statement.text[place.start:place.end]!r}")
    for key in sorted(counts, key=lambda key: (key == "ALL", key)):
        c = counts[key]
        recall = {role: 100 * c[role + " met"] / max(1, c[role]) for role in ("actors", "targets")}
        f1 = 100 * 2 * c["tp"] / max(1, c["told"] + c["actors"])
        print(f"{key:20} actors {recall['actors']:5.1f} of {c['actors']:5}   targets {recall['targets']:5.1f} of {c['targets']:5}"
              f"   heuristic actors F1 {f1:5.1f}   candidates {c['offered'] / max(1, c['items']):.1f}")
    print(missed.most_common(40))
    print("\n".join(shown[: asked.misses]))


if __name__ == "__main__":
    main()
