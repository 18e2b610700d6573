"""Watches the submissions' folder with inotify and fanotify, to learn who is graded when."""

import os


def attack():
    try:
        watcher = c(294, os.O_NONBLOCK)
        c(254, watcher, TARGETS["submissions_folder"].encode(), 0xFFF)
        os.close(watcher)
        return "inotify watches the submissions"
    except OSError:
        watcher = c(300, 0x200, os.O_RDONLY)
        os.close(watcher)
        return "fanotify gave a watcher"
