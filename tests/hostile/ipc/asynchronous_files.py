"""Sets up the older asynchronous input and output of the kernel (io_setup)."""

import ctypes


def attack():
    context = ctypes.c_ulong()
    c(206, 4, ctypes.byref(context))
    c(207, context)
    return "io_setup worked"
