"""The command line: the page's figures for scripts, and no mistake forgiven."""

import inspect
import json
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

from calculators import catalog
from calculators.__main__ import main
from calculators.calendar import say_date
from calculators.catalog.cost_comparison.approaches import ROW_KEYS
from calculators.catalog.cost_comparison.dimensions import TOGETHER
from calculators.catalog.cost_comparison.report import figures
from calculators.command_line.computing import read_term
from calculators.command_line.refusing import BAD_INPUT, RefusedCommandError
from calculators.facts import DATA, FACTS
from calculators.formulas import TERMS
from tests.catalog.scenarios import COST_COMPARISON, answer, at
from tests.hostile import HOSTILE, hidden

ROOT: Final = Path(__file__).parents[1]
PROOFS: Final = json.loads((DATA / "worked_examples.json").read_text(encoding="utf-8"))
CHECKS: Final = [
    pytest.param(check, id=f"{vector['id']}-{key}") for vector in PROOFS for key, check in vector["checks"].items()
]

type Capture = pytest.CaptureFixture[str]


def run(capture: Capture, *arguments: str) -> str:
    """What a good command prints."""
    status = main(arguments)
    printed = capture.readouterr()

    assert "" == printed.err
    assert status == 0
    return printed.out


def exactly(capture: Capture, *arguments: str) -> dict[str, Any]:
    """What a good command prints for programs."""
    found: dict[str, Any] = json.loads(run(capture, *arguments, "--json"))
    return found


def refused(capture: Capture, *arguments: str) -> list[str]:
    """The lines with which a bad command is refused."""
    status = main(arguments)
    printed = capture.readouterr()

    assert status == BAD_INPUT
    assert "" == printed.out
    return printed.err.splitlines()


def test_it_runs_as_a_module() -> None:
    """`python -m calculators` is all there is to know: exit status, both streams, and nothing else needed."""
    good = subprocess.run(
        [sys.executable, "-m", "calculators", "cost-comparison?shots=8", "--json"],
        cwd=ROOT,
        capture_output=True,
        check=False,
        text=True,
    )
    bad = subprocess.run(
        [sys.executable, "-m", "calculators", "cost-comparison", "shots=many"],
        cwd=ROOT,
        capture_output=True,
        check=False,
        text=True,
    )

    assert (0, "") == (good.returncode, good.stderr)
    assert "rows" in json.loads(good.stdout)
    assert (BAD_INPUT, "") == (bad.returncode, bad.stdout)
    assert "Shots" in bad.stderr


def test_alone_it_lists_calculators_and_says_how(capsys: Capture) -> None:
    """Somebody who knows nothing but its name finds out the rest."""
    shown = run(capsys)

    for slug in catalog.slugs():
        assert slug in shown
    for word in ("--json", "--help", "term NAME", "proof", "python -m calculators"):
        assert word in shown
    assert list(catalog.slugs()) == [each["slug"] for each in exactly(capsys)["calculators"]]


def test_help_lists_every_input(capsys: Capture) -> None:
    """Each input with its label, its default and the values it allows, as the form has them."""
    shown = " ".join(run(capsys, "cost-comparison", "--help").split())

    for item in COST_COMPARISON.inputs.values():
        assert f"{item.name}=" in shown
        assert item.label in shown
        assert item.kind.range in shown


def test_both_ways_to_write_a_scenario_are_one(capsys: Capture) -> None:
    """A link's state and words apart give the same answer; what people type is read as in a field."""
    link = run(capsys, "cost-comparison?requests_per_month=50k&shots=8")

    assert link == run(capsys, "cost-comparison", "requests_per_month=50,000", "shots=8")
    assert link == run(capsys, "cost-comparison?shots=8", "requests_per_month=50000")


@pytest.mark.parametrize("preset", COST_COMPARISON.presets, ids=lambda preset: preset.key)
def test_the_written_answer_has_verdict_table_and_day(capsys: Capture, preset: Any) -> None:  # noqa: ANN401  # a Preset
    """Sentence, every row with its figures, what tips it, the day of the prices and the link to send."""
    scenario = at(preset.query)
    comparison = answer(scenario)
    shown = run(capsys, f"cost-comparison?{preset.query}")

    for row in comparison.rows:
        assert row.approach.title in shown
    for tip in comparison.tips:
        assert tip.cause in TOGETHER or f"{tip.cause}={tip.at:.12g}" in shown
    assert say_date(FACTS.today) in shown
    assert f"cost-comparison?{COST_COMPARISON.encode(scenario)}" == shown.splitlines()[-1]


@pytest.mark.parametrize("preset", COST_COMPARISON.presets, ids=lambda preset: preset.key)
def test_the_exact_figures_are_those_of_python(capsys: Capture, preset: Any) -> None:  # noqa: ANN401
    """`--json` gives every figure to its last digit, and the link that gives it again."""
    found = exactly(capsys, f"cost-comparison?{preset.query}")
    scenario = found.pop("scenario")

    assert figures(answer(at(preset.query))) == found
    assert found == {name: value for name, value in exactly(capsys, scenario).items() if name != "scenario"}


def test_exact_figures_name_their_rows(capsys: Capture) -> None:
    """The JSON says who is first, at each tip and in each band of the dial too, by the names that links use."""
    found = exactly(capsys, "cost-comparison")
    keys = [row["approach"] for row in found["rows"]]

    assert sorted(keys) == sorted(ROW_KEYS)
    assert found["winner"] in keys
    first = {"stay", None, *keys}
    assert {tip["first"] for tip in found["tips"]} <= first
    assert {band["approach"] for band in found["dial"]["bands"]} <= first
    for row in found["rows"]:
        assert row["total"] == pytest.approx(row["bills"] + row["people"])
        assert row["cumulative"][-1] == pytest.approx(row["total"])


def test_an_answer_without_a_winner_is_written_too(capsys: Capture) -> None:
    """Where nothing can do the job, text and JSON say so."""
    nobody = ("cost-comparison", "must_change=private", "own_can=cannot", "open_can=cannot")

    assert exactly(capsys, *nobody)["winner"] is None
    assert exactly(capsys, *nobody)["dial"] is None
    assert run(capsys, *nobody)


def test_standing_and_tests_are_in_the_table(capsys: Capture) -> None:
    """The reader's judgement, a passed eval and a failed one each change what the table says."""
    neutral = run(capsys, "cost-comparison", "must_change=tone")
    shown = {
        run(capsys, "cost-comparison", "must_change=tone", entry)
        for entry in ("prompt_can=can", "prompt_passes=yes", "prompt_passes=no", "prompt_can=cannot")
    }

    assert len(shown | {neutral}) == 5


def test_all_mistakes_of_a_scenario_at_once(capsys: Capture) -> None:
    """Unknown, repeated and refused: one line each, none forgiven, and the label and range of what is refused."""
    lines = refused(
        capsys, "cost-comparison?shot=8&shots=5", "shots=6", "requests_per_month=many", "batch_share=150%", "vs=1"
    )

    assert 5 == len(lines)
    for word in ("“shot”", "“vs”", "“shots”", "Requests", "Can wait a day"):
        assert 1 == sum(word in line for line in lines), word
    assert any("0 to 1,000,000,000" in line for line in lines)
    assert any("0% to 100%" in line for line in lines)


def test_inputs_that_do_not_go_together_are_refused(capsys: Capture) -> None:
    """What a form refuses, the command line refuses."""
    (line,) = refused(capsys, "cost-comparison", "overlap_tokens=500", "chunk_tokens=500")

    assert line.startswith("overlap_tokens: ")


def test_refusals_for_programs(capsys: Capture) -> None:
    """With `--json` the refusals are JSON as well, and the status is the same."""
    status = main(["cost-comparison", "shots=many", "--json"])
    printed = capsys.readouterr()

    assert status == BAD_INPUT
    assert printed.err.splitlines() == json.loads(printed.out)["refused"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["cost-comparisons"],
        ["cost-comparisons", "--help"],
        [""],
        ["cost-comparison", "shots"],
        ["cost-comparison", "shots=8", "--jsn"],
        ["--shots=8"],
        ["term", "no_such_term"],
        ["term", "no_such_term", "--help"],
        ["term", "npv", "1"],
        ["term", "ratio", "numerator=1", "denominator=0"],
        ["proof", "api-anthropic-session-uncached"],
        ["proof", "--help", "figures=all"],
        ["x" * 10**6],
        ["cost-comparison", "y" * 10**6 + "=1"],
        ["cost-comparison", "shots=" + "9" * 10**6],
        ["term", "z" * 10**6],
    ],
    ids=lambda arguments: " ".join(arguments)[:40],
)
def test_bad_commands_end_with_status_two(capsys: Capture, arguments: list[str]) -> None:
    """Nothing that cannot be carried out passes for a result, and no message repeats a flood."""
    lines = refused(capsys, *arguments)

    assert len(lines) == 1
    assert len(lines[0]) < 400


def test_a_flood_of_names_is_told_once_each(capsys: Capture) -> None:
    """More pairs than a link may have are all looked at here: what is unknown is told."""
    lines = refused(capsys, "cost-comparison?" + "&".join(f"n{number}=1" for number in range(1_000)))

    assert len(lines) == 1_000


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        (["cost-comparison?" + "&".join(f"n{number}=1" for number in range(10**5))], 10**5),
        (["cost-comparison", *(f"n{number}=1" for number in range(10**5))], 10**5),
        (["cost-comparison", *["n=1"] * 10**5], 2),
        (["cost-comparison", *["shots=8"] * 10**5], 1),
        (["term", "ratio", "numerator=1", "denominator=1", *(f"n{number}=1" for number in range(10**5))], 10**5),
        (["term", "ratio", "numerator=1", *["denominator=1"] * 10**5], 1),
        (["proof", *(f"n{number}" for number in range(10**5))], 10**5),
        (["x", *(f"--n{number}" for number in range(10**5))], 10**5),
    ],
    ids=["link", "words", "one unknown", "one known", "term", "one of a term", "proof", "switches"],
)
def test_a_hundred_thousand_mistakes_are_told_in_one_go(capsys: Capture, arguments: list[str], lines: int) -> None:
    """Time grows with the number of words, not with its square, and what is repeated is told once."""
    assert lines == len(refused(capsys, *arguments))


@pytest.mark.parametrize(
    "arguments",
    [
        ["{}"],
        ["a{}b?c=1"],
        ["--{}"],
        ["-{}-", "--json"],
        ["cost-comparison", "{}"],
        ["cost-comparison", "{}=1"],
        ["cost-comparison", "a{}b=1"],
        ["cost-comparison?a{}b=1"],
        ["cost-comparison", "shots=1{}2x"],
        ["cost-comparison", "shots=-{}1"],
        ["cost-comparison", "must_change={}x"],
        ["cost-comparison", "as_of={}x"],
        ["term", "{}"],
        ["term", "{}", "--help"],
        ["term", "ratio", "numerator=1{}1x", "denominator=1"],
        ["term", "ratio", "numerator=1", "denominator=1", "{}=1"],
        ["term", "ratio", "{}"],
        ["proof", "{}"],
    ],
    ids=" ".join,
)
def test_a_refusal_hides_nothing(capsys: Capture, arguments: list[str]) -> None:
    """What a terminal would act on is written out, and each mistake stays on its one line."""
    for hostile in HOSTILE.values():
        main([argument.format(hostile) for argument in arguments])
        printed = capsys.readouterr()
        (line,) = printed.err.removesuffix("\n").split("\n")

        assert [] == hidden(line)
        assert [] == hidden(printed.out.replace("\n", ""))


@pytest.mark.parametrize("arguments", [["-"], ["--"], ["cost-comparison", "--", "shots=8"], ["cost-comparison", ""]])
def test_words_that_mean_nothing_are_refused(capsys: Capture, arguments: list[str]) -> None:
    """A lone dash, a double one and an empty word are no inputs."""
    assert 1 == len(refused(capsys, *arguments))


def test_help_explains_the_proof(capsys: Capture) -> None:
    """Somebody who asks what it does is told, and nothing is computed."""
    shown = run(capsys, "proof", "--help")

    assert shown.startswith("proof ")
    assert "of 63" not in shown


# Terms.


@pytest.mark.parametrize("check", CHECKS)
def test_published_bills_come_out_of_the_command_line(capsys: Capture, check: dict[str, Any]) -> None:
    """Each published calculation can be run as it stands, and gives the figure that Python gives."""
    given = [f"{name}={value!r}" for name, value in check["inputs"].items()]
    found = exactly(capsys, "term", check["term"], *given)
    expected = float(TERMS[check["term"]](**check["inputs"]))

    assert check["inputs"] == found["inputs"]
    assert (expected if expected != float("inf") else "never") == found["value"]


def test_terms_are_listed_with_what_they_ask(capsys: Capture) -> None:
    """Every term with its inputs and the first line of its description."""
    shown = run(capsys, "term")

    for name, term in TERMS.items():
        assert name in shown
        assert (inspect.getdoc(term) or "").splitlines()[0] in shown
        for parameter in inspect.signature(term).parameters:
            assert f"{parameter}=" in shown
    assert list(TERMS) == list(exactly(capsys, "term")["terms"])


@pytest.mark.parametrize("name", TERMS)
def test_help_explains_a_term(capsys: Capture, name: str) -> None:
    """The description that a programmer reads is the one that the command line shows."""
    _, described = run(capsys, "term", name, "--help").split("\n\n", 1)
    described, _, example = described.rpartition("\n\nAn example, to paste:\n  python -m calculators ")

    assert described == inspect.getdoc(TERMS[name])
    assert run(capsys, *example.split())


def test_a_term_is_written_with_its_unit(capsys: Capture) -> None:
    """Amounts as money, shares in per cent, the rest with what it counts."""
    tokens = ["examples=1k", "tokens_per_example=100", "epochs=3"]

    assert "300,000 tokens\n" == run(capsys, "term", "training_tokens", *tokens)
    assert "$2.50\n" == run(capsys, "term", "token_cost", "tokens=1M", "price=2.50")
    hit = run(capsys, "term", "cache_hit_share", "requests_per_month=5000", "minutes_to_live=5")
    assert hit.endswith("% (rounded: --json gives every digit)\n")


def test_what_never_comes_about_is_no_number(capsys: Capture) -> None:
    """A break-even that does not exist is nothing, with its reason: in words, and beside it in JSON."""
    never = ["term", "payback_months", "setup_cost=1", "monthly_saving=0"]
    reply = exactly(capsys, *never)

    assert run(capsys, *never) == "never: nothing is saved\n"
    assert reply["value"] is None
    assert reply["reason"] == "never: nothing is saved"
    assert exactly(capsys, *never[:-1], "monthly_saving=1")["reason"] is None


def test_counts_are_exact_and_rounding_is_told(capsys: Capture) -> None:
    """No digit in front of the point is lost; where one behind it is, the line says where it can be had."""
    chunks = ["term", "chunk_count", "corpus_tokens=200M", "chunk_tokens=512"]

    assert run(capsys, *chunks) == "390,625\n"
    assert run(capsys, "term", "ratio", "numerator=1", "denominator=3").endswith(
        "(rounded: --json gives every digit)\n"
    )


def test_a_name_that_was_meant_is_suggested(capsys: Capture) -> None:
    """Misspelt terms, inputs, switches and calculators; and a term where a calculator belongs, or the reverse."""
    for line, meant in {
        ("term", "chunk_cuont"): "did you mean chunk_count",
        ("term", "cost-comparison"): "python -m calculators cost-comparison",
        ("chunk_count",): "python -m calculators term chunk_count --help",
        ("chunk_cuont",): "python -m calculators term chunk_count --help",
        ("cost-comparision",): "did you mean cost-comparison",
        ("cost-comparison", "request_per_month=5"): "did you mean requests_per_month",
        ("term", "token_cost", "token=5", "price=1"): "did you mean tokens",
        ("cost-comparison", "--jsno"): "did you mean --json",
    }.items():
        assert main(line) == BAD_INPUT
        assert meant in capsys.readouterr().err


def test_terms_are_found_by_words(capsys: Capture) -> None:
    """By subject, and by any word that is said of them; what nothing says is refused."""
    found = run(capsys, "terms", "GPU-hours")

    assert "gpu_hours " in found
    assert "word_tokens" not in found
    assert "Training" in found
    assert main(["terms", "xylophone"]) == BAD_INPUT
    assert "xylophone" in capsys.readouterr().err


def test_help_can_be_pasted(capsys: Capture) -> None:
    """The example under a calculator's inputs is a command that works."""
    _, _, example = run(capsys, "cost-comparison", "--help").rpartition("python -m calculators ")

    assert run(capsys, *shlex.split(example))


def test_all_mistakes_of_a_term_at_once(capsys: Capture) -> None:
    """Missing, unknown, refused and repeated inputs are told together."""
    lines = refused(capsys, "term", "training_tokens", "examples=1.5", "token=1", "epochs=3", "epochs=4")

    assert 4 == len(lines)
    for word in ("examples: ", "“token”", "tokens_per_example: missing", "“epochs”"):
        assert 1 == sum(line.startswith(word) for line in lines), word


def test_a_repeated_input_of_a_term_is_refused(capsys: Capture) -> None:
    """Neither the first nor the last is taken in silence."""
    (line,) = refused(capsys, "term", "token_cost", "tokens=1", "tokens=2", "price=1")

    assert "tokens" in line


def test_arguments_have_the_type_their_term_names() -> None:
    """A count is an int, a price a float; what has a default may be left out."""
    values = read_term("training_tokens", {"examples": "1k", "tokens_per_example": "100", "epochs": "3"})

    assert {"examples": 1_000, "tokens_per_example": 100.0, "epochs": 3} == values
    assert [int, float, int] == [type(value) for value in values.values()]
    with pytest.raises(RefusedCommandError) as error:
        read_term("training_tokens", {})
    assert 3 == len(error.value.faults)


def test_a_result_that_no_number_holds_is_refused(capsys: Capture) -> None:
    """Inputs that are each in range may still come to more than can be computed with."""
    (line,) = refused(
        capsys,
        "term",
        "serving_gpus",
        "requests_per_month=1e15",
        "gpu_seconds_per_request=0.5",
        "peak_to_mean=1",
        "usable_share=1",
        "minimum_replicas=1",
        "gpus_per_replica=1e15",
        "seconds_per_month=1e-300",
    )

    assert line.startswith("serving_gpus: ")
