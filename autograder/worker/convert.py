"""From what a student's function returned to plain data, and to what the next call is handed.

Generous in form (lists, tuples, scalars, any real dtype), strict in substance: what is not a number, not of the agreed
number of parts, or not of the agreed keys becomes a `Malformed` that says what it is instead.
"""

from __future__ import annotations

import numbers
from collections.abc import Mapping
from decimal import Decimal

import msgspec
import numpy as np

from autograder.array import DTYPES, MAX_DIMENSIONS, name_of, pack
from autograder.script import Part, Returns, entry
from autograder.trace import MAX_ITEMS, MAX_NAME, Arrays, Malformed, Received

MAX_BYTES = 4 * 2**20  # of one returned array


class Entries(msgspec.Struct, frozen=True):
    """Stands for a returned mapping: the arrays that are handed on for it are kept under their own names."""

    keys: tuple[str, ...]


def take_apart(result: object, returns: Returns) -> tuple[dict[str, Received], dict[str, object]]:
    """Return what goes back to the grader, by output name, and what may be handed on, by part and output name."""
    values = _split(result, returns)
    if isinstance(values, Malformed):
        return {name: values for part in returns.parts for name in part.names()}, {}
    sent: dict[str, Received] = {}
    kept: dict[str, object] = {}
    for part, value in zip(returns.parts, values, strict=True):
        _convert_part(part, value, sent, kept)
    return sent, kept


def _split(result: object, returns: Returns) -> list[object] | Malformed:
    if not returns.several:
        return [result]
    if isinstance(result, tuple | list) or (
        isinstance(result, np.ndarray) and result.ndim and all(part.kind == "array" for part in returns.parts)
    ):
        if len(result) == len(returns.parts):
            return list(result)
        return Malformed("count", f"{len(result)} value{'s' * (len(result) != 1)}")
    return Malformed("count", describe(result))


def _convert_part(part: Part, value: object, sent: dict[str, Received], kept: dict[str, object]) -> None:
    if part.kind == "opaque":
        kept[part.name] = value
    elif part.kind == "list":
        sent[part.name] = _convert_list(value)
    elif part.kind == "mapping":
        _convert_mapping(part, value, sent, kept)
    else:
        _convert_array(part.name, value, sent, kept)


def _convert_array(name: str, value: object, sent: dict[str, Received], kept: dict[str, object]) -> None:
    array = to_array(value)
    if isinstance(array, Malformed):
        sent[name] = array
    else:
        sent[name] = pack(array)
        kept[name] = array.astype(np.float64)


def _convert_mapping(part: Part, value: object, sent: dict[str, Received], kept: dict[str, object]) -> None:
    if not isinstance(value, Mapping):
        sent.update(dict.fromkeys(part.names(), Malformed("mapping", describe(value))))
        return
    if set(value) != set(part.keys):
        found = ", ".join(repr(key)[:MAX_NAME] for key in list(value)[:8])
        sent.update(dict.fromkeys(part.names(), Malformed("keys", found)))
        return
    for key in part.keys:
        _convert_array(entry(part.name, key), value[key], sent, kept)
    kept[part.name] = Entries(part.keys)


def _convert_list(value: object) -> Arrays | Malformed:
    if isinstance(value, str | bytes | Mapping) or not hasattr(value, "__iter__"):
        return Malformed("list", describe(value))
    items = []
    for item in value:
        array = to_array(item)
        if isinstance(array, Malformed):
            return array
        items.append(pack(array))
        if len(items) > MAX_ITEMS:
            return Malformed("huge", f"a list of more than {MAX_ITEMS} items")
    return Arrays(tuple(items))


def to_array(value: object) -> np.ndarray | Malformed:
    """Convert to an array of a dtype that can be sent, as `np.asarray` does, or say why that can't be done."""
    if value is None:
        return Malformed("nothing", "None")
    try:
        array = np.asarray(value)
    except ValueError:
        return Malformed("ragged", describe(value))
    if array.nbytes > MAX_BYTES or array.ndim > MAX_DIMENSIONS:
        return Malformed("huge", f"an array of shape {array.shape}")
    if name_of(array.dtype) in DTYPES:
        return array
    if array.dtype.kind == "f":  # longer than float64
        return array.astype(np.float64)
    if array.dtype.kind == "O":
        return _numbers_in(array)
    if array.dtype.kind == "c":
        return Malformed("complex", f"complex numbers of shape {array.shape}")
    return Malformed("text" if array.dtype.kind in "US" else "object", describe(value))


def _numbers_in(array: np.ndarray) -> np.ndarray | Malformed:
    for item in array.flat:
        plain = item.item() if isinstance(item, np.ndarray) and item.ndim == 0 else item
        if not isinstance(plain, numbers.Real | np.bool_ | Decimal):
            return Malformed("object", f"an array of objects, among them {describe(item)}")
    return array.astype(np.float64)


def describe(value: object) -> str:
    """Name a value by its type, with the shape of an array or the length of a sequence."""
    name = type(value).__name__[:MAX_NAME]
    if value is None:
        return "None"
    if isinstance(value, np.ndarray):
        return f"an array of {value.dtype.name[:MAX_NAME]} and shape {value.shape[:MAX_DIMENSIONS]}"
    if isinstance(value, tuple | list | dict):
        return f"a {name} of {len(value)} item{'s' * (len(value) != 1)}"
    return f"a value of type {name}"
