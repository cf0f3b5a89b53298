"""Whose words a statement carries: ``speakers(...)`` from the labels of its turns, its title, its head, or who is quoted.

``match(who, known, home)`` tells whom a label or a subject means among them: by name, else by the office named.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from communique.language.issuers import own_sides
from communique.language.lists import listed
from communique.language.names import find
from communique.language.offices import NAME, STYLE, Holder, clean, holders, merged, plain, same, words
from communique.language.turns import Turn, labels
from communique.records import Speaker
from communique.vocabulary.officials import Official, officials

HEAD = 3000
SPOKEN = frozenset({"press-conference", "remarks", "interview", "speech", "statement"})
MET = frozenset({"readout", "joint-statement"})
SPOKESPERSON = re.compile(
    r"(?:Foreign Ministry|MFA|MOFA|Ministry of Foreign Affairs|Government|White House|State Department|Department of State|Defen[cs]e "
    r"Ministry|"
    r"Kremlin|Presidential|Commission|EU|UN) (?P<role>Spokes(?:person|man|woman))"
)
SIGNATURE = re.compile(r"(?:[A-Z][A-Z.’'-]*,? ){1,4}[A-Z][A-Z.’'-]{1,}")
UNNAMED = ("moderator", "a", "answer")
MOST = 12  # people listed for one statement
SAYS = (
    r"(?:said|says|stressed|noted|added|told|stated|reiterated|emphasi[sz]ed|underscored|pointed out|remarked|explained|warned|"
    r"announced|declared)"
)
SPOKE = re.compile(rf"\b{SAYS}\b")
SUBJECT = re.compile(rf"(?P<name>{NAME}) (?:also |further |then )?$")
OBJECT = re.compile(rf" (?P<name>{NAME})")
# "The Hon Julie Bishop MP" on an Australian release; the office stands on the line before or after.
HON = re.compile(rf"\b[Tt](?:he|HE) H(?:on|ON)(?:ourable)?\.? {STYLE}?(?P<name>{NAME})")
TITLES = (
    r"(?:(?:DEPUTY |Deputy |ACTING |Acting )?(?:PRIME MINISTER|Prime Minister|MINISTER|Minister|PRESIDENT|President|SECRETARY|"
    r"Secretary|TREASURER|Treasurer))"
)
OFFICE_LINE = re.compile(rf"\b(?P<role>{TITLES}(?: (?:for|FOR|of|OF)(?: (?:the|THE|and|AND|,|[A-Z][\w’'-]*))+)?)")
SUFFIX = re.compile(r"^(?:[ ,\n]|\b(?:MP|AC|AO|AM|QC)\b)*")
BETWEEN = re.compile(r"[\s,]|\bSenator\b", re.IGNORECASE)
OFFICES = frozenset(
    "the prime minister vice secretary general deputy assistant chancellor premier king queen ambassador foreign state advisor adviser "
    "leader director senior administration official officials president "
    "moderator pm fm vp speaker "
    "chairman chair chairperson first lady under governor commissioner spokesperson spokesman spokeswoman treasurer "
    "attorney national security press principal chief commander councilor councillor member envoy representative administrator high "
    "commander taoiseach prince emir sultan crown state foreign defence defense trade finance".split()
)  # fmt: skip
# "Rural Health Minister": what stands before them is no name.
ENDING = frozenset("minister secretary commissioner ambassador treasurer spokesperson spokesman spokeswoman".split())
_PREMIER = frozenset({"prime", "minister"})
ALIKE = {"premier": (_PREMIER,), "leader": (frozenset({"president"}), _PREMIER, frozenset({"king"}), frozenset({"chancellor"}))}
LINKS = frozenset({"of", "for", "and", "to", "on"})
STYLES = frozenset("mr mrs ms dr hon sir dame lord shri daw samdech datuk dato bapak sheikh".split())  # before a name, no part of it
SHORT = {"pm": "Prime Minister", "fm": "Foreign Minister", "vp": "Vice President"}  # offices as labels shorten them


def speakers(text: str, title: str, kind: str, publisher: str, date: str | None) -> tuple[tuple[Speaker, ...], str]:
    """The people whose words the document carries, with office and side, and how they were found."""
    own = own_sides(publisher)
    home = own[0] if len(own) == 1 else ""
    named = [_chief(one, home, date) for one in holders(title)]
    turns = labels(text, tuple(one.name for one in named), title)
    talking = [turn for turn in turns if not turn.asks and turn.who.casefold() not in UNNAMED]
    if kind in SPOKEN and len(talking) > 1:
        return _sided(_of_turns(text, talking, named, home, date), home, date, title), "turns"
    if named:
        return _sided([_chief(one, home, date) for one in _fuller(text, named)[:MOST]], home, date, title), "title"
    top = _released(text)
    if top and kind not in ("readout", "joint-statement"):
        return _sided(top, home, date), "head"
    office = SPOKESPERSON.search(title)
    if office:
        return (Speaker(" ".join(office[0].split()), office["role"], home),), "title"
    opened = _sided(holders(text, 1500)[:4] if kind in MET else [], home, date)
    signed = _signed(text)
    quoted = () if opened or signed else _sided(_quoted(text), home, date)
    if signed and not opened:
        return _sided([signed], home, date), "signature"
    return (opened, "opening") if opened else (quoted, "quotations" if quoted else "nobody named")


def match(who: str, known: Sequence[Speaker], home: str = "") -> Speaker | None:
    """The person a label or subject means: of that name, else of that office (of the home side where several hold it)."""
    name = bare(who)
    whose = find(name) if name else ()
    if whose and whose[0].start == 0 and whose[0].end == len(name):  # "the Chilean ambassador"
        home, who = whose[0].codes[0], who.replace(name, "", 1)
    elif name:
        named = next((one for one in known if same(one.name, name)), None)
        if named is not None or plain(who).split()[-1] not in ENDING:
            return named
    office = {word for word in plain(who).split() if word not in ("the", "of", "for", "and")}
    roles = [office, *ALIKE.get(" ".join(office), ())]
    held = [one for role in roles for one in known if role and role <= set(plain(one.role).split())]
    exact = [one for one in held if set(plain(one.role).split()) - {"the", "of"} == office]
    for fitting in (exact, held):
        mine = [one for one in fitting if one.side == home]
        if fitting:
            return (mine or [one for one in fitting if one.side] or fitting)[0]
    return None


def bare(who: str) -> str:
    """The name in a label: "President Biden" is Biden; "The President" and "Minister for Trade" name nobody."""
    held = holders(who) if " of " in who else []
    if held:
        return held[0].name
    parts = who.split()
    kept = [part for part in parts if plain(part) not in OFFICES]
    if any(part.casefold() in LINKS for part in kept):  # "Minister for Trade and Tourism": all of it is the office
        return "" if any(plain(part) in OFFICES for part in parts) else who
    return " ".join(part for part in kept if plain(part) not in STYLES)


def incumbent(office: str, side: str, date: str | None) -> Holder | None:
    """Who held an office of a side on a date, when exactly one person is known to."""
    wanted = plain(office).removeprefix("the ")
    if not (side and date and wanted):
        return None
    held = {one.name: one for one in officials() if one.code == side and plain(one.office) == wanted and one.serves(date)}
    return next((Holder(one.name, one.office, 0, 0, (one.code,)) for one in held.values()), None) if len(held) == 1 else None


def _chief(one: Holder, home: str, date: str | None) -> Holder:
    """The holder without words that are no name: "Ana Lima Accorded", and of a body "On Prosperity, Secretary-General Says"."""
    office = "Secretary-General" if plain(one.role).endswith("secretary general") else one.role
    held = incumbent(office, home, date) if one.whose in ((), (home,)) else None
    if held is None or not (set(words(held.name)) < set(words(one.name)) or office != one.role or office == "Secretary-General"):
        return one
    return Holder(held.name, office, one.start, one.end, one.whose)


def side_of(name: str, date: str | None) -> str:
    """The side of a well-known official, by full name, or by a family name that one side alone has on the date."""
    parts = tuple(words(name))
    fitting = {one.code for one in _known_as().get(parts, ()) if not date or one.serves(date)}
    return fitting.pop() if len(fitting) == 1 else ""


@cache
def _known_as() -> dict[tuple[str, ...], tuple[Official, ...]]:
    """Officials by the words of each of their names, and by the family name alone."""
    index: dict[tuple[str, ...], list[Official]] = {}
    for one in officials():
        full = tuple(words(one.name))
        for form in dict.fromkeys((full, full[-1:], *(tuple(words(other)) for other in one.others))):
            index.setdefault(form, []).append(one)
    return {form: tuple(found) for form, found in index.items()}


def _sided(found: list[Holder], home: str, date: str | None, title: str = "") -> tuple[Speaker, ...]:
    """Speakers with a side each: told, known from office, of the office that the title names, or the publisher's own."""
    return tuple(Speaker(one.name, one.role, one.side or _side(one, home, date, title)) for one in merged(found))


def _side(one: Speaker, home: str, date: str | None, title: str) -> str:
    held = incumbent(one.role, home, date)
    if held is not None and same(held.name, one.name):
        return home
    known = side_of(one.name, date)
    if known and home and not one.role and len(words(one.name)) == 1 and known not in {code for each in find(title) for code in each.codes}:
        known = ""  # "MS. BROWN" of an administration is no foreign leader of that name
    return known or _titled(one.role, title, home) or home


def _titled(role: str, title: str, home: str) -> str:
    """Whose office a title names, another than home: "the President of Chile", "the Prime Ministers of Oman and Fiji"."""
    hit = re.search(rf"\b{re.escape(role)}s? of (?:the )?(?=[A-Z])", title, re.IGNORECASE) if role else None
    codes = listed(title[hit.end() : hit.end() + 60]) if hit else ()
    others = [code for code in codes if code != home]
    return others[0] if len(others) == 1 else ""


def _fuller(text: str, named: list[Holder]) -> list[Holder]:
    """The people of a title, each where the text names them more fully."""
    return [*named, *(one for one in holders(text, HEAD) if any(same(one.name, other.name) for other in named))]


def _of_turns(text: str, turns: list[Turn], named: list[Holder], home: str, date: str | None) -> list[Holder]:
    """One person for each label that answers, matched with the fuller naming of title and head."""
    first = [*named, *_released(text)]
    known = [*first, *holders(text, HEAD)]
    sure, every = merged(first), merged(known)
    found: dict[str, Holder] = {}
    for turn in turns:
        if turn.who not in found and len(found) < MOST:
            side = next((mention.codes[:1] for mention in find(turn.side)), ()) if turn.side else ()
            found[turn.who] = _holder(turn.who, side, sure, known, every, home, date)
    return list(found.values())


def _holder(
    who: str, side: tuple[str, ...], sure: Sequence[Speaker], known: list[Holder], every: Sequence[Speaker], home: str, date: str | None
) -> Holder:
    """Whom a label means: of those that the title or the head of a release names (``sure``), by office at home, or of all."""
    name, role = bare(who), _role(who)
    person = match(who, sure, home)
    held = incumbent(role, home, date) if person is None and not name else None
    if held is not None:
        return held  # "PRIME MINISTER" is ours, whichever guest the text names so
    person = person or match(who, every, home)
    if person is not None:
        whose = next((one.whose for one in known if same(one.name, person.name) and one.whose), ())
        return Holder(person.name, person.role or role, 0, 0, side or whose)
    given = [Holder(one.name, one.role, 0, 0, side or one.whose) for one in holders(who)] if name else []
    return given[0] if given else Holder(name or role or who, role, 0, 0, side)


def _role(who: str) -> str:
    if not bare(who):
        return who.removeprefix("The ").removeprefix("the ")
    return " ".join(SHORT.get(plain(part), part) for part in who.split() if plain(part) in OFFICES - {"the"})


def _released(text: str) -> list[Holder]:
    """The people a release puts at its top: "The Hon A B MP" with the office on the line before or after, or beside the name."""
    top = text[:900]
    hits = [(hit, clean(_cased(hit["name"]))) for hit in HON.finditer(top)]
    found = []
    for hit, name in hits:
        after = OFFICE_LINE.match(SUFFIX.sub("", top[hit.end() : hit.end() + 120]))
        lines = OFFICE_LINE.finditer(top, max(0, hit.start() - 120), hit.start())
        before = [line["role"] for line in lines if not BETWEEN.sub("", top[line.end() : hit.start()])]
        comma = top[hit.end() : hit.end() + 6].lstrip(" MP").startswith(",")
        role = after["role"] if after and (comma or not before) else before[-1] if before else ""
        if name:
            found.append(Holder(name, _cased(" ".join(role.split())), hit.start(), hit.end()))
    return found


def _cased(words_: str) -> str:
    small = {"For", "Of", "And", "The"}
    if words_.upper() != words_:
        return words_
    return " ".join(word.lower() if word in small and number else word for number, word in enumerate(words_.title().split()))


def _signed(text: str) -> Holder | None:
    """Who signs at the foot: a name in capitals alone on the last line."""
    last = text[-200:].rstrip(" \n*#").rsplit("\n", 1)[-1].strip()
    return Holder(clean(_cased(last)), "", 0, 0) if SIGNATURE.fullmatch(last) and clean(last) else None


def _quoted(text: str) -> list[Holder]:
    """The people a report quotes most, with the office it gives them."""
    sample = text[:20_000]
    said: Counter[str] = Counter()
    for verb in SPOKE.finditer(sample):
        who = SUBJECT.search(sample[max(0, verb.start() - 60) : verb.start()]) or OBJECT.match(sample, verb.end())
        said.update(words(who["name"])[-1:] if who else ())
    often = {one: max((said[word] for word in words(one.name)), default=0) for one in holders(sample)}
    kept = sorted((one for one in often if often[one]), key=lambda one: (-often[one], one.start))
    return kept[:8]
