"""first tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assessments",
        sa.Column(
            "id", sa.Text(), nullable=False, comment="content address of question and record"
        ),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False, comment="exactly as sent"),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("known_at", sa.Text(), nullable=False),
        sa.Column("record_digest", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.Column("replaces", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["replaces"], ["assessments.id"], name=op.f("fk_assessments_replaces_assessments")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessments")),
        comment="Answers; a new look at an old question is a new row that names the old one.",
    )
    op.create_index(op.f("ix_assessments_recorded_at_id"), "assessments", ["recorded_at", "id"])
    op.create_table(
        "audit",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("question_digest", sa.Text(), nullable=True),
        sa.Column("answer_digest", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
        comment="Who did what, when; written in the transaction of its effect.",
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_audit_at"), "audit", ["at"])
    op.create_table(
        "entries",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False, comment="SHA-256 of the JSON"),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column(
            "body",
            sa.LargeBinary(),
            nullable=False,
            comment="JSON of the record, compressed by zlib",
        ),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_entries")),
        sa.UniqueConstraint("digest", name=op.f("uq_entries_digest")),
        comment="Records as lists hold them; one that many lists hold alike is stored once.",
    )
    op.create_index(op.f("ix_entries_reference"), "entries", ["reference"])
    op.create_table(
        "law_versions",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False, comment="JSON: path below data/ to text"),
        sa.PrimaryKeyConstraint("digest", "recorded_at", name=op.f("pk_law_versions")),
        comment="The legal record, whole, each time that it differed from the one before.",
    )
    op.create_index(op.f("ix_law_versions_recorded_at"), "law_versions", ["recorded_at"])
    op.create_table(
        "list_files",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column(
            "body", sa.LargeBinary(), nullable=False, comment="the XML bytes, compressed by zlib"
        ),
        sa.Column("size", sa.Integer(), nullable=False, comment="of the XML bytes"),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_list_files")),
        comment="The evidence: every list that could be read, byte for byte.",
    )
    op.create_table(
        "assessment_references",
        sa.Column("assessment", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment"],
            ["assessments.id"],
            name=op.f("fk_assessment_references_assessment_assessments"),
        ),
        sa.PrimaryKeyConstraint("assessment", "reference", name=op.f("pk_assessment_references")),
        comment="Whom an answer speaks of.",
    )
    op.create_index(
        op.f("ix_assessment_references_reference"), "assessment_references", ["reference"]
    )
    op.create_table(
        "snapshots",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("list_kind", sa.Text(), nullable=False),
        sa.Column("generated", sa.Text(), nullable=False),
        sa.Column("generated_as_written", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("individuals", sa.Integer(), nullable=False),
        sa.Column("entities", sa.Integer(), nullable=False),
        sa.Column(
            "records", sa.Text(), nullable=False, comment="JSON: numbers of its entries, ascending"
        ),
        sa.Column(
            "regimes", sa.Text(), nullable=False, comment="JSON: UN_LIST_TYPE to number of records"
        ),
        sa.Column("unknown_elements", sa.Text(), nullable=False, comment="JSON: paths"),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sha256"], ["list_files.sha256"], name=op.f("fk_snapshots_sha256_list_files")
        ),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_snapshots")),
        comment="What each list says of itself, and which records it holds.",
    )
    op.create_index(op.f("ix_snapshots_recorded_at"), "snapshots", ["recorded_at"])
    op.create_table(
        "decisions",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sha256"], ["snapshots.sha256"], name=op.f("fk_decisions_sha256_snapshots")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_decisions")),
        comment="Whether a list is on record: the newest decision decides.",
    )
    op.create_index(op.f("ix_decisions_recorded_at"), "decisions", ["recorded_at"])
    op.create_index(op.f("ix_decisions_sha256"), "decisions", ["sha256"])


def downgrade() -> None:
    op.drop_table("decisions")
    op.drop_table("snapshots")
    op.drop_table("assessment_references")
    op.drop_table("list_files")
    op.drop_table("law_versions")
    op.drop_table("entries")
    op.drop_table("audit")
    op.drop_table("assessments")
