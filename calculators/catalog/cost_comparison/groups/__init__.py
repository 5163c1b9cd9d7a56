"""What the comparison asks: groups of inputs, each a fieldset of its form, and all of them as one value."""

from calculators.catalog.cost_comparison.groups.bounds import AUTOMATIC, NO_MODEL, OWN_MODEL, OWNED
from calculators.catalog.cost_comparison.groups.finding_out import Classifier, FindingOut
from calculators.catalog.cost_comparison.groups.inputs import Inputs
from calculators.catalog.cost_comparison.groups.judgement import Judgement, Quality
from calculators.catalog.cost_comparison.groups.people import ModelLife, People
from calculators.catalog.cost_comparison.groups.prompting import FewShot, Prices
from calculators.catalog.cost_comparison.groups.retrieval import Retrieval
from calculators.catalog.cost_comparison.groups.tuning import METHODS, OwnTraining, Serving, Tuning, Variants
from calculators.catalog.cost_comparison.groups.workload import (
    MUST_CHANGE,
    Calls,
    Counts,
    Images,
    Job,
    Limits,
    Models,
    OwnModel,
    Traffic,
    Workload,
)

__all__ = [
    "AUTOMATIC",
    "METHODS",
    "MUST_CHANGE",
    "NO_MODEL",
    "OWNED",
    "OWN_MODEL",
    "Calls",
    "Classifier",
    "Counts",
    "FewShot",
    "FindingOut",
    "Images",
    "Inputs",
    "Job",
    "Judgement",
    "Limits",
    "ModelLife",
    "Models",
    "OwnModel",
    "OwnTraining",
    "People",
    "Prices",
    "Quality",
    "Retrieval",
    "Serving",
    "Traffic",
    "Tuning",
    "Variants",
    "Workload",
]
