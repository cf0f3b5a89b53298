"""The command line: each command reads what was asked, calls one method of the record, and renders what comes back.

Exit status: 0 done, 1 done with problems (listed), 2 could not (one sentence), 130 stopped with Ctrl-C.
"""

from __future__ import annotations

import _thread
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import click

from communique.cli import desk, engagements, follow, options
from communique.cli.options import READER, RECORD, WORKERS, chosen, items, note, nothing, recorded, screen, show, write

if TYPE_CHECKING:
    from communique.service import Record

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 110}


class _Sections(click.Group):
    """A group whose help lists the commands in the order of work."""

    order: ClassVar = {
        "Put in": ("read", "add"),
        "Look up": ("ls", "show", "search"),
        "List": ("commitments", "outcomes", "positions", "appeals", "engagements", "figures", "agreements", "relations"),
        "Report": ("review", "follow", "coverage", "export"),
        "Keep right": ("mark", "verify"),
        "Share": ("serve", "token"),
    }

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, names in self.order.items():
            rows = [(name, self.commands[name].get_short_help_str(90)) for name in names if name in self.commands]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)


@click.group(cls=_Sections, context_settings=_CONTEXT)
@click.version_option(package_name="communique", message="communique %(version)s")
def cli() -> None:
    """Keeps the record of diplomacy: every commitment, outcome, position, appeal, figure, agreement and relation in
    official statements, each tied to its exact words.

    \b
    A first session:
      communique add statements/              read a folder into the record
      communique commitments --actor China    what China promised, in its words
      communique review --actor CHN --year 2020 > china-2020.md
      communique show ID                      an item beside the passage it stands in

    Results go to standard output, messages and progress to standard error.  Every listing takes the same filters and
    --json, --jsonl or --csv.  Exit status: 0 done, 1 done with problems (listed), 2 could not, 130 stopped.
    """


# ------------------------------------------------------------------------------------------------ put in


@cli.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@options.forms
@READER
@WORKERS
def read(paths: tuple[str, ...], form: str | None, reader: str | None, workers: int) -> int:
    """Extract from files, folders or - (standard input), and keep nothing.

    --jsonl gives one object a statement with everything read from it; --csv the assertions alone.
    """
    from communique.cli import intake

    return intake.show(paths, form, reader=reader, workers=workers)


@cli.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@RECORD
@READER
@WORKERS
def add(paths: tuple[str, ...], record: str | None, reader: str | None, workers: int) -> int:
    """Read and keep in the record.  Safe to repeat: what is there already stays; safe to interrupt: what is done is kept."""
    from communique.cli import intake

    with options.open_record(record) as opened:
        return intake.add(opened, paths, reader=reader, workers=workers)


# ------------------------------------------------------------------------------------------------ look up


@cli.command()
@click.option("--problems", "faults", is_flag=True, help="List the problems met in reading instead; of the filters, only --limit.")
@options.listed
def ls(record: Record, form: str | None, faults: bool, **asked: Any) -> int:
    """List the statements in the record, or the problems met."""
    from communique import shapes
    from communique.render import columns, terminal

    at = screen()
    asked = chosen(asked, screen=not form)
    if faults:
        if asked.keys() - {"limit"}:
            raise click.UsageError("--problems takes no filter but --limit: a problem has no actor, topic or date of its own")
        show(record.problems(limit=asked.get("limit")), form, shapes.problem, columns.PROBLEM, lambda each: terminal.problem(at, each))
        return 0
    if not show(record.statements(**asked), form, shapes.entry, columns.STATEMENT, lambda each: terminal.entry(at, each)):
        nothing("No statement in the record matches.", form, asked)
    return 0


@cli.command(name="show")
@click.argument("id")
@click.option("--text", is_flag=True, help="The whole text of the statement, unchanged.")
@options.forms
@recorded
def show_(record: Record, id: str, form: str | None, text: bool) -> int:
    """Show a statement with its items, or an item in its passage."""
    from communique.records import Reading
    from communique.render import shown

    found = record.statement(id) if text else record.show(id)
    if isinstance(found, Reading):
        write(shown.text(found) if text else shown.statement(screen(), found, form))
    else:
        write(shown.item(screen(), found.kept, found.passage, found.before, found.after, form))
    return 0


@cli.command()
@click.argument("words", nargs=-1, required=True)
@options.listed
def search(record: Record, words: tuple[str, ...], form: str | None, **asked: Any) -> int:
    """Search the text of the statements.

    All the words must stand in one passage: words, "a phrase", word* for all that begin so, -word for none of it.
    """
    from communique import shapes
    from communique.render import columns, terminal

    at, sought = screen(), " ".join(words)
    if not any(letter.isalnum() for word in sought.split() if not word.startswith("-") for letter in word):
        raise click.UsageError(f"{sought!r} has no word to look for")
    asked = chosen(asked, screen=not form)
    if not show(record.search(sought, **asked), form, shapes.hit, columns.HIT, lambda each: terminal.hit(at, each, words)):
        nothing(f"No passage holds {sought!r}.", form, asked)
    return 0


# ------------------------------------------------------------------------------------------------ list


def _listing(name: str, kind: str, text: str) -> None:
    def run(record: Record, form: str | None, **asked: Any) -> int:
        asked = chosen(asked, screen=not form)
        return items(getattr(record, name)(**asked), kind, form, asked)

    run.__doc__ = text
    cli.command(name=name)(options.listed(run))


_listing("commitments", "assertion", "What actors said they will do, each as firmly as it was worded.")
_listing("outcomes", "assertion", "What is said to have been done, or to be under way.")
_listing("positions", "assertion", "What actors support, oppose, condemn, welcome or hold.")
_listing("appeals", "assertion", "What actors ask of others.")
cli.add_command(engagements.engagements)
cli.add_command(follow.figures)
_listing("agreements", "agreement", "Instruments named, and the stage the words put them at.")
_listing("relations", "relation", "Labels put on the tie between parties.")


# ------------------------------------------------------------------------------------------------ report


@cli.command()
@click.option("--actor", required=True, metavar="WHO", help="Whose year: a code or a name (CHN, China).")
@click.option("--year", required=True, type=click.IntRange(1800, 2999), metavar="YEAR", help="The year under review.")
@click.option("--markdown", "form", flag_value="markdown", default="markdown", help="Markdown (the default).")
@click.option("--html", "form", flag_value="html", help="One HTML page, complete in itself, to print or send.")
@click.option("--json", "form", flag_value="json", help="Everything found, the lines the page leaves out included.")
@recorded
def review(record: Record, actor: str, year: int, form: str) -> int:
    """Write the review of a year, every line with its source.

    What was done, what became of promises, what comes next, what is held.  Every line has a note with the statement, the
    date, who said it, the exact words and where they stand.
    """
    made = record.review(actor, year)
    if not made.coverage.statements:
        options.doubt(actor)
    write([{"markdown": made.to_markdown, "html": made.to_html, "json": made.to_json}[form]()])
    return 0


@cli.command()
@click.option("--markdown", "form", flag_value="markdown", default="markdown", help="Markdown (the default).")
@click.option("--html", "form", flag_value="html", help="One HTML page.")
@click.option("--json", "form", flag_value="json", help="Everything, the rows the page leaves out included.")
@options.filters
@recorded
def coverage(record: Record, form: str, **asked: Any) -> int:
    """Say what the record was drawn from, and what is missing.

    Publishers, years, silences of half a year or more, and the problems that stand.
    """
    from communique.render import html, json, markdown

    asked = chosen(asked)
    options.doubt(*asked.get("actor", ()), *asked.get("partner", ()))
    made = record.coverage(**asked)
    write([{"markdown": markdown.report, "html": html.report, "json": json.review}[form](made)])
    return 0


@cli.command()
@click.argument("format")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@options.filters
@recorded
def export(record: Record, format: str, folder: Path, **asked: Any) -> int:
    """Export the record as jsonl or csv files in DIR.

    Filters narrow the export; an export never leaves half a file behind.
    """
    written = record.export(format, folder, **chosen(asked))
    for path in written:
        note(f"Wrote {path}")
    return 0


# ------------------------------------------------------------------------------------------------ keep right


@cli.command()
@click.argument("id")
@click.argument("verdict")
@click.option("--by", metavar="NAME", help="Who judges (default: COMMUNIQUE_BY, else the name you are logged in with).")
@click.option("--why", default="", metavar="TEXT", help="The reason, kept with the judgement.")
@click.option("--set", "changes", multiple=True, metavar="FIELD=VALUE", help="With edit: the field as it should be. Repeat for several.")
@recorded
def mark(record: Record, id: str, verdict: str, by: str | None, why: str, changes: tuple[str, ...]) -> int:
    """Judge an item: accept, reject, edit or undo.  A judgement is added, never overwritten, and stands above the machine's.

    Of a promise, VERDICT may also say what became of it: fulfilled, in-progress, repeated, retracted or no-report.

    \b
    communique mark 3f6c0a91d2b84e75 accept
    communique mark 3f6c0a91d2b84e75 edit --set when=2021 --why "deadline stands in the sentence before"
    """
    from communique.render import terminal

    if bool(changes) is not (verdict == "edit"):
        raise click.UsageError("edit, and nothing else, takes --set FIELD=VALUE for what changes")
    kept = record.mark(id, verdict, by=by or options.person(), why=why, changes=options.changed(changes))
    write(terminal.judgement(kept) + "\n")
    return 0


@cli.command()
@options.forms
@recorded
def verify(record: Record, form: str | None) -> int:
    """Check every quote and every link; name each break.

    Every quote is held against its stored text, every text against its hash, every link against its ends.
    """
    from communique import shapes
    from communique.render import columns, terminal

    at = screen()
    broken = show(record.verify(), form, shapes.problem, columns.PROBLEM, lambda each: terminal.problem(at, each))
    note(f"{broken} broken." if broken else "Every quote and every link holds.")
    return 1 if broken else 0


# ------------------------------------------------------------------------------------------------ share

cli.add_command(follow.follow)
cli.add_command(desk.serve)
cli.add_command(desk.token)

# ------------------------------------------------------------------------------------------------ the door


def main(arguments: list[str] | None = None) -> None:
    """Runs the command line and leaves with its exit status; every fault is one sentence."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    sys.unraisablehook = _heard_again
    status = _quietly(lambda: cli.main(arguments, prog_name="communique", standalone_mode=False))
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(status)


def _quietly(command: Callable[[], Any]) -> int:
    from communique.errors import CommuniqueError

    try:
        return int(command() or 0)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.exceptions.NoArgsIsHelpError as fault:
        click.echo(fault.ctx.get_help() if fault.ctx else "")
        return 0
    except click.UsageError as fault:
        told = fault.ctx.command_path if fault.ctx else "communique"
        return _could_not(f"{fault.format_message().rstrip('.')}; `{told} --help` shows how.")
    except click.ClickException as fault:
        return _could_not(fault.format_message())
    except (click.Abort, KeyboardInterrupt):
        note("communique: stopped; everything finished is kept, and the same command goes on from there.")
        return 130
    except (BrokenPipeError, SystemExit):
        return 0  # whoever was reading has had enough (click turns a broken pipe into SystemExit)
    except CommuniqueError as fault:
        return _could_not(str(fault))
    except OSError as fault:
        return _could_not(": ".join(str(part) for part in (fault.filename, fault.strerror or fault) if part) + ".")
    except Exception as fault:
        if os.environ.get("COMMUNIQUE_TRACE"):
            raise
        return _could_not(f"a fault of ours, {type(fault).__name__}: {fault}; COMMUNIQUE_TRACE=1 shows where, please report it.")


def _heard_again(lost: sys.UnraisableHookArgs) -> None:
    """Sends a Ctrl-C again that fell where Python drops it: in the callback of a weak reference, and SQLAlchemy has many."""
    if lost.exc_type is KeyboardInterrupt:
        threading.Timer(0.01, _thread.interrupt_main).start()  # from here it would be dropped as well
    else:
        sys.__unraisablehook__(lost)


def _could_not(sentence: str) -> int:
    note(f"communique: {sentence}")
    return 2


if __name__ == "__main__":
    main()
