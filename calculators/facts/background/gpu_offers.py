"""GPU rents by provider."""

from dataclasses import dataclass

from calculators.facts.record import Record
from calculators.vocabulary import UsdPerHour


@dataclass(frozen=True, kw_only=True)
class GpuOffer(Record):
    """
    What one provider charges for renting a GPU.

    Attributes:
        gpu: Key of the GPU, or its name where no calculator knows it.
        provider: Who rents it out.
        cloud: `specialist`, `hyperscaler` or `marketplace`.
        on_demand: Price without a commitment, per GPU-hour; `None` where not stated.
        spot: Price of capacity that can be taken away, per GPU-hour; `None` where not stated.
    """

    gpu: str
    provider: str
    cloud: str
    on_demand: UsdPerHour | None = None
    spot: UsdPerHour | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.cloud not in {"specialist", "hyperscaler", "marketplace"}:
            raise ValueError(f"cloud {self.cloud} is none of specialist, hyperscaler, marketplace")
        if self.on_demand is None and self.spot is None:
            raise ValueError("neither on_demand nor spot")
