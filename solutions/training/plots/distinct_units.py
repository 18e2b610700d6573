# How many hidden units are still different after each step: from weights that are all zero, all equal, and random.
with picture("distinct_units") as plt:
    rng = np.random.default_rng(0)
    X, t = rng.normal(size=(40, 3)), rng.normal(size=40)
    starts = {"zeros": np.zeros((3, 8)), "equal": np.full((3, 8), 0.3), "random": rng.normal(size=(3, 8)) * 0.3}
    plt.figure(figsize=(6, 3))
    for name, start in starts.items():
        W, w, counts = start, start[0].copy(), []
        for _ in range(30):
            counts.append(float(distinct_units(W)))
            h = np.tanh(X @ W)
            d = 2 * (h @ w - t) / len(t)
            W, w = W - 0.1 * X.T @ (np.outer(d, w) * (1 - h**2)), w - 0.1 * h.T @ d
        plt.plot(counts, ".-", label=name)
    plt.xlabel("step")
    plt.ylabel("different units of 8")
    plt.legend(title="begun with")
