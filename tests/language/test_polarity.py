"""What words commit to, how firmly, and what they deny."""

import pytest

from communique.language.polarity import Claim, claim, lost_negation, strength


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("Peru will host the forum", "firm"),
        ("Both sides agreed to meet in Lima", "firm"),
        ("Gabon commits to pay its share", "firm"),
        ("Chile is committed to opening its market", "intended"),
        ("Laos plans to send observers", "intended"),
        ("Oman will explore a second route", "aspirational"),
        ("will strive to lower the tariff", "aspirational"),
        ("open a mission in Apia", None),
        ("Peru voiced its willingness to host the talks", "intended"),
        ("Kenya will never seek a base abroad", "firm"),
        ("Malta will renew its commitment to the fund", "firm"),
        ("we seek to widen the channel", "aspirational"),
        ("we are going to open the bridge", "firm"),
        ("will fund a school that hopes to open in May", "firm"),
        ("We would very much like to reopen the consulate", "aspirational"),
    ],
)
def test_the_words_say_how_firm_a_promise_is(quote: str, expected: str | None) -> None:
    assert strength(quote) == expected


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("Togo has signed the accord", Claim.DONE),
        ("Togo will sign the accord", Claim.AHEAD),
        ("Togo would sign the accord", Claim.SUPPOSED),
        ("Togo has not signed the accord", Claim.DENIED),
        ("sign the accord", Claim.BARE),
    ],
)
def test_the_head_verb_says_whether_the_deed_is_done(quote: str, expected: Claim) -> None:
    assert claim(quote) is expected


@pytest.mark.parametrize(
    ("before", "quote", "lost"),
    [
        ("Malta does not ", "support the draft", "does not"),
        ("Malta refused to ", "sign", "refused to"),
        ("Nor do ", "we sell arms to either side", "Nor do"),
        ("Malta sells none, nor will it ", "buy any", "nor will it"),
        ("Under no circumstances has Malta ", "sold arms", "Under no circumstances has Malta"),
        ("It is not only ", "Malta that signed", ""),
        ("It is not ", "only Malta that signed", ""),
        ("Malta said that it ", "supports the draft", ""),
    ],
)
def test_a_negation_left_outside_a_quote_is_seen(before: str, quote: str, lost: str) -> None:
    assert lost_negation(before, quote) == lost
