"""What is said of a promise that nothing reports, and of one that later words may be about."""

from __future__ import annotations

from dataclasses import replace

from communique.records import Label, Link, Thread, Verdict
from communique.render import terminal
from communique.service.follow import vanished

SILENT = Thread("t", "d", 0, 9, "will build a bridge", ("FJI",), None, True, Verdict.NO_REPORT, "2024-05", "silence", read=5)
UNSURE = replace(SILENT, rule="nothing-sure", links=(Link("e", 0, 4, "a bridge", Label.ADVANCES, 0.7),))


def test_words_that_may_be_about_a_promise_are_not_called_silence() -> None:
    assert list(vanished([SILENT, UNSURE])) == [SILENT]
    screen = terminal.Terminal()
    assert "no report in 5 later statements" in next(terminal.thread(screen, SILENT))
    assert "nothing sure in 5 later statements" in next(terminal.thread(screen, UNSURE))
