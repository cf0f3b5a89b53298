"""The review as the record gives it: who it is of, what could not be read, what could not be followed."""

from pathlib import Path

import communique
from tests.stubs import given, install


def filled(target: Path) -> None:
    install()
    words = "Kenya will send 40 doctors to Uganda. Kenya has signed the Harbour Accord. These are the words of the ministry."
    (target.parent / "broken.txt").write_bytes(b"\x00\x01\x02\x03" * 50)
    with communique.open(target) as record:
        record.add(given(words, "ke-1", date="2021-02-03", publisher="Press Desk"), target.parent / "broken.txt", reader="stub")


def test_a_name_and_a_code_give_the_same_review_twice_over(tmp_path: Path) -> None:
    filled(tmp_path / "record.db")
    with communique.open(tmp_path / "record.db") as record:
        told = record.review("Kenya", 2021).to_markdown()
        assert told == record.review("KEN", 2021).to_markdown()
    with communique.open(tmp_path / "record.db") as again:
        assert told == again.review("KEN", 2021).to_markdown()


def test_an_input_that_could_not_be_read_is_counted(tmp_path: Path) -> None:
    filled(tmp_path / "record.db")
    with communique.open(tmp_path / "record.db") as record:
        coverage = record.review("KEN", 2021).coverage
    assert (coverage.statements, coverage.unread) == (1, 1)
    assert "1 input could not be read (`communique ls --problems` lists them)." in coverage.sentences


def test_a_record_that_cannot_be_written_is_reviewed_without_what_was_never_followed(tmp_path: Path) -> None:
    filled(tmp_path / "record.db")
    with communique.open(tmp_path / "record.db") as record:
        record._store.frozen = True
        titles = [section.title for section in record.review("KEN", 2021).sections]
    assert titles == ["What was reported done", "Priorities for 2022", "Positions and wording"]


def test_words_said_long_after_the_year_are_cited_with_their_day_and_publisher(tmp_path: Path) -> None:
    with communique.open(tmp_path / "record.db") as record:
        told = "The minister spoke in Nairobi on Tuesday. {}"
        record.add(given(told.format("We will deploy 1,000 police officers to Haiti."), "ke-1", date="2021-02-03", publisher="KE-MFA"))
        record.add(given(told.format("Kenya has deployed 600 police officers to Haiti."), "ke-2", date="2024-05-06", publisher="KE-MFA"))
        notes = {note.doc: note for note in record.review("KEN", 2021).notes}
    assert notes["ke-2"].date == "2024-05-06"
    assert notes["ke-2"].publisher == "KE-MFA"
