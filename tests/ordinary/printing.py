"""What is printed on the way."""

import contextlib
import logging
import os
import pprint
import sys
import traceback
import warnings

import numpy as np

logging.basicConfig(level=logging.WARNING)
log = logging.getLogger("student")
log.propagate = False
print("imported", file=sys.stderr)


def print_values():
    print("loss", 0.5, np.arange(3), sep=" | ", end="!\n", flush=True)
    print()
    print(*range(3), {"a": None}, "∂w")
    return 1.0


def write_to_streams():
    sys.stdout.write("out\n")
    sys.stderr.write("err\n")
    sys.stdout.writelines(["a\n", "b\n"])
    sys.stdout.buffer.write(b"raw\n")
    sys.stdout.flush()
    sys.stderr.flush()
    return [sys.stdout.isatty(), sys.stdout.writable()]


def reconfigure_the_stream():
    sys.stdout.reconfigure(encoding="utf-8", line_buffering=True)
    print("Größe")
    return 1.0


def show_progress():
    for step in range(5):
        print(f"\rstep {step}", end="")
    return 5.0


def log_to_stderr():
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    log.handlers = [handler]
    log.setLevel(logging.INFO)
    log.debug("unseen")
    log.info("step %d", 3)
    log.warning("careful")
    logging.info("unseen")
    return log.getEffectiveLevel()


def warn():
    warnings.warn("the learning rate is large", stacklevel=1)
    warnings.warn("old", DeprecationWarning, stacklevel=2)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        warnings.warn("once", UserWarning, stacklevel=1)
        np.log(np.zeros(1))
    return len(caught)


def print_prettily():
    pprint.pprint({"weights": np.eye(2).tolist(), "history": list(range(30))}, width=40)
    return 1.0


def print_a_traceback():
    try:
        {}["missing"]
    except KeyError:
        traceback.print_exc()
    return 1.0


def print_long():
    print("x" * 1500)
    return 1.0


def print_to_nowhere():
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
        print("unseen")
    print("seen")
    return 1.0
