"""answers about texts in the order in which they were saved"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_articles_recorded_at_id"), "articles", ["recorded_at", "id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_articles_recorded_at_id"), table_name="articles")
