"""exemptions that an office records itself, and takes back"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "exemptions",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False, comment="content address of what was given"),
        sa.Column(
            "given",
            sa.Text(),
            nullable=True,
            comment="JSON as given; null in a row that takes back",
        ),
        sa.Column("because", sa.Text(), nullable=True, comment="why it was taken back"),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_exemptions")),
        comment=(
            "Exemptions that an office recorded, and took back: the newest row of an id decides."
        ),
    )
    op.create_index(op.f("ix_exemptions_id"), "exemptions", ["id"])
    op.create_index(op.f("ix_exemptions_recorded_at"), "exemptions", ["recorded_at"])


def downgrade() -> None:
    op.drop_table("exemptions")
