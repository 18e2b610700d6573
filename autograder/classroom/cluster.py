"""A crew beyond this machine: the workers of a Dask cluster. Needs distributed, of the extra `cluster`.

What travels: a book, once to each worker (also to those that join later); with each chunk the submissions' bytes. A
worker needs this package, in the same state and with the same NumPy and Python, and nothing else: no PyTorch, no
`solutions/`. When one is lost, Dask gives its chunks to another; one that was lost with several is lost to us.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from typing import cast

from distributed import Client, KilledWorker, Worker, WorkerPlugin, get_worker

from autograder import book as books
from autograder.catalogue import UsageError
from autograder.classroom.crew import Crew
from autograder.classroom.desk import Desk, Outcome
from autograder.classroom.plan import Chunk
from autograder.cover import Cover
from autograder.store.key import this_grader

WINDOW = 2  # chunks in flight for each thread of the cluster
CONNECT_SECONDS = 10
DESK, BOOK = "autograder-desk", "autograder-book"


@contextmanager
def cluster_crew(scheduler: str) -> Iterator[Crew]:
    """Connect to a scheduler that has workers; at the end they keep nothing of ours."""
    with _connected(scheduler) as client:
        crew = ClusterCrew(client)
        try:
            yield crew
        except CancelledError as gone:
            raise UsageError(
                f"--scheduler {scheduler}: it is gone, or has dropped what it was to do; what was stored stays. "
                "Next: see whether it runs, then run the command again"
            ) from gone
        finally:
            crew.close()


class ClusterCrew:
    """The workers of a cluster, as many as there are when it is opened."""

    lost: tuple[type[Exception], ...] = (KilledWorker,)
    retries = 0  # Dask has tried several times already

    def __init__(self, client: Client) -> None:
        self.window = WINDOW * max(1, sum(client.nthreads().values()))
        self._client = client
        self._executor = client.get_executor(pure=False)
        self._run = secrets.token_hex(8)  # several graders may use a cluster
        self._plugins: list[str] = []
        self._register(DeskPlugin(f"{DESK}-{self._run}", self._run))

    def submit(self, chunk: Chunk) -> Future[list[Outcome]]:
        """Send a chunk, and its book where it is the first."""
        name = _book_name(self._run, chunk.cover)
        if name not in self._plugins:
            self._register(BookPlugin(name, chunk.cover.file.read_bytes()))
        future: Future[list[Outcome]] = self._executor.submit(_grade, chunk, self._run)
        return future

    def close(self) -> None:
        """Drop what is under way, and take back what the workers were given."""
        self._executor.shutdown(wait=False)
        for name in self._plugins:
            with contextlib.suppress(Exception):  # a cluster that is gone keeps nothing
                self._client.unregister_worker_plugin(name)

    def _register(self, plugin: DeskPlugin | BookPlugin) -> None:
        self._client.register_plugin(plugin)
        self._plugins.append(plugin.name)


class DeskPlugin(WorkerPlugin):
    """A worker's desk, and the slots that it opens; both end with the run."""

    def __init__(self, name: str, run: str) -> None:
        self.name = name
        self._run = run

    def setup(self, worker: Worker) -> None:
        """Prepare a desk that finds its books at the same worker."""
        self.desk = Desk(lambda cover: _book_of(worker, self._run, cover))

    def teardown(self, worker: Worker) -> None:  # noqa: ARG002  # Dask hands it over
        """End the slots."""
        self.desk.close()


class BookPlugin(WorkerPlugin):
    """A book's bytes."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        self.content = content


def _grade(chunk: Chunk, run: str) -> list[Outcome]:
    """Grade at a worker, in a thread of its own."""
    worker = get_worker()
    if this_grader() != chunk.papers[0].key.grader:
        raise UsageError(
            f"the worker {worker.address} has another state: {this_grader()} instead of {chunk.papers[0].key.grader}; "
            "install there what is installed here"
        )
    return cast(DeskPlugin, worker.plugins[f"{DESK}-{run}"]).desk.grade(chunk)


def _book_of(worker: Worker, run: str, cover: Cover) -> books.Book:
    plugin = cast(BookPlugin, worker.plugins[_book_name(run, cover)])
    return books.decode(plugin.content, cover.file.name)


def _book_name(run: str, cover: Cover) -> str:
    return f"{BOOK}-{run}-{cover.sha256}"


@contextmanager
def _connected(scheduler: str) -> Iterator[Client]:
    try:
        client = Client(scheduler, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"--scheduler {scheduler}: no answer ({error}). Next: start one with `dask scheduler`, or mend the address"
        ) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=CONNECT_SECONDS)
        except TimeoutError as error:
            raise UsageError(
                f"--scheduler {scheduler}: it has no worker. Next: start one with `dask worker {scheduler}`"
            ) from error
        yield client
