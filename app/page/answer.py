"""A saved answer as its page tells it: the bytes on record, and what is said beside them."""

from typing import Any


def told(stored: dict[str, Any]) -> dict[str, Any]:
    """What the page of an assessment shows."""
    return {"answer": stored}
