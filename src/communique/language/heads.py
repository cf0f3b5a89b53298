"""What a page says of itself at its top: title, publisher, kind, language; each with how it was found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from communique.language.letterheads import is_dateline
from communique.language.lines import role
from communique.language.names import find
from communique.language.offices import holders
from communique.language.sentences import blocks, within
from communique.language.turns import labels
from communique.records import Role
from communique.vocabulary.kinds import kind_in
from communique.vocabulary.publishers import at_host, publishers

HEAD = 4000  # characters in which a page names itself
FOOT = 1200
LINE = re.compile(r"[^\n\r]+")
LABELS = re.compile(
    r"(?:media|press|news) (?:release|statement|note)|transcript|speech|statement|e ?& ?oe\W*|interview|remarks|prime minister|(?:the "
    r")?minister for [\w, ]+|the hon .*|joint statement|"
    r"australian government|(?:unclassified|embargoed).*|[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}, [A-Z][\w. ]+",
    re.IGNORECASE,
)
TAGGED = re.compile(r"^(?:press|news|media) (?:release|statement|note): (?=\S+ \S+)", re.IGNORECASE)
BODY = re.compile(
    r"(?P<what>Ministry (?:of|for) [A-Z][\w, ]+?|Department of [A-Z][\w, ]+?|Embassy|Consulate General|Permanent Mission|Office of the "
    r"(?:President|Prime Minister)|Presidency|Government) of "
    r"(?P<whose>(?:the )?[A-Z][\w’'. ]+?)(?: (?:in|to) (?P<host>(?:the )?[A-Z][\w’'., ]+?))?\s*$"
)
RELATIONS = re.compile(r"\bAbout (?P<whose>[A-Z]\w+(?: [A-Z]\w+)*)\b.{0,80}?\b(?P=whose)[-–](?P<host>[A-Z]\w+(?: [A-Z]\w+)*) Relations\b")
CREDIT = re.compile(r"[(/\[] ?(?P<name>[A-Z][\w ]{1,30}?) ?[)/\]](?= ?(?:--|—|–|-|:|,|\s*$))", re.MULTILINE)
QUESTIONS = re.compile(r"^(?:Q(?:uestion)?\b ?[:.]?\s|QUESTION\b|JOURNALIST\b|REPORTER\b|INTERVIEWER\b|PRESENTER\b|HOST\b)", re.MULTILINE)
PAGE = re.compile(r"(?P<title>[^|\n]{12,300}?)\s+\|\s+(?:[^|\n]{2,40}\s+\|\s+)*(?P<site>[^|\n]{2,60})")
PAPER = re.compile(r"\b(?:entering into|memorandum of understanding)\b", re.IGNORECASE)
PAPER_TEXT = re.compile(r"\s*\S[^\n]{0,400}\n\n- ")
FIRST_PERSON = re.compile(r"\b(?:I|my|me|I'm|I’m)\b")
TOGETHER = re.compile(
    r"\b(?:the two (?:sides|leaders|countries|ministers|presidents|governments)|both (?:sides|leaders|countries|governments)|[Ww]e, "
    r"the|WE, the|the (?:participants|parties|leaders|ministers) (?:reaffirmed|agreed|welcomed|committed|underscored|noted|expressed))"
)
REPORTED = re.compile(
    r"[,.]?[\"”’]\s+(?:he|she|[A-Z]\w+|the \w+) (?:said|added|stressed|noted|told)\b|\b(?:said|told)\b [\w ]{0,20}(?:Sunday|Monday|"
    r"Tuesday|Wednesday|Thursday|Friday|Saturday)"
)
MET = re.compile(
    r"\b(?:meets?(?: with)?|met with|calls? on|paid a courtesy call|received|phone call|spoke (?:today |yesterday )?(?:by phone )?with|"
    r"held (?:talks|a meeting|a call)|courtesy call)\b", re.IGNORECASE)
SALUTE = re.compile(
    r"^\W*(?:Your Excellenc|Excellenc|Mr\.? (?:President|Chair|Speaker)|Madam|Ladies and Gentlemen|Distinguished|Dear (?:friends|"
    r"colleagues)|Good (?:morning|afternoon|evening)|Thank you)", re.MULTILINE)
SCRIPTS = (
    ("ru", "\u0400-\u04ff"), ("ar", "\u0600-\u06ff"), ("zh", "\u4e00-\u9fff"), ("ja", "\u3040-\u30ff"), ("ko", "\uac00-\ud7af"),
    ("he", "\u0590-\u05ff"), ("hi", "\u0900-\u097f"), ("th", "\u0e00-\u0e7f"), ("el", "\u0370-\u03ff"),
)  # fmt: skip
COMMON = {
    "en": "the of and to in that is for with on",
    "fr": "le la les des et du en que pour dans",
    "es": "el la los de que y en las por con",
    "de": "der die und das den von zu mit ist für",
    "pt": "o a os de que e em do da para",
    "it": "il la di che e per del della con i",
    "id": "yang dan di dengan untuk dari ini pada dalam itu",
    "nl": "de het een van en in dat op te voor",
}


def lines(text: str) -> list[str]:
    """The lines before the running text begins."""
    return [line for line, _ in _head(text)]


def title(text: str, letterhead: tuple[str, ...] = ()) -> tuple[str, str] | None:
    """The line that names the document: a Markdown heading, or the first line of the head that reads as a headline."""
    for line, kind in _head(text):
        if line in letterhead or is_dateline(line):
            continue
        bare = TAGGED.sub("", re.sub(r"^#{1,6}\s*", "", line.strip()).strip("*_ "))
        page = PAGE.fullmatch(bare)
        if page:
            return page["title"], "page title"
        if kind in (Role.FURNITURE, Role.CAPTION) or LABELS.fullmatch(bare):
            continue
        if line.startswith("# "):
            return bare, "first heading"
        if _headline(bare, kind):
            return bare, "headline"
    return None


def opening(text: str) -> str:
    """The first words of the text proper, for a document without a title."""
    sample = text[:HEAD]
    for start, end in blocks(sample):
        if role(sample[start:end]) is Role.BODY:
            first = next(within(sample, start, end))
            words = " ".join(sample[slice(*first)].split())
            return words if len(words) <= 90 else words[:90].rsplit(" ", 1)[0] + "…"
    return " ".join(text[:90].split())


def publisher(text: str, url: str = "") -> tuple[str, str] | None:
    """Who put the document out: by its address, its masthead, its dateline or credit, its menu, or its foot."""
    host = at_host(url) if url else None
    if host is not None:
        return host.code, "address"
    head = [line for line, _ in _head(text)]
    page = next((match for line in head[:1] if (match := PAGE.fullmatch(line))), None)
    if page and page["site"].strip() in _names():
        return _names()[page["site"].strip()], "page title"
    foot = [line.strip() for line in LINE.findall(text[-FOOT:])][-12:]
    return _masthead(head) or _embassy(text[:HEAD]) or _credited(text) or _named(head) or _linked(text) or _masthead(foot)


def kind(text: str, title: str, media: bool) -> tuple[str, str]:
    """The kind of statement: as title or head names it, else by the shape of the text."""
    named = kind_in(title)
    asked = len(QUESTIONS.findall(text[:60000]))
    if named == "joint-statement" and PAPER.search(title) and PAPER_TEXT.match(text):
        return "decision", "a cabinet paper's form"
    if named and not (named == "statement" and MET.search(title)) and not media:
        return named, "title"
    if asked >= 2 and not media:
        return "press-conference", "questions in the text"
    if media:
        return ("interview", "title") if asked >= 2 and named == "interview" else ("news-report", "publisher is a news medium")
    head = "\n".join(line for line, what in _head(text) if what is not Role.FURNITURE)
    named_there = kind_in(head[:600])
    if named_there:
        return named_there, "head"
    if sum(not turn.asks and bool(holders(turn.who)) for turn in labels(text[:20_000])) > 1:
        return "remarks", "turns of speakers"
    if SALUTE.search(text[:600]) or (len(FIRST_PERSON.findall(text[:6000])) >= 6 and len(text) > 2500):
        return "speech", "a speaker's own words"
    if len(TOGETHER.findall(text[:8000])) >= 4 or re.match(r"\W*(?:We|WE),? the\b", text[:200]):
        return "joint-statement", "what both sides say together"
    if len(REPORTED.findall(text[:20000])) >= 3 and not title.startswith("Readout"):
        return "news-report", "quotations reported"
    if MET.search(title) or MET.search(text[:400]):
        return "readout", "opening"
    return ("news-report", "quotations reported") if len(REPORTED.findall(text[:20000])) >= 3 else ("statement", "no other kind fits")


def lang(text: str) -> tuple[str, str]:
    """The language, ISO 639-1: by its script, else by its commonest words; English where nothing tells."""
    sample = text[:HEAD]
    words = re.findall(r"[^\W\d_]+", sample.casefold())
    letters = sum(map(len, words))
    for code, block in SCRIPTS if not sample.isascii() else ():
        if len(re.findall(f"[{block}]", sample)) > letters * 0.3:
            return code, "script"
    count = Counter(words)
    score = {code: sum(count[word] for word in common.split()) for code, common in COMMON.items()}
    best = max(score, key=lambda code: (score[code], code == "en"))
    return (best, "commonest words") if score[best] > len(words) * 0.05 else ("en", "assumed")


def _head(text: str) -> Iterator[tuple[str, Role]]:
    """The lines before the running text begins, with what each is; menus are passed over."""
    for count, hit in enumerate(LINE.finditer(text, 0, HEAD * 2)):
        line = hit[0].strip()
        if not line:
            continue
        kind = role(line)
        if count > 200 or (kind is Role.BODY and (len(line) > 200 or (line[-1] in ".!?:;\"”" and len(line.split()) > 12))):
            return
        yield line, kind


def _headline(line: str, kind: Role) -> bool:
    words = line.split()
    begins = kind is Role.HEADING or line[0].isupper() or line[0] in "“\"‘'"
    return begins and len(words) >= 3 and 12 <= len(line) <= 300 and line[-1] not in (".;," if kind is Role.HEADING else ".;,?:")


def _masthead(lines: list[str]) -> tuple[str, str] | None:
    """A line that is a publisher's own name, or a ministry, embassy or presidency of a named state."""
    names = _names()
    for line in lines:
        bare = line.strip(" |-–—©/()[]")
        if bare in names:
            return names[bare], "masthead"
        body = BODY.fullmatch(bare) if len(bare) < 120 else None
        if body and find(body["whose"]):
            return bare, "masthead"
    return None


def _embassy(head: str) -> tuple[str, str] | None:
    """An embassy's menu: "Embassy ... About X ... X-Y Relations"."""
    menu = RELATIONS.search(" ".join(head.split())) if "Embassy" in head else None
    return (f"Embassy of {menu['whose']} in {menu['host']}", "menu of an embassy") if menu else None


def _credited(text: str) -> tuple[str, str] | None:
    """A dateline or caption credit: "(Xinhua)", "/TASS/"."""
    names = _names()
    for hit in CREDIT.finditer(text[:HEAD]):
        for form in (f"({hit['name']})", f"/{hit['name']}/", f"/{hit['name']}", hit["name"]):
            if form in names:
                return names[form], "dateline or credit"
    return None


def _linked(text: str) -> tuple[str, str] | None:
    """The page's own address, printed among its first lines or its last."""
    for hit in re.finditer(r"https?://[\w./-]+|www\.[\w./-]+", text[:1500] + "\n" + text[-400:]):
        found = at_host(hit[0])
        if found is not None:
            return found.code, "address in the text"
    return None


def _named(lines: list[str]) -> tuple[str, str] | None:
    """A well-known publisher's name inside a short line of the head."""
    names = [(name, found.code) for found in publishers().values() if found.kind != "organisation" for name in found.names if len(name) > 9]
    for line in lines[:12]:
        if len(line) < 120:
            for name, code in names:
                if name in line:
                    return code, "named in the head"
    return None


def _names() -> dict[str, str]:
    return {name: found.code for found in publishers().values() for name in (*found.names, found.name)}
