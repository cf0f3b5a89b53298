"""Following promises: what became of them, as of a date."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from communique.cli import options
from communique.cli.options import chosen, items, note, nothing, screen, show

if TYPE_CHECKING:
    from communique.records import Thread
    from communique.service import Record


@click.command()
@click.argument("id", required=False)
@click.option("--as-of", metavar="DATE", help="Judge by what was said up to this date (default: the latest statement).")
@click.option("--verdict", multiple=True, metavar="VERDICT", help="fulfilled, in-progress, repeated, retracted or no-report. Repeatable.")
@click.option("--overdue", is_flag=True, help="Only promises whose time is past and which nothing reports kept.")
@click.option("--vanished", is_flag=True, help="Only specific promises that three or more later statements pass over in silence.")
@options.listed
def follow(
    record: Record,
    id: str | None,
    form: str | None,
    as_of: str | None,
    verdict: tuple[str, ...],
    overdue: bool,
    vanished: bool,
    **asked: Any,
) -> int:
    """Follow promises: the later words about each, and the verdict.

    Every promise the filters keep, or the one named ID, with the passages that fulfil, advance, repeat or retract it.
    A verdict says by which rule, and whose account it rests on; silence is no failure.
    """
    from communique import shapes
    from communique.render import columns, terminal

    at = screen()
    if sum(map(bool, (id, verdict, overdue, vanished))) > 1:
        raise click.UsageError("of an ID, --verdict, --overdue and --vanished, give one")
    asked = chosen(asked, screen=not form)
    found: Iterable[Thread] = [record.thread(id, as_of)] if id else record.threads(as_of=as_of, verdict=verdict, **asked)
    if overdue:
        found = record.overdue(as_of=as_of, **asked)
    elif vanished:
        found = record.vanished(as_of=as_of, **asked)
    parts = 0

    def entry(each: Thread) -> Iterable[str]:
        nonlocal parts
        parts += bool(each.umbrella)
        return terminal.thread(at, each)

    shown = show(found, form, shapes.thread, columns.THREAD, entry)
    if not shown:
        nothing("No promise in the record matches.", form, asked)
    if parts:
        note(f"{shown - parts} promises, and {parts} that are parts of another, counted with it.")
    return 0


@click.command()
@click.option("--series", is_flag=True, help="Quantities told more than once: a series for each giver, receiver, thing and unit.")
@options.listed
def figures(record: Record, form: str | None, series: bool, **asked: Any) -> int:
    """Sums, counts and shares claimed, with what they measure.

    With --series, the quantities told more than once, those that contradict first; intervals as the words allow them.
    """
    asked = chosen(asked, screen=not form)
    if not series:
        return items(record.figures(**asked), "figure", form, asked)
    from communique.reports import series as report

    if not show(record.series(**asked), form, report.shown, report.COLUMNS, report.lines):
        nothing("No quantity is told more than once.", form, asked)
    return 0
