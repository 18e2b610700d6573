"""Loads libtorch, or another package's extension, by ctypes."""

import ctypes
import glob
import os


def attack():
    places = ("torch/lib/libc10.so", "torch/lib/libtorch_cpu.so", "torch/lib/libtorch_python.so", "torch/lib/libshm.so")
    found = [os.path.join(TARGETS["site_packages"], name) for name in places]
    found += glob.glob(os.path.join(TARGETS["site_packages"], "*", "*.so"))[:20]
    for path in found:
        if "numpy" in path or "msgspec" in path:
            continue
        try:
            ctypes.CDLL(path)
        except OSError:
            continue
        return f"loaded {path}"
