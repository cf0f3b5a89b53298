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

from communique.language.complements import MONTH, SIGNATORY, WHEN, Complement, complement
from communique.vocabulary.instruments import CAPITALISED, Instrument, instruments, naming

_LEFT = re.compile(
    rf"(?:(?:{CAPITALISED}[’']?|[A-Z0-9])(?:,)?\s(?:(?:and|of|for|on|&|de|to|in)\s(?=[A-Z])(?![A-Z][\w-]*\s(?:has|will|are|is)))?)+$"
)
_JOINED = rf"(?:\s{CAPITALISED}|(?:,\s{CAPITALISED}(?:\s{CAPITALISED})*)+,?\sand\s{CAPITALISED}|\sand\s{CAPITALISED})*"
_RIGHT = re.compile(
    rf"(?:\sbetween\s(?:the\s)?{CAPITALISED}(?:\s(?:of\s(?:the\s)?)?{CAPITALISED})*\sand\s(?:the\s)?{CAPITALISED}{_JOINED}"
    r"|\s(?:of|on|for|to|in|[Aa]gainst|between|with|[Aa]dditional\sto|[Cc]oncerning|regarding|relating\sto|among|beyond|towards?|[Ee]stablishing|[Aa]mending)"
    rf"(?!(?<!of)\s{WHEN}|\s{SIGNATORY})(?:\s(?:the|an?|of|all|our|its|and))*\s{CAPITALISED}{_JOINED}"
    rf"|\sand\s(?:Action|Agenda|Plan|Platform|Programme|Program)\b|\s{CAPITALISED})+"
)
_ACRONYM = re.compile(r"\s?\((?:the\s)?[“\"‘]?(?P<short>(?![A-Z][a-z]+\W)[A-Z][A-Za-z0-9-]{1,12}|\d{3} agreement)[”\"’]?\)")
_WHOSE = re.compile(r"\b(?:of|with|between)\s(?:the\s)?")
_MEETING = re.compile(r"(?:COP|CMP|MOP|CMA)-?\d")
_OTHER_NAME = re.compile(r"\s(?:[A-Z][a-z]+|networks?|members?|partners?|countries|economies|critical|ministers?|meetings?|region|issue)\b")
_MEMORANDUM = ("FTA", "CEPA", "EPA", "SOFA", "Exchange of", "Memorand", "MO", "MoU", "Letter", "Code of Conduct", "Record of Discussion")
_WRITTEN = re.compile(r"memorand|(?:letters?|declarations?|code|exchange|treat(?:y|ies)) of ")
_BACK = ("this", "that", "these", "those", "such", "any", "no")
_BODY = re.compile(r"\s(?:organi[sz]ation|council|body|conference|commission|secretariat)\b")  # "the Amazon treaty organisation"
_TREATIES = ("convention", "protocol")
_SUBJECT = ("on", "concerning", "regarding", "relating to", "covering", "governing", "resolving")
_BINDING = ("Agreement", "Treaty", "Protocol", "Convention", "Accord", "Pact", "Arrangement")
_WHOLE = (*_BINDING, "Declaration", "Pledge", "Charter", "Compact")  # heads that end a name before "and"
_SIGNS = re.compile(r"\b(?:sign|initial|conclud|launch)\w*\b")
_TITLED = re.compile(rf"{CAPITALISED}\s{CAPITALISED}|[A-Z]{{3,}}[\w-]*\s")  # "the Falepili Union treaty", "the TTIP agreement"
# What follows a name that is another thing's: "Accra Convention Youth Ambassadors"
_GOES_ON = re.compile(r"\s(?!Against|Additional|Between|Of|On|For|With|To|In|(?!Signing)\w+ing\b)[A-Z][a-z]+")
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
    for one in sorted([*_known(text), *_built(text), *_signed(text)], key=lambda one: (one.start, -one.end)):
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
        if (
            (before == "(" and after == ")")
            or (before.isalnum() or before == "-")
            or after.isalnum()
            or (after == "-" and text[end + 1 : end + 2].isalnum())
        ):
            continue
        form, one = table.forms[index], table.known[table.forms[index]]
        if _OTHER_NAME.match(text, end) and (form.isupper() or form == one.short or "Treaty" in form):
            continue  # "the RCEP Ministers' Meeting", "the North Atlantic Treaty Organization"
        acronym = _acronym(text, start, end)
        short = acronym["short"] if acronym else form if form == one.short else ""
        yield Named(_opening(text, start), acronym.end() if acronym else end, form, short, one)


def _opening(text: str, start: int) -> int:
    """Where the article and plain adjectives before a name start."""
    offset = max(0, start - 60)
    match = naming().opening.search(text[offset:start])
    return offset + match.start() + 4 * match.group().startswith("and ") if match else start


def _built(text: str) -> Iterator[Named]:
    for match in naming().head.finditer(text):
        named = _upper(text, match) if match["upper"] else _lower(text, match)
        if named is not None:
            yield named


def _signed(text: str) -> Iterator[Named]:
    """A paper of any sort that the words say is signed: "signed a joint statement on quantum computing"."""
    for match in naming().signed.finditer(text):
        begin, end = match.span("paper")
        follows = complement(text, end, placed=True)
        end = follows.end if follows and follows.about else end
        yield Named(begin, end, text[match.start("bare") : end])


def _upper(text: str, match: re.Match[str]) -> Named | None:
    """A capitalised name around its head noun."""
    head = match["upper"]
    start = _start(text, match.start(), _WIDEST)
    right = None if head.startswith(("MO", "MoU", "FTA")) else _RIGHT.match(text, match.end(), match.end() + _WIDEST)
    end = right.end() if right else match.end()
    end = end - 1 if text[end - 1] in ".’'" else end
    name = text[start:end]
    if start == match.start() and end == match.end():
        return _alone(text, match)
    if naming().never.search(name if head in naming().loose else text[start : match.end()]) or naming().bodies.search(name):
        return None
    if _GOES_ON.match(text, match.end()) and not naming().head.match(text, match.end() + 1):
        return None
    if head in naming().loose and not naming().naming.search(name):
        return None
    begin, acronym = _opening(text, start), _acronym(text, start, end)
    if acronym:
        return Named(begin, acronym.end(), name, acronym["short"])
    follows = complement(text, end, _placed(text, begin))
    end = follows.end if follows and follows.about and follows.how in _SUBJECT else end
    return Named(begin, end, text[start:end])


def _alone(text: str, match: re.Match[str]) -> Named | None:
    """A capitalised head alone, told by what follows it ("the Protocol on the teaching of languages") or introduced ("a new MoU")."""
    begin = _opening(text, match.start())
    follows = complement(text, match.end(), _placed(text, begin))
    new = _introduced(text[begin : match.start()])
    written = match["upper"].startswith(_MEMORANDUM) and (match["upper"] != "Memorandum" or new or follows is not None)
    back = text[begin : match.start()].split(" ")[0].lower() in _BACK
    bound = match["upper"].startswith(_BINDING) and not back and (new or (follows is not None and follows.how != "to"))
    if begin == match.start() or not (written or bound):
        return None
    end = follows.end if follows else match.end()
    acronym = _acronym(text, match.start(), end)
    end -= text.endswith(" ", match.start(), end)
    sure = follows is not None or (written and new)
    return Named(begin, acronym.end() if acronym else end, text[match.start() : end], acronym["short"] if acronym else "", sure=sure)


def _acronym(text: str, start: int, end: int) -> re.Match[str] | None:
    """The acronym that follows the name at ``start``, unless it is that of a body within it: "the MoU with the Lima Port Company (LPC)"."""
    found = _ACRONYM.match(text, end)
    tail = _WHOSE.split(text[start:end])
    initials = "".join(word[0] for word in tail[-1].split() if word[0].isupper())
    return None if found and (_MEETING.match(found["short"]) or (len(tail) > 1 and initials == found["short"])) else found


def _introduced(before: str) -> bool:
    """Whether the words before a head bring in something new ("a", "the latest") and do not point back ("the", "this")."""
    words = before.lower().split() or ["the"]
    return (words[0] in ("a", "an") or len(words) > 1) and words[0] not in _BACK


def _placed(text: str, start: int) -> bool:
    """Whether a verb of signing stands before ``start``: "signed the treaty in Vienna" says where, not what."""
    return _SIGNS.search(text, max(0, start - 60), start) is not None


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
    for other in naming().head.finditer(text, start, head):
        if text.startswith(" and ", other.end()) and (text.startswith(other.group(), head) or other.group().startswith(_WHOLE)):
            start = other.end() + 5  # "the Clean Air Partnership and the Clean Water Partnership" are two
    joined = re.match(rf"(?:(?:and|of|for|on|to|in|&)\s)+|{MONTH}\s\d{{1,2}},?\s(?=[A-Z])", text[start:head])
    return start + joined.end() if joined else start


def _lower(text: str, match: re.Match[str]) -> Named | None:
    """An agreement in small letters that its kind, its parties or its subject identify."""
    head, plain = match["lower"], _kind(text, match)
    if _BODY.match(text, match.end()):
        return None
    told = plain < match.start() or (_WRITTEN.match(head) is not None and _introduced(text[_opening(text, plain) : plain]))
    start = _start(text, plain, 60)
    begin = _opening(text, start)
    follows = complement(text, match.end(), _placed(text, start))
    article = text[begin:start].split(" ")[0].lower()
    titled = _TITLED.match(text, start, match.start()) is not None
    told = told or (article == "the" and start < plain and (titled or head not in naming().weak))
    if not (told or titled or _followed(head, article, follows)):
        return None
    if head in naming().many and not (follows and follows.parties) and article != "the":
        return None
    end = follows.end if follows else match.end()
    acronym = _acronym(text, start, match.end()) or _acronym(text, start, end)
    end -= text.endswith(" ", start, end)
    sure = acronym is not None or _sure(head, told, start < plain, article, follows)
    return Named(begin, max(end, acronym.end() if acronym else 0), text[start:end], acronym["short"] if acronym else "", sure=sure)


def _kind(text: str, match: re.Match[str]) -> int:
    """Where the words that say of which kind an agreement is begin ("free trade", "host government"); the head's place if none do."""
    if match["lower"] == "instrument":
        return match.start()
    offset = max(0, match.start() - 70)
    before = text[offset : match.start()]
    kind = naming().kind.search(before)
    if kind is None and match["lower"] not in naming().weak:
        kind = naming().compound.search(before)
    return offset + kind.start("kind") if kind else match.start()


def _followed(head: str, article: str, follows: Complement | None) -> bool:
    """Whether what follows a head without a kind tells this agreement from any other."""
    if follows is None or (head in naming().many and not follows.parties):
        return False
    if head == "deal":
        return follows.parties and article == "a"
    if head in naming().weak:
        return head.startswith(_TREATIES) and follows.how in (*_SUBJECT, "against")
    if head == "instrument":
        return follows.how in _SUBJECT and article in ("a", "an")
    return follows.parties or follows.dated or head == "memoranda" or article in ("a", "an", "the", "new", "its", "their", "our")


def _sure(head: str, told: bool, named: bool, article: str, follows: Complement | None) -> bool:
    """Whether a name is an agreement's whatever the clause says becomes of it."""
    subjects = (*_SUBJECT, "against") if head.startswith(_TREATIES) else _SUBJECT
    if follows is not None and (follows.dated or follows.how in subjects or (follows.parties and (told or named or article == "the"))):
        return True
    return told and (named or (article == "the" and head not in naming().many | naming().weak))
