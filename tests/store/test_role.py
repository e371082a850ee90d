"""The role under which the service runs on PostgreSQL: it does all of its work, and no more."""

import re
import secrets
from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import Table, delete, text, update
from sqlalchemy.exc import DBAPIError

from app.desk import Desk
from app.store import facts, sessions, tables
from app.terms import Policy
from app.terms import Tables as NameTables
from tests.conftest import ROOT, Clock, make_desk
from tests.filled import fill as fill_every_table
from tests.tampering import findings

CHANGED = {tables.leases, tables.key_uses}
DELETED = {tables.leases, tables.audit_questions, tables.sessions}


def documented() -> str:
    """What docs/operations.md tells the owner to run."""
    page = (ROOT / "docs/operations.md").read_text("utf-8")
    section = page.partition("## A role that cannot change the audit\n")[2].partition("\n## ")[0]
    (found,) = re.findall(r"^```sql\n(.*?)^```$", section, re.DOTALL | re.MULTILINE)
    return str(found)


@pytest.fixture
def serving(postgres_url: str) -> Iterator[str]:
    """The address of a database for a role that was made as the documents say."""
    role = f"checker_{secrets.token_hex(4)}"
    with psycopg.connect(postgres_url, autocommit=True) as owner:
        (name,) = owner.execute("SELECT current_user").fetchone() or ("",)
        owner.execute(f"CREATE ROLE {role}".encode())
        try:
            told = documented().replace("FOR ROLE travelban ", f'FOR ROLE "{name}" ')
            owner.execute(told.replace("checker", role).encode())
            # Whoever tests may become any role; a login would need a password here and there.
            join = "&" if "?" in postgres_url else "?"
            yield f"{postgres_url}{join}options=-c%20role%3D{role}"
        finally:
            owner.execute(f"DROP OWNED BY {role}".encode())
            owner.execute(f"DROP ROLE {role}".encode())


@pytest.fixture
def served(serving: str, tables: NameTables, policy: Policy, clock: Clock) -> Iterator[Desk]:
    """A desk of that role."""
    facts.migrate(serving)  # it has the newest form: nothing is to be done
    with facts.open_store(serving) as store:
        yield make_desk(store, tables, policy, clock)


def refused(desk: Desk, statement: object) -> bool:
    """Whether the database forbids a statement to this role, whatever triggers say."""
    try:
        with desk.store.writing() as connection:
            connection.execute(statement)  # type: ignore[call-overload]
    except DBAPIError as error:
        return "permission denied" in str(error.orig) or "must be owner" in str(error.orig)
    return False


def may(desk: Desk, act: str) -> set[Table]:
    """The tables on which the role may do something, as the database says."""
    with desk.store.reading() as connection:
        asked = text("SELECT has_table_privilege(:table, :act)")
        return {
            table
            for name, table in tables.metadata.tables.items()
            if connection.scalar(asked, {"table": name, "act": act})
        }


def test_the_service_does_all_of_its_work_and_changes_no_line(served: Desk, clock: Clock) -> None:
    # Lists, law, screening, assessment, article, review, exemptions, keys and the refresh.
    fill_every_table(served, clock)
    assert served.erase_questions("an officer", before="2999-01-01T00:00:00.000000Z") > 0
    with served.store.writing() as connection:
        sessions.end(connection, "a" * 64)
    assert findings(served.store) == []

    for table in (tables.audit, tables.audit_links):
        assert refused(served, update(table).values(seq=99))
        assert refused(served, delete(table))
        assert refused(served, text(f"TRUNCATE {table.name} CASCADE"))
        assert refused(served, text(f"ALTER TABLE {table.name} DISABLE TRIGGER USER"))
    every = set(tables.metadata.tables.values())
    assert may(served, "SELECT") == may(served, "INSERT") == every
    assert may(served, "UPDATE") == CHANGED
    assert may(served, "DELETE") == DELETED
    assert may(served, "TRUNCATE") == may(served, "TRIGGER") == set()
    assert findings(served.store) == []
