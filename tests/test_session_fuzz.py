"""Peers that lie on real pipes: whatever they send, and however, an exchange ends as their bytes require."""

from __future__ import annotations

import contextlib
import os
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from autograder.limits import Limits
from autograder.sandbox import SandboxError, Session
from autograder.sandbox.sandbox import TICK
from autograder.wire import LENGTH, MAX_FRAME, Fault

CASES = 400
SHORT = 0.02  # seconds for a peer that will say no more
REQUEST = b"question"


@dataclass(frozen=True, kw_only=True, slots=True)
class Peer:
    """What a peer does once it is asked: it sends pieces, and closes its end or not."""

    pieces: tuple[bytes, ...]
    closes: bool


class End:
    """One end of a pair of pipes."""

    def __init__(self, reader: int, writer: int) -> None:
        self.reader, self.writer = reader, writer
        self.open = {reader, writer}

    def recv(self) -> bytes:
        """Return what there is to read, waiting for it."""
        return os.read(self.reader, 1000)

    def sendall(self, data: bytes) -> None:
        """Write all of it."""
        while data:
            data = data[os.write(self.writer, data) :]

    def close(self) -> None:
        """Close both pipes."""
        while self.open:
            os.close(self.open.pop())


def pipes() -> tuple[End, End]:
    """Return the grader's end and the peer's."""
    (first, second), (third, fourth) = os.pipe(), os.pipe()
    return End(first, fourth), End(third, second)


def session_of(ours: End, wall_seconds: float, clock: Callable[[], float] = time.process_time) -> Session:
    """Return a session on the grader's end."""
    return Session(
        ours.reader, ours.writer, clock, Limits(wall_seconds=wall_seconds, cpu_seconds=1e9, total_cpu_seconds=10**9)
    )


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


def converse(act: Callable[[End], None], talk: Callable[[End], None]) -> None:
    """Let a peer act on its end in a thread, while the grader talks on the other end."""
    ours, theirs = pipes()

    def run() -> None:
        with contextlib.suppress(OSError):  # the grader has hung up in the middle of it
            act(theirs)

    with contextlib.closing(theirs), contextlib.closing(ours):
        thread = threading.Thread(target=run)
        thread.start()
        try:
            talk(ours)
        finally:
            ours.close()
            thread.join()


def outcome(reply: bytes | Fault) -> bytes | str:
    """Return a reply as it is, and a fault by its kind."""
    return reply.kind if isinstance(reply, Fault) else reply


@pytest.mark.parametrize("part", range(4))
def test_exchange_ends_as_the_bytes_say(part):
    """Lying lengths, cut-off frames, too many bytes, single bytes: each gives the reply or the right fault."""
    rng = random.Random(part)
    kinds = set()
    for number in range(CASES // 4):
        peer = make_peer(rng)
        expected = expected_of(peer)
        found: list[bytes | str] = []

        def act(theirs: End, peer: Peer = peer) -> None:
            theirs.recv()
            for piece in peer.pieces:
                theirs.sendall(piece)
            if peer.closes:
                theirs.close()

        def talk(ours: End, found: list = found, wall: float = SHORT if expected == "timeout" else 60.0) -> None:
            found.append(outcome(session_of(ours, wall).exchange(REQUEST)))

        converse(act, talk)
        assert found == [expected], f"case {number}: {[piece[:20] for piece in peer.pieces[:9]]}"
        kinds.add(expected if isinstance(expected, str) else "reply")
    assert kinds == {"reply", "crash", "protocol", "timeout"}


@pytest.mark.parametrize("extra", [b"\0", LENGTH.pack(2) + b"ok", b"x" * 3000])
def test_what_was_sent_too_early_is_never_taken_for_the_next_answer(extra):
    """Bytes after a reply, even a whole forged frame, make the next exchange a protocol fault."""

    def act(theirs: End) -> None:
        theirs.recv()
        theirs.sendall(LENGTH.pack(3) + b"yes" + extra)

    def talk(ours: End) -> None:
        session = session_of(ours, 60.0)
        assert session.exchange(REQUEST) == b"yes"
        assert outcome(session.exchange(REQUEST)) == "protocol"

    converse(act, talk)


def test_peer_that_does_not_listen_is_a_timeout():
    """A request that nobody reads ends at the limit, however long it is."""
    for size in (10, 10 * 2**20):
        converse(
            lambda _: None,
            lambda ours, size=size: _assert_kind(session_of(ours, SHORT).exchange(bytes(size)), "timeout"),
        )


def test_byte_now_and_then_buys_no_time():
    """A reply that comes byte by byte, each within a tick, ends at the limit like a reply that never comes."""

    def act(theirs: End) -> None:
        theirs.recv()
        theirs.sendall(LENGTH.pack(MAX_FRAME))
        for _ in range(400):
            theirs.sendall(b"x")
            time.sleep(TICK / 10)

    converse(act, lambda ours: _assert_kind(session_of(ours, 2 * TICK).exchange(REQUEST), "timeout"))


def test_peer_that_has_gone_is_a_crash():
    """Pipes that are closed before or during a request are the end of the process, and nothing else."""

    def leave_in_the_middle(theirs: End) -> None:
        theirs.recv()
        theirs.close()

    for act in (lambda theirs: theirs.close(), leave_in_the_middle):
        for size in (10, 10 * 2**20):
            converse(act, lambda ours, size=size: _assert_kind(session_of(ours, 60.0).exchange(bytes(size)), "crash"))


def test_session_is_good_for_many_honest_exchanges():
    """Replies of any length, in any pieces, arrive whole, one after the other, in the same session."""
    rng = random.Random(1)
    replies = [rng.randbytes(rng.choice((0, 1, 70, 5000, 300_000))) for _ in range(40)]

    def act(theirs: End) -> None:
        for reply in replies:
            theirs.recv()
            for piece in cut(rng, LENGTH.pack(len(reply)) + reply):
                theirs.sendall(piece)

    def talk(ours: End) -> None:
        session = session_of(ours, 60.0)
        assert [session.exchange(REQUEST) for _ in replies] == replies

    converse(act, talk)


def echo(theirs: End) -> None:
    """Answer every request, a little late."""
    while theirs.recv():
        time.sleep(TICK / 4)
        theirs.sendall(LENGTH.pack(2) + b"ok")


@pytest.mark.parametrize("limit", ["cpu_seconds", "wall_seconds"])
def test_allowance_covers_all_exchanges_of_a_check(limit):
    """Many short exchanges together use up a check's time, and each check has its own time."""
    limits = Limits(**{"cpu_seconds": 1e9, "wall_seconds": 1e9, limit: 4 * TICK})

    def talk(ours: End) -> None:
        session = Session(ours.reader, ours.writer, time.monotonic, limits)  # as if it computed all the time
        for _ in range(6):
            session.start_check()
            assert [session.exchange(REQUEST) for _ in range(6)] == [b"ok"] * 6
        session.start_check()
        replies = [outcome(session.exchange(REQUEST)) for _ in range(40)]
        assert set(replies) == {b"ok", "timeout"}
        assert replies == sorted(replies, key=lambda reply: reply == "timeout")

    converse(echo, talk)


def test_grader_that_takes_its_time_costs_the_submission_nothing():
    """Only the time in which the grader waits for replies counts, not its own work between them."""

    def talk(ours: End) -> None:
        session = session_of(ours, 3 * TICK)
        for _ in range(3):
            assert session.exchange(REQUEST) == b"ok"
            time.sleep(2 * TICK)

    converse(echo, talk)


def test_fault_is_final():
    """After a fault, whoever found it, or after the end of the session, nothing more is exchanged."""

    def talk(ours: End) -> None:
        session = session_of(ours, 60.0)
        assert session.exchange(REQUEST) == b"ok"
        session.fault = found = Fault("protocol", "the reply could not be decoded")
        assert session.exchange(REQUEST) is found
        session.finish()
        assert session.fault is found
        session.fault = None
        with pytest.raises(SandboxError, match="has ended"):
            session.exchange(REQUEST)

    converse(echo, talk)


def test_interrupted_exchange_ends_the_session():
    """If an exception of the grader's ends the wait for a reply, that reply is never taken for the next one."""

    def interrupt() -> float:
        raise KeyboardInterrupt

    def talk(ours: End) -> None:
        session = session_of(ours, 60.0, interrupt)
        with pytest.raises(KeyboardInterrupt):
            session.exchange(REQUEST)
        with pytest.raises(SandboxError, match="interrupted"):
            session.exchange(REQUEST)

    def act(theirs: End) -> None:
        theirs.recv()
        time.sleep(3 * TICK)
        theirs.sendall(LENGTH.pack(4) + b"late")

    converse(act, talk)


@pytest.mark.parametrize("late", [b"\0", LENGTH.pack(2) + b"ok"])
def test_leftovers_are_found_at_the_end(late):
    """Bytes after the last reply are a protocol fault, whether or not they came together with it."""
    for pause in (0.0, TICK):

        def act(theirs: End, pause: float = pause) -> None:
            theirs.recv()
            theirs.sendall(LENGTH.pack(2) + b"ok" + (late if not pause else b""))
            time.sleep(pause)
            theirs.sendall(late if pause else b"")

        def talk(ours: End, pause: float = pause) -> None:
            session = session_of(ours, 60.0)
            assert session.exchange(REQUEST) == b"ok"
            time.sleep(2 * pause)
            session.finish()
            assert outcome(session.fault) == "protocol"

        converse(act, talk)


def _assert_kind(reply: bytes | Fault, kind: str) -> None:
    assert outcome(reply) == kind
