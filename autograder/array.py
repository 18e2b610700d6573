"""Arrays as plain data: what crosses the wire and what an answer book holds.

Enters: NumPy arrays of the few dtypes that a result may have. Leaves: an `Array` of dtype, shape and bytes that
decodes only when the three agree, so that nothing a submission sends is trusted before it has been checked.
"""

from __future__ import annotations

import math
from typing import Annotated, Literal

import msgspec
import numpy as np
from msgspec import Meta

Layout = Literal["C", "F", "strided"]

# Booleans, whole numbers and real floats; the itemsize is part of the name, the byte order always little-endian.
SIZES = {"int": (8, 16, 32, 64), "uint": (8, 16, 32, 64), "float": (16, 32, 64)}
NAMES = ("bool", *(f"{kind}{size}" for kind, sizes in SIZES.items() for size in sizes))
DTYPES = {name: np.dtype(name).newbyteorder("<") for name in NAMES}
NATIVE = {np.dtype(name): name for name in NAMES}  # asking a dtype for its name costs more than a small array's sum
MAX_DIMENSIONS = 8


class Array(msgspec.Struct, frozen=True, array_like=True, tag="array"):
    """An array as data: `layout` is the memory order in which a student's function receives it."""

    dtype: Annotated[str, Meta(max_length=8)]
    shape: Annotated[tuple[int, ...], Meta(max_length=MAX_DIMENSIONS)]
    data: bytes
    layout: Layout = "C"


def pack(values: np.ndarray, layout: Layout = "C") -> Array:
    """Turn an array into data; its dtype must be one of `DTYPES`."""
    name = name_of(values.dtype)
    if name not in DTYPES:
        raise TypeError(f"dtype {name} is not one of {', '.join(DTYPES)}")
    return Array(name, values.shape, values.astype(DTYPES[name], copy=False).tobytes(), layout)


def name_of(dtype: np.dtype) -> str:
    """Return a dtype's name, whatever its byte order."""
    return NATIVE.get(dtype) or dtype.name


def unpack(array: Array) -> np.ndarray:
    """Turn data back into a read-only array in C order, or raise `ValueError` where dtype, shape and bytes disagree."""
    dtype = DTYPES.get(array.dtype)
    if dtype is None:
        raise ValueError(f"dtype {array.dtype!r} is not one of {', '.join(DTYPES)}")
    if len(array.shape) > MAX_DIMENSIONS or min(array.shape, default=0) < 0:
        raise ValueError(f"shape {array.shape} is not a shape of at most {MAX_DIMENSIONS} dimensions")
    if math.prod(array.shape) * dtype.itemsize != len(array.data):
        raise ValueError(f"{len(array.data)} bytes do not make an array of {array.dtype} and shape {array.shape}")
    return np.frombuffer(array.data, dtype).reshape(array.shape)


def writable(array: Array) -> np.ndarray:
    """Return a writable copy in the memory order that `array.layout` asks for."""
    values = unpack(array)
    if array.layout == "F":
        return np.array(values, order="F")
    if array.layout == "strided" and values.ndim:
        spaced = np.zeros((*values.shape[:-1], 2 * values.shape[-1]), values.dtype)
        view = spaced[..., ::2]
        view[...] = values
        return view
    return np.array(values)
