"""Every case of the casebook as a page, on paper and in the history, over real lists too.

The real lists are left out where they are not beside the checkout.
"""

from fastapi.testclient import TestClient

from app.api.limit import Limits
from app.desk import decoder
from app.jobs import shipped
from app.serve import create_app
from app.store import facts
from app.terms import Report
from tests.api.conftest import HOST
from tests.conftest import Clock
from tests.page.conftest import Visitor
from tests.page.shape import whole
from tests.soak.common import SHARED, Finding, Part, desk_over
from tests.test_cases import CASES

_LISTS = ("2015-03-27T173713", "2015-08-20T162134", "2025-11-15T230002", "2026-05-08T230006")


def pages(part: Part) -> str:
    """All cases when time allows, else as many as it does, in random order."""
    url = f"sqlite:///{part.folder / 'pages.sqlite3'}"
    facts.migrate(url)
    clock = Clock()
    with facts.open_store(url) as store:
        shipped.load(store, shipped.DATA, clock)
        desk = desk_over(store, shipped.tables(), clock)
        lists = [SHARED / "un_lists" / f"{name}.xml.xz" for name in _LISTS]
        for path in (path for path in lists if path.is_file()):
            desk.import_list(path.name, path.read_bytes(), False)
        application = create_app(desk, Limits(hosts=(HOST,)))
        visitor = Visitor(TestClient(application, follow_redirects=False))
        cases = list(CASES)
        part.random.shuffle(cases)
        done = 0
        for number in part.rounds(len(cases)):
            if number == len(cases):
                break
            case = cases[number]
            try:
                found = desk.ask(decoder(Report).validate_python(case.asked()))
            except ValueError:  # what is refused, or speaks of lists that are not here
                continue
            for address in (f"/assessments/{found.id}", f"/assessments/{found.id}/print"):
                _right(visitor, address, f"{case.file}: {case.name}")
            done += 1
        _right(visitor, "/history", "the history")
    return f"{done} of {len(cases)} cases as pages and on paper"


def _right(visitor: Visitor, address: str, name: str) -> None:
    page = visitor.open(address)
    if page.status_code != 200:
        raise Finding(f"{name}: {address} is answered by {page.status_code}")
    try:
        whole(page.text)
    except AssertionError as error:
        raise Finding(f"{name}: {address}: {error}") from error
