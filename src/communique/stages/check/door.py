"""What the door asks of each item: its place first, then each field against the words it came from (``stages.check`` says why)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence

from communique.language import dates, elliptic, names, nouns, numbers, polarity
from communique.language.folding import fold
from communique.language.lines import above
from communique.language.polarity import Claim, attitude, claim, lost_negation
from communique.records import (
    Act,
    Agreement,
    Assertion,
    Event,
    Figure,
    Item,
    Mention,
    Passage,
    Relation,
    Role,
    Stage,
    Statement,
)

_REPORT = 3  # sentences over which a report goes on without a new "he said"
_REACH = 8  # sentences back in which a name may stand for a pronoun's actor
_GENERAL = frozenset({"grp:all-countries", "grp:international-community"})  # "we must", "the world"
_WE = re.compile(r"(?:we|I|our)\s+(?!(?:in|of|from|as|who|the|and)\b)", re.IGNORECASE)  # "we in Malawi" says who "we" is
_ARTICLE = re.compile(r"\s*(?:the\s+)?", re.IGNORECASE)
_ACTIVE = re.compile(
    r"\s+(?:(?:has|have|had|will|shall)\s+(?:(?:also|now|already|further|strongly|firmly|fully)\s+)?(?!be\b|been\b)"
    r"|(?:(?:also|now|already|further|strongly|firmly|fully)\s+)?(?:provid|donat|sen[dt]|sign|pledg|deliver|support|oppos|condemn|reject|welcom"
    r"|urge|call|invit|host|visit|offer|gave|give|grant|launch|impos|lift|ratif|announc|agree|open|clos))\w+",
    re.IGNORECASE,
)
_STAGE_WORDS = {
    Stage.SIGNED: re.compile(r"sign|\bjoin|enter(?:ed|ing) into|acced|exchang|\bink", re.IGNORECASE),
    Stage.RATIFIED: re.compile(r"ratif|accession|acced|approv", re.IGNORECASE),
    Stage.SUSPENDED: re.compile(r"suspen|halt|paus|freez|froz", re.IGNORECASE),
    Stage.WITHDRAWN: re.compile(r"with(?:draw|drew)|leav|left|quit|terminat|denounc|abandon|exit|abrogat|pull", re.IGNORECASE),
    Stage.EXTENDED: re.compile(r"exten|renew|prolong", re.IGNORECASE),
}


class Door:
    """One statement's words, looked up once for all its items."""

    def __init__(self, statement: Statement, passages: Sequence[Passage], mentions: Sequence[Mention]) -> None:
        self.statement = statement
        self.text = statement.text
        self.folded = fold(statement.text).casefold()
        self.passages = passages
        self.starts = [passage.start for passage in passages]
        self.named = names.find(statement.text)
        self.named_at = [mention.start for mention in self.named]
        self.standing = sorted([*self.named, *mentions], key=lambda mention: mention.start)
        self.standing_at = [mention.start for mention in self.standing]
        self.voices = ({speaker.side for speaker in statement.speakers} | set(statement.issuers)) - {""}
        self.sides = self.voices | {code for mention in names.find(statement.title) for code in mention.codes}

    # ------------------------------------------------------------------------------------------ every item

    def fault(self, item: Item) -> str:
        """Why ``item`` does not hold; ``""`` if it does."""
        if not 0 <= item.start < item.end <= len(self.text):
            return "no place: its offsets are outside the text"
        if self.text[item.start : item.end] != item.quote:
            return "not the words: the text at its offsets reads otherwise"
        at = bisect_right(self.starts, item.start) - 1
        if at < 0 or item.end > self.passages[at].end:
            return "no sentence: it is not inside one sentence of the statement"
        if self.passages[at].role is not Role.BODY:
            return f"not citable: it stands in a {self.passages[at].role.value}"
        if item.quote != item.quote.strip() or not any(letter.isalnum() for letter in item.quote):
            return "not the words: it begins or ends with a blank"
        tests: dict[type, Callable[..., Iterator[str]]] = {
            Assertion: self._assertion,
            Figure: self._figure,
            Agreement: self._agreement,
            Relation: self._relation,
        }
        return next(tests[type(item)](item, at), "")

    # ------------------------------------------------------------------------------------------ assertions

    def _assertion(self, item: Assertion, at: int) -> Iterator[str]:
        passage = self.passages[at]
        before = self.text[passage.start : item.start]
        lost = lost_negation(before, item.quote)
        if lost:
            yield f"polarity: {lost!r} stands before it and is left out"
        yield from self._mood(item, before, self.text[self.passages[max(0, at - _REPORT)].start : passage.start])
        if (item.strength is not None) is not (item.act is Act.COMMITMENT):
            yield "strength: a commitment has one, and nothing else does"
        if not item.actors:
            yield "actor: it names nobody who does, promises, holds or asks"
        for role, codes in (("actor", item.actors), ("target", item.targets)):
            for code in codes:
                if not self._grounded(code, at, item):
                    yield f"{role}: nothing near the words stands for {code}"
        subject = self._subject(item, passage)
        if subject and not set(subject) & set(item.actors) and not self._told_of(subject, item, passage):
            yield f"actor: the subject of the words is {', '.join(subject)}, not {', '.join(item.actors)}"
        if self._unknown_voice(item, passage):
            yield "actor: nothing says who is speaking, and the words name whom they are about"
        if item.when and not self._dated(item.when, at):
            yield f"date: {item.when} is not stated in the sentence or the one before"
        if item.speaker and not self._voiced(item.speaker):
            yield f"speaker: {item.speaker} does not appear in the statement"
        for person in item.people:
            if not self._voiced(person):
                yield f"people: {person} does not appear in the statement"

    def _mood(self, item: Assertion, before: str, earlier: str) -> Iterator[str]:
        head, sign = claim(item.quote), attitude(item.quote)
        match item.act:
            case Act.OUTCOME:
                if head in (Claim.AHEAD, Claim.SUPPOSED):
                    yield f"mood: an outcome is done, and its words are {head.value}"
                if head is Claim.DENIED and item.event not in (Event.REJECT, Event.NONE):
                    yield "polarity: the words deny the deed"
                if item.event is Event.AID and polarity.pledged(item.quote):
                    yield "mood: what was pledged is not delivered"
            case Act.COMMITMENT:
                if head is Claim.DONE and not polarity.looks_ahead(item.quote):
                    yield "mood: a commitment lies ahead, and its words are done"
                if head is Claim.SUPPOSED and not polarity.reported_promise(item.quote, before, earlier, bool(item.speaker)):
                    yield "mood: the words suppose, they do not commit"
            case Act.POSITION:
                if (item.event is Event.SUPPORT and sign < 0) or (item.event is Event.REJECT and sign > 0):
                    yield f"polarity: the words are {'for' if sign > 0 else 'against'} it"

    def _subject(self, item: Assertion, passage: Passage) -> tuple[str, ...]:
        """The codes of a name that opens the quote, or stands right before it, as the subject of an active verb."""
        first = max(0, bisect_right(self.named_at, item.start) - 1)
        for mention in self.named[first : bisect_right(self.named_at, item.end)]:
            opens = mention.start >= item.start and _ARTICLE.fullmatch(self.text, item.start, mention.start)
            leads = passage.start <= mention.start and mention.end <= item.start and _ARTICLE.fullmatch(self.text, mention.end, item.start)
            active = _ACTIVE.match(self.text, max(mention.end, item.start if leads else 0), passage.end)
            if (opens or leads) and active and not mention.codes[0].startswith("grp:"):
                return mention.codes
        return ()

    def _told_of(self, subject: tuple[str, ...], item: Assertion, passage: Passage) -> bool:
        """Whether whoever speaks is right to be the actor of words about ``subject``: a body of theirs, or one they hold a view of."""
        within = self.named[bisect_left(self.named_at, item.start) : bisect_left(self.named_at, item.end)]
        inside = {code for mention in within for code in mention.codes}
        if subject[0].startswith("org:"):
            return not inside & set(item.actors)
        view = item.act is Act.POSITION and set(subject) <= set(item.targets) and not attitude(item.quote)
        return view and not inside & set(item.actors) - self.voices - set(passage.voice)

    def _unknown_voice(self, item: Assertion, passage: Passage) -> bool:
        """Whether "we" is taken for somebody named only after it, in a statement that gives no voice: "we will help Malawi"."""
        said = None if passage.voice or self.voices else _WE.match(item.quote)
        theirs = [one.start for one in self.named[: bisect_right(self.named_at, item.end)] if set(one.codes) & set(item.actors)]
        return bool(said and theirs) and theirs[0] > item.start

    # ------------------------------------------------------------------------------------------ the other kinds

    def _figure(self, item: Figure, at: int) -> Iterator[str]:
        sentence = self.passages[at]
        side = self.statement.issuers[0] if len(self.statement.issuers) == 1 else ""
        said = numbers.find(self.text[sentence.start : sentence.end], side)
        within = [q for q in said if q.start < item.end - sentence.start and item.start - sentence.start < q.end]
        found = [q for q in within if _same(q.value, item.value) or _same(numbers.counted(q, True).value, item.value)]
        if not found:
            yield f"number: the words do not say {item.value:g}"
            return
        if all(q.rel != item.rel for q in found):
            yield f"qualifier: the words do not say {item.rel}"
        if item.value_high is not None and all(q.high is None or not _same(q.high, item.value_high) for q in found):
            yield f"number: the words do not say up to {item.value_high:g}"
        if all(q.unit != item.unit if q.unit else not (self._counts(item) or self._noun(at, q, item.unit)) for q in found):
            yield f"unit: the words do not count in {item.unit}"
        if item.when and not self._dated(item.when, at):
            yield f"date: {item.when} is not stated in the sentence or the one before"
        for code in (*item.giver, *item.receiver):
            if not self._grounded(code, at, item):
                yield f"actor: nothing near the words stands for {code}"

    def _counts(self, item: Figure) -> bool:
        """Whether the counted noun stands in the quote, in the singular or the plural."""
        words = re.findall(r"\w+", item.quote.lower())
        head = item.unit.lower().split()[-1:]
        return any(word == stem or nouns.singular(word) == stem for stem in head for word in words)

    def _noun(self, at: int, quantity: numbers.Quantity, unit: str) -> bool:
        """Whether the rules read that noun there; a number without one may count what was counted or named before it."""
        sentence = self.passages[at]
        text = self.text[sentence.start : sentence.end]
        noun = nouns.counted(text, quantity.end)
        if noun is not None and noun.unit == unit:
            return True
        if noun is not None and not noun.stands_in and nouns.plural(text[noun.start : noun.end].split()[-1]):
            return False
        side = self.statement.issuers[0] if len(self.statement.issuers) == 1 else ""
        following = next((q for q in numbers.find(text, side) if q.start > quantity.start), None)
        if elliptic.unit(text, quantity, (), (), following) == unit:
            return True
        before = self.text[self.passages[max(0, at - 1)].start : sentence.start + quantity.start]
        named = (nouns.singular(word) == unit.split()[-1] for word in re.findall(r"\w+", before))
        return any(q.unit == unit for q in numbers.find(before, side)) or any(named)

    def _agreement(self, item: Agreement, at: int) -> Iterator[str]:
        if item.name not in item.quote:
            yield "name: the instrument is not so named in the words"
        if item.short and item.short not in self.text:
            yield f"name: {item.short} does not appear in the statement"
        sentence = self.text[self.passages[at].start : self.passages[at].end]
        need = _STAGE_WORDS.get(item.stage)
        if need is not None and not need.search(sentence):
            yield f"stage: the sentence does not say that it is {item.stage.value}"

    def _relation(self, item: Relation, at: int) -> Iterator[str]:
        if item.label not in item.quote:
            yield "label: it does not stand in the words"
        for code in item.parties:
            if not self._grounded(code, at, item):
                yield f"party: nothing near the words stands for {code}"

    # ------------------------------------------------------------------------------------------ what the words allow

    def _grounded(self, code: str, at: int, item: Item) -> bool:
        if code in self.sides or code in self.passages[at].voice:
            return True
        first = self.passages[max(0, at - _REACH)].start
        if self._stands(code, first, self.passages[at].end):
            return True
        heading = above(self.passages, at)
        if heading is not None and self._stands(code, heading.start, heading.end):
            return True
        if code.startswith(("grp:", "org:")):
            words = [word for word in re.split(r"[\W_]+", code[4:].lower()) if len(word) > 3]
            nearby = self.text[first : self.passages[at].end].lower()
            return code in _GENERAL or any(word[:5] in nearby for word in words)
        return False

    def _stands(self, code: str, start: int, end: int) -> bool:
        """Whether words between ``start`` and ``end`` stand for the code."""
        low, high = bisect_right(self.standing_at, start - 1), bisect_right(self.standing_at, end)
        return any(code in mention.codes for mention in self.standing[low:high])

    def _dated(self, when: str, at: int) -> bool:
        first = self.passages[max(0, at - 1)].start
        text = self.text[first : self.passages[at].end]
        stated = [each for lean in (0, -1, 1) for each in dates.find(text, self.statement.date, lean)]
        return any(when == each.value or set(when.split("/")) <= set(each.value.split("/")) for each in stated)

    def _voiced(self, person: str) -> bool:
        """Whether the person, by the last part of the name, is in the text or among the speakers, accents apart."""
        last = fold(person).removesuffix(" Jr.").rstrip(",.").split()[-1].casefold()
        return last in self.folded or any(person == each.name for each in self.statement.speakers)


def _same(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-6 * max(1.0, abs(a), abs(b))
