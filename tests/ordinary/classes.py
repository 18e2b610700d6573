"""How values are given names and shapes."""

from __future__ import annotations

import abc
import copy
import enum
import numbers
import pickle
import types
import typing
import weakref
from collections import ChainMap, Counter, OrderedDict, UserDict, defaultdict, deque, namedtuple
from dataclasses import KW_ONLY, asdict, dataclass, field, fields, replace
from typing import Any, ClassVar, Final, Generic, Literal, NamedTuple, Protocol, TypedDict, TypeVar, runtime_checkable

import numpy as np
import numpy.typing as npt

T = TypeVar("T")
Vector = npt.NDArray[np.float64]


@dataclass
class Point:
    x: float = 1.0
    history: list[float] = field(default_factory=list)
    scale: ClassVar[float] = 2.0

    def __post_init__(self):
        self.history.append(self.x)


@dataclass(frozen=True, slots=True, order=True)
class Step:
    number: int
    _: KW_ONLY
    rate: float = 0.1


class Decay(enum.Enum):
    NONE = enum.auto()
    L2 = enum.auto()

    @classmethod
    def parse(cls, text):
        return cls[text.upper()]


class Flags(enum.IntFlag):
    NESTEROV = 1
    CENTERED = 2


class Mode(str, enum.Enum):
    TRAIN = "train"


@runtime_checkable
class Layer(Protocol):
    def forward(self, x: Vector) -> Vector: ...


class Settings(TypedDict, total=False):
    lr: float
    betas: tuple[float, float]


class Batch(NamedTuple):
    x: float
    y: float = 2.0


class Base(abc.ABC):
    @property
    @abc.abstractmethod
    def size(self): ...

    @staticmethod
    def twice(x):
        return 2 * x


class Linear(Base):
    size = 3

    def __init__(self):
        super().__init__()
        self.weight = np.ones(self.size)

    def forward(self, x: Vector) -> Vector:
        return self.weight * x

    def __call__(self, x):
        return self.forward(x)

    def __getitem__(self, place):
        return self.weight[place]

    def __len__(self):
        return self.size

    def __matmul__(self, other):
        return float(self.weight @ other.weight)


class Slotted:
    __slots__ = ("__weakref__", "_m")

    def __init__(self, m):
        self._m = m

    @property
    def m(self):
        return self._m

    @m.setter
    def m(self, value):
        self._m = max(value, 0)


class Stack(Generic[T]):
    def __init__(self) -> None:
        self.items: list[T] = []

    def push(self, item: T) -> Stack[T]:
        self.items.append(item)
        return self


class Positive:
    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, instance, owner=None):
        return getattr(instance, self.name)

    def __set__(self, instance, value):
        setattr(instance, self.name, abs(value))


class Described:
    rate = Positive()


def dataclasses():
    point = Point(3.0)
    step = replace(Step(2), rate=0.5)
    try:
        step.number = 3
    except AttributeError:
        frozen = 1
    return [point.x, *asdict(point)["history"], len(fields(Point)), step.rate, Step(1) < step, frozen, hash(Step(1)) == hash(Step(1))]


def enums():
    return [Decay.parse("l2").value, len(Decay), Flags.NESTEROV | Flags.CENTERED, Mode.TRAIN == "train", Decay(1) is Decay.NONE]


def protocols():
    return [isinstance(Linear(), Layer), isinstance(3, Layer), isinstance(np.float64(1), numbers.Real), isinstance(np.int64(1), numbers.Integral)]


def type_hints():
    hints = typing.get_type_hints(Linear.forward)
    settings = typing.get_type_hints(Settings)
    limit: Final = 4
    kind: Literal["a", "b"] = "a"
    return [len(hints), settings["lr"] is float, typing.get_origin(list[int]) is list, len(typing.get_args(dict[str, Any])), limit, len(kind),
            typing.cast(int, 3), typing.get_type_hints(Point)["x"] is float]


def named_tuples():
    Pair = namedtuple("Pair", "a b", defaults=[5])
    settings: Settings = {"lr": 0.5}
    return [*Batch(1.0), *Batch(1.0)._replace(y=4.0), *Pair(1), Pair(2)._asdict()["a"], settings["lr"]]


def abstract_classes():
    try:
        Base()
    except TypeError:
        refused = 1
    layer = Linear()
    return [refused, *layer(np.arange(3.0)), layer[1], len(layer), layer @ layer, Base.twice(4), isinstance(layer, Base)]


def slots_and_properties():
    slotted = Slotted(1)
    slotted.m = -5
    described = Described()
    described.rate = -0.5
    return [slotted.m, hasattr(slotted, "__dict__"), described.rate, *Stack[int]().push(3).push(4).items]


def copies_and_pickles():
    point = Point(2.0)
    shallow, deep = copy.copy(point), copy.deepcopy(point)
    point.history.append(9.0)
    back = pickle.loads(pickle.dumps({"p": deep, "x": np.arange(3), "d": Decay.L2}, protocol=pickle.HIGHEST_PROTOCOL))
    return [len(shallow.history), len(deep.history), back["p"].x, *back["x"], back["d"] is Decay.L2]


def collections():
    words = Counter("abracadabra")
    groups = defaultdict(list)
    for number in range(6):
        groups[number % 2].append(number)
    recent = deque(range(9), maxlen=3)
    recent.rotate(1)

    class Lower(UserDict):
        def __setitem__(self, key, value):
            super().__setitem__(key.lower(), value)

    return [*dict(words.most_common(2)).values(), *groups[1], *recent, ChainMap({"a": 1}, {"a": 2, "b": 3})["b"], *OrderedDict(a=1).values(),
            Lower(A=7)["a"]]


def types_and_weak_references():
    namespace = types.SimpleNamespace(lr=0.5)
    frozen = types.MappingProxyType({"a": 1})
    slotted = Slotted(4)
    seen = weakref.ref(slotted)
    cache = weakref.WeakValueDictionary(a=slotted)
    alive = seen() is slotted
    del slotted
    made = type("Made", (Point,), {"extra": 6})
    return [namespace.lr, frozen["a"], alive, seen() is None, len(cache), made().extra, isinstance(len, types.BuiltinFunctionType)]
