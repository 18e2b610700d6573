"""Sends a datagram to a UDP listener on this machine, connected and not."""

import socket


def attack():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        if line.sendto(b"x", ("127.0.0.1", TARGETS["udp_port"])) == 1:
            return "a datagram was sent"
        line.connect(("127.0.0.1", TARGETS["udp_port"]))
        return "connected"
