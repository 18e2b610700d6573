"""Connects to a TCP listener on this machine, blocking and not."""

import errno
import socket


def attack():
    for address in ("127.0.0.1", "localhost", "::ffff:127.0.0.1"):
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        try:
            line = socket.socket(family, socket.SOCK_STREAM)
        except OSError:
            continue
        with line:
            line.settimeout(1)
            if line.connect_ex((address, TARGETS["tcp_port"])) in (0, errno.EISCONN):
                return f"connected to {address}"
