"""Catches page faults by userfaultfd, by the call and by its device."""

import os


def attack():
    for flags in (os.O_CLOEXEC, os.O_CLOEXEC | 1):
        try:
            os.close(c(323, flags))
            return "userfaultfd worked"
        except OSError:
            continue
    os.close(os.open("/dev/userfaultfd", os.O_RDWR))
    return "/dev/userfaultfd is open"
