"""Whose voice a document is: ``issuers(...)`` gives the codes that "we" means outside quotations."""

from __future__ import annotations

import re

from communique.language.lists import listed
from communique.language.names import find
from communique.records import Speaker
from communique.vocabulary.actors import load
from communique.vocabulary.publishers import is_media, is_open, sides, states

OPENING = 900  # characters in which a joint document names who issues it
WE = re.compile(r"\b(?:[Ww]e|WE)\b[,— –-]{0,4}(?:the )?(?:[Ll]eaders|[A-Z]\w+|[Mm]inisters)|\b(?:[Ll]eaders|[Mm]inisters|Governments) of\b")
STOPS = re.compile(r"[.!?](?:\s|$)|\n")
LONGEST = 3000  # characters of an opening that is one long list
WHO = 160  # characters after "We, the leaders of" in which they are named
ORGANS = ("UNGA", "UNSC")  # read from "General Assembly" and "Security Council", which others have too
LOOSE = ("NB8", "QUAD", "V4")  # groups without a seat or a charter: where the opening names them all, each of them speaks
JOINT = frozenset({"joint-statement", "communique"})
TOLD = frozenset({"readout", "remarks", "statement"})  # kinds that one side puts out, on whosever page
BY = re.compile(r"^(?:Readout of|Remarks by|Statement (?:by|from)|Opening Remarks by)\b", re.IGNORECASE)
SPOKEN = frozenset({"press-conference", "remarks", "speech", "interview", "news-report"})  # a joint one has turns
# "Quad Leaders' Statement", "JOINT FACT SHEET: ..."; not "Chile and Peru Sign Joint Declaration", which tells of one.
AS_ONE = re.compile(
    r"^(?!.*\b(?:[Ss]ign|[Ii]ssu|[Aa]dopt|[Ww]elcom|[Rr]eleas|[Ee]ndors|[Rr]espon|[Aa]nnounc))"
    r"(?:(?:[A-Z\d][^\s:]*:?|and|of|the|[–—-]) ){0,8}"
    r"(?i:joint (?:\w+ ){0,2}|leaders?[’']* (?:\w+ ){0,2})(?i:statement|declaration|communiqu[eé]|readout|fact sheet|press release)\b"
)
WE_ALL = re.compile(r"\W*(?:[Ww]e|WE) ?[,—–-]")  # "We, the United States, Australia, ..."
TOGETHER = re.compile(r"\b[Ww]e[,— –-]{0,4} ?(?:the )?(?:[Ll]eaders|[Pp]residents|[Mm]inisters|[Hh]eads)(?: and [\w ]{0,40})? of\b")
JOINTLY = re.compile(r"\bjoint(?:ly)?\b|\b(?:and|between)\b", re.IGNORECASE)
BY_WHOM = re.compile(r"\b(?:by|from)\b", re.IGNORECASE)
BEHALF = re.compile(r"\bon behalf of (?:the )?(?P<who>.{2,80})")
STOP = re.compile(
    r"\b(?:(?i:on|regarding|concerning|following|after|in support of|welcoming|condemning|at the|in the|during|to combat|in commemoration|"
    r"endorsing|launching|commemorating|calling)\b|(?:in|at) (?=[A-Z]))"
)


def issuers(text: str, title: str, kind: str, publisher: str, people: tuple[Speaker, ...]) -> tuple[tuple[str, ...], str]:
    """The codes and how they were found; none for a news medium, whose own voice is nobody's side."""
    own = own_sides(publisher)
    guest = bool(own) and ((kind in TOLD and own[0] not in states().values()) or _several(kind, publisher, own))
    told = _told(title, kind, people) if guest else ()
    if told:
        return told, "title"
    together = kind not in SPOKEN and (AS_ONE.search(title) is not None or _we_all(text))
    if own and (_alone(text, title, kind, publisher, own, together) or (kind == "readout" and len(own) == 1 and not together)):
        return own, "publisher"
    if together or _several(kind, publisher, own) or (own and TOGETHER.search(text[:OPENING])):
        joint = _joint(text, title, own, people)
        if joint:
            return joint
    if own:
        return own, "publisher"
    if is_media(publisher) or kind == "news-report":
        return (), "a news medium has no side"
    told = tuple(dict.fromkeys(person.side for person in people if person.side))
    if told:
        return told[:1], "speaker"
    behalf = BEHALF.search(title)
    spoken = _codes(behalf["who"]) if behalf else tuple(one.codes[0] for one in find(title) if one.rule == "official")
    return (spoken[:1], "title") if spoken else ((), "not found")


def _several(kind: str, publisher: str, own: tuple[str, ...]) -> bool:
    """Whether the kind or the publisher says that several may speak."""
    return kind in JOINT or is_open(publisher) or len(own) > 1


def _we_all(text: str) -> bool:
    """Whether the text begins "We, the United States, Australia and ..."."""
    return WE_ALL.match(text) is not None and len(listed(_opening(text))) > 1


def _opening(text: str) -> str:
    """The first words of a text, to the end of a sentence: a list of seventy is not cut."""
    stop = STOPS.search(text, OPENING)
    return text[: stop.end() if stop and stop.end() < LONGEST else OPENING]


def _titled(title: str, people: tuple[Speaker, ...]) -> tuple[str, ...]:
    """The sides of the people whom a title names, each once."""
    named = (one for one in people if any(len(word) > 2 and word.strip(",.") in title for word in one.name.split()))
    return tuple(dict.fromkeys(one.side for one in named if one.side))


def _told(title: str, kind: str, people: tuple[Speaker, ...]) -> tuple[str, ...]:
    """The state of whoever a title says speaks: "Readout of President Lima's Meeting with the Leaders of the Forum".

    None where a joint kind has a title of two: "Statement by President Lima and President Berg".
    """
    sides_of = _titled(title, people) if BY.match(title) and not AS_ONE.search(title) else ()
    if kind in JOINT and len(sides_of) > 1:
        return ()
    return sides_of[:1] if sides_of and people[0].side == sides_of[0] in states().values() else ()


def _alone(text: str, title: str, kind: str, publisher: str, own: tuple[str, ...], joined: bool) -> bool:
    """Whether one body, or one state in a communiqué of its own, speaks alone, whatever states it names."""
    if len(own) > 1 or is_open(publisher):
        return False
    together = TOGETHER.search(text[:OPENING])
    if own[0] in states().values():
        bodies = set(_codes(STOP.split(title, maxsplit=1)[0])) - set(states().values())
        return kind == "communique" and not (together or joined or JOINTLY.search(title) or bodies)
    if together and _codes(text[together.end() : together.end() + WHO])[:1] != own:
        return False
    named = {code for one in find(STOP.split(title, maxsplit=1)[0]) if one.rule not in ("group", "capital") for code in one.codes}
    members = set(load().members.get(own[0], ()))
    if own[0] in LOOSE and members <= set(listed(_opening(text))):
        return False
    if named & members and own[0] not in named:
        return False  # "Joint statement of the leaders of Australia, India, Japan and the United States"
    return {code for code in named if ":" not in code} <= {*own, *members, *ORGANS}


def _joint(text: str, title: str, own: tuple[str, ...], people: tuple[Speaker, ...]) -> tuple[tuple[str, ...], str] | None:
    """All who issue a joint document: by the title, the people of the title, "We, the leaders of ...", or the publisher."""
    by = BY_WHOM.search(title)
    head = _codes(STOP.split(title, maxsplit=1)[0])
    named = head or _codes(title[by.end() :] if by else "") or _codes(title)
    lead = _parties(listed(_opening(text)))
    if len(lead) > len(named) > 2 and set(named) <= set(lead):
        return lead, "opening"
    if len(named) > 1 and not (len(lead) > 4 and _listed_first(named, text)):
        return named, "title"
    titled = _titled(title, people)
    if len(titled) > 1:
        return titled, "people of the title"
    if len(lead) > 2 and _listed_first(named, text):
        present = tuple(code for code in own if code not in lead and code in {one.side for one in people})
        return (*present, *lead), "opening"
    if len(own) > 1 or (own and own[0] in GROUPS):
        return own, "publisher"
    if named and (named[0] in GROUPS or (head and named[0] not in states().values())):
        return named, "title"
    sided = tuple(dict.fromkeys(person.side for person in people if person.side and person.side not in GROUPS))
    if len(sided) > 1:
        return sided, "speakers"
    if set(own) < set(lead):
        return lead, "opening"
    opening = _codes(text[:500])
    return (tuple(dict.fromkeys((*own, *opening[:2]))), "opening") if opening else None


def _listed_first(named: tuple[str, ...], text: str) -> bool:
    """Whether a list in the opening outweighs a title of one party or of groups.

    One standing group, only after "We, the leaders of", or where a loose one names all its members.
    """
    if len(named) > 1:
        return all(code in GROUPS for code in named)
    if not (named and named[0] in GROUPS) or WE.search(text[:300]):
        return True
    return named[0] in LOOSE and set(load().members[named[0]]) <= set(listed(_opening(text)))


def _parties(codes: tuple[str, ...]) -> tuple[str, ...]:
    """The codes without a group whose members are all named beside it."""
    members = load().members
    return tuple(code for code in codes if not (members.get(code) and set(members[code]) <= set(codes)))


GROUPS = frozenset("G7 G20 QUAD BRICS ASEAN EU AU NATO PIF CARICOM APEC SCO GCC CELAC OIC LAS".split())


def _codes(text: str) -> tuple[str, ...]:
    """States and bodies named in ``text``, in order, once each; loose groups and unlisted bodies left out."""
    codes = [code for mention in find(text) if mention.rule != "group" for code in mention.codes]
    return tuple(dict.fromkeys(code for code in codes if ":" not in code))


def own_sides(publisher: str) -> tuple[str, ...]:
    """Whose voice a publisher is: by its code, else by the first state or body in its name ("Embassy of Chile in Oman")."""
    return sides(publisher) or tuple(code for mention in find(publisher)[:1] for code in mention.codes[:1] if not is_media(publisher))
