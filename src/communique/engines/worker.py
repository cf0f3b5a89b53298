"""The other end of ``Pool``: makes its work once, then answers one document after the other until nobody asks."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import cast

from communique.engines import Maker, Work, attempt
from communique.engines.pool import receive, send
from communique.errors import CommuniqueError
from communique.records import Given


def main() -> None:
    """Answers until the asking side is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that keeps the record; it ends this one
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a reader prints goes to standard error, not into the answers
    try:
        work = _made(cast(Maker, receive(asked)))
        while True:
            given = cast(Given, receive(asked))
            send(answers, work if isinstance(work, str) else attempt(work, given))
    except (EOFError, BrokenPipeError):
        pass
    finally:
        os._exit(0)  # nothing to tidy, and flushing a broken pipe would only complain


def _made(maker: Callable[[], Work]) -> Work | str:
    """The work; or, in words, why there is none."""
    try:
        return maker()
    except CommuniqueError as fault:
        return str(fault)


if __name__ == "__main__":
    main()
