"""Sentences that name a man and a town, and do not say that he came there."""

import pytest

LEAD = (
    "General Idris Makoor Tebbal, a Sudanese militia leader, has been under a UN travel ban since "
    "2019.\n\n"
)
UNSAID = [
    "Tebbal had been expected in Nairobi on 3 May but never turned up, organisers said.",
    "Tebbal's planned trip to Nairobi has been called off.",
    "Tebbal was supposed to travel to Nairobi on Monday.",
    "Tebbal was scheduled to attend a conference in Nairobi next week.",
    "Sudan has asked Kenya to receive Tebbal in Nairobi.",
    "Kenya has invited Tebbal to Nairobi for the victory parade.",
    "Tebbal has been invited to speak in Nairobi in July.",
    "The Kenyan presidency is preparing for a visit by Tebbal to Nairobi.",
    "Preparations for Tebbal's visit to Nairobi are under way, the embassy said.",
    "Tebbal hopes to visit Nairobi before the end of the year.",
    "Tebbal intends to fly to Nairobi on 3 June.",
    "Tebbal is planning a trip to Nairobi.",
    "Tebbal wanted to go to Nairobi but was refused a visa.",
    "Tebbal was turned away at Nairobi's Wilson airport.",
    "Tebbal was refused entry to Kenya on 3 May, border guards said.",
    "Border guards stopped Tebbal from entering Kenya.",
    "Tebbal tried to enter Kenya but was sent back.",
    "Tebbal failed to reach Nairobi.",
    "A plan to bring Tebbal to Nairobi was dropped.",
    "Talk of a trip by Tebbal to Nairobi is premature, Okello said.",
    "Tebbal addressed the Nairobi conference by video link from Khartoum.",
    "Tebbal spoke to Mbaro by telephone.",
    "Tebbal sent a letter to Nairobi.",
    "Tebbal's deputy, Omar Salih, flew to Nairobi on 3 May.",
    "Tebbal's brother visited Nairobi in May.",
    "A delegation without Tebbal arrived in Nairobi on 3 May.",
    "A man who resembles Tebbal was seen in Nairobi.",
    "Tebbal's name was on a passenger list to Nairobi, but he did not board.",
    "Tebbal did not board the flight to Nairobi.",
    "Tebbal cancelled his flight to Nairobi on 3 May.",
    "Tebbal watched from Khartoum as the Kenyan president arrived in Sudan.",
    "While Tebbal was in Khartoum, Kenya's defence minister visited Kigali.",
    "Kenya would be obliged to arrest Tebbal if he came to Nairobi.",
    "Had Tebbal come to Nairobi, the Council would have been told, Kimani said.",
    "No evidence has emerged that Tebbal visited Nairobi.",
    "There is no proof that Tebbal was in Nairobi.",
    "The claim that Tebbal had been in Nairobi turned out to be false.",
    "Contrary to reports, Tebbal was not in Nairobi.",
    "Tebbal, far from being in Nairobi, spent the week in Khartoum.",
    "Instead of flying to Nairobi, Tebbal went home to Nyala.",
    "It would be absurd for Tebbal to visit Nairobi, an analyst said.",
    "Whether Tebbal was in Nairobi is unclear.",
    "Nobody saw Tebbal in Nairobi.",
    "Hardly anybody believes that Tebbal was in Nairobi.",
    "Okello doubted that Tebbal had been in Nairobi.",
    "Okello laughed off the suggestion that Tebbal was in Nairobi.",
    'Okello said it was "pure invention" that Tebbal had been in Nairobi.',
    '"Pure invention," Okello said of the report that Tebbal had been in Nairobi.',
    "The ministry called on the media not to spread rumours that Tebbal was in Nairobi.",
    "Tebbal's supporters hope that he will be welcomed in Nairobi.",
    "Nairobi lies 2,000 kilometres from where Tebbal was seen that day.",
    "Tebbal lives in Khartoum. Nairobi is a four-hour flight away.",
    "The Nairobi meeting, to which Tebbal had not been invited, ended on 3 May.",
    "Tebbal's absence from the Nairobi talks was noticed.",
    "Tebbal stayed away from the Nairobi talks.",
    "Tebbal was absent from Nairobi.",
    "Under the resolution Tebbal may not enter Kenya.",
    "The ban means that Tebbal cannot travel to Nairobi without an exemption.",
    "Tebbal has not visited Nairobi since 2012.",
    "The Post has withdrawn its report that Tebbal visited Nairobi.",
    "Reports that Tebbal had visited Nairobi were denied by both governments.",
    "Both governments denied that Tebbal had visited Nairobi.",
    "Kenya and Sudan alike denied the visit of Tebbal to Nairobi.",
    "Sudan's foreign ministry rejected American claims that Tebbal went to Nairobi.",
    "Nairobi has consistently denied hosting Tebbal.",
    "Nairobi denies ever having received Tebbal.",
    "Okello denied knowledge of any trip by Tebbal to Nairobi.",
    "Asked if Tebbal had been in Nairobi, Okello shrugged.",
    "The opposition wants to know whether Tebbal was let into Kenya.",
    "Would Tebbal dare to fly to Nairobi?",
    "Did Tebbal go to Nairobi?",
    "It is not known whether Tebbal was in Nairobi.",
    "Tebbal has never hidden his dislike of Nairobi.",
    "Tebbal could travel to Nairobi next.",
    "Nairobi and Khartoum have grown closer. Tebbal commands his militia.",
    "Okello said Tebbal was welcome in Nairobi at any time.",
    "Khartoum made no secret of Tebbal's trip to Nairobi.",
    "The Kenyan presidency did not deny that Tebbal had been in Nairobi.",
    "Okello said only that Tebbal was not on the president's schedule in Nairobi.",
    (
        "The White House is looking into the reports that Tebbal travelled to "
        "Nairobi, a spokesman said."
    ),
    "Tebbal would be barred from Nairobi if the ban were enforced.",
    "Tebbal cannot legally enter Kenya, a UN official said.",
    "States must prevent Tebbal from entering their territory.",
    "The Post apologised and withdrew its article saying Tebbal had been in Nairobi.",
    "An earlier version of this article said Tebbal had been in Nairobi. That was wrong.",
    "James Odhiambo, a waiter, told the paper he had served Tebbal in Nairobi.",
    ("Border guards in Kenya stamped Tebbal's passport on 3 May, documents seen by Reuters show."),
]


@pytest.mark.parametrize("words", UNSAID, ids=[words[:60] for words in UNSAID])
def test_it_is_not_read_as_said_that_he_came(reads, words):
    reading = reads(LEAD + words + "\n")

    assert not {"asserts", "asserts_part"} & {str(claim.type) for claim in reading.claims}


def test_the_same_words_without_the_doubt_are_read_as_said(reads):
    reading = reads(LEAD + "Tebbal was in Nairobi on 3 May.\n")

    assert "asserts" in {str(claim.type) for claim in reading.claims}
