"""The tables of actors are whole, and a user's file wins over them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from communique import service
from communique.engines import work
from communique.errors import BadVocabulary
from communique.language.names import find
from communique.store import asking
from communique.vocabulary import actors
from communique.vocabulary.actors import Vocabulary, load, split, table
from communique.vocabulary.officials import officials

RESERVED = {"ASC", "CPT", "DGA", "TAA"}  # ISO codes kept for islands that no state list holds


def test_every_state_of_iso_3166_has_one_row() -> None:
    codes = [row["code"] for row in table("states.csv")]
    iso = {row["alpha3"] for row in table("state_codes.csv")} - RESERVED
    assert len(codes) == len(set(codes)) >= 250
    assert iso - set(codes) == set()


def test_the_organisations_that_statements_name_most_are_there() -> None:
    wanted = (
        "UN UNSC UNGA WHO EU ASEAN AU G7 G20 NATO BRICS SCO COVAX ICRC OPEC WTO IMF WB IAEA UNHCR UNICEF WFP OSCE GCC LAS OIC CELAC APEC"
        " QUAD PIF OAS CW MERCOSUR ECOWAS SADC EAC IGAD CARICOM BIMSTEC SAARC AUKUS FVEY ADB AFDB AIIB NDB EBRD OECD FATF INTERPOL ICC ICJ"
        " UNESCO FAO ILO UNDP UNEP UNCTAD UNWOMEN UNRWA OCHA IOM GAVI CEPI GFATM GEF GCF IRENA"
    ).split()
    known = {row["code"] for row in table("organisations.csv")}
    assert set(wanted) <= known
    assert len(known) > 80


def test_every_table_names_its_source() -> None:
    for name in ("states.csv", "organisations.csv", "groups.csv", "officials.csv", "blockers.txt"):
        first = (Path(actors.__file__).parent / name).read_text("utf-8").splitlines()[0]
        assert first.startswith("# ")


def test_no_form_means_two_actors() -> None:
    meant: dict[str, set[str]] = {}
    for row in (*table("states.csv"), *table("organisations.csv")):
        for form in {row["name"], *split(row["others"])}:
            meant.setdefault(form, set()).add(row["code"])
    assert {form: codes for form, codes in meant.items() if len(codes) > 1} == {}


def test_codes_have_their_shape() -> None:
    for form in load().forms:
        for code in form.codes:
            assert re.fullmatch(r"[A-Z0-9+-]{2,16}|grp:[a-z0-9-]+|org:\S.*", code), form


def test_a_code_has_a_name_to_print() -> None:
    vocabulary = load()
    assert vocabulary.name("KEN") == "Kenya"
    assert vocabulary.name("ASEAN") == "Association of Southeast Asian Nations"
    assert vocabulary.name("grp:small-island-developing-states") == "small island developing states"


def test_terms_of_office_end_after_they_begin_and_belong_to_known_actors() -> None:
    known = set(load().names)
    for term in officials():
        assert term.code in known, term
        assert not term.until or term.since <= term.until, term


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.csv"
    path.write_text(
        "# names of our archive\ncode,form,rule\norg:River Basin Board,the Board,organisation\nGBR,Albion,name\nTZA;ZMB,Tazara states,\n"
        ",Jordan,\n",
        "utf-8",
    )
    return path


def test_a_users_file_adds_and_hides_forms(own: Path) -> None:
    text = "Albion thanked the Board and the Tazara states, but Jordan is the author."
    found = [(text[m.start : m.end], m.codes) for m in find(text, load(own))]
    assert found == [("Albion", ("GBR",)), ("Board", ("org:River Basin Board",)), ("Tazara states", ("TZA", "ZMB"))]


def test_the_file_in_use_serves_everything_below(own: Path) -> None:
    try:
        actors.use(own)
        assert find("Albion has signed.")[0].codes == ("GBR",)
    finally:
        assert isinstance(actors.use(None), Vocabulary)
    assert find("Albion has signed.") == ()


def test_a_process_that_reads_takes_the_file_named_in_the_environment(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMUNIQUE_VOCABULARY", str(own))
    try:
        work.reading("cues")
        assert find("Albion has signed.")[0].codes == ("GBR",)
    finally:
        actors.use(None)


def test_a_name_of_the_users_own_can_be_asked_for_and_stands_in_reports(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMUNIQUE_VOCABULARY", str(own))
    try:
        with service.open(":memory:") as record:
            assert asking.actor("Albion") == "GBR"
            assert record.review("Albion", 2020).actor == "GBR"
    finally:
        actors.use(None)
    assert asking.actor("Albion") == "Albion"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Chile;CHL\n", "does not name the columns"),
        ("code,form,rule\nCHL,Chile,nickname\n", "the rules are"),
        ("code,form\nCHL,\n", "the rules are"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "own.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(BadVocabulary, match=says):
        load(path)


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadVocabulary, match="No such file"):
        load(tmp_path / "none.csv")
