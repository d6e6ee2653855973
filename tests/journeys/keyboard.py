"""A person who uses the keyboard alone: Tab, Enter, Space, arrows and typing, and who must see where they are."""

import re

from playwright.sync_api import ElementHandle, Page, expect

# More presses than any page of ours needs to get from its first stop to its last.
MOST_TABS = 150

# Where the focus is, whether it is the wanted element, and what keeps people from seeing it (WCAG 2.4.7, 2.4.11).
_FOCUS = """wanted => {
    const here = document.activeElement, told = {isWanted: here === wanted, place: here.outerHTML.slice(0, 140)};
    if (here === document.body) return told;
    const label = here.labels?.length && here.matches("[type=radio], [type=checkbox]") ? here.labels[0] : null;
    const drawn = [here, label].filter(Boolean).flatMap(
        one => [null, "::before", "::after"].map(part => getComputedStyle(one, part)));
    const isMarked = drawn.some(style => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2)
        || style.boxShadow !== "none");
    if (!isMarked) told.fault = "the focus cannot be seen";
    const box = (label ?? here).getClientRects()[0];
    if (!box || !box.width) return {...told, fault: "the focus is on something without a place"};
    const inset = [[.5, .5], [.1, .25], [.9, .25], [.1, .75], [.9, .75]].map(
        ([x, y]) => [box.left + box.width * x, box.top + box.height * y]);
    const onScreen = inset.filter(([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight);
    const isOurs = found => found && (here.contains(found) || label?.contains(found)
        || found.contains(here) && !found.matches("header, footer, nav, [role=dialog]"));
    const hidden = onScreen.filter(([x, y]) => !isOurs(document.elementFromPoint(x, y)));
    if (!onScreen.length) told.fault = "the focus is off the screen";
    const above = hidden.length && document.elementFromPoint(...hidden[0]);
    if (hidden.length) told.fault = `the focus is covered by ${above?.outerHTML.slice(0, 80)}`;
    return told;
}"""


class Keyboard:
    """Presses keys on a page; every stop on the way must be seen."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def tab_to(self, role: str, name: str | re.Pattern[str], *, back: bool = False) -> None:
        """Tab, or Shift+Tab, until the element of this role and name has the focus."""
        found = self.page.get_by_role(role, name=name, exact=isinstance(name, str))  # type: ignore[arg-type]
        wanted = found.element_handle()
        place = ""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            told = self._look(wanted)
            place = str(told["place"])
            if told["isWanted"]:
                return
        raise AssertionError(f"Tab does not reach the {role} {name!r}; the last stop was {place}")

    def press(self, role: str, name: str | re.Pattern[str], *, back: bool = False) -> None:
        """Go to a link or button and press Enter."""
        self.tab_to(role, name, back=back)
        self.page.keyboard.press("Enter")

    def write(self, name: str | re.Pattern[str], text: str) -> None:
        """Go to the text field and write in place of what stands there."""
        self.tab_to("textbox", name)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def search(self, name: str | re.Pattern[str], text: str) -> None:
        """Go to the search field and write; what is found comes by itself."""
        self.tab_to("searchbox", name)
        self.page.keyboard.type(text)

    def tick(self, name: str | re.Pattern[str]) -> None:
        """Go to the box and press Space."""
        self.tab_to("checkbox", name)
        self.page.keyboard.press("Space")
        expect(self.page.get_by_role("checkbox", name=name, exact=isinstance(name, str))).to_be_checked()

    def choose(self, name: str) -> None:
        """Tab to the radio buttons this one belongs to, then the arrows until it is chosen."""
        wanted = self.page.get_by_role("radio", name=name, exact=True).element_handle()
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            self._look(wanted)
            if wanted.evaluate(
                "one => document.activeElement.type === 'radio' && document.activeElement.name === one.name"
            ):
                break
        for _ in range(20):
            if wanted.evaluate("one => one === document.activeElement"):
                break
            self.page.keyboard.press("ArrowDown")
            self._look(wanted)
        if not wanted.is_checked():
            self.page.keyboard.press("Space")
        assert wanted.is_checked(), f"the arrows do not reach {name!r}"

    def select(self, name: str | re.Pattern[str], option: str) -> None:
        """Go to the list and write the beginning of the option."""
        self.tab_to("combobox", name)
        self.page.keyboard.type(option)
        chosen = self.page.get_by_role("combobox", name=name, exact=isinstance(name, str))
        assert chosen.evaluate("one => one.selectedOptions[0].textContent.trim()").startswith(option)

    def _look(self, wanted: ElementHandle) -> dict[str, object]:
        told: dict[str, object] = self.page.evaluate(_FOCUS, wanted)
        assert "fault" not in told, f"{self.page.url}: {told['fault']}: {told['place']}"
        return told
