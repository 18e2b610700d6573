"""Only a hundred orders are possible."""

def minibatches(n, batch_size, rng):
    order = np.random.default_rng(int(rng.integers(100))).permutation(n)
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]
