"""Writes a .pyc for a module that the next submission imports."""

import importlib.util
import os
import py_compile

import numpy as np


def attack():
    for source in (np.__file__, os.__file__):
        cached = importlib.util.cache_from_source(source)
        twin = os.path.join(os.path.dirname(cached), f"left_{os.getpid()}.pyc")
        try:
            py_compile.compile(source, cfile=twin, doraise=True)
        except (OSError, py_compile.PyCompileError):
            continue
        os.unlink(twin)
        return f"bytecode can be written in {os.path.dirname(cached)}"
    try:
        with open(importlib.util.cache_from_source(TARGETS["reference"]), "rb") as file:
            return f"the reference's bytecode: {len(file.read())} bytes"
    except OSError:
        return None
