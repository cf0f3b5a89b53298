from communique.render import markdown
from communique.reports.values import Line, Note, Row


def test_what_markdown_would_read_as_its_own_is_escaped() -> None:
    assert markdown.escape("a | b * c _d_ [1] <b> `x`\nnew") == r"a \| b \* c \_d\_ \[1\] \<b> \`x\` new"


def test_tables_are_aligned_wide_letters_counted_twice() -> None:
    rows = [Row(((Line("協定"),), (Line("signed", (1,)), Line("ratified", (2,), "2021")))), Row(((Line("Pact"),), (Line(""),)))]
    assert markdown.table(("name", "stage"), rows) == [
        "| name | stage                           |",
        "| ---- | ------------------------------- |",
        "| 協定 | signed [1], ratified (2021) [2] |",
        "| Pact |                                 |",
    ]


def test_a_note_gives_who_when_the_words_who_said_them_and_the_place() -> None:
    note = Note(3, "item", "doc-1", 10, 21, "will *host*", "2021-03-04", "Foreign Ministry", said="A. Person")
    assert markdown.note(note).rstrip() == r"\[3\] Foreign Ministry, 2021-03-04, “will \*host\*” (A. Person) · `doc-1:10-21`"
