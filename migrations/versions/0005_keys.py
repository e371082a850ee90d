"""keys to the service, how they were taken back, and when they were last used"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "keys",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False, comment="who asks with it"),
        sa.Column(
            "hash",
            sa.Text(),
            nullable=False,
            comment="SHA-256 of the secret; it is kept nowhere",
        ),
        sa.Column("scopes", sa.Text(), nullable=False, comment="JSON: words, in their order"),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_keys")),
        comment="Keys to the service, as they were made.",
    )
    op.create_table(
        "key_revocations",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("revoked_at", sa.Text(), nullable=False),
        sa.Column("revoked_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["key"], ["keys.id"], name=op.f("fk_key_revocations_key_keys")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_key_revocations")),
        comment="Keys that are taken no longer, and why.",
    )
    op.create_table(
        "key_uses",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("used_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["key"], ["keys.id"], name=op.f("fk_key_uses_key_keys")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_key_uses")),
        comment="When each key was last used, to the minute: a table whose rows change.",
    )


def downgrade() -> None:
    op.drop_table("key_uses")
    op.drop_table("key_revocations")
    op.drop_table("keys")
