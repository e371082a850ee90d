"""Dates in texts: which expressions are found, and which days they mean."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reading.dates import Interval, Precision, dates, resolve

SATURDAY = date(2015, 8, 15)


def meant(text: str, anchor: date = SATURDAY, future: bool = False) -> list[str]:
    """Each expression with its days and its precision, in short."""
    found = []
    for one in dates(text):
        days = resolve(one, anchor, future)
        last = "" if days.to == days.from_ else f"..{days.to}"
        found.append(f"{one.text}: {days.from_}{last} {days.precision}")
    return found


def only(text: str, anchor: date = SATURDAY, future: bool = False) -> Interval:
    (one,) = dates(text)
    return resolve(one, anchor, future)


# ---------------------------------------------------------------- days, months, years


@pytest.mark.parametrize(
    "written",
    [
        "July 24", "24 July", "24th of July", "July 24th", "the 24th of July", "Jul. 24",
        "24 July 2015", "July 24, 2015", "JULY 24, 2015", "2015-07-24", "24.07.2015", "24/7/2015",
        "7/24/2015", "Friday, July 24", "Friday 24 July 2015", "24 July this year", "July the 24th",
        "24-Jul-2015", "Fri., Jul. 24", "the 24th of last month",
    ],
)  # fmt: skip
def test_a_day_is_found_whole_and_alone(written: str) -> None:
    assert meant(f"The envoy flew in on {written}, an aide said.") == [f"{written}: 2015-07-24 day"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("July 2015", "2015-07-01..2015-07-31 month"),
        ("May 2014", "2014-05-01..2014-05-31 month"),
        ("April of 2014", "2014-04-01..2014-04-30 month"),
        ("July", "2015-07-01..2015-07-31 month"),
        ("September", "2014-09-01..2014-09-30 month"),
        ("July last year", "2014-07-01..2014-07-31 month"),
        ("last July", "2015-07-01..2015-07-31 month"),
        ("last August", "2014-08-01..2014-08-31 month"),
        ("2014", "2014-01-01..2014-12-31 year"),
        ("early July", "2015-07-01..2015-07-10 days"),
        ("mid-July", "2015-07-11..2015-07-20 days"),
        ("late February 2012", "2012-02-19..2012-02-29 days"),
        ("the end of last month", "2015-07-21..2015-07-31 days"),
        ("the beginning of 2015", "2015-01-01..2015-04-30 season"),
        ("the end of the year", "2015-09-01..2015-12-31 season"),
        ("the second half of July", "2015-07-16..2015-07-31 days"),
        ("spring 2019", "2019-03-01..2019-05-31 season"),
        ("the summer of 2013", "2013-06-01..2013-08-31 season"),
        ("last summer", "2014-06-01..2014-08-31 season"),
        ("the spring", "2015-03-01..2015-05-31 season"),
        ("the first weekend of March", "2015-03-07..2015-03-08 weekend"),
        ("the second week of May", "2015-05-08..2015-05-14 week"),
        ("the last week of July", "2015-07-25..2015-07-31 week"),
        ("the last Friday of July", "2015-07-31 day"),
        ("the first days of March", "2015-03-01..2015-03-10 days"),
        ("the week of 5 March", "2015-03-02..2015-03-08 week"),
        ("first week of May", "2015-05-01..2015-05-07 week"),
    ],
)  # fmt: skip
def test_months_years_and_parts_of_them(written: str, expected: str) -> None:
    assert meant(f"It happened in {written}.") == [f"{written}: {expected}"]


def test_a_winter_with_a_year_may_be_either_that_touches_it() -> None:
    found = only("in the winter of 2019")
    assert (found.from_, found.to) == (date(2018, 12, 1), date(2020, 2, 29))


def test_a_day_without_its_month_is_the_nearest() -> None:
    assert meant("He left on the 24th.") == ["the 24th: 2015-07-24 day"]
    assert meant("He leaves on the 24th.", future=True) == ["the 24th: 2015-08-24 day"]
    assert meant("He left on the 31st.", date(2015, 7, 2)) == ["the 31st: 2015-05-31 day"]


# ---------------------------------------------------------------- counted from the anchor


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Friday", "2015-08-14 day"),
        ("Saturday", "2015-08-15 day"),
        ("last Friday", "2015-08-14 day"),
        ("last Saturday", "2015-08-08 day"),
        ("this Friday", "2015-08-14 day"),
        ("next Friday", "2015-08-21 day"),
        ("Friday last week", "2015-08-07 day"),
        ("Friday night", "2015-08-14 day"),
        ("late Friday", "2015-08-14 day"),
        ("today", "2015-08-15 day"),
        ("tonight", "2015-08-15 day"),
        ("yesterday", "2015-08-14 day"),
        ("tomorrow", "2015-08-16 day"),
        ("the day before yesterday", "2015-08-13 day"),
        ("last week", "2015-08-03..2015-08-09 week"),
        ("this week", "2015-08-10..2015-08-16 week"),
        ("next week", "2015-08-17..2015-08-23 week"),
        ("the week before last", "2015-07-27..2015-08-02 week"),
        ("last month", "2015-07-01..2015-07-31 month"),
        ("next month", "2015-09-01..2015-09-30 month"),
        ("last year", "2014-01-01..2014-12-31 year"),
        ("two days ago", "2015-08-13 day"),
        ("10 days ago", "2015-08-05 day"),
        ("a week ago", "2015-08-03..2015-08-09 week"),
        ("three weeks ago", "2015-07-20..2015-07-26 week"),
        ("a fortnight ago", "2015-07-27..2015-08-02 week"),
        ("three weeks' time", "2015-08-31..2015-09-06 week"),
        ("earlier this week", "2015-08-10..2015-08-15 days"),
        ("late last week", "2015-08-06..2015-08-09 days"),
    ],
)  # fmt: skip
def test_expressions_seen_from_the_day_of_publication(written: str, expected: str) -> None:
    assert meant(f"An aide said {written} that he had gone.") == [f"{written}: {expected}"]


@pytest.mark.parametrize(
    ("written", "anchor", "future", "saturday"),
    [
        ("over the weekend", SATURDAY, False, "2015-08-15"),
        ("over the weekend", date(2015, 8, 17), False, "2015-08-15"),
        ("at the weekend", date(2015, 8, 14), True, "2015-08-15"),
        ("last weekend", SATURDAY, False, "2015-08-08"),
        ("last weekend", date(2015, 8, 19), False, "2015-08-15"),
        ("next weekend", date(2015, 8, 14), True, "2015-08-22"),
    ],
)
def test_weekends(written: str, anchor: date, future: bool, saturday: str) -> None:
    found = only(f"He was there {written}.", anchor, future)
    assert found.from_.isoformat() == saturday
    assert (found.to - found.from_).days == 1
    assert found.precision is Precision.weekend


def test_a_verb_that_looks_ahead_takes_the_next() -> None:
    text = "He is to arrive on Friday, on 9 October, in March, or in July 2014."
    assert meant(text, future=True) == [
        "Friday: 2015-08-21 day",
        "9 October: 2015-10-09 day",
        "March: 2016-03-01..2016-03-31 month",
        "July 2014: 2014-07-01..2014-07-31 month",
    ]


def test_what_counts_from_another_date_says_so() -> None:
    text = "He landed on 4 March and flew home two days later; the next day an aide spoke."
    found = dates(text)
    assert [one.relative_to_previous for one in found] == [False, True, True]
    landed = resolve(found[0], date(2021, 3, 12), False)
    left = resolve(found[1], landed.from_, False)
    assert left.from_ == date(2021, 3, 6)
    assert left.inferred == "counted from another date of the text"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("the previous Friday", "2021-03-05"),
        ("the following Friday", "2021-03-12"),
        ("that Monday", "2021-03-01"),
        ("the same day", "2021-03-06"),
        ("the day before", "2021-03-05"),
        ("ten days earlier", "2021-02-24"),
        ("two days after", "2021-03-08"),
    ],
)
def test_expressions_seen_from_another_date(written: str, expected: str) -> None:
    (one,) = dates(f"It was so {written}, an aide said.")
    assert (one.text, one.relative_to_previous) == (written, True)
    assert resolve(one, date(2021, 3, 6), False).from_.isoformat() == expected


def test_later_in_a_time_told_of_counts_from_there_too() -> None:
    (one,) = dates("He left later that month.")
    assert one.relative_to_previous
    assert resolve(one, date(2021, 3, 6), False).to == date(2021, 3, 31)


# ---------------------------------------------------------------- spans and lists


@pytest.mark.parametrize(
    "written",
    [
        "9 to 16 October", "9–16 October", "9 October to 16 October", "October 9-16",
        "9th to 16th of October", "October 9 to October 16", "9 October – 16 October",
    ],
)  # fmt: skip
def test_a_span_is_one_expression(written: str) -> None:
    text = f"The grant covers {written}, they wrote."
    assert meant(text, future=True) == [f"{written}: 2015-10-09..2015-10-16 days"]
    assert meant(text) == [f"{written}: 2014-10-09..2014-10-16 days"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("between 9 and 16 October", ["9 and 16 October: 2014-10-09..2014-10-16 days"]),
        ("on 3/4 March", ["3/4 March: 2015-03-03..2015-03-04 days"]),
        ("on March 3 and 4", ["March 3: 2015-03-03 day", "4: 2015-03-04 day"]),
        ("on March 3 and 4, 2014", ["March 3: 2014-03-03 day", "4, 2014: 2014-03-04 day"]),
        ("on March 3 and 4 men", ["March 3: 2015-03-03 day"]),
        (
            "from late March to early April",
            ["late March to early April: 2015-03-21..2015-04-10 days"],
        ),
        ("on 9 and 16 October", ["9: 2014-10-09 day", "16 October: 2014-10-16 day"]),
        ("30 September to 2 October", ["30 September to 2 October: 2014-09-30..2014-10-02 days"]),
        ("30 December–2 January 2015", ["30 December–2 January 2015: 2014-12-30..2015-01-02 days"]),
        ("from March to May 2014", ["March to May 2014: 2014-03-01..2014-05-31 month"]),
        ("between 2012 and 2014", ["2012 and 2014: 2012-01-01..2014-12-31 year"]),
        ("from Monday to Wednesday", ["Monday to Wednesday: 2015-08-10..2015-08-12 days"]),
        (
            "in March and April 2013",
            ["March: 2013-03-01..2013-03-31 month", "April 2013: 2013-04-01..2013-04-30 month"],
        ),
    ],
)
def test_spans_and_lists(text: str, expected: list[str]) -> None:
    assert meant(f"He was there {text}.") == expected


def test_a_span_that_has_begun_is_still_the_one_meant() -> None:
    text = "He is there from 9 to 16 October."
    assert only(text, date(2015, 10, 12), True).from_ == date(2015, 10, 9)


# ---------------------------------------------------------------- what is said in words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("on July 24", "year from the publication date"),
        ("on July 24, 2015", None),
        ("on 9 October", "year from the publication date, the latest such day before it"),
        ("on Friday", "weekday before the publication day"),
        ("on Saturday", "the publication day is a Saturday"),
        ("last week", "the Monday-to-Sunday week before that of the publication day"),
        ("on or about 24 July 2015", "the text itself says about"),
        ("on 5/6/2015", "day and month may stand the other way round"),
        ("on Thursday, 24 July 2015", "the text calls it a Thursday, and it is none"),
    ],
)
def test_what_was_supplied_is_said(text: str, words: str | None) -> None:
    assert only(text).inferred == words


def test_a_weekday_beside_the_day_tells_its_year() -> None:
    assert only("on Thursday, 9 October").from_ == date(2014, 10, 9)
    assert only("on Friday, 9 October").from_ == date(2015, 10, 9)


def test_numbers_alone_are_read_day_first_where_they_can_be() -> None:
    found = [(one.ambiguous, resolve(one, SATURDAY, False).from_) for one in dates("5/6/2015")]
    assert found == [(True, date(2015, 6, 5))]
    assert not dates("6/30/2015")[0].ambiguous


# ---------------------------------------------------------------- what is no date


@pytest.mark.parametrize(
    "text",
    [
        "He brought S-300 missiles.",
        "Resolution 1929 (2010), paragraph 10, binds.",
        "The 1718 Committee and the 1988 Committee met.",
        "It cost $2015 and 2,015 euros.",
        "2007 men came; a crowd of 2007 men.",
        "The man, 24, has 31 sons aged 9 to 16.",
        "It may rain. They march on. Mrs May said so. March on Rome!",
        "Jan Egeland met August Hanning and June Carter.",
        "The Sunday Times and the 14 July Bridge.",
        "on the 24th floor, in the 19th century, the 20th anniversary",
        "31 April, 30 February 2015, 29 February 2015, 2015-13-01, 31.04.2015, 0 May",
        "Good Friday. The spring of a watch. A fall. Second place.",
        "by 1970 (2011) and of 1973 (2011)",
        "March 10,000 kilometres. Flight 2015. Room 2015.",
        "version 24.07.2015.3",
        "They decide within two days and in a week.",
    ],
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert meant(text) == []


def test_the_29th_of_february_is_of_a_year_that_has_one() -> None:
    assert only("on 29 February").from_ == date(2012, 2, 29)
    assert only("on 29 February", future=True).from_ == date(2016, 2, 29)


def test_the_full_stop_of_a_sentence_is_not_of_the_date() -> None:
    assert meant("It was 5 May. 10 men came in March. 5 men left on 24 Sept. Then, no more.") == [
        "5 May: 2015-05-05 day",
        "March: 2015-03-01..2015-03-31 month",
        "24 Sept: 2014-09-24 day",
    ]


def test_a_line_may_end_within_a_date() -> None:
    assert meant("on 24\nJuly\n2015 and last\n  week") == [
        "24\nJuly\n2015: 2015-07-24 day",
        "last\n  week: 2015-08-03..2015-08-09 week",
    ]


# ---------------------------------------------------------------- whatever the text

WORDS = (
    "July 24 May March 2015 1999 31 9 16 to and – - , . the first last next this week weekend of "
    "in on from between Friday Sunday two days ago later earlier early mid late end summer winter "
    "today th st 's ' / 24/7/2015 2015-07-24 a an é 𝔇 \n February 29 year month time laſt weeK ٣"
)
PIECES = WORDS.split(" ")
TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).flatmap(
    lambda pieces: st.sampled_from([" ", "", "  "]).map(lambda gap: gap.join(pieces))
)


@given(text=st.one_of(TEXTS, st.text(max_size=60)), anchor=st.dates(), future=st.booleans())
def test_each_expression_stands_in_the_text_and_means_some_days(
    text: str, anchor: date, future: bool
) -> None:
    end = 0
    for one in dates(text):
        assert end <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.text
        assert not one.text[0].isspace()
        assert not one.text[-1].isspace()
        days = resolve(one, anchor, future)
        assert days.from_ <= days.to
        end = one.end


@given(text=TEXTS, before=st.sampled_from(["", "Said she. ", "In Paris, "]))
def test_what_stands_before_a_sentence_changes_nothing(text: str, before: str) -> None:
    """Apart from the word just before, which may be a cue."""
    alone = [(one.start, one.end) for one in dates("Now. " + text)]
    moved = [(one.start, one.end) for one in dates(before + "Now. " + text)]
    assert moved == [(start + len(before), end + len(before)) for start, end in alone]
