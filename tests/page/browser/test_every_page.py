"""Every page at every width, light and dark, enlarged, with and without its script.

`make test` opens each page once with its script and once without, makes the window of each size,
and has it judged in one of the ways; `make soak` opens it in every way and has each judged.
"""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from app.keys import KeyAsked
from app.store.keys import Scope
from tests.conftest import LONG, one_now
from tests.page.browser.conftest import Service, shot

PHONE, TABLET, DESK = (
    {"width": 375, "height": 740}, {"width": 800, "height": 1100}, {"width": 1280, "height": 900},
)  # fmt: skip
WAYS: dict[str, dict[str, Any]] = {
    "desk": {"viewport": DESK, "color_scheme": "light"},
    "phone": {"viewport": PHONE, "color_scheme": "dark", "is_mobile": True, "has_touch": True},
    "tablet-without-script": {"viewport": TABLET, "java_script_enabled": False},
    # At 200 % a window has half as many of the pixels that a style sheet counts.
    "enlarged": {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2},
}
PAGES: dict[str, str] = {
    "ask": "/",
    "ask-example": "/?example=1",
    "journey": "/journey",
    "journey-example": "/journey?example=1",
    "answer": "/assessments/{assessment}",
    "answer-hostile": "/assessments/{hostile}",
    "article": "/articles/{article}",
    "people": "/people",
    "person": "/people/IRi.039",
    "person-hostile": "/people/ZZi.100",
    "screen": "/screen",
    "changes": "/changes",
    "changes-wrong": "/changes?kind=gone",
    "lists": "/lists",
    "list-set-aside": "/lists/{quarantined}",
    "print": "/assessments/{assessment}/print",
    "print-hostile": "/assessments/{hostile}/print",
    "history": "/history",
    "history-wrong": "/history?day=yesterday",
    "history-texts": "/history?of=texts",
    "glossary": "/glossary",
    "sign-in": "/sign-in",
    "not-found": "/assessments/nobody",
}
SCRIPTED = [way for way, how in WAYS.items() if how.get("java_script_enabled", True)]
# Timelines that a reader would have to move sideways, or whose letters are too small to read.
_CUT = """[...document.querySelectorAll(".timeline svg")].filter(each => each.clientWidth)
  .map(each => [each.getBoundingClientRect(), each.viewBox.baseVal.width])
  .filter(([at, width]) => at.right > innerWidth || at.width / width < .95)
  .map(([at, width]) => `${at.width} for ${width}`)"""
# What has the focus, where its outline is too thin to be seen.
_OUTLINE = """(() => { const at = document.activeElement, s = getComputedStyle(at);
  const width = s.outlineStyle === "none" ? 0 : parseFloat(s.outlineWidth);
  return at === document.body || width >= 2 ? null : at.outerHTML.slice(0, 160) })()"""
_SERIOUS = ("serious", "critical")


def address(served: Service, page: str) -> str:
    return served.address + PAGES[page].format(**vars(served.content))


def does_not_fit(page: Page) -> list[str]:
    """What is wider than the window, and what of a timeline is cut."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    cut = page.evaluate(_CUT)
    return [*([f"{wide} pixels too wide"] if wide > 0 else []), *(f"cut: {each}" for each in cut)]


def open_all(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")


def not_seen(page: Page) -> list[str]:
    """Of the first places that the tabulator leads to, those that show no outline."""
    found = []
    for _ in range(12):
        page.keyboard.press("Tab")
        if (outline := page.evaluate(_OUTLINE)) is not None:
            found.append(outline)
    page.evaluate("document.activeElement.blur()")
    return found


def judged(page: Page, axe: str) -> list[str]:
    """What axe-core finds that is serious, each with the place."""
    page.evaluate(axe)
    answer = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{each['id']}: {each['help']}: {node['target']} {node['html'][:160]}"
        for each in answer["violations"]
        if each["impact"] in _SERIOUS
        for node in each["nodes"]
    ]


@pytest.mark.parametrize("name", PAGES)
def test_a_page(served: Service, new_page: Callable[..., Page], axe: str, name: str) -> None:
    judged_as = SCRIPTED[list(PAGES).index(name) % len(SCRIPTED)]
    found: dict[str, list[str]] = {}
    for script in ("with its script", "without"):
        page = new_page(viewport=DESK, java_script_enabled=script != "without")
        page.goto(address(served, name))
        if script != "without":
            found["outline"] = not_seen(page)
        for opened in ("as it comes", "all opened"):
            if opened == "all opened":
                open_all(page)
            for way, how in WAYS.items():
                page.set_viewport_size(how["viewport"])
                found[f"{way}, {script}, {opened}"] = does_not_fit(page)
        # What judges is a script too, and waits for ever where none may run.
        if script != "without":
            page.set_viewport_size(WAYS[judged_as]["viewport"])
            page.emulate_media(color_scheme=WAYS[judged_as].get("color_scheme", "light"))
            found[f"axe-core, {judged_as}"] = judged(page, axe)
            shot(page, f"{name}-{judged_as}")
        assert page.title() != "run"
    wrong = [f"{where}: {each}" for where, some in found.items() for each in some]
    assert not wrong, "\n".join(wrong)


@LONG
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_in_a_way(
    served: Service, new_page: Callable[..., Page], axe: str, name: str, way: str
) -> None:
    page = new_page(**WAYS[way])
    page.goto(address(served, name))
    shot(page, f"{name}-{way}")

    assert page.title() != "run"
    assert does_not_fit(page) == []
    open_all(page)
    assert does_not_fit(page) == []
    if way in SCRIPTED:
        assert judged(page, axe) == []


@pytest.mark.parametrize("way", one_now("phone", "desk", "tablet-without-script", "enlarged"))
def test_a_name_that_was_looked_for(
    served: Service, new_page: Callable[..., Page], axe: str, way: str
) -> None:
    page = new_page(**WAYS[way])
    page.goto(f"{served.address}/screen")
    page.get_by_label("Name").fill("قاسم Soleimani <script>")
    page.get_by_role("button", name="Look").click()
    shot(page, f"screened-{way}")
    assert page.locator("article.candidate").count() == 2
    assert does_not_fit(page) == []
    if way in SCRIPTED:
        assert judged(page, axe) == []


def send_as_it_is(page: Page, address: str, button: str, **fields: str) -> None:
    """Fill in a form and send it, whatever the browser itself would say of it."""
    page.goto(address)
    page.evaluate("document.querySelectorAll('form').forEach(each => { each.noValidate = true })")
    for name, text in fields.items():
        page.locator(f"[name='{name.replace('__', '.')}']").first.fill(text)
    page.get_by_role("button", name=button, exact=True).first.click()


@pytest.mark.parametrize("way", one_now("phone", "desk"))
def test_what_is_wrong(served: Service, new_page: Callable[..., Page], axe: str, way: str) -> None:
    page = new_page(**WAYS[way])
    here, content = served.address, served.content
    told: dict[str, tuple[str, str, dict[str, str]]] = {
        "ask": ("/", "Read it and assess", {"published_on": "15.8.2015"}),
        "journey": ("/journey?example=1", "Assess", {"legs__0__state": "Atlantis"}),
        "screen": ("/screen", "Look", {"name": " "}),
        "review": (f"/articles/{content.article}", "Assess again with my changes", {"by": " "}),
        "list": (f"/lists/{content.quarantined}", "Reject it", {"because": " "}),
    }
    for name, (address, button, fields) in told.items():
        send_as_it_is(page, here + address, button, **fields)
        assert page.locator(".faults").count() == 1, name
        shot(page, f"{name}-wrong-{way}")
        assert does_not_fit(page) == [], name
        assert judged(page, axe) == [], name
    page.goto(f"{here}/history?words=nobody")
    shot(page, f"history-empty-{way}")
    assert judged(page, axe) == []


@pytest.mark.parametrize("way", one_now("desk", "phone"))
def test_where_keys_are_on(
    own_service: Service, new_page: Callable[..., Page], axe: str, way: str
) -> None:
    service = own_service
    scopes = (Scope.assess,)
    made = service.desk.keys.create(KeyAsked(name="A. Reader", scopes=scopes), "a test")
    page = new_page(**WAYS[way])
    send_as_it_is(page, f"{service.address}/sign-in", "Sign in", key="tb_wrong")
    assert page.locator(".error").count() == 1
    assert judged(page, axe) == []
    page.get_by_label("Your key").fill(made.text)
    page.get_by_role("button", name="Sign in").click()
    content = service.content
    for address in ("/", f"/articles/{content.article}", f"/lists/{content.quarantined}"):
        page.goto(service.address + address)
        assert page.get_by_text("Signed in as A. Reader").count() == 1
        shot(page, f"signed-in-{address.split('/')[1]}-{way}")
        assert judged(page, axe) == [], address
    # What is refused has a page as well.
    service.desk.erase_answer("a test", content.assessment)
    for address, status in ((f"/assessments/{content.assessment}", 410), ("/screen", 403)):
        answer = page.goto(service.address + address)
        assert answer is not None
        assert answer.status == status, address
        shot(page, f"refused-{status}-{way}")
        assert judged(page, axe) == [], address
