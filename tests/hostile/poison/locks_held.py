"""Ends while it holds locks of the interpreter and of modules, which a fork would copy."""

import gc
import importlib._bootstrap
import logging
import os
import threading

for value in gc.get_objects():
    if type(value).__name__ in ("lock", "RLock", "_ModuleLock"):
        try:
            value.acquire(False) if type(value).__name__ != "_ModuleLock" else None
        except (TypeError, RuntimeError):
            continue
logging._lock = threading.Lock()
logging._lock.acquire()


def fit_standardizer(x):
    importlib._bootstrap._ModuleLock("numpy").acquire()
    os._exit(0)
