"""the chain of the audit, what a line is about, and what was asked in words

Lines that are here get their links with the next line that is written. Nothing that was on record
changes, and an older version that still runs goes on writing lines without the new columns.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_GUARDED = ("audit", "audit_links")
_NEW = {
    "subject": "id or digest of what it is about",
    "record_digest": "the record that was looked at",
    "content_digest": "SHA-256 of the rows it is about",
}


def upgrade() -> None:
    for name, comment in _NEW.items():
        op.add_column("audit", sa.Column(name, sa.Text(), nullable=True, comment=comment))
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "audit_links",
        sa.Column("seq", number, autoincrement=False, nullable=False),
        sa.Column(
            "digest",
            sa.Text(),
            nullable=False,
            comment="SHA-256 of the link before and of the line",
        ),
        sa.ForeignKeyConstraint(["seq"], ["audit.seq"], name=op.f("fk_audit_links_seq_audit")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_links")),
        comment="The chain of the audit: one link for each line.",
    )
    op.create_table(
        "audit_questions",
        sa.Column("seq", number, autoincrement=False, nullable=False),
        sa.Column(
            "salt", sa.Text(), nullable=True, comment="goes before the words in their digest"
        ),
        sa.Column(
            "question",
            sa.Text(),
            nullable=True,
            comment="JSON; null where only the digest is kept",
        ),
        sa.ForeignKeyConstraint(["seq"], ["audit.seq"], name=op.f("fk_audit_questions_seq_audit")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_questions")),
        comment="What was asked in words: the one table of the audit that can be erased.",
    )
    _guard()


def _guard() -> None:
    """Lines and links are refused any change by the database itself."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION audit_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the audit is only added to'; END $$"
        )
        for table in _GUARDED:
            op.execute(
                f"CREATE TRIGGER {table}_only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE "
                f"ON {table} FOR EACH STATEMENT EXECUTE FUNCTION audit_is_only_added_to()"
            )
        return
    for table in _GUARDED:
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'the audit is only added to'); END"
            )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in _GUARDED:
            op.execute(f"DROP TRIGGER {table}_only_added_to ON {table}")
        op.execute("DROP FUNCTION audit_is_only_added_to()")
    else:
        for table in _GUARDED:
            for act in ("update", "delete"):
                op.execute(f"DROP TRIGGER {table}_no_{act}")
    op.drop_table("audit_questions")
    op.drop_table("audit_links")
    for name in reversed(_NEW):
        op.drop_column("audit", name)
