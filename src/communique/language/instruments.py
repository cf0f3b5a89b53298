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

from communique.vocabulary.instruments import Instrument, instruments

_HEADS = (
    r"Agreements?|Accords?|Treat(?:y|ies)|Pacts?|Memorand(?:um|a)(?:\sof\s(?:Understanding|Cooperation|Agreement|Intent))?|MO[UC]s?|MoUs?"
    r"|Conventions?|Charter|Protocols?|Covenants?|Declarations?|Compact|Framework(?:\sAgreement)?|Consensus|Amendment|Deal|Code\sof\sConduct"
    r"|Arrangements?|Statute|Pledge|Partnership|FTAs?|Free\sTrade\s(?:Area|Zone)|Letters?\sof\sIntent"
)
_HEAD = re.compile(rf"(?<![\w-])(?P<upper>{_HEADS})(?![\w-])|(?<![\w-])(?P<lower>agreements?|accords?|treat(?:y|ies)|pacts?|deals?|ceasefire|memorand(?:um|a)(?:\sof\s(?:understanding|cooperation))?|conventions?|protocols?)(?![\w-])")
_CAP = r"(?:[A-Z0-9][\w.’'&/-]*[\w.])"
_LEFT = re.compile(rf"(?:(?:{_CAP}|[A-Z0-9])(?:,)?\s(?:(?:and|of|for|on|&|de|to|in)\s(?=[A-Z])(?![A-Z][\w-]*\s(?:has|will|are|is)))?)+$")
_DETERMINER = re.compile(
    r"(?:(?<![\w-])(?:the|a|an|this|that|our|their|its|these|those|any|earlier|such|[Tt]oday[’']s)\s)?"
    r"(?:(?:new|newly|signed|historic|landmark|updated|current|existing|groundbreaking|innovative|comprehensive|ambitious|potential|possible|proposed|future|said|recent|bilateral|important|major|significant|first|binding|original|so-called|terrible|renewed|revised|follow-on|multilateral|international|high|quality|and|first-of-its-kind|long-standing|appropriate)\s)*$",
    re.IGNORECASE,
)
_RIGHT = re.compile(
    rf"(?:\s(?:of|on|for|to|in|against|between|with|concerning|regarding|relating\sto|among|beyond|towards?)(?:\s(?:the|an?|of|all|our|its|and))*\s{_CAP}"
    rf"|\sand\s{_CAP}"
    rf"|\s{_CAP}|,\s{_CAP}(?=(?:,\s{_CAP})*,?\sand\s[A-Z])|,?\sand\s{_CAP})+"
)
_ACRONYM = re.compile(r"\s?\((?:the\s)?[“\"‘]?(?P<short>[A-Z][A-Za-z0-9-]{1,12}|\d{3} agreement)[”\"’]?\)")
_KIND = re.compile(
    r"(?P<kind>(?:(?:free|fair|reciprocal|civil|air|tax|bilateral|trilateral|defen[cs]e|nuclear|hostage|critical|duty|prisoner|peace|interim|status of|energy|maritime|mutual|legal|data|double|social|customs)[ -])*"
    r"(?:trade|peace|ceasefire|cease-fire|nuclear|investment|security|defen[cs]e|economic|cooperation|co-operation|partnership|framework|climate|fisheries|extradition|minerals|transport|transportation|aviation|services|skies|labour|labor|evasion|release|exchange|boundary|border|normali[sz]ation|taxation|association|accession|readmission|supply|sharing|military|forces|disarmament|tariff|tariffs|grain|swap|pandemic|reconciliation|political|migration|mobility|commercial|procurement|safeguards|energy|treaty|science|technology|intelligence|arms control|basing|visiting forces|access|protection|purchase|power purchase|currency|loan|financing|facility|staff-level|debt)"
    r"(?:\s(?:and|&)\s[a-z-]+(?:\s[a-z]+)?)?)\s$",
    re.IGNORECASE,
)
_COMPLEMENT = re.compile(r"\s(?:with|between|among|amongst|in)\s(?:the\s)?(?:sisterly\s|brotherly\s)?(?P<rest>[A-Z][^,.;:()\n]*?|our\stwo\s\w+|(?:two|three|four|five)\s[^,.;:()\n]*?)(?=[,.;:()\n]|\s[-–—]|\s(?:to|that|which|who|and\s[a-z]|is|was|were|are|has|have|will|on|in|for|as|by|signed|we|at|from)\s|$)|\s(?:to|on|for|resolving|regarding|concerning|with respect to)\s(?P<about>[A-Za-z][^,.;:()\n]{3,90})")
_WEAK = frozenset({"deal", "deals", "ceasefire", "protocol", "protocols", "convention", "conventions"})
_MANY = frozenset({"agreements", "accords", "treaties", "pacts", "deals", "protocols", "conventions"})
_SUBJECT = re.compile(r"\s(?:was|were)\s(?:reached|signed|concluded|achieved)\s")
_NOT_LEFT = frozenset(
    "Article Articles Chapter Section Annex Under In On At By The This That We As Our And But For Of To With From Both Also Through President Minister "
    "Secretary Prime Administration Since If Following When While After Before Today Yesterday Pursuant Conference Parties Day".split()
)
# "Partnership", "Framework", "Declaration" and the like name many things; these words in the name make it an instrument.
_LOOSE_HEADS = re.compile(r"Partnership|Framework|Consensus|Pledge|Amendment|Arrangements?|Protocols?|Statute|Compact|Deal|Declarations?")
_INSTRUMENT_WORDS = re.compile(
    r"Economic|Trade|Investment|Climate|Energy|Vaccine|Cyber|Digital|Prosperity|Growth|Bicentennial|Strategic Framework|Transition|Biodiversity|Privacy|Security|Joint|Migration|Montreal|Declaration on|Declaration of Support|Technology|Peace|Regional|Ministerial|Air|Connectivity|Electrification|Domain Awareness|Trans-Pacific|Common Framework|Defense|Human Rights|Support|Transnational"
)
_NO_INSTRUMENT = re.compile(
    r"(?:Strategic|Comprehensive|Global|Enduring|Special|Defen[cs]e|Development|Public-Private|Private|Transatlantic|Dialogue|Major|Pacific|Bilateral|Security|African?)\s(?:\w+\s)?Partnership$|Partnership\sfor\s(?:Global|Infrastructure|the Blue)|(?:Strategic|Results|Policy|Regulatory|Legal|Review)\sFramework$|[Cc]onvention\s[Cc]ent(?:er|re)|National\sConvention"
)


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
    candidates = sorted([*_known(text), *_built(text)], key=lambda one: (one.start, -one.end))
    for one in candidates:
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
        if (before.isalnum() or before == "-") or after.isalnum() or (after == "-" and text[end + 1 : end + 2].isalnum()):
            continue
        form = table.forms[index]
        if _OTHER_NAME.match(text, end) and (form.isupper() or form == table.known[form].short or "Treaty" in form):
            continue
        begin = _article(text, start)
        acronym = _ACRONYM.match(text, end)
        stop = acronym.end() if acronym else end
        short = acronym["short"] if acronym else form if form == table.known[form].short else ""
        yield Named(begin, stop, form, short, table.known[form])


_OTHER_NAME = re.compile(r"\s(?:[A-Z][a-z]+|networks?|members?|partners?|countries|economies|critical|ministers?|meetings?|region|issue)\b")


def _article(text: str, start: int) -> int:
    """Where the article and plain adjectives before a name start."""
    offset = max(0, start - 60)
    match = _DETERMINER.search(text[offset:start])
    return offset + match.start() if match else start


def _built(text: str) -> Iterator[Named]:
    for match in _HEAD.finditer(text):
        named = _upper(text, match) if match["upper"] else _lower(text, match)
        if named is not None:
            yield named


def _upper(text: str, match: re.Match[str]) -> Named | None:
    """A capitalised name around its head noun."""
    head = match["upper"]
    offset = max(0, match.start() - 120)
    left = _LEFT.search(text[offset : match.start()])
    start = offset + left.start() if left else match.start()
    start = _trimmed(text, start, match.start())
    right = _RIGHT.match(text, match.end()) if not head.startswith(("MO", "MoU", "FTA")) else None
    end = right.end() if right else match.end()
    end = end - 1 if text[end - 1] in ".’'" else end
    name = text[start:end]
    if start == match.start() and end == match.end():
        return _memorandum(text, match)
    if head in ("Partnership", "Framework", "Convention") and _NO_INSTRUMENT.search(name):
        return None
    if _LOOSE_HEADS.fullmatch(head) and not _INSTRUMENT_WORDS.search(name):
        return None
    acronym = _ACRONYM.match(text, end)
    return Named(_article(text, start), acronym.end() if acronym else end, name, acronym["short"] if acronym else "")


def _memorandum(text: str, match: re.Match[str]) -> Named | None:
    """"a new MoU between two ministries": an instrument by its kind alone, when it is introduced."""
    begin = _article(text, match.start())
    if not match["upper"].startswith(("Memorand", "MO", "MoU", "Letter")) or begin == match.start():
        return None
    complement = _COMPLEMENT.match(text, match.end())
    end = complement.end() if complement and complement["rest"] else match.end()
    return Named(begin, end, text[match.start() : end], sure=False)


def _trimmed(text: str, start: int, head: int) -> int:
    """The start without words that open a sentence or belong to another name."""
    words = list(re.finditer(r"\S+", text[start:head]))
    for word in reversed(words):
        bare = word.group().rstrip(",")
        if bare in _NOT_LEFT or (word.group().endswith(",") and not text[start + word.end() :].lstrip()[:4] == "and "):
            return start + word.end() + 1
        if bare.endswith(("’s", "'s")) and word is not words[-1] and bare not in ("People's", "People’s"):
            return start + word.end() + 1
    while words and words[0].group() in ("and", "of", "for", "on", "to", "in", "&"):
        start += words[0].end() + 1
        words = list(re.finditer(r"\S+", text[start:head]))
    return start


def _lower(text: str, match: re.Match[str]) -> Named | None:
    """An agreement in small letters that its kind, its parties or its subject identify."""
    offset = max(0, match.start() - 70)
    kind = _KIND.search(text[offset : match.start()])
    start = offset + kind.start() if kind else match.start()
    left = _LEFT.search(text[max(0, start - 60) : start])
    if left is not None:
        start = _trimmed(text, max(0, start - 60) + left.start(), start)
    complement = _COMPLEMENT.match(text, match.end())
    parties = complement is not None and complement["rest"] is not None
    begin = _article(text, start)
    article = text[begin:start].split(" ")[0].lower()
    if kind is None and match["lower"] in _WEAK:
        return None
    if kind is None and not parties and not (complement and article in ("a", "an", "the", "new", "this") and match["lower"] not in _MANY):
        return None
    if match["lower"] in _MANY and not parties:
        return None
    acronym = _ACRONYM.match(text, match.end())
    end = complement.end() if complement and (parties or kind is None) else match.end()
    sure = (parties and (kind is not None or left is not None)) or (left is not None and kind is not None) or acronym is not None
    return Named(begin, max(end, acronym.end() if acronym else 0), text[start:end], acronym["short"] if acronym else "", sure=sure)
