"""
Published bills: each figure that somebody printed, or should have printed, comes out of one general term.

Nothing is computed here: the terms compute, and the proof compares.
"""

import ast
import functools
import inspect
import json
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from calculators import formulas, proof, working
from calculators.__main__ import main
from calculators.browser import answer
from calculators.command_line.proving import DISAGREES
from calculators.docstrings import describe
from calculators.facts import FACTS
from calculators.formulas import TERMS
from calculators.html import proof as shown
from calculators.html.pages import proof as page
from calculators.html.pages import terms as reference
from calculators.html.pages.terms import command_line
from calculators.markup import text
from calculators.proof import Figure, Vector, prove, vectors
from calculators.quantity import Quantity
from calculators.terms import asked
from tests.package import PACKAGE, copied, python

FORMULAS: Final = sorted(Path(formulas.__file__).parent.rglob("*.py"))
VECTORS: Final = vectors()
FIGURES: Final = [
    pytest.param(figure, id=f"{vector.id}-{figure.key}") for vector in VECTORS for figure in vector.figures
]
USED: Final = sorted({figure.term for vector in VECTORS for figure in vector.figures})

each_vector: Final = pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.id)
each_figure: Final = pytest.mark.parametrize("figure", FIGURES)

type Capture = pytest.CaptureFixture[str]


def naming(*names: str) -> set[str]:
    """The calculations of which a figure is given by one of these terms."""
    return {vector.id for vector in VECTORS if any(figure.term in names for figure in vector.figures)}


def doubled(name: str) -> Callable[..., float]:
    """A term that gives twice what it should, and looks like the right one otherwise."""
    right = TERMS[name]

    @functools.wraps(right)
    def wrong(**inputs: float) -> float:
        return right(**inputs) * 2

    return wrong


@functools.cache
def written() -> str:
    """The proof page."""
    return page.write()


@functools.cache
def described() -> str:
    """The page of terms."""
    return reference.write()


def disagreeing() -> set[str]:
    """The calculations that do not come out now."""
    return {proved.vector.id for proved in prove().disagreeing}


# The calculations.


def test_every_published_calculation_is_here() -> None:
    """None of the 67 is lost, and none is there twice."""
    ids = [vector.id for vector in VECTORS]

    assert len(ids) == 67
    assert sorted(ids) == sorted(set(ids))


@each_vector
def test_every_calculation_can_be_found_again(vector: Vector) -> None:
    """Each says who printed what, under which words, and has a place and a title on the page."""
    assert vector.source
    assert vector.quote
    assert vector.title
    assert vector.group in page.GROUPS
    assert vector.figures
    assert not vector.source_url or re.fullmatch(r"https://[\w.-]+/[^\s()]*", vector.source_url)


@each_vector
def test_what_does_not_come_out_says_why(vector: Vector) -> None:
    """A source is not called wrong without the reason beside it."""
    assert vector.verdict == "reproduces" or vector.note


def test_each_title_and_each_group_is_used() -> None:
    """Two calculations do not share a title, and no heading of the page stands over nothing."""
    titles = [vector.title for vector in VECTORS]

    assert sorted(titles) == sorted(set(titles))
    assert set(page.GROUPS) == {vector.group for vector in VECTORS}


@each_figure
def test_the_term_gives_the_right_figure(figure: Figure) -> None:
    """A term is general: it gives the published figure from the published inputs alone."""
    computed = proof.Computed(figure, float(TERMS[figure.term](**figure.inputs)))

    assert computed.agrees, f"{figure.term} has changed its meaning: mend it, or add a term for what is new"


@each_vector
def test_the_verdict_is_what_the_figures_say(vector: Vector) -> None:
    """A calculation reproduces if all of its figures come out as printed, and else it does not."""
    (proved,) = (each for each in prove().calculations if each.vector.id == vector.id)

    assert (vector.verdict == "reproduces") == all(each.as_published for each in proved.computed)


@each_figure
def test_anyone_can_run_it(figure: Figure, capsys: Capture) -> None:
    """The printed line works as it stands: in a shell it is the words it seems, and it gives the figure exactly."""
    program, switch, module, *words = shlex.split(figure.command)
    status = main(words)
    given = json.loads(capsys.readouterr().out)

    assert ["python", "-m", "calculators"] == [program, switch, module]
    assert figure.command.split() == shlex.split(figure.command)
    assert status == 0
    assert given["value"] == float(TERMS[figure.term](**figure.inputs))
    assert given["inputs"] == figure.inputs


@each_figure
def test_inputs_are_those_that_the_term_allows(figure: Figure) -> None:
    """Each input is one that the term has, within its bounds."""
    quantities = {each.name: each.quantity for each in asked(TERMS[figure.term])}
    for name, value in figure.inputs.items():
        assert value == quantities[name].check(value)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"right": {"total": 10.5}', '"right": {}'),
        ('"published": {"total": 10.5}', '"published": {"totals": 10.5}'),
        ('"verdict": "reproduces"', '"verdict": "close enough"'),
    ],
)
def test_half_a_calculation_is_refused(old: str, new: str) -> None:
    """Whoever adds one says which term gives each of its figures, what was printed and what is right."""
    whole = (PACKAGE / "data" / "worked_examples.json").read_text(encoding="utf-8")
    assert old in whole

    with pytest.raises(ValueError, match=r"^[a-z]+-[a-z0-9-]+: "):
        proof.read(whole.replace(old, new, 1))


# What is broken is noticed, and nothing else is.


@pytest.mark.parametrize("name", USED)
def test_a_broken_term_takes_its_own_calculations_with_it(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """With one term wrong, exactly the calculations that name it fail: by name, on the page, and in the terminal."""
    monkeypatch.setattr(proof, "TERMS", {**TERMS, name: doubled(name)})

    assert naming(name) == disagreeing()
    left = str(len(VECTORS) - len(naming(name)))
    assert f"<strong>{left} of 67</strong>" in shown.count(prove(), shown.AT_BUILD)
    assert main(["proof"]) == DISAGREES
    told = capsys.readouterr().out
    assert told.startswith(f"{left} of 67 ")
    assert naming(name) == {line.partition(":")[0] for line in told.splitlines()[1:] if not line.startswith(" ")}


# A file, a line and what it is broken to, and the terms that are built on it.
BREAKS: Final = [
    (
        "data.py",
        "price_per_label * (1 - automatic_share)",
        "price_per_label * (2 - automatic_share)",
        ["labelling_cost"],
    ),
    (
        "decisions.py",
        "cases * (1 - accuracy) * share_of_failures",
        "cases * (2 - accuracy) * share_of_failures",
        ["failure_cost", "value_of_accuracy"],
    ),
    ("serving.py", "rent * (1 + overhead_share)", "rent * (2 + overhead_share)", ["hosting_cost"]),
    ("units.py", "BITS_PER_BYTE: Final = 8", "BITS_PER_BYTE: Final = 9", ["serving_memory"]),
]


def broken(file: str, old: str, new: str, folder: Path) -> dict[str, Any]:
    """What the proof says in a copy of the package with one line of one formula broken."""
    path = copied(folder) / "formulas" / file
    source = path.read_text(encoding="utf-8")
    assert source.count(old) == 1, f"{file} no longer holds this line once: choose another to break"
    path.write_text(source.replace(old, new), encoding="utf-8")
    done = python(folder, "-m", "calculators", "proof", "--json")
    assert "" == done.stderr
    assert done.returncode == DISAGREES
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(("file", "old", "new", "terms"), BREAKS)
def test_a_broken_constant_is_noticed(file: str, old: str, new: str, terms: list[str], tmp_path: Path) -> None:
    """A constant changed in the source of a formula: the count falls by exactly the calculations of its terms."""
    found = broken(file, old, new, tmp_path)

    assert naming(*terms) == set(found["disagreeing"])
    assert len(VECTORS) - len(naming(*terms)) == found["agreeing"]


# The command line, the page and the browser say the same.


def test_the_command_line_counts(capsys: Capture) -> None:
    """All agree: the count, the figures, and status 0."""
    assert main(["proof"]) == 0
    assert capsys.readouterr().out.startswith("67 of 67 published calculations ")
    assert main(["proof", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)

    assert (67, 67, 118) == (found["calculations"], found["agreeing"], found["figures"])
    assert [] == found["disagreeing"]
    assert found["verdicts"] == prove().verdicts
    assert [vector.id for vector in VECTORS] == [each["id"] for each in found["computed"]]
    assert all(figure["agrees"] for each in found["computed"] for figure in each["figures"])


def test_the_page_counts_as_the_proof_does() -> None:
    """The number at its top and the numbers of its verdicts are those of the proof, computed when it is written."""
    proved, html = prove(), written()

    assert f"<strong>{proved.agreeing} of {proved.total}</strong>" in html
    for verdict, count in proved.verdicts.items():
        assert re.search(rf"{page.VERDICTS[verdict][0]}</th><td[^>]*>{count}<", html)


@each_vector
def test_the_page_shows_every_calculation_whole(vector: Vector) -> None:
    """Each has an address, its source, its note, and for every figure the line that gives it."""
    html = written()
    _, found, rest = html.partition(f'<h3 id="proof-{vector.id}">')
    case = rest.partition("</section>")[0]

    assert found
    assert not vector.source_url or f'href="{text(vector.source_url)}"' in case
    assert text(vector.note) in case
    for figure in vector.figures:
        assert command_line(figure.command) in case
        assert f'<a href="../terms/#term-{figure.term}">' in case


def test_the_browser_is_told_what_the_page_says() -> None:
    """Every slot of the page is filled again, with the same figures; nothing is sent that the page has no place for."""
    reply = json.loads(answer("proof?"))
    slots = set(re.findall(r'data-slot="([^"]+)"', written()))

    assert slots == set(reply["patches"])
    assert "67 of 67 agree" == reply["says"]
    html = written()
    for proved in prove().calculations:
        for computed in proved.computed:
            assert reply["patches"][shown.slot(proved, computed)] in html


def test_a_wrong_figure_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a figure does not come out, the page says what it should be and the browser says which it is."""
    monkeypatch.setattr(proof, "TERMS", {**TERMS, "labelling_cost": doubled("labelling_cost")})
    reply = json.loads(answer("proof?"))

    assert "should be $1,200" in reply["patches"]["proof-data-wring-100k-labels-total"]
    assert 'href="#proof-data-wring-100k-labels"' in reply["patches"]["proof-result"]
    assert "66 of 67" in reply["says"]


# The working.


@each_figure
def test_the_working_is_that_of_the_term(figure: Figure) -> None:
    """Written down, the sum has the same value to its last digit, and every input is in it."""
    worked = working.working(TERMS[figure.term], figure.inputs)

    assert float(worked) == float(TERMS[figure.term](**figure.inputs))
    for value in figure.inputs.values():
        if figure.term != "charge_with_minimum":  # Of usage and minimum it takes the larger one.
            assert working.Worked(value).text in worked.text


@each_figure
def test_the_working_can_be_worked_out(figure: Figure) -> None:
    """Read as a sum by somebody else, what is written comes to what is written behind it: no bracket is missing."""
    worked = working.working(TERMS[figure.term], figure.inputs)
    plain = worked.text.replace(",", "").translate({ord("×"): "*", ord("÷"): "/", ord("−"): "-"})
    assert re.fullmatch(r"[\d.e+*/() -]+", plain)

    assert pytest.approx(float(worked), rel=1e-12) == eval(plain)  # noqa: S307 - digits and signs, as the line before says


@pytest.mark.parametrize("name", TERMS)
def test_every_term_can_be_written_out(name: str) -> None:
    """No term does anything with its numbers that the working cannot follow, and none comes to another value by it."""
    inputs = describe(name, TERMS[name]).call

    assert float(TERMS[name](**inputs)) == float(working.working(TERMS[name], inputs))


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (lambda *, a, b: a - (b - a), "3 − (2 − 3)"),
        (lambda *, a, b: a / (b / a), "3 ÷ (2 ÷ 3)"),
        (lambda *, a, b: (a + b) * b, "(3 + 2) × 2"),
        (lambda *, a, b: 12 / a - b, "12 ÷ 3 − 2"),
        (lambda *, a, b: 1 - a + 0 * b, "1 − 3"),
        (lambda *, a, b: 0 + 1 * a / 1 + b * 0, "3"),
        (lambda *, a, b: 0 - a - b, "0 − 3 − 2"),
    ],
)
def test_brackets_stand_where_a_sum_needs_them(term: Callable[..., float], text: str) -> None:
    """And nowhere else; constants that change nothing are not written."""
    assert text == working.working(term, {"a": 3, "b": 2}).text


# A term knows no case.


def without_sources(path: Path) -> str:
    """The text of a module of formulas, less what its docstrings name as published examples of it."""
    return re.sub(r"^    Sources:\n(?:        .*\n)+", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)


def names() -> Iterator[str]:
    """Every provider on file, and every calculation."""
    for ledger in (FACTS.inference, FACTS.tuning, FACTS.vector_databases, FACTS.embeddings):
        yield from (record.provider for record in ledger.values())
    yield from (vector.id for vector in VECTORS)


@pytest.mark.parametrize("path", FORMULAS, ids=lambda path: path.stem)
def test_no_term_knows_a_provider_or_a_calculation(path: Path) -> None:
    """Formulas are general: what differs between services is an argument, and a published bill is only an example."""
    source = without_sources(path).lower()

    assert [] == [name for name in sorted(set(names())) if re.search(rf"\b{re.escape(name.lower())}\b", source)]


def test_the_proof_has_no_arithmetic() -> None:
    """The proof works nothing out itself: a sum of its own could only agree with itself."""
    signs = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow)
    functions = [node for node in ast.walk(ast.parse(inspect.getsource(proof))) if isinstance(node, ast.FunctionDef)]
    found = [
        node.lineno
        for function in functions
        for node in ast.walk(function)
        if isinstance(node, ast.BinOp) and isinstance(node.op, signs)
    ]

    assert functions
    assert [] == found


# The reference of terms.


@pytest.mark.parametrize("name", TERMS)
def test_the_reference_shows_every_term_whole(name: str) -> None:
    """Each has an address, every input with its unit, its bounds and what it is, and a line to run."""
    html = described()
    _, found, rest = html.partition(f'<h3 id="term-{name}">')
    section = rest.partition("</section>")[0]
    said = describe(name, TERMS[name])

    assert found
    assert f"python -m calculators term {name} " in section
    assert said.gives[1]
    for each in asked(TERMS[name]):
        words, unit = said.inputs[each.name]
        assert words
        assert unit
        assert f'<th scope="row"><code>{each.name}</code></th>' in section
    for key in said.sources:
        assert f'href="../proof/#proof-{key}"' in section


@pytest.mark.parametrize("name", TERMS)
def test_the_line_of_the_reference_runs(name: str, capsys: Capture) -> None:
    """The command beside a term's example gives what its example computes."""
    said = describe(name, TERMS[name])
    line = [f"{each}={value!r}" for each, value in said.call.items()]

    assert main(["term", name, *line, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["value"] == float(TERMS[name](**said.call))


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (Quantity(), "0 or more"),
        (Quantity(minimum=1), "1 or more"),
        (Quantity(minimum=-1e15), "any amount"),
        (Quantity(maximum=1, share=True), "0% to 100%"),
    ],
)
def test_bounds_are_said_in_words(quantity: Quantity, words: str) -> None:
    """A bound that is only there to keep numbers finite is not written out on every line."""
    assert words == reference._bounds(quantity)


def test_a_term_without_an_example_is_refused() -> None:
    """The page cannot show how to run what shows no example of itself."""

    def silent() -> float:
        """
        Give nothing.

        Args:
            none: Nothing. [1]

        Returns:
            Nothing. [1]

        >>> 1
        1
        """
        return 0.0

    call: Callable[..., float] = silent
    with pytest.raises(ValueError, match="silent"):
        describe("silent", call)
