"""Texts and what was answered about them: once, exactly, the newest found, nothing overwritten."""

from alembic import command
from alembic.config import Config
from sqlalchemy import inspect

from app.store import articles, facts
from app.store.articles import SavedArticle
from app.store.facts import Store
from tests.conftest import ROOT

TEXT = "سلیمانی — «Москва»\r\n\tend"
NAME = "d" * 64


def saved(
    number: int, second: int, answer: str = "{}", replaces: int | None = None
) -> SavedArticle:
    return SavedArticle(
        id=f"{number:064x}",
        document=NAME,
        question="{}",
        answer=answer,
        engine="0.1.0",
        known_at="2026-06-01T00:00:00.000000Z",
        record_digest="0" * 64,
        recorded_at=f"2026-06-01T00:00:{second:02}.000000Z",
        replaces=None if replaces is None else f"{replaces:064x}",
    )


def keep(store: Store, item: SavedArticle) -> bool:
    with store.writing() as connection:
        articles.add_document(connection, NAME, TEXT, item.recorded_at)
        return articles.save(connection, item)


def test_a_text_and_its_answer_come_back_exactly(store: Store) -> None:
    item = saved(1, 1, answer='{"words": "A said: سلیمانی \\u0000"}')
    assert keep(store, item)
    with store.reading() as connection:
        assert articles.text(connection, NAME) == TEXT
        assert articles.get(connection, item.id) == item
        assert articles.newest(connection, NAME) == item
        assert articles.get(connection, "nothing") is None
        assert articles.newest(connection, "nothing") is None
        assert articles.text(connection, "nothing") is None


def test_nothing_is_overwritten(store: Store) -> None:
    assert keep(store, saved(1, 1))
    assert not keep(store, saved(1, 2, answer="[]"))
    with store.writing() as connection:
        articles.add_document(connection, NAME, "another", "2027-01-01T00:00:00.000000Z")
    with store.reading() as connection:
        assert articles.get(connection, f"{1:064x}") == saved(1, 1)
        assert articles.text(connection, NAME) == TEXT


def test_the_answers_about_a_text_with_who_reviewed(store: Store) -> None:
    assert keep(store, saved(1, 1))
    assert keep(store, saved(2, 3, replaces=1))
    assert keep(store, saved(3, 2))
    with store.writing() as connection:
        articles.add_review(
            connection, article=f"{2:064x}", given="{}", reviewed_by="A. Officer", recorded_at="x"
        )
    with store.reading() as connection:
        first, second, third = articles.of_document(connection, NAME, 9)
        assert articles.of_document(connection, NAME, 1) == (first,)
        assert articles.of_document(connection, "nothing", 9) == ()
    assert [line.id for line in (first, second, third)] == [f"{n:064x}" for n in (2, 3, 1)]
    assert (first.replaces, first.reviewed_by) == (f"{1:064x}", "A. Officer")
    assert (second.replaces, second.reviewed_by) == (None, None)


def test_the_newest_is_the_one_saved_last(store: Store) -> None:
    keep(store, saved(3, 1))
    keep(store, saved(1, 3, replaces=3))
    keep(store, saved(2, 2, replaces=3))
    with store.reading() as connection:
        found = articles.newest(connection, NAME)
    assert found == saved(1, 3, replaces=3)


def test_the_migration_down_and_up_again(store: Store, database_url: str) -> None:
    ours = {"documents", "articles", "article_reviews"}
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    with store.writing() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0003")
    with store.reading() as connection:
        assert ours.isdisjoint(inspect(connection).get_table_names())
    facts.migrate(database_url)
    with store.reading() as connection:
        assert ours <= set(inspect(connection).get_table_names())
    assert keep(store, saved(1, 1))
