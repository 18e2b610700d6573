"""What the language itself offers."""

from __future__ import annotations

import contextlib
import functools
import itertools
import operator
import sys
from collections.abc import Callable, Iterator, Sequence

import numpy as np

RATE = 0.5
sys.setrecursionlimit(5000)


def closures():
    count = 0

    def step(by=1):
        nonlocal count
        count += by
        return count

    makers = [lambda x, n=n: x * n for n in range(3)]
    return [step(), step(4), *(make(10) for make in makers)]


def global_names():
    global RATE
    RATE *= 2
    return [RATE, globals()["RATE"], "RATE" in dir(sys.modules[__name__]), len(locals())]


def generators():
    def numbers():
        received = yield 1
        yield received * 2
        yield from (x**2 for x in range(3))

    running = numbers()
    first, second = next(running), running.send(5)
    return [first, second, *running, sum(i for i in range(10) if i % 2), next(iter([]), -1)]


def matching():
    def kind(value):
        match value:
            case {"lr": float(rate), **rest}:
                return rate + len(rest)
            case [first, *_, last] if first < last:
                return last
            case int() | np.integer():
                return -1
            case str(text):
                return len(text)
            case _:
                return 0

    return [kind({"lr": 0.5, "b": 1}), kind([1, 2, 7]), kind([3, 1]), kind(np.int64(3)), kind("abc"), kind(None)]


def assignment_expressions():
    values = iter([3, 1, 0, 5])
    taken = []
    while value := next(values):
        taken.append(value)
    return [*taken, any((bad := x) < 0 for x in [1, -2, 3]), bad]


def unpacking():
    first, *middle, last = range(6)
    merged = {**{"a": 1}, "b": 2} | {"c": 3}
    (a, b), c = (1, 2), 3
    a, b = b, a

    def take(x, /, y, *rest, key=0, **others):
        return x + y + sum(rest) + key + sum(others.values())

    return [first, *middle, last, *merged.values(), a, b, c, take(1, *[2, 3], key=4, **{"z": 5}), *[*range(2)][::-1]]


def comprehensions():
    table = {(i, j): i * j for i in range(3) for j in range(3) if i != j}
    return [sum(table.values()), *sorted({x % 4 for x in range(20)}), *[row[::-1][0] for row in np.eye(3)], *(x for x in range(2))]


def deep_recursion():
    def depth(n):
        return 0 if n == 0 else 1 + depth(n - 1)

    return depth(900)


def deeper_recursion():
    def depth(n):
        return 0 if n == 0 else 1 + depth(n - 1)

    return [depth(4000), sys.getrecursionlimit()]


def endless_recursion_is_caught():
    def endless():
        return endless()

    try:
        endless()
    except RecursionError:
        return 1.0


def exceptions():
    trail = []
    try:
        try:
            raise ValueError("bad")
        except ValueError as error:
            raise KeyError("worse") from error
        finally:
            trail.append(1)
    except KeyError as error:
        trail.append(isinstance(error.__cause__, ValueError))
    else:
        trail.append(-1)
    try:
        raise ExceptionGroup("several", [ValueError(1), TypeError(2)])
    except* ValueError as group:
        trail.append(len(group.exceptions))
    except* TypeError:
        trail.append(5)
    try:
        assert trail == [], "not empty"
    except AssertionError as error:
        trail.append(len(str(error)))
    return trail


def contexts():
    entered = []

    @contextlib.contextmanager
    def training(flag):
        entered.append(flag)
        try:
            yield flag * 2
        finally:
            entered.append(-flag)

    with training(1) as a, training(2) as b, contextlib.suppress(ZeroDivisionError):
        1 / 0
    with contextlib.ExitStack() as stack:
        stack.callback(entered.append, 9)
        stack.enter_context(contextlib.nullcontext())
    return [a, b, *entered]


def function_tools():
    @functools.lru_cache(maxsize=None)
    def fibonacci(n):
        return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)

    @functools.singledispatch
    def size(value):
        return 0

    @size.register
    def _(value: list):
        return len(value)

    def logged(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            return function(*args, **kwargs) + 1

        return wrapper

    @logged
    def plain(x):
        return x

    class Lazy:
        @functools.cached_property
        def value(self):
            return 8

    return [fibonacci(60), size([1, 2]), size(3), plain(1), len(plain.__name__), functools.reduce(operator.mul, range(1, 6)),
            functools.partial(pow, 2)(5), Lazy().value, fibonacci.cache_info().currsize,
            *sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a))]


def iteration_tools():
    return [*itertools.accumulate([1, 2, 3]), *itertools.chain([1], [2]), *map(sum, itertools.product([1, 2], repeat=2)),
            len(list(itertools.combinations(range(5), 2))), len(list(itertools.permutations(range(4)))), *itertools.islice(itertools.count(5), 2),
            *(len(list(group)) for _, group in itertools.groupby("aabccc")), *map(sum, itertools.zip_longest([1, 2], [3], fillvalue=0)),
            *itertools.starmap(pow, [(2, 3)]), *(b - a for a, b in itertools.pairwise([1, 4, 9])), *itertools.takewhile(lambda x: x < 3, range(9)),
            *itertools.repeat(7, 2), *itertools.compress([1, 2, 3], [1, 0, 1]), *map(max, zip([1, 5], [2, 3], strict=True)), *enumerate([4])]\
        [:-1]


def operators():
    rows = [{"loss": 3}, {"loss": 1}]
    return [min(rows, key=operator.itemgetter("loss"))["loss"], operator.attrgetter("real")(2.5), operator.methodcaller("bit_length")(8),
            *sorted([2, 3, 1], reverse=True), all([]), divmod(7, 2)[1], round(2.5), abs(-3), int("ff", 16), 7 // -2, -7 % 3, 1 << 4, 5 ^ 1, ~0]


def annotated(values: Sequence[float] = (1.0, 2.0), f: Callable[[float], float] | None = None) -> Iterator[float] | float:
    return float(sum(values)) + (f(1.0) if f else 0.0)


def coroutines_by_hand():
    async def inner():
        return 3

    async def outer():
        return await inner() + 1

    running = outer()
    try:
        running.send(None)
    except StopIteration as stop:
        return stop.value


if __name__ == "__main__":
    print(deep_recursion())
    raise SystemExit("a file that is imported does not get here")
