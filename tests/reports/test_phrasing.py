import pytest

from communique.records import Act, Assertion, Event, Ground
from communique.reports.phrasing import line, possessive, sentence, tidy
from communique.reports.places import name
from communique.reports.sources import Sources
from tests.marking import marked


def said(quote: str, act: str = "commitment", actors: tuple[str, ...] = ("KEN",), **more: object) -> Assertion:
    return Assertion(0, len(quote), quote, Act(act), Event.COOPERATE, actors, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("quote", "act", "expected"),
    [
        ("We will open an embassy in Rabat", "commitment", "Open an embassy in Rabat"),
        ("Kenya will also host the forum", "commitment", "Host the forum"),
        ("Kenya will also be hosting the forum", "commitment", "Will also be hosting the forum"),
        ("Kenya will not join the bloc", "commitment", "Will not join the bloc"),
        ("we will never recognise the annexation", "commitment", "Will never recognise the annexation"),
        ("We are ready to send doctors", "commitment", "Ready to send doctors"),
        ("stands ready to mediate", "commitment", "Ready to mediate"),
        ("Kenya hopes to join the grid", "commitment", "Hopes to join the grid"),
        ("Kenya and Uganda will build a bridge", "commitment", "Kenya and Uganda will build a bridge"),
        ("Kenya's parliament will vote on the pact", "commitment", "Kenya's parliament will vote on the pact"),
        ("We should keep our borders open", "commitment", "We should keep our borders open"),
        ("Kenya has signed the protocol", "outcome", "Signed the protocol"),
        ("Kenya also has quietly widened the port", "outcome", "Quietly widened the port"),
        ("has not signed the protocol", "outcome", "Has not signed the protocol"),
        ("has been contributing troops", "outcome", "Has been contributing troops"),
        ("Kenya is building a railway", "outcome", "Building a railway"),
        ("The President has met the envoy", "outcome", "The President has met the envoy"),
        ("Kenya opposes tariffs on tea and", "position", "Opposes tariffs on tea …"),
        ("Kenya firmly opposes the tariff", "position", "Firmly opposes the tariff"),
        ("Kenya is opposed to the tariff", "position", "Is opposed to the tariff"),
    ],
)
def test_a_quote_as_a_line(quote: str, act: str, expected: str) -> None:
    assert line(said(quote, act), "Kenya") == expected


def test_a_subject_that_was_resolved_is_left_out_too() -> None:
    quote = "Nairobi will open an embassy"
    assert line(said(quote, grounds=(Ground("KEN", "capital", 0, 7),)), "Kenya") == "Open an embassy"
    assert line(said(quote, grounds=(Ground("KEN", "official", 0, 7),)), "Kenya") == quote


def test_we_in_the_actors_own_statement_is_the_actor() -> None:
    item = said("We will plan exchanges with Japan", actors=("KEN", "JPN"))
    assert line(item, "Kenya", own=True) == "Plan exchanges with Japan"
    assert line(item, "Kenya") == "We will plan exchanges with Japan"


def test_what_both_sides_do_keeps_its_subject() -> None:
    assert line(said("We will build a bridge", actors=("KEN", "UGA")), "Kenya") == "We will build a bridge"
    assert line(said("Kenya will build a bridge with Uganda", actors=("KEN", "UGA")), "Kenya") == "Build a bridge with Uganda"


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ('the "blue economy,"', 'the "blue economy,"'),
        ('signed the pact,"', "signed the pact"),
        ("met in the U.S.", "met in the U.S."),
        ("met in Nairobi.", "met in Nairobi"),
        ("(signed in Rabat", "signed in Rabat"),
        ("two\n  lines", "two lines"),
    ],
)
def test_tidy(quote: str, expected: str) -> None:
    assert tidy(quote) == expected


def test_a_long_line_ends_at_a_clause() -> None:
    words = "promote " + ", ".join(f"the common interest number {number}" for number in range(20))
    told = sentence(words)
    assert told.endswith(" …")
    assert len(told) <= 215
    assert words.startswith(told[1:-2].rstrip(), 1)


def test_possessive() -> None:
    names = ("Kenya", "United States", "European Union")
    assert [possessive(name) for name in names] == ["Kenya's", "the United States'", "the European Union's"]


@pytest.mark.parametrize(
    ("quote", "told"),
    [
        ("We are also supporting Rwanda with the export of food", "Uganda: We are also supporting Rwanda with the export of food"),
        ("has received families from Rwanda", "Uganda: Has received families from Rwanda"),
        ("The Minister of Uganda opened a clinic in Kigali", "The Minister of Uganda opened a clinic in Kigali"),
    ],
)
def test_a_deed_of_others_says_whose_it_is(quote: str, told: str) -> None:
    made = marked("ug", "2021-09-02", "State House, Entebbe", f"{quote}.", side="UGA")
    made.says(quote, "outcome AID health", "UGA", "RWA")
    (kept,) = made.kept
    assert isinstance(kept.item, Assertion)
    assert Sources("RWA", [kept], {"ug": made.statement}, name).line(kept.item, "ug") == told
    assert not Sources("UGA", [kept], {"ug": made.statement}, name).line(kept.item, "ug").startswith("Uganda: ")
