"""What the commands share: the record, the filters, the form of the answer, and how an answer is written.

Imported by every command, so it imports nothing heavy; a command imports what it needs when it runs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from communique.records import Kept
    from communique.render.terminal import Terminal
    from communique.service import Record

T = TypeVar("T")
FORMS = ("json", "jsonl", "csv")
LISTS = ("actors", "targets", "people", "giver", "receiver", "parties")  # fields of an item that hold several values
ON_SCREEN = 100  # rows a terminal gets when no limit is given; files and pipes get all

_FILTERS = (
    click.option("--actor", multiple=True, metavar="WHO", help="Who acts: a code or a name (CHN, China, ASEAN). Repeatable."),
    click.option("--with", "partner", multiple=True, metavar="WHO", help="Who else it names: a partner, an addressee."),
    click.option("--topic", multiple=True, metavar="TOPIC", help="Main subject, for example health or economy-trade."),
    click.option("--act", multiple=True, metavar="ACT", help="outcome, commitment, position or appeal."),
    click.option("--event", multiple=True, metavar="EVENT", help="Kind of deed, PLOVER's names: AGREE, CONSULT, AID ..."),
    click.option("--since", metavar="DATE", help="Statements of this date or later: 2020, 2020-08 or 2020-08-11."),
    click.option("--until", metavar="DATE", help="Statements up to the end of this year, month or day."),
    click.option("--publisher", multiple=True, metavar="NAME", help="Who published the statement."),
    click.option("--limit", type=click.IntRange(min=0), metavar="N", help=f"At most so many; 0: all. On a terminal, {ON_SCREEN}."),
)
_FORMS = (
    click.option("--json", "form", flag_value="json", help="One JSON array."),
    click.option("--jsonl", "form", flag_value="jsonl", help="One JSON object a line."),
    click.option("--csv", "form", flag_value="csv", help="CSV with a header, safe to open in a spreadsheet."),
)
RECORD = click.option(
    "--record",
    metavar="PATH",
    envvar="COMMUNIQUE_RECORD",
    show_envvar=True,
    help="The record: a file, made when missing by `add` (default: record.db in your data folder).",
)
READER = click.option("--reader", default=None, metavar="NAME", help="What proposes items: model (default), cues, or one you installed.")
WORKERS = click.option("--workers", type=click.IntRange(min=0), default=0, metavar="N", help="Processes that read at once; 0: one a core.")


def _all(options: Iterable[Callable[..., Any]]) -> Callable[[Callable[..., T]], Callable[..., T]]:
    def decorate(command: Callable[..., T]) -> Callable[..., T]:
        for option in reversed(list(options)):
            command = option(command)
        return command

    return decorate


filters, forms = _all(_FILTERS), _all(_FORMS)


def recorded(command: Callable[..., T]) -> Callable[..., T]:
    """Gives a command the open record as its first argument, and closes it after."""

    @RECORD
    @wraps(command)
    def run(record: str | None, **asked: Any) -> T:
        with open_record(record, there=True) as opened:
            return command(opened, **asked)

    return run


def listed(command: Callable[..., T]) -> Callable[..., T]:
    """The options of a listing: the record, the common filters, the form."""
    return recorded(filters(forms(command)))


def chosen(asked: Mapping[str, Any], screen: bool = False) -> dict[str, Any]:
    """The filters that were given; on a terminal a listing without a limit gets one.

    An empty value is a mistake (a shell variable that was never set) and would silently keep everything.
    """
    for name, value in asked.items():
        if value == "" or (isinstance(value, tuple) and not all(str(each).strip() for each in value)):
            raise click.UsageError(f"--{'with' if name == 'partner' else name} has an empty value")
    found = {name: value for name, value in asked.items() if value not in (None, ())}
    if found.get("limit") == 0:
        del found["limit"]
    elif "limit" not in found and screen and sys.stdout.isatty():
        found["limit"] = ON_SCREEN
    return found


def write(parts: Iterable[str]) -> None:
    """Writes an answer to standard output, as UTF-8 whatever the locale."""
    for part in parts:
        sys.stdout.write(part)


def note(text: str) -> None:
    """A message for the person, on standard error."""
    click.echo(text, err=True)


def screen() -> Terminal:
    """The terminal standard output leads to."""
    from communique.render.terminal import Terminal

    return Terminal.of(sys.stdout)


def show(
    rows: Iterable[Any],
    form: str | None,
    shape: Callable[[Any], Any],
    columns: Iterable[str],
    entry: Callable[[Any], Iterable[str]],
) -> int:
    """Writes rows in the form asked for, and says how many there were."""
    from communique.render import csv, json

    count = 0

    def counted() -> Iterable[Any]:
        nonlocal count
        for row in rows:
            count += 1
            yield row

    if form == "csv":
        write(csv.table(list(columns), map(shape, counted())))
    elif form:
        write((json.array if form == "json" else json.lines)(map(shape, counted())))
    else:
        write(line + "\n" for row in counted() for line in entry(row))
    return count


def items(found: Iterable[Kept], kind: str, form: str | None, asked: Mapping[str, Any]) -> int:
    """Writes a listing of items of one kind."""
    from communique import shapes
    from communique.render import terminal
    from communique.render.columns import KINDS

    at = screen()
    count = show(found, form, shapes.kept, KINDS[kind], lambda each: terminal.kept(at, each))
    if not count:
        narrowed = any(value for name, value in asked.items() if name != "limit")
        nothing("Nothing in the record matches." if narrowed else "Nothing of this kind is in the record.", form, asked)
        if kind != "assertion" and asked.keys() & {"topic", "act", "event"}:
            told = f"{'an' if kind[0] == 'a' else 'a'} {kind}"
            note(f"--topic, --act and --event are of assertions: {told} has none, so they keep nothing here.")
    elif not form and asked.get("limit") == count and sys.stdout.isatty():
        note(f"The first {count}; --limit N shows more, --limit 0 all.")
    return 0


def nothing(told: str, form: str | None, asked: Mapping[str, Any]) -> None:
    """Says that nothing was found (an empty answer in a form says so itself), and which names no actor is known by."""
    if not form:
        note(told)
    doubt(*asked.get("actor", ()), *asked.get("partner", ()))


def doubt(*names: str) -> None:
    """Says which of the names no actor is known by, when nothing was found for them."""
    from communique.vocabulary.actors import current

    known = {form.text.casefold() for form in current().forms} | {each.casefold() for entry in current().names.items() for each in entry}
    for name in names:
        if name.casefold() not in known and not name.startswith(("grp:", "org:")):
            note(f"No actor is known as {name!r}: give a code (CHN, ASEAN) or a name (China, European Union).")


def person() -> str:
    """Who is at the keyboard, for a judgement without --by."""
    import getpass

    return os.environ.get("COMMUNIQUE_BY") or getpass.getuser()


def changed(given: Iterable[str]) -> dict[str, Any]:
    """``field=value`` pairs; a value is read as JSON where it is JSON, else as the words it is; names may be joined with commas."""
    import json

    found: dict[str, Any] = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals:
            raise click.UsageError(f"--set takes FIELD=VALUE, not {pair!r}.")
        try:
            found[name.strip()] = json.loads(value)
        except ValueError:
            found[name.strip()] = value
        if name.strip() in LISTS and isinstance(found[name.strip()], str):
            found[name.strip()] = [each.strip() for each in value.split(",") if each.strip()]
    return found


def open_record(record: str | None, *, there: bool = False) -> Record:
    """The record named, or the default one; with ``there``, only if something was added to it before."""
    from communique import service
    from communique.errors import NoRecord

    target = record or service.default_target()
    if there and "://" not in target and target != ":memory:" and not os.path.exists(target):
        raise NoRecord(target)
    return service.open(target)
