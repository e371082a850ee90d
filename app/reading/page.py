"""The words of a press article out of the page that it was printed on."""


class NotInstalled(Exception):
    """What reads HTML comes with the extra `html`, and is not here."""


def words_of(page: str) -> str:
    """The article that a page of HTML holds, as plain text; empty where none is found.

    Menus, forms, scripts, notices and links to other articles are left out by the heuristics of
    resiliparse, and now and then a caption or a list with them. Where in the page a word stood is
    not kept: offsets count the text that comes out. Raises NotInstalled.
    """
    try:
        from resiliparse.extract.html2text import extract_plain_text
    except ImportError as error:
        raise NotInstalled("resiliparse") from error
    words: str = extract_plain_text(
        page, main_content=True, list_bullets=False, alt_texts=False, links=False
    )
    return words
