"""Changes what a process hands on: environment, working folder, umask, limits, signal handlers, locale."""

import locale
import os
import resource
import signal

import numpy as np

os.environ.update(
    OPENBLAS_NUM_THREADS="64", PYTHONPATH="/tmp", LD_PRELOAD="/tmp/none.so", NPY_DISABLE_CPU_FEATURES="AVX2"
)
os.putenv("PYTHONSTARTUP", "/tmp/none.py")
os.umask(0o777)
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD, signal.SIGPIPE, signal.SIGHUP):
    signal.signal(number, signal.SIG_IGN)
for change in (
    lambda: os.chdir("/usr"),
    lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (8, 8)),
    lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)),
    lambda: locale.setlocale(locale.LC_ALL, "C"),
):
    try:
        change()
    except (OSError, ValueError, locale.Error):
        continue


def fit_standardizer(x):
    return np.full(x.shape[1], -7.0), np.full(x.shape[1], -7.0)
