"""Following promises: what became of them, as of a date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from communique.cli import options
from communique.cli.options import chosen, note, screen, show

if TYPE_CHECKING:
    from communique.service import Record


@click.command()
@click.argument("id", required=False)
@click.option("--as-of", metavar="DATE", help="Judge by what was said up to this date (default: the latest statement).")
@click.option("--verdict", multiple=True, metavar="VERDICT", help="fulfilled, in-progress, repeated, retracted or no-report. Repeatable.")
@options.listed
def follow(record: Record, id: str | None, form: str | None, as_of: str | None, verdict: tuple[str, ...], **asked: Any) -> int:
    """Follow promises: the later words about each, and the verdict.

    Every promise the filters keep, or the one named ID, with the passages that fulfil, advance, repeat or retract it.
    A verdict says by which rule, and whose account it rests on; silence is no failure.
    """
    from communique import shapes
    from communique.render import columns, terminal

    at = screen()
    found = [record.thread(id, as_of)] if id else record.threads(as_of=as_of, verdict=verdict, **chosen(asked, screen=not form))
    if not show(found, form, shapes.thread, columns.THREAD, lambda each: terminal.thread(at, each)) and not form:
        note("No promise in the record matches.")
    return 0
