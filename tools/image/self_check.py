# mypy: ignore-errors
"""
What Python says of itself: a few hundred expressions, each with its answer on a line of its own.

Full of deliberate mistakes, so no linter reads it. Run by CPython and by the image; the build keeps no image whose lines differ. Leaves the lines in `reply`. Whatever a
calculator comes to use of the language or the library, it is worth a line here.
"""

import gc
import json
import math
import re
import sys
import time
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
from contextvars import ContextVar
from dataclasses import asdict, astuple, dataclass, field, fields, replace
from datetime import UTC, date, datetime, timedelta
from enum import Enum, IntFlag, StrEnum
from functools import cache, lru_cache, partial, reduce
from html import escape
from inspect import signature
from itertools import accumulate, chain, groupby, pairwise, product
from traceback import extract_tb, format_exc
from typing import Annotated, Any, NamedTuple, get_args, get_type_hints
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

POINTS = 0x110000
NUMBERS = [
    0.0,
    -0.0,
    1.0,
    0.1,
    1 / 3,
    2.5,
    1e16,
    1e22,
    1e23,
    123456.789,
    5e-324,
    1.7976931348623157e308,
    math.pi,
    2.675,
]
INTEGERS = [0, 1, -1, 7, 255, 2**31, -(2**63), 10**40, 3**200, -(7**55)]
TEXTS = [
    "",
    "a",
    "ünïcode",
    "ſtraße",
    "İstanbul",
    "Ǆ",
    "日本語",
    "🙂🙃",
    "e\u0301",
    "\x00\x7f\x80\xff",
    "Σίσυφος",
    "l\u2028m\n",
]
FORMATS = [
    "",
    "g",
    "e",
    "f",
    ".0f",
    ".1f",
    ".2f",
    ",.2f",
    "_.3f",
    ".3g",
    "+.2e",
    "%",
    ".1%",
    "015.4f",
    "<12",
    ">12",
    "^12",
    "*^15.2f",
]


MOMENTS = [0, -1, 86399, 951782400, 1709164800.5, 1e9, 2**31, 2**33, -(2**33), -62135596800]
CODECS = [
    "jp_shift_jis",
    "jp_euc_jp",
    "jp_cp932",
    "jp_euc_jis_2004",
    "cn_gb2312",
    "cn_gbk",
    "cn_gb18030",
    "kr_euc_kr",
    "kr_cp949",
    "kr_johab",
    "tw_big5",
    "tw_cp950",
    "hk_big5hkscs",
]


class Colour(Enum):
    """An enumeration."""

    RED = 1
    GREEN = "g"


class Word(StrEnum):
    """One of texts."""

    YES = "yes"


class Flags(IntFlag):
    """One of bits."""

    A = 1
    B = 2


class Point(NamedTuple):
    """A named tuple."""

    x: int
    y: float = 0.5


@dataclass(frozen=True, order=True)
class Row:
    """A dataclass with all that ours have."""

    name: Annotated[str, "label", 3]
    values: tuple[float, ...] = (1.0, 2.0)
    extra: dict[str, int] = field(default_factory=dict, compare=False)


@dataclass(kw_only=True, slots=True)
class Slotted:
    """A dataclass without a dictionary."""

    a: int
    b: float = 2.0

    def __post_init__(self) -> None:
        """Be called."""
        self.b *= 2


def raised(action: Any, *arguments: Any) -> str:
    """What an action raises."""
    try:
        action(*arguments)
    except BaseException as error:
        return f"{type(error).__name__}: {error}"
    return "nothing"


def digest(values: Any) -> int:
    """A checksum of very many values."""
    text = "\n".join(map(str, values))
    return int.from_bytes(text.encode("utf-8", "surrogatepass")) % 2305843009213693951


def nested(depth: int) -> int:
    """Call itself for ever."""
    return nested(depth + 1) + 1


def deep_repr() -> str:
    """Ask C for too much."""
    value: list[Any] = []
    for _ in range(100_000):
        value = [value]
    return repr(value)


def through_c(depth: int) -> int:
    """Call itself for ever, by way of a function that is written in C."""
    return max([depth], key=lambda value: through_c(value + 1))


def fails() -> None:
    """Raise in a generator, from another error."""
    try:
        {}["key"]
    except KeyError as error:
        raise ValueError("outer") from error


def traceback_lines() -> str:
    """The last line of each entry of a traceback; CPython has source lines, and an image has none."""
    try:
        fails()
    except ValueError:
        return "|".join(line for line in format_exc().splitlines() if line and not line.startswith(" "))
    return ""


def frames(action: Any, *arguments: Any) -> str:
    """What a traceback passes through: the functions' names; their lines are another matter in the library."""
    try:
        action(*arguments)
    except Exception as error:
        return " ".join(frame.name for frame in extract_tb(error.__traceback__) if frame.lineno)
    return ""


def groups() -> str:
    """Exceptions in a group, parted."""
    found = []
    try:
        raise ExceptionGroup("both", [ValueError(1), TypeError("two"), ExceptionGroup("in", [OSError("x")])])
    except* ValueError as some:
        found.append(f"value {some.exceptions}")
    except* (TypeError, OSError) as some:
        found.append(f"rest {some!r}")
    return str(found)


def matched(value: Any) -> str:
    """A match statement with each kind of pattern."""
    match value:
        case {"kind": str(kind), **rest}:
            return f"mapping {kind} {rest}"
        case [first, *others] if len(others) > 1:
            return f"sequence {first} {others}"
        case Row(name=name):
            return f"row {name}"
        case Colour.RED | Colour.GREEN:
            return "colour"
        case int() | float() as number:
            return f"number {number}"
        case _:
            return "nothing"


def generator() -> Any:
    """Take and give."""
    got = yield 1
    try:
        yield got * 2
    except ValueError as error:
        yield f"caught {error}"
    finally:
        yield from "ab"


def generated() -> list[Any]:
    """Each step of a generator."""
    steps = generator()
    return [next(steps), steps.send(21), steps.throw(ValueError("v")), *steps]


def memory() -> int:
    """Take 100 MB in pieces, use them, and give them back."""
    pieces = [bytearray(1_000_000) for _ in range(100)]
    for index, piece in enumerate(pieces):
        piece[index] = index
    return sum(map(sum, (piece[:200] for piece in pieces)))


def memory_at_most() -> str:
    """Take what no page has, and most desks do."""
    return "MemoryError: " if sys.platform != "emscripten" else raised(lambda: bytearray(2_000_000_000))


def checks() -> Any:
    """Every check, as a name and a function."""
    for predicate in (
        "isalpha",
        "isdigit",
        "isdecimal",
        "isnumeric",
        "isprintable",
        "isidentifier",
        "isalnum",
        "isspace",
        "isupper",
        "islower",
        "istitle",
    ):
        yield (
            predicate,
            lambda predicate=predicate: digest(int(getattr(chr(point), predicate)()) for point in range(POINTS)),
        )
    for case in ("upper", "lower", "title", "casefold", "swapcase", "capitalize"):
        yield (
            case,
            lambda case=case: digest(
                getattr(chr(point), case)() for point in range(POINTS) if not 0xD800 <= point < 0xE000
            ),
        )
    yield "int of a character", lambda: digest(int(chr(point)) for point in range(POINTS) if chr(point).isdecimal())
    yield "repr", lambda: digest(repr(chr(point)) for point in range(POINTS))
    yield "ascii", lambda: digest(ascii(chr(point)) for point in range(0, POINTS, 7))
    yield "utf-8", lambda: digest(chr(point).encode() for point in range(POINTS) if not 0xD800 <= point < 0xE000)
    for encoding in ("ascii", "latin-1", "utf-8"):
        for text in TEXTS:
            yield (
                f"{encoding} {text!a}",
                lambda text=text, encoding=encoding: (
                    text.encode(encoding, "backslashreplace"),
                    raised(text.encode, encoding),
                ),
            )
    for codec in CODECS:
        yield f"codec {codec}", lambda codec=codec: coded(codec)
    for text in TEXTS:
        yield f"methods {text!a}", lambda text=text: (
            len(text), text.upper(), text.casefold(), text.center(20, "·"), text.split(), text.splitlines(), text.zfill(9),
            text.replace("s", "z"), text.partition("i"), text[::-1], hash(text) == hash(text + ""), text.removeprefix("ü"),
            text.isascii(), text.translate({97: "A"}), text.expandtabs(), text.find("o"), text.rstrip("c"), sorted(text),
        )  # fmt: skip
    for number in NUMBERS:
        yield f"float {number!r}", lambda number=number: (
            repr(number), str(number), number.hex(), number.as_integer_ratio(), hash(number) == hash(+number), round(number, 2), number.is_integer(),
            [format(number, each) for each in FORMATS], float(repr(number)) == number, json.dumps(number), int(number) % 1000003,
        )  # fmt: skip
    yield (
        "round",
        lambda: (
            [round(index / 8, digits) for index in range(-40, 40) for digits in (0, 1, 2)]
            + [round(index + 0.5) for index in range(-9, 9)]
        ),
    )
    yield (
        "float of text",
        lambda: [
            float(text)
            for text in (
                "1e400",
                "-inf",
                " 1_000.5 ",
                "1e-400",
                "0x1p3"[:1],
                "٣.٥",
                "123456789012345678901234567890e-10",
            )
        ],
    )
    yield "not float", lambda: [raised(float, text) for text in ("", "1,5", "1__0", "abc", "0x10", "nan1")]
    yield "not int", lambda: [raised(int, text) for text in ("", "1.5", "1__0", "abc", "0x10", "9" * 5000)]
    for number in INTEGERS:
        yield f"int {number}", lambda number=number: (
            str(number), hex(number), bin(number)[:80], f"{number:,}", f"{number:_x}", number.bit_length(), divmod(number, 97), number // -7,
            number % -7, hash(number) == hash(float(number)) or number, pow(number, 5, 1009), number >> 3, number << 70, ~number, number & 0xFFFF, -number | 5, number ^ 99,
            int(str(number)) == number, raised(lambda: number / 10**30), raised(lambda: float(number)), abs(number).to_bytes(48, "big"),
        )  # fmt: skip
    yield "big", lambda: digest(str(3**index * 7 ** (index // 2)) for index in range(0, 900, 13))
    yield "big division", lambda: digest((10**900 + index) // 7**index for index in range(1, 300, 7))
    yield "power", lambda: [2.0**0.5, 10**-3, (-8) ** 3, 0**0, pow(3, -1, 7), (1 + 2j) ** 2, raised(pow, 0.0, -1)]
    for name in (
        "sqrt",
        "exp",
        "log",
        "log2",
        "log10",
        "log1p",
        "expm1",
        "sin",
        "cos",
        "tan",
        "atan",
        "sinh",
        "cosh",
        "tanh",
        "asinh",
        "erf",
        "gamma",
        "lgamma",
        "floor",
        "ceil",
        "trunc",
        "frexp",
    ):
        yield (
            f"math.{name}",
            lambda name=name: [
                f"{getattr(math, name)(value):.13g}" if name != "frexp" else math.frexp(value)
                for value in (0.5, 1.0, 1.5, 2.0, 3.75, 10.0)
            ],
        )
    yield "math", lambda: (
        math.comb(60, 30), math.perm(9, 4), math.factorial(40), math.gcd(84, 126), math.isqrt(10**30), math.fsum([0.1] * 10), math.hypot(3, 4),
        math.isclose(0.1 + 0.2, 0.3), math.copysign(1, -0.0), math.modf(3.25), math.prod([1.5, 2, 3]), math.inf, math.nan, raised(math.sqrt, -1), raised(math.exp, 1000),
    )  # fmt: skip
    yield (
        "lists",
        lambda: (
            sorted([3, 1, 2], reverse=True),
            sorted("bca", key=ord),
            [*range(9)][::-2],
            [1, 2] * 2,
            list(zip("ab", [1, 2], strict=True)),
            [[1], *[[2]]],
        ),
    )
    yield "sorting", lambda: digest(sorted(((index * 7919) % 1009, -index) for index in range(3000)))
    yield (
        "dicts",
        lambda: (
            {**{"a": 1}, "b": 2} | {"a": 3},
            dict.fromkeys("abc", 0),
            {1: 2}.items() >= {(1, 2)},
            raised({}.__getitem__, "x"),
            {"b": 1, "a": 2}.popitem(),
        ),
    )
    yield "large dict", lambda: digest({str(index): index for index in range(20000)}.items())
    yield (
        "sets",
        lambda: (
            sorted({1, 2, 3} & {2, 3, 4}),
            sorted({1} ^ {2}),
            frozenset("a") | {"a"},
            {1} <= {1, 2},
            raised(set().pop),
        ),
    )
    yield (
        "bytes",
        lambda: (
            b"abc".hex(),
            bytes.fromhex("00ff"),
            bytearray(b"x") * 3,
            b"%d-%s" % (5, b"q"),
            memoryview(b"abcd")[1:3].tolist(),
            int.from_bytes(b"\x01\x02", "little"),
            repr(bytes(range(256))),
        ),
    )
    yield (
        "collections",
        lambda: (
            Counter("abracadabra").most_common(2),
            defaultdict(list, a=[1]),
            deque([1, 2, 3], 2),
            OrderedDict(a=1),
            namedtuple("T", "x y")(1, 2),
        ),
    )
    yield (
        "itertools",
        lambda: (
            list(accumulate([1, 2, 3])),
            list(chain("ab", "c")),
            [(k, list(g)) for k, g in groupby("aab")],
            list(pairwise("abc")),
            list(product("ab", repeat=2)),
        ),
    )
    yield (
        "functools",
        lambda: (
            reduce(int.__mul__, range(1, 9)),
            partial(int, base=2)("101"),
            lru_cache(2)(len)("abc"),
            cache(len)("a"),
        ),
    )
    yield "dataclass", lambda: (
        repr(Row("a")), asdict(Row("a")), astuple(Row("b", (3.0,))), replace(Row("a"), name="c"), Row("a") < Row("b"), hash(Row("a")) == hash(Row("a")),
        [each.name for each in fields(Row)], raised(setattr, Row("a"), "name", "b"), raised(lambda: Row()), repr(Slotted(a=1)), raised(lambda: Slotted(1)), raised(setattr, Slotted(a=1), "c", 1),
    )  # fmt: skip
    yield (
        "typing",
        lambda: (
            str(signature(Row)),
            get_args(get_type_hints(Row, include_extras=True)["name"]),
            str(dict[str, list[int | None]]),
            raised(lambda: list[int]()),
            str(signature(raised)),
        ),
    )
    yield (
        "enum",
        lambda: (
            list(Colour),
            Colour("g"),
            Colour["RED"].value,
            Word.YES + "!",
            Flags.A | Flags.B,
            Flags(3) & ~Flags.A,
            raised(Colour, 5),
        ),
    )
    yield "named tuple", lambda: (Point(1), Point(1)._replace(y=2.0), Point(1)._asdict(), Point(3, 4)[1:])
    yield (
        "match",
        lambda: [
            matched(value) for value in ({"kind": "k", "a": 1}, [1, 2, 3], [1, 2], Row("r"), Colour.RED, 2.5, None)
        ],
    )
    yield "generators", generated
    yield "json", lambda: (
        json.dumps({"a": [1, 2.5, None, True, "ü\"\\/\u2028🙂"], "b": {}}, ensure_ascii=False), json.dumps("ü🙂"), json.dumps([1], indent=2), json.dumps({2: 1, "x": 0}, sort_keys=False),
        json.loads('{"a": [1, -2.5e3, null, true, "\\u00fc\\ud83d\\ude42"], "b": 1E400}'), raised(json.loads, "{'a': 1}"), raised(json.loads, "[1,]"), raised(json.dumps, {1, 2}), raised(json.loads, '"\x00"'),
    )  # fmt: skip
    yield (
        "json hooks",
        lambda: json.loads('{"a": NaN, "a": {"b": -Infinity}}', parse_constant=str, object_pairs_hook=list),
    )
    yield "json deep", lambda: raised(json.loads, "[" * 100 + "]" * 100)
    yield "re", lambda: (
        re.findall(r"(?i)\b(\w+?)s?\b", "Cats dog ünïs"), re.sub(r"(?P<a>\d+)(?=x)", lambda found: f"<{found['a']}>", "12x 13y"), re.split(r"[,;]\s*", "a, b;c"),
        re.fullmatch(r"(a|b)*?c{2,3}", "ababccc"), re.match(r"(?s)^.*$", "a\nb").span(), re.escape("a.b*c"), raised(re.compile, "(a"), re.sub(r"(?m)^", "> ", "a\nb"), re.compile(r"\p"[:1] + "w+", re.ASCII).findall("aü b"),
    )  # fmt: skip
    yield "dates", lambda: (
        date(2026, 11, 25).isoformat(), date.fromisoformat("2024-02-29") + timedelta(days=366), (date(2026, 1, 1) - date(2025, 1, 1)).days, date(2026, 11, 25).strftime("%d %B %Y, %a"),
        date(2026, 11, 25).isocalendar(), date.max, f"{date(2026, 3, 1):%Y/%m}", raised(date, 2026, 2, 30), raised(date.fromisoformat, "2026-13-01"), date(2026, 1, 1) < date(2026, 1, 2), hash(date(1, 1, 1)) == hash(date(1, 1, 1)), timedelta(hours=30), date(2024, 2, 29).replace(year=2028),
    )  # fmt: skip
    yield "clock", lambda: (
        [time.gmtime(moment)[:8] for moment in MOMENTS], [time.localtime(moment)[:8] for moment in MOMENTS], [time.mktime(time.localtime(moment)) for moment in MOMENTS], time.mktime((2026, 14, 40, 25, 61, 61, 0, 0, 0)),
        [str(datetime.fromtimestamp(moment, UTC)) for moment in MOMENTS], [str(datetime.fromtimestamp(moment)) for moment in MOMENTS], datetime(2026, 11, 25, 12).timestamp(), time.strftime("%Y-%m-%d %H:%M:%S %j %a", time.gmtime(1e9)), time.timezone,
        datetime.now().year > 2025, date.today() == datetime.now(UTC).date(), time.time() > 1.7e9, time.monotonic() <= time.monotonic(), raised(time.gmtime, 1e20).split(":")[0],
    )  # fmt: skip
    yield "urls", lambda: (
        parse_qsl("a=1&b=%C3%BC+x&c=&d", keep_blank_values=True), urlencode({"a": "ü &", "b": [1, 2]}, doseq=True), quote("/ä b?"), unquote("%E2%82%AC%zz"), urlsplit("https://u:p@h.example:8/p;x?q#f"), raised(lambda: parse_qsl("a;b", strict_parsing=True)), parse_qsl("a=%ff"),
    )  # fmt: skip
    yield "html", lambda: escape("<a href='x'>\"&amp;</a>")
    yield (
        "format",
        lambda: (
            f"{1234.5:>12,.1f}|{'x':^5}|{Row('a')!r:.9}|{3!s:>3}|{2=}|{ {1: 2}[1]:{'>'}{4}}",
            "{0[a]} {1.real} {}".replace("{}", "-").format({"a": 1}, 2),
            "%05.1f %s %r %%" % (2.25, "a", "b"),
        ),
    )
    yield (
        "classes",
        lambda: (
            type("T", (int,), {"f": lambda self: self + 1})(4).f(),
            super.__name__,
            [each.__name__ for each in bool.__mro__],
            raised(type, "T", (bool,), {}),
            isinstance(True, int),
        ),
    )
    yield "errors", lambda: [
        raised(lambda: 1 / 0), raised(lambda: [][0]), raised(lambda: None.x), raised(lambda: "a" + 1), raised(lambda: undefined), raised(lambda: int(None)), raised(lambda: next(iter([]))),
        raised(eval, "1 +"), raised(eval, "a b"), raised(exec, "if 1:\nx"), raised(lambda: len(5)), raised(lambda: {}["a"]), raised(lambda: [].sort(x=1)), raised(lambda: "x".join([1])), raised(lambda: assert_fails()),
    ]  # fmt: skip
    yield "traceback", traceback_lines
    yield "through the library", lambda: [
        frames(json.loads, "{"), frames(json.dumps, {"a": [object()]}), frames(replace, Row("a"), nothing=1), frames(parse_qsl, 5), frames(Colour, 7), frames(re.compile, "("), frames(Slotted, 1),
    ]  # fmt: skip
    yield "groups", groups
    yield "context", in_context
    yield "recursion", lambda: raised(nested, 0)
    yield "recursion in C", lambda: raised(deep_repr).split(" while")[0]
    yield "recursion through C", lambda: raised(through_c, 0).split(" while")[0]
    yield "recursion of JSON", lambda: raised(json.loads, "[" * 100_000).split(" while")[0]
    yield "recursion again", lambda: raised(nested, 0)
    yield "compiling", lambda: eval(compile("[x ** 2 for x in range(5) if (y := x) % 2]", "c", "eval"))
    yield "docs", lambda: documented()
    yield "exec", lambda: run_program()
    yield "memory", memory
    yield "more memory than there is", memory_at_most
    yield "afterwards", lambda: (sum(range(1000)), f"{1e6:,.0f}")
    yield "identity", lambda: (sys.version_info[:2], sys.maxsize.bit_length() >= 31, sys.float_info.dig, sys.byteorder)


def assert_fails() -> None:
    """Raise an AssertionError by hand: asserts are left out of the library, not out of Python."""
    raise AssertionError("said so")


def in_context() -> list[object]:
    """A variable of a context, set and reset."""
    held = ContextVar("held", default=0)
    before = held.set(1)
    inside = held.get()
    held.reset(before)
    return [inside, held.get(), raised(ContextVar("empty").get)[:11]]


def documented() -> Any:
    """Ask every type there is for every attribute it has, twice: the cache of attributes is in memory too."""
    gc.unfreeze()  # An image keeps its objects out of the collector.
    kinds = {each for each in gc.get_objects() if isinstance(each, type)}
    for kind in [*kinds, *kinds]:
        for name in dir(kind):
            getattr(kind, name, None)
            kind.__doc__  # noqa: B018
    names: dict[str, Any] = {}
    exec("from types import *; from collections import *; from math import *", names)
    return len(kinds) > 100, sorted(name for name in names if name.islower() and "_" not in name)[:20]


def coded(codec: str) -> Any:
    """Every character that a Chinese, Japanese or Korean codec has, to and fro."""
    module = getattr(__import__(f"_codecs_{codec[:2]}"), "getcodec")(codec[3:])
    there = []
    for point in range(0x10000):
        try:
            there.append(module.encode(chr(point), "strict")[0])
        except UnicodeEncodeError:
            continue
    return len(there), digest(there), digest(module.decode(each, "replace") for each in there)


def run_program() -> Any:
    """Run a small program with a class, a decorator and a context manager."""
    names: dict[str, Any] = {}
    exec(PROGRAM, names)
    return names["result"]


PROGRAM = """
from contextlib import contextmanager, suppress
@contextmanager
def around(log):
    log.append("in")
    try: yield log
    finally: log.append("out")
def twice(f):
    def inner(*a, **k): return [f(*a, **k), f(*a, **k)]
    return inner
class Base:
    def __init_subclass__(cls, tag=None): cls.tag = tag
    @property
    def p(self): return self.tag
class Child(Base, tag="t"):
    @twice
    def m(self, x, /, y=2, *, z): return (x, y, z)
    def __enter__(self): return self
    def __exit__(self, *a): return True
log = []
with around(log) as l, suppress(KeyError): {}["no"]
with Child() as c: raise ValueError
result = (log, c.m(1, z=3), c.p, [i async for i in ()] if False else None, (lambda *a, b=1, **k: (a, b, k))(1, 2, c=3))
""".replace("[i async for i in ()] if False else None", "None")


def lines() -> Any:
    """Every check's line."""
    for name, check in checks():
        try:
            found = ascii(check())
        except Exception as error:
            found = f"raised {type(error).__name__}: {error}"
        yield f"{name}: {found}"


reply = "\n".join(lines())
