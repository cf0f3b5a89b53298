"""Bodies that no list holds: "the Coastal Fisheries Commission", "Nordwind Ltd", named by a head noun among capitalised words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from communique.language.words import word_before
from communique.records import Mention

HEADS = frozenset(
    "Party Parliament Senate Commission Coalition Forum Council Foundation Alliance Institute Association Corporation Agency"
    " Authority Fund Network Federation Committee Panel Court Tribunal University Movement Front Union Ltd LTD Limited Inc LLC"
    " Company Bank Taskforce Accelerator Facility Schools District Center Centre League Army Militia Group Organization"
    " Organisation Secretariat Society Chamber".split()
)
PUBLIC = frozenset("Agency Authority Army Taskforce Commission Court Council Committee Secretariat Senate Parliament".split())
ALONE = frozenset({"Parliament", "Senate"})
NOT_FIRST = frozenset(
    "The A An This That These Our We In On At For And Of With By From To As Its His Her Their But If When While Both Also".split()
)
TITLES = (
    "President Chair Chairman Chairperson Director Secretary General Head Minister Governor Chief Representative Spokesperson Spokesman"
).split()
ACRONYM = re.compile(r" ?\((?:the )?[\"“]?(?P<short>[A-Z][A-Za-z]*[A-Z][A-Za-z]*)[\"”]?\)")  # behind the name it shortens
LINKS = frozenset({"of", "for", "and", "the", "on", "&", "to"})
DAY = r"(?:[A-Z]\w+day|January|February|March|April|May|June|July|August|\w+ber)\b"
SUM = r"[A-Z]{2,3}\$? ?\d"
AND = rf",? and(?! (?:the )?(?:[A-Z]\w+ )?(?:{'|'.join(TITLES)})\b)"
ONWARD = re.compile(
    rf" (?:of|for|on|to|against)(?: the)?(?! {DAY}| {SUM})(?: [A-Z][\w'-]+)"
    rf"(?:(?:{AND}| of| the| for|,(?=(?:,? [A-Z][\w'-]+)+,? and [A-Z]))?(?! {SUM}) [A-Z][\w'-]+)*"
)


def body(text: str, start: int, end: int, taken: int = 0) -> tuple[int, int, str] | None:
    """The name around a head noun, not before ``taken``, and its code; nothing where the head stands alone and could be any."""
    begin = _begins(text, start, taken)
    onward = ONWARD.match(text, end)
    stop = onward.end() if onward and text[end - 3 : end] not in ("Ltd", "Inc", "LLC") else end
    if begin == start and stop == end and text[start:end] not in ALONE:
        return None
    return begin, stop, "org:" + " ".join(text[begin:stop].split())


def _begins(text: str, start: int, taken: int) -> int:
    """Where the run of capitalised words before a head noun begins."""
    begin = probe = start
    for _ in range(7):
        word = word_before(text, probe)
        if not word or word in NOT_FIRST:
            break
        probe = text.rindex(word, 0, probe)
        if probe < taken:
            break
        if word in TITLES and begin > probe + len(word) + 1:  # "President of the Scout Union" is no body
            break
        if word[0].isupper() or word[0].isdigit():
            begin = probe
        elif word not in LINKS or begin == start:
            break
    return begin


def shortened(text: str, named: Sequence[Mention]) -> Iterator[Mention]:
    """Where a body that no list holds is named by the acronym given behind its full name: "the Harbour League (HL) ... HL will"."""
    taken = {text[mention.start : mention.end] for mention in named}
    for mention in named:
        told = ACRONYM.match(text, mention.end) if mention.codes[0].startswith("org:") else None
        if told and told["short"] not in taken and told["short"][0] == text[mention.start]:
            taken.add(told["short"])
            for again in re.compile(rf"\b{told['short']}\b").finditer(text, told.end()):
                yield Mention(again.start(), again.end(), mention.codes, "organisation")
