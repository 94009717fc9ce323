"""A figure's controls, moved by mouse and by keyboard as a reader would."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page


@dataclass
class Operated:
    """A live figure whose controls are moved, and what it showed at first."""

    page: Page
    figure: Locator
    patience: int = 3_000  # milliseconds until a change must be seen

    def __post_init__(self) -> None:
        self.figure.locator(".cb-plot.cb-is-live").wait_for()
        self.first = self.drawing()

    def drawing(self) -> str:
        """Return all that the live plot draws."""
        return self.figure.evaluate("figure => probes.drawing(figure)")

    def readout(self) -> str:
        """Return the sentence that says what is shown."""
        return self.figure.locator(".cb-readout").inner_text()

    def controls(self, kind: str) -> list[Locator]:
        """Return the controls of a kind: ``select``, ``radio`` (the groups) or ``range``."""
        found = {"select": "select", "radio": ".cb-radio", "range": "input[type=range]"}[kind]
        return self.figure.locator(f".cb-controls {found}").all()

    def changes(self, act: Callable[[], object], what: str, *, drawn: bool = True) -> None:
        """Do something, and see that readout and drawing change.

        Parameters
        ----------
        act : callable
            What is done.
        what : str
            The same in words, for the message.
        drawn : bool
            Whether the drawing has to change as well as the readout.
        """
        before, said = self.drawing(), self.readout()
        act()
        self.wait(
            "([figure, said]) => figure.querySelector('.cb-readout').innerText !== said",
            said,
            f"{what} changes nothing in the readout {said!r}",
        )
        if drawn:
            self.wait(
                "([figure, before]) => probes.drawing(figure) !== before",
                before,
                f"{what} changes nothing in the drawing",
            )

    def returns(self, act: Callable[[], object], what: str) -> None:
        """Do something, and see that the figure is again as it was at first."""
        act()
        self.wait(
            "([figure, first]) => probes.drawing(figure) === first",
            self.first,
            f"{what} does not bring back the first drawing",
        )

    def wait(self, condition: str, value: str, otherwise: str) -> None:
        """Wait until a condition on the figure and a value holds, or fail with a sentence."""
        try:
            self.page.wait_for_function(
                condition, arg=[self.figure.element_handle(), value], timeout=self.patience
            )
        except Exception as error:
            raise AssertionError(f"#{self.figure.get_attribute('id')}: {otherwise}") from error


def set_select_by_mouse(operated: Operated, select: Locator) -> None:
    """Choose every option in turn, and the first again."""
    values = select.evaluate("select => Array.from(select.options, option => option.value)")
    default = select.input_value()
    drawings = {operated.first}
    for value in [value for value in values if value != default]:
        # The list itself belongs to the system, where no page and no test can click.
        operated.changes(lambda v=value: select.select_option(v), f"option {value!r}", drawn=False)
        operated.page.wait_for_timeout(60)
        drawings.add(operated.drawing())
    assert len(drawings) > len(values) / 2, f"{len(values)} options draw {len(drawings)} pictures"
    operated.returns(lambda: select.select_option(default), f"option {default!r}")


def set_select_by_keyboard(operated: Operated, select: Locator) -> None:
    """Go one option on with an arrow key, and back."""
    last = select.evaluate("select => select.selectedIndex === select.options.length - 1")
    there, back = ("ArrowUp", "ArrowDown") if last else ("ArrowDown", "ArrowUp")
    select.focus()
    operated.changes(lambda: operated.page.keyboard.press(there), f"{there} in the list")
    operated.returns(lambda: operated.page.keyboard.press(back), f"{back} in the list")


def set_radio_by_mouse(operated: Operated, group: Locator) -> None:
    """Click every choice in turn, the first one last."""
    choices = group.locator("label").all()
    chosen = group.evaluate(
        "group => Array.from(group.querySelectorAll('input')).findIndex(input => input.checked)"
    )
    for index, choice in enumerate(choices):
        if index != chosen:
            operated.changes(choice.click, f"a click on choice {index}")
    operated.returns(choices[chosen].click, f"a click on choice {chosen}")


def set_radio_by_keyboard(operated: Operated, group: Locator) -> None:
    """Go to the next choice with an arrow key, and back."""
    group.locator("input:checked").focus()
    operated.changes(lambda: operated.page.keyboard.press("ArrowRight"), "ArrowRight")
    operated.returns(lambda: operated.page.keyboard.press("ArrowLeft"), "ArrowLeft")


def says_its_value(slider: Locator) -> str:
    """Return what a slider says, the same to the eye and to a screen reader."""
    spoken = slider.get_attribute("aria-valuetext")
    shown = slider.locator("xpath=..").locator("output").inner_text()
    assert spoken == shown
    return spoken


def set_range_by_mouse(operated: Operated, slider: Locator) -> None:
    """Click on the slider's track near its ends, and on the buttons for one step."""
    first = slider.input_value()
    box = slider.bounding_box()
    for part in (0.9, 0.1):
        said = says_its_value(slider)
        position = {"x": box["width"] * part, "y": box["height"] / 2}
        operated.changes(lambda p=position: slider.click(position=p), f"a click at {part:.0%}")
        assert says_its_value(slider) != said
    for name, step in (("Later", 1), ("Earlier", -1)):
        value = int(slider.input_value())
        button = slider.locator("xpath=..").get_by_role("button", name=name)
        operated.changes(button.click, f"the button {name!r}", drawn=False)
        assert int(slider.input_value()) == value + step
    operated.returns(lambda: slider.fill(first), f"value {first}")


def set_range_by_keyboard(operated: Operated, slider: Locator) -> None:
    """Press the keys that a slider understands, and the keys that press a button."""
    keyboard = operated.page.keyboard
    first = slider.input_value()
    slider.focus()
    there, back = ("Home", "End") if first == slider.get_attribute("max") else ("End", "Home")
    operated.changes(lambda: keyboard.press(there), there)
    operated.changes(lambda: keyboard.press(back), back)
    keyboard.press("Home")
    for key in ("ArrowRight", "ArrowLeft"):
        said = says_its_value(slider)
        operated.changes(lambda k=key: keyboard.press(k), key, drawn=False)
        assert says_its_value(slider) != said
    for name, key, value in (("Later", "Enter", "1"), ("Earlier", "Space", "0")):
        slider.locator("xpath=..").get_by_role("button", name=name).focus()
        operated.changes(lambda k=key: keyboard.press(k), f"{key} on {name!r}", drawn=False)
        assert slider.input_value() == value
    operated.returns(lambda: slider.fill(first), f"value {first}")


BY_MOUSE = {
    "select": set_select_by_mouse,
    "radio": set_radio_by_mouse,
    "range": set_range_by_mouse,
}
BY_KEYBOARD = {
    "select": set_select_by_keyboard,
    "radio": set_radio_by_keyboard,
    "range": set_range_by_keyboard,
}


def operate(operated: Operated, how: dict[str, Callable[[Operated, Locator], None]]) -> int:
    """Move every control of a figure, and return how many there are."""
    count = 0
    for kind, move in how.items():
        for control in operated.controls(kind):
            move(operated, control)
            count += 1
    return count
