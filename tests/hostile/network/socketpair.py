"""Makes a pair of connected sockets, a place to keep descriptors in flight."""

import array
import os
import socket


def attack():
    one, two = socket.socketpair()
    with one, two:
        out, into = os.pipe()
        try:
            one.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [out]))])
            return "a pair was made and a descriptor sent through it"
        except OSError:
            return "a pair of sockets was made"
        finally:
            os.close(out)
            os.close(into)
