"""Chances: each is decided between bounds, says why, and rests on measurements that are on file."""

import shutil
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from calculators.facts import CHANCE_NEEDS, CHANCE_ROWS, DATA, FACTS, Chance, FactsError, chance_key, load
from calculators.facts.background import background, load_background

DECIDED = date(2026, 11, 27)
TABLE = {
    "documents": {
        "prompt": (0.60, 0.35, 0.80),
        "few_shot": (0.62, 0.37, 0.82),
        "rag": (0.60, 0.35, 0.80),
        "tuned": (0.55, 0.30, 0.75),
        "small": (0.40, 0.20, 0.60),
        "open": (0.45, 0.25, 0.65),
        "cheaper": (0.50, 0.25, 0.70),
        "dearer": (0.68, 0.40, 0.85),
    },
    "format": {
        "prompt": (0.80, 0.60, 0.95),
        "few_shot": (0.84, 0.65, 0.96),
        "tuned": (0.88, 0.65, 0.97),
        "small": (0.60, 0.35, 0.80),
        "open": (0.65, 0.40, 0.85),
        "cheaper": (0.70, 0.45, 0.90),
        "dearer": (0.84, 0.65, 0.97),
    },
    "tone": {
        "prompt": (0.45, 0.20, 0.70),
        "few_shot": (0.58, 0.35, 0.80),
        "tuned": (0.70, 0.45, 0.90),
        "small": (0.20, 0.08, 0.40),
        "open": (0.25, 0.10, 0.45),
        "cheaper": (0.32, 0.12, 0.55),
        "dearer": (0.56, 0.28, 0.78),
    },
    "task": {
        "prompt": (0.50, 0.30, 0.70),
        "few_shot": (0.58, 0.35, 0.78),
        "tuned": (0.60, 0.45, 0.80),
        "small": (0.25, 0.10, 0.45),
        "open": (0.28, 0.12, 0.50),
        "cheaper": (0.35, 0.18, 0.60),
        "dearer": (0.60, 0.38, 0.80),
    },
    "nothing": {
        "prompt": (1, 1, 1),
        "few_shot": (1, 1, 1),
        "tuned": (0.80, 0.60, 0.93),
        "small": (0.45, 0.20, 0.65),
        "open": (0.50, 0.25, 0.72),
        "cheaper": (0.70, 0.45, 0.90),
    },
    "own": {
        "tuned": (0.65, 0.45, 0.85),
        "small": (0.35, 0.15, 0.60),
        "open": (0.50, 0.25, 0.75),
    },
}
"""What was decided: the chance and its range, by what must change and whose it is."""


def test_chances_are_what_was_decided() -> None:
    """All of them, and no others."""
    found: dict[str, dict[str, tuple[float, float, float]]] = {}
    for chance in FACTS.chances.values():
        found.setdefault(chance.need, {})[chance.row] = (chance.value, chance.low, chance.high)

    assert found == TABLE
    assert {chance.decided for chance in FACTS.chances.values()} == {DECIDED}
    assert list(found) == list(CHANCE_NEEDS)
    assert {row for rows in found.values() for row in rows} == set(CHANCE_ROWS)


@pytest.mark.parametrize(
    ("key", "value", "low", "high"),
    [
        ("hard_core", 0.5, 0.2, 0.8),
        ("tuning_slips", 0.06, 0.02, 0.15),
        ("classifier_slips", 0.3, 0.1, 0.5),
        ("classifier_cures", 0.25, 0.1, 0.45),
        ("find_out_prompt", 16, 8, 40),
        ("find_out_few_shot", 16, 6, 40),
        ("find_out_rag", 40, 16, 120),
        ("find_out_tuned", 96, 40, 200),
        ("find_out_classifier", 40, 16, 80),
        ("harness_small", 16, 8, 40),
        ("harness_tier", 4, 1, 8),
        ("trial_gpu_hours", 48, 24, 96),
        ("wait_labels", 1, 0, 4),
        ("wait_gpus", 1, 0, 8),
    ],
)
def test_what_finding_out_takes_is_what_was_decided(key: str, value: float, low: float, high: float) -> None:
    """With its range, and for a day before it was decided as well: nothing else was assumed before."""
    assumption = FACTS.assumptions[key]

    assert (assumption.value, assumption.low, assumption.high) == (value, low, high)
    assert FACTS.assume(key, date(2026, 3, 1)) == value


@pytest.mark.parametrize(
    ("finding_out", "setup"),
    [
        (("find_out_prompt",), "setup_prompt"),
        (("find_out_prompt", "find_out_few_shot"), "setup_few_shot"),
        (("find_out_prompt", "find_out_rag"), "setup_rag"),
        (("find_out_tuned",), "setup_api"),
        (("find_out_tuned",), "setup_own"),
        (("find_out_classifier",), "setup_classifier"),
    ],
)
def test_finding_out_is_a_part_of_setting_up(finding_out: tuple[str, ...], setup: str) -> None:
    """Nothing is left to pay below nought once it has passed."""
    assert sum(FACTS.assume(key) for key in finding_out) <= FACTS.assume(setup)


def test_hours_without_a_source_say_so() -> None:
    """Nobody has published how long it takes to find out."""
    hours = [each for each in FACTS.assumptions.values() if each.decided == DECIDED and each.unit in {"hours", "weeks"}]

    assert len(hours) == 13
    assert [] == [each.key for each in hours if "No source" not in each.why]


def test_few_examples_are_fewer_than_enough() -> None:
    """The thresholds rise, and a form starts from enough."""
    thresholds = [FACTS.rule(key) for key in ("fewest_examples", "few_examples", "enough_examples")]

    assert [50, 100, 500] == thresholds
    assert FACTS.assume("examples") >= thresholds[-1]


def test_weaker_rows_stand_under_stronger_ones() -> None:
    """In every column, at the chance and at both ends of its range: a range can be gone through without crossing."""
    order = ("dearer", "prompt", "cheaper", "open", "small")
    crossed = []
    for rows in TABLE.values():
        for stronger, weaker in pairwise([row for row in order if row in rows]):
            crossed += [
                f"{stronger} under {weaker}"
                for more, less in zip(rows[stronger], rows[weaker], strict=True)
                if more < less
            ]

    assert [] == crossed


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('need = "format", row = "dearer"', 'need = "speed", row = "dearer"', "speed, dearer: need speed is none of"),
        ('need = "format", row = "dearer"', 'need = "format", row = "oracle"', "format, oracle: row oracle is none of"),
        ("value = 0.88", "value = 0.98", "format, tuned: not in order"),
        ("value = 0.88", "value = 1.2", "format, tuned: value: "),
        ('["d2", ', '["d99", ', "documents-tuned: rests_on: there is no d99"),
        (
            "chance = [\n",
            'chance = [\n{need="tone",row="rag",value=0.5,low=0.4,high=0.6,rests_on=[],decided=2026-11-27},\n',
            r"no \[\[ground\]\] says why tone-rag",
        ),
    ],
)
def test_a_chance_that_cannot_be_trusted_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    """The message names it."""
    copy = Path(shutil.copytree(DATA, tmp_path / "data"))
    file = copy / "chances.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(FactsError, match=message):
        load_background(load(copy), copy)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('about = "tone-small"', 'about = "tone-rag"', "tone-rag: about: no chance and no assumption has this key"),
        ('rests_on = ["h4", "h5"]', 'rests_on = ["h4", "h99"]', "rests_on: there is no h99"),
        ('rests_on = ["h7", "h8"]', 'rests_on = ["h7"]', "nothing rests on h8"),
        ('part = "gap"', 'part = "rumour"', "part rumour is none of gap, together"),
        ('read = "full"', 'read = "half"', "read half is none of full, summary"),
        ('url = "https://', 'url = "http://', "is no web address"),
    ],
)
def test_evidence_that_cannot_be_trusted_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    """As a price is."""
    copy = Path(shutil.copytree(DATA, tmp_path / "data"))
    file = copy / "chance_evidence.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(FactsError, match=message):
        load_background(load(copy), copy)


def test_a_decision_is_an_edit_and_no_check() -> None:
    """It moves the version of the records; the day by which figures were compared with their sources stays."""
    later = FACTS.replacing(replace(FACTS.chances["tone-prompt"], decided=date(2027, 2, 1)))

    assert FACTS.checked == date(2026, 11, 27)
    assert DECIDED <= FACTS.edited < date(2027, 2, 1)
    assert (later.checked, later.edited) == (FACTS.checked, date(2027, 2, 1))


def test_a_later_decision_leaves_earlier_days_alone() -> None:
    """A link of an earlier day keeps its chances; before the first decision, the first one holds."""
    key = chance_key("tone", "prompt")
    first = FACTS.chances[key]
    later = FACTS.replacing(first, replace(first, value=0.5, decided=date(2027, 2, 1)))

    assert [later.chances.known(key, day).value for day in (date(2026, 1, 1), date(2027, 1, 31), date(2027, 2, 1))] == [
        first.value,
        first.value,
        0.5,
    ]


def test_a_measurement_is_told_in_full() -> None:
    """What was measured, of how many, by whom and where it stands; sellers are marked."""
    found = background().measurements

    assert len(found) == 68
    assert {"n1", "n4", "h4", "h5"} <= {key for key, each in found.items() if each.seller}
    assert not {"n7", "n10", "t1", "f1"} & {key for key, each in found.items() if each.seller}
    for key, each in found.items():
        assert each.what.endswith((".", "?")), key
        assert each.found.endswith("."), key
        assert each.checked == DECIDED, key


def test_a_chance_is_called_what_it_is() -> None:
    """In messages and on the page."""
    chance = Chance(need="own", row="open", value=0.5, low=0.25, high=0.75, rests_on=(), decided=DECIDED)

    assert (chance.key, chance.name) == ("own-open", "An open model on own GPUs, only prompted: data that must stay")
