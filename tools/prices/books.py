"""The five data packages, opened: who states what of a model, each asked by its own exact id."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from prices import azure, genai, histories, litellm, wheels
from prices.genai import Listing
from prices.litellm import Entry
from prices.terms import Dated, PricesError, Terms

if TYPE_CHECKING:
    from prices.selection import Model

PACKAGES = (genai.PACKAGE, litellm.PACKAGE, histories.MODEL_PRICES, histories.RADAR)
"""The packages that price models, in the order in which they are believed."""

SOURCES = {**{package: package for package in PACKAGES}, histories.RADAR: "openrouter-snapshots"}
"""The id of each package's record among the sources. What the radar carries is OpenRouter's own list."""


@dataclass(frozen=True, kw_only=True)
class Books:
    """
    What the packages say, at the versions that are pinned.

    Attributes:
        versions: The version of each package.
        genai: genai-prices.
        litellm: litellm.
        model_prices: model-prices.
        radar: model-price-radar-mcp.
        azure: azure-genai-prices.
    """

    versions: Mapping[str, str]
    genai: genai.Genai
    litellm: litellm.Litellm
    model_prices: histories.ModelPrices
    radar: histories.Radar
    azure: azure.Azure

    def listing(self, model: "Model") -> Listing | None:
        """Return what genai-prices says of a model."""
        return self._found(model, genai.PACKAGE, self.genai.listing)

    def entry(self, model: "Model") -> Entry | None:
        """Return what litellm says of a model."""
        return self._found(model, litellm.PACKAGE, self.litellm.entry)

    def history(self, model: "Model") -> tuple[Dated, ...]:
        """Return what a model has cost, as somebody recorded it at the time."""
        return (
            self._found(model, histories.MODEL_PRICES, self.model_prices.timeline)
            or self._found(model, histories.RADAR, self.radar.timeline)
            or ()
        )

    def now(self, model: "Model", day: date) -> dict[str, Terms]:
        """
        Return the terms in force on a day by each package that states them, the one most believed first.

        The radar states none: its last list is months old.
        """
        stated: dict[str, Terms] = {}
        if listing := self.listing(model):
            stated[genai.PACKAGE] = listing.at(day)
        if (entry := self.entry(model)) and entry.terms:
            stated[litellm.PACKAGE] = entry.terms
        if histories.MODEL_PRICES in model.ids:
            recorded = [step.terms for step in self.history(model) if step.since <= day]
            if recorded and recorded[-1]:
                stated[histories.MODEL_PRICES] = recorded[-1]
        return stated

    @staticmethod
    def _found[T](model: "Model", package: str, look_up: Callable[[str], T | None]) -> T | None:
        identifier = model.ids.get(package)
        if identifier is None:
            return None
        found = look_up(identifier)
        if found is None:
            raise PricesError(
                f"models.toml: {model.key}: {package} has no {identifier}: ids are exact; take the id out if the "
                "package no longer lists the model: the committed records stay"
            )
        return found


def open_books(requirements: Path, directory: Path) -> Books:
    """Return the packages, fetched if need be."""
    found = wheels.fetch(requirements, directory)
    return Books(
        versions={name: wheel.pin.version for name, wheel in sorted(found.items())},
        genai=genai.Genai(found[genai.PACKAGE].read(genai.MODULE).decode()),
        litellm=litellm.Litellm(found[litellm.PACKAGE].read(litellm.TABLE)),
        model_prices=histories.ModelPrices(found[histories.MODEL_PRICES].read(histories.SNAPSHOT)),
        radar=histories.Radar(found[histories.RADAR].read(histories.ARCHIVE)),
        azure=azure.Azure(found[azure.PACKAGE].read(azure.SNAPSHOT)),
    )
