"""Usage records: however a vendor counts, the same request is the same inputs; and nothing else is read as one."""

import io
import json
import sys
from typing import Final
from urllib.parse import urlencode

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from calculators.__main__ import main
from calculators.browser import answer
from calculators.calculator import Scenario, split
from calculators.catalog.cost_comparison.approaches import row_of
from calculators.command_line.refusing import BAD_INPUT
from calculators.formulas import TERMS
from calculators.html.form import form
from calculators.usage import LONGEST_RECORD, RefusedUsageError, read_usage
from tests.catalog.scenarios import (
    COST_COMPARISON,
    MODELS,
    at,
    bounded,
    changed,
    evaluated,
    on_any_model,
    scenario_value,
)

TOKENS: Final = st.integers(0, 1_000_000)

# One request: 5,000 tokens read from the cache, 1,000 more, 250 of answer, 150 of reasoning.
SAME: Final[dict[str, dict[str, object]]] = {
    "OpenAI, chat": {
        "prompt_tokens": 6000,
        "completion_tokens": 400,
        "total_tokens": 6400,
        "prompt_tokens_details": {"cached_tokens": 5000, "audio_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": 150, "accepted_prediction_tokens": 0},
    },
    "OpenAI, responses": {
        "input_tokens": 6000,
        "input_tokens_details": {"cached_tokens": 5000},
        "output_tokens": 400,
        "output_tokens_details": {"reasoning_tokens": 150},
        "total_tokens": 6400,
    },
    "Gemini": {
        "usageMetadata": {
            "promptTokenCount": 6000,
            "cachedContentTokenCount": 5000,
            "candidatesTokenCount": 250,
            "thoughtsTokenCount": 150,
            "totalTokenCount": 6400,
            "promptTokensDetails": [{"modality": "TEXT", "tokenCount": 6000}],
        }
    },
    "Gemini, interactions": {
        "status": "completed",
        "usage": {
            "total_input_tokens": 6000,
            "total_cached_tokens": 5000,
            "total_output_tokens": 250,
            "total_thought_tokens": 150,
            "total_tool_use_tokens": 0,
            "total_tokens": 6400,
        },
    },
    "Mistral": {
        "prompt_tokens": 6000,
        "prompt_tokens_details": {"cached_tokens": 5000},
        "num_cached_tokens": 5000,
        "prompt_audio_seconds": {},
        "completion_tokens": 400,
        "completion_tokens_details": {"reasoning_tokens": 150},
        "total_tokens": 6400,
    },
    "xAI": {
        "prompt_tokens": 6000,
        "prompt_tokens_details": {"text_tokens": 6000, "audio_tokens": 0, "image_tokens": 0, "cached_tokens": 5000},
        "completion_tokens": 250,
        "completion_tokens_details": {"reasoning_tokens": 150, "audio_tokens": 0},
        "total_tokens": 6400,
        "num_sources_used": 0,
    },
    "Groq": {
        "x_groq": {
            "usage": {
                "queue_time": 0.04,
                "prompt_tokens": 6000,
                "prompt_time": 0.01,
                "prompt_tokens_details": {"cached_tokens": 5000},
                "completion_tokens": 400,
                "completion_time": 0.2,
                "completion_tokens_details": {"reasoning_tokens": 150},
                "total_tokens": 6400,
                "total_time": 0.21,
            }
        }
    },
    "DeepSeek": {
        "prompt_tokens": 6000,
        "prompt_cache_hit_tokens": 5000,
        "prompt_cache_miss_tokens": 1000,
        "prompt_tokens_details": {"cached_tokens": 5000},
        "completion_tokens": 400,
        "completion_tokens_details": {"reasoning_tokens": 150},
        "total_tokens": 6400,
    },
    "reasoning beside the answer": {
        "prompt_tokens": 6000,
        "prompt_tokens_details": {"cached_tokens": 5000},
        "completion_tokens": 250,
        "completion_tokens_details": {"reasoning_tokens": 150},
        "total_tokens": 6400,
    },
    "Vercel": {
        "inputTokens": 6000,
        "cachedInputTokens": 5000,
        "outputTokens": 400,
        "reasoningTokens": 150,
        "totalTokens": 6400,
    },
    "LangChain": {
        "input_tokens": 6000,
        "input_token_details": {"cache_read": 5000},
        "output_tokens": 400,
        "output_token_details": {"reasoning": 150},
    },
}
# 5,000 read, 1,000 written, 100 neither, 250 of answer.
WRITTEN: Final[dict[str, dict[str, object]]] = {
    "Anthropic": {
        "id": "msg_1",
        "content": [{"type": "text", "text": '}{][ \\" {{{{{{{{{{{{{{{{{{{{{{{{'}],
        "usage": {
            "input_tokens": 100,
            "cache_creation_input_tokens": 1000,
            "cache_read_input_tokens": 5000,
            "cache_creation": {"ephemeral_5m_input_tokens": 1000, "ephemeral_1h_input_tokens": 0},
            "output_tokens": 250,
            "service_tier": "standard",
        },
    },
    "Bedrock": {
        "usage": {
            "inputTokens": 100,
            "outputTokens": 250,
            "totalTokens": 6350,
            "cacheReadInputTokens": 5000,
            "cacheWriteInputTokens": 1000,
        }
    },
    "Bedrock, in a header": {
        "inputTokenCount": 100,
        "outputTokenCount": 250,
        "cacheReadInputTokenCount": 5000,
        "cacheWriteInputTokenCount": 1000,
    },
    "inside": {
        "prompt_tokens": 6100,
        "prompt_tokens_details": {"cached_tokens": 5000, "cache_write_tokens": 1000},
        "completion_tokens": 250,
    },
    "LiteLLM": {
        "prompt_tokens": 6100,
        "completion_tokens": 250,
        "cache_read_input_tokens": 5000,
        "cache_creation_input_tokens": 1000,
        "prompt_tokens_details": None,
    },
}


@pytest.mark.parametrize("record", SAME.values(), ids=SAME)
def test_every_vendor_says_the_same_of_the_same_request(record: dict[str, object]) -> None:
    """Inside or beside, by whatever names, on its own or in a whole response."""
    assert read_usage(json.dumps(record)).inputs == {
        "fixed_tokens": "5000",
        "varying_tokens": "1000",
        "output_tokens": "250",
        "reasoning_tokens": "150",
        "cache_hit_share": "1",
        "caching": "yes",
    }


@pytest.mark.parametrize("record", WRITTEN.values(), ids=WRITTEN)
def test_what_is_written_to_a_cache_is_told_apart(record: dict[str, object]) -> None:
    """It is part of the fixed prompt that was not found there."""
    found = read_usage(json.dumps(record))

    assert (5_000, 1_000, 100, 250, 0) == found[2:7]
    assert float(found.inputs["cache_hit_share"]) == pytest.approx(5 / 6)


def test_what_was_understood_is_said() -> None:
    """Whose way of counting it is, where the cached tokens stand, and every number of them."""
    inside, beside, apart = (
        read_usage(json.dumps(each)) for each in (SAME["OpenAI, chat"], WRITTEN["Anthropic"], SAME["Gemini"])
    )
    plain = read_usage('{"input_tokens": 10, "output_tokens": 1}')

    assert inside.understood[0] == "OpenAI’s way of counting: cached tokens are inside the prompt’s count."
    assert inside.understood[1].startswith("A prompt of 6,000 tokens: 5,000 read from the cache, 0 written to it")
    assert inside.understood[2].startswith("Reasoning is inside the output’s count: an answer of 250 tokens, and 150")
    assert apart.understood[2].startswith("Reasoning is beside the output’s count: an answer of 250 tokens, and 150")
    assert beside.understood[2] == "An answer of 250 tokens, and no reasoning."
    assert beside.understood[0] == "Anthropic’s way of counting: cached tokens are beside the prompt’s count."
    assert plain.understood[0] == "A usage record: nothing is said of a cache."
    assert "all of it counts as varying input" in plain.understood[3]
    assert "cache_hit_share" not in plain.inputs


def counted_inside(read: int, written: int, rest: int, output: int) -> dict[str, object]:
    """A usage record as those write it who count what is cached inside the prompt."""
    return {
        "prompt_tokens": read + written + rest,
        "prompt_tokens_details": {"cached_tokens": read, "cache_write_tokens": written},
        "completion_tokens": output,
    }


@bounded(100)
@given(scenario=on_any_model(), tokens=st.tuples(TOKENS, st.integers(0, 1_000), TOKENS, TOKENS))
def test_two_conventions_give_one_answer(scenario: Scenario, tokens: tuple[int, int, int, int]) -> None:
    """The same request counted inside and beside: in any scenario the same bills, and by the term the same cost."""
    read, written, rest, output = tokens
    inside = counted_inside(read, written, rest, output)
    beside = {
        "input_tokens": rest,
        "cache_read_input_tokens": read,
        "cache_creation_input_tokens": written,
        "output_tokens": output,
    }
    try:
        one = read_usage(json.dumps(inside)).inputs
    except RefusedUsageError:
        assert read + written > 1_000_000
        return
    other = read_usage(json.dumps(beside)).inputs
    assert one == other
    bills = []
    for pasted in (one, other):
        read_as = at(urlencode(pasted))
        used = {name: scenario_value(read_as, name) for name in pasted}
        bills.append([row.running for row in evaluated(changed(scenario, **used)).rows])
    assert bills[0] == bills[1]
    same = {
        "output_tokens": output,
        "input_price": 3,
        "cached_input_price": 0.3,
        "cache_write_price": 3.75,
        "output_price": 15,
    }
    cost = TERMS["recorded_request_cost"]
    whole = {"cached_tokens_inside": read, "cache_write_tokens_inside": written}
    apart = {"cached_tokens_beside": read, "cache_write_tokens_beside": written}
    assert cost(prompt_tokens=read + written + rest, **whole, **same) == cost(prompt_tokens=rest, **apart, **same)


@bounded(100)
@given(
    model=st.sampled_from(MODELS),
    tokens=st.tuples(st.integers(4_096, 100_000), st.integers(0, 9_000), st.integers(0, 20_000), st.integers(1, 9_000)),
)
def test_every_model_bills_what_its_record_says(model: str, tokens: tuple[int, int, int, int]) -> None:
    """Of whatever model a record is pasted: a request then costs what the term makes of it at that model's prices."""
    read, written, rest, output = tokens
    record = counted_inside(read, written, rest, output)
    inputs = urlencode(read_usage(json.dumps(record)).inputs)
    found = evaluated(at(f"d={len(COST_COMPARISON.starts)}&prompted_model={model}&{inputs}"))
    price = found.parts.effective.prompted[0].prices
    assume(price.long_prompt_from is None or read + written + rest <= price.long_prompt_from)
    paid = price.at_once
    cost = TERMS["recorded_request_cost"](
        prompt_tokens=read + written + rest,
        cached_tokens_inside=read,
        cache_write_tokens_inside=written,
        output_tokens=output,
        input_price=paid.input,
        cached_input_price=paid.read if price.cached_input else paid.input,
        cache_write_price=paid.write if price.cached_input else paid.input,
        output_price=paid.output,
    )

    assert found.row(row_of("prompt")).running.marginal() == pytest.approx(cost, rel=1e-9)


@pytest.mark.parametrize(
    ("record", "prices", "cost"),
    [
        (
            {"prompt_tokens": 20212, "prompt_tokens_details": {"cached_tokens": 16298}, "completion_tokens": 931},
            "&input_price=0.5&cached_price=0.05&output_price=3",
            0.0055649,
        ),
        (
            WRITTEN["Anthropic"],
            "&input_price=3&cached_price=0.3&cache_write_price=3.75&output_price=15",
            0.0003 + 0.0015 + 0.00375 + 0.00375,
        ),
    ],
)
def test_a_request_then_costs_what_this_one_did(record: dict[str, object], prices: str, cost: float) -> None:
    """What was read, written and neither is each at its own price, in the comparison as in the term."""
    inputs = "&".join(f"{name}={value}" for name, value in read_usage(json.dumps(record)).inputs.items())
    rows = evaluated(at(f"d={len(COST_COMPARISON.starts)}&{inputs}{prices}")).rows

    [prompted] = (row for row in rows if row.approach.key == "prompt")
    assert prompted.running.marginal() == pytest.approx(cost)


REFUSED: Final = {
    "": "nothing is pasted",
    "   \n": "nothing is pasted",
    "CompletionUsage(prompt_tokens=3)": "is not JSON",
    "{'prompt_tokens': 3}": "is not JSON",
    '{"prompt_tokens": 3': "is not JSON",
    "[]": "no object in braces",
    "3": "no object in braces",
    '"prompt_tokens"': "no object in braces",
    "{}": "no count of the prompt",
    '{"completion_tokens": 3}': "no count of the prompt",
    '{"prompt_tokens": null}': "no count of the prompt",
    '{"prompt_tokens": "3"}': "prompt_tokens is “3”, a text and not a number",
    '{"prompt_tokens": true}': "prompt_tokens is not a number",
    '{"prompt_tokens": [3]}': "prompt_tokens is not a number",
    '{"prompt_tokens": -3}': "prompt_tokens is -3, not a whole number of tokens",
    '{"prompt_tokens": 3.5}': "prompt_tokens is 3.5, not a whole number of tokens",
    '{"prompt_tokens": NaN}': "NaN is not a number of tokens",
    '{"prompt_tokens": -Infinity}': "-Infinity is not a number of tokens",
    '{"prompt_tokens": 1e999}': "prompt_tokens is inf, not a whole number of tokens",
    '{"prompt_tokens": 1' + "0" * 5_000 + "}": "is not JSON",
    '{"prompt_tokens": 1' + "0" * 300 + "}": "are more than a request holds (1,000,000)",
    '{"prompt_tokens": 1000001}': "1,000,001 tokens of one kind are more than a request holds (1,000,000)",
    '{"prompt_tokens": 3, "prompt_tokens": 4}': "“prompt_tokens” stands in it twice",
    '{"prompt_tokens": 3, "promptTokens": 4}': "“promptTokens” stands in it twice",
    '{"prompt_tokens": 3, "input_tokens": 4}': "prompt_tokens and input_tokens say different numbers of the same",
    '{"prompt_tokens": 3, "prompt_cache_hit_tokens": 2, "prompt_cache_miss_tokens": 2}': "do not add up",
    '{"prompt_tokens": 3, "prompt_tokens_details": {"cached_tokens": 4}}': "4 cached tokens are more than the 3",
    '{"input_tokens": 9, "cache_read_input_tokens": 4, "input_tokens_details": {"cached_tokens": 4}}': "twice",
    "[" * 5_000: "too deep",
    '{"a":' * 3_000: "too deep",
    '{"a": "' + "}" * 3_000 + '", "b": ' + "[" * 3_000: "too deep",
    '{"prompt_tokens": 3, "a": "' + "x" * 20_000 + '"}': "longer than 20,000 characters",
}


@pytest.mark.parametrize(("text", "fault"), REFUSED.items(), ids=range(len(REFUSED)))
def test_what_is_no_record_is_refused_in_words(text: str, fault: str) -> None:
    """With what is wrong, and what to paste instead; on one line, and never at length."""
    with pytest.raises(RefusedUsageError) as refused:
        read_usage(text)

    assert fault in str(refused.value)
    assert "paste the usage object of one request as your vendor’s API returned it" in str(refused.value)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 500


JSON: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(max_size=8) | st.sampled_from([*SAME["DeepSeek"], *SAME["Vercel"]]), inner, max_size=6
        )
    ),
    max_leaves=30,
)


@bounded(200)
@given(text=st.text(max_size=200) | JSON.map(json.dumps))
def test_no_text_breaks_the_reader(text: str) -> None:
    """Whatever is pasted is read or refused; what is read is a valid scenario."""
    try:
        found = read_usage(text)
    except RefusedUsageError:
        return
    assert min(found[2:7]) >= 0
    at("&".join(f"{name}={value}" for name, value in found.inputs.items()))


# The page.


def test_a_page_shows_what_was_understood_before_it_is_used() -> None:
    """In words, with one button that sets the fields."""
    found = json.loads(answer(f"usage?{json.dumps(SAME['Gemini'])}"))

    assert list(found["patches"]) == ["usage"]
    assert "Gemini’s way of counting: cached tokens are inside the prompt’s count." in found["patches"]["usage"]
    assert (
        'data-sets="fixed_tokens varying_tokens output_tokens reasoning_tokens cache_hit_share caching" '
        'data-value="5000 1000 250 150 1 yes">Use these</button>'
    ) in found["patches"]["usage"]


def test_a_page_is_told_what_is_wrong() -> None:
    """And gets no button; what was pasted is text, whatever it looks like."""
    found = json.loads(answer("usage?<script>alert(1)</script>"))

    assert "“&lt;script&gt;alert(1)&lt;/script&gt;” is not JSON: paste the usage object" in found["patches"]["usage"]
    assert "<button" not in found["patches"]["usage"]


def test_the_pasted_text_is_in_no_link() -> None:
    """Its field has no name, so that no form carries it, and stands in the workload folded."""
    scenario = COST_COMPARISON.decode("")
    written = form(COST_COMPARISON, scenario, {})
    [field] = [tag for tag in written.split("<") if tag.startswith("textarea")]

    assert " name=" not in field
    assert 1 == written.count('<details class="paste"')
    assert "open" not in written.partition('<details class="paste"')[2].partition(">")[0]


# The terminal.


def pasted(monkeypatch: pytest.MonkeyPatch, text: str, *arguments: str) -> int:
    """Run the command with a record at its input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8"))
    return main(["usage", *arguments])


def test_a_terminal_writes_the_scenario(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The last line is the scenario, to be answered as it stands; nothing that was pasted is in it."""
    assert pasted(monkeypatch, json.dumps(WRITTEN["Anthropic"])) == 0
    *understood, empty, link = capsys.readouterr().out.splitlines()
    slug, query = split(link)

    assert "" == empty
    assert "Anthropic’s way of counting" in understood[0]
    assert slug == COST_COMPARISON.slug
    assert "fixed_tokens=6000&varying_tokens=100" in query
    assert COST_COMPARISON.encode(at(query)) == query

    assert pasted(monkeypatch, json.dumps(WRITTEN["Anthropic"]), "--json") == 0
    exact = json.loads(capsys.readouterr().out)
    assert exact["scenario"] == link
    assert exact["inputs"]["fixed_tokens"] == "6000"


@pytest.mark.parametrize("text", ["", "no record", "ÿ", "x" * (LONGEST_RECORD + 9)])
def test_a_terminal_refuses_what_is_no_record(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    """On one line, with status 2; an input is none of its words."""
    assert pasted(monkeypatch, text) == BAD_INPUT
    assert capsys.readouterr().err.startswith("usage: ")
    assert pasted(monkeypatch, text, "record.json") == BAD_INPUT
    assert "is not an input of usage" in capsys.readouterr().err
    assert pasted(monkeypatch, text, "--help") == 0
