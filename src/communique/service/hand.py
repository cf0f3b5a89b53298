"""One process of a crew: reads and follows parts of a record until nobody asks any more."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from typing import cast

from communique.engines.pool import receive, send
from communique.service import lots
from communique.service.laid_out import Following, LaidOut
from communique.store.opening import Store, reader


class Hand:
    """What was opened for the parts before serves for the next."""

    def __init__(self, target: str) -> None:
        self._store: Store = reader(target)
        self._shown: LaidOut | None = None
        self._following: Following | None = None

    def lot(self, pks: Sequence[int]) -> lots.Lot:
        """Statements read and laid out."""
        with self._store.reading() as connection:
            return lots.lot_of(connection, pks)

    def span(self, shown: LaidOut, first: int, end: int) -> list[bytes]:
        """Promises followed."""
        if self._following is None or self._shown != shown:
            self._shown, self._following = shown, Following(shown)
        return self._following.span(first, end)


def main() -> None:
    """Answers until the asking side is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that keeps the record; it ends this one
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    hand = Hand(sys.argv[1])
    try:
        while True:
            job = cast(tuple[str, tuple[object, ...]], receive(asked))
            send(answers, getattr(hand, job[0])(*job[1]))
    except (EOFError, BrokenPipeError):
        pass
    finally:
        sys.stderr.flush()
        os._exit(0)  # nothing to tidy, and flushing a broken pipe would only complain


if __name__ == "__main__":
    main()
