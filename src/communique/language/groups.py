"""Loose groups: "developing countries", "our African partners", "nuclear-weapon States", and the code their words make.

A head noun and the adjectives before it; states and nations are countries, British and American spelling one.
"""

from __future__ import annotations

from communique.language.words import word_before

HEADS = frozenset(
    "countries nations states governments partners allies economies peoples leaders powers parties members regimes donors actors"
    " organizations organisations institutions companies communities banks stakeholders creditors ministers delegations friends"
    " neighbours neighbors democracies groups agencies".split()
)
ALONE = frozenset({"countries", "nations", "States", "Nations", "Countries", "governments", "peoples", "leaders", "Leaders", "Governments"})
MODIFIERS = frozenset(
    "all other some certain many most several few more various developing developed advanced emerging industrialized wealthy"
    " rich poor poorer richer least low middle high lower higher income small large big great major medium sized island islands"
    " landlocked coastal archipelagic vulnerable affected indebted neighbouring neighboring friendly fraternal brotherly like-minded"
    " likeminded member participating partner donor host transit third foreign sovereign independent rogue nuclear weapon weapons"
    " armed interested key close closest western eastern northern southern northeast southeast south-east latin north south east west"
    " asian arab muslim gulf nordic balkan sahel and g77 nato treaty coalition civil trading security new old fellow individual"
    " different respective our their these those such same responsible contributing nearby smaller bigger larger weaker stronger"
    " world external conflict warring aid non-aligned bilateral multilateral pacific terrorist criminal"
    " extremist militant rebel opposition relief humanitarian".split()
)
ENDINGS = (
    "al", "ous", "ern", "ic", "ary", "ive", "ean", "ian", "ican", "ble", "ent", "-based", "-income", "-producing", "-exporting",
    "-contributing", "-prone", "-minded", "-affected", "-majority", "-weapon", "-weapons", "-possessing", "-speaking", "-receiving",
)  # fmt: skip
NOT_MODIFIERS = frozenset("moment government president parliament agreement commitment development statement current".split())
DROPPED = frozenset("our their the these those such fellow respective same other more".split())
PRODUCTS = frozenset("grain food oil gas energy coal wheat rice vaccine arms weapons commodity mineral fertilizer fertiliser".split())
TRADES = frozenset("exporting importing producing producer consuming consumer supplying".split())
REGIONAL = frozenset(
    "african european asian arab baltic balkan nordic western gulf pacific caribbean latin american central eastern southern northern"
    " southeast south-east south east west sahel muslim arctic and".split()
)
OFFICERS = frozenset("leaders ministers governments delegations".split())  # of a region: its countries
CANONICAL = {
    "grp:small-island-developing-countries": "grp:small-island-developing-states",
    "grp:neighbours": "grp:neighbouring-countries",
    "grp:friends": "grp:partners",
    "grp:western-countries": "grp:west",
}
ALL = (["member"], ["individual"], ["sovereign"])
SOME = (["certain"], ["few"], ["several"])
SPELLINGS = {
    "neighboring": "neighbouring", "neighbors": "neighbours", "organisations": "organizations",
    "states": "countries", "nations": "countries",
}  # fmt: skip


def group(text: str, start: int, end: int) -> tuple[int, str] | None:
    """Where the group whose head noun stands at ``start`` begins, and its code; nothing for a head that says too little."""
    begin, words = _modified(text, start)
    if not words and text[start:end] not in ALONE:
        return None
    return begin, code(words, text[start:end].lower())


def _modified(text: str, start: int) -> tuple[int, list[str]]:
    """Where the adjectives before a head noun begin, and the adjectives."""
    words: list[str] = []
    begin = start
    while len(words) < 6:
        word = word_before(text, begin)
        if not (modifies(word.lower()) or (word.lower() in PRODUCTS and TRADES.intersection(words))):
            break
        begin = text.rindex(word, 0, begin)
        words.insert(0, word.lower())
    while words and words[0] in ("and", "more"):
        begin += text[begin:start].lower().index(words[1]) if len(words) > 1 else start - begin
        words.pop(0)
    return begin, words


def modifies(word: str) -> bool:
    """Whether a word can stand among the adjectives of a group."""
    return bool(word) and (word in MODIFIERS or word in TRADES or (word.endswith(ENDINGS) and word not in NOT_MODIFIERS and len(word) > 4))


def code(words: list[str], head: str) -> str:
    """``grp:`` and the words in kebab case."""
    kept = [SPELLINGS.get(word, word) for word in words if word not in DROPPED]
    noun = SPELLINGS.get(head, head)
    if len(kept) > 1 and kept[0] == "all":
        kept = kept[1:]
    if kept in ALL or (not kept and noun in ("countries", "governments", "peoples", "leaders")):
        kept, noun = ["all"], "countries"
    if kept and noun in OFFICERS and REGIONAL.issuperset(kept):
        noun = "countries"
    made = "grp:" + "-".join([*(["some"] if kept in SOME else kept), noun])
    return CANONICAL.get(made, made)
