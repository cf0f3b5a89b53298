"""Agreements of statements: their names and acronyms, the stage the clause puts them at, and their parties."""

from __future__ import annotations

import pytest

from communique.language import names
from communique.records import Act, Agreement, Assertion, Event, Passage, Role, Statement
from communique.stages.agreements import agreements


def read(*sentences: str, issuers: tuple[str, ...] = (), assertions: tuple[Assertion, ...] = ()) -> tuple[Agreement, ...]:
    """The agreements of a text given sentence by sentence."""
    text = "\n".join(sentences)
    passages, at = [], 0
    for sentence in sentences:
        passages.append(Passage(at, at + len(sentence), Role.BODY, voice=issuers))
        at += len(sentence) + 1
    statement = Statement(id="s", text=text, source="test", date="2021-01-03", issuers=issuers)
    found = agreements(statement, passages, names.find(text), assertions)
    assert all(text[one.start : one.end] == one.quote and one.name in one.quote for one in found)
    return found


# text | name | stage
CASES = """
We will work towards signing the RCEP within the year.                     | RCEP                                  | negotiating
Japan and Chile accelerated negotiations on the Pacific Fisheries Agreement. | Pacific Fisheries Agreement         | negotiating
Kenya signed a free trade agreement with Ghana.                            | free trade agreement with Ghana       | signed
The ministers concluded negotiations on an India-Peru investment agreement. | India-Peru investment agreement      | concluded
Tomorrow both ministers will sign the Andean Power Agreement.               | Andean Power Agreement                | concluded
They came to witness the signing of the Andean Power Agreement.            | Andean Power Agreement                | signed
We have signed peace agreements with Egypt and Jordan and work for more.   | peace agreements with Egypt and Jordan | signed
Kenya will ratify the free trade agreement with Ghana.                     | free trade agreement with Ghana       | signed
Oman signed the Salalah Ports treaty in Muscat.                            | Salalah Ports treaty                  | signed
Both signed the Protocol on the teaching of music in May 2022.             | Protocol on the teaching of music     | signed
Nepal has ratified the Paris Agreement.                                    | Paris Agreement                       | ratified
The entry into force of the Arms Trade Treaty is near.                     | Arms Trade Treaty                     | in-force
The President withdrew from the Open Skies Treaty.                         | Open Skies Treaty                     | withdrawn
Moscow suspended the New START Treaty.                                     | New START Treaty                      | suspended
Both sides welcomed the extension of the New START Treaty.                 | New START Treaty                      | extended
We urge all to implement the JCPOA.                                        | JCPOA                                 | implementing
They agreed to explore a Tonga-Fiji Air Services Agreement.                | Tonga-Fiji Air Services Agreement     | proposed
Respect the Charter of the United Nations.                                 | Charter of the United Nations         | mentioned
The Memorandum of Understanding on Fisheries was signed in Dakar.          | Memorandum of Understanding on Fisheries | signed
The ceasefire agreement in Libya, signed by both, holds.                   | ceasefire agreement in Libya          | signed
The Baku Transit Accord must be fully carried out.                         | Baku Transit Accord                   | implementing
Norway will carry out, step by step, the Bergen Fisheries Agreement.       | Bergen Fisheries Agreement            | implementing
We put the Andean Power Agreement into practice.                           | Andean Power Agreement                | implementing
Both implement paragraphs 4 and 9 of the Andean Power Agreement.           | Andean Power Agreement                | implementing
A tax treaty with Gabon was initialled last week.                          | tax treaty with Gabon                 | concluded
The sides underlined the importance of concluding a fisheries treaty.      | fisheries treaty                      | negotiating
A treaty with Oman on pilots is being prepared.                            | treaty with Oman on pilots            | negotiating
Talks with the Kingdom of Tonga on a defence treaty go on.                 | defence treaty                        | negotiating
Ten states have yet to ratify the Accra Ports Convention.                  | Accra Ports Convention                | signed
Cuba put its signature to the Havana Water Charter.                        | Havana Water Charter                  | signed
We agreed to open negotiations on a labour agreement with Nepal.           | labour agreement with Nepal           | proposed
Italy complements a potential Rome Code of Conduct.                        | Rome Code of Conduct                  | proposed
Tunisia welcomes the ceasefire agreement in Yemen.                         | ceasefire agreement in Yemen          | concluded
Egypt concluded with Cyprus and Greece an agreement to share a cable.      | agreement to share a cable            | concluded
Ghana signed in Abuja on Friday the Lagoon Fisheries Accord.               | Lagoon Fisheries Accord               | signed
Samoa deplored that others are leaving the Suva Fisheries Treaty.          | Suva Fisheries Treaty                 | withdrawn
Nobody may tear up the Suva Fisheries Treaty.                              | Suva Fisheries Treaty                 | withdrawn
The Accra Ports Convention took effect in May.                             | Accra Ports Convention                | in-force
The Accra Ports Convention has been extended.                              | Accra Ports Convention                | extended
The ministers went on to sign the Tonga Fisheries Agreement.               | Tonga Fisheries Agreement             | signed
Peru has ratified several old treaties, including the Quito Rivers Protocol. | Quito Rivers Protocol               | ratified
Ten papers were signed, among them a tax treaty with Gabon.                | tax treaty with Gabon                 | signed
Parliament has approved the Arctic Rescue Agreement.                       | Arctic Rescue Agreement               | ratified
The Arctic Rescue Agreement has not yet been ratified.                     | Arctic Rescue Agreement               | signed
Brazil has left the Suva Fisheries Treaty.                                 | Suva Fisheries Treaty                 | withdrawn
The Suva Fisheries Treaty was terminated.                                  | Suva Fisheries Treaty                 | withdrawn
They praised the Suva Fisheries Treaty, which entered into force in 2011.  | Suva Fisheries Treaty                 | in-force
The Suva Fisheries Treaty came into effect in May.                         | Suva Fisheries Treaty                 | in-force
We must settle the quarrel and conclude a customs treaty with Tonga.       | customs treaty with Tonga             | negotiating
They launched the implementation process of the Lima Declaration on Roads. | Lima Declaration on Roads             | implementing
We call for full respect for the Suva Fisheries Treaty.                    | Suva Fisheries Treaty                 | mentioned
They look forward to the signing of the Suva Fisheries Treaty.             | Suva Fisheries Treaty                 | concluded
Togo has agreed to a Framework Agreement on Ferries.                       | Framework Agreement on Ferries        | concluded
"""


@pytest.mark.parametrize("line", CASES.strip().splitlines(), ids=lambda line: line.split("|")[0].strip())
def test_the_governing_verb_says_the_stage(line: str) -> None:
    text, name, stage = (part.strip() for part in line.split("|"))
    (found,) = read(text)
    assert (found.name, found.stage.value) == (name, stage)


# text | the name, as far as it goes
NAMES = """
Ghana welcomes an agreement on the return of carved doors, reached in Lomé.     | agreement on the return of carved doors
An arrangement with Peru on emergency calls was signed by the two navies.       | arrangement with Peru on emergency calls
Oman has signed memoranda with Chad, Niger and Togo on locusts.                  | memoranda with Chad, Niger and Togo on locusts
The boundary rests on the treaty of 12 May 1903.                                | treaty of 12 May 1903
Fiji holds to the agreement of 1987.                                            | agreement of 1987
We shall negotiate an effective and substantive Code of Conduct (COC).          | Code of Conduct
Brazil will work for a legally binding instrument on ghost nets.                | instrument on ghost nets
Both praised the host government agreement.                                     | host government agreement
Spain and Mali signed a joint statement on solar cookers in Bamako.             | joint statement on solar cookers
Malta signed off on a framework loan.                                           | framework loan
They signed an MoU between the U.S. Geological Survey and Laos.                 | MoU between the U.S. Geological Survey and Laos
A new Memorandum of Cooperation will join the two ports.                        | Memorandum of Cooperation
Turkey and Iraq signed a Memorandum of Understanding on the Strategic Framework. | Memorandum of Understanding on the Strategic Framework
They respect the Aden Charter on Strategic Partnership.                         | Aden Charter on Strategic Partnership
They signed a Defence Arrangement on loans of fishing boats.                    | Defence Arrangement on loans of fishing boats
Sudan recalled the Juba agreement.                                              | Juba agreement
The draft agreement on visa-free travel is being prepared.                      | agreement on visa-free travel
Uganda ratified the African Union Protocol on Free Movement.                    | African Union Protocol on Free Movement
They joined the convention against enforced disappearance.                      | convention against enforced disappearance
An exchange of letters on visas was concluded.                                  | exchange of letters on visas
They are negotiating an FTA with Chile.                                         | FTA with Chile
We hope to conclude the India-Oman CEPA soon.                                   | India-Oman CEPA
Both renewed a memorandum between Coal India and the Oman Rock Institute.   | memorandum between Coal India and the Oman Rock Institute
He proposed a global treaty against plastic waste.                              | treaty against plastic waste
They welcomed the memorandum of understanding on Lake Chad, committing more.    | memorandum of understanding on Lake Chad
Malta was proud to sign the BBNJ agreement.                                     | BBNJ agreement
Nobody shall touch the North Channel protocol.                                  | North Channel protocol
Gabon and Peru signed a Joint Communique with Oman on seed banks.               | Joint Communique with Oman on seed banks
They signed the Framework Agreement on Ferries.                                 | Framework Agreement on Ferries
Fiji reached an agreement on ferries in Suva late on Friday.                    | agreement on ferries
Laos reached a tax agreement with Oman shortly before midnight.                 | tax agreement with Oman
Chad signed the Protocol Against Smuggling of Ivory.                            | Protocol Against Smuggling of Ivory
We updated the foreign investment protection agreement.                         | foreign investment protection agreement
Fiji signed the Coral Reef Agreement in March 2022.                             | Coral Reef Agreement
The cabinet approved the fisheries treaty in June.                              | fisheries treaty
Chad signed an accord with Oman this morning.                                   | accord with Oman
They signed an MoU on Prisons with Fiji's Minister of Justice Seru Vaka.        | MoU on Prisons
Officials met on the November 6 Lusaka Ports Declaration.                       | Lusaka Ports Declaration
Chad and Oman put their names to a joint statement on wells.                    | joint statement on wells
Peru concluded a deal with Kenya on zinc.                                       | deal with Kenya on zinc
Oman signed memoranda on sheep and dates.                                        | memoranda on sheep and dates
We stand by the UN charter.                                                     | UN charter
They renewed the MOU with the Tonga Water Board (TWB).                          | MOU with the Tonga Water Board
"""


@pytest.mark.parametrize("line", NAMES.strip().splitlines(), ids=lambda line: line.split("|")[0].strip())
def test_a_name_goes_as_far_as_its_parties_and_its_subject(line: str) -> None:
    text, name = (part.strip() for part in line.split("|"))
    assert [one.name.removeprefix("legally binding ") for one in read(text)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "We support the 2030 Agenda and Agenda 2063.", "The Declaration guides us.", "The Agreement is good.",
        "Trade deals matter, and so do treaties.", "The Convention Centre hosted it.", "NATO is the North Atlantic Treaty Organization.",
        "Our Comprehensive Strategic Partnership grows.",
        "They reached agreement to meet again.", "This historic agreement brings peace.", "The MoU is a start.",
        "Ministers must deal with hunger.", "Wages must accord with prices.", "The Andean Treaty Council met.",
        "The Chief of Protocol met him.", "We look to the most relevant development instrument.",
        "The Andean treaty organisation met.", "The Accra Convention Youth Ambassadors sang.",
        "The Coral Treaty Organisation in the 1980s grew.", "Peru enacted the Framework Act on Peat.",
        "It is an agreement that we like.", "They issued a joint statement.", "We have a vision and a roadmap.",
        "a peace deal would be good", "They voted for the Convention to be renamed.", "We prepare the Agreement for signature.",
        "This Convention to protect seabirds needs ten votes.", "The 2019 Presidential Memorandum on Reefs is repealed.",
        "The System of Regional Treaties lives.", "The Accra Convention Signing Ceremony was held.",
        "He approved it under the Memorandum dated 2 May.",
    ],
)  # fmt: skip
def test_agendas_visions_and_words_pointing_back_are_no_agreements(text: str) -> None:
    assert [one.quote for one in read(text)] == []


def test_what_is_said_of_many_holds_for_each_that_is_listed() -> None:
    found = read(
        "Five accords were signed:", "- the Accord on Rice with Laos;", "- a Memorandum on tunnels.", "We prize the Lomé Accord of 2001."
    )
    assert [one.stage.value for one in found] == ["signed", "signed", "mentioned"]


def test_one_of_several_papers_stands_where_they_stand() -> None:
    found = read(
        "Two documents were exchanged at noon.",
        "The first is a memorandum between Fiji and Samoa on reefs.",
        "They recall the Suva Treaty.",
    )
    assert [one.stage.value for one in found] == ["signed", "mentioned"]


def test_two_names_joined_by_and_are_two() -> None:
    found = read("Laos signed an agreement on the transfer of prisoners and a memorandum of understanding on rice.")
    assert [one.name for one in found] == ["agreement on the transfer of prisoners", "memorandum of understanding on rice"]
    found = read("We back the Clean Air Pledge and Clean Ports Declaration.")
    assert [one.quote for one in found] == ["the Clean Air Pledge", "Clean Ports Declaration"]


def test_an_acronym_given_with_the_name_is_kept_and_known_later() -> None:
    first, later = read("They signed the Andean Power Exchange Agreement (APEA).", "APEA will light the valley.")
    assert (first.name, first.short) == ("Andean Power Exchange Agreement", "APEA")
    assert first.quote == "the Andean Power Exchange Agreement (APEA)"
    assert (later.quote, later.short, later.stage.value) == ("APEA", "APEA", "mentioned")


def test_parties_are_those_the_name_lists() -> None:
    assert read("We negotiate the China-Japan-ROK FTA.")[0].parties == ("CHN", "JPN", "KOR")
    assert set(read("They signed a treaty between Chile and Peru.")[0].parties) == {"CHL", "PER"}


def test_parties_are_those_said_to_have_signed() -> None:
    assert read("Officials praised the Fisheries Memorandum signed by Oman and Chad.", issuers=("NOR",))[0].parties == ("OMN", "TCD")
    assert read("The judges studied the Suva Convention on Mediation.", issuers=("NZL",))[0].parties == ()


def test_parties_known_beforehand_win() -> None:
    assert read("Ottawa praised the USMCA.")[0].parties == ("USA", "MEX", "CAN")


def test_an_agreement_with_one_party_is_with_the_side_that_speaks() -> None:
    assert read("We signed a trade agreement with Kenya.", issuers=("NOR",))[0].parties == ("NOR", "KEN")


def test_the_actors_of_the_deed_are_the_parties() -> None:
    text = "Norway has signed the RCEP."
    deed = Assertion(0, len(text) - 1, text[:-1], Act.OUTCOME, Event.AGREE, ("NOR",))
    assert read(text, assertions=(deed,))[0].parties == ("NOR",)


def test_a_stage_carries_over_an_and() -> None:
    assert [one.stage.value for one in read("Fiji signed the Clean Ocean Agreement and the Fair Trade Agreement.")] == ["signed", "signed"]


def test_two_verbs_of_one_sentence_keep_their_own_names() -> None:
    found = read("In 2020, China signed the RCEP and concluded negotiations on a China-EU investment agreement.")
    assert [(one.short, one.stage.value) for one in found] == [("RCEP", "signed"), ("", "concluded")]
    assert found[1].parties == ("CHN", "EU")
