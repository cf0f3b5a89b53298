"""Who speaks in a transcript: ``labels(text)`` gives the place of each "PRESIDENT LEE:", "Q", "Journalist:" and whose turn begins."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from communique.language.names import find
from communique.vocabulary.publishers import known

_TITLED = r"(?:THE |The )?(?:[A-Z\u00c0-\u00de][\w.’'&-]*,? ?){1,9}"
CAPITALS = re.compile(
    r"[ \t\u00a0]*(?P<who>(?:(?!Q\b)[A-Z\u00c0-\u00de][A-Z\u00c0-\u00de0-9.,’'& -]{1,70}))(?P<side>\([^()\n]{2,50}\))?[ "
    r"\t\u00a0]*:(?=\s|$)", re.MULTILINE)
MIXED = re.compile(
    r"[ \t\u00a0*]*(?P<who>(?:(?:Mr|Mrs|Ms|Dr|H\.E|Hon)\.? )?[A-Z\u00c0-\u00de][\w.’'-]+(?: (?:[A-Z\u00c0-\u00de][\w.’'-]*|of|the|de|"
    r"al|bin|van|von|and|for|to)){0,6})(?:, [A-Z][\w’'. -]{2,60})?\*{0,2} ?(?P<side>\([^()\n]{2,50}\))?:\*{0,2}(?=\s|$)"
)
QUESTION = re.compile(r"[ \t\u00a0*]*(?P<who>Q)\*{0,2}(?:\d{0,2}[:.]\s|[ \t\u00a0]+(?=[A-Z“\"(—-]))")
ANSWER = re.compile(r"[ \t\u00a0*]*(?P<who>A)\*{0,2}:\s")
BARE = re.compile(
    r"[ \t\u00a0]*(?P<who>JOURNALIST|QUESTION|REPORTER|INTERVIEWER|PRESENTER|HOST|COMPERE|MODERATOR)[ \t\u00a0]*$", re.MULTILINE)
CAPITAL = re.compile(r"\n(?=[ \t\u00a0*]*[A-Z\u00c0-\u00de])")
STYLED = re.compile(r"(?:mr|mrs|ms|dr|the hon|h\.e)\b", re.IGNORECASE)
ASKERS = re.compile(
    r"q\d*|questions?|journalists?|reporters?|the press|press|interviewer|presenter|host|compere|audience(?: member)?s?|media|"
    r"correspondent|unidentified (?:male|female|speaker|reporter)|"
    r"participants?|anchor|student|questioner",
    re.IGNORECASE,
)
ADDRESSED = re.compile(
    r"(?:mr|madam|mme|mrs|ms|dear|honou?rable|your)\.? (?:president|chair\w*|speaker|secretary[- ]general|excellenc\w+|friends|"
    r"colleagues|members)|(?:your )?excellenc\w+|ladies and gentlemen|(?:distinguished|dear|fellow) .*", re.IGNORECASE)
ANSWERS = ("a", "answer")  # the one who answers, unnamed
# Words before a colon that head a list or a paragraph, not a speech.
NOT_SPEAKERS = frozenset(
    "note notes subject subjects topic topics venue date time place location source contact email tel phone fax background summary "
    "conclusion introduction objective objectives aim aims goal goals "
    "action actions step steps annex example examples including namely first second third finally however also goals outcomes outcome "
    "priority priorities e&oe re cc ref item agenda title theme today "
    "update read watch related photo caption cover fact myth commitments recommendations table figure part section article "
    "chapter fact-sheet briefing video report rule infographic press release pages page website websites menu language writer tags "
    "keywords".split()
)


@dataclass(frozen=True, slots=True)
class Turn:
    """The place of a label, who it names (as a name is written), and whether they only ask."""

    start: int
    end: int
    who: str
    side: str  # the words in brackets after the name: "(China)"
    asks: bool


def labels(text: str, people: tuple[str, ...] = (), title: str = "") -> list[Turn]:
    """Every speaker's label that begins a line, in order.  ``people``: names of people who speak in the document.  What its title
    begins with ("Health Union: ...") is none.

    A label in capitals counts as such; one in mixed case counts when it recurs, or names somebody known.
    """
    text = text.replace("\u00a0", " ")
    found = (_label(text, start) for start in _starts(text))
    hits = [hit for hit in found if hit is not None and not title.startswith(hit["who"].strip() + ": ")]
    often = Counter(_plain(hit["who"]) for hit in hits)
    surnames = {name.split()[-1].casefold().strip(".,") for name in people if name}
    sure = sum(_counts(hit, often, surnames) for hit in hits)
    kept = (hit for hit in hits if _counts(hit, often, surnames) or (sure > 1 and (_shouted(hit) or _asking(hit, text))))
    turns = _interviewers(text, [_turn(hit) for hit in kept])
    asked = sum(turn.asks for turn in turns)
    return [turn for turn in turns if (turn.who != "Q" or len(turns) > 1) and (turn.who.casefold() not in ANSWERS or asked)]


def _interviewers(text: str, turns: list[Turn]) -> list[Turn]:
    """Named people who only ask: most of their turns are short and end with a question, and others answer."""
    if not turns:
        return turns
    ends = [turn.start for turn in turns[1:]] + [len(text)]
    said = [text[turn.end : end].strip() for turn, end in zip(turns, ends, strict=True)]
    count = Counter(turn.who for turn in turns)
    asked = Counter(turn.who for turn, words in zip(turns, said, strict=True) if len(words) < 700 and words.endswith(("?", "…", "...")))
    seldom = len(turns) > 2  # who speaks once or twice, and asks, in a long exchange
    askers = {who for who in count if asked[who] > count[who] * 0.55 and (count[who] > 2 or (seldom and asked[who] == count[who]))}
    if not askers or askers == set(count):
        return turns
    return [replace(turn, asks=turn.asks or turn.who in askers) for turn in turns]


def _starts(text: str) -> list[int]:
    """Where lines begin that a label may open: with a capital letter."""
    return [0, *(hit.end() for hit in CAPITAL.finditer(text))]


def _label(text: str, start: int) -> re.Match[str] | None:
    for form in (QUESTION, ANSWER, CAPITALS, MIXED, BARE):
        hit = form.match(text, start)
        if hit is not None:
            return hit
    return None


def _counts(hit: re.Match[str], often: Counter[str], surnames: set[str]) -> bool:
    who, words = hit["who"].strip(" .,*"), hit["who"].casefold().split()
    if not words or words[0].strip(".,") in NOT_SPEAKERS or words[-1] in NOT_SPEAKERS or ADDRESSED.fullmatch(who):
        return False
    if hit.re in (QUESTION, ANSWER, BARE) or ASKERS.fullmatch(who) or who.casefold() in ANSWERS:
        return True
    capitals = who.upper() == who
    sided = bool(hit["side"]) and bool(find(hit["side"])) and not find(who)
    if words[-1].strip(".,") in surnames or sided or STYLED.match(who):
        return True
    if capitals:
        return often[_plain(who)] > 1 or bool(re.search(
            r"\b(?:PRESIDENT|MINISTER|SECRETARY|OFFICIAL|CHANCELLOR|MODERATOR|SPEAKER|AMBASSADOR|KING|QUEEN)\b", who))
    return often[_plain(hit["who"])] > 1 and len(words) > 1


def _shouted(hit: re.Match[str]) -> bool:
    """A label in capitals seen once, believed in a text that has others."""
    who = hit["who"].strip()
    return hit.re is CAPITALS and 1 < len(who.split()) < 7 and not re.search(r"\d", who) and who.split()[0].casefold() not in NOT_SPEAKERS


def _asking(hit: re.Match[str], text: str) -> bool:
    """A name seen once before a question ("Bloomberg: Will you sign?"), believed in a text that has other labels."""
    line = text[hit.end() : text.find("\n", hit.end()) if text.find("\n", hit.end()) >= 0 else len(text)]
    who = hit["who"].split()
    return line.rstrip().endswith("?") and len(who) < 5 and who[0].casefold().strip(".,") not in NOT_SPEAKERS


def _turn(hit: re.Match[str]) -> Turn:
    who = hit["who"].strip(" .,*")
    side = (hit.groupdict().get("side") or "").strip("() ")
    paper = known(who)
    if paper is not None and paper.kind == "media":
        return Turn(hit.start(), hit.end(), who, side, True)
    return Turn(hit.start(), hit.end(), _plain(who), side, bool(ASKERS.fullmatch(who)))


def _plain(who: str) -> str:
    """A name as names are written: "PRESIDENT LÓPEZ OBRADOR" as "President López Obrador"."""
    who = " ".join(who.strip(" .,*").split())
    if who.upper() != who or len(who) < 3:
        return who
    return " ".join("-".join(_word(piece) for piece in word.split("-")) for word in who.split())


def _word(word: str) -> str:
    if word in ("OF", "THE", "AND", "FOR", "DE", "BIN", "AL") and len(word) < 4:
        return word.lower() if word != "THE" else "The"
    if re.fullmatch(r"(?:[A-Z]\.)+", word):
        return word
    special = re.match(r"(MC|O[’'])([A-Z].*)", word)
    return special[1].capitalize() + special[2].capitalize() if special else word.capitalize()
