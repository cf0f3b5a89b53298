from communique.reports.identity import instruments, stem
from tests.marking import marked


def groups(*mentions: tuple[str, str, str]) -> list[list[str]]:
    """How mentions (words, parties, short), one a statement, are joined, from Kenya's side."""
    kept = []
    for number, (words, parties, short) in enumerate(mentions):
        one = marked(f"s{number}", f"2021-0{number + 1}-01", "Ministry", f"It spoke of {words} today.")
        kept += one.names(words, "mentioned", parties, name=words, short=short).kept
    return sorted(sorted(each.doc for each in rows) for rows in instruments(kept, "KEN").values())


def test_a_kind_with_its_parties_is_one_in_any_order_of_words() -> None:
    assert groups(
        ("EU-Kenya economic partnership agreement", "EU KEN", ""),
        ("economic partnership agreement (EPA)", "KEN EU", "EPA"),
        ("economic partnership agreement with the European Union", "KEN EU", ""),
        ("EPA", "EU KEN", "EPA"),
        ("economic partnership agreement with Japan", "KEN JPN", ""),
    ) == [["s0", "s1", "s2", "s3"], ["s4"]]


def test_a_name_without_parties_joins_the_only_one_it_can_be() -> None:
    assert groups(("free trade agreement with Chile", "KEN CHL", ""), ("the free trade agreement", "KEN", "")) == [["s0", "s1"]]
    assert groups(
        ("free trade agreement with Chile", "KEN CHL", ""),
        ("free trade agreement with Peru", "KEN PER", ""),
        ("the free trade agreement", "KEN", ""),
    ) == [["s0"], ["s1"], ["s2"]]


def test_a_proper_name_is_one_with_its_acronym_and_whoever_is_named() -> None:
    name = "Northern Corridor Transit Accord"
    assert groups((name, "KEN UGA", "NCTA"), ("the NCTA", "KEN", "NCTA"), (name, "RWA", "")) == [["s0", "s1", "s2"]]


def test_two_bare_memoranda_are_two() -> None:
    assert groups(("MoU", "KEN IND", "MoU"), ("the MoU", "KEN IND", "")) == [["s0"], ["s1"]]
    named = "Memorandum of Understanding on"
    assert groups((f"{named} maize", "KEN", "MOU"), (f"{named} tea", "KEN", "MOU")) == [["s0"], ["s1"]]


def test_stem() -> None:
    assert stem("the China-Japan-ROK FTA") == ("free trade agreement", ("CHN", "JPN", "KOR"))
    assert stem("Artemis Accords")[0] == "artemis accords"
