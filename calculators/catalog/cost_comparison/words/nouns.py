"""What stands behind an input's value in a sentence."""

from collections.abc import Mapping
from typing import Final

from calculators.catalog.cost_comparison.comparison import Comparison
from calculators.catalog.cost_comparison.groups.inputs import MOVABLE, Inputs
from calculators.quantity import DOLLARS, write_chance, write_share, write_words

NOUNS: Final = {
    "horizon_months": "months compared",
    "requests_per_month": "requests a month",
    "fixed_tokens": "tokens of fixed prompt",
    "varying_tokens": "tokens of varying input",
    "output_tokens": "tokens of output",
    "reasoning_tokens": "tokens of reasoning",
    "calls_per_task": "calls a task",
    "added_tokens": "tokens added by each call",
    "cheaper_reasoning": "tokens of reasoning of the cheaper model",
    "dearer_reasoning": "tokens of reasoning of the dearer model",
    "small_reasoning": "tokens of reasoning of the model to tune",
    "cheaper_multiple": "times your tokens of text with the cheaper model",
    "dearer_multiple": "times your tokens of text with the dearer model",
    "small_multiple": "times your tokens of text with the model to tune",
    "images_per_request": "images a request",
    "image_width": "pixels of image width",
    "image_height": "pixels of image height",
    "image_tokens": "tokens an image",
    "own_parameters": "billion parameters of your model",
    "own_active": "billion active parameters of your model",
    "own_layers": "layers of your model",
    "own_heads": "key-value heads of your model",
    "own_head_dimension": "numbers in a head of your model",
    "own_context": "tokens of context of your model",
    "monthly_growth": "growth a month",
    "peak_to_mean": "times the mean in the busiest hour",
    "batch_share": "of requests that can wait",
    "sent_on_share": "of requests sent on to the prompted model",
    "first_token_within": "seconds allowed for the first token",
    "answer_within": "seconds allowed for an answer",
    "price_change": "change of token prices a year",
    "cache_hit_share": "of fixed prompts read from cache",
    "retried_share": "of calls failing",
    "input_price": "per million input tokens of the prompted model",
    "cached_price": "per million cached input tokens of the prompted model",
    "cache_write_price": "per million tokens written to the cache of the prompted model",
    "output_price": "per million output tokens of the prompted model",
    "tuned_input_price": "per million input tokens of the tuned model",
    "tuned_output_price": "per million output tokens of the tuned model",
    "training_price": "per million training tokens",
    "hosting_price": "an hour for hosting the tuned model",
    "batch_input_price": "per million input tokens that can wait",
    "batch_output_price": "per million output tokens that can wait",
    "small_input_price": "per million input tokens of the untuned small model",
    "small_output_price": "per million output tokens of the untuned small model",
    "storage_price": "a month for storing the tuned model",
    "job_minimum": "at least for a training job",
    "embedding_price": "per million tokens embedded",
    "rerank_price": "for reranking",
    "database_minimum": "a month at least for the vector database",
    "storage_gb_price": "per GB and month of vectors",
    "reads_price": "per million reads of vectors",
    "writes_price": "per million writes of vectors",
    "shots": "shots",
    "tokens_per_shot": "tokens a shot",
    "corpus_tokens": "tokens of corpus",
    "changed_share": "of the corpus changing a month",
    "chunk_tokens": "tokens a chunk",
    "overlap_tokens": "tokens of overlap",
    "retrieved_chunks": "chunks a request",
    "other_units": "units of the other meter",
    "other_price": "a unit of the other meter",
    "examples": "training examples",
    "example_price": "for one training example",
    "labellers": "people an example",
    "automatic_share": "of examples labelled automatically",
    "tokens_per_example": "tokens a training example",
    "epochs": "epochs",
    "runs": "training runs",
    "validation_tokens": "tokens of validation",
    "instruction_tokens": "tokens of instructions in the fixed prompt",
    "tuned_prompt": "tokens of instructions after tuning",
    "refresh_share": "of the training data made anew at a model change",
    "tuned_models": "tuned models",
    "adapters_per_deployment": "adapters a deployment",
    "adapter_loss": "of throughput taken by adapters",
    "gpu_price": "an hour for a GPU",
    "requests_at_once": "requests at once",
    "longest_context": "tokens of the longest context",
    "weight_bits": "bits a weight",
    "cache_bits": "bits a number in the cache",
    "usable_memory": "of a GPU’s memory used",
    "gpus_per_replica": "GPUs a replica",
    "replicas": "replicas",
    "usable_share": "of GPU capacity usable",
    "hours_per_month": "hours a month that GPUs are paid for",
    "gpu_bought": "for a GPU bought",
    "hardware_life": "months of hardware life",
    "overhead_share": "overhead on GPUs",
    "training_gpus": "training GPUs",
    "training_method": "how your GPUs train",
    "preference": "learning from preferences",
    "sequence_tokens": "the longest example",
    "training_batch": "examples a step",
    "trainer": "the trainer",
    "optimizer": "the optimizer",
    "hourly_rate": "an hour of your team’s time",
    "eval_hours": "hours for the eval set",
    "setup_prompt": "hours to set up prompting",
    "setup_few_shot": "hours to set up few-shot",
    "setup_rag": "hours to set up RAG",
    "setup_api": "hours to set up tuning through an API",
    "setup_own": "hours to set up self-hosted tuning",
    "setup_open": "hours to set up hosting alone",
    "monthly_prompt": "hours a month on prompting",
    "monthly_few_shot": "hours a month on few-shot",
    "monthly_rag": "hours a month on RAG",
    "monthly_api": "hours a month on tuning through an API",
    "monthly_own": "hours a month on self-hosting",
    "change_prompt": "hours on prompting at a model change",
    "change_few_shot": "hours on few-shot at a model change",
    "change_rag": "hours on RAG at a model change",
    "change_api": "hours on tuning through an API at a model change",
    "change_own": "hours on self-hosting at a model change",
    "find_out_prompt": "hours to try a prompt",
    "find_out_few_shot": "hours to try examples",
    "find_out_rag": "hours to try retrieval",
    "find_out_tuned": "hours to try tuning",
    "harness_tier": "hours to test a neighbouring model",
    "harness_small": "hours to test a small or open model",
    "trial_gpu_hours": "hours of own GPUs on trial",
    "setup_classifier": "hours to set up a classifier",
    "find_out_classifier": "hours to try a classifier",
    "monthly_classifier": "hours a month on a classifier",
    "change_classifier": "hours to train a classifier anew",
    "classifier_training": "for training a classifier",
    "classifier_server": "a month for a classifier’s server",
    "wrong_cost": "for a wrong answer",
    "worth": "for a version that passes",
    "worth_it_above": "from which a change is worth it",
    "bar": "of answers right to pass",
    "prompt_success": "of prompting’s answers right",
    "few_shot_success": "of few-shot’s answers right",
    "rag_success": "of RAG’s answers right",
    "api_success": "of the API’s tuned model’s answers right",
    "own_success": "of the self-hosted tuned model’s answers right",
    "small_success": "of the small model’s answers right",
    "open_success": "of the open model’s answers right",
    "cheaper_success": "of the cheaper model’s answers right",
    "dearer_success": "of the dearer model’s answers right",
    "classifier_success": "of the classifier’s answers right",
    "right_value": "for a right answer",
    "model_life": "months of model life",
    "delay_cost": "for a month of waiting",
    "discount_rate": "discount a year",
}
"""What stands behind an input's value in a sentence: `50,000 requests a month`, `$93 an hour of your team’s time`."""


def noun_of(comparison: Comparison, name: str) -> str:
    """Return what stands behind an input's value in a scenario: a request of several calls is a task."""
    asked = comparison.inputs.calls.asked
    return NOUNS[name] if name not in _OF_REQUESTS else NOUNS[name].replace("request", asked)


_OF_REQUESTS: Final = ("requests_per_month", "images_per_request", "retrieved_chunks", "batch_share", "sent_on_share")
"""Inputs whose nouns name requests."""

_OF_TASKS: Final = {
    "requests_per_month": "tasks a month",
    "varying_tokens": "tokens at the start of a task",
    **dict.fromkeys(
        ("output_tokens", "reasoning_tokens", "cheaper_reasoning", "dearer_reasoning", "small_reasoning"),
        "tokens a call",
    ),
    **dict.fromkeys(("images_per_request", "retrieved_chunks"), "a task"),
    **dict.fromkeys(("batch_share", "sent_on_share"), "share of tasks"),
}
"""Units of fields where a request takes several calls."""


def units(inputs: Inputs) -> Mapping[str, str]:
    """Return the units of the fields that are about requests: of tasks and of calls, where a task takes several."""
    return _OF_TASKS if inputs.calls.calls_per_task > 1 else {name: MOVABLE[name].unit for name in _OF_TASKS}


HOURS: Final = {
    "find_out_hours": "hours to find out",
    "setup_hours": "hours to set up",
    "monthly_hours": "hours a month",
    "change_hours": "hours at a model change",
}
"""Hours that are moved together, by the name that they have then."""


def value(name: str, number: float) -> str:
    """Write an input's value as a sentence says it, its unit left to the noun behind it."""
    kind = MOVABLE[name]
    if kind.share:
        return write_share(number)
    return DOLLARS.money(number) if kind.money else write_words(number)


def months_in_words(months: int) -> str:
    """
    Write a number of months.

    >>> months_in_words(1), months_in_words(12)
    ('one month', '12 months')
    """
    return "one month" if months == 1 else f"{months} months"


def times(chance: float) -> str:
    """
    Say a chance as how often something happens.

    >>> times(2 / 3), times(0.1)
    ('2 times in 3', '1 time in 10')
    """
    words = write_chance(chance)
    number, _, whole = words.partition(" in ")
    return f"{number} {'time' if number == '1' else 'times'} in {whole}" if whole else words
