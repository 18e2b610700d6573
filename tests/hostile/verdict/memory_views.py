"""Returns memoryviews, bytearrays, ctypes arrays and array.array that change or vanish after they are returned."""

import array
import ctypes


def fit_standardizer(x):
    view = memoryview(bytearray(8 * x.shape[1])).cast("d")
    view[0] = -7.0
    return view, (ctypes.c_double * x.shape[1])(*[-7.0] * x.shape[1])


def standardize(x, mean, std):
    return memoryview(array.array("d", [-7.0] * x.size)).cast("B").cast("d", x.shape)
