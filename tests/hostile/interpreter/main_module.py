"""Searches __main__ and the modules that started it for descriptors, keys, and functions that decide."""

import sys

import numpy as np


def attack():
    main = sys.modules.get("__main__")
    for name, value in list(vars(main).items()) if main else ():
        if isinstance(value, (np.ndarray, bytes, bytearray)) and len(value) > 64:
            return f"__main__.{name} is {type(value).__name__} of {len(value)}"
        if (
            isinstance(value, dict)
            and not name.startswith("__")
            and any(isinstance(part, np.ndarray) for part in value.values())
        ):
            return f"__main__.{name} holds arrays"
