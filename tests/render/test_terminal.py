from io import StringIO

import pytest

from communique.render import terminal
from communique.render.terminal import Terminal
from tests.marking import marked

PLAIN, COLOUR = Terminal(60, False), Terminal(60, True)


def promise() -> list[str]:
    quote = "will send doctors, nurses and field hospitals to every county"
    one = marked("ke-1", "2021-05-01", "Foreign Ministry", f"We {quote} that asks for them.")
    kept = one.says(quote, "commitment AID health !", "KEN", "UGA").kept[0]
    return list(terminal.kept(PLAIN, kept))


def test_an_entry_names_who_what_and_where_and_wraps_the_words() -> None:
    head, *quote, source, end = promise()
    assert head.startswith("2021-05-01  Kenya → Uganda  commitment · AID · health · firm · specific · 1.00")
    assert " ".join(line.strip() for line in quote) == "“will send doctors, nurses and field hospitals to every county”"
    assert max(len(line) for line in quote) <= 60
    assert source == "    Foreign Ministry · ke-1:3-64"
    assert end == ""


def test_plain_text_holds_no_escape_codes() -> None:
    assert "\033" not in "".join(promise())
    assert COLOUR.mark("x", "bold") == "\033[1mx\033[0m"


def test_no_colour_where_there_is_no_terminal_or_it_is_not_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not Terminal.of(StringIO()).colour
    screen = StringIO()
    screen.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert Terminal.of(screen).colour
    monkeypatch.setenv("NO_COLOR", "1")
    assert not Terminal.of(screen).colour


def test_characters_that_steer_a_terminal_are_dropped() -> None:
    assert terminal.safe("a\x1b[31mb\u202ec\nd") == "a[31mbc d"


def test_the_words_of_an_item_stand_out_in_their_passage() -> None:
    assert list(terminal.source(PLAIN, "Asked, ", "we agreed", " at once.")) == ["    Asked, »we agreed« at once."]
    assert list(terminal.source(COLOUR, "Asked, ", "we agreed", " at once.")) == ["    Asked, \033[1;4mwe agreed\033[0m at once."]
