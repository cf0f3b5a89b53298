"""Serving the desk, and the tokens that let people in when it is served beyond this machine."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

import click

from communique.cli import options
from communique.cli.options import note, recorded

if TYPE_CHECKING:
    from communique.service import Record
    from communique.web.access import Role

TOKENS = click.option(
    "--tokens", type=click.Path(dir_okay=False, path_type=Path), help="The token file (default: in your settings folder)."
)


def beyond(host: str) -> bool:
    """Whether an address can be reached from other machines."""
    if host == "localhost":
        return False
    try:
        return not ip_address(host).is_loopback
    except ValueError:
        return True


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to answer on; beyond this machine, tokens are needed.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port to answer on; 0: any free one.")
@TOKENS
@recorded
def serve(record: Record, host: str, port: int, tokens: Path | None) -> int:
    """Serve the record as pages, and as a REST API under /api.  Ctrl-C stops it.

    On this machine alone everything is allowed.  Beyond it, people need tokens: `communique token add NAME --role judge`.
    """
    from communique.web import access, serve

    allowed = access.Access()
    if beyond(host) or tokens is not None:
        kept = access.Tokens(tokens)
        if not kept.accounts():
            raise click.UsageError(
                f"{host} can be reached from other machines, and nobody has a token: `communique token add NAME` makes one"
            )
        allowed = access.Access(tokens=kept)
    note(f"{record.target} is at http://{f'[{host}]' if ':' in host else host}:{port}/  (the API under /api; Ctrl-C stops it)")
    serve(record, host=host, port=port, access=allowed)
    return 0


@click.group()
def token() -> None:
    """Tokens that let people in: add, ls, drop."""


@token.command()
@click.argument("name")
@click.option("--role", type=click.Choice(["reader", "judge", "admin"]), default="reader", show_default=True, help="What the token may do.")
@TOKENS
def add(name: str, role: Role, tokens: Path | None) -> int:
    """Make a token for NAME; it is shown once, and only its hash is kept."""
    from communique.web.access import Tokens

    options.write([Tokens(tokens).add(name, role) + "\n"])
    note(f"The token of {name} ({role}); it is not shown again. Any earlier one of {name} no longer works.")
    return 0


@token.command(name="ls")
@TOKENS
def listed(tokens: Path | None) -> int:
    """List who has a token, and their roles."""
    from communique.web.access import Tokens

    for account in Tokens(tokens).accounts():
        options.write([f"{account.name}\t{account.role}\n"])
    return 0


@token.command()
@click.argument("name")
@TOKENS
def drop(name: str, tokens: Path | None) -> int:
    """Take NAME's token away."""
    from communique.web.access import Tokens

    had = Tokens(tokens).drop(name)
    note(f"{name} has no token any more." if had else f"{name} had no token.")
    return 0 if had else 1
