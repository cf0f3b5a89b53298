"""When two mentions are one instrument.

A proper name ("Artemis Accords", RCEP) is one wherever it stands; an acronym leads to it where some mention gives both.
A name made of a kind and its parties ("EU-Kenya economic partnership agreement", "the EPA with the European Union") is one
for the same kind and parties, in whatever order the words come.  A bare kind ("an agreement", "the MoU") is one within
its statement only: two memoranda with one partner are two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from communique.language import names
from communique.records import Agreement, Kept

_ACRONYMS = {
    "mou": "memorandum of understanding",
    "moc": "memorandum of cooperation",
    "fta": "free trade agreement",
    "epa": "economic partnership agreement",
    "cepa": "comprehensive economic partnership agreement",
    "bit": "bilateral investment treaty",
    "pta": "preferential trade agreement",
    "loi": "letter of intent",
    "sofa": "status of forces agreement",
}
_KIND = frozenset(
    """agreement accord treaty pact memorandum memoranda understanding protocol convention partnership arrangement framework
    declaration letter intent statement deal economic trade free investment comprehensive strategic bilateral trilateral multilateral
    defence defense security military visa air services transport taxation tax double avoidance cooperation co operation preferential
    status forces fisheries fishing association stabilisation stabilization extradition customs mutual legal assistance science
    technology technical cultural energy peace ceasefire border boundary transit exchange loan grant financing interim final revised
    new joint general basic mobility migration""".split()
)
_GLUE = frozenset("the a an s its their our new of for on in with between and to".split())
_BARE = frozenset(
    "agreement accord treaty pact memorandum understanding protocol arrangement deal letter intent statement joint cooperation".split()
)
_LINK = "with|between|of|and|for|on"


def instruments(kept: Iterable[Kept], actor: str) -> dict[str, list[Kept]]:
    """Mentions by instrument, each list in the order of dates; the keys are stable and mean nothing to a reader."""
    mentions = sorted(kept, key=lambda one: (one.date or "9999", one.doc, one.item.start))
    shorts = _shorts(mentions)
    named: dict[tuple[str, frozenset[str], str], list[Kept]] = defaultdict(list)
    for each in mentions:
        if isinstance(each.item, Agreement):
            named[_key(each, each.item, shorts, actor)].append(each)
    return {f"{stem}|{'+'.join(sorted(parties))}|{doc}": rows for (stem, parties, doc), rows in _joined(named).items()}


def _key(kept: Kept, item: Agreement, shorts: dict[str, str], actor: str) -> tuple[str, frozenset[str], str]:
    words, inside = stem(item.name or item.quote)
    short = shorts.get(words) or shorts.get(_plain(item.short))
    if short:
        return short, frozenset(), ""
    if not set(words.split()) <= _KIND | _GLUE:
        return words, frozenset(), ""
    parties = frozenset(code for code in (*item.parties, *inside) if code != actor and not code.startswith("grp:"))
    return words, parties, kept.doc if set(words.split()) <= _BARE | _GLUE else ""


def _shorts(mentions: Sequence[Kept]) -> dict[str, str]:
    """Stems and acronyms that some mention gives together, each leading to the acronym; acronyms of kinds lead nowhere."""
    known: dict[str, str] = {}
    for each in mentions:
        if isinstance(each.item, Agreement) and each.item.short and _plain(each.item.short) not in _ACRONYMS:
            short = _plain(each.item.short)
            known |= {stem(each.item.name)[0]: short, short: short}
    return {words: short for words, short in known.items() if words and not set(words.split()) <= _BARE}


def _joined(named: dict[tuple[str, frozenset[str], str], list[Kept]]) -> dict[tuple[str, frozenset[str], str], list[Kept]]:
    """A mention that names fewer parties joins the one instrument of its kind that it can be."""
    joined = {key: list(rows) for key, rows in named.items()}
    for key in sorted(named, key=lambda each: (len(each[1]), each[0], sorted(each[1]), each[2])):
        wider = [each for each in joined if each != key and each[0] == key[0] and each[2] == key[2] and key[1] < each[1]]
        if len(wider) == 1:
            rows = joined[wider[0]] + joined.pop(key)
            joined[wider[0]] = sorted(rows, key=lambda one: (one.date or "9999", one.doc, one.item.start))
    return joined


@lru_cache(maxsize=8192)
def stem(name: str) -> tuple[str, tuple[str, ...]]:
    """A name without its article and the parties in it, and the codes of those parties."""
    left = re.sub(r"\([^)]*\)", " ", name)
    acting = (mention for mention in names.find(left) if mention.rule != "group")
    found = [mention for mention in acting if _plain(left[mention.start : mention.end]) not in _ACRONYMS]
    for mention in reversed(found):
        left = left[: mention.start] + " " + left[mention.end :]
    words = _plain(left)
    words = re.sub(rf"^(?:{_LINK})\b|\b(?:{_LINK})(?: (?:{_LINK}))*$", "", words).strip()
    words = " ".join(_ACRONYMS.get(word, word) for word in words.split())
    codes = tuple(dict.fromkeys(code for mention in found for code in mention.codes))
    return (words, codes) if words else (_plain(name), ())


@lru_cache(maxsize=8192)
def _plain(name: str) -> str:
    words = re.sub(r"\([^)]*\)|[^\w]+", " ", name.lower()).split()
    return " ".join(word for word in words if word not in {"the", "a", "an", "s", "its", "their", "our", "new"})
