"""Reads the environment that the process was given, through os.environ and through C's environ."""

import ctypes
import os


def attack():
    wanted = ("HOME", "USER", "LOGNAME", "PYTHONPATH", "VIRTUAL_ENV", "PWD", "OLDPWD", "SHELL", "HOSTNAME", "MAIL")
    held = [name for name in wanted if name in os.environ]
    pointer = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
    index = 0
    while pointer and pointer[index]:
        name = pointer[index].partition(b"=")[0].decode()
        if name in wanted:
            held.append(name)
        index += 1
    return f"environment tells {sorted(set(held))}" if held else None
