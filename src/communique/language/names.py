"""Names in running text: who is named, by which form, at which place.

One pass of an automaton (leftmost, longest) over the text with its look-alike characters folded one for one, so every
offset is a code point of the text as given.  What a dictionary cannot know is checked on the spot: word boundaries,
capitals that are places, adjectives of money, people called Jordan.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from communique.language.folding import fold
from communique.records import Mention
from communique.vocabulary.actors import Form, Vocabulary, load

HEADS = (
    "countries", "nations", "states", "States", "Nations", "Countries", "partners", "Partners", "allies", "Allies", "economies",
    "governments", "Governments", "peoples", "leaders", "Leaders", "powers", "Powers", "parties", "Parties", "members", "Members",
    "regimes", "organizations", "organisations", "institutions", "companies", "communities", "banks", "donors", "actors",
)
ALONE = {"countries", "nations", "States", "Nations", "Countries", "governments", "Governments", "peoples", "leaders", "Leaders"}
MODIFIERS = set(
    "all other some certain many most several few more various both developing developed advanced emerging industrialized wealthy rich poor"
    " poorer richer least low-income middle-income lower-income high-income low middle income small large big major great medium-sized island"
    " landlocked coastal archipelagic vulnerable affected indebted neighbouring neighboring regional subregional friendly fraternal brotherly"
    " like-minded likeminded member participating partner donor host recipient transit third foreign sovereign independent democratic"
    " authoritarian repressive rogue nuclear nuclear-weapon non-nuclear-weapon armed relevant concerned interested key close closest"
    " international global world western eastern northern southern northeast southeast south-east central latin north south east west"
    " african asian european arab arabian muslim islamic gulf nordic baltic balkan caribbean pacific indo-pacific asia-pacific atlantic"
    " mediterranean sahel american south-south climate-vulnerable oil-producing muslim-majority muslim-arab and or of g77 nato treaty"
    " coalition development financial multilateral bilateral private humanitarian civil trading strategic security traditional new old"
    " non-aligned english-speaking front-line frontline contributing troop-contributing police-contributing needy oppressed free"
    " progressive peace-loving responsible same such those these our their fellow individual different respective one-china".split()
)
GIVEN = {"Michael", "Jim", "Vernon", "Hamilton", "Mr.", "Ms.", "Mrs.", "Dr.", "Miss", "Senator", "Congressman", "Barbara", "Katz"}
PERSONAL = {"Jordan", "Chad", "Georgia", "Israel", "Kenya", "India", "China", "Washington", "London", "Paris"}
MONEY = {"dollar", "dollars", "pound", "pounds", "franc", "francs", "rupee", "rupees", "yen", "yuan", "language", "languages", "Ocean", "Sea"}
PLACE_BEFORE = set(
    "in at near from to into outside via around across through of downtown visit visited visiting left leaving reach reached arrive"
    " arrived for on host hosted hosting central greater".split()
)
PARTY_BEFORE = {"with", "between", "by", "against", "urge", "urges", "urged", "ask", "asked", "that", "tell", "told"}
PARTY_AFTER = set(
    "has have had is was will would should must can cannot could may said says agreed agrees announced wants continues continued remains"
    " rejects rejected opposes opposed supports supported welcomes welcomed does did needs seeks stands hopes believes attaches calls"
    " called urges urged plans intends pledged".split()
)
WORD = re.compile(r"[^\W_][\w'’.&-]*")
BEFORE = re.compile(r"([^\W_][\w'.-]*)[ ]?$")
AFTER = re.compile(r"[ ]?([^\W_][\w'-]*)")


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
        text = fold(form.text)
        index[text] = form
        if form.rule == "group":
            index.setdefault(text[0].upper() + text[1:], form)
        elif len(text) > 3 and not text.isupper() and form.rule in ("name", "organisation", "adjective"):
            index.setdefault(text.upper(), form)
    index |= {head: Form(head, (), "head") for head in HEADS}
    automaton = AhoCorasick(list(index), matchkind=MatchKind.LeftmostLongest)
    return Finder(automaton, tuple(index.values()), index)


def find(text: str, vocabulary: Vocabulary | None = None) -> tuple[Mention, ...]:
    """Every name of an actor in ``text``, in order; nothing is resolved that the words themselves do not say."""
    tool, folded = finder(vocabulary or load()), fold(text)
    found: list[Mention] = []
    for number, start, end in tool.automaton.find_matches_as_indexes(folded):
        form = tool.forms[number]
        if _inside_word(folded, start, end):
            end, form = _shorter(tool, folded, start, end)
        if form.rule == "head":
            _group(folded, start, end, found)
        elif form.codes and _acts(form, folded, start, end):
            found.append(Mention(start, end, form.codes, form.rule))
    return tuple(found)


NOTHING = Form("", (), "blocker")


def _inside_word(text: str, start: int, end: int) -> bool:
    return (start > 0 and text[start - 1].isalnum()) or (end < len(text) and text[end].isalnum() and text[end - 1] != "$")


def _shorter(tool: Finder, text: str, start: int, end: int) -> tuple[int, Form]:
    """The longest form that begins at ``start`` and ends with a word, where the longest of all ends inside one."""
    if start > 0 and text[start - 1].isalnum():
        return end, NOTHING
    for stop in range(end - 1, start + 1, -1):
        if not text[stop].isalnum() and text[start:stop] in tool.index:
            return stop, tool.index[text[start:stop]]
    return end, NOTHING


def _acts(form: Form, text: str, start: int, end: int) -> bool:
    """Whether the words around a form let it be an actor."""
    if form.rule == "capital":
        return _governs(text, start, end)
    if form.rule == "adjective" or form.text in ("US", "U.S."):
        return text[end : end + 1] != "$" and word_after(text, end) not in MONEY and not (form.text == "US" and _shouted(text, start, end))
    return not (form.text in PERSONAL and word_before(text, start) in GIVEN)


def _shouted(text: str, start: int, end: int) -> bool:
    """Whether "US" stands among words in capitals, where it may be the pronoun."""
    before, after = word_before(text, start), word_after(text, end)
    return len(before) > 2 and before.isupper() and len(after) > 2 and after.isupper()


def _governs(text: str, start: int, end: int) -> bool:
    """Whether a capital stands for its government here: "Beijing has said", "talks with Hanoi"; not "in Beijing"."""
    before = word_before(text, start)
    if before.lower() in PLACE_BEFORE or text[end : end + 1] == ",":
        return False
    return text[end : end + 2] == "'s" or before.lower() in PARTY_BEFORE or word_after(text, end) in PARTY_AFTER


def word_before(text: str, start: int) -> str:
    """The word that ends where ``start`` begins, a space apart at most."""
    match = BEFORE.search(text, max(0, start - 24), start)
    return match[1] if match else ""


def word_after(text: str, end: int) -> str:
    """The word that begins at ``end``, a space apart at most."""
    match = AFTER.match(text, end)
    return match[1] if match else ""


def _group(text: str, start: int, end: int, found: list[Mention]) -> None:
    """ "developing countries", "our African partners": a loose group named by its adjectives, added to ``found``."""
    begin, words = start, []
    while len(words) < 6:
        word = word_before(text, begin)
        if not word or (word.lower() not in MODIFIERS and not word.lower().endswith(("-income", "-producing", "-based"))):
            break
        begin = text.rindex(word, 0, begin)
        words.insert(0, word.lower())
    while words and words[0] in ("and", "or", "of"):
        begin += len(words.pop(0)) + 1
    head = text[start:end].lower()
    while found and found[-1].start >= begin and found[-1].rule == "group":
        found.pop()
    if found and found[-1].end > begin - 2 and found[-1].rule in ("name", "adjective", "organisation"):
        return
    if words or text[start:end] in ALONE:
        found.append(Mention(begin, end, (group_code(words, head),), "group"))


DROPPED = {"our", "their", "the", "these", "those", "such", "fellow", "respective", "same"}


def group_code(words: list[str], head: str) -> str:
    """ ``grp:`` and the words in kebab case: states and nations are countries, British and American spelling one."""
    kept = [word for word in words if word not in DROPPED]
    noun = "countries" if head in ("states", "nations") else head
    if not kept and noun in ("countries", "governments", "peoples"):
        kept, noun = ["all"], "countries"
    kept = ["neighbouring" if word == "neighboring" else word for word in kept]
    kept = ["some"] if kept in (["certain"], ["few"], ["several"]) else ["all"] if kept in (["member"], ["individual"]) else kept
    return "grp:" + "-".join([*kept, noun]).replace("organisations", "organizations")
