"""Peers that lie on a real socket: whatever they send, and however, one exchange ends as their bytes say it must."""

from __future__ import annotations

import contextlib
import random
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from autograder.limits import Limits
from autograder.trace import Fault
from autograder.worker.connection import TICK, Connection
from autograder.worker.frames import LENGTH, MAX_FRAME

CASES = 400
SHORT = 0.02  # seconds for a peer that will say no more
REQUEST = b"question"


@dataclass(frozen=True, kw_only=True, slots=True)
class Peer:
    """What one peer does once it has been asked: the pieces that it sends, and whether it closes its end then."""

    pieces: tuple[bytes, ...]
    closes: bool


def connect(channel: socket.socket, wall_seconds: float) -> Connection:
    """Return the grader's end of a line."""
    return Connection(channel, time.process_time, Limits(wall_seconds=wall_seconds, cpu_seconds=1e9))


def make_peer(rng: random.Random) -> Peer:
    """Return a peer whose frame is whole or not, followed by more or not, in one piece or many."""
    body = rng.randbytes(rng.choice((0, 1, 3, 4, 5, 100, 3000, 200_000)))
    lie = rng.choice((0, 0, 0, 1, -1, 7, -len(body), 2**20, MAX_FRAME, 2**32 - 1 - len(body)))
    claimed = min(max(0, len(body) + lie), 2**32 - 1)
    sent = LENGTH.pack(claimed) + body
    if rng.random() < 0.3:
        sent = sent[: rng.randrange(min(len(sent), 12) + 1)]
    elif rng.random() < 0.2:
        sent += rng.randbytes(rng.choice((1, 4, 5000)))
    closes = rng.random() < 0.9
    return Peer(pieces=cut(rng, sent), closes=closes)


def cut(rng: random.Random, sent: bytes) -> tuple[bytes, ...]:
    """Return the bytes one by one, in pieces, or whole."""
    most = rng.choice((1, 3, 1000, 2**20))
    if len(sent) / most > 5000:
        most = 1000
    pieces = []
    while sent:
        size = rng.randint(1, most)
        pieces.append(sent[:size])
        sent = sent[size:]
    return tuple(pieces)


def expected_of(peer: Peer) -> bytes | str:
    """Return the reply that a peer's bytes hold, or the kind of fault that they are."""
    sent = b"".join(peer.pieces)
    cut_off = "crash" if peer.closes else "timeout"
    if len(sent) < LENGTH.size:
        return cut_off
    (size,) = LENGTH.unpack_from(sent)
    if size > MAX_FRAME:
        return "protocol"
    reply = sent[LENGTH.size : LENGTH.size + size]
    return reply if len(reply) == size else cut_off


def converse(act: Callable[[socket.socket], None], talk: Callable[[socket.socket], None]) -> None:
    """Let a peer act on its end of a line in a thread, while the grader talks on the other."""
    ours, theirs = socket.socketpair()

    def run() -> None:
        with contextlib.suppress(OSError):  # the grader has hung up in the middle of it
            act(theirs)

    with ours, theirs:
        thread = threading.Thread(target=run)
        thread.start()
        try:
            talk(ours)
        finally:
            with contextlib.suppress(OSError):
                ours.shutdown(socket.SHUT_RDWR)
            thread.join()


def outcome(reply: bytes | Fault) -> bytes | str:
    """Return a reply as it is, and a fault by its kind."""
    return reply.kind if isinstance(reply, Fault) else reply


@pytest.mark.parametrize("part", range(4))
def test_exchange_ends_as_the_bytes_say(part):
    """Lying lengths, frames cut off, more than was asked for, byte by byte: the reply or the right fault, each time."""
    rng = random.Random(part)
    kinds = set()
    for number in range(CASES // 4):
        peer = make_peer(rng)
        expected = expected_of(peer)
        found: list[bytes | str] = []

        def act(theirs: socket.socket, peer: Peer = peer) -> None:
            theirs.recv(1000)
            for piece in peer.pieces:
                theirs.sendall(piece)
            if peer.closes:
                theirs.shutdown(socket.SHUT_RDWR)

        def talk(
            ours: socket.socket, found: list = found, wall: float = SHORT if expected == "timeout" else 60.0
        ) -> None:
            found.append(outcome(connect(ours, wall).exchange(REQUEST)))

        converse(act, talk)
        assert found == [expected], f"case {number}: {[piece[:20] for piece in peer.pieces[:9]]}"
        kinds.add(expected if isinstance(expected, str) else "reply")
    assert kinds == {"reply", "crash", "protocol", "timeout"}


@pytest.mark.parametrize("extra", [b"\0", LENGTH.pack(2) + b"ok", b"x" * 3000])
def test_what_was_sent_too_early_is_never_taken_for_the_next_answer(extra):
    """Bytes beyond a reply, a whole forged frame among them, make the next exchange a protocol fault."""

    def act(theirs: socket.socket) -> None:
        theirs.recv(1000)
        theirs.sendall(LENGTH.pack(3) + b"yes" + extra)

    def talk(ours: socket.socket) -> None:
        connection = connect(ours, 60.0)
        assert connection.exchange(REQUEST) == b"yes"
        assert outcome(connection.exchange(REQUEST)) == "protocol"

    converse(act, talk)


def test_peer_that_does_not_listen_is_a_timeout():
    """A request that nobody takes in ends at the limit, however long it is."""
    for size in (10, 10 * 2**20):
        converse(
            lambda _: None,
            lambda ours, size=size: _assert_kind(connect(ours, SHORT).exchange(bytes(size)), "timeout"),
        )


def test_byte_now_and_then_buys_no_time():
    """A reply that comes drop by drop, each within a tick, ends at the limit like one that does not come at all."""

    def act(theirs: socket.socket) -> None:
        theirs.recv(1000)
        theirs.sendall(LENGTH.pack(MAX_FRAME))
        for _ in range(400):
            theirs.sendall(b"x")
            time.sleep(TICK / 10)
        theirs.shutdown(socket.SHUT_RDWR)

    converse(act, lambda ours: _assert_kind(connect(ours, 2 * TICK).exchange(REQUEST), "timeout"))


def test_peer_that_has_gone_is_a_crash():
    """A line that is closed before, or while a request is sent, is the end of the process and nothing else."""

    def leave_in_the_middle(theirs: socket.socket) -> None:
        theirs.recv(1000)
        theirs.close()

    for act in (lambda theirs: theirs.close(), leave_in_the_middle):
        for size in (10, 10 * 2**20):
            converse(act, lambda ours, size=size: _assert_kind(connect(ours, 60.0).exchange(bytes(size)), "crash"))


def test_line_is_good_for_many_honest_exchanges():
    """Replies of any length, in any pieces, come back whole, one after the other on the same line."""
    rng = random.Random(1)
    replies = [rng.randbytes(rng.choice((0, 1, 70, 5000, 300_000))) for _ in range(40)]

    def act(theirs: socket.socket) -> None:
        for reply in replies:
            theirs.recv(1000)
            for piece in cut(rng, LENGTH.pack(len(reply)) + reply):
                theirs.sendall(piece)

    def talk(ours: socket.socket) -> None:
        connection = connect(ours, 60.0)
        assert [connection.exchange(REQUEST) for _ in replies] == replies

    converse(act, talk)


def _assert_kind(reply: bytes | Fault, kind: str) -> None:
    assert outcome(reply) == kind
