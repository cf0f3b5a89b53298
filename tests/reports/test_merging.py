from communique.reports.merging import alike, content, merged
from tests.marking import marked


def groups(*sayings: tuple[str, str, str, str]) -> list[list[str]]:
    """How sayings (words, kind, actors, targets), one a statement, are joined."""
    kept = []
    for number, (words, kind, actors, targets) in enumerate(sayings):
        kept += marked(f"s{number}", f"2021-0{number + 1}-01", "Ministry", f"It said: {words}.").says(words, kind, actors, targets).kept
    return [sorted(each.doc for each in told.kept) for told in merged(kept)]


KIND = "commitment COOPERATE health"




def test_repeated_words_are_one() -> None:
    assert groups(
        ("will support the regional vaccine programme", KIND, "KEN", "AU"),
        ("will continue to support the regional vaccine programme", KIND, "KEN", "AU"),
    ) == [["s0", "s1"]]


def test_another_number_a_denial_another_actor_or_another_target_is_another() -> None:
    words = "will send 40 doctors to the border counties"
    assert groups((words, KIND, "KEN", ""), (words.replace("40", "50"), KIND, "KEN", "")) == [["s0"], ["s1"]]
    assert groups((words, KIND, "KEN", ""), (words.replace("will", "will not"), KIND, "KEN", "")) == [["s0"], ["s1"]]
    assert groups((words, KIND, "KEN", ""), (words, KIND, "UGA", "")) == [["s0"], ["s1"]]
    assert groups((words, KIND, "KEN", "SOM"), (words, KIND, "KEN", "ETH")) == [["s0"], ["s1"]]
    assert groups((words, KIND, "KEN", ""), (words, KIND.replace("commitment", "outcome"), "KEN", "")) == [["s0"], ["s1"]]


def test_a_deed_whose_words_begin_another_account_of_it_joins_it() -> None:
    kind = "outcome CONSULT climate-environment !"
    full = "hosted the Africa Climate Summit in Nairobi from 4 to 6 September 2023"
    assert groups(("hosted the Africa Climate Summit", kind, "KEN", ""), (full, kind, "KEN", "")) == [["s0", "s1"]]
    assert groups(("did not host the Africa Climate Summit", kind, "KEN", ""), (full, kind, "KEN", "")) == [["s0"], ["s1"]]


def test_a_general_promise_is_not_taken_for_the_narrower_one_it_begins() -> None:
    short = "will oppose unilateral measures on trade"
    assert groups((short, KIND, "KEN", ""), (short + " that distort the market for tea in Mombasa", KIND, "KEN", "")) == [["s0"], ["s1"]]


def test_order_of_words_counts() -> None:
    one = content("urges Lindar to return prisoners held by Marovia")
    other = content("Marovia urges return of prisoners held to Lindar")
    assert not alike(one, other)
    assert alike(one, one)


def test_the_order_of_the_record_does_not_matter() -> None:
    statements = [marked(f"s{n}", f"2021-01-{n + 1:02}", "Ministry", "We will fund the school meals programme.") for n in range(5)]
    kept = [each for one in statements for each in one.says("will fund the school meals programme", KIND, "KEN").kept]
    assert [told.kept for told in merged(kept)] == [told.kept for told in merged(reversed(kept))]
