"""Lets the kernel compute through AF_ALG, a large and seldom used surface."""

import socket


def attack():
    with socket.socket(socket.AF_ALG, socket.SOCK_SEQPACKET, 0) as line:
        line.bind(("hash", "sha256"))
        worker, _ = line.accept()
        with worker:
            worker.sendall(b"x")
            return f"hash of {len(worker.recv(64))} bytes"
