"""Engagements: meetings, calls and visits one by one, and two sides' readouts of one beside each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from communique.cli import options
from communique.cli.options import chosen, items, nothing, show

if TYPE_CHECKING:
    from communique.service import Record
    from communique.service.readouts import Joined


@click.command()
@click.option("--readouts", is_flag=True, help="Engagements that two statements tell: what both say, what only one mentions.")
@click.option("--statement", metavar="ID", help="With --readouts: only those that this statement tells.")
@options.listed
def engagements(record: Record, form: str | None, readouts: bool, statement: str | None, **asked: Any) -> int:
    """Meetings, calls, visits and talks that took place.

    With --readouts, those that two sides or two offices tell: what both say, with the numbers and dates that differ, and what
    only one account mentions.  That one is silent is no denial.
    """
    asked = chosen(asked, screen=not form)
    if not readouts and not statement:
        return items(record.engagements(**asked), "assertion", form, asked)
    from communique.reports import readouts as report

    found: Iterable[Joined] = record.readouts_of(statement) if statement else record.readouts(**asked)
    if not show(found, form, report.shown, report.COLUMNS, report.lines):
        nothing("No engagement is told by two statements of two publishers, a day apart at most.", form, asked)
    return 0
