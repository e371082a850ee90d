"""Runs the migrations: on the connection that the program hands over, or on the database that
TRAVELBAN_DATABASE_URL names, while nobody else writes facts or migrates."""

import os
import sys

from alembic import context
from sqlalchemy import Connection

from app.settings import read_settings
from app.store.facts import open_store, writer_done
from app.store.tables import metadata


def run(connection: Connection) -> None:
    """Run the migrations in the caller's transaction: all of them, or none."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        # SQLite's DDL is transactional too; only its Python driver used to say otherwise.
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


handed_over: Connection | None = context.config.attributes.get("connection")
if handed_over is not None:
    run(handed_over)
elif os.environ.get("TRAVELBAN_DATABASE_URL"):
    with open_store(read_settings().database_url) as store, store.writing() as own:
        writer_done(own)
        run(own)
else:
    sys.exit("TRAVELBAN_DATABASE_URL is not set: which database?")
