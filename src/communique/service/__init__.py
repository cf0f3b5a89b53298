"""All that Communique can do: ``open`` a record, ``read`` a text, and one method of ``Record`` for each use.

The command line, the API and the pages read a request, call one method here, and render what comes back.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any

from communique import exports, shapes
from communique.engines import once, work
from communique.errors import BadFilter, NoSuchItem, RecordReadOnly
from communique.readers import Reader
from communique.records import Added, Entry, Filters, Given, Hit, Judgement, Kept, Passage, Problem, Reading, Thread
from communique.render import json, markdown
from communique.reports import coverage, review
from communique.reports.values import Report
from communique.service import due, follow, listings, told
from communique.service import readouts as joining
from communique.service.adding import Adding, Progress, Step, now
from communique.settings import Settings
from communique.store import asking, covering, dossier, judging, listing, marking, reading, verifying
from communique.store.asking import filters as asked
from communique.store.opening import Store, open_store
from communique.store.results import Listing, Paged

__all__ = ["Listing", "Paged", "Progress", "Record", "Reviewed", "Shown", "Step", "default_target", "open", "read", "readings"]

ENVIRONMENT = "COMMUNIQUE_RECORD"
AT_ONCE = 150_000  # assertions that are followed when a review asks; a larger record is followed by `communique follow` first


@dataclass(frozen=True, slots=True)
class Shown:
    """An item with the passage it stands in, cut around its words."""

    kept: Kept
    passage: Passage | None
    before: str
    after: str


class Reviewed(review.Review):
    """A review that can write itself."""

    def to_markdown(self) -> str:
        """The page as Markdown."""
        return markdown.review(self)

    def to_json(self) -> str:
        """Everything found, the lines the page leaves out included."""
        return json.review(self)

    def to_html(self) -> str:
        """The page as HTML, complete in itself."""
        from communique.render import html

        return html.review(self)


def default_target() -> str:
    """The record used when none is named: ``COMMUNIQUE_RECORD``, or ``record.db`` in the user's data folder."""
    named = os.environ.get(ENVIRONMENT)
    if named:
        return named
    from platformdirs import user_data_path

    folder = user_data_path("communique", appauthor=False)
    folder.mkdir(parents=True, exist_ok=True)
    return str(folder / "record.db")


def open(target: str | os.PathLike[str] | None = None, *, settings: Settings | None = None) -> Record:
    """The record at ``target`` (a file, made when it is not there; ``:memory:``), or the user's own."""
    chosen = settings or Settings()
    work.own_names(chosen.read)
    place = default_target() if target is None else os.fspath(target)
    return Record(open_store(place, seconds=chosen.record.wait), chosen)


def read(text: str, *, reader: str | Reader | None = None, settings: Settings | None = None, **given: Any) -> Reading:
    """Everything found in a text, checked against its words; nothing is kept.

    ``date``, ``publisher``, ``title``, ``kind``, ``url``, ``lang``, ``id`` win over what is found in the text.
    """
    if not isinstance(text, str):
        raise BadFilter("text", text, "a string; `readings` takes files and folders")
    chosen = (settings or Settings()).read
    return work.reading(reader or chosen.reader, chosen)(Given(text=text, source=given.pop("source", ""), **given))


def readings(
    *paths: str | os.PathLike[str] | Given, reader: str | Reader | None = None, workers: int | None = None, settings: Settings | None = None
) -> Iterator[Reading | Problem]:
    """Everything found in documents, one reading or problem each, in their order, as they come; nothing is kept.

    A few documents are read in this process, so that the first result is not held up by starting others.
    """
    chosen = (settings or Settings()).read
    return once.readings(*paths, reader=reader or chosen.reader, workers=chosen.workers if workers is None else workers, settings=chosen)


class Record:
    """Everything kept: statements, what was read from them, what people said of it.  A context manager."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store, self.settings = store, settings

    def __enter__(self) -> Record:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<record {self.target}>"

    @property
    def target(self) -> str:
        """Where the record is kept."""
        return self._store.target

    def close(self) -> None:
        """Lets go of the record; everything added is already kept."""
        self._store.close()

    # -------------------------------------------------------------------------------------------- adding

    def add(
        self,
        *paths: str | os.PathLike[str] | Given,
        reader: str | Reader | None = None,
        workers: int | None = None,
        progress: Progress | None = None,
    ) -> Added:
        """Reads and keeps documents: files, folders, ``-``, or texts given as ``Given``.

        Each statement is one transaction: interrupted, what is finished stays, and the same call again does the rest.
        The same statement twice changes nothing; other words under the same id supersede, and both are kept.
        """
        self._store.must_write()
        chosen = reader or self.settings.read.reader
        where = once.engine(chosen, self.settings.read.workers if workers is None else workers)
        return Adding(self._store, chosen, self.settings.read, progress).run(where, paths)

    # -------------------------------------------------------------------------------------------- listings

    def statements(self, filters: Filters | None = None, *, newest: bool = False, **given: Any) -> Listing[Entry]:
        """Statements that match, without their text."""
        return listings.entries(self._store, asked(filters, **given), newest)

    def assertions(self, filters: Filters | None = None, **given: Any) -> Listing[Kept]:
        """Assertions of every act that match."""
        return listings.items(self._store, "assertions", filters, given)

    def commitments(self, filters: Filters | None = None, **given: Any) -> Listing[Kept]:
        """What was promised."""
        return listings.items(self._store, "commitments", filters, given)

    def outcomes(self, filters: Filters | None = None, **given: Any) -> Listing[Kept]:
        """What was done, as told."""
        return listings.items(self._store, "outcomes", filters, given)

    def positions(self, filters: Filters | None = None, **given: Any) -> Listing[Kept]:
        """What was held: attitudes and principles."""
        return listings.items(self._store, "positions", filters, given)

    def appeals(self, filters: Filters | None = None, **given: Any) -> Listing[Kept]:
        """What was asked of others."""
        return listings.items(self._store, "appeals", filters, given)

    def engagements(self, filters: Filters | None = None, **given: Any) -> Listing[Kept]:
        """Meetings, calls and visits that took place; counts that a statement claims are figures, and are not expanded."""
        return listings.items(self._store, "engagements", filters, given)

    def figures(self, filters: Filters | None = None, **given: Any) -> Listing[Kept]:
        """Quantities that statements claim."""
        return listings.items(self._store, "figures", filters, given)

    def agreements(self, filters: Filters | None = None, **given: Any) -> Listing[Kept]:
        """Instruments named, and the stage they are said to be at."""
        return listings.items(self._store, "agreements", filters, given)

    def relations(self, filters: Filters | None = None, **given: Any) -> Listing[Kept]:
        """Labels put on the ties between parties."""
        return listings.items(self._store, "relations", filters, given)

    def search(self, words: str, filters: Filters | None = None, **given: Any) -> Listing[Hit]:
        """Passages that hold all the words, the best match first; "phrases", ``begin*`` and ``-without`` are understood."""
        return listings.hits(self._store, words, asked(filters, **given))

    # -------------------------------------------------------------------------------------------- one thing

    def statement(self, id: str) -> Reading:
        """A statement with its text and everything read from it; ``X`` is the current version, ``X@1`` the first."""
        with self._store.reading() as connection:
            pk = reading.address(connection, id)
            if pk is None:
                raise NoSuchItem(id, self.target)
            return reading.whole(connection, pk)

    def versions(self, id: str) -> list[Entry]:
        """Every version of a statement, the oldest first."""
        with self._store.reading() as connection:
            return reading.versions(connection, id.rpartition("@")[0] or id) or reading.versions(connection, id)

    def items(self, id: str) -> tuple[Kept, ...]:
        """Every item of a statement in the order of its text, set-aside and rejected ones too."""
        with self._store.reading() as connection:
            pk = reading.address(connection, id)
            if pk is None:
                raise NoSuchItem(id, self.target)
            return reading.kept_in(connection, pk)

    def show(self, id: str) -> Reading | Shown:
        """What stands at an id: a statement, or an item with the passage it comes from."""
        with self._store.reading() as connection:
            pk = reading.address(connection, id)
            if pk is not None:
                return reading.whole(connection, pk)
            kept = reading.item(connection, id)
            if kept is None:
                raise NoSuchItem(id, self.target)
            found = reading.place(connection, kept)
            return Shown(kept, found.passage, found.before, found.after)

    def problems(self, *, limit: int | None = None) -> list[Problem]:
        """Faults of inputs that still stand."""
        with self._store.reading() as connection:
            return list(reading.open_problems(connection, limit=limit))

    def facets(self, kind: str, field: str, *, limit: int = 50) -> list[tuple[str, int]]:
        """The commonest values of a field (actor, named, topic, event, publisher, year, unit, stage) of a kind, with counts."""
        with self._store.reading() as connection:
            return listing.facets(connection, kind, field, limit=limit)

    def partners(
        self, name: str = "outcomes", filters: Filters | None = None, *, most: int = 20_000, **given: Any
    ) -> list[tuple[str, int]]:
        """Who stands beside the actors of a listing ("engagements", ...), with counts, the most often first.

        Narrowed by more than one actor, events and whole years, the ``most`` newest are counted.
        """
        query = listings.query(name, filters, given | {"newest": True})
        with self._store.reading() as connection:
            return listing.partners(connection, query, most=most)

    def years(self, name: str = "assertions", filters: Filters | None = None, **given: Any) -> list[tuple[str, str, int]]:
        """How many items of a listing there are by year and act: engagements by mode, agreements by stage, other assertions by event.

        Rows of year (empty: undated), value and count, the oldest first.
        """
        query = listings.query(name, filters, given)
        by = {"assertions": "kind", "engagements": "mode"}.get(name, "what")
        with self._store.reading() as connection:
            return listing.years(connection, query, by)

    def counts(self) -> dict[str, int]:
        """How much there is of each kind."""
        kinds = ("statement", "outcome", "commitment", "position", "appeal", "figure", "agreement", "relation")
        with self._store.reading() as connection:
            return {kind: listing.tally(connection, kind) for kind in kinds}

    # -------------------------------------------------------------------------------------------- following

    def threads(
        self, filters: Filters | None = None, *, as_of: str | None = None, verdict: str | Iterable[str] = (), **given: Any
    ) -> Listing[Thread]:
        """What became of the promises that match, as of a date; without one, of the latest statement in the record.

        Followed when first asked for, and again when the record has changed; the same date of the same record gives the same answer.
        """
        return follow.threads(self._store, asked(filters, **given), as_of, follow.verdicts(verdict))

    def thread(self, id: str, as_of: str | None = None) -> Thread:
        """What became of one promise: the later words about it and the verdict, as of a date."""
        found = follow.thread(self._store, id, as_of)
        if found is None:
            raise NoSuchItem(id, self.target)
        return found

    def is_followed(self, as_of: str | None = None) -> bool:
        """Whether ``threads`` of a date would be read at once; otherwise the whole record is followed first."""
        return follow.ready(self._store, as_of)

    def series(self, filters: Filters | None = None, *, most: int = 2000, **given: Any) -> tuple[told.Series, ...]:
        """Quantities that are told more than once: each figure as the interval its words allow, and which cannot both be true."""
        given |= {"newest": True}
        return told.repeated(self.figures(filters, **given), self.assertions(filters, **given), most)

    def claims(self, filters: Filters | None = None, *, most: int = 2000, **given: Any) -> tuple[told.Claim, ...]:
        """Counts of meetings, calls and visits that statements claim, each beside those the record holds."""
        given |= {"newest": True}
        return told.claimed(self.figures(filters, **given), self.engagements(filters, **given), most)

    def readouts(self, filters: Filters | None = None, **given: Any) -> Listing[joining.Joined]:
        """Engagements that two statements tell, the latest first: what both say, what only one mentions, what differs."""
        return joining.listed(self._store, asked(filters, **given))

    def readouts_of(self, id: str) -> tuple[joining.Joined, ...]:
        """The other accounts of what one statement tells, each beside it; none where it tells no engagement or nobody else does."""
        if not self.versions(id):
            raise NoSuchItem(id, self.target)
        return joining.of_statement(self._store, id)

    def readout(self, first: str, second: str) -> joining.Joined:
        """Two statements of one engagement beside each other, the older one first."""
        found = joining.one(self._store, first, second)
        if found is None:
            raise NoSuchItem(f"{first} and {second}, joined", self.target)
        return found

    def overdue(self, filters: Filters | None = None, *, as_of: str | None = None, **given: Any) -> Listing[Thread]:
        """Promises whose stated time is past at a date and which nothing reports kept or called off."""
        return due.late(self._store, asked(filters, **given), as_of)

    def vanished(self, filters: Filters | None = None, *, as_of: str | None = None, **given: Any) -> Listing[Thread]:
        """Specific promises that several comparable later statements pass over in silence."""
        return due.passed_over(self._store, asked(filters, **given), as_of)

    def verdicts(self, filters: Filters | None = None, *, as_of: str | None = None, upto: int = 200, **given: Any) -> dict[str, int]:
        """How many promises that match came to each verdict of the machine, how many are overdue and how many were passed over.

        A promise is counted once: its parts are left to ``parts``.  The last two are counted up to ``upto`` where more is asked than an
        actor or a partner, topics and whole years; with 0 they are left out.
        """
        return {name: n - inside for name, (n, inside) in due.split(self._store, asked(filters, **given), as_of, upto).items()}

    def parts(self, filters: Filters | None = None, *, as_of: str | None = None, upto: int = 0, **given: Any) -> dict[str, int]:
        """What ``verdicts`` leaves out: by the same names, how many are parts of another promise of the same statement."""
        return {name: inside for name, (_, inside) in due.split(self._store, asked(filters, **given), as_of, upto).items()}

    # -------------------------------------------------------------------------------------------- reports

    def review(self, actor: str, year: int, *, as_of: str | None = None) -> Reviewed:
        """A year's diplomacy of an actor: what was done, what became of promises, what comes next, what is held; every line cited."""
        who, year = asking.actor(actor), _year(year)
        until = min(f"{year + 1}-12-31", as_of or "9999")
        with self._store.reading() as connection:
            kept, statements, faults = dossier.dossier(connection, who, str(year - 1), until)
            faults += [each for each in reading.open_problems(connection) if each.stage in ("formats", "read")]  # what was not read at all
            said = listing.tally(connection, listing.ACTS)
        threads: list[Thread] | None = None  # the section is left out
        with suppress(RecordReadOnly):  # what was never followed cannot be kept there
            if said <= AT_ONCE or follow.ready(self._store, as_of):
                threads = list(self.threads(actor=who, since=str(year - 1), until=str(year), as_of=as_of))
        later = {link.doc for thread in threads or () for link in thread.links} - {each.id for each in statements}  # cited, said after
        with self._store.reading() as connection:
            statements += dossier.told_in(connection, later)
        made = review.review(who, year, kept, statements, problems=faults, threads=threads, floor=self.settings.read.floor)
        return Reviewed(**{name: getattr(made, name) for name in review.Review.__slots__})

    def coverage(self, filters: Filters | None = None, **given: Any) -> Report:
        """What the record was drawn from: publishers, years, silences, and what could not be read."""
        with self._store.reading() as connection:
            found = covering.drawn(connection, asked(filters, **given))
        return coverage.coverage(coverage.Drawn.of(*found))

    def export(self, format: str, folder: str | os.PathLike[str], filters: Filters | None = None, **given: Any) -> list[Path]:
        """Writes what the filters keep into a folder, in a format of ``communique.exports``; the files written."""
        kinds: dict[str, Callable[..., Listing[Kept]]] = {
            "assertions": self.assertions,
            "figures": self.figures,
            "agreements": self.agreements,
            "relations": self.relations,
        }
        asked(filters, **given)  # what cannot be used is said before anything is written
        tables: dict[str, Callable[[], Iterable[shapes.Json]]] = {
            "statements": lambda: (self._exported(each) for each in self.statements(filters, **given)),
            **{name: partial(_rows, listing, filters, given) for name, listing in kinds.items()},
            "judgements": lambda: map(shapes.judgement, self.judgements()),
            "problems": lambda: map(shapes.problem, self.problems()),
        }
        return exports.export(format, tables, Path(folder))

    def _exported(self, entry: Entry) -> shapes.Json:
        return shapes.entry(entry) | {"text": self.statement(entry.id).statement.text}

    # -------------------------------------------------------------------------------------------- judging, proving

    def mark(
        self, id: str, decision: str, *, by: str, why: str = "", changes: Mapping[str, Any] | None = None, seen: int | None = None
    ) -> Judgement:
        """A person's judgement on an item, a thread or a link ("thread>item"): appended, and standing above the machine's.

        ``seen`` is how many judgements on it the person had seen: with others kept meanwhile, whoever wrote them, it is refused.
        """
        with self._store.writing() as connection:  # nobody else writes between the look and the judgement
            if not all(marking.holds(connection, part) for part in id.split(">")):
                raise NoSuchItem(id, self.target)
            if seen is not None:
                marking.must_be_seen(connection, id, seen)
            changed = marking.changes(connection, id, changes or {})
            judgement = Judgement(id, marking.decision(id, decision), by, now(), why, changed)
            marking.mark(connection, judgement)
        return judgement

    def judgements(self, id: str | None = None) -> tuple[Judgement, ...]:
        """Every judgement on an id, or in the record, the oldest first."""
        with self._store.reading() as connection:
            return judging.about(connection, [id]).get(id, ()) if id else judging.every(connection)

    def verify(self) -> list[Problem]:
        """Every break in the record: quotes, hashes, ends of links, indexes, counts.  Empty when all holds."""
        with self._store.checking() as (connection, writes):
            return list(verifying.verify(connection, writes))


def _year(given: int | str) -> int:
    said = str(given).strip()
    if not (len(said) == 4 and said.isdecimal()):
        raise BadFilter("year", given, "a year: 2020")
    return int(said)


def _rows(listing: Callable[..., Listing[Kept]], filters: Filters | None, given: Mapping[str, Any]) -> Iterator[shapes.Json]:
    return map(shapes.kept, listing(filters, **given))
