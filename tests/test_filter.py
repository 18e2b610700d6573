"""The filter of system calls, run as the kernel would, for both kinds of processor, on any machine.

`syscalls.tsv` has the numbers of all calls, from the headers of Linux 6.1 (asm/unistd_64.h, asm-generic/unistd.h).
"""

from __future__ import annotations

import csv
import errno
import re
import struct

import pytest

from autograder.worker.seccomp import ALLOW, ARCHITECTURES, BY_ARGUMENT, ERROR, INSTRUCTION, KILL, PLAIN, build_filter
from tests.conftest import ROOT

pytestmark = pytest.mark.unit

SHOWN = struct.Struct("<iIQ6Q")  # struct seccomp_data
with (ROOT / "tests" / "syscalls.tsv").open(encoding="ascii") as table:
    NUMBERS = {
        row["name"]: {machine: int(row[machine]) for machine in ARCHITECTURES if row[machine]}
        for row in csv.DictReader(table, delimiter="\t")
    }
EPERM, EINVAL, ENOTTY, ENOSYS = (ERROR | code for code in (errno.EPERM, errno.EINVAL, errno.ENOTTY, errno.ENOSYS))
ADDRESS = 0x7FFF_1234_5678
OF_ANOTHER = 4242  # a process
PRIVATE, REALTIME = 128, 256

# Arguments in their order, and what becomes of the call. Zeros follow.
BY_ARGUMENTS = [
    *(("futex", (ADDRESS, operation | PRIVATE), ALLOW) for operation in (0, 1, 9, 9 | REALTIME)),
    *(("futex", (ADDRESS, operation), EPERM) for operation in (0, 1, 9)),
    *(("futex", (ADDRESS, operation | PRIVATE), EPERM) for operation in (2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13)),
    *(("madvise", (ADDRESS, 4096, advice), ALLOW) for advice in (4, 8, 14, 15)),
    *(("madvise", (ADDRESS, 4096, advice), EPERM) for advice in (*range(4), 9, 10, 11, 12, 13, *range(16, 26), 100)),
    ("sched_getaffinity", (0, 128, ADDRESS), ALLOW),
    ("sched_getaffinity", (OF_ANOTHER, 128, ADDRESS), EPERM),
    ("prlimit64", (0, 7, 0, ADDRESS), ALLOW),
    ("prlimit64", (OF_ANOTHER, 7, ADDRESS, 0), EPERM),
    ("fcntl", (3, 1), ALLOW),
    *(("fcntl", (3, command), EPERM) for command in (4, 5, 6, 7, 8, 10, 36, 37, 38, 1024, 1026, 1033)),
    ("ioctl", (1, 0x5401), ALLOW),
    ("ioctl", (1, 0x5412), ENOTTY),
    ("prctl", (15, ADDRESS), ALLOW),
    *(("prctl", (option,), EPERM) for option in (1, 4, 8, 22, 24, 26, 36, 38, 47, 59, 62, 65)),
    ("clock_gettime", (1, ADDRESS), ALLOW),
    ("clock_gettime", (~OF_ANOTHER << 3 | 2, ADDRESS), EINVAL),
    ("clock_nanosleep", (~OF_ANOTHER << 3 | 2, 0, ADDRESS, 0), EINVAL),
    ("openat", (-100, ADDRESS, 0o0), ALLOW),
    ("openat", (-100, ADDRESS, 0o1), ALLOW),
    ("openat", (-100, ADDRESS, 0o1000), EPERM),  # O_RDONLY | O_TRUNC
    ("openat", (-100, ADDRESS, 0o3), EPERM),
    ("clone3", (ADDRESS, 88), ENOSYS),
]
ON_X86_64 = [
    ("arch_prctl", (0x1002, ADDRESS), ALLOW),
    ("arch_prctl", (0x1003, ADDRESS), ALLOW),
    *(("arch_prctl", (operation, ADDRESS), EPERM) for operation in (0x1001, 0x1004, 0x1012, 0x2002, 0x5002)),
    ("open", (ADDRESS, 0o0), ALLOW),
    ("open", (ADDRESS, 0o1000), EPERM),
]
# What a submission must not have, whatever the arguments are.
REFUSED = """
    clone fork vfork execve execveat kill tkill tgkill rt_sigqueueinfo rt_tgsigqueueinfo pidfd_open
    pidfd_send_signal pidfd_getfd ptrace process_vm_readv process_vm_writev kcmp socket socketpair connect accept
    bind listen sendto recvfrom sendmsg recvmsg shmget shmat semget semop msgget msgsnd mq_open memfd_create
    memfd_secret add_key request_key keyctl unshare setns mount umount2 pivot_root chroot io_uring_setup io_setup
    bpf perf_event_open userfaultfd personality seccomp landlock_restrict_self setrlimit setpriority
    sched_setaffinity sched_setscheduler setuid setgid setresuid setresgid setgroups capset chmod fchmod fchmodat
    chown fchown lchown fchownat utime utimes utimensat futimesat truncate link linkat symlink symlinkat mknod
    mknodat flock inotify_init inotify_init1 inotify_add_watch fanotify_init timer_create timerfd_create signalfd
    signalfd4 openat2 open_by_handle_at name_to_handle_at fadvise64 readahead mincore preadv2 fsync fdatasync sync
    syncfs sync_file_range msync mlock mlockall sysinfo statfs fstatfs membarrier get_robust_list splice tee
    vmsplice sendfile copy_file_range process_madvise process_mrelease migrate_pages move_pages remap_file_pages
    swapon reboot quotactl setxattr getxattr futex_waitv set_mempolicy mbind
"""


def decide(program: bytes, machine: str, number: int, arguments: tuple[int, ...] = ()) -> int:
    """Return what a filter answers to a call, by running its program as linux/bpf_common.h says."""
    words = [word & 0xFFFF_FFFF_FFFF_FFFF for word in (*arguments, *(0,) * 6)[:6]]
    data = SHOWN.pack(number, ARCHITECTURES[machine], ADDRESS, *words)
    instructions = list(INSTRUCTION.iter_unpack(program))
    place = accumulator = 0
    while True:
        code, true, false, operand = instructions[place]
        place += 1
        if code == 0x20:
            (accumulator,) = struct.unpack_from("<I", data, operand)
        elif code == 0x54:
            accumulator &= operand
        elif code == 0x15:
            place += true if accumulator == operand else false
        elif code == 0x35:
            place += true if accumulator >= operand else false
        else:
            assert code == 0x06
            return operand


@pytest.fixture(scope="module", params=ARCHITECTURES)
def machine(request) -> str:
    """Return the name of a kind of processor."""
    return request.param


@pytest.mark.parametrize("name", [*PLAIN, *BY_ARGUMENT])
def test_numbers_are_the_kernels(name):
    """Every call has the number that the kernel's headers give it, or none where it does not exist."""
    numbers = {**PLAIN, **BY_ARGUMENT}[name]
    assert dict(zip(ARCHITECTURES, numbers, strict=True)) == {
        machine: NUMBERS[name].get(machine) for machine in ARCHITECTURES
    }


def test_allowed_is_what_is_listed(machine):
    """Of all calls that a kernel has, exactly those on the list are answered with something other than EPERM."""
    program = build_filter(machine)
    answers = {
        name: decide(program, machine, numbers[machine]) for name, numbers in NUMBERS.items() if machine in numbers
    }
    assert {name for name, answer in answers.items() if answer == ALLOW} >= PLAIN.keys() & answers.keys()
    assert {name for name, answer in answers.items() if answer != EPERM} <= PLAIN.keys() | BY_ARGUMENT.keys()
    assert decide(program, machine, 9999) == EPERM


@pytest.mark.parametrize("name", re.findall(r"\w+", REFUSED))
def test_refused_by_name(name, machine):
    """Calls that start, signal, share, connect, change, or reveal something about others are refused."""
    if machine in NUMBERS[name]:
        assert decide(build_filter(machine), machine, NUMBERS[name][machine]) == EPERM
    assert name not in PLAIN.keys() | BY_ARGUMENT.keys()


@pytest.mark.parametrize(("name", "arguments", "answer"), BY_ARGUMENTS)
def test_arguments_decide(name, arguments, answer, machine):
    """A call that is allowed with some arguments is refused with others, alike on both kinds of processor."""
    assert decide(build_filter(machine), machine, NUMBERS[name][machine], arguments) == answer


@pytest.mark.parametrize(("name", "arguments", "answer"), ON_X86_64)
def test_arguments_decide_of_old_calls(name, arguments, answer):
    """The same holds for calls that only x86_64 has."""
    assert decide(build_filter("x86_64"), "x86_64", NUMBERS[name]["x86_64"], arguments) == answer


def test_other_interfaces_are_fatal(machine):
    """A call of another processor's interface ends the process, and so does one of x32."""
    program = build_filter(machine)
    (other,) = ARCHITECTURES.keys() - {machine}
    assert decide(program, other, NUMBERS["read"][other]) == KILL
    assert decide(build_filter("x86_64"), "x86_64", 0x40000000 | NUMBERS["read"]["x86_64"]) == KILL


def test_other_processors_have_no_filter():
    """On other processors there is no filter, and the level is weak."""
    assert build_filter("riscv64") is None
