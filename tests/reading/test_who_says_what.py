"""One sentence a way of telling of a journey: what is claimed of it, and who claims it."""

import pytest

LEAD = (
    "General Idris Makoor Tebbal, a Sudanese militia leader, has been under a UN travel ban since "
    "2019.\n\n"
)
SAID: list[tuple[str, list[tuple[str, str]]]] = [
    (
        "It emerged on Thursday that Tebbal had been in Nairobi in May.",
        [("asserts", "the article")],
    ),
    (
        "Untrue, says the Kenyan presidency. Tebbal's trip to Nairobi never took place.",
        [("denies", "the Kenyan presidency")],
    ),
    (
        'The Kenyan presidency\'s answer was short: "Tebbal was never in Nairobi."',
        [("denies", "The Kenyan presidency")],
    ),
    (
        'Peter Okello, the Kenyan presidency spokesman, was blunt: "He was not in Nairobi."',
        [("denies", "Peter Okello")],
    ),
    (
        (
            'Hotel manager Karim Noor remembers the guest well.\n\n"Tebbal stayed in '
            'Nairobi for two nights. I carried his bags," he recalls.'
        ),
        [("asserts", "Karim Noor")],
    ),
    (
        '"I was told nothing," said Okello. "Tebbal was in Nairobi on 3 May."',
        [("asserts", "Okello")],
    ),
    (
        "Tebbal, on a visit to Nairobi, met President Okello Mbaro.",
        [("asserts_part", "the article")],
    ),
    (
        "During his stay in Nairobi, Tebbal met Defence Minister Joseph Wako.",
        [("asserts_part", "the article")],
    ),
    ("While in Nairobi, Tebbal held talks with arms officials.", [("asserts_part", "the article")]),
    (
        "Tebbal, who was in Nairobi for talks, did not speak to reporters.",
        [("asserts", "the article")],
    ),
    ("Tebbal, visiting Nairobi last week, spoke of closer ties.", [("asserts", "the article")]),
    ("Tebbal is in Nairobi.", [("asserts", "the article")]),
    ("The delegation headed by Tebbal arrived in Nairobi on 3 May.", [("asserts", "the article")]),
    (
        "A jet carrying the Sudanese general touched down in Nairobi on 3 May.",
        [("asserts", "the article")],
    ),
    (
        "Flight records seen by this newspaper show that Tebbal flew to Nairobi on 3 May.",
        [("asserts", "Flight records seen by this newspaper")],
    ),
    (
        "Tebbal's arrival in Nairobi was confirmed by Kenyan border officials on Friday.",
        [("asserts", "Kenyan border officials")],
    ),
    (
        "Tebbal's visit to Nairobi was first reported by the Hill Courier.",
        [("asserts", "the Hill Courier")],
    ),
    (
        "The visit of Tebbal to Nairobi was denied by the Kenyan presidency.",
        [("denies", "the Kenyan presidency")],
    ),
    (
        "Reports of a visit by Tebbal to Nairobi are false, the Kenyan presidency said.",
        [("denies", "the Kenyan presidency")],
    ),
    (
        'Reports that Tebbal visited Nairobi are "nonsense", Okello told reporters.',
        [("denies", "Okello")],
    ),
    (
        "Okello called the reports of Tebbal's trip to Nairobi a fabrication.",
        [("denies", "Okello")],
    ),
    (
        "The Kenyan embassy in Khartoum said that at no time had Tebbal been in Nairobi.",
        [("denies", "The Kenyan embassy in Khartoum")],
    ),
    ("Kenya insists Tebbal never came to Nairobi.", [("denies", "Kenya")]),
    ("Nairobi says it did not receive Tebbal.", [("denies", "Nairobi")]),
    ("No Sudanese general came to Nairobi in May, Okello said.", [("denies", "Okello")]),
    ("Okello ruled out that Tebbal had been in Nairobi.", [("denies", "Okello")]),
    (
        (
            "Tebbal's name does not appear in the records of those who entered Kenya, "
            "the border service said."
        ),
        [("denies_knowledge", "the border service")],
    ),
    (
        "The border service said it had no record of Tebbal entering Kenya.",
        [("denies_knowledge", "The border service")],
    ),
    (
        (
            "The Sudanese foreign ministry neither confirmed nor denied that Tebbal had "
            "travelled to Nairobi."
        ),
        [("no_comment", "The Sudanese foreign ministry")],
    ),
    (
        (
            "The Sudanese mission to the UN did not respond to a request for comment on "
            "Tebbal's trip to Nairobi."
        ),
        [("no_comment", "The Sudanese mission to the UN")],
    ),
    (
        "Mbaro's office would not say whether Tebbal had come to Nairobi.",
        [("no_comment", "Mbaro's office")],
    ),
    (
        (
            "Tebbal will travel to Nairobi next week at the invitation of the Kenyan "
            "defence minister, the ministry announced."
        ),
        [("announces", "the ministry")],
    ),
    (
        "Tebbal is due to land in Nairobi on 3 June, Sudan's embassy said.",
        [("announces", "Sudan's embassy")],
    ),
    (
        "Tebbal was to have flown to Nairobi on Monday, but the trip was called off.",
        [("denies", "the article")],
    ),
    (
        "Tebbal cancelled his trip to Nairobi, his office said.",
        [("denies", "office of Idris Makoor Tebbal")],
    ),
    (
        (
            "The Security Council committee had granted Tebbal an exemption for a trip "
            "to Nairobi from 3 to 5 May, diplomats said."
        ),
        [("exemption_statement", "diplomats")],
    ),
    (
        (
            "Kenya never asked the committee for an exemption for Tebbal's trip to "
            "Nairobi, a Western diplomat said."
        ),
        [("exemption_statement", "a Western diplomat")],
    ),
    (
        "The committee refused Tebbal permission to travel to Nairobi.",
        [("exemption_statement", "the article")],
    ),
    (
        (
            '"If Tebbal was in Nairobi, that would be a serious breach," Laura Bennett, '
            "the US ambassador, said."
        ),
        [("conditional", "Laura Bennett")],
    ),
    (
        (
            "Laura Bennett, the US ambassador to the United Nations, said Tebbal's trip "
            "to Nairobi was a violation of resolution 1591."
        ),
        [("legal_opinion", "Laura Bennett")],
    ),
    (
        "The United States condemned Tebbal's trip to Nairobi.",
        [("presupposes", "The United States")],
    ),
    (
        "Secretary of State Ann Walker raised Tebbal's visit to Nairobi with Joseph Wako.",
        [("presupposes", "Ann Walker")],
    ),
    (
        (
            "The man photographed in Nairobi was not General Tebbal but a namesake, "
            "Sudan's embassy said."
        ),
        [("denies_identity", "Sudan's embassy")],
    ),
    (
        (
            "Tebbal was in Khartoum all that week, his spokesman said. The Hill Courier "
            "had reported that he flew to Nairobi on 3 May."
        ),
        [("asserts", "The Hill Courier")],
    ),
    (
        (
            "The Hill Courier reported that Tebbal flew to Nairobi on 3 May. His "
            "spokesman said he was in Khartoum on that day."
        ),
        [
            ("asserts", "The Hill Courier"),
            ("asserts_elsewhere", "spokesman of Idris Makoor Tebbal"),
        ],
    ),
    (
        (
            "Reuters reported that Tebbal flew to Nairobi on 3 May. The agency withdrew "
            "the report on Friday."
        ),
        [("asserts", "Reuters"), ("retracts", "Reuters")],
    ),
    (
        (
            "A Security Council panel found that Tebbal's trip to Nairobi was in breach "
            "of resolution 1591."
        ),
        [("determines", "A Security Council panel")],
    ),
    (
        "Tebbal made a stopover in Nairobi on his way to Kampala, an airport official said.",
        [("asserts_part", "an airport official")],
    ),
    (
        (
            "Tebbal changed planes at Jomo Kenyatta airport on 3 May, according to two "
            "airport workers."
        ),
        [("asserts_part", "two airport workers")],
    ),
    (
        "Video posted on Telegram appeared to show Tebbal in a Nairobi restaurant.",
        [("asserts_part", "a video")],
    ),
    (
        ("Tebbal posed for a photograph in Nairobi with the Kenyan minister, the daily reported."),
        [("asserts_part", "the daily")],
    ),
    (
        "Sudan's Tebbal held secret meetings in Nairobi, officials say.",
        [("asserts_part", "officials")],
    ),
    (
        ("Western officials believe that the commander slipped into Nairobi aboard a cargo plane."),
        [("asserts", "Western officials")],
    ),
    (
        ("Two diplomats briefed on the matter said the general had been to Nairobi twice in May."),
        [("asserts", "Two diplomats briefed on the matter")],
    ),
    (
        "He was spotted in Nairobi, the opposition website Nile Watch claimed.",
        [("asserts", "Nile Watch")],
    ),
    (
        (
            '"He came, he saw, he left," joked one Kenyan official, who confirmed that '
            "Tebbal had visited Nairobi."
        ),
        [("asserts", "one Kenyan official")],
    ),
    (
        "Kenyan media, including the Rift Agency, reported Tebbal's arrival in Nairobi.",
        [("asserts", "Kenyan media")],
    ),
    (
        'A Sudanese source told the Rift Agency that the general "has already left Nairobi".',
        [("asserts", "A Sudanese source")],
    ),
    (
        (
            "Tebbal flew into Nairobi late on Friday aboard a charter flight, three "
            "Western diplomats told The Hill Courier."
        ),
        [("asserts", "three Western diplomats")],
    ),
    (
        (
            "Three Western diplomats told The Hill Courier that he had been ferried to "
            "the Defence Ministry in Nairobi."
        ),
        [("asserts", "Three Western diplomats")],
    ),
    (
        (
            "What is certain, according to a Kenyan security source, is that the general "
            "spent the night of 3 May in Nairobi."
        ),
        [("asserts", "a Kenyan security source")],
    ),
    (
        (
            "The Rift Agency, quoting an unnamed official, said the Sudanese had left "
            "for Nairobi on Thursday."
        ),
        [("announces", "an unnamed official")],
    ),
    (
        "The Sudanese commander reportedly travelled to Nairobi on 3 May.",
        [("asserts", "the article")],
    ),
    ("Tebbal allegedly visited Nairobi in May.", [("asserts", "the article")]),
    ("Tebbal is reported to have visited Nairobi in May.", [("asserts", "the article")]),
    ("Tebbal is said to have met Mbaro in Nairobi.", [("asserts_part", "the article")]),
    ("Tebbal is believed to have flown to Nairobi on 3 May.", [("asserts", "the article")]),
    (
        "Tebbal is understood to have entered Kenya on a diplomatic passport.",
        [("asserts", "the article")],
    ),
    (
        (
            "Kenya's ambassador to the UN, Daniel Kimani, waved the question away. \"He "
            'was not in Nairobi," he told reporters.'
        ),
        [("denies", "Daniel Kimani")],
    ),
    (
        'Kimani denied the report. "Tebbal did not come to Nairobi," the ambassador said.',
        [("denies", "Kimani")],
    ),
    (
        "Tebbal's lawyer, Hassan Bakri, said his client had never set foot in Kenya.",
        [("denies", "Hassan Bakri")],
    ),
    (
        '"My client has not been to Nairobi," said his lawyer, Hassan Bakri.',
        [("denies", "Hassan Bakri")],
    ),
    (
        (
            "A spokesman for his militia said its commander was in Juba on that day. The "
            "Hill Courier had put him in Nairobi on 3 May."
        ),
        [("asserts", "The Hill Courier")],
    ),
    ("The Hill Courier put Tebbal in Nairobi on 3 May.", [("asserts", "The Hill Courier")]),
    (
        (
            "Tebbal's Nairobi trip was reported by the Hill Courier, which cited Western "
            "intelligence."
        ),
        [("asserts", "the Hill Courier")],
    ),
    (
        (
            "Sudan confirmed on Sunday that Tebbal had been to Nairobi, saying the trip "
            'was "routine".'
        ),
        [("asserts", "Sudan")],
    ),
    ("Okello did not confirm the visit of Tebbal to Nairobi.", [("no_comment", "Okello")]),
    ("Walker expressed concern about Tebbal's travel to Nairobi.", [("presupposes", "Walker")]),
    ("Israel protested to Kenya over Tebbal's visit to Nairobi.", [("presupposes", "Israel")]),
    (
        (
            "Tebbal, who is banned from travelling, has visited Nairobi at least twice, "
            "analysts say."
        ),
        [("asserts", "analysts")],
    ),
    (
        (
            "Tebbal, despite the travel ban, flew to Nairobi in May and returned to "
            "Khartoum two days later."
        ),
        [("asserts", "the article")],
    ),
    ("He is alleged to have gone to Nairobi at the end of May.", [("asserts", "the article")]),
    (
        "On 3 May he took a commercial flight from Khartoum to Nairobi.",
        [("asserts", "the article")],
    ),
    (
        (
            "The general left Nairobi on 5 May after talks with the president, sources "
            "in the city say."
        ),
        [("asserts", "sources in the city")],
    ),
    (
        "Kenyan presidency spokesman Okello: no meeting with Tebbal took place in Nairobi.",
        [("denies_part", "Kenyan presidency spokesman Okello")],
    ),
    ("Neither Mbaro nor Wako met Tebbal in Nairobi, Okello said.", [("denies_part", "Okello")]),
    (
        "No one from the ministry met Tebbal in Nairobi, its spokeswoman said.",
        [("denies_part", "its spokeswoman")],
    ),
    (
        (
            "The committee had not been asked for an exemption for Tebbal to travel to "
            "Nairobi, its chairman told the Council."
        ),
        [("exemption_statement", "its chairman")],
    ),
    (
        (
            "An exemption for Tebbal's trip to Nairobi was approved on 29 April, "
            "according to the committee's website."
        ),
        [("exemption_statement", "the committee's website")],
    ),
    (
        (
            "The committee has agreed to let Tebbal travel to Nairobi for medical "
            "treatment between 1 and 10 June."
        ),
        [("exemption_statement", "the article")],
    ),
    (
        "Sudan applied in June for permission for Tebbal to go to Nairobi.",
        [("exemption_statement", "the article")],
    ),
    (
        (
            "The US ambassador called Tebbal's trip to Nairobi a blatant violation of "
            "Resolution 1591."
        ),
        [("legal_opinion", "The US ambassador")],
    ),
    (
        "Legal experts say Tebbal's trip to Nairobi did not breach the ban.",
        [("legal_opinion", "Legal experts")],
    ),
    (
        (
            "The man seen in Nairobi is a carpet dealer of the same name as Tebbal, the "
            "embassy said."
        ),
        [("denies_identity", "the embassy")],
    ),
    (
        "It was not Tebbal who was seen in Nairobi but his brother, a relative said.",
        [("denies_identity", "a relative")],
    ),
    (
        ("Photographs published by the website Nile Watch show Tebbal at State House in Nairobi."),
        [("asserts_part", "a photograph")],
    ),
    ("Tebbal was filmed leaving a hotel in Nairobi.", [("asserts_part", "the article")]),
    (
        '"I saw him in Nairobi with my own eyes," said James Odhiambo, a waiter.',
        [("asserts", "James Odhiambo")],
    ),
    (
        "According to his own Instagram account, Tebbal was in Nairobi on 3 May.",
        [("asserts", "his own Instagram account")],
    ),
    (
        '"I was in Nairobi on 3 May," Tebbal told state television.',
        [("asserts", "Idris Makoor Tebbal")],
    ),
    ("Tebbal himself said that he had been in Nairobi.", [("asserts", "Idris Makoor Tebbal")]),
    (
        "Tebbal told supporters he would go to Nairobi again.",
        [("announces", "Idris Makoor Tebbal")],
    ),
    ("Tebbal denied having been in Nairobi.", [("denies", "Idris Makoor Tebbal")]),
    ("Tebbal denies travelling to Nairobi.", [("denies", "Idris Makoor Tebbal")]),
]


@pytest.mark.parametrize(("words", "said"), SAID, ids=[words[:60] for words, _ in SAID])
def test_who_is_read_to_say_what(reads, words, said):
    reading = reads(LEAD + words + "\n")

    found = {
        (str(claim.type), claim.speaker_name)
        for claim in reading.claims
        if claim.quote and claim.quote.start >= len(LEAD)
    }
    assert set(said) <= found


def test_a_quotation_alone_is_not_put_into_the_mouth_of_who_spoke_a_paragraph_before(reads):
    reading = reads(
        LEAD + "Kenya's interior minister, Peter Okello, denied that Tebbal had come.\n\n"
        '"I saw Tebbal in Nairobi on 3 May with my own eyes, and so did my wife."\n'
    )

    assert not [c for c in reading.claims if c.type == "asserts" and c.side == "state_of_entry"]


def test_a_lawyer_of_whom_no_more_is_said_does_not_speak_for_the_traveller(reads):
    text = LEAD + "Tebbal was in Nairobi on 3 May, said Grace Njeri, {} in Kampala.\n"
    his = LEAD + "Tebbal was in Nairobi on 3 May, said his lawyer, Grace Njeri.\n"

    assert {str(c.side) for c in reads(text.format("a lawyer")).claims if c.type == "asserts"} == {
        "other"
    }
    assert {str(c.side) for c in reads(his).claims if c.type == "asserts"} == {"traveller"}


def test_a_state_is_not_taken_for_the_spokesman_who_spoke_for_it(reads):
    reading = reads(
        LEAD + "US State Department spokesman John Ashdown said Tebbal was in Nairobi on 3 May. "
        "The US accuses Kenya of hosting Tebbal.\n"
    )

    assert [c.speaker_name for c in reading.claims if c.quote and "hosting" in c.quote.text] == [
        "The US"
    ]


def test_a_general_whom_nobody_introduced_is_not_the_listed_banker(reads):
    reading = reads(
        "Salim Orfalan Derrati, a Libyan banker, is under a UN travel ban. The general was in "
        "Nairobi on 3 May, two officials said.\n"
    )

    assert not [c for c in reading.claims if c.type == "asserts"]
