"""Whose voice a document is: ``issuers(...)`` gives the codes that "we" means outside quotations."""

from __future__ import annotations

import re

from communique.language.lists import listed
from communique.language.names import find
from communique.records import Speaker
from communique.vocabulary.publishers import is_media, is_open, sides

OPENING = 900  # characters in which a joint document names who issues it
WE = re.compile(r"\b(?:[Ww]e|WE)\b[,— –-]{0,4}(?:the )?(?:[Ll]eaders|[A-Z]\w+|[Mm]inisters)|\b(?:[Ll]eaders|[Mm]inisters|Governments) of\b")
JOINT = frozenset({"joint-statement", "communique"})
TOGETHER = re.compile(r"\b[Ww]e[,— –-]{0,4} ?(?:the )?(?:[Ll]eaders|[Pp]residents|[Mm]inisters|[Hh]eads)(?: and [\w ]{0,40})? of\b")
STOP = re.compile(
    r"\b(?:on|regarding|concerning|following|after|in support of|welcoming|condemning|at the|on the|in the|to combat|in commemoration|"
    r"endorsing|launching|commemorating|calling)\b", re.IGNORECASE)


def issuers(text: str, title: str, kind: str, publisher: str, people: tuple[Speaker, ...]) -> tuple[tuple[str, ...], str]:
    """The codes and how they were found; none for a news medium, whose own voice is nobody's side."""
    own = sides(publisher) or _of_name(publisher)
    if kind in JOINT or is_open(publisher) or len(own) > 1 or (own and TOGETHER.search(text[:OPENING])):
        joint = _joint(text, title, own, people)
        if joint:
            return joint
    if own:
        return own, "publisher"
    if is_media(publisher) or kind == "news-report":
        return (), "a news medium has no side"
    told = tuple(dict.fromkeys(person.side for person in people if person.side))
    return (told[:1], "speaker") if told else ((), "not found")


def _joint(text: str, title: str, own: tuple[str, ...], people: tuple[Speaker, ...]) -> tuple[tuple[str, ...], str] | None:
    """All who issue a joint document: by the title, by "We, the leaders of ...", by the people of the title, by the publisher."""
    head = STOP.split(title, 1)[0] if len(_codes(STOP.split(title, 1)[0])) > 1 else title
    named = _codes(head)
    lead = listed(text[:OPENING])
    if len(lead) > max(2, len(named)) and _listed_first(named, text):
        return lead, "opening"
    if len(named) > 1:
        return named, "title"
    sided = tuple(dict.fromkeys(person.side for person in people if person.side))
    if len(sided) > 1:
        return sided, "speakers"
    if len(own) > 1 or (own and own[0] in ("G7", "G20", "QUAD", "BRICS")):
        return own, "publisher"
    if named and named[0] in GROUPS:
        return named, "title"
    opening = _codes(text[:500])
    return (tuple(dict.fromkeys((*own, *opening[:2]))), "opening") if opening else None


def _listed_first(named: tuple[str, ...], text: str) -> bool:
    """Whether a long list in the opening outweighs the title: not "the United States and the Forum", nor one standing group without "We, the leaders of"."""
    if len(named) == 2 and any(code not in GROUPS for code in named):
        return False
    return not (len(named) == 1 and named[0] in GROUPS) or WE.search(text[:300]) is not None


GROUPS = frozenset("G7 G20 QUAD BRICS ASEAN EU AU NATO PIF CARICOM APEC SCO GCC CELAC OIC LAS".split())


def _codes(text: str) -> tuple[str, ...]:
    """States and bodies named in ``text``, in order, once each; loose groups and unlisted bodies left out."""
    codes = [code for mention in find(text) if mention.rule != "group" for code in mention.codes]
    return tuple(dict.fromkeys(code for code in codes if ":" not in code))


def _of_name(publisher: str) -> tuple[str, ...]:
    """The state or body a publisher's written name begins with: "Embassy of Chile in Oman" is Chile's."""
    return tuple(code for mention in find(publisher)[:1] for code in mention.codes[:1])
