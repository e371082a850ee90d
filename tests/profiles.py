"""What Hypothesis does in a soak run, taken in by `pytest -p tests.profiles` alone.

Every round has another seed (`--hypothesis-seed`), and more examples where a test names no number
of its own.
"""

import os

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
