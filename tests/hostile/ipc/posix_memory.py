"""Makes POSIX shared memory by shm_open and by _posixshmem, and a named semaphore by sem_open."""

import _posixshmem
import ctypes
import multiprocessing
import os


def attack():
    name = f"/left-{os.getpid()}"
    try:
        os.close(_posixshmem.shm_open(name, os.O_CREAT | os.O_RDWR, mode=0o600))
        _posixshmem.shm_unlink(name)
        return "shared memory was made"
    except OSError:
        pass
    libc = ctypes.CDLL(None, use_errno=True)
    libc.sem_open.restype = ctypes.c_void_p
    if libc.sem_open(name.encode(), os.O_CREAT, 0o600, 1):
        libc.sem_unlink(name.encode())
        return "a named semaphore was made"
    multiprocessing.Lock()
    return "multiprocessing made a lock"
