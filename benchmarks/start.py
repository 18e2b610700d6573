"""From the start of `autograder check` to the verdict, and where the time goes: `python -m benchmarks.start [TIMES]`.

Each line is the shortest of so many runs: of an interpreter, of the imports of a check, of a worker program until it is
ready, and of the command as a whole on a right file. CPU seconds stand beside, since they say something on a busy
machine, too, and so does the number of modules that a check imports. The worker program's imports and the check's own
go on at the same time.
"""

from __future__ import annotations

import compileall
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from autograder.starting import bare_command, listing_command, packages

ROOT = Path(__file__).resolve().parents[1]
EXERCISE = "optimizers"
GOAL = 0.25  # seconds on an idle machine
TIMES = 10


def main(times: int) -> int:
    """Print the table; 0 where the goal is met."""
    compileall.compile_dir(ROOT / "autograder", quiet=1)  # as pip does: this folder may have been told to keep none
    folders = list(dict.fromkeys(str(folder.parent) for folder in packages().values()))
    worker = f"import sys; sys.path += {folders!r}; import autograder.worker.program as p; p._warm_up()"
    grader = "import autograder.cli.main, autograder.cli.check, autograder.grading.grade, autograder.sandbox"
    with tempfile.TemporaryDirectory() as place:
        copy = shutil.copytree(ROOT / "assignments" / EXERCISE, Path(place) / EXERCISE)
        shutil.copy(ROOT / "solutions" / EXERCISE / f"{EXERCISE}.py", copy)
        parts = {
            "an interpreter alone": [sys.executable, "-P", "-c", "pass"],
            "the check's imports, interpreter included": [sys.executable, "-P", "-c", grader],
            "the list of shared libraries, beside them": listing_command(),
            "the worker program until it is warm, beside them": bare_command(worker),
            "autograder check, start to verdict": [sys.executable, "-P", "-m", "autograder", "check", str(copy)],
        }
        for name, command in parts.items():
            wall, cpu = min(_run(command) for _ in range(times))
            print(f"{name:50} {wall:6.3f} s  {cpu:6.3f} s of CPU time")
    code = f"{grader}, sys; print(len(sys.modules))"
    modules = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, check=True, text=True).stdout
    print(f"{'modules that the check imports':50} {modules.strip():>6}")
    print(f"goal: {GOAL} s on an idle machine; {os.getloadavg()[0]:.1f} processes want {os.cpu_count()} cores now")
    return 0 if wall <= GOAL else 1


def _run(command: list[str]) -> tuple[float, float]:
    """Return wall and CPU seconds of a command with all that it starts and waits for."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}  # as the command sets it for itself and its worker
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else TIMES))
