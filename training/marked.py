"""Statements marked by hand in readable text, as the dicts the trainer and the scorer take.

A file holds one statement: header lines, a line of three hyphens, then the text with one sentence a line.
A blank line ends a paragraph; a line that begins with "- " starts a new line of the plain text; the other
lines of a paragraph are joined by a space. Marks are braces around the very words, the label before a bar:

    id: wr-0001
    publisher: JP-MOFA
    date: 2022-03-19
    kind: readout
    title: Japan-India summit meeting
    speakers: Kishida Fumio | Prime Minister | JPN; Narendra Modi | Prime Minister | IND
    ---
    @ Kishida Fumio
    {C COOPERATE JPN>IND economy-trade firm + when=2022/2027 | Japan will invest {F 5e12 JPY giver=JPN receiver=IND | five trillion yen}}.

    {O|C|P|A EVENT ACTORS>TARGETS topic [strength] [+] [when=] [speaker=] [people=] | words}
        outcome, commitment, position, appeal; "+" says the deed is specific; a strength stands on commitments only
    {F value[..high] [rel] unit [of=] [giver=] [receiver=] [when=] | words}
    {G stage [parties=] [name=] [short=] | words}            {R parties [label=] | words}

Lists are parted by commas, persons by semicolons; a value with spaces stands in double quotes. A line "@ Name"
gives the speaker of the assertions after it, "@" alone ends that. Offsets are Python str indices.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from communique.records import Event, Stage, Strength, Topic

ACTS = {"O": "outcome", "C": "commitment", "P": "position", "A": "appeal"}
EVENTS = {str(event) for event in Event}
EVENTS_OF = {"position": {"SUPPORT", "REJECT", "ACCUSE", "NONE"}, "appeal": {"REQUEST"}}
TOPICS = {str(topic) for topic in Topic}
STRENGTHS = {str(strength) for strength in Strength}
STAGES = {str(stage) for stage in Stage}
RELS = {"=", ">", ">=", "<", "<=", "~"}
HEADERS = ("id", "publisher", "date", "kind", "title", "speakers")
CODE = re.compile(r"[A-Z][A-Z0-9-]{1,11}|grp:[a-z0-9]+(-[a-z0-9]+)*|org:\S.*")
WHEN = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?(/\d{4}(-\d{2}(-\d{2})?)?)?")
TOKEN = re.compile(r'(?:[^\s"]|"[^"]*")+')
ARTICLE = re.compile(r"(?:the|a|an|our|its|their) ", re.IGNORECASE)
SHORT = re.compile(r" \(([^()]+)\)")
MOST_IN_A_SENTENCE = 6


class MarkError(ValueError):
    """A mark that cannot be read: says the file, the line and what is wrong."""

    def __init__(self, where: str, line: int, what: str) -> None:
        super().__init__(f"{where}, line {line}: {what}")


@dataclass
class Sentence:
    """The plain words of one line and the marks found in it, offsets counted from its own start."""

    text: str = ""
    marks: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


def load(folder: str | Path) -> Iterator[dict[str, Any]]:
    """Every statement of the folder, in the order of the file names; the first bad mark raises `MarkError`."""
    for path in sorted(Path(folder).glob("*.txt")):
        yield parse(path.read_text("utf-8"), path.name)


def parse(source: str, where: str = "text") -> dict[str, Any]:
    """One statement in the shape of the gold: id, publisher, date, kind, title, speakers, text, annotated, sentences and the four kinds."""
    lines = source.splitlines()
    if "---" not in lines:
        raise MarkError(where, 1, "no line of three hyphens parts the header from the text")
    cut = lines.index("---")
    statement = _header(lines[:cut], where)
    body = _body(lines[cut + 1 :], cut + 2, where)
    return {**statement, **body, "settled": True, "source": "written for Communique", "license": "Apache-2.0"}


def _header(lines: list[str], where: str) -> dict[str, Any]:
    given = {}
    for number, line in enumerate(lines, 1):
        name, colon, value = line.partition(":")
        if not colon or name not in HEADERS:
            raise MarkError(where, number, f"not a header line: {line!r}; headers are {', '.join(HEADERS)}")
        given[name] = value.strip()
    missing = [name for name in HEADERS[:-1] if not given.get(name)]
    if missing:
        raise MarkError(where, 1, f"header without {', '.join(missing)}")
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", given["date"]):
        raise MarkError(where, 1, f"date {given['date']!r} is not YYYY-MM-DD")
    speakers = [_speaker(part, where) for part in given.get("speakers", "").split(";") if part.strip()]
    return {**{name: given[name] for name in HEADERS[:-1]}, "speakers": speakers}


def _speaker(part: str, where: str) -> dict[str, str]:
    fields = [piece.strip() for piece in part.split("|")]
    if len(fields) != 3:
        raise MarkError(where, 1, f"a speaker is 'Name | role | CODE', not {part.strip()!r}")
    return {"name": fields[0], "role": fields[1], "for": fields[2]}


def _body(lines: list[str], first: int, where: str) -> dict[str, Any]:
    out: dict[str, Any] = {"text": "", "annotated": [], "sentences": [], "assertions": [], "figures": [], "agreements": [], "relations": []}
    gap, speaker = "", ""
    for number, line in enumerate(lines, first):
        line = line.strip()
        if line.startswith("@"):
            speaker = line[1:].strip()
        elif not line:
            gap = "\n\n" if out["text"] else ""
        else:
            gap = "\n" if gap == " " and line.startswith("- ") else gap
            sentence = _sentence(line, speaker, where, number)
            _append(out, gap, sentence)
            gap = " "
    out["annotated"] = [0, len(out["text"])]
    return out


def _append(out: dict[str, Any], gap: str, sentence: Sentence) -> None:
    start = len(out["text"]) + len(gap)
    out["text"] += gap + sentence.text
    out["sentences"].append({"start": start, "end": len(out["text"])})
    for kind, mark in sorted(sentence.marks, key=lambda pair: (pair[1]["start"], -pair[1]["end"])):
        out[kind].append({**mark, "start": mark["start"] + start, "end": mark["end"] + start})


def _sentence(line: str, speaker: str, where: str, number: int) -> Sentence:
    sentence = Sentence()
    _read(line, 0, sentence, (), speaker, lambda what: MarkError(where, number, what))
    if len([kind for kind, _ in sentence.marks if kind == "assertions"]) > MOST_IN_A_SENTENCE:
        raise MarkError(where, number, f"more than {MOST_IN_A_SENTENCE} assertions in one sentence")
    return sentence


def _read(line: str, at: int, into: Sentence, inside: tuple[str, ...], speaker: str, wrong: Any) -> int:
    """Copies the words from `at` to the brace that closes this level; returns the place after it."""
    while at < len(line):
        if line[at] == "}":
            if not inside:
                raise wrong("a brace closes that was never opened")
            return at + 1
        if line[at] != "{":
            into.text += line[at]
            at += 1
            continue
        at = _mark(line, at + 1, into, inside, speaker, wrong)
    if inside:
        raise wrong("a brace is opened and never closed in this sentence")
    return at


def _mark(line: str, at: int, into: Sentence, inside: tuple[str, ...], speaker: str, wrong: Any) -> int:
    bar = line.find("|", at)
    if bar < 0:
        raise wrong("a mark without a bar")
    label = TOKEN.findall(line[at:bar])
    if not label or label[0] not in ("O", "C", "P", "A", "F", "G", "R"):
        raise wrong(f"a mark begins with O, C, P, A, F, G or R, not {line[at:bar].strip()!r}")
    letter = label[0]
    if letter in ACTS and any(outer in ACTS for outer in inside):
        raise wrong("assertions overlap: one opens inside another")
    while bar + 1 < len(line) and line[bar + 1] == " ":
        bar += 1
    start = len(into.text)
    at = _read(line, bar + 1, into, (*inside, letter), speaker, wrong)
    quote = into.text[start:]
    if not quote or quote != quote.strip():
        raise wrong(f"a quote begins and ends with a word, not {quote!r}")
    place = {"start": start, "end": len(into.text), "quote": quote}
    words, named = _options(label[1:], wrong)
    if letter in ACTS:
        into.marks.append(("assertions", {**place, **_assertion(ACTS[letter], words, named, speaker, wrong)}))
    else:
        kind, make = {"F": ("figures", _figure), "G": ("agreements", _agreement), "R": ("relations", _relation)}[letter]
        into.marks.append((kind, {**place, **make(quote, words, named, wrong)}))
    if named:
        raise wrong(f"unknown option {', '.join(named)}")
    return at


def _options(tokens: list[str], wrong: Any) -> tuple[list[str], dict[str, str]]:
    words, named = [], {}
    for token in tokens:
        option = re.fullmatch(r"([a-z]+)=(.+)", token)
        if option:
            named[option[1]] = option[2].replace('"', "")
        else:
            words.append(token.replace('"', ""))
    if "when" in named and not WHEN.fullmatch(named["when"]):
        raise wrong(f"when={named['when']} is not a year, a month, a day or two of them")
    return words, named


def _codes(value: str, wrong: Any) -> list[str]:
    codes = [code.strip() for code in value.split(",") if code.strip()]
    for code in codes:
        if not CODE.fullmatch(code):
            raise wrong(f"{code!r} is not a code (CHN, ASEAN, grp:all-countries, org:Name)")
    return codes


def _one_of(value: str, allowed: set[str], what: str, wrong: Any) -> str:
    if value not in allowed:
        raise wrong(f"{what} {value!r} is unknown; one of {', '.join(sorted(allowed))}")
    return value


def _assertion(act: str, words: list[str], named: dict[str, str], speaker: str, wrong: Any) -> dict[str, Any]:
    specific = "+" in words
    words = [word for word in words if word != "+"]
    if len(words) != (4 if act == "commitment" else 3):
        raise wrong(f"a {act} takes EVENT ACTORS>TARGETS topic{' strength' if act == 'commitment' else ''}, not {' '.join(words)!r}")
    event = _one_of(_one_of(words[0], EVENTS, "event", wrong), EVENTS_OF.get(act, EVENTS), f"event of {act}", wrong)
    actors, arrow, targets = words[1].partition(">")
    if not arrow or not actors:
        raise wrong(f"parties are written ACTORS>TARGETS, not {words[1]!r}")
    return {
        "act": act,
        "event": event,
        "actors": _codes(actors, wrong),
        "targets": _codes(targets, wrong),
        "topic": _one_of(words[2], TOPICS, "topic", wrong),
        "when": named.pop("when", None),
        "specific": specific,
        "strength": _one_of(words[3], STRENGTHS, "strength", wrong) if act == "commitment" else None,
        "speaker": named.pop("speaker", speaker),
        "people": [name.strip() for name in named.pop("people", "").split(";") if name.strip()],
    }


def _figure(quote: str, words: list[str], named: dict[str, str], wrong: Any) -> dict[str, Any]:
    rel = next((word for word in words if word in RELS), "=")
    words = [word for word in words if word not in RELS]
    if len(words) != 2:
        raise wrong(f"a figure takes value [rel] unit, not {' '.join(words)!r}")
    low, _, high = words[0].partition("..")
    try:
        value, value_high = _number(low), _number(high) if high else None
    except ValueError:
        raise wrong(f"{words[0]!r} is not a number") from None
    of = named.pop("of", "")
    if len(of.split()) > 8:
        raise wrong(f"of={of!r} is longer than eight words")
    return {
        "value": value,
        "value_high": value_high,
        "rel": rel,
        "unit": words[1],
        "of": of,
        "giver": _codes(named.pop("giver", ""), wrong),
        "receiver": _codes(named.pop("receiver", ""), wrong),
        "when": named.pop("when", None),
    }


def _number(word: str) -> float | int:
    value = float(word)
    return int(value) if value.is_integer() else value


def _agreement(quote: str, words: list[str], named: dict[str, str], wrong: Any) -> dict[str, Any]:
    if len(words) != 1:
        raise wrong(f"an agreement takes one stage, not {' '.join(words)!r}")
    acronym = SHORT.search(quote)
    return {
        "name": named.pop("name", _bare(SHORT.sub("", quote))),
        "short": named.pop("short", acronym[1] if acronym else ""),
        "parties": _codes(named.pop("parties", ""), wrong),
        "stage": _one_of(words[0], STAGES, "stage", wrong),
    }


def _relation(quote: str, words: list[str], named: dict[str, str], wrong: Any) -> dict[str, Any]:
    if len(words) != 1:
        raise wrong(f"a relation takes the codes of its parties, not {' '.join(words)!r}")
    return {"parties": _codes(words[0], wrong), "label": named.pop("label", _bare(quote))}


def _bare(quote: str) -> str:
    article = ARTICLE.match(quote)
    return quote[article.end() :] if article else quote


def counts(statements: list[dict[str, Any]]) -> dict[str, int]:
    """How much is marked: statements, sentences, sentences that carry nothing, and items of each kind and act."""
    found: Counter[str] = Counter(statements=len(statements))
    for statement in statements:
        starts = [item["start"] for item in statement["assertions"]]
        found["sentences"] += len(statement["sentences"])
        found["without assertion"] += sum(not any(s["start"] <= at < s["end"] for at in starts) for s in statement["sentences"])
        for kind in ("assertions", "figures", "agreements", "relations"):
            found[kind] += len(statement[kind])
        found.update(item["act"] for item in statement["assertions"])
    return dict(found)


def main(arguments: list[str] | None = None) -> int:
    """Prints what a folder of marked statements holds, or the first fault in it."""
    asked = argparse.ArgumentParser(description=main.__doc__)
    asked.add_argument("folder", nargs="?", default=Path(__file__).parent / "written")
    asked.add_argument("--check", action="store_true", help="print counts, or the first bad mark")
    folder = asked.parse_args(arguments).folder
    try:
        statements = list(load(folder))
    except MarkError as fault:
        print(fault, file=sys.stderr)
        return 2
    twice = [name for name, times in Counter(statement["id"] for statement in statements).items() if times > 1]
    if twice:
        print(f"{folder}: the id {twice[0]} is given to more than one statement", file=sys.stderr)
        return 2
    for name, number in counts(statements).items():
        print(f"{number:6d}  {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
