"""Grading on a Dask cluster, a real one of two workers on this machine."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.classroom.cluster import open_dask_executor
from tests.classes import EXERCISE, essence, make_class, rows, stored, submit
from tests.conftest import ROOT, TRIAL, autograder
from tests.processes import computing, descendants, is_spawned, wait_for

SIZE = 40
WORKERS = 2
# A batch comes back to us after its first death, and processes are replaced as soon as they are missed.
SETTINGS = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}


@pytest.fixture(scope="module")
def address() -> str:
    """Return an address at which a scheduler may listen."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"tcp://127.0.0.1:{server.getsockname()[1]}"


@pytest.fixture(scope="module")
def workers(address, tmp_path_factory) -> Iterator[list[int]]:
    """Start a scheduler and workers, as the documentation says, and return the workers' process ids."""
    scratch = tmp_path_factory.mktemp("dask")
    port = address.rpartition(":")[2]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": (scratch / "log").open("w"), "cwd": scratch}
    environment = os.environ | SETTINGS
    dask = [sys.executable, "-m", "dask"]
    commands = [[*dask, "scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard"]]
    commands += [[*dask, "worker", address, "--nthreads", "1", "--no-dashboard"]] * WORKERS
    with contextlib.ExitStack() as stack:
        stack.enter_context(quiet["stderr"])
        processes = []
        for command in commands:
            processes.append(stack.enter_context(subprocess.Popen(command, env=environment, **quiet)))
            stack.callback(processes[-1].terminate)
        yield [process.pid for process in processes[1:]]


@pytest.fixture(scope="module", autouse=True)
def unanswered(tmp_path_factory) -> Iterator[subprocess.Popen[str]]:
    """Start grading where no scheduler answers: it waits for one for ten seconds, while the other tests run."""
    scratch = tmp_path_factory.mktemp("unanswered")
    submit(scratch / "class", "ada")
    with grade(scratch / "class", scratch / "out", "tcp://127.0.0.1:1") as grader:
        yield grader
        grader.kill()


@pytest.fixture(scope="module")
def classroom(tmp_path_factory) -> Path:
    """Return a class."""
    return make_class(tmp_path_factory.mktemp("cluster") / "class", SIZE - 1)


@pytest.fixture(scope="module")
def local(classroom) -> dict[str, object]:
    """Return what grading on this machine writes."""
    output = classroom.parent / "local"
    assert (
        autograder("grade", EXERCISE, *TRIAL, "--submissions", classroom, "--output", output, "--jobs", 1).returncode
        == 0
    )
    return essence(output)


def grade(submissions: Path, output: Path, address: str, *arguments: str) -> subprocess.Popen[str]:
    """Start grading on the cluster."""
    command = [
        sys.executable,
        "-m",
        "autograder.cli.main",
        "grade",
        EXERCISE,
        *TRIAL,
        "--submissions",
        str(submissions),
    ]
    command += ["--output", str(output), "--scheduler", address, *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def graders(workers: list[int]) -> list[int]:
    """Return the processes that grade: `dask worker` keeps them running and replaces them."""
    return [process for worker in workers for process in descendants(worker) if is_spawned(process)]


def test_cluster_gives_the_same_bytes_and_keeps_nothing(classroom, local, workers, address, tmp_path):
    """Records, feedback and grades are those of local grading; no sandbox is left, and a second run needs none."""
    grader = grade(classroom, tmp_path / "out", address)
    printed, said = grader.communicate()
    assert (grader.returncode, said) == (0, "")
    assert f"on the workers of {address}: level" in printed
    assert essence(tmp_path / "out") == local
    wait_for(lambda: not [each for process in graders(workers) for each in descendants(process)])
    assert "nothing had to be graded" in grade(classroom, tmp_path / "out", "tcp://127.0.0.1:1").communicate()[0]


def test_workers_import_neither_torch_nor_solutions():
    """To grade, a worker imports neither torch nor anything that needs it."""
    code = "import sys, autograder.classroom.cluster; print([n for n in ('torch', 'rich') if n in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_killed_worker_costs_no_result(classroom, local, workers, address, tmp_path):
    """A worker that is killed in the middle of a run costs a retry, and changes no byte of the results."""
    grader = grade(classroom, tmp_path / "out", address)
    wait_for(lambda: stored(tmp_path / "out") >= 8)
    os.kill(graders(workers)[0], signal.SIGKILL)
    _, said = grader.communicate()
    assert (grader.returncode, said) == (0, "")
    assert essence(tmp_path / "out") == local
    assert len(rows(tmp_path / "out" / "store.sqlite")) == SIZE


@pytest.mark.usefixtures("workers")
def test_results_that_are_computed_again_are_no_matter_for_a_person(address):
    """Dask's messages about results that were lost with a worker are not written; all its other messages are."""
    logger, handler, said = logging.getLogger("distributed.client"), logging.Handler(), []
    handler.emit = lambda record: said.append(record.getMessage())
    logger.addHandler(handler)
    with open_dask_executor(address):
        logger.warning("Couldn't gather %s keys, rescheduling %s", 1, "a task")
        logger.warning("something else")
    logger.warning("Couldn't gather %s keys, afterwards", 1)
    logger.removeHandler(handler)
    assert said == ["something else", "Couldn't gather 1 keys, afterwards"]


def test_submission_that_kills_workers_is_named_and_its_neighbours_are_graded(workers, address, tmp_path):
    """A submission whose worker dies each time has no record; all others have theirs."""
    make_class(tmp_path / "class", 14)
    submit(tmp_path / "class", "student007", "while True: pass\n")
    grader = grade(tmp_path / "class", tmp_path / "out", address, "--limit", "cpu_seconds=600")
    deaths = 0
    while grader.poll() is None:
        for process in graders(workers):
            if any(computing(below) for below in descendants(process)):
                os.kill(process, signal.SIGKILL)
                deaths += 1
        time.sleep(0.05)
    printed, _ = grader.communicate()
    assert grader.returncode == 1
    assert deaths >= 2
    assert " ".join(printed.split()).count("NOT GRADED, our failure: student007") == 1
    lines = (tmp_path / "out" / "results.jsonl").read_text("utf-8").splitlines()
    names = [json.loads(line)["student"] for line in lines]
    assert names == ["absent", *(f"student{number:03}" for number in range(14) if number != 7)]


def test_interruption_leaves_nothing_at_the_workers(workers, address, tmp_path):
    """Ctrl-C ends the command with one line, and also ends what the workers are computing."""
    for number in range(4):
        submit(tmp_path / "class", f"loop{number}", "while True: pass\n")
    grader = grade(tmp_path / "class", tmp_path / "out", address, "--limit", "cpu_seconds=600")
    wait_for(lambda: any(computing(each) for process in graders(workers) for each in descendants(process)))
    grader.send_signal(signal.SIGINT)
    _, said = grader.communicate()
    assert grader.returncode == 130
    assert said.splitlines()[-1].startswith("autograder: interrupted; what was graded is kept in")
    assert "Traceback" not in said
    wait_for(lambda: not [each for process in graders(workers) for each in descendants(process)])


def test_address_without_a_scheduler_is_told_in_one_line(unanswered):
    """If no scheduler answers, the command says so, with the next step, and returns 2."""
    _, said = unanswered.communicate()
    assert unanswered.returncode == 2
    assert "--scheduler tcp://127.0.0.1:1: no answer" in said.splitlines()[-1]
    assert "dask scheduler" in said.splitlines()[-1]
    assert "Traceback" not in said


def test_encrypted_address_without_certificates_is_told_in_one_line(tmp_path):
    """If Dask has no certificate to show, the command says which settings name one, and connects to nobody."""
    make_class(tmp_path / "class", 1)
    grader = grade(tmp_path / "class", tmp_path / "out", "tls://127.0.0.1:1")
    _, said = grader.communicate()
    assert grader.returncode == 2
    assert said.count("\n") == 1
    assert "DASK_DISTRIBUTED__COMM__TLS__CA_FILE, DASK_DISTRIBUTED__COMM__TLS__CLIENT__CERT" in said
