"""Turn what a student's function returned into plain data.

It is generous in form (lists, tuples, scalars, any real dtype), but strict in substance: a value that is not a number,
or has a wrong number of parts or wrong keys, becomes a `Malformed` that says what it is instead. Handles stay in the
worker.
"""

from __future__ import annotations

import numbers
from collections.abc import Mapping
from decimal import Decimal

import numpy as np

from autograder import wire


def take_apart(result: object, returns: wire.Returns, room: int) -> tuple[dict[str, wire.Received], dict[str, object]]:
    """Return the results for the grader by output name, and the handles that stay here by part name.

    Arrays that together take more than `room` bytes are only described, since the reference's take less.
    """
    values = _split(result, returns)
    if isinstance(values, wire.Malformed):
        return {name: values for part in returns.parts for name in part.names()}, {}
    sent: dict[str, wire.Received] = {}
    handles: dict[str, object] = {}
    for part, value in zip(returns.parts, values, strict=True):
        if part.kind == "handle":
            handles[part.name] = value
        elif part.kind == "list":
            sent[part.name] = _convert_list(value, room)
        elif part.kind == "tuples":
            sent.update(_convert_tuples(part, value, room))
        elif part.kind == "word":
            sent[part.name] = _convert_word(part, value)
        elif part.kind == "mapping":
            sent.update(_convert_mapping(part, value, room))
        else:
            sent[part.name] = _convert_array(value, room)
    if sum(map(_size, sent.values())) > room:
        return dict.fromkeys(sent, wire.Malformed("huge", "a result of too many numbers")), handles
    return sent, handles


def _size(received: wire.Received) -> int:
    """Return about how many bytes a value takes when it is sent."""
    if isinstance(received, wire.Malformed):
        return 0
    arrays = received.items if isinstance(received, wire.Arrays) else (received,)
    return sum(len(array.data) + wire.ARRAY_HEAD for array in arrays)


def _split(result: object, returns: wire.Returns) -> list[object] | wire.Malformed:
    if not returns.several:
        return [result]
    if isinstance(result, tuple | list) or (
        isinstance(result, np.ndarray) and result.ndim and all(part.kind == "array" for part in returns.parts)
    ):
        if len(result) == len(returns.parts):
            return list(result)
        return wire.Malformed("count", f"{len(result)} value{'s' * (len(result) != 1)}")
    return wire.Malformed("count", describe(result))


def _convert_array(value: object, room: int) -> wire.Received:
    array = to_array(value, room)
    return array if isinstance(array, wire.Malformed) else wire.pack(array)


def _convert_mapping(part: wire.Part, value: object, room: int) -> dict[str, wire.Received]:
    if not isinstance(value, Mapping):
        return dict.fromkeys(part.names(), wire.Malformed("mapping", describe(value)))
    if set(value) != set(part.keys):
        found = ", ".join(repr(key)[: wire.MAX_NAME] for key in list(value)[:8])
        return dict.fromkeys(part.names(), wire.Malformed("keys", found))
    return {name: _convert_array(value[key], room) for name, key in zip(part.names(), part.keys, strict=True)}


def _convert_list(value: object, room: int) -> wire.Arrays | wire.Malformed:
    if isinstance(value, str | bytes | Mapping) or not hasattr(value, "__iter__"):
        return wire.Malformed("list", describe(value))
    items, taken = [], 0
    for item in value:
        array = to_array(item, room)
        if isinstance(array, wire.Malformed):
            return array
        items.append(wire.pack(array))
        taken += array.nbytes + wire.ARRAY_HEAD
        if taken > room or len(items) > wire.MAX_ITEMS:
            return wire.Malformed("huge", f"a list of more than {len(items) - 1} items")
    return wire.Arrays(tuple(items))


def _convert_tuples(part: wire.Part, value: object, room: int) -> dict[str, wire.Received]:
    """Return, for each name in the tuples, the list of its values over all tuples."""
    if isinstance(value, str | bytes | Mapping) or not hasattr(value, "__iter__"):
        return dict.fromkeys(part.names(), wire.Malformed("list", describe(value)))
    rows = []
    for item in value:
        is_sequence = isinstance(item, tuple | list) or (isinstance(item, np.ndarray) and item.ndim > 0)
        if not is_sequence or len(item) != len(part.keys):
            return dict.fromkeys(part.names(), wire.Malformed("count", describe(item)))
        rows.append(item)
        if len(rows) > wire.MAX_ITEMS:
            return dict.fromkeys(part.names(), wire.Malformed("huge", f"a list of more than {wire.MAX_ITEMS} items"))
    return {name: _convert_list([row[place] for row in rows], room) for place, name in enumerate(part.names())}


def _convert_word(part: wire.Part, value: object) -> wire.Received:
    """Return the number of a word among the possible ones."""
    text = value.item() if isinstance(value, np.ndarray | np.generic) and value.ndim == 0 else value
    if not isinstance(text, str):
        return wire.Malformed("word", describe(text))
    if text not in part.keys:
        return wire.Malformed("word", repr(str(text))[: wire.MAX_NAME])
    return wire.pack(np.array(part.keys.index(text)))


def to_array(value: object, room: int) -> np.ndarray | wire.Malformed:
    """Convert to an array of a dtype that can be sent, as `np.asarray` does, or say why that is impossible.

    One that takes more than `room` bytes is too large.
    """
    if value is None:
        return wire.Malformed("nothing", "None")
    try:
        array = np.asarray(value)
    except ValueError:
        return wire.Malformed("ragged", describe(value))
    if array.nbytes > room or array.ndim > wire.MAX_DIMENSIONS:
        return wire.Malformed("huge", f"an array of shape {array.shape}")
    if wire.name_of(array.dtype) in wire.DTYPES:
        return array
    if array.dtype.kind == "f":  # longer than float64
        return array.astype(np.float64)
    if array.dtype.kind == "O":
        return _numbers_in(array)
    if array.dtype.kind == "c":
        return wire.Malformed("complex", f"complex numbers of shape {array.shape}")
    return wire.Malformed("text" if array.dtype.kind in "US" else "object", describe(value))


def _numbers_in(array: np.ndarray) -> np.ndarray | wire.Malformed:
    for item in array.flat:
        plain = item.item() if isinstance(item, np.ndarray) and item.ndim == 0 else item
        if not isinstance(plain, numbers.Real | np.bool_ | Decimal):
            return wire.Malformed("object", f"an array of objects, among them {describe(item)}")
    return array.astype(np.float64)


def describe(value: object) -> str:
    """Name a value by its type, with the shape of an array or the length of a sequence."""
    name = type(value).__name__[: wire.MAX_NAME]
    if value is None:
        return "None"
    if isinstance(value, np.ndarray):
        return f"an array of {value.dtype.name[: wire.MAX_NAME]} and shape {value.shape[: wire.MAX_DIMENSIONS]}"
    if isinstance(value, tuple | list | dict):
        return f"a {name} of {len(value)} item{'s' * (len(value) != 1)}"
    return f"a value of type {name}"
