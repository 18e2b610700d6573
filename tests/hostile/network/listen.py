"""Binds and listens, so that others could come in: TCP, UDP, a path, an abstract name."""

import os
import socket


def attack():
    path = f"socket-{os.getpid()}"
    ways = (
        (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0)),
        (socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0)),
        (socket.AF_UNIX, socket.SOCK_STREAM, f"\0left-{os.getpid()}"),
        (socket.AF_UNIX, socket.SOCK_STREAM, path),
        (socket.AF_UNIX, socket.SOCK_STREAM, os.path.join(TARGETS["open_folder"], path)),
    )
    for family, kind, name in ways:
        try:
            with socket.socket(family, kind) as line:
                line.bind(name)
                if kind == socket.SOCK_STREAM:
                    line.listen(1)
        except OSError:
            continue
        if isinstance(name, str) and not name.startswith("\0"):
            os.unlink(name)
        return f"listens on {name!r}"
