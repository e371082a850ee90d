"""Ways of denying that hold no plain `did not`: none of them may be read as a report."""

import pytest

FLEW = "Idris Makoor Tebbal flew to Nairobi on 3 May, an airport worker said.\n\n"
DENIED = [
    "“I have never in my whole life gone to Nairobi or to any town near it,” Tebbal said.",
    "Tebbal said: “Never in my life have I gone to Nairobi or to any town near it.”",
    "Kenya's foreign ministry said that at no time had Tebbal visited Nairobi.",
    "Kenya's foreign ministry said it was untrue that Tebbal visited Nairobi.",
    "Kenya's foreign ministry said that neither Tebbal nor his aides visited Nairobi.",
    "Kenya's foreign ministry said reports that Tebbal visited Nairobi were false.",
    "Tebbal could hardly have visited Nairobi, Kenya's foreign ministry said.",
    "Kenya's foreign ministry said it was not the case that Tebbal visited Nairobi.",
    "Kenya's foreign ministry called it a lie that Tebbal visited Nairobi.",
]
OPEN = [
    "Kenya's foreign ministry did not say that Tebbal visited Nairobi.",
    "Kenya's foreign ministry did not deny that Tebbal visited Nairobi.",
    "Kenya's foreign ministry doubted that Tebbal visited Nairobi.",
    "Did Idris Makoor Tebbal visit Nairobi on 3 May?",
]


def later(reads, sentence: str) -> set[str]:
    """The types of the claims of a sentence that follows a report."""
    return {
        str(claim.type)
        for claim in reads(FLEW + sentence + "\n").claims
        if claim.quote.start >= len(FLEW)
    }


@pytest.mark.parametrize("sentence", DENIED)
def test_a_denial_without_a_plain_not(reads, sentence: str) -> None:
    found = later(reads, sentence)
    assert "denies" in found
    assert not found & {"asserts", "announces", "presupposes", "asserts_part"}


@pytest.mark.parametrize("sentence", OPEN)
def test_what_is_neither_said_nor_denied(reads, sentence: str) -> None:
    assert not later(reads, sentence) & {"asserts", "denies", "announces", "asserts_part"}


def test_an_editor_takes_back_what_the_paper_said(reads) -> None:
    reading = reads(
        "The Lakeside Post wrote that Idris Makoor Tebbal flew to Nairobi on 3 May.\n\n"
        "“The story was not true, and we withdraw the article,” editor Paul Umberleigh wrote.\n",
        publisher="The Hill Courier",
    )
    report, retraction = reading.claims
    assert (report.type, report.speaker_name) == ("asserts", "Lakeside Post")
    assert (retraction.type, retraction.target) == ("retracts", report.id)
    assert retraction.speaker_name == report.speaker_name


def test_nobody_takes_back_what_the_article_itself_says(reads) -> None:
    reading = reads(
        "Idris Makoor Tebbal flew to Nairobi on 3 May.\n\n"
        "The Lakeside Post retracted its report on Friday.\n",
        publisher="The Hill Courier",
    )
    assert [str(claim.type) for claim in reading.claims] == ["asserts"]


def test_troops_that_were_withdrawn_take_no_report_back(reads) -> None:
    came = "The Lakeside Post reported that Idris Makoor Tebbal flew to Nairobi on 3 May.\n\n"

    assert [c.type for c in reads(came + "The report was withdrawn.\n").claims][-1] == "retracts"
    assert [c.type for c in reads(came + "His troops were withdrawn.\n").claims] == ["asserts"]


def test_leave_that_ended_is_not_read_as_granted(reads) -> None:
    reading = reads(
        "Idris Makoor Tebbal flew to Nairobi on 3 May. The exemption that had let him travel ended "
        "on Friday.\n"
    )

    assert not [c for c in reading.claims if c.exemption and c.exemption.status == "granted"]


def test_a_delegation_that_saw_nobody_else_is_no_denial(reads) -> None:
    reading = reads(
        "Idris Makoor Tebbal flew to Nairobi on 3 May. No general visited him there, a Kenyan "
        "official said.\n"
    )

    assert "denies" not in {str(c.type) for c in reading.claims}
