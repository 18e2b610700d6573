"""Sets modes, owners and times as they are: chmod, chown, utime, by path, by descriptor and by fchmodat2."""

import os


def attack():
    for path in (TARGETS["neighbor"], TARGETS["readable_secret"], TARGETS["open_folder"], TARGETS["private_secret"]):
        try:
            state = os.stat(path)
        except OSError:
            continue
        mode = state.st_mode & 0o7777
        ways = (
            lambda: os.chmod(path, mode),
            lambda: os.chown(path, state.st_uid, state.st_gid),
            lambda: os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns)),
            lambda: c(452, -100, path.encode(), mode, 0),
            lambda: os.setxattr(path, "user.left", b"x") or os.removexattr(path, "user.left"),
        )
        for number, way in enumerate(ways):
            try:
                way()
            except OSError:
                continue
            return f"way {number} changed {path}"
