"""Lists of invented people, in the UN's layout."""

from collections.abc import Mapping

PEOPLE = {
    "ZZi.001": ("ARDAN", "VELUR"),
    "ZZi.002": ("BESNA", "TOMIK"),
    "ZZi.003": ("CORVAN", "ILMARA"),
    "ZZi.004": ("DURESH", "PAKON"),
}


def xml(
    generated: str,
    people: Mapping[str, tuple[str, str]] = PEOPLE,
    comments: str = "A member of the invented council, and of the others.",
    regime: str = "Invented",
    more: str = "",
) -> bytes:
    """A list of individuals; `more` goes into each record."""
    records = "".join(
        f"""
    <INDIVIDUAL>
      <FIRST_NAME>{first}</FIRST_NAME><SECOND_NAME>{second}</SECOND_NAME>
      <UN_LIST_TYPE>{regime}</UN_LIST_TYPE><REFERENCE_NUMBER>{reference}</REFERENCE_NUMBER>
      <LISTED_ON>2010-01-02</LISTED_ON><COMMENTS1>{comments}</COMMENTS1>{more}
    </INDIVIDUAL>"""
        for reference, (first, second) in people.items()
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<CONSOLIDATED_LIST dateGenerated="{generated}">'
        f"<INDIVIDUALS>{records}</INDIVIDUALS><ENTITIES/></CONSOLIDATED_LIST>"
    ).encode()


def only(*references: str) -> dict[str, tuple[str, str]]:
    """Some of the people."""
    return {reference: PEOPLE[reference] for reference in references}
