"""Uses what futexes can do beside waiting and waking: moving waiters, priority inheritance, several at once."""

import ctypes


def attack():
    word, other = ctypes.c_int(0), ctypes.c_int(0)
    done = []
    for operation in (2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13):
        for private in (0, 128):
            word.value = 0
            try:
                c(202, ctypes.byref(word), operation | private, 1, 0, ctypes.byref(other), 0)
                done.append(operation | private)
            except OSError as error:
                if error.errno != 1:
                    done.append((operation | private, error.errno))
    return done
