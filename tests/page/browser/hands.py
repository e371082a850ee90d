"""How somebody works on a page: with a mouse, or with a keyboard alone."""

import re
from typing import Any, Protocol

from playwright.sync_api import Page

_MOST_STEPS = 600
# What a person would call the element that has the focus.
_NAME = """(() => {
  const at = document.activeElement;
  if (at === null || at === document.body) return "";
  const label = at.labels && at.labels.length ? at.labels[0].innerText : at.innerText;
  return (at.getAttribute("aria-label") || label || at.value || "").trim().replace(/\\s+/g, " ");
})()"""

# Whether what is pressed leads to another page.
_LEADS_ON = """(at.tagName === "BUTTON" && at.form !== null)
  || (at.tagName === "A" && !at.getAttribute("href").startsWith("#"))"""


class Hand(Protocol):
    """What a task needs."""

    page: Page

    def press(self, name: str, within: str = "body") -> None:
        """Press a link, a button or what opens, by its words or the beginning of them."""

    def write(self, label: str, text: str) -> None:
        """Write into a field, by its label or the beginning of it."""

    def choose(self, label: str, words: str) -> None:
        """Choose one of a field's options."""

    def pick(self, group: str, words: str) -> None:
        """Pick one of several buttons, by the group's words and its own."""


class Mouse:
    """Points and clicks."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, name: str, within: str = "body") -> None:
        found = self.page.locator(within).locator(
            "a:visible, button:visible, summary:visible, label.choice:visible"
        )
        one = found.filter(has_text=_beginning(name)).first
        if one.evaluate(f"at => {_LEADS_ON}"):
            with self.page.expect_navigation():
                one.click()
        else:
            one.click()

    def write(self, label: str, text: str) -> None:
        self.page.get_by_label(_beginning(label)).locator("visible=true").first.click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def choose(self, label: str, words: str) -> None:
        field = self.page.get_by_label(_beginning(label)).locator("visible=true").first
        field.select_option(label=words)

    def pick(self, group: str, words: str) -> None:
        found = self.page.get_by_role("group", name=group, exact=True)
        found.get_by_role("radio", name=words, exact=True).click()


class Keyboard:
    """Goes on by the tabulator, and knows where it is by the words there."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, name: str, within: str = "body") -> None:
        self._reach(name, within)
        if self.page.evaluate(f"(at => {_LEADS_ON})(document.activeElement)"):
            with self.page.expect_navigation():
                self.page.keyboard.press("Enter")
        else:
            self.page.keyboard.press("Enter")

    def write(self, label: str, text: str) -> None:
        self._reach(label, "input, textarea, select")
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def choose(self, label: str, words: str) -> None:
        self._reach(label, "input, textarea, select")
        chosen = "document.activeElement.selectedOptions[0].text.trim()"
        self.page.keyboard.press("Home")
        for _ in range(_MOST_STEPS):
            if self.page.evaluate(chosen) == words:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{label} has no {words}")

    def pick(self, group: str, words: str) -> None:
        said = "document.activeElement.closest('fieldset')?.querySelector('legend').innerText"
        for _ in range(_MOST_STEPS):
            is_one = self.page.evaluate("document.activeElement.type === 'radio'")
            if is_one and self.page.evaluate(said) == group:
                break
            self.page.keyboard.press("Tab")
        else:
            raise AssertionError(f"no tabulator leads to {group!r}")
        for _ in range(_MOST_STEPS):
            if self.page.evaluate(_NAME) == words:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{group} has no {words}")

    def _reach(self, name: str, within: str) -> None:
        here = f"document.activeElement.closest({within!r}) ? {_NAME} : ''"
        for _ in range(_MOST_STEPS):
            said: Any = self.page.evaluate(here)
            if said.startswith(name):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no tabulator leads to {name!r}")


def _beginning(name: str) -> Any:
    return re.compile(rf"^\s*{re.escape(name)}")
