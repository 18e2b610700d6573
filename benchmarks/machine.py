"""Where something was measured: the machine, and the versions of what it ran."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path

from autograder.version import VERSION
from benchmarks.measure import table

BUSY = 0.5  # processes that run or wait at the start; where there are more, the machine is not ours alone


def machine() -> str:
    """Return a table of the machine, with a sentence if others were using it, too."""
    load = os.getloadavg()[0]
    rows = [
        ["cores", str(len(os.sched_getaffinity(0)))],
        ["processor", _first("/proc/cpuinfo", "model name")],
        ["memory", f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB"],
        ["kernel", f"{platform.system()} {platform.release()}"],
        ["Python, NumPy", f"{platform.python_version()}, {version('numpy')}"],
        ["autograder", VERSION],
        ["processes that ran or waited when it began", f"{load:.1f}"],
    ]
    text = table(["machine", ""], rows)
    if load > BUSY:
        text += (
            "\nOther work ran on the machine at the same time: times are longer than on an idle one, ratios less so.\n"
        )
    return text


def _first(file: str, key: str) -> str:
    lines = Path(file).read_text("utf-8").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(key)), platform.machine())
