"""Makes two thousand empty files, and removes them again."""

import os


def attack():
    for place in (".", TARGETS["open_folder"], "/tmp", "/dev/shm"):
        names = []
        try:
            for number in range(2000):
                name = os.path.join(place, f"inode-{os.getpid()}-{number}")
                os.close(os.open(name, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
                names.append(name)
        except OSError:
            continue
        finally:
            for name in names:
                os.unlink(name)
        return f"{len(names)} files in {place}"
