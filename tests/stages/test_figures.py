"""Figures of statements: the quote, the unit, what is measured, and who gives what to whom."""

from __future__ import annotations

import pytest

from communique.records import Act, Assertion, Event, Figure, Mention, Passage, Role, Statement
from communique.stages.figures import figures


def read(text: str, *, issuers: tuple[str, ...] = (), date: str = "2021-01-03", assertions: tuple[Assertion, ...] = (),
         mentions: tuple[Mention, ...] = (), role: Role = Role.BODY) -> tuple[Figure, ...]:  # fmt: skip
    """The figures of a text taken as one sentence."""
    statement = Statement(id="s", text=text, source="test", date=date, issuers=issuers)
    found = figures(statement, (Passage(0, len(text), role, voice=issuers),), mentions, assertions)
    assert all(text[one.start : one.end] == one.quote for one in found)
    return found


# text | quote | value | rel | unit
CASES = """
Brazil has sent over 200 million masks to its neighbours.        | over 200 million masks        | 200e6 | > | mask
It runs 36 medical teams abroad.                                 | 36 medical teams              | 36    | = | medical team
The line carried some 1,700 tonnes of rice.                      | some 1,700 tonnes             | 1700  | ~ | tonne
Egypt keeps embassies in nearly 130 countries.                   | nearly 130 countries          | 130   | < | country
They resettled 12,000 more refugees.                             | 12,000 more refugees          | 12000 | = | refugee
Ghana will plant up to 20 million trees.                         | up to 20 million trees        | 20e6  | <= | tree
Peru closed 13 of 17 detention centres.                          | 13 of 17 detention centres    | 13    | = | detention centre
The two banks lent 840.000 families money.                       | 840.000 families              | 840000 | = | family
Half of Malawi suffered.                                         | Half of Malawi                | 50    | = | percent
It is a third of the population.                                 | a third of the population     | 33.3  | = | percent
A third of our aid goes to schools.                              | A third of our aid            | 33.3  | = | percent
Exports fell by about 9 percent.                                 | about 9 percent               | 9     | ~ | percent
The bridge cost $38 million.                                     | $38 million                   | 38e6  | = | USD
Chad hosts 735 million of the world's locusts.                   | 735 million of the world's locusts | 735e6 | = | locust
They trained five hundred Korean and Dutch students.             | five hundred Korean and Dutch students | 500 | = | student
Fiji issued 900 seasonal work permits.                           | 900 seasonal work permits     | 900   | = | seasonal work permit
Some 400 displaced persons.                                      | Some 400 displaced persons    | 400   | ~ | displaced person
The flood struck 33 million people.The Union sent help.          | 33 million people             | 33e6  | = | person
The number of farmers enrolled has reached 500,000.              | 500,000                       | 500000 | = | farmer
Rations were cut by half.                                        | half                          | 50    | = | percent
The price has risen fourfold.                                    | fourfold                      | 4     | = | times
Power reaches seven households in ten.                           | seven households in ten       | 70    | = | percent
Here 1 in 8 farms grows millet.                                  | 1 in 8                        | 12.5  | = | percent
Some 7 out of 10 pupils in Laos walk.                            | Some 7 out of 10              | 70    | ~ | percent
Only 5 per cent of Mali is tilled.                     | Only 5 per cent of Mali | 5 | = | percent
Chile will cut its emissions in half.                            | half                          | 50    | = | percent
Togo spoke about three roads to the coast.                       | three roads                   | 3     | = | road
Its fleet is scattered over three oceans.                        | three oceans                  | 3     | = | ocean
Malta will bring the fund up to 15 million euros.                | 15 million euros              | 15e6  | = | EUR
It was paid under the C$3 billion scheme.                        | C$3 billion                   | 3e9   | = | CAD
Ghana bought two Virginia class boats and 3 Astra class boats.   | 3 Astra class boats           | 3     | = | boat
Fiji found 13 undocumented nationals.                            | 13 undocumented nationals     | 13    | = | national
Eight of every 100 judges in Peru are women.                     | Eight of every 100            | 8     | = | percent
Tuvalu has a population of just over 11,000 people.              | a population of just over 11,000 people | 11000 | > | person
Malta taught 9,000 boys and girls to swim.             | 9,000 boys and girls | 9000 | = | child
Some two dozen other states did.                                 | Some two dozen other states   | 24    | ~ | state
Malta bought fourteen Panther 2 tanks.                           | fourteen Panther 2 tanks      | 14    | = | tank
It was signed by 25 heads of state or government.                | 25 heads of state or government | 25  | = | head of state or government
Peru passed some thirty pieces of legislation.                   | some thirty pieces of legislation | 30 | ~ | piece of legislation
Trade has gone past 6 billion dollars.                           | gone past 6 billion dollars   | 6e9   | > | USD
Chad's army watches over some 6,000 kilometres.                  | over some 6,000 kilometres    | 6000  | ~ | kilometre
Floods drove out over 40,000 our citizens.                       | over 40,000 our citizens      | 40000 | > | citizen
That brings to nine the number of boats seized.                  | nine                          | 9     | = | boat
Palau found nine undocumented Chinese crew members.              | nine undocumented Chinese crew members | 9 | = | crew member
Togo will run 14 large construction and repair projects.         | 14 large construction and repair projects | 14 | = | project
Benin trained 90 health workers.                                 | 90 health workers             | 90    | = | health worker
It takes something like 80 ships.                                | something like 80 ships       | 80    | ~ | ship
"""


@pytest.mark.parametrize("line", CASES.strip().splitlines(), ids=lambda line: line.split("|")[0].strip())
def test_a_figure_is_quoted_with_its_qualifier_and_noun(line: str) -> None:
    text, quote, value, rel, unit = (part.strip() for part in line.split("|"))
    (found,) = read(text)
    assert (found.quote, found.value, found.rel, found.unit) == (quote, float(value), rel, unit)


# text | quote and unit of each figure: a number without a noun counts what the words around it say
ELLIPTIC = """
Bandits killed 1,700 people and displaced over 8 million.             | 1,700 people: person; over 8 million: person
Over 9,000 have died and 40,000 have been displaced.                   | Over 9,000: person; 40,000: person
They dropped nearly 3 million pounds of food; Malta paid 2 million pounds. | nearly 3 million pounds: pound; 2 million pounds: GBP
Of 54 states, 46 of them have ratified it.                            | 54 states: state; 46: state
Trade will grow from 60 billion to 100 billion US dollars.            | 60 billion: USD; 100 billion US dollars: USD
Staff were cut from fourteen to six teams.                            | fourteen: team; six teams: team
It passed with 336 votes in favour, 174 against.                      | 336 votes: vote; 174: vote
Oman gave twelve ships and will add five larger ones.                 | twelve ships: ship; five larger ones: ship
The drivers and porters, nine of whom died, are mourned.              | nine: porter
Forty Somalis, 15 of them unwell, were flown to Turkey.               | Forty Somalis: Somali; 15: Somali
Our nurses abroad, numbering nearly 20,000, may vote in Palau.        | nearly 20,000: nurse
The number of those enrolled farmers has exceeded 1,600.              | exceeded 1,600: farmer
It passed by a vote of 140 in favour, with 4 abstentions.             | 140: vote; 4 abstentions: abstention
We paid €40 million for 5 ships, and another 3 million in aid.         | €40 million: EUR; 5 ships: ship; another 3 million: EUR
136 states and thirty national banks have joined.                     | 136 states: state; thirty national banks: bank
"""


@pytest.mark.parametrize("line", ELLIPTIC.strip().splitlines(), ids=lambda line: line.split("|")[0].strip())
def test_a_number_without_a_noun_counts_what_the_words_around_it_say(line: str) -> None:
    text, wanted = (part.strip() for part in line.split("|"))
    assert "; ".join(f"{one.quote}: {one.unit}" for one in read(text)) == wanted


def test_what_the_sentence_before_counted_may_be_meant() -> None:
    first, second = "We brought home 41 citizens.", "A further 70 will follow."
    text = f"{first} {second}"
    statement = Statement(id="s", text=text, source="test", date="2021-01-03", issuers=())
    passages = (Passage(0, len(first), Role.BODY, voice=()), Passage(len(first) + 1, len(text), Role.BODY, voice=()))
    found = figures(statement, passages, (), ())
    assert [(one.quote, one.unit) for one in found] == [("41 citizens", "citizen"), ("A further 70", "citizen")]


@pytest.mark.parametrize(
    "text",
    [
        "The two sides met for three days.", "Our three countries agree.", "One country blocked Article 5.",
        "It is among the top 20 economies.", "Net zero emissions by 2050.", "There are a hundred ways to help.",
        "Three principles guide us.", "Write to 2330 Roxas Boulevard.",
        "On 11 March 2020 they met at 10:30.", "Dozens of ships and billions of people.", "Niger still holds several dozen men.",
        "Crews were stranded by COVID 19 restrictions.", "The Group of Seven countries met.", "Panels on UNSCR 1325 Women Networks.",
        "Guests came from five continents.",
    ],
)  # fmt: skip
def test_durations_bare_pairs_and_schemes_are_no_figures(text: str) -> None:
    assert [one.quote for one in read(text)] == []


def test_the_numbers_of_paragraphs_count_nothing() -> None:
    sentences = ["1 Nepal shares a border.", "2 Rivers join us.", "3 Two bridges and 40 ferries cross them.", "40 Ferries are too few."]
    text = " ".join(sentences)
    starts = [text.index(one) for one in sentences]
    passages = [Passage(at, at + len(one), Role.BODY, voice=()) for at, one in zip(starts, sentences, strict=True)]
    statement = Statement(id="s", text=text, source="test", date="2021-01-03", issuers=())
    assert [one.quote for one in figures(statement, passages, (), ())] == ["40 ferries", "40 Ferries"]


def test_a_year_is_no_end_of_a_range_of_money() -> None:
    assert [(one.quote, one.value_high) for one in read("Trade went from $4 billion in 1993 to $9 billion.")] == [
        ("$4 billion", None),
        ("$9 billion", None),
    ]


def test_a_reader_may_doubt_numbers_in_words() -> None:
    text = "Kuwait built seven clinics on more than three corners for 40 nurses, half of whom came home."
    statement = Statement(id="s", text=text, source="test", date="2021-01-03", issuers=())
    asked: list[str] = []

    def doubts(start: int, end: int) -> bool:
        asked.append(text[start:end])
        return text[end:].startswith(" corners")

    found = figures(statement, (Passage(0, len(text), Role.BODY, voice=()),), (), (), doubts)
    assert asked == ["seven", "three", "half"]
    assert [one.quote for one in found] == ["seven clinics", "40 nurses", "half"]


def test_nothing_is_read_outside_the_body() -> None:
    assert read("Over 20 ships sailed.", role=Role.CAPTION) == ()


@pytest.mark.parametrize(("side", "code"), [(("AUS",), "AUD"), (("USA",), "USD"), (("NZL",), "NZD"), (("AUS", "USA"), "USD"), ((), "USD")])
def test_a_bare_dollar_is_the_speakers_own(side: tuple[str, ...], code: str) -> None:
    assert [one.unit for one in read("We will spend $50 million.", issuers=side)] == [code]


def gift(text: str, quote: str, *, event: Event = Event.AID, act: Act = Act.OUTCOME, targets: tuple[str, ...] = ()) -> Assertion:
    start = text.index(quote)
    return Assertion(start, start + len(quote), quote, act, event, ("JPN",), targets)


def test_the_actor_gives_and_the_one_after_to_receives() -> None:
    text = "Japan has donated 4 million doses to Samoa through COVAX."
    at = text.index("Samoa")
    (found,) = read(text, assertions=(gift(text, text[:-1], targets=("WSM", "COVAX")),), mentions=(Mention(at, at + 5, ("WSM",), "name"),))
    assert (found.giver, found.receiver) == (("JPN",), ("WSM",))


def test_whom_something_is_given_with_receives() -> None:
    text = "Japan provided Samoa with 12 ambulances."
    (found,) = read(text, assertions=(gift(text, text[:-1]),), mentions=(Mention(15, 20, ("WSM",), "name"),))
    assert (found.giver, found.receiver) == (("JPN",), ("WSM",))


@pytest.mark.parametrize(
    ("text", "receivers"),
    [
        ("Japan gave 10 ambulances to Samoa, Fiji and Tonga.", "WSM FJI TON"),
        ("Japan gave 10 ambulances to Samoa and to the Fiji Islands.", "WSM FJI"),
        ("Japan sent 40 engineers to Samoa (in March), Fiji, and Tonga last year.", "WSM FJI TON"),
        ("Japan provided Samoa and Fiji with 12 ambulances.", "WSM FJI"),
        ("Japan gave 10 ambulances to Samoa, Fiji and more than 20 other countries.", ""),
        ("Japan gave 10 ambulances to Samoa, the Coral Fund and Fiji.", ""),
        ("Japan gave 10 ambulances to Samoa and others.", ""),
        ("Japan gave 10 ambulances to Samoa, and opened a clinic in Fiji.", "WSM"),
        ("Japan gave 10 ambulances to Samoa, where Fiji and Tonga help.", "WSM"),
        ("Japan gave 10 ambulances to Samoa, Fiji said.", "WSM"),
    ],
)
def test_all_who_share_receive_and_one_of_many_is_not_the_one(text: str, receivers: str) -> None:
    codes = {"Samoa": "WSM", "Fiji": "FJI", "Tonga": "TON"}
    named = sorted((text.index(name), name) for name in codes if name in text)
    mentions = tuple(Mention(at, at + len(name), (codes[name],), "name") for at, name in named)
    found = read(text, assertions=(gift(text, text[:-1]),), mentions=mentions)[0]
    assert (found.giver, found.receiver) == (("JPN",), tuple(receivers.split()))


def test_a_position_gives_nothing() -> None:
    text = "Japan supports giving 4 million doses to Samoa."
    view = gift(text, text[:-1], act=Act.POSITION, event=Event.SUPPORT)
    (found,) = read(text, assertions=(view,), mentions=(Mention(41, 46, ("WSM",), "name"),))
    assert (found.giver, found.receiver) == ((), ())


def test_what_is_measured_is_at_most_eight_words_of_the_text() -> None:
    text = "In 2020, trade with Chile reached 13 billion euros, and 36 medical teams for the islands of the far south and east sailed."
    money, teams = read(text)
    assert money.of == "trade with Chile" or money.of.endswith("trade with Chile")
    assert teams.of == "medical teams for the islands of the far"
    assert all(len(one.of.split()) <= 8 and one.of in text for one in (money, teams))


def test_a_figure_takes_the_time_that_opens_its_sentence() -> None:
    assert [one.when for one in read("In the first three quarters of 2020, we built 40 schools.")] == ["2020-01/2020-09"]


def test_a_time_after_a_figure_is_its_own() -> None:
    text = "Last year, exports reached 56 bcm, up from 22 bcm in 2018."
    assert [(one.value, one.when) for one in read(text)] == [(56e9, "2020"), (22e9, "2018")]


def test_a_large_number_without_a_noun_counts_what_was_counted_before() -> None:
    text = "The flood killed 1,200 people and displaced over 8 million, and by then 300 stayed."
    assert [(one.value, one.unit) for one in read(text)] == [(1200, "person"), (8e6, "person")]


def test_two_runs_give_the_same_figures() -> None:
    text = "Spain sent 12 planes, 40 doctors and over $3 million to 15 countries in 2019."
    assert read(text) == read(text)
