"""Makes a thread by raw clone with CLONE_THREAD, whose first instruction ends it."""

import ctypes
import mmap


KEPT = []  # the thread may still run when its maker has returned


def attack():
    """Machine code: clone(flags, stack); in the child exit(0), in the parent return the thread's number."""
    code = bytes.fromhex("b8380000004d31c04d31d2 31d2 0f05 85c0 7409 c3".replace(" ", ""))
    child = bytes.fromhex("9090909090909031ffb83c0000000f05")
    try:
        memory = mmap.mmap(-1, 65536, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    except OSError:
        memory = mmap.mmap(-1, 65536)
    KEPT.append(memory)
    start = ctypes.addressof(ctypes.c_char.from_buffer(memory))
    jump = code.index(b"\x74\x09")
    memory[: len(code)] = code
    memory[jump + 2 + 9 : jump + 2 + 9 + len(child)] = child
    LIBC.mprotect(ctypes.c_void_p(start), 65536, 7)
    call = ctypes.CFUNCTYPE(ctypes.c_long, ctypes.c_ulong, ctypes.c_ulong)(start)
    result = call(0x100 | 0x200 | 0x400 | 0x800 | 0x10000 | 0x40000, start + 60000)
    if result > 0:
        return f"thread {result} was made"
