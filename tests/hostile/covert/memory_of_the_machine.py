"""Reads how much memory, how much room on disks and how much load the machine has: a neighbor could speak by that."""

import ctypes
import os


def attack():
    found = []
    told = ctypes.create_string_buffer(256)
    try:
        c(99, told)
        found.append("sysinfo")
    except OSError:
        pass
    for place in ("/", os.path.dirname(os.__file__), "/tmp", "/dev/shm"):
        try:
            os.statvfs(place)
            found.append(place)
        except OSError:
            continue
    try:
        os.getloadavg()
        found.append("load")
    except OSError:
        pass
    for place in ("/proc/meminfo", "/proc/loadavg", "/proc/vmstat", "/proc/pressure/memory", "/sys/kernel/mm/ksm/run"):
        try:
            with open(place) as file:
                found.append(file.read(10))
        except OSError:
            continue
    return found
