"""Brings code of its own along: an egg in a zip in every writable place, ensurepip, and importing from it."""

import importlib
import os
import sys
import zipfile


def attack():
    before = list(sys.path)
    for place in (TARGETS["open_folder"], "/tmp", "/var/tmp", "/dev/shm"):
        path = os.path.join(place, f"egg{os.getpid()}.zip")
        try:
            with zipfile.ZipFile(path, "w") as archive:
                archive.writestr("brought_along.py", "value = 42")
        except OSError:
            continue
        try:
            sys.path.insert(0, path)
            sys.modules.pop("brought_along", None)
            if importlib.import_module("brought_along").value == 42:
                return f"imported from {path}"
        except ImportError:
            continue
        finally:
            sys.path[:] = before
            os.unlink(path)
