"""What a reader may type, in the fields themselves. The table is tests/entries.toml."""

import tomllib
from typing import Any

from playwright.sync_api import expect

from calculators import catalog
from calculators.quantity import Quantity, write_link
from tests.browser.reader import SLUG, VOLUME, WHOLE, Open, Reader
from tests.site.pages import ROOT

TABLE = tomllib.loads((ROOT / "tests" / "entries.toml").read_text(encoding="utf-8"))
INPUTS = catalog.calculator(SLUG).inputs.values()


def field_for(kind: str) -> tuple[str, Quantity]:
    """A field of the form that asks for this kind of quantity, and allows at least what the table's entries mean."""
    bounds = TABLE["quantities"][kind]
    least = max(entry["value"] for entry in TABLE["entry"] if entry["quantity"] == kind and "value" in entry)
    return next(
        (item.name, item.kind)
        for item in INPUTS
        if isinstance(item.kind, Quantity)
        and not item.optional
        and not item.kind.money
        and item.kind.whole == bounds.get("whole", False)
        and item.kind.share == bounds.get("share", False)
        and item.kind.minimum == 0
        and item.kind.maximum >= least
    )


def ids(entry: dict[str, Any]) -> str:
    """Name a case."""
    return f"{entry['quantity']}: {entry['why']}"


def test_what_is_read_and_what_is_refused(open_page: Open) -> None:
    """
    Every entry of the table, typed into a field.

    Read: the link carries the value, and the field writes it out. Refused: the message names label and range, the
    text stays, and the last valid answer is not shown as if it were one.
    """
    reader = open_page(WHOLE)
    reader.change(VOLUME, "50k")
    wrong = [f"{ids(entry)}: {fault}" for entry in TABLE["entry"] if (fault := _fault(reader, entry)) is not None]

    assert [] == wrong


def _fault(reader: Reader, entry: dict[str, Any]) -> str | None:
    name, kind = field_for(entry["quantity"])
    text = entry["text"] * entry.get("times", 1)
    verdict = reader.verdict
    field = reader.field(name)
    typed = field.input_value()
    reader.change(name, text)
    field.blur()
    promises = (
        {"it is read as its value": reader.state().get(name) == write_link(float(entry["value"]))}
        if "value" in entry
        else {
            "it is refused": reader.query is None,
            "the summary names the label": kind.label in reader.errors.inner_text(),
            "the message names the range": kind.range in reader.slot(f"error-{name}").inner_text(),
            "what was typed stays": field.input_value() == text,
            "the last valid answer stays": reader.verdict == verdict,
            "it does not look valid": "is-stale" in (reader.calculator.get_attribute("class") or ""),
        }
    )
    broken = ", ".join(promise for promise, kept in promises.items() if not kept)
    told = reader.slot(f"error-{name}").inner_text()[:200] if broken else ""
    if "value" not in entry or broken:
        reader.change(name, typed)
        field.blur()
    return f"not kept: {broken}. State: {reader.state().get(name)}; message: “{told}”" if broken else None


def test_all_mistakes_at_once(open_page: Open) -> None:
    """Every mistake is told, each with a link to its field, and nothing typed is lost."""
    reader = open_page(WHOLE)
    typed = {VOLUME: "many", "horizon_months": "1.5", "batch_share": "150%"}
    for name, text in typed.items():
        reader.field(name).fill(text)
    reader.answered()
    reader.rested()

    expect(reader.errors.locator("a")).to_have_count(len(typed))
    assert typed == {name: reader.values[name] for name in typed}
    for name in typed:
        assert reader.field(name).get_attribute("aria-invalid") == "true"
        assert reader.slot(f"error-{name}").is_visible()
