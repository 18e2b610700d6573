"""Writes to constants in its own memory through /proc/self/mem, past page protection."""

import ctypes


def attack():
    word = ctypes.c_int64(41)
    with open("/proc/self/mem", "r+b", buffering=0) as memory:
        memory.seek(ctypes.addressof(word))
        memory.write((42).to_bytes(8, "little"))
    return "wrote through /proc/self/mem" if word.value == 42 else None
