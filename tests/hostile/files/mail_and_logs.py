"""Reads keys, histories and logs of whoever runs the grader, and counts their bytes only."""

import os


def attack():
    homes = [os.path.expanduser("~"), "/root", os.path.dirname(TARGETS["private_secret"])]
    for home in homes:
        for name in (".bash_history", ".python_history", ".gitconfig", ".bashrc", ".profile"):
            try:
                size = os.stat(os.path.join(home, name)).st_size
                with open(os.path.join(home, name), "rb"):
                    return f"{home}/{name} opened: {size} bytes"
            except OSError:
                continue
    for path in ("/var/log/dpkg.log", "/var/log/syslog", "/var/log/wtmp", "/run/utmp"):
        try:
            with open(path, "rb"):
                return f"{path} opened"
        except OSError:
            continue
