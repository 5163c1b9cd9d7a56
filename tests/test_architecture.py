"""The calculators are layers, and nothing in them depends on when or where they run."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "calculators"
MODULES = sorted(PACKAGE.rglob("*.py"))

# From the reader down to the numbers: a part imports only from rows below its own.
ROWS = (
    ("__main__", "fence", "browser"),
    ("html",),
    ("chart",),
    ("catalog",),
    ("calculator", "proof"),
    ("terms", "working"),
    ("formulas", "facts"),
    ("vocabulary",),
    ("calendar", "markup", "quantity"),
)
ROW_OF = {part: row for row, parts in enumerate(reversed(ROWS)) for part in parts}

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


def part_of(module: Path) -> str:
    """The part of the package that a file belongs to."""
    return module.relative_to(PACKAGE).with_suffix("").parts[0]


def imported(module: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of everything that a module imports."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield from ((node.lineno, f"{node.module}.{name.name}") for name in node.names)


def named(module: Path) -> str:
    """How a failure names a module."""
    return module.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_every_module_has_a_row(module: Path) -> None:
    """A new part of the package is given its place in ROWS before it is written."""
    assert part_of(module) in {*ROW_OF, "__init__"}


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_imports_go_downwards(module: Path) -> None:
    """A module imports from its own part, or from a row below: never sideways, never up."""
    own = part_of(module)
    wrong = []
    for line, name in imported(module):
        package, _, rest = name.partition(".")
        part = rest.partition(".")[0]
        if package != PACKAGE.name or part in {own, "__version__"}:
            continue
        if own == "__init__" or part not in ROW_OF or ROW_OF[part] >= ROW_OF[own]:
            wrong.append(f"{named(module)}:{line} imports {name}")

    assert [] == wrong


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
