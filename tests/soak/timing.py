"""How long it takes to turn a key away: whether it is nearly right must not show."""

import random
import secrets
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from statistics import median

from app.keys import KeyAsked, Keys, Seen
from app.store import facts
from tests.conftest import Clock
from tests.soak.common import Finding, Part, new_sqlite

_FULL = 3000
_AT_ONCE = 100  # a clock is too coarse for one
_MOST = 1.2
"""The largest ratio of two medians: a comparison that ends early is a third faster, or more, and
two medians of the same work on a busy machine differ by some hundredths."""


def timing(part: Part) -> str:
    """Turn keys of each kind away in turn, and compare the medians."""
    with facts.open_store(f"sqlite:///{new_sqlite(part.folder)}") as store:
        keys = Keys(store, Clock(datetime(2026, 11, 24, 12, tzinfo=UTC)))
        made = [keys.create(KeyAsked(name="An office", scopes=()), "a test") for _ in range(20)]
        for one in made[10:]:
            keys.revoke(one.key.id, "a test", "a test")
        seen = keys.look()
    _, name, secret = made[0].text.split("_")
    wrong = "0" if secret[0] != "0" else "1"
    kinds = {
        "no such id": f"tb_{secrets.token_hex(6)}_{secret}",
        "wrong from the first digit": f"tb_{name}_{wrong}{secret[1:]}",
        "wrong in the last digit": f"tb_{name}_{secret[:-1]}{'0' if secret[-1] != '0' else '1'}",
        "another key's secret": f"tb_{made[1].key.id}_{secret}",
        "revoked": made[10].text,
    }
    taken = _taken(part, seen, kinds)
    middle = {kind: median(times) / _AT_ONCE for kind, times in taken.items()}
    ratio = max(middle.values()) / min(middle.values())
    told = ", ".join(f"{kind} {each / 1000:.2f} µs" for kind, each in middle.items())
    if ratio > _MOST:
        raise Finding(f"some keys are turned away {ratio:.3f} times as fast as others: {told}")
    return f"{len(next(iter(taken.values())))} rounds, ratio {ratio:.3f}: {told}"


def _taken(part: Part, seen: Seen, kinds: Mapping[str, str]) -> dict[str, list[int]]:
    """Nanoseconds of some at once, of each kind, in an order that is another each round."""
    taken: dict[str, list[int]] = {kind: [] for kind in kinds}
    order = list(kinds)
    draw = random.Random(part.seed)
    for _ in part.rounds(_FULL):
        draw.shuffle(order)
        for kind in order:
            text = kinds[kind]
            begun = time.perf_counter_ns()
            for _ in range(_AT_ONCE):
                seen.owner(text)
            taken[kind].append(time.perf_counter_ns() - begun)
    return taken
