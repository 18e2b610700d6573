"""Opens the closures, defaults and attributes of every function alive, where a check may have kept its values."""

import gc
import types

import numpy as np


def attack():
    for function in gc.get_objects():
        if not isinstance(function, types.FunctionType) or function.__globals__ is globals():
            continue
        module = function.__module__ or ""
        if module.split(".")[0] in ("numpy", "ctypes", "unittest"):
            continue
        parts = [*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values(), *function.__dict__.values()]
        for cell in function.__closure__ or ():
            try:
                parts.append(cell.cell_contents)
            except ValueError:
                continue
        for part in parts:
            if isinstance(part, np.ndarray) and part.size > 3:
                return f"{module}.{function.__qualname__} holds an array of {part.size}"
