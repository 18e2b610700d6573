"""Opens devices beyond null, zero and urandom: memory, terminals, disks, loop, fuse, kvm."""

import os


def attack():
    for name in (
        "mem",
        "kmem",
        "kmsg",
        "port",
        "tty",
        "ptmx",
        "console",
        "full",
        "fuse",
        "kvm",
        "loop-control",
        "vda",
        "sda",
        "net/tun",
        "vsock",
        "userfaultfd",
        "input/event0",
        "rtc0",
        "hwrng",
        "mapper/control",
    ):
        try:
            descriptor = os.open(f"/dev/{name}", os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
        except OSError:
            continue
        os.close(descriptor)
        return f"/dev/{name} is open"
