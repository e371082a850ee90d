"""Prints the OpenAPI document: `python scripts/openapi.py > openapi.json`.

The document is committed, so that whoever reads a change sees what it does to the wire.
"""

import json
import sys
from typing import cast

from fastapi import FastAPI

from app.desk import Desk
from app.serve import create_app


class NoDesk:
    """Stands where the desk would: writing the document asks nothing."""

    def warm(self) -> None:
        """There is nothing to warm."""


def text(app: FastAPI) -> str:
    """The document of an application, as it is committed."""
    return json.dumps(app.openapi(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text(create_app(cast(Desk, NoDesk()))))
