"""Reads what /proc and /sys tell about the machine: other processes, connections, keys, mounts."""

import os


def attack():
    for path in (
        "/proc/net/tcp",
        "/proc/net/unix",
        "/proc/keys",
        "/proc/mounts",
        "/proc/locks",
        "/proc/sysvipc/shm",
        "/proc/loadavg",
        "/proc/meminfo",
        "/proc/cpuinfo",
        "/proc/kallsyms",
        "/proc/sys/kernel/hostname",
        "/sys/kernel/uevent_seqnum",
        "/sys/devices/system/cpu/online",
        "/sys/class/net/lo/address",
    ):
        try:
            with open(path, "rb") as file:
                length = len(file.read(4096))
        except OSError:
            continue
        if length:
            return f"{path}: {length} bytes"
    try:
        return f"{sum(name.isdigit() for name in os.listdir('/proc'))} processes" if os.listdir("/proc") else None
    except OSError:
        return None
