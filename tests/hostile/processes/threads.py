"""Starts threads: threading, _thread, an executor, a timer, pthread_create by ctypes."""

import _thread
import concurrent.futures
import ctypes
import threading
import time


def by_pthread():
    libc = ctypes.CDLL(None)
    number = ctypes.c_ulong()
    if libc.pthread_create(ctypes.byref(number), None, ctypes.cast(libc.getpid, ctypes.c_void_p), None):
        raise RuntimeError
    libc.pthread_join(number, None)


def by_lock():
    lock = _thread.allocate_lock()
    lock.acquire()
    _thread.start_new_thread(lock.release, ())
    if not lock.acquire(timeout=1):
        raise RuntimeError


def attack():
    ways = (
        by_lock,
        by_pthread,
        lambda: threading.Thread(target=int).start(),
        lambda: threading.Timer(0.01, int).start(),
        lambda: concurrent.futures.ThreadPoolExecutor(1).submit(time.time).result(1),
    )
    for number, way in enumerate(ways):
        try:
            way()
            return f"way {number} made a thread"
        except (RuntimeError, OSError):
            continue
