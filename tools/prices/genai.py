"""
genai-prices: today's prices of most sellers, with batch prices, long prompts, and the days of changes past and to come.

Its figures stand in a module of Python that imports pydantic and an HTTP client. They are plain constructor calls, so
the module is parsed and only those calls are evaluated: nothing of the package runs and nothing needs installing, at
half a second for its 1.6 MB. An expression of any other kind stops the build.

The package answers any name that *matches*, by prefix or pattern, so that a name it has never heard of gets the price
of a neighbour. Here a model is found by its exact id and by nothing else.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, time
from decimal import Decimal

from prices.terms import Dated, LongPrompt, PricesError, Terms

PACKAGE = "genai-prices"
MODULE = "genai_prices/data.py"

type Value = str | int | bool | Decimal | date | time | Built | list[Value] | dict[str, Value] | None


@dataclass(frozen=True)
class Built:
    """A constructor call: what it builds, and its arguments by name."""

    kind: str
    arguments: Mapping[str, Value]

    def get(self, name: str) -> Value:
        """Return an argument, `None` where it is left out."""
        return self.arguments.get(name)


@dataclass(frozen=True)
class _Batch:
    since: date | None
    terms: Terms


@dataclass(frozen=True)
class Listing:
    """
    What the package says of one model of one seller.

    Attributes:
        undated: The price that holds unless another does; nobody says since when.
        dated: Prices with the day from which they hold, in order of time, those to come included.
        batch: Prices of requests that can wait, each with the day from which they were verified.
        context_window: Most tokens that a request may have.
    """

    undated: Terms
    dated: tuple[tuple[date, Terms], ...]
    batch: tuple[_Batch, ...]
    context_window: int | None

    def at(self, day: date) -> Terms:
        """Return the terms in force on a day, by the hours at which they are cheapest where they change by the hour."""
        standard = next((terms for since, terms in reversed(self.dated) if since <= day), self.undated)
        batch = next((each.terms for each in reversed(self.batch) if each.since is None or each.since <= day), None)
        return standard.with_batch(batch)

    def changes(self) -> tuple[Dated, ...]:
        """Return the dated prices that the seller has changed or will change to."""
        return tuple(
            Dated(since=since, documented=True, packages=(PACKAGE,), terms=self.at(since)) for since, _ in self.dated
        )


class Genai:
    """The package's models by exact id."""

    def __init__(self, module: str) -> None:
        self._models = {
            (_text(provider, "id"), _text(model, "id")): model
            for provider in _providers(module)
            for model in _list(provider.get("models"))
            if isinstance(model, Built)
        }

    def listing(self, identifier: str) -> Listing | None:
        """Return what is said of `provider/model`, the provider being all before the first slash; exact ids only."""
        provider, _, model = identifier.partition("/")
        found = self._models.get((provider, model))
        return None if found is None else _listing(identifier, found)


def _listing(identifier: str, model: Built) -> Listing:
    prices = model.get("prices")
    if isinstance(prices, Built):
        conditions = [Built("ConditionalPrice", {"prices": prices})]
    else:
        conditions = [condition for condition in _list(prices) if isinstance(condition, Built)]
    undated: list[Terms] = []
    dated: list[tuple[date, Terms]] = []
    for condition in conditions:
        constraint = condition.get("constraint")
        if isinstance(constraint, Built) and constraint.kind == "TimeOfDateConstraint":
            continue
        terms = _terms(identifier, condition.get("prices"))
        since = _since(constraint)
        if since is None:
            undated.append(terms)
        else:
            dated.append((since, terms))
    if len(undated) != 1:
        raise PricesError(f"{PACKAGE}: {identifier}: {len(undated)} prices without a condition, where there is one")
    window = model.get("context_window")
    return Listing(
        undated[0], tuple(sorted(dated)), _batch(identifier, model), window if isinstance(window, int) else None
    )


def _batch(identifier: str, model: Built) -> tuple[_Batch, ...]:
    found = []
    for variant in _list(model.get("price_variants")):
        if isinstance(variant, Built) and variant.get("when") == {"processing": "batch"}:
            prices = variant.get("prices")
            # A variant overrides: one that names only some of its prices leaves the others as they are.
            if isinstance(prices, Built) and prices.get("input_mtok") is not None:
                found.append(_Batch(_since(variant.get("constraint")), _terms(identifier, prices)))
    return tuple(sorted(found, key=lambda batch: batch.since or date.min))


def _since(constraint: Value) -> date | None:
    if constraint is None:
        return None
    start = constraint.get("start_date") if isinstance(constraint, Built) else None
    if not isinstance(start, date):
        raise PricesError(f"{PACKAGE}: a condition that is no day: {constraint}")
    return start


def _terms(identifier: str, prices: Value) -> Terms:
    if not isinstance(prices, Built):
        raise PricesError(f"{PACKAGE}: {identifier}: no prices")
    base: dict[str, Decimal | None] = {}
    above: dict[str, tuple[int, Decimal]] = {}
    for ours, theirs in _FIELDS.items():
        price = prices.get(theirs)
        if isinstance(price, Built):
            tier = _only(identifier, _list(price.get("tiers")))
            above[ours] = (_whole(tier.get("start")), _number(tier.get("price")))
            price = price.get("base")
        base[ours] = None if price is None else _number(price)
    return Terms(
        input=_number(base["input"]),
        output=_number(base["output"] if base["output"] is not None else Decimal(0)),
        cached_input=base["cached_input"],
        cache_write=base["cache_write"],
        long_prompt=_long_prompt(identifier, base, above),
    )


_FIELDS = {
    "input": "input_mtok",
    "output": "output_mtok",
    "cached_input": "cache_read_mtok",
    "cache_write": "cache_write_mtok",
}


def _long_prompt(
    identifier: str, base: Mapping[str, Decimal | None], above: Mapping[str, tuple[int, Decimal]]
) -> LongPrompt | None:
    if not above:
        return None
    thresholds = {start for start, _ in above.values()}
    if len(thresholds) != 1 or not {"input", "output"} <= above.keys():
        raise PricesError(f"{PACKAGE}: {identifier}: a long prompt has several thresholds: teach long_prompt to say so")
    multiples = {name: price / base_price for name, (_, price) in above.items() if (base_price := base[name])}
    return LongPrompt(above=thresholds.pop(), input=multiples["input"], output=multiples["output"])


def _providers(module: str) -> Iterator[Built]:
    for statement in ast.parse(module).body:
        if (
            isinstance(statement, ast.AnnAssign)
            and isinstance(statement.target, ast.Name)
            and statement.target.id == "providers"
            and statement.value is not None
        ):
            yield from (each for each in _list(_evaluated(statement.value)) if isinstance(each, Built))
            return
    raise PricesError(f"{PACKAGE}: {MODULE} has no list of providers: its layout has changed")


def _evaluated(node: ast.expr) -> Value:
    """Return the value of an expression made of literals, dates and constructor calls with named arguments."""
    value: Value
    match node:
        case ast.Constant(value=str() | int() | None as value):
            pass
        case ast.List(elts=elements):
            value = [_evaluated(element) for element in elements]
        case ast.Dict(keys=keys, values=values):
            value = {str(_evaluated(key)): _evaluated(each) for key, each in zip(keys, values, strict=True) if key}
        case ast.Call(func=ast.Name(id="Decimal"), args=[ast.Constant(value=str(digits))], keywords=[]):
            value = Decimal(digits)
        case ast.Call(func=ast.Attribute(attr="date"), args=[year, month, day], keywords=[]):
            value = date(*(_whole(_evaluated(part)) for part in (year, month, day)))
        case ast.Call(func=ast.Attribute(attr="time"), args=[hour, minute], keywords=_):
            value = time(_whole(_evaluated(hour)), _whole(_evaluated(minute)), tzinfo=UTC)
        case ast.Call(func=ast.Name(id=kind), args=[], keywords=named):
            value = Built(kind, {word.arg: _evaluated(word.value) for word in named if word.arg})
        case _:
            raise PricesError(
                f"{PACKAGE}: line {node.lineno} of {MODULE} is more than a literal: {ast.unparse(node)[:80]}"
            )
    return value


def _list(value: Value) -> list[Value]:
    return value if isinstance(value, list) else []


def _text(built: Built, name: str) -> str:
    return str(built.get(name))


def _only(identifier: str, tiers: list[Value]) -> Built:
    if len(tiers) == 1 and isinstance(tiers[0], Built):
        return tiers[0]
    raise PricesError(f"{PACKAGE}: {identifier}: {len(tiers)} prices for long prompts: a record has room for one")


def _whole(value: Value) -> int:
    if isinstance(value, int):
        return value
    raise PricesError(f"{PACKAGE}: {value} is no whole number")


def _number(value: Value) -> Decimal:
    if isinstance(value, Decimal):
        return value
    raise PricesError(f"{PACKAGE}: {value} is no price")
