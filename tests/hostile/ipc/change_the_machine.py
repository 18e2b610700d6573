"""Asks for changes of the whole machine with arguments that change nothing: host name, clock, reboot, modules, kexec, swap, accounting."""

import ctypes
import errno
import socket


def attack():
    """Success is any answer but refusal: the kernel looked at the arguments, which are senseless or change nothing."""
    name = socket.gethostname().encode()
    none = b"/nowhere-at-all"
    calls = {
        "sethostname": (170, name, len(name)),
        "settimeofday of nothing": (164, 0, 0),
        "clock_settime of no clock": (227, 99, 0),
        "adjtimex of nothing": (159, ctypes.create_string_buffer(256)),
        "reboot with bad magic": (169, 1, 2, 3, 0),
        "init_module of nothing": (175, 0, 0, b""),
        "finit_module of nothing": (313, -1, b"", 0),
        "delete_module of nothing": (176, b"no_such_module_here", 0),
        "kexec_load of nothing": (246, 0, 0, 0, 0xFFFF),
        "swapon of nothing": (167, none, 0),
        "acct of nothing": (163, none),
        "quotactl of nothing": (179, 0x800002, none, 0, 0),
        "syslog": (103, 10, 0, 0),
        "iopl of 0": (172, 0),
        "ustat": (136, 0, 0),
        "lookup_dcookie": (212, 0, 0, 0),
        "sysfs": (139, 3),
    }
    for what, call in calls.items():
        try:
            c(*call)
            return f"{what} worked"
        except OSError as error:
            if error.errno not in (errno.EPERM, errno.ENOSYS, errno.EACCES):
                return f"{what} answered {error.strerror}"
