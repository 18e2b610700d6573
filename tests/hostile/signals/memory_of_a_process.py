"""Reads and writes the fork server's memory by process_vm_readv and process_vm_writev, at addresses that it has itself."""

import ctypes
import os


class Part(ctypes.Structure):
    _fields_ = [("address", ctypes.c_void_p), ("length", ctypes.c_size_t)]


def attack():
    room = ctypes.create_string_buffer(64)
    mine = Part(ctypes.addressof(room), 16)
    theirs = Part(id(None), 16)
    for pid in (os.getppid(), TARGETS["grader_pid"]):
        for address in (id(None), ctypes.cast(LIBC.getpid, ctypes.c_void_p).value):
            theirs.address = address
            try:
                count = c(310, pid, ctypes.byref(mine), 1, ctypes.byref(theirs), 1, 0)
                return f"{count} bytes of {pid}'s memory"
            except OSError as error:
                if error.errno == 14:
                    return f"the kernel let it look into {pid}, at an address that is not there"
    try:
        c(311, os.getppid(), ctypes.byref(mine), 0, ctypes.byref(theirs), 0, 0)
        return "process_vm_writev was let through"
    except OSError:
        return None
