"""Articles read: one rule a test, each on a short text of its own."""

import pytest

from app.reading.article import Journey, Reading
from app.terms import Claim, FoundBy, Part, PartKind, Speaker

FLEW = "Idris Makoor Tebbal flew to Nairobi on 3 May, an airport worker said.\n\n"
"""The report that most texts begin with; each goes on about it."""


def kinds(reading: Reading, name: str) -> list[tuple[str, str]]:
    """Each mention of a person, with how it is made."""
    (person,) = (one for one in reading.persons if one.name == name)
    return [(mention.text, str(mention.kind)) for mention in person.mentions]


def types(reading: Reading) -> list[str]:
    return [str(claim.type) for claim in reading.claims]


def only(reading: Reading, kind: str) -> Claim:
    """The one claim of a type."""
    (claim,) = (claim for claim in reading.claims if claim.type == kind)
    return claim


def words(claim: Claim) -> str:
    assert claim.quote is not None
    assert not isinstance(claim.quote, str)
    return claim.quote.text


def legs(journey: Journey) -> list[tuple[str | None, str | None, str | None, str | None]]:
    return [(leg.state, leg.place, leg.from_, leg.to) for leg in journey.legs]


# ---------------------------------------------------------------- the whole


def test_a_claim_is_a_draft_with_its_words_and_the_journey_that_it_is_about(reads):
    reading = reads(FLEW)

    (claim,) = reading.claims
    (journey,) = reading.journeys
    assert (claim.type, claim.speaker_name) == ("asserts", "an airport worker")
    assert (claim.status, claim.found_by) == ("draft", FoundBy.rules)
    assert words(claim) == "Idris Makoor Tebbal flew to Nairobi on 3 May"
    assert journey.claims == (claim.id,)
    assert journey.person.reference == "SDi.960"
    assert legs(journey) == [("KE", "Nairobi", "2024-05-03", None)]
    assert reading.remarks == ()


def test_the_document_is_named_as_it_was_given(reads):
    reading = reads(FLEW, title="A flight", publisher="The Hill Courier", url="https://a.example/1")

    assert reading.document.characters == len(FLEW)
    assert reading.document.published_on == "2024-05-20"
    assert (reading.document.title, reading.document.publisher, reading.document.url) == (
        "A flight",
        "The Hill Courier",
        "https://a.example/1",
    )


def test_the_publisher_speaks_where_nobody_else_does(reads):
    text = "Idris Makoor Tebbal flew to Nairobi on 3 May.\n"

    assert only(reads(text, publisher="The Hill Courier"), "asserts").speaker_name == (
        "The Hill Courier"
    )
    nameless = only(reads(text), "asserts")
    assert (nameless.side, nameless.named) == ("press", False)


# ---------------------------------------------------------------- people


def test_a_surname_is_the_person_named_in_full(reads):
    reading = reads(FLEW + "Tebbal met traders there, the worker added.\n")

    assert kinds(reading, "Idris Makoor Tebbal") == [
        ("Idris Makoor Tebbal", "full_name"),
        ("Tebbal", "surname"),
    ]
    assert types(reading) == ["asserts", "asserts_part"]


def test_a_misspelt_name_is_taken_for_the_person_and_said_to_be_misspelt(reads):
    reading = reads(FLEW + "Tebball stayed in Nairobi for two nights.\n")

    assert ("Tebball", "misspelt") in kinds(reading, "Idris Makoor Tebbal")
    assert len(reading.journeys) == 1


def test_office_and_nation_describe_the_one_person_whom_they_fit(reads):
    reading = reads(
        FLEW + "Salim Orfalan Derrati flew to Ankara on 9 May, a bank clerk said.\n\n"
        "The Libyan banker flew to Kampala on 12 May, a bank clerk said.\n"
    )

    assert ("The Libyan banker", "description") in kinds(reading, "Salim Orfalan Derrati")
    assert legs(reading.journeys[-1]) == [("UG", "Kampala", "2024-05-12", None)]
    assert reading.journeys[-1].person.name == "Salim Orfalan Derrati"


def test_a_pronoun_is_the_person_spoken_of(reads):
    reading = reads(FLEW + "He visited Kampala on 6 May.\n")

    assert ("He", "pronoun") in kinds(reading, "Idris Makoor Tebbal")
    assert [legs(journey)[0][0] for journey in reading.journeys] == ["KE", "UG"]


def test_a_pronoun_for_somebody_unlisted_is_not_the_person(reads):
    reading = reads(
        FLEW + "Kenya's interior minister, Otieno Baraki, was at a wedding. "
        "He visited Kampala on 6 May.\n"
    )

    assert kinds(reading, "Idris Makoor Tebbal") == [("Idris Makoor Tebbal", "full_name")]
    assert [legs(journey)[0][0] for journey in reading.journeys] == ["KE"]


def test_two_people_have_journeys_of_their_own(reads):
    reading = reads(FLEW + "Salim Orfalan Derrati flew to Ankara on 9 May, a bank clerk said.\n")

    assert [(one.person.reference, legs(one)[0][0]) for one in reading.journeys] == [
        ("SDi.960", "KE"),
        ("LYi.960", "TR"),
    ]
    assert [one.claims for one in reading.journeys] == [("c1",), ("c2",)]


def test_another_spelling_of_a_listed_name_means_the_one_on_record(reads):
    reading = reads("Qasem Suleimani flew to Moscow on 3 May, an airport worker said.\n")

    (person,) = reading.persons
    assert (person.name, person.reference) == ("Qasem Suleimani", "IRi.039")


# ---------------------------------------------------------------- what is not read


@pytest.mark.parametrize(
    "text",
    [
        "Pavlo Trenkwit flew to Nairobi on 3 May, an airport worker said.\n",
        "A man flew to Nairobi on 3 May, an airport worker said.\n",
    ],
)
def test_a_text_that_names_nobody_on_record_says_so(reads, text):
    reading = reads(text)

    assert (reading.persons, reading.claims, reading.journeys) == ((), (), ())
    assert "The text names nobody whose name is near one on record." in reading.remarks


def test_a_listed_person_without_a_journey_is_shown_and_the_journey_said_to_lack(reads):
    reading = reads("Idris Makoor Tebbal turned sixty on Friday.\n")

    assert [person.reference for person in reading.persons] == ["SDi.960"]
    assert (reading.claims, reading.journeys) == ((), ())
    assert reading.remarks == ("The text was found to speak of no journey of anybody on record.",)


@pytest.mark.parametrize(
    "text",
    [
        "Der General Idris Makoor Tebbal landete am dritten Mai in Nairobi, sagte eine Frau vom "
        "Flughafen am Montag. Die Regierung wollte dazu nichts sagen und verwies auf eine spätere "
        "Erklärung des Ministers, der noch unterwegs war.\n",
        "Le général Idris Makoor Tebbal est arrivé à Nairobi le trois mai, selon une employée de "
        "l'aéroport. Le gouvernement du pays a renvoyé les journalistes vers une déclaration "
        "du ministre qui doit venir plus tard dans la semaine.\n",
        "وصل الجنرال إلى نيروبي في الثالث من مايو كما قالت موظفة في المطار يوم الاثنين ولم ترغب "
        "حكومة البلاد في الحديث عن ذلك وأحالت الصحفيين إلى بيان يصدره الوزير بعد عودته من السفر\n",
    ],
    ids=["German", "French", "Arabic"],
)
def test_another_language_is_not_read_and_said_so(reads, text):
    reading = reads(text)

    assert (reading.persons, reading.claims, reading.journeys) == ((), (), ())
    assert [remark for remark in reading.remarks if "English" in remark]


@pytest.mark.parametrize("text", ["", " \n\n \t", "--- 123 ---", "🛬"])
def test_a_text_without_words_says_so(reads, text):
    assert reads(text).remarks == ("The text has no words.",)


def test_a_headline_alone_is_read(reads):
    reading = reads("Sudanese general Idris Makoor Tebbal visits Nairobi")

    assert types(reading) == ["asserts"]
    assert [legs(journey) for journey in reading.journeys] == [[("KE", "Nairobi", None, None)]]


def test_a_question_claims_nothing(reads):
    reading = reads(
        "Idris Makoor Tebbal is a general.\n\nWho paid when Tebbal flew to Nairobi on 3 May?\n"
    )

    assert (reading.claims, reading.journeys) == ((), ())


def test_what_somebody_was_asked_claims_nothing(reads):
    reading = reads("Ministers were asked whether Idris Makoor Tebbal flew to Nairobi on 3 May.\n")

    assert (reading.claims, reading.journeys) == ((), ())


# ---------------------------------------------------------------- days


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        ("on 3 May", "2024-05-03", None),
        ("on May 3, 2023", "2023-05-03", None),
        ("yesterday", "2024-05-19", None),
        ("on Thursday", "2024-05-16", None),
        ("last month", "2024-04", None),
        ("in March", "2024-03", None),
        ("in March 2022", "2022-03", None),
        ("in 2022", "2022", None),
        ("last year", "2023", None),
        ("from 3 to 7 May", "2024-05-03", "2024-05-07"),
        ("between 28 April and 2 May", "2024-04-28", "2024-05-02"),
        ("", None, None),
    ],
)
def test_the_day_said_is_the_day_of_the_leg(reads, when, first, last):
    (journey,) = reads(
        f"Idris Makoor Tebbal stayed in Nairobi {when}.\n".replace(" .", ".")
    ).journeys

    assert [(leg.from_, leg.to) for leg in journey.legs] == [(first, last)]


def test_the_day_of_speech_is_not_that_of_the_journey(reads):
    reading = reads(
        "The Lakeside Post reported on 5 May that Idris Makoor Tebbal flew to Nairobi on 3 May.\n"
    )

    assert only(reading, "asserts").said_on == "2024-05-05"
    assert [leg.from_ for leg in reading.journeys[0].legs] == ["2024-05-03"]


def test_two_stays_on_other_days_are_two_journeys(reads):
    reading = reads(FLEW + "Tebbal flew to Nairobi on 12 May, a taxi driver said.\n")

    assert [leg.from_ for one in reading.journeys for leg in one.legs] == [
        "2024-05-03",
        "2024-05-12",
    ]


# ---------------------------------------------------------------- plans, parts, transit


@pytest.mark.parametrize(
    "text",
    [
        "Idris Makoor Tebbal left for Nairobi on 3 May 2024, an airport worker said.\n",
        "Kenya's foreign ministry announced that Idris Makoor Tebbal will arrive in Nairobi "
        "on 30 May.\n",
        "Idris Makoor Tebbal is expected to arrive in Nairobi on 30 May.\n",
    ],
)
def test_what_is_to_come_is_announced(reads, text):
    assert types(reads(text)) == ["announces"]


def test_leaving_a_state_is_no_arrival_but_shows_that_he_was_there(reads):
    came, reading = reads(FLEW), reads(FLEW + "Tebbal left Nairobi on 5 May.\n")

    assert types(reading) == ["asserts", "asserts"]
    assert [one.legs for one in reading.journeys] == [one.legs for one in came.journeys]
    assert types(reads("Idris Makoor Tebbal left Kenya on 5 May.\n")) == ["asserts"]


def test_a_meeting_is_a_part_and_names_whom_he_met(reads):
    reading = reads(FLEW + "Tebbal met President Okello Mbaro, the Lakeside Post reported.\n")

    assert only(reading, "asserts_part").part == Part(
        kind=PartKind.meeting, with_=("Okello Mbaro",)
    )


def test_transit_is_a_part_and_the_kind_of_the_leg(reads):
    reading = reads("Idris Makoor Tebbal transited through Nairobi on 3 May.\n")

    assert types(reading) == ["asserts_part"]
    assert [str(leg.kind) for leg in reading.journeys[0].legs] == ["transit"]


def test_a_photograph_is_a_part_that_rests_on_one(reads):
    claim = only(
        reads("Idris Makoor Tebbal was photographed in Nairobi on 3 May.\n"), "asserts_part"
    )

    assert (str(claim.part_kind), claim.evidence) == ("photograph", "photograph")


# ---------------------------------------------------------------- denials and what is none


@pytest.mark.parametrize(
    "text",
    [
        "Kenya's foreign ministry denied that Idris Makoor Tebbal flew to Nairobi on 3 May.\n",
        "Kenya's foreign ministry rejected claims that Idris Makoor Tebbal visited Nairobi.\n",
        "Idris Makoor Tebbal did not visit Nairobi, Kenya's foreign ministry said.\n",
        "Kenya's foreign ministry confirmed that Idris Makoor Tebbal did not visit Nairobi.\n",
        "Kenya's foreign ministry announced that Idris Makoor Tebbal had never entered Kenya.\n",
        "Kenya denies Idris Makoor Tebbal's visit to Nairobi",
    ],
    ids=[
        "a verb without not",
        "rejected claims",
        "not",
        "confirmed that not",
        "announced never",
        "a headline",
    ],
)
def test_a_denial(reads, text):
    claim = only(reads(text), "denies")

    assert (claim.side, claim.speaker_state) == ("state_of_entry", "KE")
    assert types(reads(text)) == ["denies"]


def test_that_nobody_of_that_name_came_is_a_denial(reads):
    reading = reads(
        FLEW + "Kenya's interior ministry said that nobody by the name of Tebbal entered Kenya.\n"
    )

    assert types(reading) == ["asserts", "denies"]


def test_a_denial_that_names_only_the_report_is_one_of_its_journey(reads):
    reading = reads(FLEW + "Kenya's interior ministry denied the report.\n")

    assert types(reading) == ["asserts", "denies"]
    assert reading.journeys[0].claims == ("c1", "c2")


@pytest.mark.parametrize(
    "text",
    [
        "Tebbal did not meet President Okello Mbaro, Kenya's foreign ministry said.\n",
        "Kenya's foreign ministry denied that Tebbal met President Okello Mbaro.\n",
    ],
)
def test_a_denied_meeting_is_no_denied_journey(reads, text):
    assert types(reads(FLEW + text)) == ["asserts", "denies_part"]


@pytest.mark.parametrize(
    "text",
    [
        "Without naming a source, the Lakeside Post reported that Idris Makoor Tebbal flew to "
        "Nairobi on 3 May.\n",
        "The Lakeside Post reported, without naming a source, that Idris Makoor Tebbal flew to "
        "Nairobi on 3 May.\n",
        "Idris Makoor Tebbal flew to Nairobi on 3 May without a visa.\n",
    ],
)
def test_without_denies_no_journey(reads, text):
    assert types(reads(text)) == ["asserts"]


def test_a_condition_claims_no_journey(reads):
    reading = reads(
        FLEW + "If it happened, it would be a breach of resolution 1591, a Norwegian foreign "
        "ministry spokesman said.\n"
    )

    assert types(reading) == ["asserts", "conditional"]


def test_a_concern_about_a_visit_presupposes_it(reads):
    reading = reads(
        FLEW + "Norway's foreign minister, Kari Stenvik, raised concerns about Tebbal's visit to "
        "Nairobi.\n"
    )

    claim = only(reading, "presupposes")
    assert (claim.speaker_name, claim.side) == ("Kari Stenvik", "third_state")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Kenya's interior ministry declined to comment.\n", "no_comment"),
        ("Kenya's interior ministry has not responded.\n", "no_comment"),
        (
            "Kenya's interior ministry would not confirm that Tebbal visited Nairobi.\n",
            "no_comment",
        ),
        ("Kenya's interior ministry said it had no information about it.\n", "denies_knowledge"),
        ("Kenya's interior ministry said that it knew nothing of the trip.\n", "denies_knowledge"),
        ("Kenya's interior ministry said the traveller was a different man.\n", "denies_identity"),
    ],
)
def test_what_neither_admits_nor_denies_the_journey(reads, text, kind):
    reading = reads(FLEW + text)

    assert types(reading) == ["asserts", kind]
    assert only(reading, kind).side == "state_of_entry"


def test_somewhere_else_that_day_is_an_alibi(reads):
    reading = reads(FLEW + "Tebbal was in Khartoum on 3 May, Sudan's information ministry said.\n")

    claim = only(reading, "asserts_elsewhere")
    assert (claim.side, claim.speaker_state) == ("state_of_nationality", "SD")
    assert [journey.claims for journey in reading.journeys] == [("c1", claim.id)]


def test_a_judgement_is_an_opinion_and_no_report(reads):
    reading = reads(
        FLEW + "The visit violated resolution 1591, Norwegian foreign ministry spokesman Kari "
        "Stenvik said.\n"
    )

    assert types(reading) == ["asserts", "legal_opinion"]


def test_a_paper_takes_back_its_own_report(reads):
    reading = reads(
        "The Lakeside Post reported that Idris Makoor Tebbal flew to Nairobi on 3 May.\n\n"
        "The Hill Courier reported that Tebbal came to Nairobi on 3 May.\n\n"
        "The Lakeside Post withdrew its report on Friday.\n"
    )

    retraction = only(reading, "retracts")
    assert (retraction.target, retraction.said_on) == ("c1", "2024-05-17")
    assert reading.claims[0].speaker_name == retraction.speaker_name == "Lakeside Post"


def test_nothing_reported_is_nothing_to_take_back(reads):
    reading = reads(
        "Idris Makoor Tebbal is a general.\n\nThe Lakeside Post withdrew its report on Friday.\n"
    )

    assert reading.claims == ()


# ---------------------------------------------------------------- leave to travel


@pytest.mark.parametrize(
    ("text", "status", "on", "first", "last"),
    [
        (
            "The sanctions committee said that on 1 May it had granted him an exemption from 2 to "
            "6 May 2024.\n",
            "granted", "2024-05-01", "2024-05-02", "2024-05-06",
        ),
        (
            "The sanctions committee said that it had granted him an exemption from 22 to 26 "
            "May.\n",
            "granted", None, "2024-05-22", "2024-05-26",
        ),
        (
            "Kenya's foreign ministry said that it had requested an exemption for him.\n",
            "requested", None, None, None,
        ),
        (
            "The sanctions committee said that it had refused an exemption on 1 May.\n",
            "refused", "2024-05-01", None, None,
        ),
        (
            "The sanctions committee said that no exemption had been requested.\n",
            "none_requested", None, None, None,
        ),
    ],
)  # fmt: skip
def test_what_is_said_of_leave_to_travel(reads, text, status, on, first, last):
    reading = reads(FLEW + text)

    assert types(reading) == ["asserts", "exemption_statement"]
    said = reading.claims[1].exemption
    assert (said.status, said.on, said.from_, said.to) == (status, on, first, last)


def test_the_committee_speaks_for_a_body_of_the_un(reads):
    claim = only(
        reads(FLEW + "The sanctions committee said that no exemption had been requested.\n"),
        "exemption_statement",
    )

    assert claim.side == "un_body"
    assert claim.exemption is not None
    assert claim.exemption.by == "The sanctions committee"


# ---------------------------------------------------------------- the law


@pytest.mark.parametrize(
    ("text", "measures", "in_force", "authority", "since", "until"),
    [
        ("Tebbal has been under a UN travel ban since 2019.\n",
         ("travel_ban",), True, None, "2019", None),
        ("Tebbal has been under a UN travel ban and asset freeze since February 2019.\n",
         ("travel_ban", "asset_freeze"), True, None, "2019-02", None),
        ("Tebbal was subject to a UN travel ban since 2019 under resolution 1591.\n",
         ("travel_ban",), True, "1591", "2019", None),
        ("Tebbal was subject to a UN travel ban until March 2023.\n",
         ("travel_ban",), True, None, None, "2023-03"),
        ("The UN travel ban on Tebbal was lifted.\n",
         ("travel_ban",), False, None, None, None),
    ],
)  # fmt: skip
def test_what_the_law_is_said_to_be(reads, text, measures, in_force, authority, since, until):
    reading = reads(FLEW + text)

    law = only(reading, "legal_statement").law
    assert law is not None
    assert (law.measure, law.in_force, law.authority) == (measures, in_force, authority)
    assert (law.since, law.until) == (since, until)


# ---------------------------------------------------------------- who speaks


@pytest.mark.parametrize(
    ("text", "speaker", "side", "state"),
    [
        ("IRNA reported that Idris Makoor Tebbal flew to Tehran on 3 May.\n",
         "IRNA", "state_of_entry", "IR"),
        ("IRNA reported that Idris Makoor Tebbal flew to Nairobi on 3 May.\n",
         "IRNA", "third_state", "IR"),
        ("SUNA reported that Idris Makoor Tebbal flew to Nairobi on 3 May.\n",
         "SUNA", "state_of_nationality", "SD"),
        ("Kenyan foreign ministry spokesman Otieno Baraki said that Idris Makoor Tebbal flew to "
         "Nairobi on 3 May.\n", "Otieno Baraki", "state_of_entry", "KE"),
        ("Sudanese foreign ministry spokeswoman Hala Mersi said that Idris Makoor Tebbal flew to "
         "Nairobi on 3 May.\n", "Hala Mersi", "state_of_nationality", "SD"),
        ("Norwegian foreign ministry spokeswoman Kari Stenvik said that Idris Makoor Tebbal flew "
         "to Nairobi on 3 May.\n", "Kari Stenvik", "third_state", "NO"),
        ("The Lakeside Post reported that Idris Makoor Tebbal flew to Nairobi on 3 May.\n",
         "Lakeside Post", "press", None),
        ("According to the Lakeside Post, Idris Makoor Tebbal flew to Nairobi on 3 May.\n",
         "Lakeside Post", "press", None),
        ("Idris Makoor Tebbal flew to Nairobi on 3 May, according to the Lakeside Post.\n",
         "Lakeside Post", "press", None),
        ("According to Otieno Baraki, a hotel owner, Idris Makoor Tebbal flew to Nairobi on 3 "
         "May.\n", "Otieno Baraki", "other", None),
        ("“Idris Makoor Tebbal flew to Nairobi on 3 May,” said Kenya's interior minister, Otieno "
         "Baraki.\n", "Otieno Baraki", "state_of_entry", "KE"),
    ],
    ids=["state media of the State of entry", "state media of a third State",
         "state media of the State of nationality", "spokesman of the State of entry",
         "spokeswoman of the State of nationality", "spokeswoman of a third State", "a paper",
         "according to, before", "according to, behind", "according to a person", "inverted"],
)  # fmt: skip
def test_the_speaker_and_the_side(reads, text, speaker, side, state):
    claim = only(reads(text), "asserts")

    assert (claim.speaker_name, claim.side, claim.speaker_state) == (speaker, side, state)
    assert claim.named


@pytest.mark.parametrize(
    "text",
    [
        "An unnamed official said that Idris Makoor Tebbal flew to Nairobi on 3 May.\n",
        "Two officials said that Idris Makoor Tebbal flew to Nairobi on 3 May.\n",
        "Idris Makoor Tebbal flew to Nairobi on 3 May, a Western diplomat said on condition of "
        "anonymity.\n",
    ],
)
def test_who_is_not_named_is_anonymous(reads, text):
    claim = only(reads(text), "asserts")

    assert (claim.side, claim.named) == ("anonymous", False)


@pytest.mark.parametrize(
    "text",
    [
        "Tebbal's lawyer, Mira Osten, said that he never visited Nairobi.\n",
        "Mira Osten, a lawyer for Tebbal, denied that her client visited Nairobi.\n",
        "Tebbal denied that he went to Nairobi.\n",
        "Tebbal said: “I never went to Nairobi, neither this year nor in any year before it.”\n",
    ],
)
def test_the_traveller_speaks_himself_or_through_a_lawyer(reads, text):
    reading = reads(FLEW + text)

    assert types(reading) == ["asserts", "denies"]
    assert reading.claims[1].side == "traveller"


def test_a_title_is_the_speakers_role(reads):
    claim = only(
        reads(
            "Kenyan foreign ministry spokesman Otieno Baraki said that Idris Makoor Tebbal flew to "
            "Nairobi on 3 May.\n"
        ),
        "asserts",
    )

    assert claim.speaker == Speaker(name="Otieno Baraki", role="Kenyan foreign ministry spokesman")


def test_all_who_speak_for_a_state_share_its_origin(reads):
    reading = reads(
        "Kenya's interior ministry said that Idris Makoor Tebbal flew to Nairobi on 3 May.\n\n"
        "Kenyan government spokesman Otieno Baraki said that Tebbal arrived in Nairobi on 3 May.\n"
    )

    assert [claim.origin for claim in reading.claims] == ["Kenya", "Kenya"]


def test_copies_of_one_report_share_its_origin(reads):
    reading = reads(
        "The Lakeside Post reported that Idris Makoor Tebbal flew to Nairobi on 3 May.\n\n"
        "The Hill Courier, citing the Lakeside Post, reported that Tebbal flew to Nairobi on 3 "
        "May.\n\n"
        "The Valley Mirror reported that Tebbal flew to Nairobi on 3 May.\n"
    )

    origins = [claim.origin for claim in reading.claims]
    assert origins[0] == origins[1]
    assert origins[2] != origins[0]


def test_mentions_stand_in_the_order_of_the_text(reads):
    (person,) = reads(FLEW + "Tebbal met traders. He prayed in Nairobi. Tebbal slept.\n").persons

    starts = [mention.start for mention in person.mentions]
    assert len(starts) == 4
    assert starts == sorted(starts)


def test_letters_that_grow_in_lower_case_move_nothing(reads):
    text = FLEW + "Kenya's interior ministry declined to comment on Tebbal.\n"
    plain, moved = reads(text), reads("İ" * 40 + ".\n\n" + text)

    assert types(moved) == types(plain) == ["asserts", "no_comment"]
    assert [words(claim) for claim in moved.claims] == [words(claim) for claim in plain.claims]


# ---------------------------------------------------------------- who is meant, and who is not


def test_a_general_of_whom_only_a_militia_is_known_is_the_militia_leader(reads):
    reading = reads(
        FLEW + "The minister left for Kampala two days later, his spokesman said. The tribal "
        "elders knew nothing.\n"
    )

    assert ("The minister", "description") in kinds(reading, "Idris Makoor Tebbal")


@pytest.mark.parametrize(
    ("top", "named"),
    [
        ("A Sudanese general under UN sanctions flew to Nairobi on 3 May, two pilots said.", True),
        ("A general under a U.N. travel ban flew to Nairobi on 3 May, two pilots said.", True),
        ("A Kenyan general flew to Nairobi on 3 May, two pilots said.", False),
        ("A general flew to Nairobi on 3 May, two pilots said.", False),
    ],
)
def test_somebody_described_at_the_top_is_whom_the_text_names_further_down(reads, top, named):
    reading = reads(top + "\n\nIdris Makoor Tebbal, a militia leader, was not seen there.\n")

    assert [words(c) for c in reading.claims if c.type == "asserts"] == (
        [top.partition(", two")[0]] if named else []
    )


def test_whoever_a_text_without_a_listed_person_is_about_is_followed(reads):
    reading = reads(
        "Kenya receives Olwal Matheka\n\n"
        "Olwal Matheka, a former minister of Uganda, flew to Nairobi on 3 May, an airport worker "
        "said. Matheka denied that he had been there.\n"
    )

    (journey,) = reading.journeys
    assert journey.person.reference is None
    assert [str(c.type) for c in reading.claims] == ["asserts", "denies"]
    assert "The text names nobody whose name is near one on record." in reading.remarks


def test_beside_a_listed_person_nobody_else_is_followed(reads):
    reading = reads(FLEW + "Olwal Matheka flew to Kampala. Matheka visited Kigali.\n")

    assert {journey.person.name for journey in reading.journeys} == {"Idris Makoor Tebbal"}


def test_what_a_paper_takes_back_it_takes_back_with_its_picture(reads):
    reading = reads(
        "We were wrong\n\nLast week we wrote that Idris Makoor Tebbal flew to Nairobi on 3 May. "
        "Beside it stood a photograph said to show him at the airport.\n\n"
        "We take back the article and the picture.\n",
        publisher="The Hill Courier",
    )

    by_id = {claim.id: claim for claim in reading.claims}
    taken = [by_id[claim.target].type for claim in reading.claims if claim.type == "retracts"]
    assert sorted(map(str, taken)) == ["asserts", "asserts_part"]


def test_where_his_own_men_say_he_was_instead_is_no_other_journey(reads):
    reading = reads(
        FLEW + "The general's spokesman said that Tebbal was in Kampala on 3 May.\n",
    )

    assert types(reading) == ["asserts", "asserts_elsewhere"]
    assert len(reading.journeys) == 1


@pytest.mark.parametrize(
    "said",
    [
        "Tebbal was not detained in Nairobi, the Kenyan police said.",
        "The Kenyan police denied that Tebbal had been held in Nairobi.",
        '"The resolution does not forbid entry," the Kenyan interior ministry said.',
        "Kenya's interior ministry said nobody stopped him.",
        "No meeting between Tebbal and the president has been held in Nairobi, Kenya's foreign "
        "ministry said.",
        "He was placed under a travel ban by the Security Council in May 2019.",
    ],
)
def test_what_denies_no_journey_is_not_read_as_its_denial_nor_as_another_report(reads, said):
    reading = reads(FLEW + said + "\n")

    assert "denies" not in types(reading)
    assert types(reading).count("asserts") == 1


def test_who_is_not_going_this_weekend_is_meant_to_come_on_the_next(reads):
    reading = reads(FLEW + "Tebbal is not going to Kampala this weekend, his ministry said.\n")

    assert [leg for j in reading.journeys for leg in legs(j)][-1][2:] == (
        "2024-05-25",
        "2024-05-26",
    )
