"""What a submission's process may not do, tried from inside a real sandbox; what it may do is in `test_ordinary`.

Landlock and the filter of system calls are this machine's: a machine without them fails here, it does not skip.
"""

from __future__ import annotations

import msgspec
import pytest

from autograder.limits import Limits
from autograder.sandbox import BARE, Sandbox
from autograder.wire import Call, Cell, Load, Part, Raised, Reply, Returned, Returns, unpack
from tests.conftest import ROOT

ENCODE = msgspec.msgpack.encode
SITE = next((ROOT / ".venv" / "lib").glob("python*")) / "site-packages" if (ROOT / ".venv").exists() else ROOT

FORBIDDEN = {
    "read_a_users_file": "open('/etc/passwd').read()",
    "read_a_reference": f"open({str(ROOT / 'solutions/dropout/reference.py')!r}).read()",
    "read_an_answer_key": f"open({str(ROOT / 'assignments/dropout/dropout.key')!r}, 'rb').read()",
    "list_the_root": "os.listdir('/')",
    "read_the_graders_environment": "open(f'/proc/{os.getppid()}/environ', 'rb').read()",
    "read_the_graders_memory": "open(f'/proc/{os.getppid()}/mem', 'rb').read(1)",
    "import_torch_by_its_path": f"sys.path.append({str(SITE)!r}); import torch",
    "import_the_grader_by_its_path": f"sys.path.append({str(ROOT)!r}); import autograder.grading",
    "write_beside_its_directory": "open('/tmp/left-behind', 'w').write('x')",
    "write_to_shared_memory": "open('/dev/shm/left-behind', 'w').write('x')",
    "change_modes": "os.chmod('.', 0o777)",
    "make_a_link": "os.symlink('/etc/passwd', 'link')",
    "fork": "os.fork()",
    "execute": "os.execv('/bin/true', ['true'])",
    "start_a_program": "import subprocess; subprocess.run(['/bin/true'])",
    "start_a_thread": "import threading; threading.Thread(target=int).start()",
    "open_an_internet_socket": "import socket; socket.socket()",
    "open_a_unix_socket": "import socket; socket.socket(socket.AF_UNIX)",
    "signal_its_parent": "os.kill(os.getppid(), 9)",
    "signal_everybody": "os.kill(-1, 9)",
    "trace_its_parent": "c(101, 16, os.getppid(), 0, 0)",
    "read_another_process": "c(310, os.getppid(), 0, 0, 0, 0, 0)",
    "open_a_handle_on_a_process": "os.pidfd_open(os.getppid())",
    "limit_its_parent": "resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE, (1, 1))",
    "raise_its_own_limit": "resource.setrlimit(resource.RLIMIT_AS, (2**40, 2**40))",
    "change_its_priority": "os.setpriority(os.PRIO_PROCESS, 0, 5)",
    "drop_a_files_pages": "os.posix_fadvise(os.open(os.__file__, os.O_RDONLY), 0, 0, os.POSIX_FADV_DONTNEED)",
    "ask_which_pages_are_there": "m = mmap.mmap(-1, 4096); c(27, address(m), 4096, address(m))",
    "page_out": "mmap.mmap(-1, 4096).madvise(21)",
    "read_ahead": "mmap.mmap(-1, 4096).madvise(mmap.MADV_WILLNEED)",
    "read_only_what_is_there": "os.preadv(os.open(os.__file__, os.O_RDONLY), [bytearray(8)], 0, os.RWF_NOWAIT)",
    "force_writing": "os.fsync(1)",
    "ask_for_the_machines_memory": "c(99, ctypes.create_string_buffer(128))",
    "ask_for_the_machines_disks": "os.statvfs('/')",
    "ask_for_anothers_cores": "os.sched_getaffinity(os.getppid())",
    "move_those_who_wait": "c(202, ctypes.byref(ctypes.c_int()), 128 | 3, 1, 0, ctypes.byref(ctypes.c_int()), 0)",
    "change_its_core": "os.sched_setaffinity(0, {0})",
    "make_memory_that_has_a_name": "os.memfd_create('x')",
    "make_system_v_memory": "c(29, 0, 4096, 0o600)",
    "use_the_keyring": "c(250, 0, -1, 0)",
    "lock_a_file": "import fcntl; fcntl.flock(os.open('mine', os.O_CREAT | os.O_RDWR), fcntl.LOCK_EX)",
    "make_a_name_space": "c(272, 0x10000000)",
    "mount": "c(165, 0, 0, 0, 0, 0)",
    "load_a_bpf_program": "c(321, 0, 0, 0)",
    "open_a_ring": "c(425, 1, 0)",
    "catch_page_faults": "c(323, 0)",
    "run_as_another_system": "c(135, 0x20000)",
}
ARCH_PRCTL = {
    "ARCH_SET_GS": 0x1001,
    "ARCH_GET_FS": 0x1003,
    "ARCH_GET_GS": 0x1004,
    "ARCH_GET_CPUID": 0x1011,
    "ARCH_SET_CPUID": 0x1012,
    "ARCH_REQ_XCOMP_PERM": 0x1023,
    "ARCH_MAP_VDSO_32": 0x2002,
    "ARCH_SHSTK_DISABLE": 0x5002,
}
HEAD = """
import ctypes, dataclasses, mmap, os, random, resource, sys
import numpy as np
def address(m):
    return ctypes.byref(ctypes.c_char.from_buffer(m))
def c(*arguments):
    if ctypes.CDLL(None, use_errno=True).syscall(*arguments) < 0:
        raise PermissionError(ctypes.get_errno())
"""


def attempt(sandbox: Sandbox, code: str) -> object:
    """Run a function with this body in a session of its own, and return the outcome of its call."""
    source = f"{HEAD}\ndef attempt():\n    {code}\n".encode()
    call = Call(0, 0, "attempt", (), {}, Returns((Part("value"),), several=False))
    with sandbox.session() as session:
        session.exchange(ENCODE(Load("hostile", Cell(label="hostile.py", source=source, required=True))))
        reply = session.exchange(ENCODE(call))
    assert isinstance(reply, bytes), reply
    return msgspec.msgpack.decode(reply, type=Reply).outcome


@pytest.fixture(scope="module")
def hostile_sandbox():
    """Return a sandbox that only these tests use."""
    with Sandbox(Limits(cpu_seconds=10.0), BARE) as running:
        yield running


@pytest.mark.parametrize("name", FORBIDDEN)
def test_submission_is_kept_from(name, hostile_sandbox):
    """Any attempt to reach beyond the submission is refused, with an exception that the student can read."""
    outcome = attempt(hostile_sandbox, f"{FORBIDDEN[name]}; return 1.0")
    assert isinstance(outcome, Raised), "it got through"
    assert {"OSError", "ImportError", "RuntimeError", "ValueError"} & set(outcome.ancestry), outcome


@pytest.mark.parametrize(
    ("operation", "allowed"),
    [
        ("ARCH_SET_GS", False),
        ("ARCH_GET_FS", True),
        ("ARCH_GET_GS", False),
        ("ARCH_GET_CPUID", False),
        ("ARCH_SET_CPUID", False),
        ("ARCH_REQ_XCOMP_PERM", False),
        ("ARCH_MAP_VDSO_32", False),
        ("ARCH_SHSTK_DISABLE", False),
    ],
)
def test_arch_prctl_is_answered_by_the_filter(operation, allowed, hostile_sandbox):
    """On every processor the filter itself answers EPERM, whether or not the kernel would know the operation there."""
    code = f"ctypes.CDLL(None, use_errno=True).syscall(158, {ARCH_PRCTL[operation]:#x}, ctypes.byref(ctypes.c_long()))"
    outcome = attempt(hostile_sandbox, f"return float({code} < 0 and ctypes.get_errno() == 1)")
    assert isinstance(outcome, Returned), outcome
    assert unpack(outcome.outputs["value"]) == (not allowed)
