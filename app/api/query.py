"""The query of a request: nothing in it that a route does not name, and nothing twice."""

from starlette.requests import Request

from app.api.problem import Raised
from app.faults import LONGEST_NAME, FieldWrong


async def only_known(request: Request) -> None:
    """Refuse query parameters that a route does not name, or that come twice (it never waits)."""
    if not request.scope["query_string"]:
        return
    known = {field.alias for field in request.scope["route"].dependant.query_params}
    unknown = [name[:LONGEST_NAME] for name in sorted(set(request.query_params) - known)]
    if unknown:
        errors = tuple(FieldWrong(field=name, words="is not known here") for name in unknown)
        raise Raised("invalid-request", f"{unknown[0]}: is not known here", errors)
    names = [name for name, _ in request.query_params.multi_items()]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        errors = tuple(FieldWrong(field=name, words="is given twice") for name in twice)
        raise Raised("invalid-request", f"{twice[0]}: is given twice", errors)
