"""where the lines are found that say which saved answers were erased"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_ERASED = sa.text("action = 'erase answer'")


def upgrade() -> None:
    op.create_index(
        "ix_audit_erased", "audit", ["subject"], sqlite_where=_ERASED, postgresql_where=_ERASED
    )


def downgrade() -> None:
    op.drop_index("ix_audit_erased", "audit")
