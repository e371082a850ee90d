"""refresh: evidence that names what it is like, runs and their outcome, and who is at work"""

import zlib

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_SHARED = ("base", "same_before", "same_after")


def upgrade() -> None:
    # Added, not copied to a new table: other tables name this one's rows.
    for column in (
        sa.Column(
            "base",
            sa.Text(),
            nullable=True,
            comment="SHA-256 of the file that the body is cut from",
        ),
        sa.Column(
            "same_before",
            sa.Integer(),
            nullable=True,
            comment="bytes before the body, as in the base",
        ),
        sa.Column(
            "same_after",
            sa.Integer(),
            nullable=True,
            comment="bytes after the body, as in the base",
        ),
    ):
        op.add_column("list_files", column)
    if op.get_bind().dialect.supports_comments:
        op.alter_column("list_files", "body", comment="the bytes, compressed by zlib")
        op.alter_column("list_files", "size", comment="of the whole file")
        op.create_table_comment(
            "list_files", "The evidence: every list that was brought or fetched, byte for byte."
        )
    # Lists are compared by reference now, not by how many records a regime has.
    op.drop_column("snapshots", "regimes")
    op.create_table(
        "refreshes",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("run", sa.Text(), nullable=False),
        sa.Column("began_at", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.Text(), nullable=False),
        sa.Column(
            "held_by", sa.Text(), nullable=False, comment="the machine and process that ran it"
        ),
        sa.Column(
            "told_by",
            sa.Text(),
            nullable=False,
            comment="the run that wrote this row: mostly itself",
        ),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column(
            "stages",
            sa.Text(),
            nullable=False,
            comment="JSON: each stage that was done, in order",
        ),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["sha256"], ["list_files.sha256"], name=op.f("fk_refreshes_sha256_list_files")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_refreshes")),
        sa.UniqueConstraint("run", name=op.f("uq_refreshes_run")),
        comment="One row for each run of the refresh: what became of it.",
    )
    op.create_index(op.f("ix_refreshes_address_number"), "refreshes", ["address", "number"])
    op.create_table(
        "leases",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("run", sa.Text(), nullable=False),
        sa.Column("began_at", sa.Text(), nullable=False),
        sa.Column("held_by", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("stages", sa.Text(), nullable=False, comment="JSON: as in refreshes"),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
        comment="Who is at work now: the one table whose rows come and go.",
    )


def downgrade() -> None:
    op.drop_table("leases")
    op.drop_index(op.f("ix_refreshes_address_number"), "refreshes")
    op.drop_table("refreshes")
    op.add_column(
        "snapshots",
        sa.Column(
            "regimes",
            sa.Text(),
            nullable=False,
            server_default="{}",
            comment="JSON: UN_LIST_TYPE to number of records",
        ),
    )
    _make_whole()
    for name in reversed(_SHARED):
        op.drop_column("list_files", name)


def _make_whole() -> None:
    """Put back what a file shares with another: the older form keeps each file whole."""
    files = sa.table("list_files", *map(sa.column, ("sha256", "body", *_SHARED)))
    connection = op.get_bind()
    for row in connection.execute(sa.select(files).where(files.c.base.is_not(None))).all():
        # What a file is cut from is never cut itself.
        kept = connection.scalar(sa.select(files.c.body).where(files.c.sha256 == row.base))
        base = zlib.decompress(kept)
        end = base[len(base) - row.same_after :]
        body = zlib.compress(base[: row.same_before] + zlib.decompress(row.body) + end)
        connection.execute(sa.update(files).where(files.c.sha256 == row.sha256).values(body=body))
