"""The running total: a reader may take a row out of the picture, and sees which are out."""

import json
import re
from typing import Final

import pytest

from calculators.browser import answer
from calculators.html.reply import UnknownPartError, whole

SCENARIO: Final = "cost-comparison?d=3"
TALL: Final = "own"
"""The row whose total is far above the others' there."""


def picture(without: str = "", scenario: str = SCENARIO) -> str:
    """The running total as a page is given it."""
    asked = f"running_total:{without}" if without else "running_total"
    patches: dict[str, str] = json.loads(answer(f"{scenario}&part={asked}&from=0"))["patches"]
    return patches["running-total"]


def shown(html: str) -> dict[str, bool]:
    """Each row that can be in the picture, and whether it is."""
    boxes = re.findall(r'data-shows="([^"]*)"([^>]*)>', html)
    return {key: "checked" in state for key, state in boxes}


def level(html: str) -> float:
    """The highest level of the scale. [thousand USD]"""
    return max(float(amount) for amount in re.findall(r">\$(\d+)K</text>", html.partition("<path")[2]))


def test_every_row_stands_at_first() -> None:
    """What comes with an answer, and without a script, leaves nothing out."""
    html = picture()

    assert html == json.loads(whole(SCENARIO))["patches"]["running-total"]
    assert len(shown(html)) > 2
    assert all(shown(html).values())
    assert "Not in the picture" not in html


def test_without_a_tall_row_the_others_have_the_whole_scale() -> None:
    """Its line is gone, its box is not, both the picture's name and the text say so; the table keeps it."""
    before, after = picture(), picture(TALL)
    table = '<table class="data-table">'

    assert shown(after) == {**shown(before), TALL: False}
    assert after.count('class="chart__line') < before.count('class="chart__line')
    assert after.count("Not in the picture: Fine-tuning, self-hosted.") == 3, "Two drawings' names, and the text."
    assert before.partition(table)[2] == after.partition(table)[2]
    assert level(after) < level(before)


def test_the_last_row_stays() -> None:
    """Its box cannot be cleared; and of what another answer's picture left out, nothing is asked."""
    keys = list(shown(picture()))
    alone = picture(",".join(keys[1:]))

    assert shown(alone) == {key: key == keys[0] for key in keys}
    assert f'data-shows="{keys[0]}" checked disabled>' in alone
    assert picture("somebody,else") == picture()
    assert picture(",".join(keys)) == picture()


def test_only_the_picture_is_told_what_to_leave_out() -> None:
    """A part that takes no words is refused with some."""
    with pytest.raises(UnknownPartError):
        answer(f"{SCENARIO}&part=details:own&from=0")


@pytest.mark.parametrize("without", ["", "own", "own,api"])
def test_a_crossing_is_said_once(without: str) -> None:
    """The picture has a letter, the list under it the words."""
    html = picture(without, "cost-comparison?d=3&must_change=tone&requests_per_month=1000000")
    notes = re.findall("<li>(.*?)</li>", html)

    assert len(notes) == len(set(notes))
    assert all(html.count(said) == 1 for said in notes)
    assert len(re.findall('class="chart__crossing"', html)) == 2 * len(notes)
