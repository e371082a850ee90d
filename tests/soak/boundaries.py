"""Every regime, every boundary instant of its law, every zone that a place may lie in."""

from app.jobs import shipped
from app.law.reach import Course
from app.terms import Certainty
from tests.law import plain
from tests.law.test_boundaries import LAW, PLAIN, PROFILES, asked, days_of, for_ever
from tests.soak.common import Finding, Part


def boundaries(part: Part) -> str:
    """All of them when time allows, else as many as it does, in random order."""
    places = shipped.tables().places
    zones = sorted({zone for place in places for zone in place.zones})
    found = {reference: plain.times(PLAIN, regime.id, reference) for regime, reference in PROFILES}
    courses = {
        reference: Course([for_ever(reference, regime)], LAW.regimes)
        for regime, reference in PROFILES
    }
    questions = [
        (reference, day, zone)
        for reference, times in found.items()
        for day in sorted({day for edge in plain.boundaries(times) for day in days_of(edge)})
        for zone in zones
    ]
    part.random.shuffle(questions)
    done = 0
    for number in part.rounds(len(questions)):
        if number == len(questions):
            break
        reference, day, zone = questions[number]
        answer = asked(courses[reference], day, [zone])
        said = (str(answer.standing), answer.certainty is Certainty.definite)
        expected = plain.standing(found[reference], day, zone)
        if said != expected:
            raise Finding(f"{reference} on {day} in {zone}: {said}, not {expected}")
        done += 1
    return (
        f"{done} of {len(questions)} questions ({len(courses)} readings of the law, days around "
        f"their boundaries, {len(zones)} zones) agree with a plain reading of the files"
    )
