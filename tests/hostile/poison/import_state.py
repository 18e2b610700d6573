"""Leaves changed import state: sys.path, caches, finders, fake modules under names that a next submission imports."""

import importlib
import sys
import types

import numpy as np

for name in (
    "math",
    "random",
    "dataclasses",
    "typing",
    "collections",
    "functools",
    "scipy",
    "normalization",
    "submission",
):
    sys.modules[name] = types.ModuleType(name)
sys.path[:] = ["/nowhere"]
sys.path_importer_cache.clear()
sys.meta_path.clear()
importlib.invalidate_caches()
sys.pycache_prefix = "/tmp/poisoned"


def fit_standardizer(x):
    return np.full(x.shape[1], -7.0), np.full(x.shape[1], -7.0)
