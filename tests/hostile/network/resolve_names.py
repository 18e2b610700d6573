"""Resolves names: localhost, and this machine's own name, through the C library and by a query to a local port."""

import ctypes
import socket


def attack():
    for name in ("localhost", "ip6-localhost", socket.gethostname()):
        try:
            found = [entry for entry in socket.getaddrinfo(name, TARGETS["tcp_port"]) if entry[4][0] != name]
        except OSError:
            continue
        if found and ctypes.sizeof(ctypes.c_long):
            return f"{name} has {len(found)} addresses"
