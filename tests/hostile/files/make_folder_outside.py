"""Makes folders, pipes and device nodes outside its own folder."""

import os
import stat


def attack():
    for place in (TARGETS["open_folder"], "/tmp", "/dev/shm", TARGETS["neighbor_folder"]):
        path = os.path.join(place, f"node-{os.getpid()}")
        ways = (
            (os.mkdir, os.rmdir),
            (os.mkfifo, os.unlink),
            (lambda name: os.mknod(name, 0o600 | stat.S_IFREG), os.unlink),
            (lambda name: os.mknod(name, 0o600 | stat.S_IFSOCK), os.unlink),
            (lambda name: os.mknod(name, 0o600 | stat.S_IFCHR, os.makedev(1, 3)), os.unlink),
        )
        for number, (make, undo) in enumerate(ways):
            try:
                make(path)
            except OSError:
                continue
            undo(path)
            return f"way {number} made something in {place}"
