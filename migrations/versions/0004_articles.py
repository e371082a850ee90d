"""texts that were read, the answers about them, and their reviews"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "documents",
        sa.Column("sha256", sa.Text(), nullable=False, comment="of the text in UTF-8"),
        sa.Column(
            "text",
            sa.Text(),
            nullable=False,
            comment="as given: offsets count its code points",
        ),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_documents")),
        comment="Texts that were read.",
    )
    op.create_table(
        "articles",
        sa.Column(
            "id", sa.Text(), nullable=False, comment="content address of question and record"
        ),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False, comment="JSON; the text by its SHA-256"),
        sa.Column("answer", sa.Text(), nullable=False, comment="exactly as sent"),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("known_at", sa.Text(), nullable=False),
        sa.Column("record_digest", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.Column("replaces", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document"], ["documents.sha256"], name=op.f("fk_articles_document_documents")
        ),
        sa.ForeignKeyConstraint(
            ["replaces"], ["articles.id"], name=op.f("fk_articles_replaces_articles")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        comment="What was read in a text; a review is a new row that names the one looked at.",
    )
    op.create_index(
        op.f("ix_articles_document_recorded_at_id"), "articles", ["document", "recorded_at", "id"]
    )
    op.create_table(
        "article_reviews",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("given", sa.Text(), nullable=False, comment="JSON as given"),
        sa.Column("reviewed_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.id"], name=op.f("fk_article_reviews_article_articles")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_article_reviews")),
        comment=("What reviewers made of what was read; `article` is the answer that came of it."),
    )
    op.create_index(op.f("ix_article_reviews_article"), "article_reviews", ["article"])


def downgrade() -> None:
    op.drop_table("article_reviews")
    op.drop_table("articles")
    op.drop_table("documents")
