"""Reviews of a large record, each written in a process of its own and kept until the record changes; other pages are answered meanwhile."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from typing import IO

import communique
from communique.service import Record, Reviewed

SMALL = 500  # statements whose reviews are written as they are asked for
MOST = 16  # reviews kept


@dataclass(frozen=True, slots=True)
class Asked:
    """A review of the record as it was."""

    target: str
    actor: str
    year: int
    state: tuple[tuple[int, int], ...]


_running: dict[Asked, tuple[subprocess.Popen[bytes], IO[bytes]]] = {}
_made: dict[Asked, Reviewed] = {}
_ONE = Lock()


def reviewed(record: Record, actor: str, year: int, wait: float = 0.0) -> Reviewed | None:
    """The review of a year; in a large record nothing until it is written, and ``wait`` seconds for that."""
    if record.target == ":memory:" or record.counts()["statement"] < SMALL:
        return record.review(actor, year)
    asked = Asked(record.target, actor, year, _state(record.target))
    with _ONE:
        if asked in _made:
            return _made[asked]
        if asked not in _running:
            _running[asked] = _begun(asked)
        process, out = _running[asked]
    with suppress(subprocess.TimeoutExpired):
        process.wait(wait)
    with _ONE:
        if asked in _running and process.poll() is not None:
            del _running[asked]
            if process.returncode:
                return record.review(actor, year)  # it could not: whoever asks meets the reason
            out.seek(0)
            _made[asked] = pickle.load(out)
            for old in list(_made)[:-MOST]:
                del _made[old]
        return _made.get(asked)


def _state(target: str) -> tuple[tuple[int, int], ...]:
    """What changes when anything is written into the record."""
    found = []
    for name in (target, f"{target}-wal"):
        with suppress(OSError):
            about = os.stat(name)
            if about.st_size:
                found.append((about.st_mtime_ns, about.st_size))
    return tuple(found)


def _begun(asked: Asked) -> tuple[subprocess.Popen[bytes], IO[bytes]]:
    out = tempfile.TemporaryFile()  # noqa: SIM115 - read when the process has ended
    gently = [nice, "-n", "10"] if (nice := shutil.which("nice")) else []
    command = [*gently, sys.executable, "-m", "communique.web.reviewing", asked.target, asked.actor, str(asked.year)]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.DEVNULL), out


def main(target: str, actor: str, year: str) -> None:
    """Writes a review to the standard output, for the process that asked."""
    with communique.open(target) as record:
        pickle.dump(record.review(actor, int(year)), sys.stdout.buffer)


if __name__ == "__main__":
    main(*sys.argv[1:])
