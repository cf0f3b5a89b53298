"""The columns of each kind of row, in the order that CSV and column exports keep, each with what it holds."""

from __future__ import annotations

_WHERE = {
    "doc": "id of the statement the words stand in",
    "date": "date of the statement, ISO 8601 of stated precision",
    "publisher": "who published the statement",
    "title": "title of the statement",
}
_PLACE = {
    "start": "offset of the first character of the quote in the statement's text (Unicode code points)",
    "end": "offset after the last character",
    "quote": "the exact words: text[start:end]",
}
_LAST = {
    "confidence": "how sure the reader is, 0 to 1, calibrated",
    "reader": "name and version of what read it",
}

ASSERTION = {
    "id": "id of the item, from the text and the place alone",
    **_WHERE,
    "act": "outcome, commitment, position or appeal",
    "event": "kind of deed, PLOVER's names",
    "actors": "codes of those who act: ISO 3166-1 alpha-3, acronyms, grp: and org:",
    "targets": "codes of the other party",
    "topic": "the main subject",
    "when": "time of the deed or its deadline, only if the words give it; ISO 8601, start/end",
    "specific": "true when it names something that can be checked",
    "strength": "of a commitment: firm, intended or aspirational",
    "speaker": "to whom the words are attributed; empty in the publisher's own voice",
    "people": "named persons who met",
    "reported": "true when told by another side than the actor's own",
    **_PLACE,
    **_LAST,
}
FIGURE = {
    "id": ASSERTION["id"],
    **_WHERE,
    "value": "the number, in units",
    "value_high": "the upper end of a range",
    "rel": "=, >, >=, <, <= or ~ (about)",
    "unit": "ISO 4217 code, percent, times, or the counted noun in the singular",
    "of": "what is measured, in the words of the text",
    "giver": "codes of the giver, where it is a transfer",
    "receiver": "codes of the receiver",
    "when": ASSERTION["when"],
    **_PLACE,
    **_LAST,
}
AGREEMENT = {
    "id": ASSERTION["id"],
    **_WHERE,
    "name": "the instrument as named",
    "short": "its acronym, if the text gives one",
    "parties": "codes of the parties",
    "stage": "proposed, negotiating, concluded, signed, ratified, in-force, implementing, extended, suspended, withdrawn or mentioned",
    **_PLACE,
    **_LAST,
}
RELATION = {
    "id": ASSERTION["id"],
    **_WHERE,
    "parties": "codes of the parties",
    "label": "the label put on their tie",
    **_PLACE,
    **_LAST,
}
STATEMENT = {
    "id": "id of the statement; an older version ends in @ and its number",
    "date": "date, ISO 8601 of stated precision; empty when unknown",
    "publisher": "who published it",
    "title": "its title",
    "kind": "kind of document",
    "lang": "language",
    "speakers": "who speaks in it",
    "issuers": "codes of those whose voice it is",
    "url": "where it was published",
    "source": "the file or address it was read from",
    "sha256": "hash of its text, UTF-8",
    "length": "its length in characters",
    "items": "items asserted from it",
    "aside": "items kept aside below the confidence floor",
    "reader": "name and version of what read it",
}
PROBLEM = {
    "about": "the statement or source",
    "stage": "where it was met",
    "code": "kind of problem",
    "message": "what happened and what to do",
    "start": "offset of the place, where there is one",
    "end": "offset after it",
}
THREAD = {
    "id": "id of the promise",
    "doc": "id of the statement it stands in",
    "start": _PLACE["start"],
    "end": _PLACE["end"],
    "quote": _PLACE["quote"],
    "actors": ASSERTION["actors"],
    "when": ASSERTION["when"],
    "specific": ASSERTION["specific"],
    "verdict": "fulfilled, in-progress, repeated, retracted or no-report",
    "score": "1, 0 or -1; empty for a promise only repeated and for silence",
    "as_of": "the date the verdict is of",
    "rule": "the rule it rests on",
    "read": "comparable later statements read",
    "links": "the later passages: what each is to the promise, and its place",
    "umbrella": "id of the promise of the same statement that this one is a part of: count one of the two; empty where there is none",
    "parts": "ids of the promises that are parts of it",
}
JUDGEMENT = {
    "about": "id of what is judged",
    "decision": "accept, reject, edit or undo, or a verdict, or a label for a link",
    "by": "who judged",
    "at": "when, UTC",
    "why": "the reason given",
    "changes": "fields changed and their values, as JSON",
}
HIT = {
    **_WHERE,
    "score": "how well the passage matches; higher is better",
    "start": "offset of the passage in the statement's text",
    "end": "offset after it",
    "quote": "the passage",
}
KINDS = {"assertion": ASSERTION, "figure": FIGURE, "agreement": AGREEMENT, "relation": RELATION}
