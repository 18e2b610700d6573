"""Maps /dev/zero, /dev/mem and /dev/shm shared, to meet another process there."""

import mmap
import os


def attack():
    for path, flags in (
        ("/dev/mem", os.O_RDWR),
        (f"/dev/shm/meet-{os.getpid()}", os.O_RDWR | os.O_CREAT),
        ("/dev/mem", os.O_RDONLY),
    ):
        try:
            descriptor = os.open(path, flags, 0o600)
        except OSError:
            continue
        try:
            if path.startswith("/dev/shm"):
                os.ftruncate(descriptor, 4096)
                os.unlink(path)
            with mmap.mmap(descriptor, 4096, prot=mmap.PROT_READ) as view:
                return f"{path} is mapped: {len(view)} bytes"
        except (OSError, ValueError):
            continue
        finally:
            os.close(descriptor)
