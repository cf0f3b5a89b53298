"""Whose words a statement carries: ``speakers(...)`` from its title, its head, the labels of its turns, or who is quoted."""

from __future__ import annotations

import re
from collections import Counter

from communique.language.names import find
from communique.language.offices import NAME, Holder, holders, merged, same, words
from communique.language.turns import Turn, labels
from communique.records import Speaker
from communique.vocabulary.publishers import sides

HEAD = 2500
SAYS = r"(?:said|says|stressed|noted|added|told|stated|reiterated|emphasi[sz]ed|underscored|pointed out|remarked|explained|warned|announced|declared)"
SAID = re.compile(rf"(?P<name>{NAME}) (?:also |further |then )?{SAYS}\b|\b{SAYS} (?P<last>{NAME})")
HON = re.compile(rf"\b[Tt](?:he|HE) H(?:on|ON)(?:ourable)?\.? (?:Dr |DR )?(?P<name>{NAME})(?: (?:MP|AO|AC|AM))*")
OFFICE_LINE = re.compile(r"^[ \t]*(?P<role>(?:MINISTER|Minister|PRIME MINISTER|Prime Minister|PRESIDENT|President|SECRETARY|Secretary)(?: (?:for|FOR|of|OF) [^\n\d]{3,80})?)[ \t]*(?:The |THE |$)", re.MULTILINE)


def speakers(text: str, title: str, kind: str, publisher: str) -> tuple[tuple[Speaker, ...], str]:
    """The people whose words the document carries, with office and side, and how they were found."""
    own = sides(publisher)
    default = own[0] if len(own) == 1 else ""
    named = holders(title)
    turns = labels(text, tuple(person.name for person in named))
    talking = [turn for turn in turns if not turn.asks]
    if kind in ("press-conference", "remarks", "interview", "speech", "statement") and len(talking) > 1:
        return _of_turns(text, talking, named, default), "turns"
    if named:
        return merged([*named, *_fuller(text, named)], default)[: len(merged(named, default))], "title"
    if kind == "news-report" or not own:
        return _quoted(text, default), "quotations"
    head = _head(text)
    return (merged(head, default), "head") if head else ((), "nobody named")


def _fuller(text: str, named: list[Holder]) -> list[Holder]:
    """The same people where the text names them more fully."""
    return [person for person in holders(text, HEAD) if any(same(person.name, one.name) for one in named)]


def _of_turns(text: str, turns: list[Turn], named: list[Holder], default: str) -> tuple[Speaker, ...]:
    """One speaker for each label that answers, matched with fuller names from title and head."""
    known = [*named, *holders(text, HEAD), *_head(text)]
    order = list(dict.fromkeys(turn.who for turn in turns))
    found: list[Holder] = []
    for who in order:
        person = next((one for one in known if same(one.name, _name(who))), None)
        side = next((mention.codes[:1] for turn in turns if turn.who == who and turn.side for mention in find(turn.side)), ())
        if person is None:
            found.append(Holder(_name(who) or who, _role(who), 0, 0, side))
        else:
            found.append(Holder(person.name, person.role or _role(who), 0, 0, side or person.whose))
    return merged(found, default)


def _name(who: str) -> str:
    """The name in a label: "President Biden" is Biden; "The President" and "Moderator" name nobody."""
    kept = [word for word in who.split() if word.casefold().strip(".") not in OFFICES]
    return " ".join(kept)


def _role(who: str) -> str:
    return " ".join(word for word in who.split() if word.casefold().strip(".") in OFFICES - {"mr", "mrs", "ms", "dr", "the"})


OFFICES = frozenset(
    "the mr mrs ms dr hon president prime minister vice secretary general deputy assistant chancellor premier king queen ambassador foreign state advisor adviser director senior administration official "
    "officials moderator speaker chairman chair first lady under senator governor commissioner spokesperson treasurer attorney and of for".split()
)


def _head(text: str) -> list[Holder]:
    """The person a release puts at its top: "The Hon A B MP" with the office on a line of its own."""
    top = text[:600]
    office = OFFICE_LINE.search(top)
    role = " ".join(office["role"].title().replace(" For ", " for ").replace(" Of ", " of ").replace(" And ", " and ").split()) if office else ""
    hons = [Holder(hit["name"].title() if hit["name"].isupper() else hit["name"], role, hit.start(), hit.end()) for hit in HON.finditer(top)]
    return hons or [person for person in holders(top) if person.start < 400][:1] if office or hons else []


def _quoted(text: str, default: str) -> tuple[Speaker, ...]:
    """The people a report quotes most, with the office it gives them."""
    sample = text[:20000]
    offices = holders(sample)
    said = Counter(words(hit["name"] or hit["last"])[-1] for hit in SAID.finditer(sample) if words(hit["name"] or hit["last"] or ""))
    kept = [person for person in offices if words(person.name) and said[words(person.name)[-1]]]
    kept.sort(key=lambda person: (-said[words(person.name)[-1]], person.start))
    return merged(kept, default)[:4]
