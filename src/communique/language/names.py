"""Names in running text: who is named, by which form, at which place.

One pass of an automaton (leftmost, longest) over the text with its look-alike characters folded one for one, so every
offset is a code point of the text as given.  What a dictionary cannot know is checked on the spot: word boundaries,
capitals that are places, adjectives of money, people called Jordan, groups and bodies named by rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from communique.language import bodies, groups
from communique.language.folding import fold
from communique.language.words import word_after, word_before
from communique.records import Mention
from communique.vocabulary.actors import Form, Vocabulary, current

GIVEN = frozenset("Michael Jim Vernon Hamilton Mr. Mr Ms. Ms Mrs. Mrs Dr. Miss Senator Congressman Barbara Peter Minister".split())
PERSONAL = frozenset("Jordan Chad Georgia Israel Kenya India China Washington London Paris".split())
WORDS = frozenset({"ALBA", "QUAD", "QUINT"})  # acronyms that are words or names when not in capitals
PREFIXES = frozenset({"Sino", "Russo", "Franco", "Anglo"})
FIRST = frozenset({"The", "In", "With", "By", "And", "But", "From", "To"})
MONEY = frozenset("dollar dollars pound pounds sterling franc francs rupee rupees yen yuan peso pesos language languages Ocean Sea".split())
PLACE_BEFORE = frozenset(
    "in at near from to into outside via around across through of downtown visit visited visiting left leaving reach reached arrive"
    " arrived for on host hosted hosting central greater".split()
)
PARTY_BEFORE = frozenset("with between by against urge urges urged ask asked that tell told".split())
PARTY_AFTER = frozenset(
    "has have had is was will would should must can cannot could may does did says said agrees agreed announced called urged pledged"
    " wants continues remains rejects opposes supports welcomes needs seeks stands hopes believes attaches calls urges plans intends"
    " denies accuses claims insists maintains views sees expects considers regards condemns refuses warns demands sent gave took made"
    " held began sought kept broke withdrew told met built bought sold won paid put chose".split()
)
CLAUSE = frozenset({"and", "that", "while", "but", "said"})  # what a clause may begin after
WHEN_AFTER = re.compile(r" (?:(?:also|later|then|now|already|still|today|yesterday|recently|again|last (?:week|month|year)) ){1,2}")
FELLOW = re.compile(r" and [A-Z][a-z]+(?: [A-Z][a-z]+)?(?= )")
NOTHING = Form("", (), "blocker")


# Georgia is the American state where its neighbours or its cities are named and nothing of the Caucasus is.
AMERICAN = re.compile(r"\b(?:Atlanta|Savannah|Alabama|Florida|Tennessee|(?:North|South) Carolina|Michigan|Nevada|Pennsylvania|Wisconsin)\b")
CAUCASIAN = re.compile(r"\b(?:Tbilisi|Batumi|Georgians?\b(?! voters)|Caucasus|Abkhazia|Ossetia|Armenia|Azerbaijan|Moldova|Ukraine)\b")


@dataclass(frozen=True, slots=True)
class Finder:
    """The automaton over every form, and what each form means."""

    automaton: AhoCorasick
    forms: tuple[Form, ...]
    index: dict[str, Form]


@cache
def finder(vocabulary: Vocabulary) -> Finder:
    """The automaton of a vocabulary, built once."""
    index: dict[str, Form] = {}
    for form in vocabulary.forms:
        text = fold(form.text).removeprefix("the ")  # else "the Gulf" would hide "Gulf Cooperation Council", which begins later
        index.setdefault(text, form)
        if form.rule == "group":
            index.setdefault(text[0].upper() + text[1:], form)
        elif len(text) > 3 and not text.isupper() and form.rule in ("name", "organisation", "adjective"):
            index.setdefault(text.upper(), form)
        elif len(text) > 3 and text.isalpha() and text.isupper() and form.rule == "organisation" and text not in WORDS:
            index.setdefault(text.capitalize(), form)  # "Nato", "Unicef", as some papers write
    for head in sorted(groups.HEADS | {head.capitalize() for head in groups.HEADS}):
        index[head] = Form(head, index[head].codes if head in index else (), "loose")
    for head in sorted(bodies.HEADS):
        index.setdefault(head, Form(head, (), "body"))
    return Finder(AhoCorasick(list(index), matchkind=MatchKind.LeftmostLongest), tuple(index.values()), index)


def find(text: str, vocabulary: Vocabulary | None = None) -> tuple[Mention, ...]:
    """Every name of an actor in ``text``, in order; nothing is resolved that the words themselves do not say."""
    tool, folded = finder(vocabulary or current()), fold(text)
    found: list[Mention] = []
    for number, start, end in tool.automaton.find_matches_as_indexes(folded):
        form = tool.forms[number]
        if _inside_word(folded, start, end):
            end, form = _shorter(tool, folded, start, end)
        if form.rule == "loose":
            _group(form, folded, start, end, found)
        elif form.rule == "body":
            _body(folded, start, end, found)
        elif form.codes and _acts(form, folded, start, end) and not (found and start < found[-1].end):
            found.append(Mention(start, end, form.codes, form.rule))
    return tuple(found)


def _inside_word(text: str, start: int, end: int) -> bool:
    return (start > 0 and text[start - 1].isalnum()) or (end < len(text) and text[end].isalnum() and text[end - 1] != "$")


def _shorter(tool: Finder, text: str, start: int, end: int) -> tuple[int, Form]:
    """The longest form that begins at ``start`` and ends with a word, where the longest of all ends inside one."""
    if start == 0 or not text[start - 1].isalnum():
        for stop in range(end - 1, start + 1, -1):
            if not text[stop].isalnum() and text[start:stop] in tool.index:
                return stop, tool.index[text[start:stop]]
    return end, NOTHING


def _acts(form: Form, text: str, start: int, end: int) -> bool:
    """Whether the words around a form let it be an actor."""
    if form.text.startswith("the ") and word_before(text, start).lower() != "the":
        return False
    if form.rule == "capital":
        return _governs(text, start, end)
    if form.text in PREFIXES:
        return text[end : end + 1] == "-"
    if form.rule == "adjective" or form.text in ("US", "U.S."):
        return text[end : end + 1] != "$" and word_after(text, end) not in MONEY and not (form.text == "US" and _shouted(text, start, end))
    if form.rule == "group" and " " not in form.text and text[start].isupper() and form.text[0].islower():
        return _begins_sentence(text, start)  # "Industry" inside the name of a ministry is no group
    if form.text == "Georgia":
        return AMERICAN.search(text) is None or CAUCASIAN.search(text) is not None
    if form.text == "Congress":
        before = word_before(text, start)
        return not before[:1].isupper() or before in FIRST
    return not (form.text in PERSONAL and word_before(text, start) in GIVEN)


def _begins_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 3) : start].rstrip()
    return not before or before[-1] in ".!?:;*-\"“•"


def _shouted(text: str, start: int, end: int) -> bool:
    """Whether "US" stands among words in capitals, where it may be the pronoun."""
    before, after = word_before(text, start), word_after(text, end)
    return len(before) > 2 and before.isupper() and len(after) > 2 and after.isupper()


def _governs(text: str, start: int, end: int) -> bool:
    """Whether a capital stands for its government here: "Beijing has said", "talks with Hanoi"; not "in Beijing"."""
    before = word_before(text, start)
    if before.lower() in PLACE_BEFORE or text[end : end + 1] == ",":
        return False
    if text[end : end + 2] == "'s" or before.lower() in PARTY_BEFORE:
        return True
    fellow = FELLOW.match(text, end)
    when = WHEN_AFTER.match(text, fellow.end() if fellow else end)
    verb = word_after(text, when.end() - 1 if when else fellow.end() if fellow else end)
    return verb in PARTY_AFTER or (verb.endswith("ed") and verb.islower() and (_begins_sentence(text, start) or before in CLAUSE))


def _group(form: Form, text: str, start: int, end: int, found: list[Mention]) -> None:
    """A loose group added to ``found``, in place of the region named inside it; none after a state: "Chinese leaders" are China."""
    made = groups.group(text, start, end)
    begin, code = made or (start, "")
    while found and found[-1].start >= begin and found[-1].rule == "group":
        found.pop()
    if found and found[-1].end > begin - 2 and found[-1].rule in ("name", "adjective", "organisation"):
        return
    codes = (code,) if made else form.codes
    if codes:
        found.append(Mention(begin, end, codes, "group"))


def _body(text: str, start: int, end: int, found: list[Mention]) -> None:
    """A body named by its head noun added to ``found``, in place of the states named inside it."""
    taken = next((mention.end for mention in reversed(found[-6:]) if mention.rule in ("organisation", "official")), 0)
    made = bodies.body(text, start, end, taken) if start >= taken else None
    if made is None:
        return
    begin, stop, code = made
    inside: list[Mention] = []
    while found and found[-1].start >= begin:
        inside.append(found.pop())
    state = inside[-1] if inside and inside[-1].start == begin and inside[-1].rule in ("name", "adjective") else None
    if state and text[start:end] in bodies.PUBLIC:  # the "Japan International Cooperation Agency" acts for Japan
        found.append(Mention(begin, stop, state.codes, "official"))
    else:
        found.append(Mention(begin, stop, (code,), "organisation"))
