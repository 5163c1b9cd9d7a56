"""The calculators are layers, and nothing in them depends on when or where they run."""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from calculators.catalog.cost_comparison.approaches import ROW_KEYS
from calculators.formulas import TERMS
from tests.formulas.fast_forms import FAST_FORMS

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "calculators"
MODULES = sorted(PACKAGE.rglob("*.py"))
MOST_LINES = 600


def layers() -> dict[Path, dict[str, int]]:
    """The table in CONTRIBUTING.md: for each folder, the row of each module or folder in it, counted from below."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (table,) = re.findall(r"```\n(calculators/\n.*?)```", text, re.DOTALL)
    found: dict[Path, dict[str, int]] = {}
    for block in table.strip().split("\n\n"):
        folder, *rows = block.splitlines()
        found[ROOT / folder] = {
            part: height
            for height, row in enumerate(reversed(rows))
            for part in re.split(r" {3,}", row.strip())[0].split()
        }
    return found


LAYERS = layers()

# What the answer would then depend on, beside the scenario. `tomllib` and `pathlib` are not among them:
# the figures are read from files of the package.
FORBIDDEN = {
    "the clock": {"time", "sched", "timeit"},
    "the network": {"socket", "ssl", "urllib.request", "http", "ftplib", "smtplib", "asyncio", "selectors"},
    "randomness": {"random", "secrets", "uuid"},
    "the machine": {"os", "subprocess", "multiprocessing", "threading", "locale", "platform", "tempfile", "getpass"},
    "the browser's JavaScript": {"js", "pyodide", "pyodide_js", "_pyodide", "micropip"},
}
CLOCK_CALLS = {"today", "now", "utcnow", "fromtimestamp", "localtime"}


def imported(module: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of everything that a module imports."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield from ((node.lineno, f"{node.module}.{name.name}") for name in node.names)


def target(name: str) -> Path | None:
    """The file of the package that a full name leads to: a module, or what its folder hands on."""
    found = None
    folder = ROOT
    for part in name.split("."):
        folder /= part
        for file in (folder.with_suffix(".py"), folder / "__init__.py"):
            found = file if file.is_file() else found
    return found


def named(module: Path) -> str:
    """How a failure names a module."""
    return module.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("folder", LAYERS, ids=named)
def test_everything_has_a_place_in_the_table(folder: Path) -> None:
    """
    A new part of the package is given its row in CONTRIBUTING.md before it is written,
    and none stands there twice.
    """
    there = {
        path.stem for path in folder.iterdir() if path.suffix == ".py" or (path.is_dir() and any(path.glob("*.py")))
    }

    assert there - {"__init__"} == set(LAYERS[folder])


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_imports_go_downwards(module: Path) -> None:
    """A module imports from its own part, or from a row below: never sideways, never up, in any folder of the table."""
    wrong = []
    for line, name in imported(module):
        other = target(name)
        if other is None:
            continue
        for folder, rows in LAYERS.items():
            if not (module.is_relative_to(folder) and other.is_relative_to(folder)):
                continue
            own, part = (path.relative_to(folder).with_suffix("").parts[0] for path in (module, other))
            if "__init__" in (own, part) or own == part:
                continue
            if rows[part] >= rows[own]:
                wrong.append(f"{named(module)}:{line} imports {name}")

    assert [] == wrong


def test_no_imports_run_in_a_circle() -> None:
    """Every module can be read once those it imports have been read."""
    needs = {
        module: {other for _, name in imported(module) if (other := target(name)) not in (None, module)}
        for module in MODULES
    }

    assert len(list(TopologicalSorter(needs).static_order())) == len(MODULES)


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_no_module_is_too_long_to_be_read(module: Path) -> None:
    """What takes longer has more than one subject."""
    assert len(module.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def test_no_two_classes_share_a_name() -> None:
    """Whoever looks for one finds that one, and an error that names a class names one."""
    names = [
        node.name
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    ]

    assert {name for name, many in Counter(names).items() if many > 1} == set()


ROWS_AS_DATA = PACKAGE / "catalog" / "cost_comparison" / "approaches.py"


def keys_compared(tree: ast.AST) -> Iterator[int]:
    """Lines on which the key of a row is compared, or a name is put together to look an attribute up by."""
    for node in ast.walk(tree):
        match node:
            case ast.Compare(left=left, comparators=others):
                asked = [part for each in (left, *others) for part in ast.walk(each)]
                if any(isinstance(part, ast.Constant) and part.value in ROW_KEYS for part in asked) and any(
                    isinstance(part, ast.Attribute | ast.Name)
                    and "key" in (getattr(part, "attr", ""), getattr(part, "id", ""))
                    for part in asked
                ):
                    yield node.lineno
            case ast.Call(func=ast.Name(id="getattr"), args=[_, ast.JoinedStr() | ast.BinOp(), *_]):
                yield node.lineno
            case ast.Call(func=ast.Name(id="row_of")):
                yield node.lineno


@pytest.mark.parametrize("module", [module for module in MODULES if module != ROWS_AS_DATA], ids=named)
def test_only_its_record_knows_a_row_by_its_key(module: Path) -> None:
    """What a row is made of stands in its record; no other module asks which row it has before it."""
    lines = [
        *keys_compared(ast.parse(module.read_text(encoding="utf-8"))),
        *(line for line, name in imported(module) if re.search(r"approaches\.(_|row_of|ROW_KEYS)", name)),
    ]

    assert [] == [f"{named(module)}:{line}" for line in lines]


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_the_same_scenario_gives_the_same_answer_anywhere(module: Path) -> None:
    """No module can reach the clock, the network, chance, the machine or the page."""
    wrong = [
        f"{named(module)}:{line} reaches {what}: {name}"
        for line, name in imported(module)
        for what, names in FORBIDDEN.items()
        if any(name == forbidden or name.startswith(f"{forbidden}.") for forbidden in names)
    ]
    calls = [
        f"{named(module)}:{node.lineno} reads the clock: {node.func.attr}()"
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCK_CALLS
    ]

    assert [] == wrong + calls


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_no_module_is_a_drawer(module: Path) -> None:
    """A module is named for what it knows; under these names anything could be put."""
    assert module.stem not in {"utils", "helpers", "common", "core", "base", "manager", "models", "types", "misc"}


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_markup_is_made_from_literals(module: Path) -> None:
    """Nothing becomes markup by being called so: a template is written out, and what it is filled with is escaped."""
    wrong = [
        f"{named(module)}:{node.lineno}: give Html a string literal and fill it, or escape with text()"
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Html"
        if not (len(node.args) == 1 and isinstance(node.args[0], ast.Constant))
    ]

    assert module == PACKAGE / "markup.py" or wrong == []


UNITS = PACKAGE / "formulas" / "units.py"
FIGURES_NEED_RECORDS = [
    module for part in ("catalog", "formulas") for module in sorted((PACKAGE / part).rglob("*.py")) if module != UNITS
]


def literals(tree: ast.AST) -> Iterator[tuple[int, complex]]:
    """Line and value of every number written out in a syntax tree."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float | complex):
            if isinstance(node.value, bool):
                continue
            yield node.lineno, node.value


@pytest.mark.parametrize("module", FIGURES_NEED_RECORDS, ids=named)
def test_no_figure_without_a_record(module: Path) -> None:
    """Every number but 0, 1 and 2 is a record with a source or a reason, or a conversion with a name."""
    wrong = [
        f"{named(module)}:{line}: {value}: make it a record in data/, or name the conversion in formulas/units.py"
        for line, value in literals(ast.parse(module.read_text(encoding="utf-8")))
        if value not in (0, 1, 2)
    ]

    assert [] == wrong


def test_conversions_have_names() -> None:
    """`formulas/units.py` defines constants and nothing else, each number under a name of its own."""
    tree = ast.parse(UNITS.read_text(encoding="utf-8"))
    wrong = [
        f"line {node.lineno}"
        for node in tree.body
        if not isinstance(node, ast.AnnAssign | ast.ImportFrom)
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]
    several = [
        node.lineno
        for node in tree.body
        if isinstance(node, ast.AnnAssign) and node.value and len(list(literals(node.value))) > 1
    ]

    assert ([], []) == (wrong, several)


def test_the_search_for_figures_finds_them() -> None:
    """A number in a default, a call or a comparison would be seen."""
    assert [value for _, value in literals(ast.parse("def f(x=3.6): return x < 730 or g(-5)"))] == [3.6, 730, 5]


# What is proved is what is used: a term stands outside `formulas/bills` if and only if the comparison computes with it.

FORMULAS = PACKAGE / "formulas"
BILLS = FORMULAS / "bills"
COMPARISON = [
    module
    for part in ("catalog", "html")
    for module in sorted((PACKAGE / part).rglob("*.py"))
    if module != PACKAGE / "html" / "proof.py" and PACKAGE / "html" / "pages" not in module.parents
]
"""Modules that answer a scenario. The reference pages and the proof name terms, and answer none."""


def formulas_in(modules: Iterable[Path]) -> dict[str, set[str]]:
    """The functions of some modules by name, each with the names of those that it calls."""
    return {
        function.name: {
            node.func.id
            for node in ast.walk(function)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        for module in modules
        for function in ast.parse(module.read_text(encoding="utf-8")).body
        if isinstance(function, ast.FunctionDef)
    }


def taken(module: Path) -> set[str]:
    """Names that a module takes from the formulas: as `formulas.name`, or by importing them."""
    attributes = {
        node.attr
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) in {"formulas", "bills", "formulas.bills"}
    }
    return attributes | {
        name.rpartition(".")[2] for _, name in imported(module) if name.startswith("calculators.formulas.")
    }


def reached() -> set[str]:
    """The formulas that an answer comes by: taken by a module that answers, or called by one of them."""
    calls = formulas_in(FORMULAS.rglob("*.py"))
    found: set[str] = set()
    new = set().union(*map(taken, COMPARISON)) & calls.keys()
    while new:
        found |= new
        new = {name for caller in new for name in calls[caller]} | {
            term for name in new & FAST_FORMS.keys() for term in FAST_FORMS[name]
        }
        new = (new & calls.keys()) - found
    return found


def test_the_comparison_computes_with_every_term_but_those_for_bills() -> None:
    """A term that no answer comes by belongs into `formulas/bills`, if a published bill needs it at all."""
    unused = sorted(TERMS.keys() - formulas_in(BILLS.glob("*.py")).keys() - reached())

    assert [] == unused, ", ".join(unused)


def test_the_comparison_computes_with_no_term_for_bills() -> None:
    """A term that an answer comes by belongs beside the others, where the proof counts it as used."""
    used = sorted(formulas_in(BILLS.glob("*.py")).keys() & reached())

    assert [] == used, ", ".join(used)


def test_terms_are_found_where_they_are_used() -> None:
    """The search sees what a module takes, and what a formula calls for it."""
    assert "training_operations" in reached()
    assert "labelling_cost" in taken(PACKAGE / "catalog" / "cost_comparison" / "cost" / "training.py")
