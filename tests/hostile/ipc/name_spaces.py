"""Makes namespaces of its own by unshare and clone, and joins those of others by setns."""

import os


def attack():
    for flags in (0x10000000, 0x00020000, 0x40000000, 0x08000000, 0x04000000, 0x20000000, 0x02000000, 0x200, 0x400):
        try:
            c(272, flags)
            return f"unshare({flags:#x}) worked"
        except OSError:
            continue
    for name in ("user", "mnt", "net", "pid"):
        try:
            descriptor = os.open(f"/proc/{os.getppid()}/ns/{name}", os.O_RDONLY)
        except OSError:
            continue
        os.close(descriptor)
        return f"the fork server's namespace {name} is open"
