"""Names with the office they are given: ``holders(text)`` gives each, its place, and whose office it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from communique.language.folding import fold
from communique.language.names import find
from communique.records import Speaker

_HEAD = (
    r"(?:President|Prime Minister|Premier|Chancellor|Taoiseach|Minister|Secretary[- ]General|Director[- ]General|General Secretary|"
    r"Secretary|"
    r"Ambassador|High Commissioner|Commissioner|Representative|Spokesperson|Spokesman|Spokeswoman|Councill?or|King|Queen|Emir|Amir|Sultan|"
    r"Crown Prince|Prince|Pope|Advis[eo]r|Envoy|Chairman|Chairperson|Chairwoman|Chair|Governor|Coordinator|Leader|First Lady|"
    r"Attorney[- ]General|"
    r"Under[- ]Secretary|Chief of Staff|Administrator|Director|Senator|Commander|Chief of [A-Z]\w+(?: Force| Staff)?|Treasurer)"
)
_BEFORE = (
    r"(?:(?:Deputy|Vice|Acting|Assistant|First|Senior|Special|Principal|Permanent|Chief|Executive|High|State|Federal|Foreign|Prime|"
    r"Cabinet|National|"
    r"Security|Trade|Defen[cs]e|Finance|Interior|Home|External|Union|Commerce|Treasury|Energy|Health|Environment|Press|Council|"
    r"Commission|Climate|"
    r"Presidential|Under|Parliamentary|Immigration|Development|Education|Agriculture|Economy|Economic|Affairs|General|Associate|"
    r"Homeland|Political|"
    r"Managing|Joint|Regional|Transport|Labou?r|Justice|Water|Mining|Mines|Tourism|Culture|Sports|Science|Technology|Industry|Planning|"
    r"Information|"
    r"Communications?|Infrastructure|Fisheries|Maritime|Digital|Women|Youth|Social|Public|Works|Local|Investment|Budget|Petroleum|Oil|"
    r"Migration|Housing|Lands?|U\.S\.|US|UN|EU|NATO)[ -])"
)
OFFICE = rf"{_BEFORE}{{0,4}}{_HEAD}"
_FIELD = r"(?!(?:Mr|Mrs|Ms|Mme|Dr|Prof|Hon|HE|H)\b)[A-Z][\w’'-]+"  # a word of it, no style of the name that follows
_OF = rf"(?: (?:of|for|on|to) (?:the )?{_FIELD}(?:(?:,? and|,| of| of the| for| the)? {_FIELD}){{0,6}})?"
_SENT = (  # "High Commissioner of Ghana to Kenya and Somalia"
    rf"(?:Ambassador|High Commissioner|Representative|Envoy|Consul General|Consul)(?: of (?:the )?{_FIELD}(?: {_FIELD})?)? to "
    rf"(?:the )?{_FIELD}(?:(?:,| and| of| the| and the)? {_FIELD}){{0,5}}"
)
_PART = r"(?:al|el|bin|bint|ibn|de|del|della|da|dos|das|du|di|van|von|der|den|la|le|ben|y|e|Al|El)"
# Possessive: a word is taken whole or not at all, so that no name costs more than its length.
_WORD = r"[A-Z\u00c0-\u00de](?:(?=[\w’']{0,30}[a-z\u00df-\u024f])[\w’']++|\.)(?:-[A-Za-z\u00c0-\u024f][\w’']*+)*+"
_CAPS = r"[A-Z\u00c0-\u00de][A-Z\u00c0-\u00de’'-]++"
NAME = rf"(?<!\w)(?:{_WORD}|{_CAPS})(?:[ -](?:{_PART}[ -]){{0,2}}(?:{_WORD}|{_CAPS})){{0,4}}(?:,? (?:Jr|Sr)\.?)?"
STYLE = (
    r"(?:(?:Mr|Mrs|Ms|Mme|Dr|Prof|H\. ?E|HE|Sir|Dame|Lord|Hon|the Hon|The Hon|THE HON|the Honourable|Senator the Hon|Sheikh|Sheikha|Shri|"
    r"His Highness|Her Excellency|His Excellency)\.? )"
)
_LED = r"(?:(?:al|el|bin|de|da|dos|di|van|von|der|den|ter)[ -]){0,2}"  # "President von der Leyen"
_INITIAL = r"(?:(?:(?<=Mr )|(?<=Ms )|(?<=Mrs )|(?<=Dr ))(?:[A-Z] ){1,2})?"  # "Mr K Soma"
BEFORE_NAME = re.compile(
    rf"\b(?=[A-Z])(?P<role>{_SENT}|{OFFICE}{_OF}(?: and {OFFICE}{_OF})?),? (?P<style>{STYLE}{{0,3}})"
    rf"(?P<name>{_INITIAL}{_LED}{NAME})")
# Newspapers write offices small: "Kenyan foreign ministry spokesman Otieno Mwangi"; only a name of two words is believed there.
SMALL = re.compile(
    r"\b(?P<role>president|minister|premier|spokes(?:man|woman|person)|ambassador|secretary|envoy|chancellor|governor|commissioner|adviser"
    rf"|chief|director|secretary-general)(?P<style>,? {STYLE}{{0,2}})(?P<name>{_WORD}(?: (?:{_PART} )?{_WORD}){{1,3}})"
)
SMALL_FIELD = re.compile(
    rf"\b(?i:{_BEFORE}|(?:ministry|government|presidential|military|army|police|parliamentary|coordinating|vice)[ -]){{1,4}}$"
)
AFTER = re.compile(rf", (?:the |our )?(?P<role>(?:[A-Z][\w’'-]+ (?:of )?){{0,3}}{OFFICE}{_OF}(?: and {OFFICE}{_OF})?)")
NAME_END = re.compile(rf"(?:^|[^\w-])(?P<style>{STYLE}{{1,3}})?(?P<name>{NAME})$")
EXCELLENCY = re.compile(
    rf"(?:[Hh](?:is|er) Excellency|H\. ?E\.)(?: \w+\.| \([^)]*\)){{0,3}} (?P<name>{NAME})(?:, (?:the )?(?P<role>{OFFICE}(?: [A-Z]\w+| "
    rf"and){{0,3}}{_OF}))?"
)
WITHIN = re.compile(rf"\((?P<style>{STYLE}{{0,3}})(?P<name>{NAME}(?: [A-Z]\w+)*), (?P<role>[A-Z][^()]{{3,120}})\)")
ENVOY = re.compile(r"(?:[Aa]mbassador|High Commissioner|Representative|[Ee]nvoy|Consul|Consul General)(?: of .*)? to ")
BEHIND = re.compile(rf"(?: (?!{OFFICE})[A-Z]\w+\.?| Jr\.,){{0,2}},? of (?:the )?")
# Words that begin a sentence or end a name without belonging to it.
NOT_NAMES = frozenset(
    "The This That These In On At For And But With As To We Our His Her Its Their From Today Yesterday Tomorrow Monday Tuesday "
    "Wednesday Thursday "
    "Friday Saturday Sunday January February March April May June July August September October November December Of Government "
    "Republic State "
    "States United Kingdom Ministry Council Affairs Foreign General Minister President Prime Secretary Meeting Meets Statement Joint "
    "Call Calls "
    "Visit Summit Remarks Announces Hosts Leaders Countries Discuss Signing Before After During Following Host Welcomes Addresses "
    "Delivers Speaks "
    "Said Has Will Is Was Also Both Joint Press Mp Ao Ac Am Qc Sc Kc Mr Mrs Ms Dr Vice Transcript Address Doorstop Hon Senator Member "
    "Pay Pays Attend Attends Inaugurate Inaugurates Undertake Departs Visits Receives Extends Holds Arrives Urges Signs Launch "
    "Launches Leads Joins Highlights "
    "Commends Convene Convenes Vows Pledges Thanks Explore Strengthens Rejects Warns Tells Says Condemns Deeply Strongly Appoints "
    "Hails Marks Outlines "
    "Reaffirms Underscores Stresses Voices Opens Closes Concludes Briefs Travels Chairs Presents Sends Accepts Wins Names Orders "
    "Directs".split()
)


@dataclass(frozen=True, slots=True)
class Holder:
    """A name with an office, as one place of the text gives it."""

    name: str
    role: str
    start: int
    end: int
    whose: tuple[str, ...] = ()  # codes of the state or body whose office it is


def holders(text: str, limit: int | None = None) -> list[Holder]:
    """Everyone named with an office in ``text`` (its first ``limit`` characters), in order."""
    stop = len(text) if limit is None else min(limit, len(text))
    led = [one for form in (WITHIN, BEFORE_NAME, EXCELLENCY) for one in _matches(form, text, stop)]
    found = [*led, *_followed(text, stop), *_small(text, stop)]
    kept: list[Holder] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def merged(found: list[Holder], default: str = "") -> tuple[Speaker, ...]:
    """One ``Speaker`` a person: the fullest name, the first office and side told; ``default`` where no side is."""
    kept: list[Holder] = []
    for one in found:
        place = next((index for index, other in enumerate(kept) if same(other.name, one.name)), None)
        if place is None:
            kept.append(one)
            continue
        other = kept[place]
        name = max(other.name, one.name, key=lambda name: len(name.split()))
        kept[place] = Holder(name, other.role or one.role, other.start, other.end, other.whose or one.whose)
    return tuple(Speaker(one.name, one.role, one.whose[0] if one.whose else default) for one in kept)


def same(one: str, other: str) -> bool:
    """Whether two namings can be of one person: equal, or one is part of the other."""
    left, right = words(one), words(other)
    return bool(left and right) and (set(left) <= set(right) or set(right) <= set(left))


def plain(words_: str) -> str:
    """Words in lower case, stops and hyphens dropped, for comparing offices."""
    return re.sub(r"[^\w’' ]+", " ", words_.casefold()).strip()


def words(name: str) -> list[str]:
    """The bare words of a name: no titles, initials or suffixes."""
    parts = re.findall(r"[^\W\d_][\w’']+(?:-[\w’']+)*", fold(name).casefold())
    return [word for word in parts if word not in ("mr", "mrs", "ms", "dr", "hon", "the", "jr", "sr", "mp", "sheikh", "sheikha")]


def _matches(form: re.Pattern[str], text: str, stop: int) -> Iterator[Holder]:
    for hit in form.finditer(text, 0, stop):
        role, name = _parted(hit["role"] or "", hit["name"])
        name = clean(name)
        if len(name) > 1 and not _acts(name) and not re.fullmatch(_HEAD, name):
            yield Holder(name, " ".join(role.split()).strip(" ,"), hit.start(), hit.end(), _whose(text, hit))


def _small(text: str, stop: int) -> Iterator[Holder]:
    """ "acting trade minister Idriss Saleh": the office is sought first, then the field before it."""
    for hit in SMALL.finditer(text, 0, stop):
        field = SMALL_FIELD.search(text[max(0, hit.start() - 50) : hit.start()])
        ahead = field[0] if field else ""
        name, start = clean(hit["name"]), hit.start() - len(ahead)
        if " " in name and not _acts(name):
            yield Holder(name, ahead + hit["role"], start, hit.end(), _beside(text, start, hit.end()))


def _parted(role: str, name: str) -> tuple[str, str]:
    """ "President of Chile Ana" and "Rojas" as the office and the whole name: a name may follow the state without a comma."""
    bodies = [one for one in find(f"{role} {name}") if one.rule == "organisation" and one.start < len(role) < one.end]
    if bodies:  # "Representative of the World Food" and "Programme"
        return role, ""
    stated = any(word in role for word in (" of ", " to "))
    states = [one for one in find(role) if one.rule == "name" and role[one.end : one.end + 1] in (" ", ",")] if stated else []
    rest = role[states[-1].end :].strip(" ,") if states else ""
    if rest and re.fullmatch(NAME, rest) and not re.search(OFFICE, rest):
        return role[: states[-1].end], f"{rest} {name}"
    return role, name


def _followed(text: str, stop: int) -> Iterator[Holder]:
    """ "Name, the Minister for ...": sought from the comma, since offices are rarer than names."""
    for hit in AFTER.finditer(text, 0, stop):
        if hit[0].startswith(", the ") and re.match(" [a-z]", text[hit.end() : hit.end() + 2]):
            continue  # "In Piran, the President said"
        before = NAME_END.search(text[max(0, hit.start() - 70) : hit.start()])
        name = clean(before["name"]) if before else ""
        if before and name and not _acts(name):
            yield Holder(name, " ".join(hit["role"].split()).strip(" ,"), hit.start() - len(before["name"]), hit.end(), _whose(text, hit))


def _acts(name: str) -> bool:
    """Whether a name is of a state, a body or a capital instead of a person."""
    return any(one.start == 0 and one.end == len(name) for one in find(f"{name} said"))


def clean(name: str) -> str:
    """A name without the words that only stand beside it; empty when nothing is left."""
    parts = name.replace("\n", " ").strip(" .,").split()
    for place, part in enumerate(parts):
        shown = part.strip(",.")
        if shown in NOT_NAMES or (len(shown) > 1 and shown.title() in NOT_NAMES and shown.isupper()) or part.endswith(("’s", "'s")):
            last = part.removesuffix("’s").removesuffix("'s")
            parts = [*parts[:place], last] if last != part else parts[:place]
            break
    name = " ".join(parts).strip(" ,-")
    return name + "." if name.endswith((" Jr", " Sr")) else name


def full_name(text: str, name: str) -> str:
    """A name as fully as a text first gives it: "Larsen" as "Ingrid Larsen"."""
    place = text.find(name)
    first = NAME_END.search(text[max(0, place - 60) : place + len(name)]) if place >= 0 else None
    longer = clean(first["name"]) if first else ""
    return longer if longer.endswith(name) else name


def _whose(text: str, hit: re.Match[str]) -> tuple[str, ...]:
    """The state or body of an office: named in it, before it ("Chinese Foreign Minister") or after the name ("of India")."""
    role = hit["role"] or ""
    own = role.split(" to ")[0] if ENVOY.search(role) else role
    inside = [mention for mention in find(own) if ":" not in mention.codes[0]]
    if inside:
        return inside[-1].codes[:1]
    return _beside(text, hit.start(), hit.end())


def _beside(text: str, start: int, end: int) -> tuple[str, ...]:
    """The state or body named before an office, or after the name."""
    before, after = text[max(0, start - 40) : start], text[end : end + 60]
    ahead = [mention for mention in find(before) if not before[mention.end :].strip(" ’'s")]
    if ahead:
        return ahead[-1].codes[:1]
    behind = BEHIND.match(after)
    named = find(after[behind.end() :]) if behind else ()
    return named[0].codes[:1] if named and named[0].start <= 30 else ()
