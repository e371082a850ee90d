"""Example questions: shown in the OpenAPI document, run by tests, assessed by `make run`.

Facts of a press story of August 2015 in the project's own words.
"""

from typing import Any

REPORT: dict[str, Any] = {
    "traveller": {
        "name": "Qasem Soleimani",
        "role": "commander of the Quds Force",
        "nationality": "IR",
    },
    "legs": [{"state": "RU", "place": "Moscow", "from": "2015-07-24", "kind": "entry"}],
    "claims": [
        {
            "id": "official",
            "type": "asserts",
            "speaker": "an Iranian official",
            "side": "anonymous",
            "named": False,
            "origin": "an Iranian official, to Reuters",
            "said_on": "2015-08-07",
        },
        {
            "id": "broadcaster",
            "type": "asserts",
            "speaker": "Fox News",
            "side": "press",
            "named": True,
            "origin": "Fox News",
        },
        {
            "id": "broadcaster-meetings",
            "type": "asserts_part",
            "speaker": "Fox News",
            "side": "press",
            "named": True,
            "origin": "Fox News",
            "part": {"kind": "meeting", "with": ["the President", "the Minister of Defence"]},
        },
        {
            "id": "secretary",
            "type": "presupposes",
            "speaker": {"name": "John Kerry", "role": "Secretary of State of the United States"},
            "speaker_state": "US",
            "side": "third_state",
            "named": True,
            "said_on": "2015-08-13",
        },
        {
            "id": "spokesman",
            "type": "conditional",
            "speaker": {"name": "John Kirby", "role": "spokesman of the State Department"},
            "speaker_state": "US",
            "side": "third_state",
            "named": True,
        },
        {
            "id": "denial",
            "type": "denies",
            "speaker": {"name": "Sergei Ryabkov", "role": "Deputy Foreign Minister"},
            "speaker_state": "RU",
            "side": "state_of_entry",
            "named": True,
            "first_hand": True,
            "said_on": "2015-08-14",
        },
        {
            "id": "no-knowledge",
            "type": "denies_knowledge",
            "speaker": {"name": "Sergei Ryabkov", "role": "Deputy Foreign Minister"},
            "speaker_state": "RU",
            "side": "state_of_entry",
            "named": True,
            "said_on": "2015-08-14",
        },
        {
            "id": "no-meeting",
            "type": "denies_part",
            "speaker": {"name": "Dmitry Peskov", "role": "spokesman of the Kremlin"},
            "speaker_state": "RU",
            "side": "state_of_entry",
            "named": True,
            "part": {"kind": "meeting", "with": ["the President"]},
        },
        {
            "id": "the-law",
            "type": "legal_statement",
            "speaker": "the article",
            "side": "press",
            "named": True,
            "published_on": "2015-08-15",
            "law": {"measure": "travel_ban, asset_freeze", "since": "2007"},
        },
    ],
}
"""A travel report on which the claims disagree."""

ARTICLE: dict[str, Any] = {
    "text": (
        "A general whom the United Nations bars from travelling was in Russia last month, "
        "an official in Tehran says.\n\n"
        "Qasem Soleimani, commander of the Quds Force, arrived in Moscow on 24 July, the Iranian "
        "official told Reuters on condition that he was not named.\n\n"
        "Russia's Deputy Foreign Minister Sergei Ryabkov denied on Friday that the general had "
        "visited Moscow.\n\n"
        "Soleimani has been under a UN travel ban since 2007.\n"
    ),
    "published_on": "2015-08-15",
    "title": "Tehran's general in Moscow, or not",
    "publisher": "The Example",
}
"""A text on which claims disagree, in the project's own words."""

REVIEW: dict[str, Any] = {
    "by": "A. Officer",
    "added": [
        {
            "claim": {
                "type": "no_comment",
                "speaker": "the Quds Force",
                "side": "traveller",
                "named": True,
            },
            "person": {
                "name": "Qasem Soleimani",
                "role": "commander of the Quds Force",
                "nationality": "IR",
                "reference": "IRi.039",
            },
            "legs": [{"state": "RU", "place": "Moscow", "from": "2015-07-24"}],
        }
    ],
}
"""What a reviewer adds; nothing that was read need be known for it."""

SCREENING: dict[str, Any] = {
    "name": "Ghasem Soleimani",
    "role": "commander of the Quds Force",
}
"""A name that two people on the Iran list bear, with what tells them apart."""

SCREENINGS: list[dict[str, Any]] = [SCREENING, {"name": "Ulvar Brandesko", "birth_date": "1961"}]
"""The same and an invented name, asked at once."""

EXEMPTION: dict[str, Any] = {
    "regime": "1988",
    "references": ["TAi.026"],
    "outcome": "granted",
    "authority": {"resolution": "S/RES/2255 (2015)", "paragraph": "1(b)", "adopted": "2015-12-21"},
    "state": "QA",
    "places": ["Doha"],
    "purpose": "an invented meeting, to show the form",
    "decided_on": "2034-02-27",
    "from": "2034-03-01",
    "until": "2034-03-05",
    "source": "invented, to show the form",
    "recorded_by": "A. Officer",
}
"""Leave to travel that an office read of and records; the year shows that it is invented."""

WITHDRAWAL: dict[str, Any] = {
    "because": "it was invented, to show the form",
    "recorded_by": "A. Officer",
}
"""Why an exemption that was recorded here counts no longer."""

STATEMENT: dict[str, Any] = {
    "reference": "IRi.039",
    "law": {"measure": "travel_ban", "since": "2007"},
    "as_of": "2015-08-15",
}
"""What newsrooms get wrong more than anything else."""

REGIME_STATEMENT: dict[str, Any] = {
    "regime": "1970",
    "law": {"measure": "travel_ban", "authority": "resolution 1970, paragraph 15"},
    "as_of": "2020-12-01",
}
"""What a text says of a regime, with the authority that it names."""

LIFTED_STATEMENT: dict[str, Any] = {
    "reference": "IRi.039",
    "law": {"measure": "travel_ban", "in_force": False, "until": "2020-10"},
}
"""A text that says that a measure has ended."""
