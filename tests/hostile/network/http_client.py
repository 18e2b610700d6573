"""Fetches from a local port with what the standard library has: urllib, http.client, ftplib, smtplib, xmlrpc."""

import ftplib
import http.client
import smtplib
import socket
import urllib.error
import urllib.request


def attack():
    port = TARGETS["tcp_port"]
    ways = (
        lambda: http.client.HTTPConnection("127.0.0.1", port, timeout=0.3).connect(),
        lambda: socket.create_connection(("127.0.0.1", port), timeout=0.3).close(),
        lambda: urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=0.3),
        lambda: ftplib.FTP(timeout=0.3).connect("127.0.0.1", port),
        lambda: smtplib.SMTP("127.0.0.1", port, timeout=0.3),
    )
    for number, way in enumerate(ways):
        try:
            way()
            return f"client {number} connected"
        except TimeoutError:
            return f"client {number} connected and waited for an answer"
        except (OSError, urllib.error.URLError, EOFError, http.client.HTTPException):
            continue
