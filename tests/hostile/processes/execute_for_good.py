"""Really becomes another program in a call, and never answers (FULL)."""

import os


def fit_standardizer(x):
    for program in ("/bin/true", "/usr/bin/true", "/bin/sh"):
        try:
            os.execv(program, [program])
        except OSError:
            continue
    raise OSError("no program could be executed")


def standardize(x, mean, std):
    os.execve("/usr/bin/env", ["env"], {"LD_PRELOAD": "/tmp/none.so"})
