"""An executor beyond this machine: the workers of a Dask cluster. Needs distributed, from the extra `cluster`.

Answer keys are sent once to each worker (also to workers that join later), by content hash, and the bytes of
submissions with each batch. A key holds the sources of its checks: a worker needs this package in the same state, with
the same NumPy and Python, but neither PyTorch nor `solutions/`. If a worker is lost, Dask gives its batches to another;
a batch with which several workers were lost counts as lost.
"""

from __future__ import annotations

import contextlib
import logging
import secrets
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from typing import cast

import dask
from distributed import Client, KilledWorker, Worker, WorkerPlugin, get_worker

from autograder.classroom.executors import BatchGrader
from autograder.classroom.plan import Batch, Outcome
from autograder.course import UsageError
from autograder.key import AnswerKey, decode_key
from autograder.store import KeyCover, this_grader

WINDOW = 2  # batches in flight per thread of the cluster
CONNECT_SECONDS = 10
# Dask's settings without which it can't speak TLS.
CERTIFICATES = tuple(f"distributed.comm.tls.{name}" for name in ("ca-file", "client.cert", "client.key"))


@contextmanager
def open_dask_executor(scheduler: str) -> Iterator[DaskExecutor]:
    """Connect to a scheduler that has workers; when the executor is closed, the workers keep nothing of this run.

    Raises `UsageError` if no scheduler answers, it has no worker, or it disappears.
    """
    with _connected(scheduler) as client, _silent_about_losses():
        executor = DaskExecutor(client, scheduler)
        try:
            yield executor
        except CancelledError as gone:
            raise UsageError(
                f"--scheduler {scheduler}: it has ended, or has dropped its work; what was stored is kept. "
                "Next: check that it runs, then run the command again"
            ) from gone
        finally:
            executor.close()


class DaskExecutor:
    """Grades on the workers of a cluster, as many as there are when it is opened."""

    lost: tuple[type[Exception], ...] = (KilledWorker,)
    retries = 0  # Dask has tried several times already

    def __init__(self, client: Client, scheduler: str) -> None:
        self.where = f"on the workers of {scheduler}"
        self.window = WINDOW * max(1, sum(client.nthreads().values()))
        self._client = client
        self._executor = client.get_executor(pure=False)
        self._run = secrets.token_hex(8)  # several graders may use a cluster
        self._plugins: list[str] = []
        self._register(GraderPlugin(_grader_plugin(self._run), self._run))

    def submit(self, batch: Batch) -> Future[list[Outcome]]:
        """Send a batch, and before the first batch of an exercise its answer key."""
        name = _key_plugin(self._run, batch.cover)
        if name not in self._plugins:
            self._register(KeyPlugin(name, batch.cover.file.read_bytes()))
        future: Future[list[Outcome]] = self._executor.submit(_grade, batch, self._run)
        return future

    def close(self) -> None:
        """Cancel batches in flight, and remove graders and keys from the workers."""
        self._executor.shutdown(wait=False)
        for name in self._plugins:
            with contextlib.suppress(Exception):  # a cluster that has ended keeps nothing
                self._client.unregister_worker_plugin(name)

    def _register(self, plugin: GraderPlugin | KeyPlugin) -> None:
        self._client.register_plugin(plugin)
        self._plugins.append(plugin.name)


class GraderPlugin(WorkerPlugin):
    """A worker's batch grader; its sandboxes are closed when the run ends."""

    def __init__(self, name: str, run: str) -> None:
        self.name = name
        self._run = run

    def setup(self, worker: Worker) -> None:
        """Prepare a batch grader that gets its answer keys from the same worker's plugins."""

        def open_key(cover: KeyCover) -> AnswerKey:
            plugin = cast(KeyPlugin, worker.plugins[_key_plugin(self._run, cover)])
            return decode_key(plugin.content, cover.file.name)

        self.grader = BatchGrader(open_key)

    def teardown(self, worker: Worker) -> None:  # noqa: ARG002  # Dask passes it
        """Close the sandboxes."""
        self.grader.close()


class KeyPlugin(WorkerPlugin):
    """The bytes of an answer key."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        self.content = content


def _grade(batch: Batch, run: str) -> list[Outcome]:
    """Grade on a worker, in a thread of its own."""
    worker = get_worker()
    expected = batch.tasks[0].key.grader
    if this_grader() != expected:
        raise UsageError(
            f"the worker {worker.address} has another grader: {this_grader()}, expected {expected}. "
            "Next: install the same versions there"
        )
    return cast(GraderPlugin, worker.plugins[_grader_plugin(run)]).grader.grade(batch)


def _grader_plugin(run: str) -> str:
    return f"autograder-grader-{run}"


def _key_plugin(run: str, cover: KeyCover) -> str:
    return f"autograder-key-{run}-{cover.sha256}"


@contextmanager
def _silent_about_losses() -> Iterator[None]:
    """While this context is open, Dask does not write to standard error that it computes lost results again."""
    logger = logging.getLogger("distributed.client")

    def is_of_use(record: logging.LogRecord) -> bool:
        return not str(record.msg).startswith("Couldn't gather")

    logger.addFilter(is_of_use)
    try:
        yield
    finally:
        logger.removeFilter(is_of_use)


@contextmanager
def _connected(scheduler: str) -> Iterator[Client]:
    missing = [name for name in CERTIFICATES if scheduler.startswith("tls:") and not dask.config.get(name, None)]
    if missing:
        variables = ", ".join(f"DASK_{name.upper().replace('.', '__').replace('-', '_')}" for name in missing)
        raise UsageError(f"--scheduler {scheduler}: there is no certificate for it. Next: set {variables}")
    try:
        client = Client(scheduler, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"--scheduler {scheduler}: no answer ({error}). Next: start one with `dask scheduler`, or fix the address"
        ) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=CONNECT_SECONDS)
        except TimeoutError as error:
            raise UsageError(
                f"--scheduler {scheduler}: it has no worker. Next: start one with `dask worker {scheduler}`"
            ) from error
        yield client
