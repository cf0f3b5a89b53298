"""Instruments: the treaties, accords and agreements a text names, at exact offsets.

    "the Regional Comprehensive Economic Partnership (RCEP)"     known by name
    "a new Science and Technology Agreement with Chile"           capitalised, built around its head noun
    "a peace deal between the two parties"                        in small letters, when a kind, a party or a subject identifies it

Not agendas, visions, roadmaps or principles, nor "the Agreement" pointing back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from communique.vocabulary.instruments import CAPITALISED, Instrument, instruments, naming

_LEFT = re.compile(
    rf"(?:(?:{CAPITALISED}|[A-Z0-9])(?:,)?\s(?:(?:and|of|for|on|&|de|to|in)\s(?=[A-Z])(?![A-Z][\w-]*\s(?:has|will|are|is)))?)+$"
)
_RIGHT = re.compile(
    r"(?:\s(?:of|on|for|to|in|against|between|with|concerning|regarding|relating\sto|among|beyond|towards?)"
    rf"(?:\s(?:the|an?|of|all|our|its|and))*\s{CAPITALISED}"
    rf"|\sand\s{CAPITALISED}|\s{CAPITALISED}|,\s{CAPITALISED}(?=(?:,\s{CAPITALISED})*,?\sand\s[A-Z])|,?\sand\s{CAPITALISED})+"
)
_ACRONYM = re.compile(r"\s?\((?:the\s)?[“\"‘]?(?P<short>[A-Z][A-Za-z0-9-]{1,12}|\d{3} agreement)[”\"’]?\)")
_ENDS = r"(?=[,.;:()\n]|\s[-–—]|\sand\s[a-z]|\s(?:to|that|which|who|is|was|were|are|has|have|will|on|in|for|as|by|signed|we|at|from)\s|$)"
_COMPLEMENT = re.compile(
    r"(?:\sof\s(?:\d{1,2}\s[A-Z][a-z]+\s)?(?:19|20)\d\d(?=\W))?(?:\s(?:with|between|among|amongst|in)\s(?:the\s)?(?:sisterly\s|brotherly\s)?"
    rf"(?P<rest>[A-Z][^,.;:()\n]{{0,120}}?|our\stwo\s\w+|(?:two|three|four|five)\s[^,.;:()\n]{{0,60}}?){_ENDS}"
    r"|\s(?:to|on|for|resolving|regarding|concerning|with respect to)\s(?P<about>[A-Za-z][^,.;:()\n]{3,90}))"
    r"|\sof\s(?P<year>(?:\d{1,2}\s[A-Z][a-z]+\s)?(?:19|20)\d\d)(?=\W)"
)
_OTHER_NAME = re.compile(r"\s(?:[A-Z][a-z]+|networks?|members?|partners?|countries|economies|critical|ministers?|meetings?|region|issue)\b")
_MEMORANDUM = ("Memorand", "MO", "MoU", "Letter")
_BINDING = ("Agreement", "Treaty", "Protocol", "Convention", "Accord", "Pact", "Arrangement")
_ENDED = re.compile(r"(?:(?!\sin\s(?:[A-Z][a-z]+\s)?(?:19|20)\d\d|,|\sand\s(?:will|have|has|is|are)\b).)*", re.DOTALL)
_SIGNS = re.compile(r"\b(?:sign|initial|conclud|launch)\w*\b")
_TITLED = re.compile(rf"{CAPITALISED}\s{CAPITALISED}")  # "the Falepili Union treaty"
_WIDEST = 140  # characters of a name on either side of its head


@dataclass(frozen=True, slots=True)
class Named:
    """An instrument as the text names it; ``name`` leaves out the article, ``short`` is the acronym given with it."""

    start: int
    end: int
    name: str
    short: str = ""
    known: Instrument | None = None
    sure: bool = True  # False: an agreement only if the clause says what becomes of it ("signed a peace deal")


def find(text: str) -> tuple[Named, ...]:
    """The instruments named in ``text``, in order; none overlaps another."""
    found: list[Named] = []
    taken = 0
    for one in sorted([*_known(text), *_built(text)], key=lambda one: (one.start, -one.end)):
        if one.known is not None and found and found[-1].known is None and one.start == found[-1].start:
            found.pop()  # a known name is not stretched over what follows it
            taken = found[-1].end if found else 0
        if one.start >= taken:
            found.append(one)
            taken = one.end
        elif found and one.start < found[-1].end < one.end and found[-1].known is None:
            found[-1] = one
            taken = one.end
    return tuple(found)


def _known(text: str) -> Iterator[Named]:
    table = instruments()
    for index, start, end in table.automaton.find_matches_as_indexes(text):
        before, after = text[start - 1 : start], text[end : end + 1]
        if (before.isalnum() or before == "-") or after.isalnum() or (after == "-" and text[end + 1 : end + 2].isalnum()):
            continue
        form, one = table.forms[index], table.known[table.forms[index]]
        if _OTHER_NAME.match(text, end) and (form.isupper() or form == one.short or "Treaty" in form):
            continue  # "the RCEP Ministers' Meeting", "the North Atlantic Treaty Organization"
        acronym = _ACRONYM.match(text, end)
        short = acronym["short"] if acronym else form if form == one.short else ""
        yield Named(_opening(text, start), acronym.end() if acronym else end, form, short, one)


def _opening(text: str, start: int) -> int:
    """Where the article and plain adjectives before a name start."""
    offset = max(0, start - 60)
    match = naming().opening.search(text[offset:start])
    return offset + match.start() if match else start


def _built(text: str) -> Iterator[Named]:
    for match in naming().head.finditer(text):
        named = _upper(text, match) if match["upper"] else _lower(text, match)
        if named is not None:
            yield named


def _upper(text: str, match: re.Match[str]) -> Named | None:
    """A capitalised name around its head noun."""
    head = match["upper"]
    start = _start(text, match.start(), _WIDEST)
    right = None if head.startswith(("MO", "MoU", "FTA")) else _RIGHT.match(text, match.end(), match.end() + _WIDEST)
    end = right.end() if right else match.end()
    end = end - 1 if text[end - 1] in ".’'" else end
    name = text[start:end]
    if start == match.start() and end == match.end():
        return _memorandum(text, match) or _bare(text, match)
    if naming().never.search(name):
        return None
    if head in naming().loose and not naming().naming.search(name):
        return None
    acronym = _ACRONYM.match(text, end)
    return Named(_opening(text, start), acronym.end() if acronym else end, name, acronym["short"] if acronym else "")


def _memorandum(text: str, match: re.Match[str]) -> Named | None:
    """ "a new MoU between two ministries": an instrument by its kind alone, when it is introduced."""
    begin = _opening(text, match.start())
    if not match["upper"].startswith(_MEMORANDUM) or begin == match.start():
        return None
    complement = _COMPLEMENT.match(text, match.end())
    end = complement.end() if complement and complement["rest"] else match.end()
    return Named(begin, end, text[match.start() : end], sure=False)


def _bare(text: str, match: re.Match[str]) -> Named | None:
    """ "the Protocol on the teaching of languages", "the Agreement of 2016": a capitalised head alone, told by what follows it."""
    complement = _COMPLEMENT.match(text, match.end())
    if complement is None or not match["upper"].startswith(_BINDING):
        return None
    begin = _opening(text, match.start())
    end = _ENDED.match(text, match.end(), complement.end()).end()  # type: ignore[union-attr]
    return Named(begin, end, text[match.start() : end], sure=False) if begin != match.start() else None


def _start(text: str, head: int, reach: int) -> int:
    """Where the capitalised words before ``head`` start, without those that open a sentence or belong to another name."""
    offset = max(0, head - reach)
    left = _LEFT.search(text[offset:head])
    if left is None:
        return head
    start = offset + left.start()
    words = list(re.finditer(r"\S+", text[start:head]))
    for word in reversed(words):
        bare = word.group().rstrip(",")
        listed = word.group().endswith(",") and text[start + word.end() :].lstrip()[:4] != "and "
        owner = bare.endswith(("’s", "'s")) and word is not words[-1] and bare not in ("People's", "People’s")
        if bare in naming().outside or listed or owner:
            start += word.end() + 1
            break
    joined = re.match(r"(?:(?:and|of|for|on|to|in|&)\s)+", text[start:head])
    return start + joined.end() if joined else start


def _lower(text: str, match: re.Match[str]) -> Named | None:
    """An agreement in small letters that its kind, its parties or its subject identify."""
    offset = max(0, match.start() - 70)
    kind = naming().kind.search(text[offset : match.start()])
    plain = offset + kind.start() if kind else match.start()
    start = _start(text, plain, 60)
    complement = _COMPLEMENT.match(text, match.end())
    if complement is not None and complement.group().startswith(" in ") and _SIGNS.search(text, max(0, start - 60), start):
        complement = None  # "signed the treaty in Vienna": where, not what
    parties, named = complement is not None and complement["rest"] is not None, start < plain
    if not _identified(text, match["lower"], kind is not None, parties, complement is not None, _opening(text, start), start):
        return None
    acronym = _ACRONYM.match(text, match.end())
    end = complement.end() if complement and (parties or kind is None) else match.end()
    sure = (parties and (kind is not None or named)) or (named and kind is not None) or acronym is not None
    short = acronym["short"] if acronym else ""
    return Named(_opening(text, start), max(end, acronym.end() if acronym else 0), text[start:end], short, sure=sure)


def _identified(text: str, head: str, kind: bool, parties: bool, complement: bool, begin: int, start: int) -> bool:
    """Whether enough is said to tell this agreement from any other."""
    if head in naming().many and not parties:
        return False
    if kind or _TITLED.match(text, start, text.find(head, start)):
        return True
    if head in naming().weak:
        return False
    article = text[begin:start].split(" ")[0].lower()
    return parties or (complement and article in ("a", "an", "the", "new", "this"))
