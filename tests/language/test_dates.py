"""Time expressions: what each says seen from a day, whether it is a deadline, and the time of a deed in its sentence."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from communique.language import dates

SAID = "2020-08-11"  # a Tuesday

# text | words | value | kind
CASES = """
We will sign it within the year                      | within the year                     | 2020                  | deadline
The road opens by the end of 2025                    | by the end of 2025                  | 2025                  | deadline
The dam opens in early 2025                          | early 2025                          | 2025                  | date
They will meet later this month                      | later this month                    | 2020-08               | date
The envoys meet next week                            | next week                           | 2020-08-17/2020-08-23 | date
The envoys met last week                             | last week                           | 2020-08-03/2020-08-09 | date
They met on Monday                                   | Monday                              | 2020-08-10            | date
They met on Tuesday                                  | Tuesday                             | 2020-08-11            | date
The talks resume next Friday                         | next Friday                         | 2020-08-14            | date
in the first three quarters of 2020                  | the first three quarters of 2020    | 2020-01/2020-09       | date
in the third quarter of 2019                         | the third quarter of 2019           | 2019-07/2019-09       | date
in the first ten months of 2020                      | the first ten months of 2020        | 2020-01/2020-10       | date
in the second half of 2024                           | the second half of 2024             | 2024-07/2024-12       | date
Trade grew last year                                 | last year                           | 2019                  | date
Over the past four years we built ports              | Over the past four years            | 2016/2020             | date
We signed it five years ago                          | five years ago                      | 2015                  | date
They adopted it twenty-five years ago                | twenty-five years ago               | 1995                  | date
It opened one year ago                               | one year ago                        | 2019-08               | date
Since 2015 we have sent doctors                      | Since 2015                          | 2015/2020             | date
We aim to halve them by 2030                         | 2030                                | 2030                  | deadline
The 2024-2026 period                                 | 2024-2026                           | 2024/2026             | date
a budget for 2016-17                                 | 2016-17                             | 2016/2017             | date
They spoke today                                     | today                               | 2020-08-11            | date
They spoke yesterday                                 | yesterday                           | 2020-08-10            | date
a plan for FY2023                                    | FY2023                              | 2023                  | date
The summit of April 6-8                              | April 6-8                           | 2020-04-06/2020-04-08 | date
a visit from 4 to 6 September                        | 4 to 6 September                    | 2020-09-04/2020-09-06 | date
on 25 and 26 November 2019                           | 25 and 26 November 2019             | 2019-11-25/2019-11-26 | date
signed on 6 August 2019                              | 6 August 2019                       | 2019-08-06            | date
signed on the 6th of August                          | the 6th of August                   | 2020-08-06            | date
On Friday, July 17, 2020, they met                   | Friday, July 17, 2020               | 2020-07-17            | date
between August 2022 and January 2023                 | August 2022 and January 2023        | 2022-08/2023-01       | date
The panel reports within two months                  | within two months                   | 2020-10               | deadline
The first train leaves in three years' time          | in three years' time                | 2023                  | date
over the next ten years                              | over the next ten years             | 2020/2030             | date
He spoke of mid-November                             | mid-November                        | 2020-11               | date
no later than 1 March 2021                           | 1 March 2021                        | 2021-03-01            | deadline
between now and 2030                                 | between now and 2030                | 2020/2030             | date
the wars of the 1990s                                | the 1990s                           | 1990/1999             | date
in May they met                                      | May                                 | 2020-05               | date
in May last year they met                            | May last year                       | 2019-05               | date
from 28 April 2020 to 2 May 2020                     | 28 April 2020 to 2 May 2020         | 2020-04-28/2020-05-02 | date
from 28 April to 2 May                               | 28 April to 2 May                   | 2020-04-28/2020-05-02 | date
approved on 2020 04 05                               | 2020 04 05                          | 2020-04-05            | date
They met at the palace today (9)                     | today                               | 2020-08-09            | date
"""


@pytest.mark.parametrize("line", CASES.strip().splitlines(), ids=lambda line: line.split("|")[0].strip())
def test_a_time_is_resolved_against_the_day_of_the_statement(line: str) -> None:
    text, words, value, kind = (part.strip() for part in line.split("|"))
    (found,) = dates.find(text, SAID)
    assert text[found.start : found.end] == words
    assert (found.value, found.kind) == (value, kind)


@pytest.mark.parametrize(
    "text",
    [
        "you may go and they march on", "the 2030 Agenda", "Agenda 2063 and Vision 2030", "resolution 2231 (2015)", "worth $2020",
        "A/2019/12",
        "on 31 February 2020", "in recent years", "the second person", "sun and sat", "an age ago", "room 1805b",
    ],
)  # fmt: skip
def test_names_and_verbs_are_no_times(text: str) -> None:
    assert [text[one.start : one.end] for one in dates.find(text, SAID)] == []


def test_without_a_day_only_what_needs_none_is_resolved() -> None:
    assert [one.value for one in dates.find("last year, in 2019, on 3 May 2018 and next week", None)] == ["2019", "2018-05-03"]


def test_a_month_lies_behind_what_was_done_and_ahead_of_what_will_be() -> None:
    assert [one.value for lean in (-1, 0, 1) for one in dates.find("in October", "2023-09-24", lean)] == ["2022-10", "2023-10", "2023-10"]
    assert [one.value for lean in (-1, 0, 1) for one in dates.find("in March", "2023-09-24", lean)] == ["2023-03", "2023-03", "2024-03"]


# statement date | act | event | the sentence with [the span] | when
WHENS = """
2021-03-07 | outcome    | AID     | In 2020, [Cuba sent doctors to Italy] and trained nurses there. | 2020
2021-03-07 | outcome    | AID     | In 2020, Cuba sent doctors to Italy and [trained nurses there]. | 2020
2021-03-07 | commitment | COOPERATE | [Peru will open two ports by 2030]. | 2030
2021-03-07 | commitment | COOPERATE | Peru will [open two ports] in 2024. | 2024
2021-03-07 | commitment | COOPERATE | Peru will sign it within the year and [open talks on tariffs]. |
2021-03-07 | commitment | COOPERATE | Today, [Peru will work with all its neighbours]. |
2021-03-07 | position   | SUPPORT | [We support the accord of 2015]. |
2021-03-07 | outcome    | NONE    | [Chile has met the 2025 target]. |
2021-03-07 | outcome    | CONSULT | [The ministers met on March 5-6]. | 2021-03-05/2021-03-06
2021-03-07 | outcome    | AGREE   | As agreed in 2019, the ports are open and [Ghana signed a treaty]. |
2021-03-07 | outcome    | CONSULT | Yesterday's summit [heard from ten envoys]. | 2021-03-06
2021-03-07 | outcome    | AID     | [Peru has run its largest relief operation since the flood of 1997]. |
2021-03-07 | outcome    | AID     | In 2020, [Peru has run the largest airlift since the end of the war in 1945]. | 2020
2021-03-07 | outcome    | AID     | [Peru has sent rice each month since May 2020]. | 2020-05/2021-03
2021-03-07 | outcome    | NONE    | [Fiji passed Law No. 7 of 2019 to ban nets]. |
2021-03-07 | outcome    | NONE    | [The Cabinet approved the report dated 2 March 2021]. |
2021-03-07 | outcome    | AGREE   | [The 2019 accord was renewed by Fiji]. |
2021-03-07 | outcome    | AGREE   | [Fiji adopted the reef programme for 2021-2027]. |
2021-03-07 | outcome    | NONE    | In March 2020 Fiji opened a bridge, and [in June 2020 it opened a tunnel]. | 2020-06
2021-03-07 | outcome    | AID     | [Fiji sent rice], and today it hosts a fair. |
2021-03-07 | commitment | CONSULT | Fiji will hold a forum in 2027 and [hold talks thereafter]. |
2021-03-07 | outcome    | CONSULT | [They met at yesterday's fair]. | 2021-03-06
2021-03-07 | commitment | CONSULT | A forum opens on 6 May in Lima, where [she will speak]. | 2021-05-06
"""


@pytest.mark.parametrize("line", WHENS.strip().splitlines(), ids=lambda line: line.split("|")[3].strip())
def test_a_deed_has_the_time_its_own_clause_states(line: str) -> None:
    anchor, act, event, marked, when = (part.strip() for part in line.split("|"))
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    assert dates.when_of(text, (start, end), (0, len(text)), None, anchor, act, event) == (when or None)


def test_a_meeting_told_on_has_the_time_of_the_meeting() -> None:
    text = "The two presidents met today. They reviewed trade."
    assert dates.when_of(text, (30, 49), (30, 50), (0, 29), "2022-04-15", "outcome", "CONSULT") == "2022-04-15"
    assert dates.when_of(text, (30, 49), (30, 50), (0, 29), "2022-04-15", "outcome", "COOPERATE") is None


@given(some.dates(), some.sampled_from(["{d.day} {m} {d.year}", "{m} {d.day}, {d.year}", "the {d.day} of {m} {d.year}", "{d:%Y-%m-%d}"]))
def test_a_full_date_comes_back_the_same(day: object, shape: str) -> None:
    text = f"signed on {shape.format(d=day, m=format(day, '%B'))} in Oslo"
    expected = [str(day)] if 1500 <= int(str(day)[:4]) < 2200 else []
    assert [one.value for one in dates.find(text, SAID)] == expected or not expected


@given(
    some.text(alphabet="0123456789 ,-/theyearsoflMayJuneAugust\n’", max_size=80), some.sampled_from([None, "2020", "2020-02-29", "2020-08"])
)
def test_any_text_is_read_without_fault_and_in_order(text: str, anchor: str | None) -> None:
    found = dates.find(text, anchor)
    assert all(one.start < one.end <= len(text) for one in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
