"""A year's diplomacy of one actor as the record tells it: what was done, what became of promises, what comes next, what is held.

    review("CHN", 2020, kept, statements) -> Review

Pure: equal items give an equal review.  Items below the confidence floor, and those a person rejected, are counted and left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from communique.records import Act, Agreement, Assertion, Event, Kept, Problem, Stage, Statement, Thread
from communique.reports import ahead, deeds, followed, instruments, ledger, meetings, stance
from communique.reports.merging import Told, merged
from communique.reports.phrasing import listed, possessive, the
from communique.reports.places import name, publisher
from communique.reports.scope import Scope
from communique.reports.sources import Notebook, Sources, standing
from communique.reports.values import Block, Coverage, Note, Review, Section
from communique.settings import ReadSettings

_UNREAD = frozenset({"formats", "read", "store"})  # stages whose problems mean that a document is not in the record
_READ_ANYWAY = frozenset({"encoding-assumed"})


def review(
    actor: str,
    year: int,
    kept: Iterable[Kept],
    statements: Iterable[Statement],
    *,
    problems: Sequence[Problem] = (),
    threads: Sequence[Thread] | None = None,
    floor: float = ReadSettings().floor,
    aside: int = 0,
) -> Review:
    """The review of ``actor`` for ``year``; without ``threads`` the section on earlier promises is left out."""
    good, below, rejected = standing(kept, floor)
    sources = Sources(actor, good, {each.id: each for each in statements}, name, problems, below + aside, rejected)
    scope, notebook = Scope(sources, year), Notebook(sources)
    sections = [_done(scope, notebook)]
    if threads is not None:
        sections.append(_became(scope, notebook, threads))
    sections += [_next(scope, notebook, told=threads is not None), _held(scope, notebook)]
    numbered, notes = notebook.numbered([_numbered(section, place) for place, section in enumerate(sections, 1)])
    title = f"{name(actor)}: diplomacy in {year} and priorities for {year + 1}"
    return Review(actor, name(actor), year, title, _coverage(scope, notes), numbered, notes)


def _numbered(section: Section, number: int) -> Section:
    return Section(number, section.title, section.blocks, section.empty)


def _done(scope: Scope, notebook: Notebook) -> Section:
    """Section 1: meetings, assistance, agreements, then the rest by partner, region, forum and subject, and figures."""
    kept = scope.sources.kept
    outcomes = [each for each in kept if scope.outcome(each)]
    counted = meetings.counts(scope, kept)
    held = meetings.held(scope, outcomes, counted)
    given, received = ledger.given(scope, kept), ledger.received(scope, kept)
    gave, got = ledger.entries(scope, kept, given), ledger.entries(scope, kept, received)
    instrument = [each for each in kept if scope.instrument(each)]
    spent = {each.id for group in held for each in group} | {each.id for each in (*given, *received)} | _signed(scope, instrument)
    spent |= {host.id for each in counted if (host := scope.sources.host(each))}
    tabled = {each.id for each in counted} | {each.id for entry in (*gave, *got) for each in (entry.goods, *entry.recipients) if each}
    figured, told = deeds.figures(scope, notebook, deeds.claimed(scope, kept, lambda each: each.id in tabled))
    rest = [one for one in merged(outcomes) if not any(each.id in spent | told for each in one.kept)]
    blocks: list[Block | None] = [
        meetings.block(scope, notebook, counted, held),
        ledger.block(scope, notebook, "Assistance", gave, given),
        ledger.block(scope, notebook, "Assistance received", got, received),
        instruments.block(scope, notebook, instrument),
        *deeds.blocks(scope, notebook, rest),
        figured,
    ]
    found = tuple(block for block in blocks if block)
    return Section(1, "What was reported done", found, "" if found else f"No deed of {scope.year} is reported in the statements read.")


def _signed(scope: Scope, instrument: Sequence[Kept]) -> set[str]:
    """Deeds that the table of agreements already tells."""
    staged = [each for each in instrument if isinstance(each.item, Agreement) and each.item.stage is not Stage.MENTIONED]
    hosts = [host for each in staged if (host := scope.sources.host(each))]
    agreed = [host for host in hosts if isinstance(host.item, Assertion) and host.item.event is Event.AGREE]
    return {host.id for host in agreed if isinstance(host.item, Assertion) and host.item.act is Act.OUTCOME}


def _became(scope: Scope, notebook: Notebook, threads: Sequence[Thread]) -> Section:
    """Section 2: promises announced before, and what the record says of them."""
    block = followed.block(scope, notebook, threads, {each.id: each for each in scope.sources.kept})
    empty = f"No promise that looked to {scope.year} stands in the statements read."
    return Section(2, "What became of the priorities announced before", (block,) if block else (), "" if block else empty)


def _next(scope: Scope, notebook: Notebook, *, told: bool) -> Section:
    """Section 3: promises that look to the next year; where none were followed, what else was promised stands here too."""
    said = merged(each for each in scope.sources.kept if scope.promise(each) or scope.aim(each))
    promised = [one for one in said if any(map(scope.promise, one.kept))]
    aims = [one for one in said if not any(map(scope.promise, one.kept))]
    due = merged(each for each in scope.sources.kept if scope.due(each))
    blocks = ahead.blocks(scope, notebook, promised)
    blocks += [] if told else ahead.apart(scope, notebook, due, aims)
    empty = "" if promised else f"No promise that looks to {scope.year + 1} stands in the statements read."
    elsewhere = f"What was promised earlier in {scope.year} without a date is followed in section 2." if told and aims else ""
    if blocks and elsewhere:
        blocks[-1] = replace(blocks[-1], aside=elsewhere)
    return Section(3, f"Priorities for {scope.year + 1}", tuple(blocks), f"{empty} {elsewhere}".strip() if not blocks else empty)


def _held(scope: Scope, notebook: Notebook) -> Section:
    """Section 4: positions, appeals and the labels of ties."""
    told: list[Told] = merged(each for each in scope.sources.kept if scope.stance(each))
    ties = [each for each in scope.sources.kept if scope.tie(each)]
    blocks = tuple(stance.blocks(scope, notebook, told, ties))
    return Section(4, "Positions and wording", blocks, "" if blocks else "No position is stated in the statements read.")


def _coverage(scope: Scope, notes: Sequence[Note]) -> Coverage:
    """What the review was drawn from: the statements its notes cite."""
    sources = scope.sources
    used = {note.doc for note in notes} & set(sources.statements)
    read = [sources.statements[doc] for doc in sorted(used)]
    dates = sorted(each.date for each in read if each.date)
    publishers = Counter(publisher(each.publisher) for each in read)
    sided = [sources.sides(each.id) for each in read]
    own = sum(scope.actor in side for side in sided)
    others = sum(bool(side) and scope.actor not in side for side in sided)
    items = sum(1 for each in sources.kept if each.doc in used)
    facts = Coverage(
        statements=len(read),
        publishers=tuple(sorted(publishers.items(), key=lambda entry: (-entry[1], entry[0]))),
        since=dates[0] if dates else None,
        until=dates[-1] if dates else None,
        own=own,
        others=others,
        unattributed=len(read) - own - others,
        items=items,
        aside=sources.aside,
        rejected=sources.rejected,
        refused=sum(each.stage == "check" for each in sources.problems),
        unread=len({each.about for each in sources.problems if each.stage in _UNREAD and each.code not in _READ_ANYWAY}),
        sentences=(),
    )
    return Coverage(**{field: getattr(facts, field) for field in Coverage.__slots__} | {"sentences": _sentences(scope, facts)})


def _sentences(scope: Scope, facts: Coverage) -> tuple[str, ...]:
    if not facts.statements:
        return (f"No statement in the record speaks of {the(name(scope.actor))} in {scope.year}.", *_unread(facts))
    named = [entry for entry in facts.publishers if entry[0]]
    publishers = [f"{count} from {who}" if 1 < count < facts.statements else who for who, count in named[:5]]
    publishers += [_count(len(named) - 5, "more publisher")] if len(named) > 5 else []
    publishers += [f"{count} with no publisher named" for who, count in facts.publishers if not who]
    from_ = "; ".join(publishers) if any("," in who for who in publishers) else listed(publishers)
    span = f"{facts.since} to {facts.until}" if facts.since != facts.until else facts.since or "undated"
    told = [f"Drawn from {_count(facts.statements, 'statement')} ({from_}; {span}){_accounts(scope, facts)}."]
    if not facts.others:
        told.append("No statement by any partner was read, so nothing here is confirmed by another side.")
    if scope.summing_up & set(scope.sources.statements):
        summing = _count(len(scope.summing_up), "statement")
        told.append(f"Undated deeds in {summing} of early {scope.year + 1} summing up {scope.year} are counted for {scope.year}.")
    left = f", {facts.aside:,} more below the confidence floor and left out" if facts.aside else ", none below the confidence floor"
    rejected = f", {facts.rejected} rejected by a person" if facts.rejected else ""
    refused = f", {facts.refused:,} refused because the words did not bear them out" if facts.refused else ""
    told.append(f"{_count(facts.items, 'item')}{left}{rejected}{refused}.")
    return (*told, *_unread(facts))


def _unread(facts: Coverage) -> tuple[str, ...]:
    told = f"{_count(facts.unread, 'input')} could not be read (`communique ls --problems` lists them)."
    return (told,) if facts.unread else ()


def _accounts(scope: Scope, facts: Coverage) -> str:
    own = f"{possessive(name(scope.actor))} own account"
    if facts.own == facts.statements:
        return f", all giving {own}" if facts.statements > 1 else f", giving {own}"
    parts = [f"{facts.own} giving {own}" if facts.own else "", f"{facts.others} another side's" if facts.others else ""]
    parts.append(f"{facts.unattributed} no side's own" if facts.unattributed else "")
    return ": " + listed([part for part in parts if part])


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' if number != 1 else ''}"


__all__ = ["Review", "review"]
