"""Whose name stands under what is given: that of the key, where keys are asked for."""

from collections.abc import Iterable

from app.assessment.report import Fault, Refused


def signature(field: str, said: str | None, who: str | None) -> str:
    """Who puts a name under what is given: whoever the key is of, else whom the body names.

    `who` is null where there are no keys. Refused where the body names nobody then, or, with a
    key, somebody else.
    """
    if who is None and said is None:
        raise Refused((Fault(field=field, words="is missing"),))
    only_own(((field, said),), who)
    return str(who or said)


def only_own(said: Iterable[tuple[str, str | None]], who: str | None) -> None:
    """Refused where a field, of those that say whose word something is, names somebody else.

    `who` is null where there are no keys: then whoever is named is named.
    """
    if who is None:
        return
    words = f"is not {who}, whose key this is"
    faults = tuple(
        Fault(field=field, words=words) for field, name in said if name not in (None, who)
    )
    if faults:
        raise Refused(faults)
