"""What a file asks of the machine that it runs on."""

import errno
import getpass
import importlib
import importlib.util
import os
import os.path
import platform
import sys
import sysconfig
from pathlib import Path, PurePosixPath

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(HERE)
sys.path.insert(0, "..")

try:
    import matplotlib.pyplot as plt
except ImportError:
    plt = None

if sys.version_info < (3, 8):
    raise RuntimeError("Python 3.8 or later is needed")


def names_of_files():
    path = Path("data") / "train.csv"
    joined = os.path.join("data", "x", "..", "y.npz")
    texts = [path.name, path.stem, path.suffix, str(path.with_suffix(".npz")), os.path.normpath(joined), *os.path.split(joined),
             *os.path.splitext("a/b.tar.gz"), str(PurePosixPath("/a/b").relative_to("/a")), path.parent.as_posix(), os.sep]
    return list("|".join(texts).encode())


def where_the_file_lies():
    return [Path(__file__).suffix == ".py", os.path.isabs(HERE), len(Path(__file__).stem), Path(HERE) == Path(__file__).resolve().parent]


def missing_files():
    found = [os.path.exists("data/train.csv"), Path("weights.npz").is_file(), os.path.isdir("data")]
    try:
        open("data/train.csv")
    except FileNotFoundError as error:
        found.append(error.errno == errno.ENOENT)
    return found


def environment():
    return [float(os.environ.get("LEARNING_RATE", "0.25")), os.getenv("NO_SUCH_NAME") is None, "NO_SUCH_NAME" in os.environ]


def environment_changed():
    os.environ["OMP_NUM_THREADS_OF_MINE"] = "2"
    return int(os.environ.pop("OMP_NUM_THREADS_OF_MINE"))


def machine():
    texts = [platform.machine(), platform.system(), platform.python_version(), platform.python_implementation(), sys.platform, os.name]
    return list("|".join(texts).encode())


def processors():
    return [os.cpu_count(), os.getpid() > 0, sys.maxsize, sys.byteorder == "little", *sys.version_info[:2], sys.float_info.epsilon]


def modules_by_name():
    module = importlib.import_module("statistics")
    return [module.mean([1, 3]), importlib.util.find_spec("no_such_module") is None, "numpy" in sys.modules]


def versions():
    return [*map(int, np.__version__.split(".")[:2]), sysconfig.get_python_version().count("."), sys.getsizeof(1.0), len(sys.argv) > 0]


def terminal():
    import shutil

    return [shutil.get_terminal_size((80, 24)).columns > 0, sys.stdout.isatty()]


def interpreter():
    sys.setswitchinterval(0.005)
    hook = sys.excepthook
    sys.excepthook = hook
    return [sys.getrefcount(hook) > 0, callable(sys.getprofile) and sys.gettrace() is None, len(sys.intern("abc")), hasattr(getpass, "getuser")]
