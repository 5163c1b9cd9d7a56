"""How soon an answer comes, as far as records of speed say it."""

from typing import NamedTuple

from calculators import formulas
from calculators.catalog.cost_comparison.cost.tokens import RequestTokens
from calculators.catalog.cost_comparison.estimate import Speed
from calculators.facts import ServingFit


class AnswerTime(NamedTuple):
    """
    How soon an answer comes.

    Attributes:
        first_token: Time to its first token. [second]
        answer: Time until it is complete, all calls of a task one after the other. [second]
    """

    first_token: float
    answer: float


def least(held: RequestTokens, fit: ServingFit | Speed, gpus: float, reading: float = 0.0) -> AnswerTime:
    """
    How soon an answer can come at the soonest: with all GPUs of a replica to itself, and as fast as they ever were.

    What may be in a cache is not read again. One answer alone keeps no GPU as busy as many do: for each of its tokens
    weights are read that many share else. Where nobody measured, that reading alone counts: no estimate does.

    Args:
        held: What a request holds.
        fit: Work of a request, as measured or estimated.
        gpus: GPUs of a replica. [1]
        reading: GPU time to read the weights that one token takes; nothing where it is not known. [GPU-second]
    """
    if isinstance(fit, Speed):
        return AnswerTime(0.0, held.calls * held.output * reading / gpus)

    def call(read: float) -> float:
        work = formulas.gpu_seconds_per_request(
            input_tokens=read,
            output_tokens=held.output,
            prefill_seconds=fit.prefill_seconds,
            decode_seconds=fit.decode_seconds,
            attention_seconds=fit.attention_seconds,
        )
        return max(work, fit.prefill_seconds * read + reading * held.output) / gpus

    return AnswerTime(
        fit.prefill_seconds * held.varying / gpus, call(held.varying) + (held.calls - 1) * call(held.added)
    )


def measured(held: RequestTokens, fit: ServingFit) -> AnswerTime | None:
    """
    How soon an answer came at the load that was measured; nothing where nobody waited in the measurement.

    Args:
        held: What a request holds.
        fit: Work of a request, as measured.
    """
    if fit.first_token_seconds is None or fit.tokens_per_second is None:
        return None
    answer = formulas.answer_seconds(
        output_tokens=held.output,
        tokens_per_second=fit.tokens_per_second,
        seconds_to_first_token=fit.first_token_seconds,
    )
    return AnswerTime(fit.first_token_seconds, held.calls * answer)
