"""Following a large record beside the desk: in a process of its own, so that pages go on being answered meanwhile."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from contextlib import suppress

from communique.errors import BadFilter
from communique.service import Record

SMALL = 500  # statements that are followed as they are asked for
_running: dict[str, subprocess.Popen[bytes]] = {}  # what is being followed now, by record and date


def dated(as_of: str | None) -> str | None:
    """The date asked for, if it is one: nothing else goes to another process."""
    if as_of and not re.fullmatch(r"\d{4}(-\d\d){0,2}", as_of, re.ASCII):
        raise BadFilter("as_of", as_of, "a date like 2023, 2023-06 or 2023-06-30")
    return as_of or None


def followed(record: Record, as_of: str | None, wait: float = 0.0) -> bool:
    """Whether threads of a date can be asked for without a long wait; if not, following is begun and waited for a little."""
    if record.target == ":memory:" or record.counts()["statement"] < SMALL or record.is_followed(as_of):
        return True
    key = f"{record.target} {as_of}"
    if key in _running and _running[key].poll():
        return True  # it could not: whoever asks meets the reason
    if key not in _running or _running[key].poll() == 0:
        gently = [nice, "-n", "10"] if (nice := shutil.which("nice")) else []
        command = [*gently, sys.executable, "-m", "communique.cli", "follow", "--record", record.target, "--limit", "1", "--json"]
        quiet = subprocess.DEVNULL
        _running[key] = subprocess.Popen([*command, *(["--as-of", as_of] if as_of else [])], stdin=quiet, stdout=quiet, stderr=quiet)
    with suppress(subprocess.TimeoutExpired):
        _running[key].wait(wait)
    return record.is_followed(as_of)
