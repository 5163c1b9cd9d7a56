"""
Usage records: what a vendor's API says of the tokens of one request, read as inputs of a calculator.

Vendors count in two ways. With some, cached tokens are inside the prompt's count; with others beside it, and who takes
one for the other is wrong by a multiple. Which way a record counts is told by the names in it, and said to the reader.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from calculators.echo import echo
from calculators.facts import FACTS
from calculators.quantity import write_count, write_link, write_share

LONGEST_RECORD: Final = int(FACTS.rule("longest_usage"))
"""Longest text that is read as a record. [characters]"""
_DEEPEST: Final = int(FACTS.rule("deepest_usage"))
_MOST: Final = int(FACTS.rule("most_part_tokens"))
_EXAMPLE: Final = '{"prompt_tokens": 1200, "completion_tokens": 250}'
_WANTED: Final = f"paste the usage object of one request as your vendor’s API returned it, such as {_EXAMPLE}"

_WRAPPERS: Final = ("usage", "usage_metadata", "metadata", "response", "message", "x_groq")
"""Under which names whole responses hold the record."""
_PROMPT: Final = ("prompt_tokens", "input_tokens", "total_input_tokens")
_OUTPUT: Final = ("completion_tokens", "candidates_tokens", "output_tokens", "total_output_tokens")
_INSIDE: Final = (
    "prompt_tokens_details.cached_tokens",
    "input_tokens_details.cached_tokens",
    "input_token_details.cache_read",
    "prompt_cache_hit_tokens",
    "cached_content_tokens",
    "cached_input_tokens",
    "cached_tokens",
    "total_cached_tokens",
)
"""Tokens read from a cache that the prompt's count holds."""
_READ: Final = "cache_read_input_tokens"
_WRITTEN: Final = ("cache_creation_input_tokens", "cache_write_input_tokens")
"""With `input_tokens`, the prompt's count leaves out these and what was read; with `prompt_tokens` it holds them."""
_WRITTEN_INSIDE: Final = (
    "prompt_tokens_details.cache_write_tokens",
    "input_tokens_details.cache_write_tokens",
    "input_token_details.cache_creation",
)
_REASONING: Final = (
    "completion_tokens_details.reasoning_tokens",
    "output_tokens_details.reasoning_tokens",
    "output_token_details.reasoning",
    "thoughts_tokens",
    "reasoning_tokens",
    "total_thought_tokens",
)
_APART: Final = ("candidates_tokens", "thoughts_tokens", "total_thought_tokens")
"""Where one of these is, the output's count leaves out reasoning; else it holds it, unless the sum says otherwise."""
_TOOLS: Final = ("tool_use_prompt_tokens", "total_tool_use_tokens")
"""Tokens that tools put into the prompt, beside its count."""

_VENDORS: Final = {
    "cache_creation_input_tokens": "Anthropic",
    "cache_write_input_tokens": "Amazon Bedrock",
    "prompt_cache_hit_tokens": "DeepSeek",
    "candidates_tokens": "Gemini",
    "cached_content_tokens": "Gemini",
    "total_input_tokens": "Gemini",
    "input_tokens_details.cached_tokens": "OpenAI",
    "prompt_tokens_details.cached_tokens": "OpenAI",
}
"""Whose way of counting a name tells, the first that is there."""


class RefusedUsageError(ValueError):
    """A text that is not a usage record. Its message says what is wrong and what to paste instead."""


class Usage(NamedTuple):
    """
    The tokens of one request, each counted once.

    Attributes:
        vendor: Whose way of counting it is; empty where the names tell nobody's.
        inside: Whether cached tokens are inside the prompt's count; nothing where nothing is said of a cache.
        read: Prompt read from a cache. [token]
        written: Prompt written to one. [token]
        rest: Prompt that is neither. [token]
        output: The answer, without reasoning. [token]
        reasoning: Hidden output. [token]
        apart: Whether the output's count leaves reasoning out.
    """

    vendor: str
    inside: bool | None
    read: int
    written: int
    rest: int
    output: int
    reasoning: int
    apart: bool

    @property
    def inputs(self) -> dict[str, str]:
        """
        The inputs that it sets, each as a link writes it.

        What was read from the cache or written to it is the fixed prompt, so that a request costs what this one did.
        """
        fixed = self.read + self.written
        found = {
            "fixed_tokens": fixed,
            "varying_tokens": self.rest,
            "output_tokens": self.output,
            "reasoning_tokens": self.reasoning,
        }
        share = {"cache_hit_share": write_link(self.read / fixed), "caching": "yes"} if fixed else {}
        return {name: write_link(tokens) for name, tokens in found.items()} | share

    @property
    def understood(self) -> tuple[str, ...]:
        """What was understood, in sentences."""
        whose = f"{self.vendor}’s way of counting" if self.vendor else "A usage record"
        where = {
            None: "nothing is said of a cache",
            True: "cached tokens are inside the prompt’s count",
            False: "cached tokens are beside the prompt’s count",
        }[self.inside]
        fixed = self.read + self.written
        taken = (
            "What was read from the cache or written to it counts as the fixed prompt, the rest as varying input; "
            f"{write_share(self.read / fixed)} of the fixed prompt was read."
            if fixed
            else "What of the prompt is the same in every request the record does not say: all of it counts as varying "
            "input."
        )
        counted = (
            f"A prompt of {_tokens(fixed + self.rest)}: {self.read:,} read from the cache, {self.written:,} written "
            f"to it, {self.rest:,} neither."
        )
        answered = f"An answer of {_tokens(self.output)}, and no reasoning."
        if self.reasoning:
            stands = "beside" if self.apart else "inside"
            answered = (
                f"Reasoning is {stands} the output’s count: an answer of {_tokens(self.output)}, and "
                f"{self.reasoning:,} of reasoning."
            )
        return f"{whose}: {where}.", counted, answered, taken


def _tokens(number: int) -> str:
    return "1 token" if number == 1 else f"{number:,} tokens"


def read_usage(text: str) -> Usage:
    """
    Read the usage record of one request, or a whole response that holds one.

    Args:
        text: JSON as an API of OpenAI, Anthropic, Google, DeepSeek, Amazon Bedrock or one that is like them returns it.

    Raises:
        RefusedUsageError: If it is no such record, or its counts contradict each other.

    >>> usage = '{"input_tokens": 100, "cache_read_input_tokens": 5000, "output_tokens": 100}'
    >>> read_usage(usage).inputs["fixed_tokens"]
    '5000'
    """
    counts = _counts(_record(_parsed(text)))
    prompt = _only(counts, _PROMPT)
    if prompt is None:
        raise _refused("there is no count of the prompt in it, neither prompt_tokens nor input_tokens")
    beside = "prompt_tokens" not in counts and (_READ in counts or any(name in counts for name in _WRITTEN))
    if beside and any(name in counts for name in _INSIDE):
        raise _refused("it counts cached tokens twice, inside the prompt and beside it")
    read = _only(counts, (_READ, *_INSIDE)) or 0
    written = _only(counts, (*_WRITTEN, *_WRITTEN_INSIDE)) or 0
    prompt += _only(counts, _TOOLS) or 0
    rest = prompt if beside else prompt - read - written
    if rest < 0:
        raise _refused(
            f"{read + written:,} cached tokens are more than the {prompt:,} of the prompt that should hold them"
        )
    if counts.get("prompt_cache_miss_tokens", rest) != rest:
        raise _refused("what the cache missed and what it hit do not add up to the prompt")
    output, reasoning = _only(counts, _OUTPUT) or 0, _only(counts, _REASONING) or 0
    apart = reasoning > output or any(name in counts for name in _APART)
    apart = apart or counts.get("total_tokens") == prompt + output + reasoning
    output -= 0 if apart else reasoning
    found = Usage(
        next((vendor for name, vendor in _VENDORS.items() if name in counts), ""),
        None if not beside and not any(name in counts for name in (_READ, *_INSIDE)) else not beside,
        *(read, written, rest, output, reasoning),
        apart,
    )
    if (most := max(read + written, rest, output, reasoning)) > _MOST:
        raise _refused(f"{echo(f'{most:,}')} tokens of one kind are more than a request holds ({_MOST:,})")
    return found


def _refused(fault: str) -> RefusedUsageError:
    return RefusedUsageError(f"{fault}: {_WANTED}")


_STRING: Final = re.compile(r'"(?:[^"\\]|\\.)*"')


def _parsed(text: str) -> object:
    if not text.strip():
        raise _refused("nothing is pasted")
    if len(text) > LONGEST_RECORD:
        raise _refused(f"this is longer than {write_count(LONGEST_RECORD, 'character')}")
    deep = 0
    for character in _STRING.sub("", text):
        deep += (character in "{[") - (character in "}]")
        if deep > _DEEPEST:
            raise _refused("its brackets stand too deep inside each other")
    try:
        return json.loads(text, parse_constant=_no_number, object_pairs_hook=_once)
    except RefusedUsageError:
        raise
    except ValueError:
        raise _refused(f"“{echo(text.strip())}” is not JSON") from None


def _no_number(written: str) -> float:
    raise _refused(f"{written} is not a number of tokens")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Make an object, its names as one vendor among them would write all."""
    found: dict[str, object] = {}
    for name, value in pairs:
        plain = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().replace("_token_count", "_tokens")
        if plain in found:
            raise _refused(f"“{echo(name)}” stands in it twice")
        found[plain] = value
    return found


def _record(parsed: object) -> Mapping[str, object]:
    """Find the record in what was pasted: the whole of it, or a part of a response."""
    if not isinstance(parsed, dict):
        raise _refused("this is JSON, but no object in braces")
    for name in _WRAPPERS:
        if isinstance(inner := parsed.get(name), dict) and not any(count in parsed for count in _PROMPT):
            return _record(inner)
    return parsed


def _counts(record: Mapping[str, object]) -> dict[str, int]:
    """Take the counts of tokens from a record, those of a part under `part.name`."""
    parts = ((f"{part}.", inner) for part, inner in record.items() if isinstance(inner, dict))
    known = {*_PROMPT, *_OUTPUT, *_INSIDE, _READ, *_WRITTEN, *_WRITTEN_INSIDE, *_REASONING, *_BESIDE}
    return {
        name: _count(name, value)
        for part, inner in (("", record), *parts)
        for each, value in inner.items()
        if (name := f"{part}{each}") in known and value is not None
    }


_BESIDE: Final = (*_TOOLS, "prompt_cache_miss_tokens", "total_tokens")


def _count(name: str, value: object) -> int:
    if isinstance(value, str):
        raise _refused(f"{name} is “{echo(value)}”, a text and not a number")
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _refused(f"{name} is not a number")
    if value < 0 or value != value // 1:
        raise _refused(f"{name} is {echo(str(value))}, not a whole number of tokens")
    return int(value)


def _only(counts: Mapping[str, int], names: Iterable[str]) -> int | None:
    """Return the one count that stands under some names; nothing where none does."""
    found = {name: counts[name] for name in names if name in counts}
    if len(set(found.values())) > 1:
        raise _refused(f"{' and '.join(found)} say different numbers of the same")
    return next(iter(found.values()), None)
