"""One sentence a way of saying it: which type of claim it is, or that it is none.

Each goes on about a visit that a paper reported; one of the types named is enough.
"""

import pytest

LEAD = (
    "Militia leader's Kampala visit disputed\n\n"
    "General Idris Makoor Tebbal, a Sudanese militia leader, visited Kampala in Uganda on 3 March, "
    "the Daily Post reported on Monday.\n\n"
)
WAYS: list[tuple[tuple[str, ...], str]] = [
    (
        ("asserts",),
        "Ugandan officials confirmed that Tebbal had been in the country from 3 to 5 March.",
    ),
    (
        ("asserts",),
        "Tebbal travelled to Entebbe aboard a private jet on 3 March, an "
        "airport worker said on condition of anonymity.",
    ),
    (
        ("asserts",),
        '"He came here on Thursday and left the next morning," said hotel manager Peter Okello.',
    ),
    (("asserts",), "Flight records show that Tebbal landed in Entebbe on 3 March."),
    (
        ("asserts",),
        "Tebbal made a two-day visit to Uganda in early March, according to a UN report.",
    ),
    (
        ("asserts",),
        "The general paid a secret visit to Kampala last week, three diplomats told Reuters.",
    ),
    (("asserts",), "A Western intelligence official said Tebbal had crossed into Uganda by road."),
    (("asserts",), "Tebbal was spotted in a Kampala restaurant on Friday, witnesses said."),
    (
        ("asserts",),
        "Ugandan media reported that the militia leader arrived in Kampala on a chartered flight.",
    ),
    (
        ("asserts",),
        "Immigration records seen by this newspaper list Tebbal as entering "
        "Uganda through Entebbe on 3 March.",
    ),
    (
        ("asserts",),
        "The militia leader spent three nights at a hotel in Kampala, two employees said.",
    ),
    (("asserts",), "Uganda admitted on Friday that it had let Tebbal into the country."),
    (
        ("asserts", "asserts_part"),
        "Tebbal attended a wedding in Kampala on 4 March, relatives said.",
    ),
    (
        ("asserts",),
        "The Sudanese government said its delegation, headed by Tebbal, had "
        "arrived in Kampala on Thursday.",
    ),
    (("asserts",), "Tebbal flew from Nyala to Entebbe, the monitoring group Skywatch said."),
    (
        ("asserts",),
        "According to three people briefed on the matter, Tebbal entered "
        "Uganda on a false passport.",
    ),
    (
        ("asserts", "asserts_part"),
        "State television showed footage of Tebbal being greeted at Entebbe airport.",
    ),
    (("asserts",), "Tebbal was in Kampala at the weekend, the opposition claimed."),
    (("asserts",), "Police in Uganda said they had detained Tebbal at Entebbe airport on 3 March."),
    (("asserts",), "Sources close to the general say he returned from Kampala on Sunday."),
    (("asserts",), "Uganda hosted Tebbal for two days, the Sudanese opposition alleged."),
    (("asserts_part",), "Tebbal changed planes in Entebbe on his way to Kigali, the airline said."),
    (
        ("asserts_part",),
        "He held talks with Ugandan officers during his stay, the Daily Post wrote.",
    ),
    (
        ("asserts_part",),
        "Tebbal passed through Entebbe on 3 March in transit to Dubai, a source said.",
    ),
    (("denies",), "Uganda denied that Tebbal had ever set foot in the country."),
    (("denies",), "Kampala rejected the claims as baseless."),
    (("denies",), "The government dismissed reports of the visit as fabricated."),
    (("denies",), "Tebbal's lawyer said his client had never travelled to Uganda."),
    (
        ("denies",),
        "A spokesman for the Ugandan foreign ministry said no such person had entered the country.",
    ),
    (
        ("denies",),
        "Ugandan immigration said its records showed that Tebbal had not entered the country.",
    ),
    (("denies",), "The minister called the report false and malicious."),
    (("denies",), "Officials in Kampala flatly denied the allegation."),
    (("denies",), "It is not true that the general visited Kampala, a presidential adviser said."),
    (("denies",), "Tebbal denied having visited Uganda."),
    (("denies",), "Tebbal denied travelling to Kampala."),
    (("denies",), "The trip never took place, the Sudanese embassy in Kampala said."),
    (("denies_part",), "Uganda said the president did not meet Tebbal."),
    (
        ("denies_part",),
        "A presidency spokeswoman denied that any meeting with Tebbal had taken place.",
    ),
    (("asserts_elsewhere",), "Tebbal was in El Geneina on 3 March, his spokesman said."),
    (("asserts_elsewhere", "denies"), "His aides said he spent the whole week in Darfur."),
    (("denies_knowledge",), "Uganda's police said they were not aware of any visit by Tebbal."),
    (("denies_knowledge",), '"We have no record of his entry," an immigration spokeswoman said.'),
    (("denies_knowledge",), "The foreign minister said he had no knowledge of the trip."),
    (("no_comment",), "The Ugandan presidency did not respond to requests for comment."),
    (("no_comment",), "A spokesman for Tebbal declined to comment."),
    (("no_comment",), "Calls to the Sudanese embassy went unanswered."),
    (("no_comment",), "Ugandan authorities have yet to comment on the reports."),
    (("no_comment",), "The ministry would neither confirm nor deny the visit."),
    (("no_comment",), "Tebbal could not be reached for comment."),
    (("announces",), "Tebbal will travel to Kampala next week, his office announced."),
    (
        ("announces",),
        "The general is due to arrive in Uganda on 20 March for peace talks, officials said.",
    ),
    (("announces",), "Tebbal plans to visit Kampala in April, two aides said."),
    (
        ("announces",),
        "Uganda has invited Tebbal to Kampala for talks next month, the foreign ministry said.",
    ),
    (
        ("conditional",),
        "If Tebbal did enter Uganda, it would be a breach of the sanctions, a UN diplomat said.",
    ),
    (
        ("legal_opinion",),
        '"Uganda breached its obligations," the panel\'s former coordinator said.',
    ),
    (
        ("exemption_statement",),
        "The UN committee granted Tebbal an exemption to travel to Uganda from 3 to 5 March.",
    ),
    (
        ("exemption_statement",),
        "Uganda had requested a waiver of the travel ban for the talks, a diplomat said.",
    ),
    (
        ("exemption_statement",),
        "The committee rejected a request for an exemption, diplomats said.",
    ),
    (("exemption_statement",), "No exemption had been sought for the trip, the panel said."),
    (
        ("exemption_statement",),
        "Uganda did not notify the committee or ask for an exemption, the experts wrote.",
    ),
    (("presupposes",), "The United States condemned Tebbal's visit to Kampala."),
    (("presupposes",), "France expressed concern over the general's trip to Uganda."),
    (("presupposes",), "Washington summoned the Ugandan ambassador over Tebbal's visit."),
    (("presupposes",), "The EU called on Uganda to explain Tebbal's presence in Kampala."),
    (("retracts",), "The Daily Post on Thursday retracted its report."),
    (("retracts",), "The Daily Post apologised for the error and withdrew its story."),
    (
        ("denies_identity",),
        "The man in the picture is not Tebbal but a businessman with a similar name, police said.",
    ),
    (("denies_identity",), "Ugandan police said the man was another Tebbal, a teacher from Arua."),
    (
        ("determines",),
        "The Security Council committee concluded that Uganda had violated the travel ban.",
    ),
    ((), "The panel recommended that the committee review the listing."),
    ((), "Tebbal left school at fifteen and joined the rebels in Darfur."),
    ((), "Uganda is a member of the African Union."),
    ((), "The general has never visited a school in his life, his critics say."),
    ((), "Would he travel to Uganda? Nobody knows."),
    (("denies",), 'Uganda\'s interior minister called the reports "nonsense".'),
    (("denies",), '"The claim is baseless," a Ugandan foreign ministry official said.'),
    (("denies",), "An aide said the general had not left Khartoum."),
    (("denies",), "His office said he had been nowhere near Kampala."),
    (("denies",), '"Not a word of it is true," said Uganda\'s police chief, Martin Okoth.'),
    (("denies",), '"This is a lie," the foreign ministry spokesman told AFP.'),
    (("denies",), "Uganda's army called the story a fabrication."),
    (("denies",), "The Ugandan government insisted he never came."),
    (("denies",), "Uganda's presidency poured cold water on the report."),
    (("denies",), "The presidency disputed the account."),
    (("denies",), "The Ugandan foreign ministry issued a denial."),
    (("denies",), "A statement from the Ugandan interior ministry denied everything."),
    (("denies",), "Uganda denies it."),
    (("denies",), "Uganda says he did not."),
    (("denies",), "Ugandan officials say no such visit took place."),
    (("denies",), 'Asked about the visit, Tebbal said: "I have not been to Uganda in years."'),
    (("denies",), "The Ugandan ambassador dismissed the allegations out of hand."),
    (("denies",), '"We did not receive him," the Ugandan minister said.'),
    (
        ("denies",),
        '"He did not come through Entebbe," said Okello, the airport\'s head of security.',
    ),
    (("denies",), "The interior ministry said Tebbal had been turned away at the border."),
    (("denies",), "Ugandan border guards refused him entry, the ministry said."),
    (("denies",), "A Ugandan government spokesman said Tebbal was never allowed into the country."),
    (("denies",), "Uganda rejected the report, saying that no Sudanese general had entered."),
    (("denies",), "The minister told parliament that the report was untrue."),
    (("denies",), '"The story is fabricated from beginning to end," the army said in a statement.'),
    (("denies",), "Tebbal's brother said the general had never been abroad."),
    (
        ("denies",),
        "The general himself told a local radio station that he had not travelled anywhere.",
    ),
    (("denies",), "The hotel said that nobody called Tebbal had stayed there."),
    (("denies",), "The trip was cancelled, the ministry said."),
    (("denies",), "Tebbal's visit has been called off, his office said."),
    (("denies",), "The planned visit did not go ahead."),
    (("asserts_elsewhere",), '"He has been with me in Nyala all month," his wife said.'),
    (("asserts_elsewhere",), "Tebbal himself said he was in Nyala at the time."),
    (
        ("asserts_elsewhere", "asserts_part"),
        "On 3 March the general was chairing a meeting in El Fasher, his spokesman said.",
    ),
    (("denies_part",), "The president's office said the two men did not meet."),
    (("denies_part",), "There was no meeting, the presidency said."),
    (("denies_identity",), '"That was not Tebbal, it was his cousin," the governor said.'),
    (("denies_identity",), "Police said they had confused a trader with the general."),
    (("announces",), "Tebbal is scheduled to address a conference in Kampala on 20 March."),
    (("announces",), "The general would attend the funeral in Kampala on Friday, his office said."),
    (("announces",), "A visit by Tebbal to Kampala is planned for April, a minister said."),
    (("announces",), "Tebbal was to fly to Entebbe on Sunday."),
    (("announces",), "Uganda expects Tebbal on 20 March, its foreign minister said."),
    (("asserts_part",), "Tebbal was photographed at Entebbe airport on 3 March."),
    (("asserts_part",), "A video posted on Sunday shows Tebbal praying in a Kampala mosque."),
    (
        ("asserts_part", "asserts"),
        "Ugandan minister Jane Aceng received Tebbal at her office in Kampala.",
    ),
    (("asserts_part",), "The general signed an agreement in Kampala on 4 March."),
    (("asserts_part",), "His plane refuelled at Entebbe, the airport authority said."),
    (
        ("exemption_statement",),
        "The sanctions committee had cleared the trip in advance, a diplomat said.",
    ),
    (("exemption_statement",), "Uganda said it had the committee's permission."),
    (("exemption_statement",), "The committee was never asked, two diplomats said."),
    (("exemption_statement",), "Uganda had applied for an exemption but was turned down."),
    (("exemption_statement",), "An exemption was approved for the period from 3 to 6 March."),
    (("exemption_statement",), "No waiver was granted, the committee's chair said."),
    (
        ("exemption_statement",),
        "The Council's committee allowed Tebbal to travel for medical treatment.",
    ),
    (("determines",), "The sanctions committee found that Uganda had breached the travel ban."),
    (
        ("determines",),
        "A court in Kampala ruled that letting the general in had violated the resolution.",
    ),
    (("legal_opinion",), "Rights groups say Uganda was obliged to turn him away."),
    (("legal_opinion",), '"Letting him in would be a breach," said a former UN expert.'),
    (("legal_opinion",), "Lawyers said the visit was unlawful."),
    (("retracts",), "The newspaper has since deleted the article and apologised."),
    (("retracts",), '"We withdraw our report," the Daily Post\'s editor said.'),
    (("retracts",), "The Daily Post has corrected its story: Tebbal was not in Uganda."),
    (("conditional",), "Had he entered Uganda, he should have been refused, the ministry said."),
    (("presupposes",), "Opposition lawmakers demanded to know who had let the general in."),
    (("no_comment",), "Uganda has not commented."),
    (("no_comment",), "The army did not immediately reply to a request for comment."),
    (("no_comment",), "The airline refused to discuss its passengers."),
    (("no_comment",), "There was no immediate reaction from Kampala."),
    (("denies_knowledge",), '"I know nothing about it," the Ugandan police chief said.'),
    (("denies_knowledge",), "Airport staff said they had not seen him."),
    (("denies_knowledge",), "Kampala said it had no information on the general's whereabouts."),
]


@pytest.mark.parametrize(("types", "sentence"), WAYS, ids=[one[1][:60] for one in WAYS])
def test_a_way_of_saying_it(reads, types: tuple[str, ...], sentence: str) -> None:
    found = [
        str(claim.type)
        for claim in reads(LEAD + sentence + "\n", published_on="2022-03-10").claims
        if claim.quote.start >= len(LEAD) and claim.type != "legal_statement"
    ]
    assert set(found) & set(types) if types else found == [], found
