"""What a soak run does otherwise, taken in by `pytest -p tests.profiles` alone.

Every round has another seed (`--hypothesis-seed`), which puts the tests in another order too, and
Hypothesis draws more examples where a test names no number of its own.
"""

import os
import random

import pytest
from hypothesis import settings

settings.register_profile(
    "soak",
    max_examples=int(os.environ.get("TRAVELBAN_HYPOTHESIS_EXAMPLES", "1000")),
    derandomize=False,
    deadline=None,
    database=None,
    print_blob=True,
)
settings.load_profile("soak")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Time may be up before the last test: in the next run it is another that is left out."""
    random.Random(config.getoption("hypothesis_seed")).shuffle(items)
