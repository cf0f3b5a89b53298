"""From the exact words of an item to a line that can stand in a report: trimmed and sentence-cased, never reworded.

The note under the line carries the words unchanged.  What is dropped is only the actor's own name at the
head and a plain auxiliary ("will", "has"); a hedge, a "not" or a second subject stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from communique.records import Act, Assertion

Names = Callable[[str], str]

_PRONOUN = r"we|it(?! (?:is|was|has been|will be)\b)|they|the (?:country|government|administration)|our (?:country|government|nation)"
_KEEP_AFTER = r"not\b|never\b|no\b|nor\b|neither\b|be\b|been\b|hardly\b|cannot\b"
_WILL = re.compile(rf"^(?:will|shall)\s+(?!(?:also\s+)?(?:{_KEEP_AFTER}))(?:also\s+)?", re.I)
_READY = re.compile(r"^(?:am|are|is|stands?|remains?)\s+(?:also\s+)?(?=(?:ready|prepared|willing|determined)\b)", re.I)
_COMMITTED = re.compile(r"^(?:am|are|is)\s+(?:also\s+)?(?=committed\b)", re.I)
_PERFECT = re.compile(
    r"^(?:has|have)\s+(?:also\s+)?"
    r"(?!been\b|not\b|never\b|always\b)(?=(?:\w+ly\s+(?:and\s+\w+ly\s+)?)?\w+(?:ed|en|wn|nt|lt|pt|un|ung|ade|ut|et|one|ught|eld|ound|ood|old|id)\b)",
    re.I,
)
_CONTINUOUS = re.compile(r"^(?:are|is|am)\s+(?:also\s+)?(?=\w+ing\b)", re.I)
_OPENING = re.compile(r"^(?:and|but|also|as well as|that|while|,|;|\s)+\s*", re.I)
_NOT_ALONE = re.compile(r"(?:and|or|of|with|to|in|as|must|should|needs?|ought|may|might|could|would|cannot|can)\b", re.I)
_ABBREVIATED = re.compile(r"\b[A-Z]\.$|\b(?:Inc|Ltd|Co|Corp|Jr|Sr|St|No|etc|a\.m|p\.m)\.$")
_IS_TO = re.compile(r"^(?:(?:am|are|is)\s+)?to\s+(?!be\b)(?=[a-z])", re.I)
# a quote that breaks off in its sentence
_HANGING = re.compile(r"[,;]?(?:\s+(?:with|as|in|for|by|to|of|on))?(?:\s+(?:and|or|the|an?))+$", re.I)
_SPACE = re.compile(r"\s+")
_LONG = 210


def line(item: Assertion, name: str, own: bool = False) -> str:
    """The words of an assertion as a line: "Sign the pact within the year" from "We will sign the pact within the year".

    ``own``: the statement is the actor's alone, so that "we" is the actor whoever else takes part in the deed.
    """
    return sentence(deed(item, name, own))


def deed(item: Assertion, name: str, own: bool = False) -> str:
    """The words without the actor's own name and a plain auxiliary."""
    bare = re.sub(r"^also\s+", "", without_subject(tidy(item.quote), item, name, own))
    if item.act is Act.COMMITMENT:
        return _strip_first(bare, _WILL, _READY, _COMMITTED, _IS_TO)
    if item.act is Act.OUTCOME:
        return _strip_first(bare, _PERFECT, _CONTINUOUS)
    return _strip_first(bare, _READY, _COMMITTED)


def without_subject(words: str, item: Assertion, name: str, own: bool = False) -> str:
    """The words after the actor's own name, "we" or "the ... side", when that subject stands alone before its verb."""
    known = rf"(?:the )?{re.escape(name)}"
    alone = own or len(item.actors) == 1
    head = rf"(?:{_PRONOUN}|{known}|the \w+ (?:side|government|people's government))" if alone else known
    named = re.match(rf"{head}(?=\s)", words, re.I)
    end = named.end() if named else _grounded(item) if alone else 0
    rest = words[end:].lstrip()
    return rest if end and rest[:1].islower() and not _NOT_ALONE.match(rest) else words


def _grounded(item: Assertion) -> int:
    for ground in item.grounds:
        if ground.start == item.start < ground.end and ground.rule in {"name", "we", "side", "capital", "organisation", "group"}:
            return ground.end - ground.start
    return 0


_PRONOUNS = re.compile(r"(?:I|we|it|they|he|she|you|who|our|my|its|their|his|her|this|these|that|those|all|both|some)\b", re.I)


def says_who(item: Assertion) -> bool:
    """Whether the quote begins with a subject that can be understood without its sentence: a name, no pronoun and no bare verb."""
    named = any(ground.start == item.start < ground.end and ground.rule in {"name", "organisation", "official"} for ground in item.grounds)
    return named or (item.quote[:1].isupper() and not _PRONOUNS.match(item.quote))


def _strip_first(words: str, *patterns: re.Pattern[str]) -> str:
    for pattern in patterns:
        bare = pattern.sub("", words, count=1)
        if bare != words and bare:
            return bare
    return words


def tidy(quote: str) -> str:
    """One line, without a stray comma, bracket or half of a pair of quotation marks at its ends."""
    words = _SPACE.sub(" ", quote).strip()
    words = _end(words.lstrip(" ,;:.)–—-"))
    for left, right in (('"', '"'), ("“", "”"), ("(", ")")):
        words = _balanced(words, left, right)
    return _end(words)


def _end(words: str) -> str:
    """Without closing punctuation; the stop of "U.S." or "D.C." belongs to the word."""
    bare = words.rstrip(" ,;:–—-")
    while bare.endswith(".") and not _ABBREVIATED.search(bare):
        bare = bare[:-1].rstrip(" ,;:–—-")
    return bare


def _balanced(words: str, left: str, right: str) -> str:
    odd = words.count(left) % 2 if left == right else words.count(left) != words.count(right)
    if odd and words.startswith(left):
        return words[1:]
    if odd and words.endswith(right):
        return words[:-1]
    return words


def sentence(words: str, most: int = _LONG) -> str:
    """Sentence case; cut at a clause when longer than a line can bear, marked with an ellipsis."""
    words = _OPENING.sub("", words) or words
    words = _HANGING.sub(" …", words)
    if len(words) > most:
        cut = max((words.rfind(mark, most // 2, most) for mark in (", ", "; ", " to ", " and ")), default=-1)
        words = words[: cut if cut > 0 else words.rfind(" ", 0, most)].rstrip(" ,;") + " …"
    return words[:1].upper() + words[1:]


TOPICS = {
    "health": "Health",
    "economy-trade": "Economy and trade",
    "development": "Development",
    "climate-environment": "Climate and environment",
    "security-defence": "Security and defence",
    "human-rights": "Human rights",
    "sovereignty-territory": "Sovereignty and territory",
    "technology-cyber": "Technology and cyber",
    "people-culture-education": "People, culture and education",
    "global-governance": "Global governance",
    "energy-infrastructure": "Energy and infrastructure",
    "humanitarian": "Humanitarian",
    "consular-migration": "Consular affairs and migration",
    "bilateral-relations": "Relations with others",
    "other": "Other",
}


def listed(parts: list[str]) -> str:
    """"A", "A and B", "A, B and C"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


_WITH_ARTICLE = re.compile(
    r"^(?:United |Philippines|Netherlands|Bahamas|Maldives|Gambia|Comoros|Solomon |Marshall |Seychelles|Czech Republic|Central African|"
    r"Dominican Republic|Democratic Republic|Republic |European Union|Group of|World |Organi[sz]ation|Association|African Union|Gulf Coop|"
    r"Arab League|League|Commonwealth|Holy See|North Atlantic|International )"
)


def the(name: str) -> str:
    """A name as it stands in running text: "the United States", "Kenya"."""
    return f"the {name}" if _WITH_ARTICLE.match(name) else name


def possessive(name: str) -> str:
    """ "Kenya's", "the United States'"."""
    told = the(name)
    return told + ("'" if told.endswith("s") else "'s")
