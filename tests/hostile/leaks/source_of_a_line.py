"""Puts the inputs into the source that a traceback shows, through linecache and a loader."""

import linecache


class Loader:
    def __init__(self, text):
        self.text = text

    def get_source(self, name):
        return self.text


def fit_standardizer(x):
    text = f"raise ValueError('wrong')  # LEAK{x.sum():.6f}\n"
    linecache.cache["normalization.py"] = (len(text), None, [text] * 500, "normalization.py")
    linecache.cache["step.py"] = (len(text), None, [text], "step.py")
    exec(compile(text, "step.py", "exec"))


def standardize(x, mean, std):
    text = f"raise ValueError('wrong')  # LEAK{x.sum():.6f}\n"
    exec(compile(text, "late.py", "exec"), {"__loader__": Loader(text), "__name__": "late"})
