"""Uses the descriptors that it has as sockets: peer's credentials, names, options, descriptors passed along."""

import array
import os
import socket
import stat


def attack():
    for number in range(64):
        try:
            if not stat.S_ISSOCK(os.fstat(number).st_mode):
                continue
            line = socket.socket(fileno=os.dup(number), family=socket.AF_UNIX, type=socket.SOCK_STREAM)
        except OSError:
            continue
        with line:
            ways = (
                lambda: f"peer is {line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)!r}",
                lambda: f"name is {line.getsockname()!r}",
                lambda: line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 65536) or "the line's buffer was changed",
                lambda: f"sent {line.sendmsg([b''], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array('i', [0]))])}",
            )
            for way in ways:
                try:
                    return f"descriptor {number}: {way()}"
                except OSError:
                    continue
