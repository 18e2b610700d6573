"""Returns dict subclasses with lying items, and mappings instead of arrays."""


class LyingDict(dict):
    def items(self):
        return [(key, -7.0) for key in ("mean", "std", 0, 1)] * 1000

    def keys(self):
        return ["mean", "std"]

    def __getitem__(self, key):
        return self

    def __iter__(self):
        return iter([self, self])

    def __len__(self):
        return 2

    def __hash__(self):
        return 1


def fit_standardizer(x):
    return LyingDict()


def standardize(x, mean, std):
    return {(): LyingDict(), "passed": True, "points": 100, LyingDict(): 1}
